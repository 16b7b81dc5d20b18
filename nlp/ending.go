package nlp

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// A Shape is what the ending of a word shows of it. Its names are those of ending.txt, where they are explained.
type Shape uint32

// What endings show, each under the name that ending.txt has for it.
const (
	Infinitive Shape = 1 << iota
	Gerund
	Done
	order
	finiteForm
	withPronoun
	participleForm
	behindAuxiliary
	notFirst
	third
	adverb
	quality
	describing
	beforeNoun
	personal
	together
	manyOrOne
	toOne
	OneDoes
)

var shapeNames = [...]string{"infinitive", "gerund", "done", "order", "finite", "with-pronoun", "participle", "behind-auxiliary", "not-first", "third",
	"adverb", "quality", "describes", "before-noun", "personal", "together", "noun", "to-reader", "one-does"}

// endings are what the endings of words show.
type endings struct {
	in  map[data.Lang]*shapes
	any *shapes // whatever the language
}

// shapes are the endings of a language by their last byte, and the words that only look like having one.
type shapes struct {
	last   [256][]shaped
	except map[string]bool
}

type shaped struct {
	ending string
	shows  Shape
	least  int  // bytes of a word with it
	before byte // its last but one; 0 where it has none
}

func newEndings(w wordLists) (endings, error) {
	out := endings{map[data.Lang]*shapes{}, &shapes{except: map[string]bool{}}}
	for _, lang := range w.heard {
		out.in[lang] = &shapes{except: map[string]bool{}}
	}
	err := w.each("ending", func(lang data.Lang, e lexicon.Entry) error {
		for _, s := range [...]*shapes{out.in[lang], out.any} {
			if err := s.add(e); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func (s *shapes) add(e lexicon.Entry) error {
	ending, ok := strings.CutPrefix(e.Phrase, "-")
	if !ok {
		s.except[e.Phrase] = true
		return nil
	}
	bare := strings.TrimLeft(ending, "?")
	if bare == "" {
		return errNoEnding
	}
	one := shaped{ending: bare, least: len(ending) + 2}
	if len(bare) > 1 {
		one.before = bare[len(bare)-2]
	}
	for _, name := range e.Attrs {
		at := slices.Index(shapeNames[:], name)
		if at < 0 {
			return fmt.Errorf("unknown shape %q", name)
		}
		one.shows |= 1 << at
	}
	last := bare[len(bare)-1]
	s.last[last] = append(s.last[last], one)
	return nil
}

var errNoEnding = errors.New("no letters")

// of returns what the endings of the lower-case word w show in lang, nothing where lang is not heard.
func (e endings) of(lang data.Lang, w string) Shape { return e.in[lang].of(w) }

// of returns what the endings of w show. Two letters at least stand before an ending.
func (s *shapes) of(w string) (out Shape) {
	if s == nil || len(w) < 3 {
		return 0
	}
	before := w[len(w)-2]
	for i := range s.last[w[len(w)-1]] {
		one := &s.last[w[len(w)-1]][i]
		if (one.before == before || one.before == 0) && len(w) >= one.least && strings.HasSuffix(w, one.ending) {
			out |= one.shows
		}
	}
	if out != 0 && s.except[w] {
		return 0
	}
	return out
}

// Shows reports whether the ending of a lower-case word of lang shows one of shapes.
func (w *Wording) Shows(lang data.Lang, word string, of Shape) bool {
	return w.endings.of(lang, fold(word))&of != 0
}
