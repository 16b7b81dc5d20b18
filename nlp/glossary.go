package nlp

import (
	"cmp"
	"strings"

	"tribu/data"
)

// A Glossary says what words are called in another language, for readers who do not know their own. It knows
// common words with one sense each, and names of several such words: where it does not know one, it says nothing.
type Glossary struct {
	books map[data.Lang]*wordbook
	same  map[string]string // English words, in the singular, by another for which they are one
	many  map[string]string // English plurals that no rule tells
	one   map[string]string // and the singulars of these
	nouns map[string]bool   // what nouns of any language are in English, of one

	articles map[string]article // of English
	singulars
}

// A wordbook is what the words of a language are in English, and what English words are in it.
type wordbook struct {
	things    map[string]thing     // nouns, by form
	qualities map[string]string    // adjectives, by form
	done      map[string]string    // participles, by form
	deeds     map[string]string    // verbs
	links     map[string]string    // small words between the things of a name
	called    map[string]nounIn    // by what they are in English, of one
	described map[string]qualityIn // by what they are in English
	linked    map[string]string    // small words by what they are in English
	does      map[string]string    // verbs by what they are in English, of one sense
	heads     map[string]string    // small words that join nouns to what English puts before them
}

// A thing is what a noun is in English, as it is and of one.
type thing struct{ english, one string }

// A nounIn is a noun of a language, of one and of many.
type nounIn struct {
	one, many string
	feminine  bool
	mass      bool // it is not counted
	always    bool // it is said of many alone
}

// A qualityIn is an adjective of a language, named by its first form, with the plural of that where it is irregular.
type qualityIn struct{ one, many string }

// In returns what a word, or a name of several, of one language is called in another, one or many as it is;
// empty where that is not known, or the same.
func (g Glossary) In(name string, from, to data.Lang) string {
	name = lower(strings.TrimSpace(name))
	if from == to {
		return ""
	}
	means := name
	if from != data.LangEN {
		if means = g.english(name, from); means == "" {
			return ""
		}
	}
	if to != data.LangEN {
		means = g.fromEnglish(means, to)
	}
	if means == name {
		return ""
	}
	return means
}

// english returns what a word or name of a language is in English.
func (g Glossary) english(name string, from data.Lang) string {
	b := g.books[from]
	if b == nil {
		return ""
	}
	key := wordKey(name)
	for _, means := range []string{b.things[key].english, b.qualities[key], b.done[key], b.deeds[key]} {
		if means != "" {
			return means
		}
	}
	if from == data.LangIT && strings.ContainsAny(key, " ") {
		return b.nameInEnglish(strings.Fields(key))
	}
	return ""
}

// fromEnglish returns what an English word or name is in another language.
func (g Glossary) fromEnglish(name string, to data.Lang) string {
	b := g.books[to]
	if b == nil {
		return ""
	}
	if n, many, ok := g.noun(b, name); ok {
		return n.form(many)
	}
	if a, ok := b.described[name]; ok {
		return a.one
	}
	if to == data.LangIT && strings.Contains(name, " ") {
		return g.nameInItalian(b, strings.Fields(name))
	}
	return ""
}

// Names reports whether a word is known to name a thing, in a language of the glossary.
func (g Glossary) Names(word string, lang data.Lang) bool {
	word = lower(word)
	if lang != data.LangEN {
		return g.books[lang] != nil && g.books[lang].things[wordKey(word)].english != ""
	}
	return g.nouns[g.Thing(word, lang)]
}

// describes reports whether an English word is what an adjective of some language is in English.
func (g Glossary) describes(word string) bool {
	for _, b := range g.books {
		if _, ok := b.described[word]; ok {
			return true
		}
	}
	return false
}

// Thing returns the English noun, of one, by which a noun of any language names the same thing; empty where the
// glossary does not know it, but for an English one.
func (g Glossary) Thing(word string, lang data.Lang) string {
	word = lower(word)
	if lang != data.LangEN {
		if g.books[lang] == nil {
			return ""
		}
		return g.books[lang].things[wordKey(word)].one
	}
	ways := g.readings(word)
	for _, known := range ways {
		if g.nouns[known] {
			return known
		}
	}
	return ways[ofOne]
}

// ofOne is the place among readings of the word for one; it and what follows are of one where the word is of many.
const ofOne = 2

// readings returns an English word, another for which it is one, and both of one; empty where there is none.
func (g Glossary) readings(word string) [4]string {
	one := cmp.Or(g.one[word], g.phrase(word))
	return [4]string{word, g.same[word], ofOne: one, g.same[one]}
}

// noun returns the word for an English one, and whether that names many.
func (g Glossary) noun(b *wordbook, word string) (n nounIn, many, ok bool) {
	for i, known := range g.readings(word) {
		if n, ok = b.called[known]; ok {
			return n, i >= ofOne || n.always, true
		}
	}
	return n, false, false
}

// form returns the word for one or many.
func (n nounIn) form(many bool) string {
	if many {
		return n.many
	}
	return n.one
}

// plural returns many of what an English noun names.
func (g Glossary) plural(w string) string {
	k := strings.LastIndexByte(w, ' ') + 1
	for _, known := range []string{w, w[k:]} {
		if many := g.many[known]; many != "" {
			return strings.TrimSuffix(w, known) + many
		}
	}
	stem, last := w[:max(0, len(w)-1)], w[k:]
	switch {
	case hasEnding(last, "s", "x", "z", "ch", "sh"):
		return w + "es"
	case len(last) > 2 && strings.HasSuffix(last, "y") && strings.IndexByte("aeou", last[len(last)-2]) < 0:
		return stem + "ies"
	}
	return w + "s"
}

// pastOf returns the regular participle of an English verb.
func pastOf(verb string) string {
	n := len(verb)
	vowel := func(i int) bool { return strings.IndexByte("aeiou", verb[i]) >= 0 }
	switch {
	case n < 3:
		return verb + "ed"
	case verb[n-1] == 'e':
		return verb + "d"
	case verb[n-1] == 'y' && !vowel(n-2):
		return verb[:n-1] + "ied"
	case strings.IndexByte("wxy", verb[n-1]) < 0 && !vowel(n-1) && vowel(n-2) && !vowel(n-3) && !strings.ContainsAny(verb[:n-3], "aeiouy"):
		return verb + verb[n-1:] + "ed"
	}
	return verb + "ed"
}
