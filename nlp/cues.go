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
	plea
	offer
	sale
	settled
	content
	classes
)

var classNames = [classes]string{"wish", "tip", "complaint", "problem", "praise", "howto", "seek", "question",
	"belonging", "passion", "facet", "hypothetical", "good", "bad", "aspect", "motive", "role", "trouble", "ask", "plea", "offer", "sale", "settled", "content"}

// A cue is one phrase of a class.
type cue struct {
	*cueLine
	phrase string
}

// A cueLine is what the cues of one line of a list have in common.
type cueLine struct {
	class  class
	lang   data.Lang
	weight int
	name   string // attribute: facet with its sign, aspect
	order  bool   // one verb that opens a clause: nobody orders without saying what
	number int
}

// A hit is a cue found in a document: tokens [from, to).
type hit struct {
	cue      *cue
	from, to int
}

// A cueBook holds the cues of all classes in a trie over words. Node 0 is the root; the words that
// lead on from a node lie together, ascending.
type cueBook struct {
	words   map[string]int32 // of all cues
	roots   []int32          // by word: where cues that begin with it go on; 0 nowhere
	from    []int32          // by node: where its words begin
	keys    []int32          // words
	to      []int32          // where they lead
	cues    []cue            // of all nodes, in their order
	ends    []int32          // by node: where its cues end, and those of the next begin
	heard   map[data.Lang]bool
	endings endings
	empty   stopWords // words that name nothing one could wish for

	start, end, infinitive, participle, order int32 // ids of ^ $ <inf> <ing> <imp>
}

// newCueBook reads the cue lists of all languages.
func newCueBook(w wordLists) (*cueBook, error) {
	b := &cueBook{words: map[string]int32{}, heard: map[data.Lang]bool{data.LangUnd: true}}
	var err error
	if b.empty, err = newEmptyWords(w); err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	if b.endings, err = newEndings(w); err != nil {
		return nil, fmt.Errorf("read word lists: %w", err)
	}
	type list struct {
		lang    data.Lang
		class   class
		entries []lexicon.Entry
	}
	var lists []list
	phrases := 0
	for _, lang := range w.heard {
		b.heard[lang] = true
		for k, name := range classNames {
			entries, err := w.Load(string(lang) + "/" + name + ".txt")
			if err != nil {
				return nil, fmt.Errorf("read cues: %w", err)
			}
			lists, phrases = append(lists, list{lang, class(k), entries}), phrases+len(entries)
		}
	}
	all, room := make([]path, 0, phrases), make([]int32, 0, 8*phrases)
	for _, l := range lists {
		var line *cueLine
		for _, e := range l.entries {
			c, err := newCue(l.class, l.lang, e, line)
			if line = c.cueLine; err != nil {
				return nil, fmt.Errorf("read cues of %s/%s: %w", l.lang, classNames[l.class], err)
			}
			from := int32(len(room))
			room = b.spellOut(e.Phrase, room)
			all = append(all, path{from, int32(len(room)), c})
		}
	}
	b.grow(all, room)
	b.start, b.end = b.words["^"], b.words["$"]
	b.infinitive, b.participle, b.order = b.words["<inf>"], b.words["<ing>"], b.words["<imp>"]
	return b, nil
}

// newCue reads the attributes of an entry: a weight, 2 where there is none, and a name. It may be of the line of the cue
// before.
func newCue(k class, lang data.Lang, e lexicon.Entry, before *cueLine) (cue, error) {
	verb, opens := strings.CutPrefix(e.Phrase, "^ ")
	order := opens && k == wish && !strings.Contains(verb, " ")
	if before != nil && before.number == e.Line && before.order == order {
		return cue{before, e.Phrase}, nil
	}
	c := cue{&cueLine{class: k, lang: lang, weight: 2, order: order, number: e.Line}, e.Phrase}
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
	like  int32 // what it also counts as: <inf> an infinitive, <imp> an order with a pronoun, <ing> a gerund
	token int32 // where it stands; for ^ and $ the token behind and before
}

// steps spells the sentence x of d.
func (b *cueBook) steps(d *document, x *sentence, out []step) []step {
	out = append(out, step{word: b.start, token: int32(x.from)})
	opening, endings := true, b.endings.in[x.lang]
	for i := x.from; i < x.to; i++ {
		t := &d.tokens[i]
		out = b.spelled(out, spell(t), int32(i))
		if t.kind == word {
			switch shows := endings.of(t.key); {
			case shows&Infinitive != 0:
				out[len(out)-1].like = b.infinitive
			case shows&order != 0:
				out[len(out)-1].like = b.order
			case shows&Gerund != 0:
				out[len(out)-1].like = b.participle
			}
		}
		opened := opens(t, opening) && !within(x, t) && !dots(x, t)
		if opened {
			out = append(out, step{word: b.start, token: int32(i + 1)})
		}
		opening = opening && opened
	}
	return append(out, step{word: b.end, token: int32(x.to - 1)})
}

// within reports whether t is a mark inside a word or a number.
func within(x *sentence, t *token) bool {
	return t.kind == mark && t.start > x.start && x.sec.text[t.start-1] > ' ' && t.end < x.end && x.sec.text[t.end] > ' '
}

// dots reports whether t is the dot before a member or a kind of file: ".Add".
func dots(x *sentence, t *token) bool {
	return t.key == "." && t.end < x.end && t.start > x.start && x.sec.text[t.start-1] <= ' ' && x.sec.text[t.end] > ' '
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
	switch {
	case t.kind == number:
		return "#"
	case t.kind == mark && (t.key == "$" || t.key == "£" || t.key == "€"):
		return "<price>" // a dollar is not the end of a sentence
	}
	return t.key
}

// opens reports whether a clause can start behind t; opening: nothing but such tokens so far.
func opens(t *token, opening bool) bool {
	switch t.kind {
	case mark:
		return t.key != "#" && (opening || strings.Contains(":;-*.", t.key)) // # begins what a program skips
	case mention, number, emoji, link:
		return opening
	}
	return opening && t.roles&opener != 0
}

// orders reports whether the verb at token i has something to order: code, titles and signs have not.
func orders(d *document, x *sentence, i int) bool {
	if i+1 >= x.to {
		return false
	}
	t := &d.tokens[i+1]
	return t.kind != mark || !strings.Contains(":;.!?=()[]{}<>|/", t.key)
}

// find appends the cues in x whose language is that of x, by token, longer first.
func (b *cueBook) find(d *document, x *sentence, steps []step, hits []hit) []hit {
	for i := range steps {
		node := int32(0)
		for k := i; k < len(steps); k++ {
			next := b.next(node, steps[k].word)
			if next == 0 {
				if k > i && steps[k].word == b.start {
					continue
				}
				if next = b.next(node, steps[k].like); next == 0 {
					break
				}
			}
			node = next
			for n := b.ends[node-1]; n < b.ends[node]; n++ {
				c := &b.cues[n]
				if (c.lang == x.lang || x.lang == data.LangUnd) && (!c.order || orders(d, x, int(steps[k].token))) {
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
