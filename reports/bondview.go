package reports

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

const (
	fewOf      = 4  // of how many people one alone does not stand for what holds a tribe together
	leastAsked = 5  // people who ask about a thing
	mostAsked  = 3  // things told
	unsureWith = 2  // things told where nothing reaches enough
	mostThings = 4  // things told
	fewWrite   = 10 // of how many people one alone writing about a thing is too few for it to hold them
	enoughOf   = .7 // of a tribe's people, from which no further thing is told
)

// bond says what holds a group together, as far as that is known: of a tribe that split off since the run before the conversation
// in which it met; else a problem, a need, a passion or belonging, by a
// need of its own that a quarter of it voice, or, where nobody does of late, by several that a third of it do, else by
// the few things that together most of it write about.
func (b *builder) bond(i int, t figures.Tribe) []span {
	if !t.IsTribe() {
		if t.Kind == data.KindThread {
			return b.rich("kind.thread", "n", t.Met, "people", t.People, "title", collected(cut(clean(b.Story.Threads[t.Meeting].Title), titleRunes)))
		}
		return b.rich("kind." + string(t.Kind))
	}
	things, of := b.themes(t.Tribe)
	if out := b.newborn(t.Tribe); out != nil {
		if of*fewOf >= t.People {
			out = append(append(out, span{Text: " "}), b.writes(things, of, t.People)...)
		}
		return out
	}
	if own, voicing := b.bondNeeds(i, t); voicing > 0 {
		out := b.rich("bond.own", "topic", b.told(b.Figures.Needs[b.needIndex(own[0])]), "n", len(own)-1, "voicing", voicing, "people", t.People)
		if of*fewOf >= t.People {
			out = append(append(out, span{Text: " "}), b.writes(things, of, t.People)...)
		}
		return out
	}
	n, ok := b.bondNeed(i, t)
	if ok && b.Figures.Needs[b.needIndex(n)].Stale && t.Bond != "" && of*fewOf >= t.People { // nobody voices it any more
		out := append(b.rich("bond.subject"), b.writes(things, of, t.People)...)
		return append(out, b.rich("bond.once", "topic", b.told(b.Figures.Needs[b.needIndex(n)]), "n", n.People, "people", t.People)...)
	}
	if ok {
		out := append(b.rich("bond."+string(bondOf(n.Type))), b.rich("bond.voiced", "topic", b.told(b.Figures.Needs[b.needIndex(n)]), "n", n.People, "people", t.People)...)
		if of*fewOf >= t.People {
			out = append(append(out, span{Text: " "}), b.writes(things, of, t.People)...)
		}
		return out
	}
	switch {
	case t.Bond == "" && len(things) == 0:
		return b.rich("bond.unknown")
	case t.Bond == "" || of*fewOf < t.People:
		if len(things) == 0 {
			return b.rich("bond." + string(t.Bond) + ".alone")
		}
		return append(b.rich("bond.unknown"), b.rich("bond.most", "things", b.either(things[:min(len(things), unsureWith)]))...)
	}
	opening := "bond." + string(t.Bond)
	if t.Bond == data.BondProblem || t.Bond == data.BondNeed {
		opening = "bond.subject" // words alone do not say which
	}
	return append(b.rich(opening), b.writes(things, of, t.People)...)
}

// writes says how many of a tribe's people write about any of things.
func (b *builder) writes(things [][]span, of, people int) []span {
	return b.rich("bond.write", "n", min(10, (20*of+people)/(2*people)), "things", b.either(things))
}

// bondNeed returns the need of its own that most of a tribe voice, where that is a quarter of it.
func (b *builder) bondNeed(i int, t figures.Tribe) (none data.TribeNeed, ok bool) {
	for _, n := range b.ownNeeds(i) {
		all := b.Figures.Needs[b.needIndex(n)]
		if shared(n.People, t.People) && n.People*fewOf >= t.People && 2*n.People > all.People {
			return n, true
		}
	}
	return none, false
}

// themes returns the things that a tribe writes about until together they reach most of it, in the page's language where
// that is known; and how many people at least write about any of them. It is the same on the page of every language.
func (b *builder) themes(t data.Tribe) (things [][]span, of int) {
	var seen []string
	for i, w := range b.things(t) {
		if i == mostThings || float64(of) >= enoughOf*float64(t.People) {
			break
		}
		of += w.Adds
		means := b.gloss(w.Form, w.Lang)
		said := clean(cmp.Or(means, w.Form))
		if slices.ContainsFunc(seen, func(s string) bool { return figures.SameWord(s, said) }) {
			continue
		}
		seen = append(seen, said)
		things = append(things, []span{{Text: said, Collected: true, Lang: b.tongue(means == "", w.Lang)}})
	}
	return things, of
}

// things returns the themes of a tribe that name a thing, as the words of its name do, and not what people of many
// tribes need, nor what few of its people write about.
func (b *builder) things(t data.Tribe) (things []data.Theme) {
	called := strings.Join(t.Names(), " ")
	for _, w := range t.Themes {
		if w.Count > 0 && w.Count*fewWrite < t.People {
			continue
		}
		if w.Lang == "" && len(t.Told) > 0 {
			w.Lang = t.Told[0].Lang
		}
		if !b.insults(w.Form) && (namedIn(called, w.Form) || !b.inNeedOfMany(w.Form) && b.names(w.Form, cmp.Or(w.Lang, b.lang))) {
			things = append(things, w)
		}
	}
	return things
}

// either joins things, any of which is meant.
func (b *builder) either(things [][]span) (out []span) {
	for i, thing := range things {
		switch {
		case i == 0:
		case i == len(things)-1:
			out = append(out, b.rich("or")...)
		default:
			out = append(out, span{Text: ", "})
		}
		out = append(out, thing...)
	}
	return out
}

// askedAbout returns what people of a tribe without needs of its own ask about: coarser, of enough of them, and neither what
// most tribes do nor what it is called by: that cars are asked about in “Cars” goes without saying.
func (b *builder) askedAbout(t figures.Tribe) (out []tribeNeed) {
	if 2*asksOf(t) < b.askedShare() { // who sells or argues asks little, and what it writes about is no question
		return nil
	}
	for _, n := range t.Needs {
		topic := clean(n.Topic)
		if n.Problem != "" || n.People < leastAsked || !b.names(topic, b.lang) || b.insults(topic) || len(out) == mostAsked || b.askedByMost(n.Topic) || b.calledBy(t.Tribe, topic) {
			continue
		}
		out = append(out, tribeNeed{Topic: topic, People: b.number(n.People)})
	}
	return out
}

// calledBy reports whether a word is one of those that a tribe is called by, in whatever language.
func (b *builder) calledBy(t data.Tribe, word string) bool {
	for _, name := range append(t.Names(), b.title(t)) {
		if slices.ContainsFunc(strings.Fields(name), func(w string) bool { return figures.SameWord(w, word) }) {
			return true
		}
	}
	return false
}

// askedByMost reports whether more than half of several tribes ask about a thing: it tells none of them.
func (b *builder) askedByMost(topic string) bool {
	asking := 0
	for _, t := range b.Figures.Tribes {
		if t.IsTribe() && slices.ContainsFunc(t.Needs, func(n data.TribeNeed) bool {
			return n.Topic == topic && n.Problem == "" && n.People >= leastAsked
		}) {
			asking++
		}
	}
	return asking > 1 && 2*asking > b.Figures.TribeCount()
}

// cognate reports whether a word reads so much like another that it needs no telling.
func cognate(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return len(a) > 3 && len(b) > 3 && a[:2] == b[:2]
}
