package sqlite

import (
	"bytes"
	"context"
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
	packedHeard = `coalesce(group_concat(concat(a.post, a.needs, char(31), a.acts, char(31), a.lang, char(31)), ''), '')`
	packedNeeds = `coalesce(group_concat(n.post || concat_ws(char(31), 32*n.ord + 8*(n.polarity + 1) + 4*n.negated + 2*n.hypothetical + n.in_title,
n.type, n.kind, n.expectation, n.start, n.end, format('%!.17g', n.confidence), n.facets, n.lang, n.rule, n.motives, n.voice,
iif(n.step_kind IS NULL, '', concat_ws(char(31), n.step_kind, format('%!.17g', n.step_value), octet_length(n.step_unit))),
octet_length(n.object), octet_length(n.aspect), octet_length(n.action), octet_length(n.concept), octet_length(n.quote),
concat(n.object, n.aspect, n.action, n.concept, n.quote, n.step_unit)), ''), '')`
	packedVoiced       = `coalesce(group_concat(concat(x.post, x.ord, char(31), x.problem, char(31)), ''), '')`
	selectHeard        = `SELECT ` + packedHeard + ` FROM json_each(?1) AS j CROSS JOIN annotation AS a ON a.post = unhex(j.value) AND a.version = ?2`
	selectHeardAmong   = `SELECT ` + packedHeard + ` FROM annotation AS a WHERE a.post >= ?1 AND a.post <= ?2 AND a.version = ?3`
	selectNeeds        = `SELECT ` + packedNeeds + ` FROM json_each(?1) AS j CROSS JOIN need AS n ON n.post = unhex(j.value) AND n.version = ?2`
	selectNeedsAmong   = `SELECT ` + packedNeeds + ` FROM need AS n WHERE n.post >= ?1 AND n.post <= ?2 AND n.version = ?3`
	selectItsProblem   = `SELECT ` + packedVoiced + ` FROM json_each(?1) AS j CROSS JOIN voiced AS x ON x.post = unhex(j.value) AND x.version = ?2`
	selectProblemAmong = `SELECT ` + packedVoiced + ` FROM voiced AS x WHERE x.post >= ?1 AND x.post <= ?2 AND x.version = ?3`
)

// A question is asked of many posts in the order of their ids: one by one, or of all between two.
type question struct{ list, among string }

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
	voiced, n, err := r.heard(ctx, byID(activity), w)
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
			all = append(all, p)
			after = all[len(all)-1].ID[:]
		}
		if rows.bad {
			return nil, fmt.Errorf("posts after %s: %w", from, errPacked)
		}
	}
}

// heard fills in the language of posts, which are in the order of their ids, and returns those of w
// that voice needs, and how many.
func (r *reader) heard(ctx context.Context, posts []*data.PostMeta, w data.Window) (voiced []*data.PostMeta, needs int, err error) {
	for page, err := range r.ahead(ctx, posts, question{selectHeard, selectHeardAmong}) {
		if err != nil {
			return nil, 0, err
		}
		rows, rest := page.answers[0], page.posts
		for rows.more() {
			id, n, acts, lang := data.PostID(rows.id()), int(rows.int()), data.Acts(rows.int()), rows.word()
			if rest = from(rest, id); len(rest) == 0 || rest[0].ID != id {
				continue
			}
			p := rest[0]
			p.Lang, p.Acts = data.Lang(r.words.one(lang)), acts
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

// about answers a question about posts, which are in the order of their ids. Where they are a fair
// part of all there are, the answer is about those between as well, which costs less than looking
// each of them up.
func (r *reader) about(ctx context.Context, posts []*data.PostMeta, ask question) (*packed, error) {
	if r.dense {
		first, last := posts[0].ID, posts[len(posts)-1].ID
		return packedRows(ctx, r.q, ask.among, first[:], last[:], r.version)
	}
	ids := make([]data.PostID, len(posts))
	for i, p := range posts {
		ids[i] = p.ID
	}
	return packedRows(ctx, r.q, ask.list, hexList(ids), r.version)
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

// A page is some posts and what was found about them, question by question.
type page struct {
	posts   []*data.PostMeta
	answers []*packed
}

// ahead answers questions about posts page by page, as about does; the next page is read while the
// caller looks at one.
func (r *reader) ahead(ctx context.Context, posts []*data.PostMeta, asked ...question) iter.Seq2[page, error] {
	return func(yield func(page, error) bool) {
		pages := make(chan page)
		ctx, stop := context.WithCancel(ctx)
		var failed error
		go func() {
			defer close(pages)
			for chunk := range slices.Chunk(posts, idsAtOnce) {
				p := page{posts: chunk}
				for _, ask := range asked {
					rows, err := r.about(ctx, chunk, ask)
					if err != nil {
						failed = err
						return
					}
					p.answers = append(p.answers, rows)
				}
				pages <- p
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
	for page, err := range r.ahead(ctx, posts, question{selectNeeds, selectNeedsAmong}, question{selectItsProblem, selectProblemAmong}) {
		if err != nil {
			return err
		}
		if err := r.needsOf(page, each); err != nil {
			return err
		}
	}
	return nil
}
