package reports

import (
	"slices"
	"strings"
	"unicode"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
)

const (
	thingPosts = 4000 // that are read for what is a thing
	thingShare = 0.12 // of the sentences with a word, in which the name of a thing stands by itself behind what announces one
)

// Things are the words of tribes that name things, by language; nil where nobody's words were read: then all do.
type Things map[data.Lang]map[string]bool

// A wordUse is how often a word was met, and how often as a thing.
type wordUse struct{ met, thing int }

// thingsOf reads in what people wrote which words of tribes name things: they stand between an article,
// a possessive, a number or a preposition and the end of what is said of it. What is done and how things are
// (survived, second) do not, nor what acts takes for an act there.
func thingsOf(r *measure.Reading, acts func(lang data.Lang, behind, word string) bool) Things {
	if r == nil || len(r.Words) == 0 {
		return nil
	}
	out := make(Things)
	for _, lang := range Languages() {
		before, after := signs.BeforeThings.In(string(lang)), signs.AfterThings.In(string(lang))
		uses := make(map[string]*wordUse)
		for _, t := range r.Tribes {
			for _, w := range t.TellingIn(lang).Words {
				uses[thingIn(w.Form, lang)] = &wordUse{}
			}
		}
		for i := 0; i < len(r.Posts); i += 1 + len(r.Posts)/thingPosts {
			countUses(uses, r.Said(r.Posts[i].ID), before, after, func(behind, word string) bool { return acts != nil && acts(lang, behind, word) })
		}
		out[lang] = make(map[string]bool)
		for word, u := range uses {
			out[lang][word] = u.thing > 0 && float64(u.thing) >= thingShare*float64(u.met)
		}
	}
	return out
}

// countUses counts in text how its words are used.
func countUses(uses map[string]*wordUse, text string, before, after []string, acts func(behind, word string) bool) {
	for said := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !wordRune(r) && r != ' ' && r != '\'' && r != '’' }) {
		words := strings.FieldsFunc(said, func(r rune) bool { return !wordRune(r) })
		for i, w := range words {
			u := uses[w]
			if u == nil {
				continue
			}
			u.met++
			if i > 0 && slices.Contains(before, words[i-1]) && (i+1 == len(words) || slices.Contains(after, words[i+1])) && !acts(words[i-1], w) {
				u.thing++
			}
		}
	}
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' }

// thingIn returns the word in a phrase that says what it is: the first in Italian, else the last.
func thingIn(phrase string, lang data.Lang) string {
	words := strings.Fields(strings.ToLower(phrase))
	switch {
	case len(words) == 0:
		return ""
	case lang == data.LangIT:
		return words[0]
	}
	return words[len(words)-1]
}

// name reports whether a word or phrase names a thing.
func (t Things) name(phrase string, lang data.Lang) bool {
	return t == nil || t[lang] == nil || t[lang][thingIn(phrase, lang)]
}

// names reports whether a word or phrase names a thing: it is known to, or is used so.
func (b *builder) names(phrase string, lang data.Lang) bool {
	return b.Things.name(phrase, lang) || b.Options.Noun != nil && b.Options.Noun(thingIn(phrase, lang), lang)
}
