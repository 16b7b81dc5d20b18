package reports

import (
	"slices"

	"tribu/reports/figures"
)

// openFirst returns the open requests of a tribe: those about the need voiced most first, then those that ask outright; those about
// nothing that is the tribe's own come last.
func (b *builder) openFirst(t figures.Tribe) []figures.Quote {
	at := b.tribeIndex(t.ID)
	top, _ := b.topUnmet()
	about := func(q figures.Quote) int {
		switch {
		case q.Key == top.Key && top.Key != "":
			return 0
		case at != figures.None && b.strange(waiting{q, at}):
			return 3
		case q.Outright:
			return 1
		}
		return 2
	}
	out := b.fresh(t.Open)
	slices.SortStableFunc(out, func(a, b figures.Quote) int { return about(a) - about(b) })
	return out
}

// openEvidence shows the open requests of a tribe, each under the title of its conversation.
func (b *builder) openEvidence(v tribeView, t figures.Tribe) *evidence {
	open := b.openFirst(t)
	heading := "evidence.open"
	if b.Figures.Parts.Partial() {
		heading = "evidence.open.part"
	}
	e := b.evidence(v.OpenID, v.Title, b.rich(heading, "n", len(open)), open, 6, idsOf(open))
	if e == nil {
		return nil
	}
	b.titled(e, open)
	for i := range e.Posts {
		e.Posts[i].Open = false // the heading says it
	}
	return e
}
