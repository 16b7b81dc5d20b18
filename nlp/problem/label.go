package problem

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"tribu/data"
)

// problem describes a group of voices; false where fewer than two people speak.
func (g *grouping) problem(voices []int) (Problem, bool) {
	authors, facets := map[data.AuthorID]bool{}, map[string]int{}
	p := Problem{Area: -1}
	for _, v := range voices {
		n := g.voices[v].need
		p.Members = append(p.Members, n)
		authors[g.needs[n].Author] = true
		facets[g.voices[v].facet]++
	}
	p.People = len(authors)
	if p.People < 2 {
		return p, false
	}
	c := g.centre(voices)
	p.Wanting = !c.giving
	p.Head = strings.TrimPrefix(g.names[c.head], "=")
	if _, stem, ok := strings.Cut(g.names[c.head], " "); ok && !isShared(g.names[c.head]) {
		p.Head = stem
	}
	p.Facet = mostFrequent(facets)
	p.Phrases = g.phrases(voices, c)
	p.Spoken = g.spoken(voices, c, p.Phrases)
	return p, true
}

// spoken returns the need nearest to the centre whose sentence reads at a glance.
func (g *grouping) spoken(voices []int, c *centre, phrases map[data.Lang]string) int {
	best, top := -1, -1.0
	for _, v := range voices {
		n := &g.needs[g.voices[v].need]
		score := dot(g.wholeVector(&g.voices[v]), c.full) + 0.3*n.Confidence + readable(n.Quote)
		if n.Negated && n.Type == data.Wish || n.Hypothetical {
			score -= 0.1
		}
		if score > top {
			best, top = g.voices[v].need, score
		}
	}
	return best
}

func readable(quote string) float64 {
	score := 0.0
	switch n := utf8.RuneCountInString(quote); {
	case n >= 25 && n <= 120:
		score = 0.3
	case n > 120 && n <= 180:
		score = 0.15
	case n < 15:
		score = -0.3
	}
	if strings.HasSuffix(quote, "…") {
		score -= 0.3
	}
	return score
}

// phrases returns what the members of each language call their problem, and all of them under LangUnd.
func (g *grouping) phrases(voices []int, c *centre) map[data.Lang]string {
	byLang := map[data.Lang][]int{}
	for _, v := range voices {
		byLang[g.voices[v].lang] = append(byLang[g.voices[v].lang], v)
	}
	out := map[data.Lang]string{}
	most := 0
	for _, lang := range [...]data.Lang{data.LangEN, data.LangIT, data.LangUnd} {
		if all := byLang[lang]; len(all) > 0 {
			phrase := g.phrase(lang, all, c)
			out[lang] = phrase
			if len(all) > most {
				most = len(all)
				out[data.LangUnd] = phrase
			}
		}
	}
	return out
}

// maxPhrase is the most words of a phrase.
const maxPhrase = 4

// phrase returns the words most people use for the problem in one breath: the run of words that
// weighs most in the centre and is said by most. Where no two say the same run it is what the
// problem is about and the word said most beside it.
func (g *grouping) phrase(lang data.Lang, voices []int, c *centre) string {
	weight := map[uint32]float64{}
	for _, x := range c.full {
		weight[x.column] = float64(x.value)
	}
	runs := map[string]*run{}
	forms := map[uint32]map[string]int{}
	for _, v := range voices {
		g.collect(lang, v, weight, runs, forms)
	}
	best, top := "", 0.0
	for text, r := range runs {
		if r.people < 2 || r.people*6 < len(voices) {
			continue
		}
		score := r.weight * (1 - 1/float64(1+r.people))
		if score > top || score == top && text < best {
			best, top = text, score
		}
	}
	if best != "" {
		return best
	}
	return g.pairOf(weight, forms, c)
}

type run struct {
	people int
	last   data.AuthorID
	weight float64
}

// collect adds the runs of words and the forms of one voice.
func (g *grouping) collect(lang data.Lang, v int, weight map[uint32]float64, runs map[string]*run, forms map[uint32]map[string]int) {
	n := &g.needs[g.voices[v].need]
	words, all := g.config.Words.Words(lang, n.Quote)
	worth := make([]float64, len(words))
	for i, w := range words {
		name := stemName(lang, w.Stem)
		if w.Shared != "" {
			name = sharedName(w.Shared)
		}
		f := g.number[name]
		worth[i] = weight[f]
		if forms[f] == nil {
			forms[f] = map[string]int{}
		}
		forms[f][w.Form]++
	}
	for i, first := range words {
		sum := 0.0
		for j := i; j < len(words) && words[j].End-first.At <= maxPhrase; j++ {
			sum += worth[j]
			if j == i {
				continue
			}
			text := strings.Join(all[first.At:words[j].End], " ")
			r := runs[text]
			if r == nil {
				r = &run{weight: sum}
				runs[text] = r
			} else if r.last == n.Author {
				continue
			}
			r.people, r.last = r.people+1, n.Author
		}
	}
}

// pairOf names the head and the strongest word beside it, in the forms used most.
func (g *grouping) pairOf(weight map[uint32]float64, forms map[uint32]map[string]int, c *centre) string {
	type said struct {
		feature uint32
		weight  float64
	}
	var all []said
	for f := range forms {
		all = append(all, said{f, weight[f]})
	}
	slices.SortFunc(all, func(a, b said) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.feature, b.feature)) })
	var out []string
	if forms[c.head] != nil {
		out = append(out, mostFrequent(forms[c.head]))
	}
	for _, s := range all {
		if len(out) < 2 && s.feature != c.head {
			out = append(out, mostFrequent(forms[s.feature]))
		}
	}
	return strings.Join(out, ", ")
}
