package nlp

import (
	"fmt"
	"slices"
	"strings"

	"tribu/data"
)

// concepts maps what objects are called, by language, to ids that mean the same in each.
type concepts struct {
	ids      map[data.Lang]map[string]string
	singular singulars
}

func newConcepts(w wordLists, more map[string][]string) (c concepts, err error) {
	c.ids = map[data.Lang]map[string]string{}
	if c.singular, err = newSingulars(w); err != nil {
		return c, err
	}
	for _, lang := range w.heard {
		c.ids[lang] = map[string]string{}
		entries, err := w.Load(string(lang) + "/concepts.txt")
		if err != nil {
			return c, fmt.Errorf("read concepts: %w", err)
		}
		for _, e := range entries {
			if len(e.Attrs) != 1 {
				return c, fmt.Errorf("read concepts of %s: line %d: want one id", lang, e.Line)
			}
			c.add(lang, e.Phrase, e.Attrs[0])
		}
		for _, id := range sortedNames(more) {
			for _, phrase := range more[id] {
				c.add(lang, lower(phrase), id)
			}
		}
	}
	return c, nil
}

// add enters phrase, in English in the singular, in Italian with its plurals.
func (c concepts) add(lang data.Lang, phrase, id string) {
	phrase = fold(strings.ReplaceAll(phrase, "'", " "))
	if lang == data.LangEN {
		phrase = c.singular.phrase(phrase)
	}
	c.ids[lang][phrase] = id
	if lang != data.LangIT {
		return
	}
	for _, plural := range italianPlurals(phrase) {
		if _, ok := c.ids[lang][plural]; !ok {
			c.ids[lang][plural] = id
		}
	}
}

// of returns the id of a key of one or two words; empty where there is none.
func (c concepts) of(lang data.Lang, key string) string {
	if of := c.ids[lang]; of != nil && lang != data.LangEN {
		return of[key]
	}
	return c.ids[data.LangEN][c.singular.phrase(key)]
}

// begins returns the first words of the phrases of several words.
func (c concepts) begins() map[string]bool {
	words := map[string]bool{}
	for _, of := range c.ids {
		for phrase := range of {
			if first, _, several := strings.Cut(phrase, " "); several {
				words[first] = true
			}
		}
	}
	return words
}

// italianPlurals returns the regular plurals of a noun.
func italianPlurals(w string) []string {
	if len(w) < 4 {
		return nil
	}
	stem := w[:len(w)-1]
	switch {
	case strings.HasSuffix(w, "io"):
		return []string{stem}
	case strings.HasSuffix(w, "co"), strings.HasSuffix(w, "go"):
		return []string{stem + "hi", stem + "i"}
	case strings.HasSuffix(w, "ca"), strings.HasSuffix(w, "ga"):
		return []string{stem + "he"}
	case w[len(w)-1] == 'o', w[len(w)-1] == 'e':
		return []string{stem + "i"}
	case w[len(w)-1] == 'a':
		return []string{stem + "e"}
	}
	return nil
}

func sortedNames(m map[string][]string) []string {
	var names []string
	for k := range m {
		names = append(names, k)
	}
	slices.Sort(names)
	return names
}
