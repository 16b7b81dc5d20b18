package problem

import (
	"math"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp"
)

const (
	phraseVoices = 100  // of one problem and language that are asked what to call it: in the order of their ids, a fair sample
	strangeWord  = 0.1  // what a word costs that many do not say
	anyWord      = 0.02 // what any word costs
	saidOut      = 0.1  // what it is worth to have three words or more, or what to do with a thing
	wellCut      = 0.1  // what it is worth to begin where the need does
	looseEnd     = 0.15 // what it costs to end with a word that tells nothing
	bareThing    = 0.4  // what it costs to name a thing and nothing of it
	noHead       = 0.4  // what it costs not to name the thing most speak of
	outcomeOnly  = 0.8  // what it costs to name the side of an outcome that nobody says in one breath with the thing
	noName       = 0.3  // what it costs to shout, to call somebody, or to be a program's word
	saysHow      = 0.4  // what it is worth to say how a thing fails
	sameWords    = 0.1  // what it is worth that twice as many say it in these very words
	popular      = 0.1  // what it is worth that twice as many say the same
	held         = 0.4  // what it is worth that all say it, in whichever order
	nearlyAll    = 0.8  // share of those who say what a name tells that must fail in it, for it to say so
	otherConcept = 0.3  // what a concept costs that the name in another language lacks
)

// A name is a run of words that may name a problem, and who says one that tells the same.
type name struct {
	text  string
	told  []uint32 // what it says, ascending
	score float64
	by    map[data.AuthorID]bool
	texts map[string]way
	times map[string]int // how often each text is said
	way
}

// A way to say a name.
type way struct {
	claim
	made  float64 // how well it is
	fails bool    // it says that something goes wrong
}

// A naming looks for what those of one language call their problem.
type naming struct {
	*grouping
	*hearsay
	lang     data.Lang
	c        *centre
	weight   map[uint32]float64
	deadline uint32 // 0 where not most state one
	facet    string // side of the outcome that most speak of
	voices   []int
	names    map[string]*name
	written  map[string]int    // how often a word is written so
	done     map[uint32]string // to what people do something, by that: their word for it
	several  bool              // three people or more have the problem
}

// naming asks voices of one language what they call the problem that c is the centre of.
func (g *grouping) naming(lang data.Lang, voices []int, c *centre, h *hearsay) *naming {
	voices = voices[:min(len(voices), phraseVoices)]
	n := &naming{grouping: g, hearsay: h, lang: lang, c: c, voices: voices, weight: map[uint32]float64{}, names: map[string]*name{}, written: map[string]int{}, done: map[uint32]string{}, several: len(g.authors(c.voices)) >= pairPeople}
	for _, x := range c.full {
		n.weight[x.column] = float64(x.value)
	}
	timed, facets := 0, map[string]int{}
	for _, v := range c.voices {
		if g.need(v).timed {
			timed++
		}
		facets[g.need(v).Facet]++
	}
	if facet := mostFrequent(facets); 2*facets[facet] > len(c.voices) {
		n.facet = facet
	}
	if 2*timed > len(c.voices) {
		n.deadline = g.number[sharedName(deadline)]
	}
	for _, v := range voices {
		for f := range strings.FieldsSeq(g.need(v).Quote) {
			n.written[strings.Trim(f, ".,;:!?()\"'")]++
		}
	}
	for _, v := range voices {
		for _, r := range g.runs(v) {
			n.consider(g.need(v).Author, r)
		}
	}
	for _, x := range n.names {
		x.spell()
	}
	return n
}

// best returns what most say that is about the same as known, the features of the name in another
// language; false where nobody says it in a run.
func (n *naming) best(known []uint32) (*name, bool) {
	var best *name
	top := math.Inf(-1)
	people := len(n.authors(n.voices))
	for _, x := range n.names {
		saying := n.sayingAll(x)
		if len(x.told) > 1 && saying < min(2, people) {
			continue
		}
		score := x.score + held*float64(saying)/float64(people) + popular*math.Log2(float64(len(x.by))) - otherConcept*float64(n.apart(x.told, known))
		if score > top || score == top && x.text < best.text {
			best, top = x, score
		}
	}
	return best, best != nil
}

// sayingAll counts the people who say all that x tells.
func (n *naming) sayingAll(x *name) int {
	by := map[data.AuthorID]bool{}
	for _, v := range n.voices {
		if n.claims(v, x.claim, n.facet) {
			by[n.need(v).Author] = true
		}
	}
	return len(by)
}

// troubled returns text so that it says that something goes wrong, as those who have the problem do.
func (n *naming) troubled(x *name) string {
	lead := n.config.Words.Trouble(n.lang, x.doing != 0)
	if !n.c.fails || x.fails || lead == "" || strings.HasPrefix(x.text, lead+" ") || x.doing != 0 && !n.cannot(x) {
		return x.text
	}
	return lead + " " + x.text
}

// cannot reports whether nearly all who say what x tells say that it fails, and two people, or all there are,
// that they cannot do it.
func (n *naming) cannot(x *name) bool {
	var saying, failing, unable []int
	for _, v := range n.voices {
		if !n.claims(v, x.claim, n.facet) {
			continue
		}
		saying = append(saying, v)
		if n.fails(v) {
			failing = append(failing, v)
		}
		if n.words.Unable(n.need(v).Quote) {
			unable = append(unable, v)
		}
	}
	return float64(len(n.authors(failing))) >= nearlyAll*float64(len(n.authors(saying))) && len(n.authors(unable)) >= min(2, len(n.authors(n.voices)))
}

// apart counts the concepts that one of two names says and the other does not; no other name says all.
func (n *naming) apart(a, b []uint32) (count int) {
	if b == nil {
		return 0
	}
	for _, f := range slices.Concat(a, b) {
		if isShared(n.grouping.names[f]) && slices.Contains(a, f) != slices.Contains(b, f) {
			count++
		}
	}
	return count
}

// consider adds a run of words to the names if it says what the problem is about, and nothing that
// only few of its people say.
func (n *naming) consider(by data.AuthorID, r run) {
	strange, ok := n.strange(n.lang, &r)
	if !ok && n.thin(&r.Short, r.words, r.all) {
		r = newRun(n.config.Words, n.lang, r.Short)
		strange, ok = n.strange(n.lang, &r)
	}
	short, words, all := r.Short, r.words, r.all
	if !ok || n.broken(all, short.Cued) || leavesChoice(short.Text) || !n.c.fails && n.unable(words, all) {
		return
	}
	whole := len(words) > 0 && words[len(words)-1].End == len(all)
	if !short.Whole && !whole || n.vacuous(words, all) {
		return
	}
	told, score := n.told(words)
	if !n.says(n.lang, words, all, n.c.head) {
		if len(told) < 2 || short.Fails != "" {
			return
		}
		score -= noHead
	}
	text := n.plainly(short.Text)
	if short.Open {
		if !whole {
			return
		}
		of := n.doneTo(words[len(words)-1])
		if of == "" {
			return
		}
		text += " " + of
	}
	if n.deadline > 0 && n.endsWithHead(words, all) {
		told, score = append(told, n.deadline), score+n.weight[n.deadline]
		text += " " + n.config.Words.InTime(n.lang)
	}
	if len(told) == 1 && n.alone(all) && !n.words.Does(n.lang, all[0], nlp.Negation) && n.config.Words.Outcome(n.lang, n.facet, text) != "" {
		text = n.config.Words.Outcome(n.lang, n.facet, n.oneOf(n.lang, text, n.voices))
		told, score, short.Cued = append(told, n.number["+"+n.facet]), score-outcomeOnly, true
	}
	if len(told) < 2 {
		score -= bareThing
	}
	if !whole {
		score -= looseEnd
	}
	if slices.ContainsFunc(words, func(w nlp.Word) bool { return done(n.words, n.lang, w.Form) }) {
		score -= looseEnd // the installed package
	}
	score -= strangeWord * float64(strange)
	made := way{made: score + n.wellMade(short, all, len(words), n.c.fails), fails: short.Cued || slices.ContainsFunc(all, n.wrong)}
	slices.Sort(told)
	made.claim = claim{told: told, cue: n.wrongs(short.Fails), doing: n.doing(&short, words, all), words: len(all), acts: n.acting(words, all), order: n.order(words, all)}
	if n.several && made.doing == 0 && n.wide(words) {
		return
	}
	if made.doing != 0 && n.c.fails {
		made.made += saidOut
	}
	n.keep(by, text, made)
}

// keep adds a way to say what is told.
func (n *naming) keep(by data.AuthorID, text string, made way) {
	key := signature(made.told)
	x := n.names[key]
	if x == nil {
		x = &name{told: made.told, by: map[data.AuthorID]bool{}, texts: map[string]way{}, times: map[string]int{}}
		n.names[key] = x
	}
	x.by[by] = true
	x.times[strings.ToLower(text)]++
	if before, ok := x.texts[text]; !ok || made.made > before.made {
		x.texts[text] = made
	}
}

// spell chooses how to say what is told: well made, and in the words of many.
func (x *name) spell() {
	x.score = math.Inf(-1)
	for text, how := range x.texts {
		score := how.made + sameWords*math.Log2(float64(x.times[strings.ToLower(text)]))
		if score > x.score || score == x.score && text < x.text {
			x.text, x.score, x.way = text, score, how
		}
	}
}

// told returns the features of words, each once, and what they weigh.
func (n *naming) told(words []nlp.Word) (told []uint32, score float64) {
	for _, w := range words {
		if f := n.featureOf(n.lang, w); !slices.Contains(told, f) {
			told = append(told, f)
			score += n.weight[f]
		}
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

// featureOf returns the feature by which w is counted: its shared id, else its stem.
func (g *grouping) featureOf(lang data.Lang, w nlp.Word) uint32 {
	if w.Shared != "" {
		return g.number[sharedName(w.Shared)]
	}
	return g.number[stemName(lang, w.Stem)]
}
