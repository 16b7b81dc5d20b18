package nlp

import (
	"slices"
	"strings"

	"tribu/data"
)

// confession is the name of a plea by which whoever asks says what they do not know; whoever answers says so
// of what they cannot tell.
const confession = "confession"

// shared is the name of a plea by which whoever answers says that they have what they answer to themselves.
const shared = "shared"

// shares reports whether one of readings says so.
func shares(readings []reading) bool {
	return slices.ContainsFunc(readings, func(r reading) bool {
		return slices.ContainsFunc(r.hits, func(h hit) bool { return h.cue.class == plea && h.cue.name == shared })
	})
}

// ownNeed reports whether a need of type t, heard in r, is one of whoever answers somebody: not one of those
// they speak to, nor one they tell of.
func (a *Analyzer) ownNeed(d *document, r *reading, t data.NeedType) bool {
	if r.sec.inTitle {
		return false
	}
	own, you := a.speaksOfSelf(d, r.sentence)
	if r.pleads(d, you) {
		return true
	}
	if r.lang == data.LangIT || !asks(t) {
		return own
	}
	return own && !you && (t == data.Wish || endsAsking(d, r.sentence))
}

// pleads reports whether r asks others for something; what its writer does not know counts where they would do
// it themselves: not sure how to do it, but not how you could.
func (r *reading) pleads(d *document, you bool) bool {
	const to = preposition | beforeInfinitive
	points := r.score[plea]
	for _, h := range r.hits {
		if h.cue.class == plea && h.cue.name == confession && (you || h.to >= r.to || d.tokens[h.to].roles&to != to) {
			points -= h.cue.weight
		}
	}
	return points >= fires
}

// opining is how many words behind "I" say that it only holds something to be so.
const opining = 3

// speaksOfSelf reports whether the writer of x speaks of themselves, beyond what they hold to be so, alone or
// where one does not say "I" with others; and whether they speak to somebody.
func (a *Analyzer) speaksOfSelf(d *document, x *sentence) (own, you bool) {
	for i := x.from; i < x.to; i++ {
		t := &d.tokens[i]
		if t.kind == mark {
			continue
		}
		you = you || t.opens&toReader != 0
		w, _, _ := strings.Cut(t.key, " ")
		switch {
		case own || t.opens&appeals != 0:
		case x.lang == data.LangIT:
			own = (t.opens&(joint|writer) != 0 || a.self[w] && w != "i") && !a.opinesAt(d, x, i)
		case t.opens&(joint|writer) != 0:
			own = !a.opinesAt(d, x, i)
		}
	}
	return own, you
}

// opinesAt reports whether the word at i begins to say what its writer holds: I do not think, in my opinion.
func (a *Analyzer) opinesAt(d *document, x *sentence, i int) bool {
	for k := i + 1; k < min(x.to, i+1+opining) && d.tokens[k].kind != mark; k++ {
		if w, _, _ := strings.Cut(d.tokens[k].key, " "); a.opines[w] {
			return true
		}
	}
	return false
}
