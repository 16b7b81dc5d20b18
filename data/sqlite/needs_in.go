package sqlite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"tribu/data"
)

const (
	countActivity  = `SELECT count(*) FROM post WHERE created_at > ? AND created_at <= ?`
	countAllPosts  = `SELECT count(*) FROM post`
	selectActivity = `SELECT coalesce(group_concat(row, ''), '') FROM (SELECT concat(id, author, thread, coalesce(parent, zeroblob(16)), source, char(31),
created_at, char(31), octet_length(url), char(31), url, octet_length(place), char(31), place) AS row
FROM post WHERE (created_at, id) > (?1, ?2) AND created_at <= ?3 ORDER BY created_at, id LIMIT 8000) AS w`
	selectHeard      = `SELECT ` + packedHeard + ` FROM json_each(?1) AS j CROSS JOIN annotation AS a ON a.post = unhex(j.value) AND a.version = ?2`
	selectHeardAmong = `SELECT ` + packedHeard + ` FROM annotation AS a WHERE a.post >= ?1 AND a.post <= ?2 AND a.version = ?3`
	selectNeeds      = `SELECT ` + packedNeed + ` FROM json_each(?1) AS j CROSS JOIN need AS n ON n.post = unhex(j.value) AND n.version = ?2 ` + itsProblem
	selectNeedsAmong = `SELECT ` + packedNeed + ` FROM need AS n ` + itsProblem + ` WHERE n.post >= ?1 AND n.post <= ?2 AND n.version = ?3`
	packedHeard      = `coalesce(group_concat(concat(a.post, a.needs, char(31), a.lang, char(31)), ''), '')`
	packedNeed       = `coalesce(group_concat(concat(n.post, n.ord, char(31), coalesce(x.problem, ''), char(31), n.type, char(31), n.kind, char(31),
n.polarity, char(31), n.negated, char(31), n.hypothetical, char(31), n.expectation, char(31), n.in_title, char(31), n.start, char(31), n.end, char(31),
format('%!.17g', n.confidence), char(31), n.facets, char(31), n.lang, char(31), n.rule, char(31), n.motives, char(31), n.voice, char(31),
coalesce(n.step_kind, ''), char(31), format('%!.17g', coalesce(n.step_value, 0)), char(31),
octet_length(n.object), char(31), n.object, octet_length(n.aspect), char(31), n.aspect, octet_length(n.action), char(31), n.action,
octet_length(n.concept), char(31), n.concept, octet_length(coalesce(n.step_unit, '')), char(31), coalesce(n.step_unit, ''),
octet_length(n.quote), char(31), n.quote), ''), '')`
	itsProblem = `LEFT JOIN voiced AS x ON x.post = n.post AND x.version = n.version AND x.ord = n.ord`
)

// idsAtOnce is how many posts one packed query is asked about.
const idsAtOnce = 4000

// fairPart of all posts, and more, are read together with those between them.
const fairPart = 4

// afterAll is greater than every id.
const afterAll = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"

// NeedsIn returns the needs that version heard in the posts of w, in the order of the posts' ids.
func (db *DB) NeedsIn(ctx context.Context, version string, w data.Window) (needs []data.NeedRow, err error) {
	err = db.snapshot(ctx, func(q querier) error {
		r, err := newReader(ctx, q, version)
		if err != nil {
			return err
		}
		activity, err := r.lookedBack(ctx, w)
		if err == nil {
			needs, err = r.needsIn(ctx, activity, w)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read needs: %w", explain(err))
	}
	return needs, nil
}

// lookedBack returns the posts of w and of the weeks before its end that a report looks back on, by
// time and id, their language unknown.
func (r *reader) lookedBack(ctx context.Context, w data.Window) ([]data.PostMeta, error) {
	from := w.To.AddDate(0, 0, -activityDays)
	if w.From.Before(from) {
		from = w.From
	}
	return r.activity(ctx, from, w.To)
}

// needsIn fills in the language of activity, and returns the needs of those of its posts in w, by
// post and place.
func (r *reader) needsIn(ctx context.Context, activity []data.PostMeta, w data.Window) (needs []data.NeedRow, err error) {
	if err := r.isDense(ctx, len(activity)); err != nil {
		return nil, err
	}
	byID := make([]*data.PostMeta, len(activity))
	for i := range activity {
		byID[i] = &activity[i]
	}
	slices.SortFunc(byID, func(a, b *data.PostMeta) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	voiced, n, err := r.heard(ctx, byID, w)
	if err != nil {
		return nil, err
	}
	needs = make([]data.NeedRow, 0, n)
	err = r.eachNeed(ctx, voiced, func(p *data.PostMeta, ord int, n *data.Need) {
		needs = append(needs, data.NeedRow{PostMeta: *p, Need: *n, Ord: ord})
	})
	return needs, err
}

// activity returns the posts written in (from, to], by time and id, their language unknown.
func (r *reader) activity(ctx context.Context, from, to time.Time) (all []data.PostMeta, err error) {
	n := 0
	if err := r.q.QueryRowContext(ctx, countActivity, from.Unix(), to.Unix()).Scan(&n); err != nil {
		return nil, err
	}
	all = make([]data.PostMeta, 0, n)
	at, after := from.Unix(), []byte(afterAll)
	for {
		rows, err := packedRows(ctx, r.q, selectActivity, at, after, to.Unix())
		if err != nil || !rows.more() {
			return all, err
		}
		for rows.more() {
			p := data.PostMeta{ID: rows.id(), Author: rows.id(), Thread: rows.id(), Parent: rows.id(), Lang: data.LangUnd}
			p.Source, at = r.sources[rows.int()], rows.int()
			p.CreatedAt, p.URL, p.Place = seconds(at), rows.text(), r.words.one(rows.text())
			after = p.ID[:]
			all = append(all, p)
		}
		if rows.bad {
			return nil, fmt.Errorf("posts after %s: %w", from, errPacked)
		}
	}
}

// heard fills in the language of posts, which are in the order of their ids, and returns those of w
// that voice needs, and how many.
func (r *reader) heard(ctx context.Context, posts []*data.PostMeta, w data.Window) (voiced []*data.PostMeta, needs int, err error) {
	for page, err := range r.ahead(ctx, posts, selectHeard, selectHeardAmong) {
		if err != nil {
			return nil, 0, err
		}
		rows, rest := page.rows, page.posts
		for rows.more() {
			id, n, lang := data.PostID(rows.id()), int(rows.int()), rows.word()
			if rest = from(rest, id); len(rest) == 0 || rest[0].ID != id {
				continue
			}
			p := rest[0]
			p.Lang = data.Lang(r.words.one(lang))
			if n > 0 && w.Contains(p.CreatedAt) {
				voiced, needs = append(voiced, p), needs+n
			}
		}
		if rows.bad {
			return nil, 0, fmt.Errorf("annotations: %w", errPacked)
		}
	}
	return voiced, needs, nil
}

// about answers a query about posts, which are in the order of their ids: list takes them one by
// one; where they are a fair part of all there are, among takes the first and the last, and answers
// for those between as well, which costs less than looking each of them up.
func (r *reader) about(ctx context.Context, posts []*data.PostMeta, list, among string) (*packed, error) {
	if r.dense {
		first, last := posts[0].ID, posts[len(posts)-1].ID
		return packedRows(ctx, r.q, among, first[:], last[:], r.version)
	}
	ids := make([]data.PostID, len(posts))
	for i, p := range posts {
		ids[i] = p.ID
	}
	return packedRows(ctx, r.q, list, hexList(ids), r.version)
}

// from returns posts, which are in the order of their ids, without those before id.
func from(posts []*data.PostMeta, id data.PostID) []*data.PostMeta {
	for len(posts) > 0 && bytes.Compare(posts[0].ID[:], id[:]) < 0 {
		posts = posts[1:]
	}
	return posts
}

// isDense notes whether n posts are a fair part of all.
func (r *reader) isDense(ctx context.Context, n int) error {
	total := 0
	err := r.q.QueryRowContext(ctx, countAllPosts).Scan(&total)
	r.dense = n > total/fairPart
	return err
}

// A page is some posts and what was found about them.
type page struct {
	posts []*data.PostMeta
	rows  *packed
}

// ahead answers a query about posts page by page, as about does; the next page is read while the
// caller looks at one.
func (r *reader) ahead(ctx context.Context, posts []*data.PostMeta, list, among string) iter.Seq2[page, error] {
	return func(yield func(page, error) bool) {
		pages := make(chan page)
		ctx, stop := context.WithCancel(ctx)
		var failed error
		go func() {
			defer close(pages)
			for chunk := range slices.Chunk(posts, idsAtOnce) {
				rows, err := r.about(ctx, chunk, list, among)
				if err != nil {
					failed = err
					return
				}
				pages <- page{chunk, rows}
			}
		}()
		defer func() {
			stop()
			for range pages {
			}
		}()
		for p := range pages {
			if !yield(p, nil) {
				return
			}
		}
		if failed != nil {
			yield(page{}, failed)
		}
	}
}

// eachNeed calls each with what posts, which are in the order of their ids, voice.
func (r *reader) eachNeed(ctx context.Context, posts []*data.PostMeta, each func(p *data.PostMeta, ord int, n *data.Need)) error {
	for page, err := range r.ahead(ctx, posts, selectNeeds, selectNeedsAmong) {
		if err != nil {
			return err
		}
		if err := r.needsOf(page, each); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) needsOf(p page, each func(p *data.PostMeta, ord int, n *data.Need)) error {
	rows, posts := p.rows, p.posts
	for rows.more() {
		var n data.Need
		id, ord, problem := data.PostID(rows.id()), int(rows.int()), rows.word()
		if err := unpackNeed(rows, &n); err != nil {
			return fmt.Errorf("needs of post %s: %w", id, err)
		}
		if posts = from(posts, id); len(posts) == 0 || posts[0].ID != id {
			continue
		}
		r.assign(&n, problem, data.NeedRef{Post: id, Ord: ord})
		each(posts[0], ord, &n)
	}
	return nil
}

// unpackNeed reads a need; what it says stays in the memory of the packed text.
func unpackNeed(rows *packed, n *data.Need) (err error) {
	n.Type, n.Kind = data.NeedType(rows.word()), data.NeedKind(rows.word())
	n.Polarity, n.Negated, n.Hypothetical = int(rows.int()), rows.int() != 0, rows.int() != 0
	n.Expectation = time.Duration(rows.int())
	n.Evidence = data.Span{InTitle: rows.int() != 0, Start: int(rows.int()), End: int(rows.int())}
	n.Confidence = rows.real()
	if facets := rows.word(); facets != "" {
		n.Facets, err = decodeFacets(facets)
	}
	n.Lang, n.Rule = data.Lang(rows.word()), rows.word()
	n.Motives, n.Voice = motives(rows.word()), rows.word()
	step := data.Increment{Kind: rows.word(), Value: rows.real()}
	n.Object, n.Aspect, n.Action, n.Concept = rows.text(), rows.text(), rows.text(), rows.text()
	step.Unit, n.Quote = rows.text(), rows.text()
	if step.Kind != "" {
		n.Increment = &data.Increment{Kind: step.Kind, Value: step.Value, Unit: step.Unit}
	}
	return errors.Join(err, rows.err())
}
