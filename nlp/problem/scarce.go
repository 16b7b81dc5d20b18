package problem

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

// scarce is how many needs there must be before what nobody puts alike counts for nothing.
const scarce = 10

// scarcely returns parts and, where they are scarce, what else few people in a small place need: what several
// say in one breath, whichever thing they speak of, then the things of which several say that there are none.
func (g *grouping) scarcely(parts []part) []part {
	if g.lacking(parts) >= scarce {
		return parts
	}
	ofTwo := func(p part) bool { return len(g.authors(p.voices)) < pairPeople }
	out := slices.DeleteFunc(slices.Clone(parts), ofTwo)
	for _, r := range g.gather(out, g.undoneOf) {
		out = append(out, part{r.voices, g.callUndone(r)})
	}
	for _, r := range g.gather(out, g.refrainsOf) {
		if named := g.part(g.oneNeed([][]int{r.voices})); len(named) > 0 {
			out = append(out, named...)
		} else if call, ok := g.callRefrain(r); ok {
			out = append(out, part{r.voices, call})
		}
	}
	for _, r := range g.gather(out, g.lackOf) {
		out = append(out, part{r.voices, g.callLack(r.voices)})
	}
	for _, r := range g.gather(out, g.askedOf) {
		out = append(out, part{r.voices, g.callAsked(r)})
	}
	taken := map[int]bool{}
	for _, p := range out {
		for _, v := range p.voices {
			taken[v] = true
		}
	}
	for _, p := range parts {
		if ofTwo(p) && !slices.ContainsFunc(p.voices, func(v int) bool { return taken[v] }) {
			out = append(out, p)
		}
	}
	return out
}

// lacking counts those of parts in which people lack something.
func (g *grouping) lacking(parts []part) (n int) {
	for _, p := range parts {
		if g.need(p.voices[0]).Type.Wanting() {
			n++
		}
	}
	return n
}

// refrainsOf returns what v says, whichever thing it speaks of, as hashes of two words each: who wishes
// says them in one breath with the words by which it was heard, who laments anywhere.
func (g *grouping) refrainsOf(v int) (out []mark) {
	n := g.need(v)
	words, all, _ := g.refrain(v)
	for i, w := range words {
		a := g.featureOf(n.Lang, w)
		for _, o := range words[i+1:] {
			if o.At == w.End+1 && g.config.Words.Does(n.Lang, all[w.End], nlp.Partitive) && !g.config.Words.Infinitive(n.Lang, o.Form) {
				continue // the young of a town: a thing by its full name
			}
			if b := g.featureOf(n.Lang, o); a != b && o.At-w.End <= pairReach {
				out = append(out, mark{pairOf(a, b), int32(v)})
			}
		}
	}
	return out
}

// refrain returns the informative words in which v may say what others do, all words, and how they are written.
func (g *grouping) refrain(v int) (words []nlp.Word, all []string, text string) {
	n := g.need(v)
	if n.Type == data.Complaint {
		text = n.Quote
	} else if said, heard := g.config.Words.Breath(n.sentence(), pairReach); heard {
		text = said.Before + " " + said.Cue + " " + said.Behind
	}
	words, all = g.config.Words.Words(n.Lang, text)
	return words, all, text
}

// callRefrain returns the words of r as most say them, with an infinitive if any do; false where most ask
// them, or nobody says them in a run.
func (g *grouping) callRefrain(r refrain) (calling, bool) {
	c := g.centre(r.voices)
	if !c.wishes {
		return calling{}, false
	}
	said, lang := map[string]int{}, g.need(r.voices[0]).Lang
	const does = 1000
	for _, v := range r.voices {
		n := g.need(v)
		words, all, text := g.refrain(v)
		for i, w := range words {
			for _, o := range words[i+1:] {
				if a, b := g.featureOf(n.Lang, w), g.featureOf(n.Lang, o); n.Lang == lang && o.At-w.End <= 2 && pairOf(a, b) == r.said {
					text := spelled(text, all, w.At, o.End)
					if said[text]++; said[text] == 1 && g.config.Words.Infinitive(lang, w.Form) {
						said[text] += does
					}
				}
			}
		}
	}
	a, b := uint32(r.said>>32), uint32(r.said) // in their order, as a claim's are
	text := mostFrequent(said)
	if c.fails && said[text] < does && strings.Count(text, " ") == 1 {
		text = g.config.Words.Trouble(lang, false) + " " + text
	}
	return calling{map[data.Lang]string{lang: text, data.LangUnd: text}, map[data.Lang]claim{lang: {told: []uint32{a, b}}}, c.facet, c.fails, lang}, text != ""
}

// speaking returns those of voices that speak lang.
func (g *grouping) speaking(voices []int, lang data.Lang) []int {
	return those(voices, func(v int) bool { return g.need(v).Lang == lang })
}

// pairOf returns the hash of two features.
func pairOf(a, b uint32) uint64 { return uint64(min(a, b))<<32 | uint64(max(a, b)) }

// lackOf returns the thing v speaks of, as a hash, where it lacks it and says which.
func (g *grouping) lackOf(v int) []mark {
	if n := g.need(v); !g.lacks(v) || g.config.Words.General(n.Lang, n.Object) {
		return nil
	}
	return []mark{{uint64(g.voices[v].head), int32(v)}}
}

// lacks reports whether v says of the thing it speaks of that there is none, or that it looks for it.
func (g *grouping) lacks(v int) bool {
	n, head := g.need(v), g.voices[v].head
	words, all := g.config.Words.Words(n.Lang, n.Quote)
	return slices.ContainsFunc(words, func(w nlp.Word) bool {
		return slices.Contains(g.featuresOf(n.Lang, w), head) && g.config.Words.Lacks(n.Lang, all[g.doneFrom(n.Lang, all, w.At):min(len(all), w.End+pairReach)])
	}) || !n.aside && g.seeks(v)
}

// doneFrom returns where the words before the thing at i begin that may say that it is lacked: behind what somebody would do
// with it, but get it. To want to see a game is not to look for one.
func (g *grouping) doneFrom(lang data.Lang, all []string, i int) int {
	words := g.config.Words
	first := max(0, i-pairReach)
	for at := i - 1; at > first; at-- {
		if words.Turns(lang, all[at]) {
			return at // absent because out for work
		}
		before := all[at-1]
		if (words.LeadsVerb(lang, before) || lang != data.LangEN && words.Infinitive(lang, all[at])) && !words.Does(lang, all[at], nlp.Light) && !words.Lacks(lang, all[at:at+1]) && !words.Gets(words.Deed(lang, all[at])) {
			return at
		}
	}
	return first
}

// callLack returns what voices who lack one thing call their need.
func (g *grouping) callLack(voices []int) calling {
	c := g.centre(voices)
	out := g.call(voices, c)
	for lang, phrase := range out.phrases {
		if of := cmp.Or(lang, out.lead); len(out.claims[out.lead].told) < 2 && lang != data.LangUnd {
			if thing := g.thing(g.speaking(voices, lang), c.head); thing != "" {
				phrase = cmp.Or(g.config.Words.Outcome(of, "Access", g.oneOf(of, thing, voices)), phrase)
			}
			out.phrases[lang] = phrase
		}
	}
	out.phrases[data.LangUnd] = out.phrases[out.lead]
	return out
}
