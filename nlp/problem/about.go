package problem

import (
	"strings"

	"tribu/data"
	"tribu/nlp"
)

const (
	mostAbout  = 8 // of so many voices of a small place one speaks of a thing that everybody there speaks of
	aboutTalks = 2 // conversations in which a thing is spoken of, for it to be a need of several
)

// about returns parts and, in a small place, those in none who look for, ask about or have trouble with one thing of
// which few others speak: chance does not bring three of a hundred to the same gasket. A part that wants that thing takes
// them in, but for who would do something with it. Where voices are many, or all speak of the thing, that tells nothing.
func (g *grouping) about(parts []part) []part {
	if len(g.voices) >= manyVoices {
		return parts
	}
	said := make([][]mark, len(g.voices))
	joins := make([][]mark, len(g.voices))
	parallel(len(g.voices), func(v int) {
		said[v] = g.aboutOf(v)
		if t := g.need(v).Type; said[v] != nil && (t == data.Wish || t == data.Recommendation || g.looks(v)) && !g.wouldDo(v) {
			joins[v] = said[v]
		}
	})
	out := g.takeIn(parts, joins, g.onlyOf)
	for _, r := range g.gather(out, func(v int) []mark { return said[v] }) {
		talks := map[data.ThreadID]bool{}
		for _, v := range r.voices {
			talks[g.need(v).Thread] = true
		}
		if len(talks) >= aboutTalks {
			out = append(out, part{r.voices, g.callAbout(r)})
		}
	}
	return out
}

// wouldDo reports whether v says what it would do with a thing.
func (g *grouping) wouldDo(v int) bool { return len(g.deeds(v)) > 0 || g.cuedAct(v) }

// onlyOf reports whether p are several who want a thing, of whichever kind and for whichever end: nothing that is done with
// it or wrong with it.
func (g *grouping) onlyOf(p part) bool {
	c, people := p.call.claims[p.call.lead], len(g.authors(p.voices))
	return g.need(p.voices[0]).Type.Wanting() && people >= pairPeople && 2*len(g.authors(those(p.voices, g.fails))) < people && c.doing == 0 && len(c.acts) == 0 && !p.call.fails && p.call.facet == ""
}

// aboutOf returns what v wants something of, as hashes: the thing, the same in every language where that is known.
func (g *grouping) aboutOf(v int) (out []mark) {
	n, words := g.need(v), g.config.Words
	if n.aside || !g.voices[v].plain || n.Type == data.Complaint || n.Object == "" || mostAbout*g.sides[side{head: g.voices[v].head}] > len(g.voices) {
		return nil
	}
	form := n.Object[strings.LastIndexByte(n.Object, ' ')+1:]
	if words.General(n.Lang, form) || words.Fails(form) || words.Does(n.Lang, form, nlp.Wrong|nlp.Whatever|nlp.Fault) || !words.Names(n.Lang, form) && n.Concept == "" {
		return nil
	}
	return []mark{{g.thingKey(n.Lang, nlp.Word{Form: n.Object, Stem: words.Stem(n.Lang, n.Object)}), int32(v)}}
}

// callAbout returns what voices who want something of one thing call their need: to find it, as most look for it, trouble or help
// with it.
func (g *grouping) callAbout(r refrain) calling {
	out := g.call(r.voices, g.centre(r.voices))
	people, side := len(g.authors(r.voices)), "Support"
	out.fails, out.facet = 2*len(g.authors(those(r.voices, g.fails))) > people, ""
	if 2*len(g.authors(those(r.voices, g.looks))) >= people {
		out.fails, side = false, "Access"
	}
	for lang, thing := range g.calledThings(r.voices) {
		lead := g.config.Words.Outcome(lang, side, thing)
		if out.fails {
			lead = g.config.Words.Trouble(lang, false) + " " + thing
		}
		out.phrases[lang], out.claims[lang] = lead, claim{told: []uint32{g.voices[r.voices[0]].head}}
	}
	out.phrases[data.LangUnd] = out.phrases[out.lead]
	return out
}
