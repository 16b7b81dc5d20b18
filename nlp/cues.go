package nlp

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// A class is a set of cues: one list of the lexicon, in each language.
type class int

const (
	wish class = iota
	tip
	complaint
	problem
	praise
	howto
	seek
	question
	belonging
	passion
	facet
	hypothetical
	good
	bad
	aspect
	motive
	role
	trouble
	ask
	classes
)

var classNames = [classes]string{"wish", "tip", "complaint", "problem", "praise", "howto", "seek", "question",
	"belonging", "passion", "facet", "hypothetical", "good", "bad", "aspect", "motive", "role", "trouble", "ask"}

// A cue is one phrase of a class. Attrs are what its line says beside the weight.
type cue struct {
	class  class
	lang   data.Lang
	weight int
	name   string // attribute: facet with its sign, aspect
	phrase string
}

// A hit is a cue found in a document: tokens [from, to).
type hit struct {
	cue      *cue
	from, to int
}

// A cueBook holds the cues of all classes in a trie over words.
type cueBook struct {
	words map[string]int32 // of all cues
	edges map[[2]int32]int32
	cues  map[int32][]cue // by node
	nodes int32
}

// newCueBook reads the cue lists of both languages.
func newCueBook() (*cueBook, error) {
	b := &cueBook{words: map[string]int32{}, edges: map[[2]int32]int32{}, cues: map[int32][]cue{}}
	for _, lang := range [...]data.Lang{data.LangEN, data.LangIT} {
		for k, name := range classNames {
			entries, err := lexicon.Load(string(lang) + "/" + name + ".txt")
			if err != nil {
				return nil, fmt.Errorf("read cues: %w", err)
			}
			for _, e := range entries {
				c, err := newCue(class(k), lang, e)
				if err != nil {
					return nil, fmt.Errorf("read cues of %s/%s: %w", lang, name, err)
				}
				b.add(e.Phrase, c)
			}
		}
	}
	return b, nil
}

// add puts a cue at the end of its path.
func (b *cueBook) add(phrase string, c cue) {
	node := int32(0)
	for w := range strings.FieldsSeq(phrase) {
		w = fold(w) // word by word: è alone keeps its accent
		id, ok := b.words[w]
		if !ok {
			id = int32(len(b.words) + 1)
			b.words[w] = id
		}
		next, ok := b.edges[[2]int32{node, id}]
		if !ok {
			b.nodes++
			next = b.nodes
			b.edges[[2]int32{node, id}] = next
		}
		node = next
	}
	b.cues[node] = append(b.cues[node], c)
}

// newCue reads the attributes of an entry: a weight, 2 where there is none, and a name.
func newCue(k class, lang data.Lang, e lexicon.Entry) (cue, error) {
	c := cue{class: k, lang: lang, weight: 2, phrase: e.Phrase}
	for _, attr := range e.Attrs {
		if w, err := strconv.Atoi(attr); err == nil {
			c.weight = w
			continue
		}
		if c.name != "" {
			return c, fmt.Errorf("read line %d: a second name %q", e.Line, attr)
		}
		c.name = attr
	}
	return c, nil
}

// A step is one word of a document as the cues spell it: ^ where a clause starts, $ where a
// sentence ends, a contraction as two words.
type step struct {
	word  int32 // 0: in no cue
	like  int32 // what it also counts as: <inf> an Italian infinitive, <imp> an order with a pronoun, <ing> an English participle
	token int32 // where it stands; for ^ and $ the token behind and before
}

// steps spells the sentence x of d.
func (b *cueBook) steps(d *document, x *sentence, out []step) []step {
	out = append(out, step{word: b.words["^"], token: int32(x.from)})
	opening := true
	for i := x.from; i < x.to; i++ {
		t := &d.tokens[i]
		out = b.spelled(out, spell(t), int32(i))
		switch {
		case t.kind != word:
		case x.lang == data.LangIT && italianInfinitive(t.key):
			out[len(out)-1].like = b.words["<inf>"]
		case x.lang == data.LangIT && italianOrder(t.key):
			out[len(out)-1].like = b.words["<imp>"]
		case x.lang == data.LangEN && hasEnding(t.key, "ing"):
			out[len(out)-1].like = b.words["<ing>"]
		}
		opened := opens(t, opening) && !within(x, t)
		if opened {
			out = append(out, step{word: b.words["^"], token: int32(i + 1)})
		}
		opening = opening && opened
	}
	return append(out, step{word: b.words["$"], token: int32(x.to - 1)})
}

// within reports whether t is a mark inside a word or a number.
func within(x *sentence, t *token) bool {
	return t.kind == mark && t.start > x.start && x.sec.text[t.start-1] > ' ' && t.end < x.end && x.sec.text[t.end] > ' '
}

func (b *cueBook) spelled(out []step, key string, token int32) []step {
	for {
		k := strings.IndexByte(key, ' ')
		if k < 0 {
			return append(out, step{word: b.words[key], token: token})
		}
		out = append(out, step{word: b.words[key[:k]], token: token})
		key = key[k+1:]
	}
}

func spell(t *token) string {
	if t.kind == number {
		return "#"
	}
	return t.key
}

// opens reports whether a clause can start behind t; opening: nothing but such tokens so far.
func opens(t *token, opening bool) bool {
	switch t.kind {
	case mark:
		return opening || strings.Contains(":;-*.", t.key)
	case mention, number, emoji, link:
		return opening
	}
	if !opening {
		return false
	}
	switch t.key {
	case "please", "also", "and", "but", "so", "then", "or", "hi", "hello", "hey", "ok", "well", "just", "now", "yes", "thanks", "guys",
		"finally", "however", "oh", "dear", "again", "first", "second", "secondly", "otherwise", "definitely", "simply", "rt", "edit", "ps",
		"e", "ma", "poi", "quindi", "allora", "ciao", "salve", "buongiorno", "buonasera", "scusate", "ragazzi", "grazie", "si", "bene", "comunque", "inoltre", "infine", "insomma", "beh", "ah", "eh", "ehm", "mmm", "scusa", "senti", "dunque":
		return true
	}
	return false
}

// find appends the cues in x whose language is that of x, by token, longer first.
func (b *cueBook) find(d *document, x *sentence, steps []step, hits []hit) []hit {
	for i := range steps {
		node := int32(0)
		for k := i; k < len(steps); k++ {
			next, ok := b.edges[[2]int32{node, steps[k].word}]
			if !ok || steps[k].word == 0 {
				if k > i && steps[k].word == b.words["^"] {
					continue
				}
				if next, ok = b.edges[[2]int32{node, steps[k].like}]; !ok || steps[k].like == 0 {
					break
				}
			}
			node = next
			for n := range b.cues[node] {
				c := &b.cues[node][n]
				if c.lang == x.lang || x.lang == data.LangUnd {
					hits = append(hits, hit{c, int(steps[i].token), max(int(steps[k].token), int(steps[i].token)) + 1})
				}
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		if a.from != b.from {
			return a.from - b.from
		}
		if a.to != b.to {
			return b.to - a.to
		}
		return abs(b.cue.weight) - abs(a.cue.weight)
	})
	return hits
}

// A reading is one sentence with its cues and what they add up to.
type reading struct {
	*sentence
	hits  []hit
	score [classes]int
}

// readings returns the sentences of d that carry a cue.
func (b *cueBook) readings(d *document) []reading {
	var out []reading
	var steps []step
	for i := range d.sentences {
		x := &d.sentences[i]
		if x.lang != data.LangEN && x.lang != data.LangIT && x.lang != data.LangUnd {
			continue
		}
		steps = b.steps(d, x, steps[:0])
		if hits := b.find(d, x, steps, nil); len(hits) > 0 {
			r := reading{sentence: x, hits: hits}
			r.add()
			out = append(out, r)
		}
	}
	return out
}

// add sums the weights of the cues of each class; of those that lie within another of their class
// and sign the strongest counts.
func (r *reading) add() {
	var last [classes][2]struct{ to, weight int }
	for _, h := range r.hits {
		sign := 0
		if h.cue.weight < 0 {
			sign = 1
		}
		l := &last[h.cue.class][sign]
		switch {
		case h.to > l.to:
			r.score[h.cue.class] += h.cue.weight
			l.to, l.weight = h.to, h.cue.weight
		case abs(h.cue.weight) > abs(l.weight):
			r.score[h.cue.class] += h.cue.weight - l.weight
			l.weight = h.cue.weight
		}
	}
}

func abs(n int) int { return max(n, -n) }
