package cpi

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/measure/signs"
)

// A claim is one need while it is read.
type claim struct {
	h       *hearing
	row     *data.NeedRow
	words   []string
	said    signs.Set
	own     int // where the object of the need stands in words; −1 where it does not
	matters bool
	asks    bool // for something, or says that it matters
	out     map[Key]*mention
}

// claim begins to read a need. One is read at a time.
func (h *hearing) claim(n *data.NeedRow) *claim {
	h.room = signs.AppendWords(h.room[:0], n.Quote)
	c := &claim{h: h, row: n, words: h.room}
	c.said = h.r.Book().ReadWords(c.words, strings.Contains(n.Quote, "?"))
	return c
}

// read returns what a need says, by outcome: the sides its words count in steps, each of the
// thing they stand beside; the sides of its record; else the bare need.
func (c *claim) read() map[Key]*mention {
	n := c.row
	c.own, c.matters, c.out = c.find(n.Object), c.h.matters(n, c.said), map[Key]*mention{}
	c.asks = c.said.Has(signs.Asking, signs.Importance, signs.Urgency) || n.Type == data.Wish || n.Type == data.Recommendation || n.Type == data.HowTo
	for _, f := range c.said.Found {
		switch kind := kindOf(f.Sign); {
		case c.picks(f):
		case !slices.Contains(c.h.steps, f.Sign) && (f.Sign != signs.Frequency || !c.fails(f.At)):
		case f.Sign == signs.Frequency, wanted(n, c.said, f), n.Polarity > 0 && c.recorded(kind) >= 0:
			c.step(kind, f.At, f.Sign == signs.Integrity || f.Sign == signs.Recognition)
		}
	}
	for _, a := range c.said.Amounts {
		if c.valued(a) {
			c.amount(a)
		}
	}
	c.record()
	for _, f := range n.Facets {
		c.side(f)
	}
	if len(c.out) == 0 && n.Type.Wanting() && len(n.Facets) == 0 && n.Problem != "" {
		c.put(Key{Topic: string(n.Problem)}, n.Called).direction = min(0, n.Polarity)
	}
	return c.out
}

// valued reports whether an amount is a step people value, not a part of what they tell: a difference,
// a limit where they ask for something, what they went through where the record says that it was a matter
// of that side, and how much they praise.
func (c *claim) valued(a signs.Amount) bool {
	switch a.Stance {
	case signs.Compared:
		return true
	case signs.Limit, signs.Loosely:
		return c.asks && !c.told(a.At)
	case signs.Went:
		return c.recorded(kindOf(a.Kind)) >= 0
	}
	return a.Kind == signs.Quantity && c.row.Type == data.Praise
}

// told reports whether a time is part of what somebody did: "within an hour I managed to".
func (c *claim) told(at int) bool {
	for k := at + 1; k+1 < len(c.words) && k < at+reach; k++ {
		did := c.words[k+1]
		switch c.words[k] {
		case "i", "we":
			if strings.HasSuffix(did, "ed") && did != "need" || slices.Contains([]string{"got", "had", "was", "were", "made", "found", "could", "received"}, did) {
				return true
			}
		case "ho", "abbiamo":
			if strings.HasSuffix(did, "to") || strings.HasSuffix(did, "so") {
				return true
			}
		}
	}
	return false
}

func (c *claim) put(k Key, thing string) *mention {
	m := c.out[k]
	if m == nil {
		m = &mention{row: c.row, thing: thing, matters: c.matters, asks: c.asks}
		c.out[k] = m
	}
	return m
}

// picks reports whether a comparison only says which of two is meant: "the simpler model".
func (c *claim) picks(f signs.Found) bool {
	return f.At > 0 && c.words[f.At-1] == "the" && strings.HasSuffix(f.Cue, "er")
}

// recorded returns which side of the need's record is counted in steps of kind i; −1 where none is.
func (c *claim) recorded(i Increment) int {
	return slices.IndexFunc(c.row.Facets, func(f data.Facet) bool { return f.Name == facetOf(i) })
}

// step adds a step of kind i said at a word; nil where it is a step of nothing, or the word stands in
// praise of another side and is none of praise itself.
func (c *claim) step(i Increment, at int, praises bool) *mention {
	facet, f := facetOf(i), c.recorded(i)
	topic, thing := c.near(at)
	if topic == "" || c.row.Type == data.Praise && f < 0 && !praises {
		return nil
	}
	m := c.put(Key{facet, topic}, thing)
	m.add(i)
	switch {
	case f >= 0:
		m.direction = c.row.Facets[f].Direction
	case c.row.Polarity < 0:
		m.direction = -1
	case c.row.Type == data.Praise:
		m.direction = 1
	}
	return m
}

func (c *claim) amount(a signs.Amount) {
	i := kindOf(a.Kind)
	m := c.step(i, a.At, a.Stance == signs.Compared || a.Kind == signs.Quantity)
	switch {
	case m == nil:
	case a.Stance == signs.Compared, a.Stance == signs.Mentioned:
	case a.Stance == signs.Went:
		m.went = append(m.went, amount{a.Value, i, a.Unit})
	case !a.Vague:
		m.limits = append(m.limits, amount{a.Value, i, a.Unit})
	}
}

// record adds the increment and the expectation of the need's record, where the words gave none.
func (c *claim) record() {
	at := max(0, c.own)
	if n := c.row.Increment; n != nil && !c.said.Has(c.h.steps...) && (n.Value == 0 || n.Value > 1 || n.Kind == "time" || n.Kind == "money") {
		c.step(incrementOf(n.Kind), at, true)
	}
	limits := func(m *mention) bool {
		return slices.ContainsFunc(m.limits, func(a amount) bool { return a.of == Time })
	}
	for _, m := range c.out {
		if limits(m) {
			return
		}
	}
	told := func(a signs.Amount) bool { return a.Kind == signs.Time && c.told(a.At) }
	if c.row.Expectation > 0 && c.asks && !slices.ContainsFunc(c.said.Amounts, told) {
		if m := c.step(Time, at, false); m != nil {
			m.limits = append(m.limits, amount{value: c.row.Expectation.Seconds(), of: Time})
		}
	}
}

// side adds a side of the need's record that its words do not count in steps: of the thing its
// word stands beside. That something fails must be said in words that are no thing themselves.
func (c *claim) side(f data.Facet) {
	lacking := f.Name == facetOf(Integrity) && f.Direction < 0
	word := wordOf(f.Name, lacking)
	topic, thing := c.row.Topic(), c.row.Object
	switch {
	case c.said.Has(word):
		topic, thing = c.near(c.at(word))
	case lacking, c.h.lack(thing):
		return
	}
	if topic != "" {
		c.put(Key{f.Name, topic}, thing).direction = f.Direction
	}
}

// wordOf returns the sign that words of a side show; empty where there is none.
func wordOf(facet string, lacking bool) signs.Sign {
	switch facet {
	case "Speed":
		return signs.Pace
	case "Ease":
		return signs.Effort
	case "Choice":
		return signs.Range
	case "Money":
		return signs.Price
	case "Reliability":
		if lacking {
			return signs.Failure
		}
	}
	return ""
}

func (c *claim) at(s signs.Sign) int {
	return c.said.Found[slices.IndexFunc(c.said.Found, func(f signs.Found) bool { return f.Sign == s })].At
}

// fails reports whether the clause around a word says that something fails.
func (c *claim) fails(at int) bool {
	return slices.ContainsFunc(c.said.Found, func(f signs.Found) bool {
		return f.Sign == signs.Failure && c.together(f.At, at) && max(f.At-at, at-f.At) <= beat
	})
}

// together reports whether two words stand in one clause, close by.
func (c *claim) together(i, k int) bool {
	i, k = min(i, k), max(i, k)
	return k-i <= reach && !slices.Contains(c.words[i:k], ".")
}

// near returns the thing that is spoken of at a word: the need's own where the clause holds it,
// else the nearest known one of the clause, else the need's own where it is not far.
func (c *claim) near(at int) (topic, thing string) {
	own := c.row.Topic()
	if own != "" && c.h.lack(c.row.Object) {
		own = ""
	}
	if own != "" && c.own >= 0 && c.together(c.own, at) {
		return own, c.row.Object
	}
	if topic, thing = c.beside(at); topic != "" {
		return topic, thing
	}
	far := c.own >= 0 && max(c.own-at, at-c.own) > stray || c.own < 0 && len(c.words) > stray
	if own == "" || far {
		return "", ""
	}
	return own, c.row.Object
}

// beside returns the known thing nearest to a word in its clause, what follows before what precedes.
func (c *claim) beside(at int) (topic, thing string) {
	for d := 1; d <= reach; d++ {
		for _, k := range [...]int{at + d, at - d} {
			if k < 0 || k >= len(c.words) || !c.together(at, k) {
				continue
			}
			if topic := c.h.things[signs.Stem(c.words[k])]; topic != "" && !c.h.lack(c.words[k]) {
				return topic, c.words[k]
			}
		}
	}
	return "", ""
}

// find returns where the words of a thing begin in the need's; −1 where they do not stand there.
func (c *claim) find(thing string) int {
	want := signs.Words(thing)
	if len(want) == 0 {
		return -1
	}
	return slices.IndexFunc(c.words, func(w string) bool { return signs.Stem(w) == signs.Stem(want[0]) })
}
