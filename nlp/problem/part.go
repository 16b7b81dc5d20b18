package problem

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

const (
	mostParts = 4    // needs that one group may hold
	nearCore  = 0.12 // cosine from which who says it in other words has the same need
)

// A part is the voices of one need, and what they call it.
type part struct {
	voices []int
	call   calling
}

// part returns groups by what their people call their need: those who say what the best name says,
// and those who are near to them, have one need; the others are asked again. Where no name says more
// than a thing only those have one who look for that thing, if they are most.
func (g *grouping) part(groups [][]int) []part {
	parts := make([][]part, len(groups))
	parallel(len(groups), func(i int) { parts[i] = g.parts(groups[i]) })
	return slices.Concat(parts...)
}

func (g *grouping) parts(group []int) (out []part) {
	for range mostParts {
		people := len(g.authors(group))
		if people < 2 {
			return out
		}
		call := g.call(group, g.centre(group))
		core, others := g.core(group, call)
		if len(call.told[call.lead]) < 2 || len(g.authors(core)) < 2 {
			if people < fewPeople && g.sharedAcross(group) {
				return append(out, part{group, call})
			}
			if seeking := g.seeking(group); 2*len(g.authors(seeking)) >= people && len(g.authors(seeking)) >= pairPeople {
				return append(out, part{seeking, g.call(seeking, g.centre(seeking))})
			}
			return out
		}
		if people < pairPeople && !g.across(group) && slices.ContainsFunc(call.told[call.lead], func(f uint32) bool { return g.names[f][0] == '+' }) {
			return out // two who speak of one side of a thing: chance
		}
		if people < fewPeople {
			return append(out, part{group, call})
		}
		near, rest := g.near(core, others)
		if len(rest) == 0 {
			return append(out, part{group, call})
		}
		again := g.call(near, g.centre(near))
		out = append(out, part{near, again})
		group = rest
	}
	return out
}

// ownAndFacet returns what v says of the thing, the side of its outcome included.
func (g *grouping) ownAndFacet(v int) sparse {
	said := g.ownVector(&g.voices[v], 0)
	for _, f := range g.facet(v) {
		said = total([]sparse{said, {{f, facetWeight}}})
	}
	said.to(1)
	return said
}

// alikeNamed makes one of parts whose names tell the same.
func (g *grouping) alikeNamed(parts []part) []part {
	type key struct {
		giving bool
		told   string
	}
	at := map[key]int{}
	var out []part
	for _, p := range parts {
		told := p.call.told[p.call.lead]
		k := key{!g.need(p.voices[0]).Type.Wanting(), g.hinges(p.call) + signature(told)}
		i, ok := at[k]
		if !ok || len(told) < 2 {
			at[k] = len(out)
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

// hinges returns the words of a name that only hold it together, those that belong to a noun aside: "fit a
// model" and "fit the models" have none.
func (g *grouping) hinges(call calling) string {
	words, all := g.config.Words.Words(call.lead, call.phrases[call.lead])
	var out []string
	for i, w := range all {
		if !g.config.Words.Leads(call.lead, w) && !slices.ContainsFunc(words, func(o nlp.Word) bool { return o.At <= i && i < o.End }) {
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

// core parts voices into those who say all that the name in their language says, and the others.
func (g *grouping) core(voices []int, call calling) (core, others []int) {
	for _, v := range voices {
		if told := call.told[g.need(v).Lang]; len(told) > 0 && g.saysAll(&g.voices[v], told) {
			core = append(core, v)
		} else {
			others = append(others, v)
		}
	}
	return core, others
}

func (g *grouping) saysAll(v *voice, told []uint32) bool {
	for _, f := range told {
		if _, ok := slices.BinarySearch(v.words, f); !ok && !(v.opening && slices.Contains(v.title, f)) {
			return false
		}
	}
	return true
}

// near returns core with those of others who say much the same as it, the thing aside, and the rest.
func (g *grouping) near(core, others []int) (near, rest []int) {
	own, shared := map[data.Lang]sparse{}, sparse{}
	for _, v := range core {
		said, lang := g.ownAndFacet(v), g.need(v).Lang
		own[lang] = total([]sparse{own[lang], said})
		shared = total([]sparse{shared, g.sharedOf(said)})
	}
	near = slices.Clone(core)
	for _, v := range others {
		said := g.ownAndFacet(v)
		sum := own[g.need(v).Lang]
		if sum == nil {
			said, sum = g.sharedOf(said), shared
		}
		if length := sum.length(); length > 0 && dot(said, sum) >= nearCore*length {
			near = append(near, v)
		} else {
			rest = append(rest, v)
		}
	}
	slices.Sort(near)
	return near, rest
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
	if n.Type != data.Wish && n.Type != data.Recommendation {
		return false
	}
	for _, short := range g.config.Words.Shorts(n.sentence()) {
		words, all := g.config.Words.Words(n.Lang, short.Text)
		if short.Near && len(words) > 0 && words[len(words)-1].End == len(all) && g.featureOf(n.Lang, words[len(words)-1]) == g.voices[v].head {
			return true
		}
	}
	return false
}
