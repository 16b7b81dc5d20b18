package problem

import (
	"maps"
	"slices"
	"strings"
	"unicode"
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
	if !isShared(g.names[c.head]) {
		p.Head = g.plainHead(c)
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
		score := dot(g.wholeVector(&g.voices[v]), c.full) + 0.3*n.Confidence + readable(n.Quote) + asking(n)
		if _, said := slices.BinarySearch(g.voices[v].words, g.voices[v].head); said {
			score += 0.2
		}
		if g.voices[v].plain {
			score += 0.3
		}
		if score > top {
			best, top = g.voices[v].need, score
		}
	}
	return best
}

// asking prefers sentences that say outright what is wanted.
func asking(n *data.NeedRow) float64 {
	switch {
	case n.Hypothetical:
		return -0.1
	case n.Type == data.HowTo, n.Type == data.Recommendation, n.Type == data.Wish && !n.Negated:
		return 0.15
	}
	return 0
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
	if len(strings.Fields(quote)) < 5 {
		score -= 0.3
	}
	if strings.HasSuffix(quote, "…") || strings.HasSuffix(quote, "..") {
		score -= 0.3
	}
	if first, _ := utf8.DecodeRuneInString(quote); !unicode.IsUpper(first) {
		score -= 0.1
	}
	if strings.ToUpper(quote) == quote {
		score -= 0.2
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
	common, most := g.plainHead(c), 0
	for _, lang := range [...]data.Lang{data.LangEN, data.LangIT, data.LangUnd} {
		phrase := ""
		if all := byLang[lang]; len(all) > 0 {
			phrase = g.phrase(lang, all, c)
		}
		if phrase != "" {
			out[lang] = phrase
		}
		if phrase != "" && len(byLang[lang]) > most {
			common, most = phrase, len(byLang[lang])
		}
	}
	for lang := range byLang {
		if out[lang] == "" { // those who write in it leave the thing unnamed
			out[lang] = common
		}
	}
	out[data.LangUnd] = common
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

const (
	maxPhrase    = 4   // words
	phraseVoices = 100 // of one problem that are asked for it: in the order of their ids, a fair sample
)

// phrase returns the words most people use for the problem in one breath: the run of words that
// weighs most in the centre and is said by most. Where no two say the same run it is what the
// problem is about and the word said most beside it.
func (g *grouping) phrase(lang data.Lang, voices []int, c *centre) string {
	weight := map[uint32]float64{}
	for _, x := range c.full {
		weight[x.column] = float64(x.value)
	}
	runs := map[string]*run{}
	forms := spellings{}
	voices = voices[:min(len(voices), phraseVoices)]
	for _, v := range voices {
		g.collect(lang, v, weight, runs, forms)
	}
	best, top := "", 0.0
	for text, r := range runs {
		people := len(r.by)
		if people < 2 || people*5 < len(voices) {
			continue
		}
		score := r.weight * (1 - 1/float64(people))
		if score > top || score == top && text < best {
			best, top = text, score
		}
	}
	if best != "" {
		return best
	}
	return g.pairOf(weight, forms, c, len(voices))
}

type run struct {
	by     map[data.AuthorID]bool
	weight float64
}

// collect adds the runs of words and the forms of one voice.
func (g *grouping) collect(lang data.Lang, v int, weight map[uint32]float64, runs map[string]*run, forms spellings) {
	n := &g.needs[g.voices[v].need]
	words, all := g.config.Words.Words(lang, n.Quote)
	worth := make([]float64, len(all))
	for _, w := range words {
		name := stemName(lang, w.Stem)
		if w.Shared != "" {
			name = sharedName(w.Shared)
		}
		f := g.number[name]
		worth[w.At] = weight[f]
		if forms[f] == nil {
			forms[f] = map[string]map[data.AuthorID]bool{}
		}
		if forms[f][w.Form] == nil {
			forms[f][w.Form] = map[data.AuthorID]bool{}
		}
		forms[f][w.Form][n.Author] = true
	}
	for i := range all {
		if g.config.Words.Function(lang, all[i]) {
			continue
		}
		sum := worth[i]
		for j := i + 1; j < len(all) && j-i < maxPhrase && all[j] != ""; j++ {
			sum += worth[j]
			if sum == 0 || negates(all[j]) || g.config.Words.Function(lang, all[j]) {
				continue
			}
			text := strings.Join(all[i:j+1], " ")
			r := runs[text]
			if r == nil {
				r = &run{weight: sum, by: map[data.AuthorID]bool{}}
				runs[text] = r
			}
			r.by[n.Author] = true
		}
	}
}

// negates reports whether word turns around what follows: no name ends with it.
func negates(word string) bool {
	switch word {
	case "no", "not", "without", "non", "senza", "more", "too", "little", "poco", "poca", "troppo", "troppa":
		return true
	}
	return false
}

// pairOf names the head and the strongest word beside it that two people or more say, one in four
// where there are many, in the forms most people use; nothing where none of them is said.
func (g *grouping) pairOf(weight map[uint32]float64, forms spellings, c *centre, of int) string {
	best, top := uint32(0), 0.0
	for f := range forms {
		if f == c.head || weight[f] <= 0 || forms.people(f) < max(2, of/4) {
			continue
		}
		if weight[f] > top || weight[f] == top && f < best {
			best, top = f, weight[f]
		}
	}
	var out []string
	for _, f := range [...]uint32{c.head, best} {
		if form := forms.most(f); form != "" && !slices.Contains(out, form) {
			out = append(out, form)
		}
	}
	return strings.Join(out, ", ")
}

// spellings is who writes a feature how.
type spellings map[uint32]map[string]map[data.AuthorID]bool

func (s spellings) people(f uint32) int {
	all := map[data.AuthorID]bool{}
	for _, by := range s[f] {
		maps.Copy(all, by)
	}
	return len(all)
}

func (s spellings) most(f uint32) string {
	best, most := "", 0
	for form, by := range s[f] {
		if len(by) > most || len(by) == most && form < best {
			best, most = form, len(by)
		}
	}
	return best
}
