package nlp

import (
	"fmt"
	"strings"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// A Glossary says what a word is called in another language, for readers who do not know its own. It
// knows few words, each with one sense: where it knows none, it says nothing.
type Glossary struct {
	english map[data.Lang]map[string]string // by word, plurals included
	words   map[data.Lang]map[string]string // by English word
}

// NewGlossary reads the glossaries in lists: of each language but English what a word is in English.
func NewGlossary(lists lexicon.Lists) (Glossary, error) {
	w, err := wordsIn(lists)
	if err != nil {
		return Glossary{}, err
	}
	g := Glossary{map[data.Lang]map[string]string{}, map[data.Lang]map[string]string{}}
	for _, lang := range w.heard {
		entries, err := w.Load(string(lang) + "/gloss.txt")
		if err != nil {
			return Glossary{}, fmt.Errorf("read glossary: %w", err)
		}
		g.english[lang], g.words[lang] = map[string]string{}, map[string]string{}
		for _, e := range entries {
			if len(e.Attrs) == 0 {
				return Glossary{}, fmt.Errorf("read glossary of %s: line %d: want what %q is in English", lang, e.Line, e.Phrase)
			}
			g.add(lang, e.Phrase, strings.Join(e.Attrs, " "))
		}
	}
	return g, nil
}

// add enters a word; of several that are the same in English the first is given back.
func (g Glossary) add(lang data.Lang, word, english string) {
	if _, known := g.words[lang][english]; !known {
		g.words[lang][english] = word
	}
	word = fold(word)
	g.english[lang][word] = english
	if lang != data.LangIT {
		return
	}
	for _, plural := range italianPlurals(word) {
		if _, known := g.english[lang][plural]; !known {
			g.english[lang][plural] = english
		}
	}
}

// In returns what a word of one language is called in another, in the singular; empty where that is
// not known, or the same.
func (g Glossary) In(word string, from, to data.Lang) string {
	word = lower(word)
	english := g.english[from][fold(word)]
	if from == data.LangEN {
		english = singularPhrase(word)
	}
	means := english
	if to != data.LangEN {
		means = g.words[to][english]
	}
	if means == word {
		return ""
	}
	return means
}
