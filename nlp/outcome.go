package nlp

import (
	"fmt"
	"slices"
	"strings"

	"tribu/data"
)

func (w *Wording) readOutcomes(from wordLists, lang data.Lang) error {
	entries, err := from.Load(string(lang) + "/outcome.txt")
	if err != nil {
		return err
	}
	w.outcomes[lang] = map[string]string{}
	for _, e := range entries {
		if len(e.Attrs) != 1 || strings.Count(e.Phrase, "~") != 1 {
			return fmt.Errorf("outcomes of %s: line %d: want one ~ and one facet", lang, e.Line)
		}
		w.outcomes[lang][e.Attrs[0]] = e.Phrase
	}
	if entries, err = from.Load(string(lang) + "/facet.txt"); err != nil {
		return err
	}
	w.sided[lang] = map[string]string{}
	for _, e := range entries {
		for _, attr := range e.Attrs {
			if side := strings.TrimRight(attr, "+-="); side != attr && !strings.Contains(e.Phrase, " ") {
				w.sided[lang][w.Stem(lang, e.Phrase)] = side
				w.sided[lang][w.conceptIn(lang, fold(e.Phrase))] = side
			}
		}
	}
	delete(w.sided[lang], "")
	return nil
}

// Outcome returns how lang calls the need for a side of the outcome of thing; empty where it has no list, or
// the thing is that side: nobody needs help with support.
func (w *Wording) Outcome(lang data.Lang, facet, thing string) string {
	before, after, ok := strings.Cut(w.outcomes[lang][facet], "~")
	first, _, _ := strings.Cut(lower(thing), " ")
	if _, opens := w.Holds(lang, first); opens {
		return "" // on hold
	}
	if !ok || slices.ContainsFunc(Split(thing), func(word string) bool {
		return w.sided[lang][w.Stem(lang, word)] == facet || w.sided[lang][w.conceptIn(lang, fold(word))] == facet
	}) {
		return ""
	}
	return before + thing + after
}
