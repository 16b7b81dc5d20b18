package nlp

import (
	"fmt"
	"strings"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// concepts maps stems of objects to ids that mean the same in every language.
type concepts map[data.Lang]map[string]string

func newConcepts(more map[string][]string, stems stemmer) (concepts, error) {
	c := concepts{data.LangEN: {}, data.LangIT: {}}
	for _, lang := range [...]data.Lang{data.LangEN, data.LangIT} {
		entries, err := lexicon.Load(string(lang) + "/concepts.txt")
		if err != nil {
			return nil, fmt.Errorf("read concepts: %w", err)
		}
		for _, e := range entries {
			if len(e.Attrs) != 1 {
				return nil, fmt.Errorf("read concepts of %s: line %d: want one id", lang, e.Line)
			}
			c[lang][stemPhrase(lang, e.Phrase, stems)] = e.Attrs[0]
		}
		for id, words := range more {
			for _, w := range words {
				c[lang][stemPhrase(lang, lower(w), stems)] = id
			}
		}
	}
	return c, nil
}

// of returns the id of a key of one or two words; empty where there is none.
func (c concepts) of(lang data.Lang, key string, stems stemmer) string {
	byStem := c[lang]
	if byStem == nil {
		return ""
	}
	return byStem[stemPhrase(lang, key, stems)]
}

func stemPhrase(lang data.Lang, phrase string, stems stemmer) string {
	if !strings.Contains(phrase, " ") {
		return stems.stem(lang, fold(phrase))
	}
	words := strings.Fields(phrase)
	for i, w := range words {
		words[i] = stems.stem(lang, fold(w))
	}
	return strings.Join(words, " ")
}
