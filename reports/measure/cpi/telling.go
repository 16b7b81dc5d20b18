package cpi

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// tell adds what people tell they got of a known thing, "the delivery took nine days", where they ask for nothing and miss
// nothing: it says how people are served, not that they want it.
func (h *hearing) tell(out map[Key][]mention) {
	type at struct {
		post data.PostID
		key  Key
	}
	told := make(map[at]bool)
	for k, all := range out {
		for _, m := range all {
			told[at{m.row.ID, k}] = told[at{m.row.ID, k}] || len(m.went) > 0
		}
	}
	touched := make(map[Key]bool)
	for i := range h.r.Posts {
		m := &h.r.Posts[i]
		if h.r.Makers[m.Author] || !went(h.r.Signs(m.ID)) {
			continue
		}
		for _, got := range h.gotten(m) {
			k := got.key()
			if told[at{m.ID, k}] {
				continue
			}
			told[at{m.ID, k}], touched[k] = true, true
			out[k] = append(out[k], got)
		}
	}
	for k := range touched {
		slices.SortStableFunc(out[k], func(a, b mention) int { return a.row.CreatedAt.Compare(b.row.CreatedAt) })
	}
}

// key is the outcome of a telling.
func (m mention) key() Key { return Key{facetOf(m.went[0].of), m.row.Concept} }

// went reports whether words hold a time or a price that somebody went through.
func went(s signs.Set) bool { return slices.ContainsFunc(s.Amounts, lasted) }

func lasted(a signs.Amount) bool {
	return a.Stance == signs.Went && !a.Vague && (a.Kind == signs.Time || a.Kind == signs.Money)
}

// gotten returns what the sentences of a post tell somebody got of known things, once each.
func (h *hearing) gotten(m *data.PostMeta) []mention {
	var out []mention
	for _, x := range signs.Sentences(h.r.Said(m.ID)) {
		h.room = signs.AppendWords(h.room[:0], x)
		c := claim{h: h, words: h.room}
		c.said = h.r.Book().ReadWords(c.words, false)
		if c.said.Has(signs.Other) && !c.said.Has(signs.Self) || machine(x) {
			continue
		}
		for _, a := range c.said.Amounts {
			if !lasted(a) {
				continue
			}
			topic, thing := c.beside(a.At)
			if topic == "" {
				continue
			}
			row := &data.NeedRow{PostMeta: *m, Need: data.Need{Quote: x, Lang: m.Lang, Concept: topic, Object: thing}}
			out = append(out, mention{row: row, thing: thing, told: true, went: []amount{{a.Value, kindOf(a.Kind), a.Unit}}})
		}
	}
	return out
}

// mostUsed returns the unit that most of the authors of amounts of an increment use, the first of the alphabet where several are.
func mostUsed(ms []mention, i Increment, of func(mention) []amount) string {
	users := crowd[data.AuthorID]{}
	for _, m := range ms {
		for _, a := range of(m) {
			if a.of == i && a.unit != "" {
				users.add(a.unit, m.row.Author)
			}
		}
	}
	best := ""
	for unit := range users {
		if best == "" || cmp.Or(len(users[best])-len(users[unit]), cmp.Compare(unit, best)) < 0 {
			best = unit
		}
	}
	return best
}

// perAuthor returns for each author of amounts of an increment, in a unit where that is not empty, their median.
func perAuthor(ms []mention, i Increment, unit string, of func(mention) []amount) []float64 {
	by := make(map[data.AuthorID][]float64)
	var order []data.AuthorID
	for _, m := range ms {
		for _, a := range of(m) {
			if a.of != i || unit != "" && a.unit != unit {
				continue
			}
			if by[m.row.Author] == nil {
				order = append(order, m.row.Author)
			}
			by[m.row.Author] = append(by[m.row.Author], a.value)
		}
	}
	values := make([]float64, len(order))
	for k, a := range order {
		values[k] = stats.Median(by[a])
	}
	return values
}

// toldIn returns the words of those who tell what an increment came to, in a unit where that is not empty, the newest of each
// post first, and all their posts.
func toldIn(ms []mention, i Increment, unit string) (told []measure.Quote, posts measure.Evidence) {
	for _, m := range ms {
		if slices.ContainsFunc(m.went, func(a amount) bool { return a.of == i && (unit == "" || a.unit == unit) }) && !slices.Contains(posts, m.row.ID) {
			told, posts = append(told, measure.QuoteOf(*m.row)), posts.Add(m.row.ID)
		}
	}
	slices.Reverse(told)
	return told, posts
}

func limitsOf(m mention) []amount { return m.limits }

func wentOf(m mention) []amount { return m.went }
