package problem

import (
	"math"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

// problem describes those of one need; false where fewer than two people speak.
func (g *grouping) problem(of part) (Problem, bool) {
	voices := of.voices
	authors, facets := map[data.AuthorID]bool{}, map[string]int{}
	p := Problem{Area: -1}
	for _, v := range voices {
		n := g.voices[v].need
		p.Members = append(p.Members, n)
		authors[g.needs[n].Author] = true
		facets[g.need(v).Facet]++
	}
	p.People = len(authors)
	if p.People < 2 {
		return p, false
	}
	c := g.centre(voices)
	p.Wanting = !c.giving
	p.Head = strings.TrimPrefix(g.names[c.head], "=")
	if !isShared(g.names[c.head]) {
		p.Head = g.plainHead(c)
	}
	p.Facet = mostFrequent(facets)
	p.Phrases = of.call.phrases
	p.Spoken = g.spoken(voices, c, of.call)
	return p, true
}

// spoken returns the need whose sentence says best what the problem is: in the words of its name,
// near the centre, and so that it reads at a glance.
func (g *grouping) spoken(voices []int, c *centre, call calling) int {
	named := map[data.Lang][]uint32{}
	for lang, phrase := range call.phrases {
		words, _ := g.config.Words.Words(lang, phrase)
		for _, w := range words {
			named[lang] = append(named[lang], g.featureOf(lang, w))
		}
	}
	best, top := -1, -math.MaxFloat64
	for _, v := range voices {
		n := g.need(v)
		score := 0.7*dot(g.wholeVector(&g.voices[v]), c.full) + 0.3*n.sure + readable(n, g.config.Words) + asking(n, g.config.Words)
		score += 1.8 * g.share(v, named[g.need(v).Lang])
		if claim := call.claims[n.Lang]; claim.doing != 0 && !g.claims(v, claim, call.facet) {
			score -= 0.5 // looking for a goodness of fit is not to fit a model
		}
		if g.voices[v].plain {
			score += 0.3
		}
		if g.voices[v].formula {
			score--
		}
		if g.fails(v) != c.fails {
			score -= 0.3
		}
		if score > top {
			best, top = g.voices[v].need, score
		}
	}
	return best
}

// share returns the part of features that v says.
func (g *grouping) share(v int, features []uint32) float64 {
	said := 0
	for _, f := range features {
		if _, ok := slices.BinarySearch(g.voices[v].words, f); ok {
			said++
		}
	}
	return float64(said) / float64(max(1, len(features)))
}

// asking prefers sentences in which somebody says of themselves what they want, or asks for it.
func asking(n *Need, words *nlp.Wording) float64 {
	score := 0.0
	if slices.ContainsFunc(nlp.Split(n.Quote), func(w string) bool { return words.Does(n.Lang, w, nlp.Oneself) }) {
		score = 0.3
	}
	if n.hypothetical {
		score -= 0.1
	}
	switch fails := n.Type == data.Problem || n.Type == data.Complaint; {
	case fails && n.negated:
		score -= 0.1
	case n.Type == data.HowTo && n.sure >= .7, n.Type == data.Recommendation, n.Type == data.Wish && !n.negated:
		score += 0.2
	}
	if strings.HasSuffix(n.Quote, "?") {
		score += 0.1
	}
	return score
}

// A calling is what those who have a problem call it.
type calling struct {
	phrases map[data.Lang]string // LangUnd: as most of them do
	claims  map[data.Lang]claim  // what a phrase says; none where nobody says it in a run
	facet   string               // side of the outcome that most speak of
	fails   bool                 // most say that something goes wrong
	lead    data.Lang            // of most
}

// call returns what voices, whose centre is c, call their problem. The language of most comes first,
// the others say the same of it where anybody does.
func (g *grouping) call(voices []int, c *centre) calling {
	byLang := map[data.Lang][]int{}
	for _, v := range voices {
		byLang[g.need(v).Lang] = append(byLang[g.need(v).Lang], v)
	}
	langs := append(g.config.Words.Heard(), data.LangUnd)
	slices.SortStableFunc(langs, func(a, b data.Lang) int { return len(byLang[b]) - len(byLang[a]) })
	out, h := calling{map[data.Lang]string{}, map[data.Lang]claim{}, c.facet, c.fails, langs[0]}, g.hearsay(voices)
	var told []uint32
	for _, lang := range langs {
		if len(byLang[lang]) == 0 {
			continue
		}
		n := g.naming(lang, byLang[lang], c, h)
		if best, ok := n.best(told); ok {
			out.phrases[lang], out.claims[lang] = n.troubled(best), best.claim
			if told == nil {
				told = best.told
			}
		} else if thing := g.thing(byLang[lang], c.head); thing != "" {
			out.phrases[lang] = thing
			if side := g.config.Words.Outcome(lang, n.facet, g.oneOf(lang, thing, byLang[lang])); side != "" {
				out.phrases[lang], out.claims[lang] = side, claim{told: []uint32{c.head, g.number["+"+n.facet]}}
			}
		}
	}
	common := g.plainHead(c)
	for _, lang := range slices.Backward(langs) {
		if out.phrases[lang] != "" {
			common = out.phrases[lang]
		}
	}
	for lang := range byLang {
		switch {
		case out.phrases[lang] != "":
		case lang == data.LangEN && isShared(g.names[c.head]): // those who write in it leave the thing unnamed
			out.phrases[lang] = g.plainHead(c)
		default:
			out.phrases[lang] = common
		}
	}
	out.phrases[data.LangUnd] = common
	return out
}

// plainHead is what a problem is about where nobody spells it: the concept in words, or the stem.
func (g *grouping) plainHead(c *centre) string {
	name := g.names[c.head]
	if _, stem, ok := strings.Cut(name, " "); ok && !isShared(name) {
		return stem
	}
	return strings.ReplaceAll(strings.TrimPrefix(name, "="), "-", " ")
}
