package problem

import (
	"math"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

const (
	phraseVoices = 100  // of one problem that are asked what to call it: in the order of their ids, a fair sample
	firstStrange = 0.1  // what the first word costs that hardly anybody else of the problem says
	strangeWord  = 0.3  // what every further one costs
	anyWord      = 0.02 // what any word costs
	saidOut      = 0.1  // what it is worth to have three words or more
	wellCut      = 0.1  // what it is worth to begin and to end where a phrase does
	looseEnd     = 0.15 // what it costs to end with a word that tells nothing
	bareThing    = 0.4  // what it costs to name a thing and nothing of it
	noName       = 0.3  // what it costs to shout, to call somebody, or to be a program's word
	saysHow      = 0.25 // what it is worth to say how a thing fails
	popular      = 0.1  // what it is worth that twice as many say the same
)

// A name is a run of words that may name a problem, and who says one that tells the same.
type name struct {
	text  string
	score float64
	by    map[data.AuthorID]bool
}

// phrase returns what one of those who need it calls the problem in a few words: the run of their
// own words that weighs most in the centre and says little that the others do not say. Where nobody
// says it in a run, it is the name of the thing as most spell it.
func (g *grouping) phrase(lang data.Lang, voices []int, c *centre) string {
	weight := map[uint32]float64{}
	for _, x := range c.full {
		weight[x.column] = float64(x.value)
	}
	voices = voices[:min(len(voices), phraseVoices)]
	known := map[uint32]float64{}
	for f, by := range g.speakers(lang, voices) {
		if weight[f] > 0 && len(by) >= max(2, len(voices)/20) {
			known[f] = weight[f]
		}
	}
	if f := g.number[sharedName(deadline)]; f > 0 && weight[f] > 0 {
		known[f] = weight[f]
	}
	names := map[string]*name{}
	for _, v := range voices {
		n := g.need(v)
		for _, short := range g.config.Words.Shorts(n.sentence()) {
			g.nameIt(lang, n.Author, short, known, c, names)
		}
	}
	best, top := "", math.Inf(-1)
	for _, n := range names {
		score := n.score + popular*math.Log2(float64(len(n.by)))
		if score > top || score == top && n.text < best {
			best, top = n.text, score
		}
	}
	if best == "" {
		return g.thing(voices, c.head)
	}
	return best
}

// thing returns what most of voices call the thing they need something of.
func (g *grouping) thing(voices []int, head uint32) string {
	called := map[string]int{}
	for _, v := range voices {
		if g.voices[v].head == head {
			called[g.need(v).Object]++
		}
	}
	return mostFrequent(called)
}

// nameIt adds a run of words to names if it says what the problem is about.
func (g *grouping) nameIt(lang data.Lang, by data.AuthorID, short nlp.Short, known map[uint32]float64, c *centre, names map[string]*name) {
	words, all := g.config.Words.Words(lang, short.Text)
	told, score := g.told(lang, words, known)
	if !g.says(lang, words, all, c.head) {
		return
	}
	switch f := g.number[sharedName(deadline)]; {
	case short.Dated && known[f] > 0:
		told, score = append(told, f), score+known[f]
	case slices.Contains(all, ""): // a number
		score -= strangeWord
	}
	if len(told) < 2 {
		score -= bareThing
	}
	if !short.Dated && (len(words) == 0 || words[len(words)-1].End < len(all)) {
		score -= looseEnd
	}
	score += wellMade(short, all, c.fails)
	slices.Sort(told)
	key := signature(told)
	n := names[key]
	if n == nil {
		n = &name{by: map[data.AuthorID]bool{}, score: math.Inf(-1)}
		names[key] = n
	}
	n.by[by] = true
	if score > n.score || score == n.score && short.Text < n.text {
		n.text, n.score = short.Text, score
	}
}

// told returns the features of words, each once, and what they weigh less what is strange among them.
func (g *grouping) told(lang data.Lang, words []nlp.Word, known map[uint32]float64) (told []uint32, score float64) {
	strange := 0
	for _, w := range words {
		f := g.featureOf(lang, w)
		if slices.Contains(told, f) {
			continue
		}
		told = append(told, f)
		score += known[f]
		if known[f] == 0 {
			strange++
		}
	}
	if strange > 0 {
		score -= firstStrange + strangeWord*float64(strange-1)
	}
	return told, score
}

// says reports whether a run of words names the thing head.
func (g *grouping) says(lang data.Lang, words []nlp.Word, all []string, head uint32) bool {
	name := g.names[head]
	for _, w := range words {
		if g.featureOf(lang, w) == head || w.Shared != "" && sharedName(w.Shared) == name {
			return true
		}
	}
	return slices.ContainsFunc(all, func(w string) bool { return stemName(lang, g.config.Words.Stem(lang, w)) == name })
}

// wellMade says how well a run of words is cut as a name, whatever it means.
func wellMade(short nlp.Short, words []string, fails bool) float64 {
	score := -anyWord * float64(len(words))
	if len(words) > 2 {
		score += saidOut
	}
	if slices.ContainsFunc(words, others) {
		score -= looseEnd
	}
	if slices.ContainsFunc(words, calls) || loud(short.Text) || strings.ContainsAny(short.Text, "._/\\()[]{}#<>=*") {
		score -= noName
	}
	if short.Near {
		score += wellCut
	}
	if short.Whole {
		score += wellCut
	}
	switch anyhow := slices.ContainsFunc(words, whatever); {
	case anyhow:
		score -= looseEnd
	case fails && short.Cued:
		score += saysHow
	}
	return score
}

// others reports whether a word speaks of those who are not speaking.
func others(word string) bool {
	switch word {
	case "you", "your", "yours", "he", "she", "they", "his", "her", "their", "tuo", "tua", "tuoi", "tue", "vostro", "vostra", "vostri", "vostre", "suo", "sua", "suoi", "sue", "loro":
		return true
	}
	return false
}

// whatever reports whether a word says that something is wrong, not what.
func whatever(word string) bool {
	switch word {
	case "problem", "problems", "issue", "issues", "trouble", "troubles", "bug", "bugs", "question",
		"problema", "problemi", "guaio", "guai", "difficoltà", "domanda":
		return true
	}
	return false
}

// calls reports whether a word calls those who are spoken to.
func calls(word string) bool {
	switch word {
	case "dear", "folks", "guys", "cari", "caro", "care", "cara", "amici", "amico", "ragazzi":
		return true
	}
	return false
}

// featureOf returns the feature by which w is counted: its shared id, else its stem.
func (g *grouping) featureOf(lang data.Lang, w nlp.Word) uint32 {
	if w.Shared != "" {
		return g.number[sharedName(w.Shared)]
	}
	return g.number[stemName(lang, w.Stem)]
}

// speakers returns who says each feature in the sentences of voices.
func (g *grouping) speakers(lang data.Lang, voices []int) map[uint32]map[data.AuthorID]bool {
	said := map[uint32]map[data.AuthorID]bool{}
	for _, v := range voices {
		n := g.need(v)
		words, _ := g.config.Words.Words(lang, n.Quote)
		for _, w := range words {
			f := g.featureOf(lang, w)
			if said[f] == nil {
				said[f] = map[data.AuthorID]bool{}
			}
			said[f][n.Author] = true
		}
	}
	return said
}
