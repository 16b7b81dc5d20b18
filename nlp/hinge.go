package nlp

import (
	"fmt"
	"strings"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// A hinge is what a word does that holds a sentence together.
type hinge uint8

const (
	turns        hinge = 1 << iota // another clause begins
	opensPhrase                    // a phrase begins
	fills                          // says nothing behind a cue
	acts                           // who does it: the verb comes behind
	leads                          // belongs to the noun behind it
	closesPhrase                   // may end a phrase
	binds                          // belongs to the word before
)

// readLinks reads the words that hold sentences of lang together.
func readLinks(lang data.Lang) (map[string]hinge, error) {
	entries, err := lexicon.Load(string(lang) + "/link.txt")
	if err != nil {
		return nil, err
	}
	known := map[string]hinge{"turn": turns, "opens": opensPhrase, "filler": fills, "person": acts, "article": leads, "particle": closesPhrase, "binder": binds}
	links := map[string]hinge{}
	for _, e := range entries {
		for _, attr := range e.Attrs {
			r, ok := known[attr]
			if !ok {
				return nil, fmt.Errorf("links of %s: line %d: unknown hinge %q", lang, e.Line, attr)
			}
			links[fold(e.Phrase)] |= r
		}
	}
	return links, nil
}

// does reports whether word i has one of roles; a contraction has those of its first word.
func (s *shortener) does(i int, roles hinge) bool {
	first, _, _ := strings.Cut(s.at[i].key, " ")
	return s.words.links[s.lang][first]&roles != 0
}

// negates reports whether a word turns around what follows.
func negates(key string) bool {
	switch key {
	case "not", "no", "without", "never", "non", "senza", "mai":
		return true
	}
	return strings.HasSuffix(key, " not")
}
