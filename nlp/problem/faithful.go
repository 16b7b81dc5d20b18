package problem

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

const (
	longName   = 4 // words a name tells of which one may be said in another way
	nameSlack  = 3 // words more than in the name over which those who say it may spread it
	failReach  = 4 // words around a cue that tells of a failure in which what fails stands
	doingReach = 5 // words behind a cue in which what somebody would do stands
	askedReach = 3 // words behind a cue that only asks in which the thing stands that is looked for
	wantReach  = 7 // words behind a cue in which the thing that is wanted stands
	doneReach  = 6 // words behind that in which what it is done with stands
)

// A claim is what a name tells of those whose problem it names.
type claim struct {
	told  []uint32
	cue   []uint32 // of it, what only says that something goes wrong
	doing uint32   // of it, what somebody would do; 0 where it begins with a thing
	words int      // of the name; 0 where nobody says it in a run
	acts  []uint32 // of it, what is done inside: someone to water my pots
	order []uint32 // what it tells in the order of the name, where a word inside opens a phrase: a leaf on the tree
}

// A breath is what a voice says in one breath with the words by which it was heard.
type breath struct {
	of    int // the voice
	heard bool
	words []nlp.Word
	all   []string
	from  int // of the words of that breath, the first and last by which it was heard
	to    int
}

// core parts voices into those who say in one breath all that the name in their language says, and the
// others: a problem is what its people say it is.
func (g *grouping) core(voices []int, call calling) (core, others []int) {
	for _, v := range voices {
		if c := call.claims[g.need(v).Lang]; len(c.told) > 0 && g.claims(v, c, call.facet) && g.faces(v, c, call) {
			core = append(core, v)
		} else {
			others = append(others, v)
		}
	}
	return core, others
}

// touching returns those of voices that say in one breath any of what the name in their language says, and
// nothing of what is done in it as a thing.
func (g *grouping) touching(voices []int, call calling) []int {
	return slices.DeleteFunc(slices.Clone(voices), func(v int) bool {
		c := call.claims[g.need(v).Lang]
		said := func(f uint32) bool { return g.place(v, f, 0) >= 0 }
		return !slices.ContainsFunc(c.told, said) || c.doing != 0 && said(c.doing) && !g.isDone(v, c.doing) || slices.ContainsFunc(c.acts, func(f uint32) bool { return said(f) && !g.isDone(v, f) })
	})
}

// isDone reports whether v speaks of doing what f says: a plant guard plants nothing.
func (g *grouping) isDone(v int, f uint32) bool {
	return slices.ContainsFunc(g.breath(v).words, func(w nlp.Word) bool { return g.means(g.need(v).Lang, w, f) && g.infinitive(v, w) })
}

// recruited returns parts of several people with whoever is in none and says of its thing
// all that a name says: the name of most first.
func (g *grouping) recruited(parts []part) []part {
	taken, saying := g.taken(parts), map[uint32][]int{} // by word, who is in no part
	for v := range g.voices {
		if x := &g.voices[v]; !taken[v] && !x.thin && !x.bare && x.plain {
			for _, w := range x.words {
				saying[w] = append(saying[w], v)
			}
		}
	}
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(g.authors(parts[b].voices)) - len(g.authors(parts[a].voices)) })
	for _, i := range order {
		p := &parts[i]
		told := p.call.claims[p.call.lead].told
		if len(told) < 2 || len(g.authors(p.voices)) < pairPeople {
			continue
		}
		rarest := slices.MinFunc(told, func(a, b uint32) int { return len(saying[a]) - len(saying[b]) })
		wanting := g.need(p.voices[0]).Type.Wanting()
		free := slices.DeleteFunc(slices.Clone(saying[rarest]), func(v int) bool {
			return taken[v] || g.need(v).Type.Wanting() != wanting || !slices.Contains(told, g.voices[v].head)
		})
		more, _ := g.core(free, p.call)
		for _, v := range more {
			taken[v] = true
		}
		p.voices = slices.Concat(p.voices, more)
		slices.Sort(p.voices)
		g.soften(p)
	}
	return parts
}

// soften takes from a name that something cannot be done, where many only ask how to do it.
func (g *grouping) soften(p *part) {
	failing := slices.DeleteFunc(slices.Clone(p.voices), func(v int) bool { return !g.fails(v) })
	if float64(len(g.authors(failing))) >= nearlyAll*float64(len(g.authors(p.voices))) {
		return
	}
	for lang, phrase := range p.call.phrases {
		of := cmp.Or(lang, p.call.lead)
		if of == data.LangUnd {
			of = p.call.lead
		}
		if p.call.claims[of].doing == 0 {
			continue
		}
		phrase = strings.TrimPrefix(phrase, g.config.Words.Trouble(of, true)+" ")
		for first, rest, ok := strings.Cut(phrase, " "); ok && g.config.Words.Does(of, first, nlp.Wrong); first, rest, ok = strings.Cut(phrase, " ") {
			phrase = rest
		}
		p.call.phrases[lang] = phrase
	}
}

// faces reports whether v speaks from the side of most: who lacks a thing that works does not need it found.
// What somebody cannot do and asks how to do is one need, as is what costs too much or should cost less.
func (g *grouping) faces(v int, c claim, call calling) bool {
	return g.fails(v) == call.fails || c.doing != 0 || call.facet == "Money" || call.facet == "Speed"
}

// claims reports whether v says in one breath all that c tells. That something goes wrong may be said in
// any words of that side of the outcome, and the side anywhere in the sentence.
func (g *grouping) claims(v int, c claim, facet string) bool {
	b, n := g.breath(v), g.need(v)
	var things []uint32
	missing := false
	if !b.heard {
		return false
	}
	for _, f := range c.told {
		switch name := g.names[f]; {
		case name == sharedName(deadline) && n.Facet == "Speed":
		case name[0] == '+', name == sharedName(deadline), name == sharedName(wanted):
			if _, ok := slices.BinarySearch(g.voices[v].words, f); !ok {
				return false
			}
		case facet != "" && n.Facet == facet && g.fails(v) && slices.Contains(c.cue, f):
		case g.place(v, f, 0) >= 0:
			things = append(things, f)
		case missing || len(c.told) < longName:
			return false
		default:
			missing, c.order = true, nil
		}
	}
	if c.doing != 0 && !missing {
		return g.would(v, c)
	}
	if len(things) > 0 && !g.fails(v) && g.acts(v) {
		return false
	}
	if slices.ContainsFunc(c.acts, func(f uint32) bool { return !g.isDone(v, f) }) {
		return false
	}
	return len(things) == 0 || slices.ContainsFunc(b.words, func(w nlp.Word) bool { return g.means(n.Lang, w, things[0]) && g.together(v, w.At, things, c) })
}

// acts reports whether v, which wants something, asks how to do it, or would do it.
func (g *grouping) acts(v int) bool {
	b := g.breath(v)
	lang := g.need(v).Lang
	asks := func(word string) bool { return g.config.Words.Manner(lang, word) }
	somebody := b.to > 0 && g.config.Words.Leads(lang, b.all[b.to-1]) // someone to water my pots
	return g.need(v).Type != data.Recommendation && (b.to < len(b.all) && g.config.Words.LeadsVerb(lang, b.all[b.to]) && !somebody || slices.ContainsFunc(b.all[b.from:b.to], asks))
}

// done reports whether a word says what was done, not what is to do.
func done(words *nlp.Wording, lang data.Lang, form string) bool {
	return words.Shows(lang, form, nlp.Done) || words.Does(lang, form, nlp.Past)
}

// together reports whether v says all of things around a word of its breath, in about as many words as a name has.
func (g *grouping) together(v, at int, things []uint32, c claim) bool {
	b, first, last := g.breath(v), at, at
	for _, f := range things {
		place := g.place(v, f, at)
		if place < 0 {
			return false
		}
		first, last = min(first, place), max(last, place)
	}
	if c.words > 0 && last-first >= c.words+nameSlack || !slices.IsSortedFunc(c.order, func(a, b uint32) int { return g.place(v, a, at) - g.place(v, b, at) }) {
		return false
	}
	if g.fails(v) {
		return first >= b.from-failReach && last < b.to+failReach
	}
	if strings.Contains(g.need(v).Rule, "/ask/") { // a question of any kind looks only for what it names at once
		return first < b.to+askedReach
	}
	return first < b.to+wantReach
}

// would reports whether v speaks of doing what c does, right behind the words by which it was heard, with what c does it with.
func (g *grouping) would(v int, c claim) bool {
	b := g.breath(v)
	for _, w := range b.words {
		if !g.means(g.need(v).Lang, w, c.doing) || g.fails(v) && !g.failsAt(v, w) || w.At < b.from || w.At > b.to+doingReach || !g.infinitive(v, w) {
			continue
		}
		for _, f := range c.told {
			if f != c.doing && g.names[f][0] != '+' {
				if at := g.behind(v, f, w.End); at < 0 || at > w.End+doneReach {
					return false
				}
			}
		}
		return true
	}
	return false
}

// failsAt reports whether w is what v cannot do, or has trouble with doing: not what it does not want to.
func (g *grouping) failsAt(v int, w nlp.Word) bool {
	b, words, lang := g.breath(v), g.config.Words, g.need(v).Lang
	if w.At < b.to {
		acts := func(word string) bool { return g.config.Words.Acts(g.need(v).Lang, word) }
		return !slices.ContainsFunc(b.all[max(0, b.from-2):b.from], acts) || g.config.Words.Unable(strings.Join(b.all[b.from:b.to], " "))
	}
	return w.At <= b.to+1 || words.Shows(lang, w.Form, nlp.Gerund) || w.At > 0 && (words.LeadsVerb(lang, b.all[w.At-1]) || g.config.Words.Unable(strings.Join(b.all[max(0, w.At-2):w.At], "'"))) || lang != data.LangEN
}

// infinitive reports whether w, in the breath of v, is what somebody would do: not a thing, nor what was done.
func (g *grouping) infinitive(v int, w nlp.Word) bool {
	words, lang := g.config.Words, g.need(v).Lang
	if done(words, lang, w.Form) {
		return false
	}
	if w.At == 0 || words.Shows(lang, w.Form, nlp.Gerund) {
		return true
	}
	before := g.breath(v).all[w.At-1]
	_, opens := words.Holds(lang, before)
	opens = opens || words.Does(lang, before, nlp.Partitive) // the goodness of a fit
	return !words.Leads(lang, before) && (words.LeadsVerb(lang, before) || !opens) && !(g.fails(v) && words.Acts(lang, before))
}

// behind returns where v says f in that breath, from a word on; -1 where it does not.
func (g *grouping) behind(v int, f uint32, from int) int {
	for _, w := range g.breath(v).words {
		if w.At >= from && g.means(g.need(v).Lang, w, f) {
			return w.At
		}
	}
	return -1
}

// place returns where v says f in that breath, as near to a word as it does; -1 where it does not.
func (g *grouping) place(v int, f uint32, near int) int {
	best := -1
	for _, w := range g.breath(v).words {
		if g.means(g.need(v).Lang, w, f) && (best < 0 || max(w.At-near, near-w.At) < max(best-near, near-best)) {
			best = w.At
		}
	}
	return best
}

// mostBreaths are remembered at once, a kilobyte each: those of all voices of a large place would fill the memory.
const mostBreaths = 1 << 16

// breath returns what v says in one breath. Voices that are as many apart as are remembered share a place.
func (g *grouping) breath(v int) *breath {
	place := &g.breaths[v%len(g.breaths)]
	b := place.Load()
	if b == nil || b.of != v {
		n := g.need(v)
		said, heard := g.config.Words.Breath(n.sentence(), 0)
		b = &breath{of: v, heard: heard}
		b.words, b.all = g.config.Words.Words(n.Lang, said.Before+" "+said.Cue+" "+said.Behind)
		b.from = len(nlp.Split(said.Before))
		b.to = len(b.all) - len(nlp.Split(said.Behind))
		place.Store(b)
	}
	return b
}

// means reports whether w says the feature f.
func (g *grouping) means(lang data.Lang, w nlp.Word, f uint32) bool {
	name := g.names[f]
	return w.Shared != "" && name == sharedName(w.Shared) || name == stemName(lang, w.Stem)
}
