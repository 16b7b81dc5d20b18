package nlp

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// A Glossary says what a word is called in another language, for readers who do not know its own. It
// knows few words, each with one sense: where it knows none, it says nothing.
type Glossary struct {
	english map[data.Lang]map[string]string // by word, plurals included
	words   map[data.Lang]map[string]string // by English word
	singulars
}

// NewGlossary reads the glossaries in lists: of each language but English what a word is in English.
func NewGlossary(lists lexicon.Lists) (Glossary, error) {
	w, err := wordsIn(lists)
	if err != nil {
		return Glossary{}, err
	}
	one, err := newSingulars(w)
	if err != nil {
		return Glossary{}, fmt.Errorf("read glossary: %w", err)
	}
	g := Glossary{map[data.Lang]map[string]string{}, map[data.Lang]map[string]string{}, one}
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
			g.english[lang][plural] = g.plural(english)
		}
	}
}

// In returns what a word of one language is called in another, one or many as it is; empty where that is
// not known, or the same.
func (g Glossary) In(word string, from, to data.Lang) string {
	word = lower(word)
	english := g.english[from][fold(word)]
	if from == data.LangEN {
		english = g.phrase(word)
	}
	means, one := english, g.phrase(english)
	if to != data.LangEN {
		means = g.words[to][one]
		if one != word && from == data.LangEN || one != english {
			means = italianPlural(means)
		}
	}
	if means == word {
		return ""
	}
	return means
}

// plural returns many of what an English noun names.
func (s singulars) plural(w string) string {
	k := strings.LastIndexByte(w, ' ') + 1
	for _, many := range slices.Sorted(maps.Keys(s[data.LangEN])) {
		if s[data.LangEN][many] == w[k:] && many != w[k:] {
			return w[:k] + many
		}
	}
	stem, _ := strings.CutSuffix(strings.TrimSuffix(w, "e"), "f")
	for _, many := range []string{stem + "ves", strings.TrimSuffix(w, "y") + "ies", w + "es", w + "s"} {
		if s.phrase(many) == w {
			return many
		}
	}
	return w
}

// italianPlural returns many of what a word names; empty where endings do not tell.
func italianPlural(w string) string {
	if many := italianPlurals(w); len(many) == 1 && !strings.Contains(w, " ") {
		return many[0]
	}
	return ""
}
