package problem

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

// sought returns parts with what they are called such that it says what people would do about a thing, where
// nobody says so in one breath with it: find it, as most look for it, or get help with it, as most ask about it.
func (g *grouping) sought(parts []part) []part {
	for i := range parts {
		p := &parts[i]
		if !g.need(p.voices[0]).Type.Wanting() || p.call.fails || p.call.facet != "" || len(g.authors(p.voices)) < pairPeople {
			continue
		}
		side := ""
		switch people := len(g.authors(p.voices)); {
		case 2*len(g.authors(those(p.voices, g.looks))) >= people:
			side = "Access"
		case 2*len(g.authors(those(p.voices, g.asks))) >= people:
			side = "Support"
		default:
			continue
		}
		if !g.bareEverywhere(p.call) {
			continue
		}
		if deed, act := g.compoundDeed(p.call.lead, p.call.phrases[p.call.lead], p.voices); deed != "" && len(p.call.claims) == 1 {
			p.call.phrases[p.call.lead], p.call.phrases[data.LangUnd] = deed, deed
			p.call.claims[p.call.lead] = claim{told: p.call.claims[p.call.lead].told, doing: act}
			continue
		}
		lead := g.config.Words.Outcome(p.call.lead, side, g.oneOf(p.call.lead, p.call.phrases[p.call.lead], p.voices))
		for lang, phrase := range p.call.phrases {
			if _, own := p.call.claims[lang]; own && lang != p.call.lead {
				p.call.phrases[lang] = cmp.Or(g.config.Words.Outcome(lang, side, g.oneOf(lang, phrase, p.voices)), phrase)
			} else {
				p.call.phrases[lang] = cmp.Or(lead, phrase)
			}
		}
	}
	return parts
}

// debated reports whether voices are few who but complain of something to each other in one conversation that none of
// them began, at most one of them elsewhere: a debate, not what somebody needs.
func (g *grouping) debated(voices []int) bool {
	if len(g.authors(voices)) >= fewPeople {
		return false
	}
	elsewhere := map[data.ThreadID][]int{}
	for _, v := range voices {
		n := g.need(v)
		if n.Type != data.Complaint || n.opens || n.Thread.IsZero() || g.crowd[n.Thread] {
			return false
		}
		elsewhere[n.Thread] = nil
	}
	for thread := range elsewhere {
		elsewhere[thread] = those(voices, func(v int) bool { return g.need(v).Thread != thread })
	}
	for _, others := range elsewhere {
		if len(elsewhere) == 1 || len(g.authors(voices)) >= pairPeople && len(g.authors(others)) == 1 {
			return true
		}
	}
	return false
}

// those returns the voices that do something.
func those(voices []int, do func(v int) bool) []int {
	return slices.DeleteFunc(slices.Clone(voices), func(v int) bool { return !do(v) })
}

// asks reports whether v asks about what it speaks of, or has trouble with it.
func (g *grouping) asks(v int) bool { return g.need(v).Type == data.HowTo || g.fails(v) }

// looks reports whether v looks for the thing it speaks of, in so many words or by asking for it right away: does
// anybody have one.
func (g *grouping) looks(v int) bool {
	b, n := g.breath(v), g.need(v)
	switch {
	case b.heard && g.acts(v):
		return false
	case g.lacks(v):
		return true
	case n.Type != data.HowTo || !b.heard:
		return false
	}
	from := g.asksFor(v)
	if from < 0 {
		return false
	}
	for at := from; at < min(len(b.all), from+askedReach+1); at++ {
		if slices.ContainsFunc(b.words, func(w nlp.Word) bool {
			return w.At <= at && at < w.End && slices.Contains(g.featuresOf(n.Lang, w), g.voices[v].head)
		}) {
			return true
		}
		if _, opens := g.config.Words.Holds(n.Lang, b.all[at]); opens {
			return false
		}
	}
	return false
}

// asksFor returns where what stands behind the words begins by which v, a question, asks for a thing: who has one, where it
// is; -1 where it does not. What one can make of it is another question.
func (g *grouping) asksFor(v int) int {
	b, lang := g.breath(v), g.need(v).Lang
	for i := max(0, b.from-1); i < min(len(b.all), b.to+askedReach); i++ {
		if from := max(0, b.from-1, i-1); g.config.Words.AsksFor(lang, b.all[from:i+1]) {
			return max(i+1, b.to)
		}
	}
	return -1
}

// bareEverywhere reports whether a name, in each language that has its own, names but a thing.
func (g *grouping) bareEverywhere(call calling) bool {
	for lang, c := range call.claims {
		if !g.bare(lang, call.phrases[lang], c) {
			return false
		}
	}
	return len(call.claims) == 0 || len(call.claims[call.lead].told) > 0
}

// bare reports whether a phrase names a thing and nothing that is done with it.
func (g *grouping) bare(lang data.Lang, phrase string, c claim) bool {
	if c.words == 0 || c.doing != 0 || len(c.acts) > 0 || strings.HasPrefix(phrase, g.config.Words.Outcome(lang, "Access", "")) {
		return false
	}
	_, all := g.config.Words.Words(lang, phrase)
	return !slices.ContainsFunc(all, func(w string) bool {
		_, opens := g.config.Words.Holds(lang, w)
		return opens || g.config.Words.Does(lang, w, nlp.Wrong|nlp.Fault|nlp.Whatever) || lang != data.LangEN && g.config.Words.Infinitive(lang, w)
	})
}
