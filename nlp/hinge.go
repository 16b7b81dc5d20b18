package nlp

import (
	"fmt"
	"strings"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// A hinge is what a word does that holds a sentence together.
type hinge uint16

const (
	turns        hinge = 1 << iota // another clause begins
	opensPhrase                    // a phrase begins
	fills                          // says nothing behind a cue
	acts                           // who does it: the verb comes behind
	leads                          // belongs to the noun behind it
	closesPhrase                   // may end a phrase
	binds                          // belongs to the word before
	inTime                         // says that there is a limit of time, whichever
	troubled                       // says before a thing that it makes trouble
	unable                         // says before an infinitive that somebody cannot do it
)

// readLinks reads the words that hold sentences of lang together.
func readLinks(lang data.Lang) (map[string]hinge, error) {
	entries, err := lexicon.Load(string(lang) + "/link.txt")
	if err != nil {
		return nil, err
	}
	known := map[string]hinge{"turn": turns, "opens": opensPhrase, "filler": fills, "person": acts, "article": leads, "particle": closesPhrase, "binder": binds, "deadline": inTime, "trouble": troubled, "unable": unable}
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

// does reports whether word i has one of roles.
func (s *shortener) does(i int, roles hinge) bool { return s.at[i].roles&roles != 0 }

// negates reports whether a word turns around what follows.
func negates(key string) bool {
	switch key {
	case "not", "no", "without", "never", "non", "senza", "mai":
		return true
	}
	return strings.HasSuffix(key, " not")
}

// Holds reports whether a lower-case word, or what an apostrophe leaves of one, only holds the sentence together, and whether it opens a phrase.
func (w *Wording) Holds(lang data.Lang, word string) (holds, opens bool) {
	roles := w.meaning(lang, word).roles
	return roles != 0 || len(word) == 1 && strings.Contains("aeiodmstlcnv", word), roles&opensPhrase != 0
}

// InTime returns how lang says that something must not come too late; empty where it has no list.
func (w *Wording) InTime(lang data.Lang) string { return w.first(lang, inTime) }

// Trouble returns how lang says before a thing that it makes trouble, or before an infinitive that
// it cannot be done; empty where it has no list.
func (w *Wording) Trouble(lang data.Lang, infinitive bool) string {
	if infinitive {
		return w.first(lang, unable)
	}
	return w.first(lang, troubled)
}

// first returns the first phrase of lang with one of roles, by the alphabet.
func (w *Wording) first(lang data.Lang, roles hinge) string {
	phrase := ""
	for key, of := range w.links[lang] {
		if of&roles != 0 && (phrase == "" || key < phrase) {
			phrase = key
		}
	}
	return phrase
}

// Leads reports whether a lower-case word belongs to the noun behind it: an article or the like.
func (w *Wording) Leads(lang data.Lang, word string) bool {
	return w.meaning(lang, word).roles&leads != 0
}

// Turns reports whether another clause begins with a lower-case word.
func (w *Wording) Turns(lang data.Lang, word string) bool {
	return w.meaning(lang, word).roles&turns != 0
}
