package problem

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

const (
	mostParts   = 4   // needs that one group may hold
	commonShare = 100 // of so many needs one speaks of a thing that is common
)

// A part is the voices of one need, and what they call it.
type part struct {
	voices []int
	call   calling
}

// part returns groups by what their people call their need: those who say what the best name says
// have one need; the others are asked again. Where no name says more
// than a thing only those have one who look for that thing, if they are most.
func (g *grouping) part(groups [][]int) []part {
	parts := make([][]part, len(groups))
	parallel(len(groups), func(i int) { parts[i] = g.parts(groups[i]) })
	return slices.Concat(parts...)
}

func (g *grouping) parts(group []int) (out []part) {
	defer func(all []int) {
		for _, v := range all {
			g.sayings[v] = nil
		}
	}(group)
	for range mostParts {
		people := len(g.authors(group))
		if people < 2 {
			return out
		}
		call := g.call(group, g.centre(group))
		core, others := g.core(group, call)
		if len(call.claims[call.lead].told) < 2 || len(g.authors(core)) < 2 {
			if people < fewPeople && g.sharedAcross(group) {
				return append(out, part{group, call})
			}
			if seeking := g.seeking(group); 2*len(g.authors(seeking)) >= people && len(g.authors(seeking)) >= pairPeople && !g.common(seeking) && !g.config.Words.General(call.lead, g.thing(seeking, g.voices[seeking[0]].head)) {
				return append(out, part{seeking, g.call(seeking, g.centre(seeking))})
			}
			return out
		}
		if people < pairPeople && !g.across(group) && slices.ContainsFunc(call.claims[call.lead].told, func(f uint32) bool { return g.names[f][0] == '+' }) {
			return out // two who speak of one side of a thing: chance
		}
		if people < pairPeople || people < fewPeople && g.across(group) {
			return append(out, part{group, call})
		}
		if people == pairPeople || people < fewPeople && 4*len(g.authors(core)) >= 3*people {
			return append(out, part{g.touching(group, call), call})
		}
		if len(g.authors(core)) >= pairPeople || people < fewPeople {
			out = append(out, part{core, call})
		}
		group = others
	}
	return out
}

// alikeNamed makes one of parts whose names tell the same, or are the same.
func (g *grouping) alikeNamed(parts []part) []part {
	type key struct {
		giving bool
		told   string
	}
	at := map[key]int{}
	var out []part
	for _, p := range parts {
		told := p.call.claims[p.call.lead].told
		giving := !g.need(p.voices[0]).Type.Wanting()
		k, named := key{giving, g.hinges(p.call) + g.tells(p.call)}, key{giving, p.call.phrases[p.call.lead]}
		i, ok := at[k]
		if ok = ok && len(told) > 1; !ok {
			i, ok = at[named]
		}
		if !ok {
			i = len(out)
		}
		at[k], at[named] = i, i
		if i == len(out) {
			out = append(out, p)
			continue
		}
		if len(g.authors(p.voices)) > len(g.authors(out[i].voices)) {
			out[i].call = p.call
		}
		out[i].voices = slices.Concat(out[i].voices, p.voices)
		slices.Sort(out[i].voices)
	}
	return out
}

// tells returns what a name tells, in whichever words for things of one kind: a graphics program, a graphics package.
func (g *grouping) tells(call calling) string {
	c := call.claims[call.lead]
	if c.doing != 0 || call.fails {
		return signature(c.told)
	}
	words, _ := g.config.Words.Words(call.lead, call.phrases[call.lead])
	var told []uint32
	var kinds []string
	for _, f := range c.told {
		i := slices.IndexFunc(words, func(w nlp.Word) bool {
			return g.featureOf(call.lead, w) == f && g.config.Words.Kind(call.lead, w.Form) != ""
		})
		if i < 0 {
			told = append(told, f)
		} else if kind := g.config.Words.Kind(call.lead, words[i].Form); !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	slices.Sort(kinds)
	return signature(told) + strings.Join(kinds, " ")
}

// hinges returns the words of a name that only hold it together, those that belong to a noun or say that it makes
// trouble aside: "fit a model" and "cannot fit the models" have none.
func (g *grouping) hinges(call calling) string {
	phrase := call.phrases[call.lead]
	for _, does := range [...]bool{true, false} {
		if lead := g.config.Words.Trouble(call.lead, does); lead != "" {
			phrase = strings.TrimPrefix(phrase, lead+" ")
		}
	}
	words, all := g.config.Words.Words(call.lead, phrase)
	var out []string
	for i, w := range all {
		if !g.config.Words.Leads(call.lead, w) && !g.config.Words.LeadsVerb(call.lead, w) && !g.config.Words.Does(call.lead, w, nlp.Wrong) && !slices.ContainsFunc(words, func(o nlp.Word) bool { return o.At <= i && i < o.End }) {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// across reports whether voices speak several languages: what they share has no words in common.
func (g *grouping) across(voices []int) bool {
	return slices.ContainsFunc(voices, func(v int) bool { return g.need(v).Lang != g.need(voices[0]).Lang })
}

// sharedAcross reports whether those of one language say of the thing what those of another do.
func (g *grouping) sharedAcross(voices []int) bool {
	said := map[uint32]data.Lang{}
	for _, v := range voices {
		for _, f := range slices.Concat(g.voices[v].own, g.facet(v)) {
			if !isShared(g.names[f]) || g.names[f] == sharedName(wanted) {
				continue
			}
			if before, ok := said[f]; ok && before != g.need(v).Lang {
				return true
			}
			said[f] = g.need(v).Lang
		}
	}
	return false
}

// seeking returns those of voices that look for the thing they speak of.
func (g *grouping) seeking(voices []int) (out []int) {
	for _, v := range voices {
		if g.seeks(v) {
			out = append(out, v)
		}
	}
	return out
}

// seeks reports whether v says in so many words that it looks for the thing it speaks of.
func (g *grouping) seeks(v int) bool {
	n := g.need(v)
	if n.Type != data.Wish && n.Type != data.Recommendation || g.cuedAct(v) {
		return false
	}
	for _, short := range g.config.Words.Shorts(n.sentence()) {
		words, all := g.config.Words.Words(n.Lang, short.Text)
		if short.Near && len(words) > 0 && !g.strays(n.Lang, all) && !g.belongs(n.Lang, all, words[len(words)-1].At) && words[len(words)-1].End == len(all) && g.featureOf(n.Lang, words[len(words)-1]) == g.voices[v].head {
			return true
		}
	}
	return false
}

// cuedAct reports whether the words by which v was heard end with what somebody would do: the thing behind is
// what they would do it with.
func (g *grouping) cuedAct(v int) bool {
	b, lang := g.breath(v), g.need(v).Lang
	if !b.heard || b.to <= b.from {
		return false
	}
	words, at := g.config.Words, b.to-1
	for at > b.from && words.Leads(lang, b.all[at]) {
		at-- // i need to cool the
	}
	last := b.all[at]
	led := lang == data.LangEN && at > b.from && words.LeadsVerb(lang, b.all[at-1]) && !words.Gets(words.Deed(lang, last)) // i want to see
	return (led || words.Infinitive(lang, last)) && !words.Does(lang, last, nlp.Light)
}

// belongs reports whether what is named before the word at i is of it: the young of a town.
func (g *grouping) belongs(lang data.Lang, all []string, i int) bool {
	for i--; i > 0 && g.config.Words.Leads(lang, all[i]) && !g.config.Words.Does(lang, all[i], nlp.Partitive); i-- {
	}
	return i > 0 && g.config.Words.Does(lang, all[i], nlp.Partitive)
}

// strays reports whether a run of words does not begin with the thing that is looked for: with what somebody
// would do, with whom they speak of, with what was named elsewhere.
func (g *grouping) strays(lang data.Lang, all []string) bool {
	words := g.config.Words
	return words.LeadsVerb(lang, all[0]) || words.Infinitive(lang, all[0]) || words.Does(lang, all[0], nlp.Points|nlp.Pointer|nlp.Refers|nlp.Elsewhere)
}

// common reports whether voices look for a thing of which very many speak: to look for it says nothing.
func (g *grouping) common(voices []int) bool {
	return g.muchSpokenOf(g.voices[voices[0]].head, commonShare)
}

// muchSpokenOf reports whether one in so many voices, of very many, speaks of a thing.
func (g *grouping) muchSpokenOf(thing uint32, share int) bool {
	return len(g.voices) >= manyVoices && share*g.sides[side{head: thing}] >= len(g.voices)
}
