package cpi

import (
	"maps"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
)

// A mention is one need that states an outcome.
type mention struct {
	row        data.NeedRow
	thing      string // what the words call it
	direction  int    // +1 had, −1 lacking, 0 asked for
	increments []Increment
	limits     []float64 // stated expectations, in the unit of their increment
	limitKinds []Increment
	went       []float64 // what the author went through, in the unit of its increment
	wentKinds  []Increment
	matters    bool // the words say that it is important or urgent
}

func (m *mention) add(i Increment) {
	if i != "" && !slices.Contains(m.increments, i) {
		m.increments = append(m.increments, i)
	}
}

// mentions groups the needs of r that state outcomes, within window, by key. What makers say of
// themselves does not count, nor what people only say of somebody else's need, nor what stands
// under everything somebody writes.
func mentions(r *measure.Reading, p Params, window data.Window) map[Key][]mention {
	h := hear(r)
	out := make(map[Key][]mention)
	for _, n := range h.stated(p, window) {
		if !h.own(n) {
			continue
		}
		said := h.claims(n)
		for _, k := range slices.SortedFunc(maps.Keys(said), compareKeys) {
			out[k] = append(out[k], *said[k])
		}
	}
	return out
}

// A hearing is what the words of all needs are read against.
type hearing struct {
	r      *measure.Reading
	asker  map[data.ThreadID]data.AuthorID
	things map[string]string // topic by the stem of a word for it
	signed map[string]bool   // sentences that somebody puts under what they write
}

const (
	signings  = 3  // threads in which one person writes a long sentence word for word make it a signature
	longWords = 8  // from which a sentence is long
	namers    = 3  // people who need a thing make its word one to listen for
	reach     = 8  // words between a step and the thing it is a step of
	beat      = 4  // words between a failure and how often it comes
	stray     = 15 // words between a step and the thing of its sentence, where its clause names none
)

func hear(r *measure.Reading) *hearing {
	h := &hearing{r: r, asker: map[data.ThreadID]data.AuthorID{}, things: map[string]string{}, signed: map[string]bool{}}
	for _, p := range r.Posts {
		if _, ok := h.asker[p.Thread]; !ok {
			h.asker[p.Thread] = p.Author
		}
	}
	signing, naming := crowd[data.ThreadID]{}, crowd[data.AuthorID]{}
	topics := crowd[string]{}
	for _, n := range r.Needs {
		words := strings.Join(signs.Words(n.Quote), " ")
		if strings.Count(words, " ") >= longWords && signing.add(n.Author.String()+words, n.Thread) == signings {
			h.signed[words] = true
		}
		word := signs.Stem(strings.Join(signs.Words(n.Object), " "))
		if word == "" || !n.Type.Wanting() {
			continue
		}
		topics.add(word, n.Topic())
		if naming.add(word, n.Author) == namers && !h.lack(n.Object) {
			h.things[word] = ""
		}
	}
	for word := range h.things {
		h.things[word] = slices.Min(slices.Collect(maps.Keys(topics[word])))
	}
	return h
}

// stated returns the needs of the window that may state an outcome, by time: those that were heard,
// and the sentences beside them that ask for a known thing in steps.
func (h *hearing) stated(p Params, window data.Window) []data.NeedRow {
	var out []data.NeedRow
	for _, n := range h.r.Needs {
		if window.Contains(n.CreatedAt) && n.Confidence >= p.LeastConfidence && (n.Type.Wanting() || n.Type == data.Praise) {
			out = append(out, n)
		}
	}
	for _, m := range h.r.Posts {
		if said := h.r.Signs(m.ID); window.Contains(m.CreatedAt) && (said.Has(append(steps(), signs.Frequency)...) || len(said.Amounts) > 0) {
			out = append(out, h.unheard(m)...)
		}
	}
	slices.SortStableFunc(out, func(a, b data.NeedRow) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return out
}

// unheard returns the sentences of a post that are nobody's need yet, and ask for steps of a known
// thing or miss them.
func (h *hearing) unheard(m data.PostMeta) []data.NeedRow {
	var out []data.NeedRow
	needs := h.r.NeedsOf(m.ID)
	for _, x := range signs.Sentences(h.r.Said(m.ID)) {
		if slices.ContainsFunc(needs, func(n data.NeedRow) bool { return strings.Contains(n.Quote, x) || strings.Contains(x, n.Quote) }) {
			continue
		}
		n := data.NeedRow{PostMeta: m, Need: data.Need{Type: data.Wish, Quote: x, Lang: m.Lang}}
		c := claim{h: h, words: signs.Words(x)}
		at := c.pressing(h.r.Quoted(x))
		if at < 0 {
			continue
		}
		if n.Concept, n.Object = c.beside(at); n.Concept != "" {
			out = append(out, n)
		}
	}
	return out
}

// pressing returns where a sentence asks for a step of something, or says how often it fails; −1
// where it does neither.
func (c *claim) pressing(said signs.Set) int {
	asks := said.Has(signs.Importance, signs.Urgency, signs.Asking)
	for _, f := range said.Found {
		if slices.Contains(steps(), f.Sign) && (asks || excess(f.Cue)) || f.Sign == signs.Frequency && c.fails(said, f.At) {
			return f.At
		}
	}
	for _, a := range said.Amounts {
		if (a.Stance == signs.Limit || a.Stance == signs.Loosely) && asks {
			return a.At
		}
	}
	return -1
}

// A crowd counts the distinct things beside each text.
type crowd[T comparable] map[string]map[T]bool

func (c crowd[T]) add(text string, x T) int {
	if c[text] == nil {
		c[text] = map[T]bool{}
	}
	c[text][x] = true
	return len(c[text])
}

// lack reports whether a word for a thing names none: it says that something fails, a side or a
// step of it.
func (h *hearing) lack(object string) bool {
	return h.r.Quoted(object).Has(append(steps(), signs.Failure, signs.Pace, signs.Effort, signs.Range, signs.Price, signs.Empty)...)
}

// own reports whether a need is its author's: they are no maker, and opened the thread or speak of
// themselves alone.
func (h *hearing) own(n data.NeedRow) bool {
	if h.r.Makers[n.Author] || machine(n.Quote) || h.signed[strings.Join(signs.Words(n.Quote), " ")] {
		return false
	}
	said := h.r.Quoted(n.Quote)
	return h.asker[n.Thread] == n.Author || said.Has(signs.Self) && !said.Has(signs.Other)
}

// claims returns what a need says, by outcome: the sides its words count in steps, each of the
// thing they stand beside; the sides of its record; else the bare need.
func (h *hearing) claims(n data.NeedRow) map[Key]*mention {
	said := h.r.Quoted(n.Quote)
	c := claim{h: h, row: n, words: signs.Words(n.Quote), matters: h.matters(n), out: map[Key]*mention{}}
	c.own = c.find(n.Object)
	for _, f := range said.Found {
		if slices.Contains(steps(), f.Sign) && wanted(n, said, f) || f.Sign == signs.Frequency && c.fails(said, f.At) {
			c.step(kindOf(f.Sign), f.At)
		}
	}
	asks := said.Has(signs.Asking, signs.Importance, signs.Urgency) || n.Type == data.Wish || n.Type == data.Recommendation
	for _, a := range said.Amounts {
		if a.Stance != signs.Mentioned && (a.Stance != signs.Loosely || asks) {
			c.amount(a)
		}
	}
	c.record(said)
	for _, f := range n.Facets {
		c.side(f, said)
	}
	if len(c.out) == 0 && n.Type.Wanting() && len(n.Facets) == 0 && n.Problem != "" {
		c.put(Key{Topic: string(n.Problem)}, n.Called).direction = min(0, n.Polarity)
	}
	return c.out
}

// wanted reports whether a step is asked for or missed, not told of what is there: "it was easier"
// is no need.
func wanted(n data.NeedRow, said signs.Set, step signs.Found) bool {
	switch n.Type {
	case data.Wish, data.HowTo, data.Recommendation, data.Praise:
		return true
	}
	return excess(step.Cue) || said.Has(signs.Asking, signs.Importance, signs.Urgency, signs.Trouble)
}

// excess reports whether a cue says that there is too much or too little of something.
func excess(cue string) bool {
	first, _, _ := strings.Cut(cue, " ")
	switch first {
	case "too", "so", "takes", "took", "take", "taking", "not", "no", "only", "run", "runs", "ran", "running", "fewer", "slower", "overpriced", "time", "painfully", "way", "much",
		"troppo", "troppa", "troppi", "troppe", "poca", "poco", "poche", "pochi", "non", "nessuna", "costa", "costano", "tempi":
		return true
	}
	return false
}

// machine reports whether a quote is what a program wrote, not a person.
func machine(quote string) bool {
	if strings.ContainsAny(quote[:min(1, len(quote))], "#>%{}[];|/~^&") {
		return true
	}
	for _, mark := range []string{"Error:", "ERROR", "Error in ", "error: ", "***", "<-", "::", "();"} {
		if strings.Contains(quote, mark) {
			return true
		}
	}
	return false
}

// matters reports whether a need's sentence, or the ones beside it in its post, say that it is
// important or urgent.
func (h *hearing) matters(n data.NeedRow) bool {
	if h.r.Quoted(n.Quote).Has(signs.Importance, signs.Urgency) {
		return true
	}
	said := signs.Sentences(h.r.Said(n.ID))
	i := slices.IndexFunc(said, func(s string) bool { return s != "" && strings.HasPrefix(n.Quote, strings.TrimSuffix(s, "…")) })
	if i < 0 {
		return false
	}
	for _, s := range said[max(0, i-1):min(len(said), i+2)] {
		if h.r.Quoted(s).Has(signs.Importance, signs.Urgency) {
			return true
		}
	}
	return false
}

// steps returns the signs that count in steps by comparison.
func steps() []signs.Sign {
	return []signs.Sign{signs.Time, signs.Ease, signs.Options, signs.Money, signs.Honour, signs.Integrity, signs.Quantity}
}

// Steps returns the kinds of steps that each post of the window states, in the order of their names.
func Steps(r *measure.Reading, params Params) map[data.PostID][]Increment {
	out := make(map[data.PostID][]Increment)
	for _, ms := range mentions(r, params.filled(), r.Window) {
		for _, m := range ms {
			out[m.row.ID] = append(out[m.row.ID], m.increments...)
		}
	}
	for id, all := range out {
		slices.Sort(all)
		out[id] = slices.Compact(all)
	}
	return out
}
