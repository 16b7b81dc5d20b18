package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"

	"tribu/data"
)

// What was heard in a post may change later, as when more posts tell the language of one that leaves
// doubt. What a stored run read is then kept under a version of its own, "nlp-33~7": runs up to number 7
// read it, later ones what stands under "nlp-33".
const (
	newestRunNum   = `SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'run'` // given by now: a run that is dropped gives none back
	selectRunNum   = `SELECT num FROM run WHERE id = ?`
	selectReplaced = `SELECT a.post, a.hash, a.lent ` + replacedRows
	selectUntil    = `SELECT num, substr(name, length(?1) + 2) FROM version WHERE name > ?1 || '~' AND name < ?1 || '~~'`
	lastRead       = `SELECT coalesce(max(as_of), 0) FROM run WHERE json_extract(doc, '$.Annotation') = ?`
	keepAnnotation = `INSERT INTO annotation (post, version, lang, lent, words, fingerprint, copy, needs, acts, hash)
SELECT a.post, ?3, a.lang, '', a.words, a.fingerprint, a.copy, a.needs, a.acts, a.hash ` + replacedRows
	keepHeard = `INSERT INTO heard (post, version, terms) SELECT a.post, ?3, a.terms FROM json_each(?1) AS j CROSS JOIN heard AS a ON a.post = unhex(j.value) AND a.version = ?2`
	keepNeeds = `INSERT INTO need (post, version, ord, type, kind, object, aspect, action, concept, facets, polarity, negated, hypothetical,
step_kind, step_value, step_unit, expectation, in_title, start, end, quote, lang, rule, confidence, motives, voice)
SELECT n.post, ?3, n.ord, ` + needColumns + ` FROM json_each(?1) AS j CROSS JOIN need AS n ON n.post = unhex(j.value) AND n.version = ?2`
	replacedRows = `FROM json_each(?1) AS j CROSS JOIN annotation AS a ON a.post = unhex(j.value) AND a.version = ?2`
	selectUnkept = `SELECT p.id FROM json_each(?1) AS j CROSS JOIN post AS p ON p.id = unhex(j.value) WHERE p.created_at <= ?2
AND NOT EXISTS (SELECT 1 FROM annotation AS a WHERE a.post = p.id AND a.version = ?3)`
	unread = `(SELECT v.num FROM version AS v WHERE instr(v.name, '~') > 0 AND NOT EXISTS (SELECT 1 FROM run AS r
WHERE json_extract(r.doc, '$.Annotation') || '~' = substr(v.name, 1, instr(v.name, '~')) AND r.num <= CAST(substr(v.name, instr(v.name, '~') + 1) AS INTEGER)))`
	dropUnread         = `DELETE FROM annotation WHERE version IN ` + unread
	dropUnreadVersions = `DELETE FROM version WHERE num IN ` + unread
)

// isOfVersion leaves out of a query over versions v what only earlier runs read.
const isOfVersion = `instr(v.name, '~') = 0`

// keepReplaced returns those of group that are not stored already under version, of that number, and which of
// their posts it heard before; it keeps what was heard in these until now, where there are runs that may have read it.
func keepReplaced(ctx context.Context, tx *sql.Conn, version string, num int64, group []*data.Annotation) (rest []*data.Annotation, again []data.PostID, err error) {
	type heard struct {
		hash int64
		lent string
	}
	before := map[data.PostID]heard{}
	ids := make([]data.PostID, len(group))
	for i, a := range group {
		ids[i] = a.Post
	}
	err = query(ctx, tx, selectReplaced, func(r scanner) error {
		var id data.PostID
		var h heard
		err := r.Scan((*idColumn)(&id), &h.hash, &h.lent)
		before[id] = h
		return err
	}, hexList(ids), num)
	if err != nil || len(before) == 0 {
		return group, nil, err
	}
	var other []data.PostID
	for _, a := range group {
		was, known := before[a.Post]
		now := heard{hashAnnotation(a, encodeTerms(a.Terms, a.Topics)), string(a.Lent)}
		if now != was || !known {
			rest = append(rest, a)
			if known {
				again = append(again, a.Post)
			}
		}
		if known && now.hash != was.hash {
			other = append(other, a.Post)
		}
	}
	return rest, again, keepUntil(ctx, tx, version, num, other)
}

// keepUntil keeps what version heard in posts, where a run that stands may have read it and nothing older
// is kept for the same runs.
func keepUntil(ctx context.Context, tx *sql.Conn, version string, num int64, other []data.PostID) error {
	if len(other) == 0 {
		return nil
	}
	var newest, last int64
	err := errors.Join(tx.QueryRowContext(ctx, newestRunNum).Scan(&newest), tx.QueryRowContext(ctx, lastRead, version).Scan(&last))
	if err != nil || last == 0 {
		return err
	}
	until, err := versionNum(ctx, tx, version+"~"+strconv.FormatInt(newest, 10))
	if err != nil {
		return err
	}
	var read []data.PostID
	err = query(ctx, tx, selectUnkept, func(r scanner) error {
		var id data.PostID
		err := r.Scan((*idColumn)(&id))
		read = append(read, id)
		return err
	}, hexList(other), last, until)
	for _, keep := range []string{keepAnnotation, keepHeard, keepNeeds} {
		if err == nil && len(read) > 0 {
			_, err = tx.ExecContext(ctx, keep, hexList(read), num, until)
		}
	}
	return err
}

// forgetUnread forgets what was kept for runs that are gone.
func forgetUnread(ctx context.Context, tx *sql.Conn) error {
	if _, err := tx.ExecContext(ctx, dropUnread); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, dropUnreadVersions)
	return err
}

// An earlier is what was heard in posts when a run was made, where that is otherwise now.
type earlier struct {
	posts map[data.PostID]data.Annotation
	hash  map[data.PostID]int64
	sums  hashSums // what the digest of then has beside that of now
}

// heardBy returns what version heard in posts of the window when the run of that full id was made, where
// that is not what stands there now.
func (db *DB) heardBy(ctx context.Context, run, version string, w data.Window) (*earlier, error) {
	then := &earlier{posts: map[data.PostID]data.Annotation{}, hash: map[data.PostID]int64{}}
	var num int64
	if err := db.pool.QueryRowContext(ctx, selectRunNum, run).Scan(&num); err != nil {
		return nil, err
	}
	type kept struct{ version, until int64 }
	var all []kept
	err := query(ctx, db.pool, selectUntil, func(r scanner) error {
		var k kept
		err := r.Scan(&k.version, &k.until)
		if k.until >= num {
			all = append(all, k)
		}
		return err
	}, version)
	if err != nil || len(all) == 0 {
		return then, err
	}
	slices.SortFunc(all, func(a, b kept) int { return cmp.Compare(a.until, b.until) })
	r, err := newReader(ctx, db.pool, version)
	if err != nil {
		return nil, err
	}
	posts, err := r.activity(ctx, w.From, w.To)
	if err != nil {
		return nil, err
	}
	sorted := byID(posts)
	for _, k := range all {
		r.version = k.version
		if err := then.add(ctx, r, sorted); err != nil {
			return nil, err
		}
	}
	return then, nil
}

// add takes in what r finds in posts that was not replaced before.
func (e *earlier) add(ctx context.Context, r *reader, posts []*data.PostMeta) error {
	for p, err := range r.annotations(ctx, posts) {
		if err != nil {
			return err
		}
		if _, known := e.posts[p.Post]; !known {
			e.posts[p.Post], e.hash[p.Post] = *p, hashAnnotation(p, encodeTerms(p.Terms, p.Topics))
		}
	}
	return nil
}

// listened puts what was heard then, but for words and needs, in the place of what is heard now.
func (e *earlier) listened(all []listened) {
	if e == nil {
		return
	}
	e.sums = hashSums{}
	for i := range all {
		p := &all[i]
		was, other := e.posts[p.ID]
		if !other {
			continue
		}
		e.sums.add(e.hash[p.ID])
		e.sums.low, e.sums.high = e.sums.low-p.hash&0xffffffff, e.sums.high-p.hash>>32&0xffffffff
		p.print, p.words, p.copy = was.Fingerprint, int32(was.Words), was.Copy
		p.Lang, p.Acts = was.Lang, was.Acts
	}
}

// spelt puts the words and needs of then in the place of those of now.
func (e *earlier) spelt(p *data.AnalyzedPost) {
	if e == nil {
		return
	}
	if was, other := e.posts[p.ID]; other {
		was.Copy = p.Copy
		p.Annotation = was
		p.Needs = slices.Clone(was.Needs)
	}
}
