package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"tribu/data"
)

const metaColumns = `p.id, p.source, p.author, p.thread, p.parent, p.created_at, p.url, p.place`

const needColumns = `n.type, n.kind, n.object, n.aspect, n.action, n.concept, n.facets, n.polarity, n.negated, n.hypothetical,
n.step_kind, n.step_value, n.step_unit, n.expectation, n.in_title, n.start, n.end, n.quote, n.lang, n.rule, n.confidence, n.motives, n.voice`

const (
	selectVersion  = `SELECT num FROM version WHERE name = ?`
	selectListened = `SELECT ` + packedListened + ` FROM json_each(?1) AS j CROSS JOIN annotation AS a ON a.post = unhex(j.value) AND a.version = ?2`
	listenedAmong  = `SELECT ` + packedListened + ` FROM annotation AS a WHERE a.post >= ?1 AND a.post <= ?2 AND a.version = ?3`
	packedListened = `coalesce(group_concat(concat(a.post, a.lang, char(31), a.words, char(31), a.fingerprint, char(31), a.copy, char(31), a.needs, char(31), a.acts, char(31), a.hash, char(31)), ''), '')`
	selectTerms    = `SELECT ` + packedTerms + ` FROM json_each(?1) AS j CROSS JOIN heard AS h ON h.post = unhex(j.value) AND h.version = ?2`
	termsAmong     = `SELECT ` + packedTerms + ` FROM heard AS h WHERE h.post >= ?1 AND h.post <= ?2 AND h.version = ?3`
	packedTerms    = `coalesce(group_concat(concat(h.post, octet_length(h.terms), char(31), h.terms), ''), '')`
)

// Analyzed returns the posts of the window that version has heard, in id order, with what it heard
// in them; those that say again what their author said before in the window are copies. The loop
// body may write. An error ends the sequence.
func (db *DB) Analyzed(ctx context.Context, version string, w data.Window) iter.Seq2[data.AnalyzedPost, error] {
	return db.analyzed(ctx, version, w, nil, markCopies)
}

// annotated returns what Analyzed does, as it is stored.
func (db *DB) annotated(ctx context.Context, version string, w data.Window) iter.Seq2[data.AnalyzedPost, error] {
	return db.analyzed(ctx, version, w, nil, func([]listened) {})
}

// analyzed returns the posts of w as they were heard then (nil: now) after prepare has seen them all.
func (db *DB) analyzed(ctx context.Context, version string, w data.Window, then *earlier, prepare func([]listened)) iter.Seq2[data.AnalyzedPost, error] {
	return func(yield func(data.AnalyzedPost, error) bool) {
		r, all, sums, err := db.listened(ctx, version, w)
		named := newNamings()
		if err == nil {
			then.listened(all)
			prepare(all)
			for page, failed := range r.heardIn(ctx, all, named) {
				err = failed
				for i := range page {
					then.spelt(&page[i])
					if !yield(page[i], nil) {
						return
					}
				}
			}
		}
		if err != nil {
			yield(data.AnalyzedPost{}, fmt.Errorf("read analysed posts: %w", explain(err)))
			return
		}
		db.noteHeard(version, w, &sums, named)
	}
}

// A listened is a post with what was heard in it but its words, and how many needs.
type listened struct {
	*data.PostMeta
	print        uint64
	hash         int64 // of all that was heard in it
	words, needs int32
	copy         bool
}

// listened returns the posts of w that version heard, in id order, what the hashes of their
// annotations add up to, and a reader for the rest.
func (db *DB) listened(ctx context.Context, version string, w data.Window) (r *reader, all []listened, sums hashSums, err error) {
	if r, err = newReader(ctx, db.pool, version); err != nil {
		return nil, nil, sums, err
	}
	posts, err := r.activity(ctx, w.From, w.To)
	if err != nil {
		return nil, nil, sums, err
	}
	if err := r.isDense(ctx, len(posts)); err != nil {
		return nil, nil, sums, err
	}
	all, sums, err = r.listen(ctx, byID(posts))
	return r, all, sums, err
}

// byID returns posts in the order of their ids.
func byID(posts []data.PostMeta) []*data.PostMeta {
	type named struct {
		start uint64 // of the id
		post  *data.PostMeta
	}
	all := make([]named, len(posts))
	for i := range posts {
		all[i] = named{binary.BigEndian.Uint64(posts[i].ID[:]), &posts[i]}
	}
	slices.SortFunc(all, func(a, b named) int {
		if a.start != b.start {
			return cmp.Compare(a.start, b.start)
		}
		return bytes.Compare(a.post.ID[:], b.post.ID[:])
	})
	out := make([]*data.PostMeta, len(all))
	for i := range all {
		out[i] = all[i].post
	}
	return out
}

// listen returns those of posts, which are in the order of their ids, that were heard, and what the
// hashes of their annotations add up to.
func (r *reader) listen(ctx context.Context, posts []*data.PostMeta) (all []listened, sums hashSums, err error) {
	all = make([]listened, 0, len(posts))
	for page, err := range r.ahead(ctx, posts, question{selectListened, listenedAmong}) {
		if err != nil {
			return nil, sums, err
		}
		rows, rest := page.answers[0], page.posts
		for rows.more() {
			id, lang := data.PostID(rows.id()), rows.word()
			p := listened{words: int32(rows.int()), print: uint64(rows.int()), copy: rows.int() != 0, needs: int32(rows.int())}
			acts := data.Acts(rows.int())
			p.hash = rows.int()
			if rest = from(rest, id); len(rest) > 0 && rest[0].ID == id {
				p.PostMeta = rest[0]
				p.Lang, p.Acts = data.Lang(r.words.one(lang)), acts
				all = append(all, p)
				sums.add(p.hash)
			}
		}
		if rows.bad {
			return nil, sums, fmt.Errorf("annotations: %w", errPacked)
		}
	}
	return all, sums, nil
}

// heardIn returns all, which are in the order of their ids, with their words and needs, page by
// page, and adds to named which problems these belong to; a page is overwritten by the next.
func (r *reader) heardIn(ctx context.Context, all []listened, named *namings) iter.Seq2[[]data.AnalyzedPost, error] {
	return func(yield func([]data.AnalyzedPost, error) bool) {
		posts := make([]*data.PostMeta, len(all))
		for i := range all {
			posts[i] = all[i].PostMeta
		}
		var out []data.AnalyzedPost
		asked := []question{{selectTerms, termsAmong}, {selectNeeds, selectNeedsAmong}, {selectItsProblem, selectProblemAmong}}
		for page, err := range r.ahead(ctx, posts, asked...) {
			if err == nil {
				out, err = r.spell(out[:0], all[:len(page.posts)], page, named)
				all = all[len(page.posts):]
			}
			if !yield(out, err) || err != nil {
				return
			}
		}
	}
}

// annotations returns what was heard in those of posts, which are in the order of their ids, that were
// heard; the next overwrites what stands behind the pointer. An error ends the sequence.
func (r *reader) annotations(ctx context.Context, posts []*data.PostMeta) iter.Seq2[*data.Annotation, error] {
	return func(yield func(*data.Annotation, error) bool) {
		all, _, err := r.listen(ctx, posts)
		if err != nil {
			yield(nil, err)
			return
		}
		for page, err := range r.heardIn(ctx, all, newNamings()) {
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range page {
				if !yield(&page[i].Annotation, nil) {
					return
				}
			}
		}
	}
}

// spell appends to out those of a page whose words are there.
func (r *reader) spell(out []data.AnalyzedPost, all []listened, p page, named *namings) ([]data.AnalyzedPost, error) {
	rows, buffer := p.answers[0], []byte(nil)
	for rows.more() {
		id := data.PostID(rows.id())
		buffer = append(buffer[:0], rows.text()...)
		for len(all) > 0 && bytes.Compare(all[0].ID[:], id[:]) < 0 {
			all = all[1:]
		}
		if len(all) == 0 || all[0].ID != id {
			continue
		}
		was := all[0]
		post := data.AnalyzedPost{PostMeta: *was.PostMeta, Annotation: data.Annotation{Post: id, Version: r.name, Lang: was.Lang, Words: int(was.words), Fingerprint: was.print, Copy: was.copy, Acts: was.Acts}}
		var err error
		if post.Terms, post.Topics, err = decodeTerms(buffer); err != nil {
			return out, fmt.Errorf("annotation of post %s: %w", id, err)
		}
		if was.needs > 0 {
			post.Needs = make([]data.Need, 0, was.needs)
		}
		out = append(out, post)
	}
	at := 0
	err := r.needsOf(page{posts: p.posts, answers: p.answers[1:]}, func(p *data.PostMeta, ord int, n *data.Need) {
		named.note(p, ord, n)
		for at < len(out) && bytes.Compare(out[at].ID[:], p.ID[:]) < 0 {
			at++
		}
		if at < len(out) && out[at].ID == p.ID {
			out[at].Needs = append(out[at].Needs, *n)
		}
	})
	return out, errors.Join(err, rows.err())
}

// A reader reads posts with what one version heard in them, and keeps one copy of what repeats.
type reader struct {
	q       querier
	version int64
	name    string
	sources map[int64]string
	words   interner
	calls   map[data.ProblemID]*called // what problems are called
	dense   bool                       // the posts asked about are a fair part of all
}

// newReader finds nothing heard where version is unknown.
func newReader(ctx context.Context, q querier, version string) (*reader, error) {
	r := &reader{q: q, name: version, version: -1, sources: map[int64]string{}, words: interner{}}
	byName, err := loadSources(ctx, q)
	for name, num := range byName {
		r.sources[num] = name
	}
	if err != nil {
		return nil, err
	}
	if err := query(ctx, q, selectVersion, func(row scanner) error { return row.Scan(&r.version) }, version); err != nil {
		return nil, err
	}
	return r, r.loadCalls(ctx)
}

// scanNeed reads what before takes, then needColumns.
func (r *reader) scanNeed(row scanner, before ...any) (n data.Need, err error) {
	var typ, kind, facets, lang, wants string
	var stepKind, stepUnit *string
	var stepValue *float64
	dest := append(make([]any, 0, 40), before...)
	err = row.Scan(append(dest, &typ, &kind, &n.Object, &n.Aspect, &n.Action, &n.Concept, &facets, &n.Polarity, &n.Negated,
		&n.Hypothetical, &stepKind, &stepValue, &stepUnit, &n.Expectation, &n.Evidence.InTitle, &n.Evidence.Start, &n.Evidence.End,
		&n.Quote, &lang, &n.Rule, &n.Confidence, &wants, &n.Voice)...)
	if err != nil {
		return n, err
	}
	n.Type, n.Kind, n.Lang = data.NeedType(r.words.one(typ)), data.NeedKind(r.words.one(kind)), data.Lang(r.words.one(lang))
	n.Object, n.Aspect, n.Action = r.words.one(n.Object), r.words.one(n.Aspect), r.words.one(n.Action)
	n.Concept, n.Rule = r.words.one(n.Concept), r.words.one(n.Rule)
	if stepKind != nil {
		n.Increment = &data.Increment{Kind: *stepKind, Value: *stepValue, Unit: *stepUnit}
	}
	if facets != "" {
		n.Facets, err = decodeFacets(facets)
	}
	n.Motives, n.Voice = motives(wants), r.words.one(n.Voice)
	return n, err
}

// motives reads what strings.Join writes with commas.
func motives(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}
