package sqlite

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"tribu/data"
)

// needsOf calls each with the needs of a page, in the order of posts and their needs.
func (r *reader) needsOf(p page, each func(p *data.PostMeta, ord int, n *data.Need)) error {
	rows, problems, posts := p.answers[0], problemRows{rows: p.answers[1]}, p.posts
	var n data.Need
	for rows.more() {
		id, ord := data.PostID(rows.id()), int(rows.int())
		if err := unpackNeed(rows, &n); err != nil {
			return fmt.Errorf("needs of post %s: %w", id, err)
		}
		if posts = from(posts, id); len(posts) == 0 || posts[0].ID != id {
			continue
		}
		if err := r.assign(&n, problems.of(id, ord), data.NeedRef{Post: id, Ord: ord}); err != nil {
			return err
		}
		each(posts[0], ord, &n)
	}
	return problems.rows.err()
}

// problemRows tell which problem a need belongs to, in the order of posts and their needs.
type problemRows struct {
	rows    *packed
	id      data.PostID
	ord     int
	problem string
}

// of returns the problem of a need that is asked for after those before it; empty where it is in none.
func (p *problemRows) of(id data.PostID, ord int) string {
	for p.before(id, ord) && p.rows.more() {
		p.id, p.ord, p.problem = p.rows.id(), int(p.rows.int()), p.rows.word()
	}
	if p.id == id && p.ord == ord {
		return p.problem
	}
	return ""
}

func (p *problemRows) before(id data.PostID, ord int) bool {
	order := bytes.Compare(p.id[:], id[:])
	return p.problem == "" || order < 0 || order == 0 && p.ord < ord
}

// unpackNeed reads a need into n; what it says stays in the memory of the packed text.
func unpackNeed(rows *packed, n *data.Need) (err error) {
	*n = data.Need{}
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
	kind, value, unit := rows.word(), rows.real(), ""
	var sizes [6]int
	for i := range sizes {
		sizes[i] = int(rows.int())
	}
	for i, text := range []*string{&n.Object, &n.Aspect, &n.Action, &n.Concept, &unit, &n.Quote} {
		*text = rows.take(sizes[i])
	}
	if kind != "" {
		n.Increment = &data.Increment{Kind: kind, Value: value, Unit: unit}
	}
	return errors.Join(err, rows.err())
}
