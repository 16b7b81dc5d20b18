package problem

import (
	"encoding/binary"
	"slices"
	"strings"
	"sync/atomic"

	"tribu/data"
	"tribu/nlp"
)

// A voice is one need, ready to be compared.
type voice struct {
	need    int
	head    uint32   // feature it is about
	thin    bool     // says nothing that can be compared
	bare    bool     // says nothing but its head: cannot be told from others
	words   []uint32 // features it says, head included, each once, ascending
	own     []uint32 // words that tell it from others of its block: neither the head by any name nor the facet
	title   []uint32 // features of its conversation's title that it does not say itself
	said    []uint32 // features of the title that it says itself
	plain   bool     // speaks for its author, or leaves no doubt
	titled  bool     // about what its conversation's title names
	opening bool     // begins a conversation whose title says what it is about
	formula bool     // says what is said about everything
	thread  uint32   // column of its conversation; 0 where it has none
}

// Features are named so that no two kinds meet: "=" and a shared id, "+" and a facet, else the
// language and a stem.
func sharedName(id string) string                 { return "=" + id }
func stemName(lang data.Lang, stem string) string { return string(lang) + " " + stem }

func isShared(name string) bool { return name[0] == '=' || name[0] == '+' }

// read turns needs into voices, in an order of their own.
func (g *grouping) read() {
	order := make([]int, len(g.needs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compare(&g.needs[a], &g.needs[b]) })
	g.number, g.names = map[string]uint32{}, nil
	g.feature("-") // number 0 says nothing
	g.crowd = g.crowds()
	g.voices = make([]voice, 0, len(order))
	for _, i := range order {
		v := g.voice(i)
		if v.head == 0 && len(v.words) == 0 {
			continue
		}
		v.words, v.own, v.title, v.said = g.kept(v.words), g.kept(v.own), g.kept(v.title), g.kept(v.said)
		g.voices = append(g.voices, v)
	}
	g.voiceOf, g.breaths, g.sayings = make([]int32, len(g.needs)), make([]atomic.Pointer[breath], min(len(g.voices), mostBreaths)), make([]*saying, len(g.voices))
	g.dropRepeatedTitles()
	g.dropEchoes()
	g.markFormulas()
	for i := range g.voices {
		v := &g.voices[i]
		g.voiceOf[v.need] = int32(i)
		v.thin = v.thin || v.formula && !v.opening
	}
}

const crowdPeople = 20

// crowds returns the conversations of so many people that nobody in them answers whoever began.
func (g *grouping) crowds() map[data.ThreadID]bool {
	crowd := map[data.ThreadID]bool{}
	var all []mark
	for i := range g.needs {
		if n := &g.needs[i]; !n.Thread.IsZero() && n.Type.Wanting() {
			all = append(all, mark{binary.LittleEndian.Uint64(n.Thread[:]), int32(i)})
		}
	}
	eachAlike(all, func(needs []mark) {
		if several(needs, crowdPeople, func(i int32) data.AuthorID { return g.needs[i].Author }) {
			crowd[g.needs[needs[0].voice].Thread] = true
		}
	})
	return crowd
}

// kept returns list in memory shared with others.
func (g *grouping) kept(list []uint32) []uint32 {
	const most = 1 << 16
	if cap(g.room)-len(g.room) < len(list) {
		g.room = make([]uint32, 0, max(most, len(list)))
	}
	start := len(g.room)
	g.room = append(g.room, list...)
	return g.room[start:len(g.room):len(g.room)]
}

// need returns what is said by the voice of that number.
func (g *grouping) need(v int) *Need { return &g.needs[g.voices[v].need] }

// dropRepeatedTitles keeps a need that stands in a title with the first post under it: those who
// answer repeat the title without needing what it says.
func (g *grouping) dropRepeatedTitles() {
	type title struct {
		thread data.ThreadID
		quote  string
	}
	first := map[title]int{}
	for i, v := range g.voices {
		n := &g.needs[v.need]
		if !n.inTitle {
			continue
		}
		k := title{n.Thread, n.Quote}
		other, seen := first[k]
		switch {
		case !n.opens:
			g.voices[i].thin = true
		case !seen:
			first[k] = i
		case n.At < g.need(other).At:
			g.voices[other].thin = true
			first[k] = i
		default:
			g.voices[i].thin = g.need(other).ID != n.ID
		}
	}
}

const formulaHeads = 3

// markFormulas marks what is said of several things in one wording: "any help is welcome" is said
// about everything.
func (g *grouping) markFormulas() {
	all := make([]mark, len(g.voices))
	for i := range g.voices {
		all[i] = mark{hashed(signature(g.voices[i].words)), int32(i)}
	}
	eachAlike(all, func(voices []mark) {
		if !several(voices, formulaHeads, func(v int32) uint32 { return g.voices[v].head }) {
			return
		}
		for _, m := range voices {
			g.voices[m.voice].formula = true
		}
	})
}

func signature(words []uint32) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteByte(byte(w))
		b.WriteByte(byte(w >> 8))
		b.WriteByte(byte(w >> 16))
		b.WriteByte(byte(w >> 24))
	}
	return b.String()
}

func (g *grouping) voice(i int) voice {
	n := &g.needs[i]
	v := voice{need: i}
	if (n.others || n.aside && (n.Type != data.Complaint || g.explains(n)) && !g.crowd[n.Thread]) && n.Type.Wanting() {
		return v // a paper, a firm, an answer that speaks of others: nobody there needs it
	}
	object := ""
	switch {
	case n.Concept != "":
		v.head, object = g.feature(sharedName(n.Concept)), g.config.Words.Stem(n.Lang, n.Object)
	case n.Object != "":
		object = g.config.Words.Stem(n.Lang, n.Object)
		v.head = g.feature(stemName(n.Lang, object))
	default:
		return voice{need: i}
	}
	words, all := g.config.Words.Words(n.Lang, n.Quote)
	v.plain = plain(n) || len(all) <= longSentence && g.config.Words.Personal(all)
	if len(all) > longSentence {
		words = g.around(n.Lang, words, v.head)
	}
	for _, w := range words {
		own := w.Stem != object && (w.Shared == "" || w.Shared != n.Concept)
		for _, f := range g.featuresOf(n.Lang, w) {
			v.add(f, own)
		}
	}
	if g.denies(n, object) {
		return voice{need: i}
	}
	if n.Type == data.Wish || n.Type == data.Recommendation {
		v.add(g.feature(sharedName(wanted)), true)
	}
	if n.timed {
		v.add(g.feature(sharedName(deadline)), true)
	}
	empty := len(v.own) == 0
	title, _ := g.config.Words.Words(n.Lang, n.Title)
	for _, w := range title {
		for _, f := range g.featuresOf(n.Lang, w) {
			if slices.Contains(v.words, f) && !slices.Contains(v.said, f) {
				v.said = append(v.said, f)
			}
			v.titled = v.titled || f == v.head
			if f != v.head && w.Stem != object && !slices.Contains(v.words, f) && !slices.Contains(v.title, f) {
				v.title = append(v.title, f)
			}
		}
	}
	v.opening = n.opens && len(v.title) > 0
	v.bare = empty && !v.opening
	v.thin = n.Concept == "" && g.config.Words.Does(n.Lang, n.Object, nlp.Wrong|nlp.Whatever) || n.Type.Wanting() && !slices.ContainsFunc(words, func(w nlp.Word) bool { return !g.config.Words.Answers(w.Form) })
	if n.Facet != "" {
		v.add(g.feature("+"+n.Facet), false)
	}
	slices.Sort(v.words)
	slices.Sort(v.own)
	return v
}

// explains reports whether n says that something fails: who answers so says why, who laments so is one of many.
func (g *grouping) explains(n *Need) bool {
	cue := n.Rule[strings.LastIndexByte(n.Rule, '/')+1:]
	return slices.ContainsFunc(nlp.Split(cue), g.config.Words.Fails)
}

const (
	longSentence = 32 // words; whoever rambles on says "I" somewhere, and much that is not about the thing
	nearby       = 10 // words from the thing within which it is spoken of
)

// around returns those of words that stand near to the thing, all where it is not among them.
func (g *grouping) around(lang data.Lang, words []nlp.Word, head uint32) []nlp.Word {
	var out []nlp.Word
	for _, w := range words {
		if slices.ContainsFunc(words, func(o nlp.Word) bool {
			return max(o.At-w.End, w.At-o.End) <= nearby && slices.Contains(g.featuresOf(lang, o), head)
		}) {
			out = append(out, w)
		}
	}
	if out == nil {
		return words
	}
	return out
}

// facet returns the side of the outcome that v speaks of, if any.
func (g *grouping) facet(v int) []uint32 {
	if f := g.need(v).Facet; f != "" {
		return []uint32{g.number["+"+f]}
	}
	return nil
}

// fails reports whether v says that something goes wrong, not what it looks for.
func (g *grouping) fails(v int) bool {
	t := g.need(v).Type
	return t == data.Problem || t == data.Complaint
}

// deadline is the shared id of "within three days": what is stated, in whichever words and units.
const deadline = "deadline"

// wanted is the shared id of what who wishes for a thing says of it, if nothing else.
const wanted = "wanted"

func (g *grouping) authors(group []int) map[data.AuthorID]bool {
	all := map[data.AuthorID]bool{}
	for _, v := range group {
		all[g.need(v).Author] = true
	}
	return all
}

// featuresOf returns the features of one word: its shared id, its stem, or both.
func (g *grouping) featuresOf(lang data.Lang, w nlp.Word) []uint32 {
	var out []uint32
	if w.Shared != "" {
		out = append(out, g.feature(sharedName(w.Shared)))
	}
	if !strings.HasPrefix(w.Shared, "to ") {
		out = append(out, g.feature(stemName(lang, w.Stem)))
	}
	return out
}

func (v *voice) add(feature uint32, own bool) {
	if !slices.Contains(v.words, feature) {
		v.words = append(v.words, feature)
	}
	if own && !slices.Contains(v.own, feature) {
		v.own = append(v.own, feature)
	}
}
