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
	row        *data.NeedRow
	thing      string // what the words call it
	direction  int    // +1 had, −1 lacking, 0 asked for
	increments []Increment
	limits     []amount // stated expectations
	went       []amount // what the author went through
	matters    bool     // the words say that it is important or urgent
	asks       bool     // they ask for it
	told       bool     // they only tell what somebody got of it
}

// An amount is so much of an increment: seconds, or money of a currency.
type amount struct {
	value float64
	of    Increment
	unit  string
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
	return within(r, p, func(m mention) bool { return !m.told && window.Contains(m.row.CreatedAt) })
}

// tellings are the mentions, and what people only tell they got.
func tellings(r *measure.Reading, p Params, window data.Window) map[Key][]mention {
	return within(r, p, func(m mention) bool { return window.Contains(m.row.CreatedAt) })
}

func within(r *measure.Reading, p Params, keep func(mention) bool) map[Key][]mention {
	out := make(map[Key][]mention)
	for k, all := range heard(r, p.LeastConfidence) {
		var within []mention
		for _, m := range all {
			if keep(m) {
				within = append(within, m)
			}
		}
		if len(within) > 0 {
			out[k] = within
		}
	}
	return out
}

// A sureness is the key of the mentions that are heard with at least that confidence.
type sureness float64

// heard groups all mentions of r by key, each in order of time.
func heard(r *measure.Reading, least float64) map[Key][]mention {
	return measure.Once(r, sureness(least), func() map[Key][]mention {
		h := hear(r)
		out := make(map[Key][]mention)
		for _, n := range h.stated(least) {
			c := h.claim(n)
			if !h.own(c) {
				continue
			}
			said := c.read()
			for _, k := range slices.SortedFunc(maps.Keys(said), compareKeys) {
				out[k] = append(out[k], *said[k])
			}
		}
		h.tell(out)
		return out
	})
}

// A hearing is what the words of all needs are read against.
type hearing struct {
	r      *measure.Reading
	asker  map[data.ThreadID]data.AuthorID
	things map[string]string // topic by the stem of a word for it
	signed map[string]bool   // sentences that somebody puts under what they write
	lacks  map[string]bool   // words for things that were looked at, and whether they name none
	steps  []signs.Sign
	beside sentences
	room   []string // for the words of the claim that is read
}

// The sentences of the post that was read last.
type sentences struct {
	post data.PostID
	said []string
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
	h := &hearing{r: r, asker: map[data.ThreadID]data.AuthorID{}, things: map[string]string{}, signed: map[string]bool{}, lacks: map[string]bool{}, steps: steps()}
	for i := range r.Posts {
		if _, ok := h.asker[r.Posts[i].Thread]; !ok {
			h.asker[r.Posts[i].Thread] = r.Posts[i].Author
		}
	}
	h.readSigned()
	naming, topics := crowd[data.AuthorID]{}, crowd[string]{}
	for i := range r.Needs {
		n := &r.Needs[i]
		if !n.Lacks() || n.Object == "" {
			continue
		}
		word := signs.Stem(strings.Join(signs.Words(n.Object), " "))
		if word == "" {
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

// readSigned finds the long sentences that one person writes in several threads.
func (h *hearing) readSigned() {
	type line struct {
		author data.AuthorID
		words  string
	}
	in := make(map[line][]data.ThreadID)
	for i := range h.r.Needs {
		n := &h.r.Needs[i]
		words := signs.Words(n.Quote)
		if len(words) <= longWords {
			continue
		}
		l := line{n.Author, strings.Join(words, " ")}
		if threads := in[l]; len(threads) < signings && !slices.Contains(threads, n.Thread) {
			in[l] = append(threads, n.Thread)
		}
	}
	for l, threads := range in {
		if len(threads) == signings {
			h.signed[l.words] = true
		}
	}
}

// stated returns the needs that may state an outcome, by time: those that were heard, and the
// sentences beside them that ask for a known thing in steps.
func (h *hearing) stated(least float64) []*data.NeedRow {
	var out []*data.NeedRow
	for i := range h.r.Needs {
		if n := &h.r.Needs[i]; n.Confidence >= least && (n.Lacks() || n.Type == data.Praise) {
			out = append(out, n)
		}
	}
	for i := range h.r.Posts {
		m := &h.r.Posts[i]
		if said := h.r.Signs(m.ID); len(said.Amounts) > 0 || said.Has(signs.Frequency) || said.Has(h.steps...) {
			out = append(out, h.unheard(m)...)
		}
	}
	slices.SortStableFunc(out, func(a, b *data.NeedRow) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return out
}

// unheard returns the sentences of a post that are nobody's need yet, and ask for steps of a known
// thing or miss them.
func (h *hearing) unheard(m *data.PostMeta) []*data.NeedRow {
	var out []*data.NeedRow
	needs := h.r.NeedsOf(m.ID)
	for _, x := range signs.Sentences(h.r.Said(m.ID)) {
		h.room = signs.AppendWords(h.room[:0], x)
		c := claim{h: h, words: h.room}
		c.said = h.r.Book().ReadWords(c.words, strings.Contains(x, "?"))
		at := c.pressing()
		if at < 0 || slices.ContainsFunc(needs, func(n *data.NeedRow) bool { return strings.Contains(n.Quote, x) || strings.Contains(x, n.Quote) }) {
			continue
		}
		n := data.NeedRow{PostMeta: *m, Need: data.Need{Type: data.Wish, Quote: x, Lang: m.Lang}}
		if n.Concept, n.Object = c.beside(at); n.Concept != "" {
			out = append(out, &n)
		}
	}
	return out
}

// pressing returns where a sentence asks for a step of something, or says how often it fails; −1
// where it does neither.
func (c *claim) pressing() int {
	said := c.said
	asks := said.Has(signs.Importance, signs.Urgency, signs.Asking)
	for _, f := range said.Found {
		if slices.Contains(c.h.steps, f.Sign) && (asks || excess(f.Cue)) || f.Sign == signs.Frequency && c.fails(f.At) {
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
	lacks, known := h.lacks[object]
	if !known {
		said := h.r.Book().Read(object)
		lacks = said.Has(signs.Failure, signs.Pace, signs.Effort, signs.Range, signs.Price, signs.Empty) || said.Has(h.steps...)
		h.lacks[object] = lacks
	}
	return lacks
}

// own reports whether a need is its author's: they are no maker, and speak of themselves alone, or
// opened the thread and do not tell somebody else of theirs.
func (h *hearing) own(c *claim) bool {
	n := c.row
	if c.said.Has(signs.Other) && !c.said.Has(signs.Self, signs.Asking) && n.Type != data.HowTo {
		return false
	}
	if h.r.Makers[n.Author] || machine(n.Quote) || h.asker[n.Thread] != n.Author && (!c.said.Has(signs.Self) || c.said.Has(signs.Other)) {
		return false
	}
	return len(c.words) <= longWords || !h.signed[strings.Join(c.words, " ")]
}

// matters reports whether a need's sentence, or the ones beside it in its post, say that it is
// important or urgent.
func (h *hearing) matters(n *data.NeedRow, said signs.Set) bool {
	if said.Has(signs.Importance, signs.Urgency) {
		return true
	}
	if !h.r.Signs(n.ID).Has(signs.Importance, signs.Urgency) {
		return false
	}
	if h.beside.post != n.ID {
		h.beside = sentences{n.ID, signs.Sentences(h.r.Said(n.ID))}
	}
	all := h.beside.said
	i := slices.IndexFunc(all, func(s string) bool { return strings.HasPrefix(n.Quote, strings.TrimSuffix(s, "…")) })
	if i < 0 {
		return false
	}
	return slices.ContainsFunc(all[max(0, i-1):min(len(all), i+2)], func(s string) bool {
		return h.r.Book().Read(s).Has(signs.Importance, signs.Urgency)
	})
}

// steps returns the signs that count in steps by comparison. Of recognition there is no unit: to be
// thanked, credited or shown is the step.
func steps() []signs.Sign {
	return []signs.Sign{signs.Time, signs.Ease, signs.Options, signs.Money, signs.Honour, signs.Recognition, signs.Integrity, signs.Quantity}
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
