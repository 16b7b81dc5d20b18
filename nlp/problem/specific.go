package problem

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

// wanted returns parts and, of those in none, who want the same thing and say nothing else of it that others do: who
// looks for straw and who asks where to buy some; who would be rid of one thing; who would do one thing. Parts take
// in who else wants what most of them do.
func (g *grouping) wanted(parts []part) []part {
	taken := g.taken(parts)
	asked := func(said func(v int) []mark) [][]mark {
		marks := make([][]mark, len(g.voices))
		parallel(len(g.voices), func(v int) {
			if taken[v] && g.need(v).Type.Wanting() || g.mayJoin(v) {
				marks[v] = said(v)
			}
		})
		return marks
	}
	rids, things, deeds := asked(g.ridOf), asked(g.wantedOf), asked(g.deedsOf)
	out := g.takeIn(parts, things, g.wantsNoMore)
	out = g.takeIn(out, rids, anyName)
	for i, p := range out {
		if thing, ok := sharedBy(p, rids); ok && g.bareEverywhere(p.call) {
			out[i].call = g.callRid(refrain{thing, p.voices}) // its name alone tells the contrary
		}
	}
	out = g.takeIn(out, deeds, anyName)
	of := func(marks [][]mark) func(v int) []mark { return func(v int) []mark { return marks[v] } }
	for _, r := range g.gather(out, of(rids)) {
		out = append(out, part{r.voices, g.callRid(r)})
	}
	for _, r := range g.gather(out, of(things)) {
		out = append(out, part{r.voices, g.callWanted(r.voices)})
	}
	for _, r := range g.gather(out, of(deeds)) {
		out = append(out, part{r.voices, g.callDeed(r)})
	}
	return out
}

// takeIn returns parts with those in none who say what most of a part say, where the name of that allows it.
func (g *grouping) takeIn(parts []part, said [][]mark, allows func(p part) bool) []part {
	at := map[uint64]int{}
	for i, p := range parts {
		if key, ok := sharedBy(p, said); ok && allows(p) {
			at[key] = i
		}
	}
	taken := g.taken(parts)
	out := slices.Clone(parts)
	for v := range g.voices {
		if taken[v] || len(at) == 0 || !g.mayJoin(v) {
			continue
		}
		for _, m := range said[v] {
			if i, ok := at[m.hash]; ok {
				out[i].voices = append(slices.Clone(out[i].voices), v)
				slices.Sort(out[i].voices)
				break
			}
		}
	}
	return out
}

// sharedBy returns what most of p say.
func sharedBy(p part, said [][]mark) (key uint64, ok bool) {
	times := map[uint64]int{}
	for _, v := range p.voices {
		for _, m := range said[v] {
			times[m.hash]++
		}
	}
	key = mostFrequent(times)
	return key, 2*times[key] > len(p.voices)
}

// anyName allows every name.
func anyName(part) bool { return true }

// wantsNoMore reports whether the name of p tells no more than what thing they want.
func (g *grouping) wantsNoMore(p part) bool {
	c := p.call.claims[p.call.lead]
	return c.doing == 0 && len(c.acts) == 0 && !p.call.fails && p.call.facet == "" && !slices.ContainsFunc(c.told, func(f uint32) bool {
		return f != g.voices[p.voices[0]].head && g.names[f] != sharedName(wanted)
	})
}

// ridOf returns the things that v wants to be rid of, as hashes.
func (g *grouping) ridOf(v int) []mark {
	var out []repeated
	n := g.need(v)
	words, all := g.config.Words.Words(n.Lang, n.Quote)
	for _, r := range g.config.Words.Rids(n.Lang, words, all) {
		if w := r.Thing.Form; !g.config.Words.General(n.Lang, w) && !g.config.Words.Fails(w) && !g.config.Words.Does(n.Lang, w, nlp.Wrong|nlp.Whatever) {
			out = append(out, repeated{by: g.thingKey(n.Lang, r.Thing)})
		}
	}
	return marksOf(v, out)
}

// callRid returns what voices who want to be rid of one thing call it, as most of them say it who say what they would do.
func (g *grouping) callRid(r refrain) calling {
	c := g.centre(r.voices)
	out := g.call(r.voices, c)
	out.fails, out.facet = false, ""
	thing, said, called, led := c.head, map[data.Lang]map[string]int{}, map[data.Lang]map[string]int{}, map[string]string{}
	for _, v := range r.voices {
		n := g.need(v)
		words, all := g.config.Words.Words(n.Lang, n.Quote)
		for _, rid := range g.config.Words.Rids(n.Lang, words, all) {
			if g.thingKey(n.Lang, rid.Thing) != r.said {
				continue
			}
			thing = g.featureOf(n.Lang, rid.Thing)
			if said[n.Lang] == nil {
				said[n.Lang], called[n.Lang] = map[string]int{}, map[string]int{}
			}
			weight := 1
			if !rid.Means {
				weight += len(r.voices) // what is done comes before what does it
			}
			said[n.Lang][rid.Text] += weight
			called[n.Lang][rid.Thing.Form] += weight
			if at := rid.Thing.At; n.Lang != data.LangEN && at > 0 && g.config.Words.Leads(n.Lang, all[at-1]) && !g.config.Words.Does(n.Lang, all[at-1], nlp.Partitive) {
				led[rid.Thing.Form] = spelled(n.Quote, all, at-1, rid.Thing.End)
			}
		}
	}
	for lang := range said {
		name, words := mostFrequent(called[lang]), mostFrequent(said[lang])
		if before := strings.Fields(strings.ReplaceAll(words[:strings.IndexByte(words, '~')], "'", " ")); len(before) > 0 && !g.config.Words.Leads(lang, before[len(before)-1]) {
			name = cmp.Or(led[name], name)
		}
		out.phrases[lang] = strings.Replace(words, "~", name, 1)
		out.claims[lang] = claim{told: []uint32{thing}}
	}
	out.phrases[data.LangUnd] = out.phrases[out.lead]
	return out
}

// wantedOf returns the thing that v wants, as a hash: the same in every language where that is known.
func (g *grouping) wantedOf(v int) []mark {
	n, words := g.need(v), g.config.Words
	if !g.wants(v) || words.General(n.Lang, n.Object[strings.LastIndexByte(n.Object, ' ')+1:]) || g.common([]int{v}) {
		return nil
	}
	thing := nlp.Word{Form: n.Object, Stem: words.Stem(n.Lang, n.Object)}
	return []mark{{g.thingKey(n.Lang, thing), int32(v)}}
}

// wants reports whether v wants the thing it speaks of: it names it right behind the words by which it was heard, or
// behind how to get it, and nothing that it is a part or a kind of.
func (g *grouping) wants(v int) bool {
	n, b, words := g.need(v), g.breath(v), g.config.Words
	if n.Type != data.Wish && n.Type != data.Recommendation && n.Type != data.HowTo || n.Concept == "" && n.Object == "" || n.aside || !g.voices[v].plain || !b.heard || g.cuedAct(v) {
		return false
	}
	gets := (words.Lacks(n.Lang, b.all[max(0, b.from-1):b.to]) || slices.ContainsFunc(b.words, func(w nlp.Word) bool { return w.At >= b.from && w.At < b.to && words.Trades(w.Shared) }))
	for i, until := b.to, b.to+askedReach; i < min(len(b.all), until); i++ {
		at := slices.IndexFunc(b.words, func(w nlp.Word) bool { return w.At <= i && i < w.End })
		_, opens := words.Holds(n.Lang, b.all[i])
		switch {
		case at >= 0 && words.Trades(b.words[at].Shared):
			gets, until = true, i+2+askedReach
		case at >= 0 && slices.Contains(g.featuresOf(n.Lang, b.words[at]), g.voices[v].head):
			return gets && g.whole(n.Lang, b, b.words[at].End)
		case at >= 0 && b.words[at].Stem != "" && n.Lang == data.LangEN:
			return false // one of another kind
		case opens && !words.Does(n.Lang, b.all[i], nlp.Partitive), words.Turns(n.Lang, b.all[i]), words.LeadsVerb(n.Lang, b.all[i]):
			return false
		}
	}
	return false
}

// whole reports whether the thing that ends before word i is not of another, nor what one of another kind is named by.
func (g *grouping) whole(lang data.Lang, b *breath, i int) bool {
	if i >= len(b.all) {
		return true
	}
	return !g.config.Words.Does(lang, b.all[i], nlp.Partitive) && (lang != data.LangEN || !slices.ContainsFunc(b.words, func(w nlp.Word) bool { return w.At == i }))
}

// callWanted returns what voices who want one thing call it: to find it, with the article of most.
func (g *grouping) callWanted(voices []int) calling {
	c := g.centre(voices)
	out := g.call(voices, c)
	out.fails, out.facet = false, ""
	for lang, thing := range g.calledThings(voices) {
		if phrase := g.config.Words.Outcome(lang, "Access", thing); phrase != "" {
			out.phrases[lang], out.claims[lang] = phrase, claim{told: []uint32{c.head}}
		}
	}
	out.phrases[data.LangUnd] = out.phrases[out.lead]
	return out
}

// calledThings returns what voices of each language call the thing they speak of, with the article of most.
func (g *grouping) calledThings(voices []int) map[data.Lang]string {
	byLang := map[data.Lang]map[string]int{}
	for _, v := range voices {
		n := g.need(v)
		if byLang[n.Lang] == nil {
			byLang[n.Lang] = map[string]int{}
		}
		words, all := g.config.Words.Words(n.Lang, n.Quote)
		if k := slices.IndexFunc(words, func(w nlp.Word) bool { return slices.Contains(g.featuresOf(n.Lang, w), g.voices[v].head) }); k >= 0 {
			w := words[k]
			from := w.At
			if from > 0 && g.config.Words.Leads(n.Lang, all[from-1]) && !g.config.Words.Does(n.Lang, all[from-1], nlp.Partitive) {
				from--
			}
			byLang[n.Lang][spelled(n.Quote, all, from, w.End)]++
		}
	}
	out := map[data.Lang]string{}
	for lang, things := range byLang {
		if out[lang] = mostFrequent(things); len(things) == 0 {
			out[lang] = g.thing(voices, g.voices[voices[0]].head) // named in a sentence before
		}
	}
	return out
}
