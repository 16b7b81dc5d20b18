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
		id := data.PostID(rows.id())
		ord, err := unpackNeed(rows, &n)
		if err != nil {
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

// unpackNeed reads a need into n, and returns its place in the post; what it says stays in the memory of
// the packed text.
func unpackNeed(rows *packed, n *data.Need) (ord int, err error) {
	*n = data.Need{}
	marks := int(rows.int())
	n.Polarity, n.Negated, n.Hypothetical = marks>>3&3-1, marks&4 != 0, marks&2 != 0
	n.Type, n.Kind, n.Expectation = data.NeedType(rows.word()), data.NeedKind(rows.word()), time.Duration(rows.int())
	n.Evidence = data.Span{InTitle: marks&1 != 0, Start: int(rows.int()), End: int(rows.int())}
	n.Confidence = rows.real()
	if facets := rows.word(); facets != "" {
		n.Facets, err = decodeFacets(facets)
	}
	n.Lang, n.Rule = data.Lang(rows.word()), rows.word()
	n.Motives, n.Voice = motives(rows.word()), rows.word()
	unit := 0
	if kind := rows.word(); kind != "" {
		n.Increment = &data.Increment{Kind: kind, Value: rows.real()}
		unit = int(rows.int())
	}
	var sizes [5]int
	for i := range sizes {
		sizes[i] = int(rows.int())
	}
	for i, text := range []*string{&n.Object, &n.Aspect, &n.Action, &n.Concept, &n.Quote} {
		*text = rows.take(sizes[i])
	}
	if n.Increment != nil {
		n.Increment.Unit = rows.take(unit)
	}
	return marks >> 5, errors.Join(err, rows.err())
}
