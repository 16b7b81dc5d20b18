package nlp

import (
	"fmt"
	"strings"

	"tribu/data"
)

// lemma returns the noun at token i in lower case, in English and Italian in the singular.
func (a *Analyzer) lemma(d *document, x *sentence, i int) string {
	low := strings.TrimSuffix(x.sec.low[d.tokens[i].start:d.tokens[i].end], "'s")
	switch x.lang {
	case data.LangIT:
		before := Role(0)
		if i > x.from {
			before = d.tokens[i-1].roles
		}
		return a.concepts.singular.italian(low, d.tokens[i].roles, before)
	case data.LangEN, data.LangUnd:
		return a.concepts.singular.english(low)
	}
	return low
}

// singulars are the nouns of each language whose singular no rule tells.
type singulars map[data.Lang]map[string]string

func newSingulars(w wordLists) (singulars, error) {
	s := singulars{}
	for _, lang := range w.heard {
		entries, err := w.Load(string(lang) + "/singular.txt")
		if err != nil {
			return nil, fmt.Errorf("read singulars: %w", err)
		}
		s[lang] = make(map[string]string, len(entries))
		for _, e := range entries {
			if len(e.Attrs) != 1 {
				return nil, fmt.Errorf("read singulars of %s: line %d: want that of %q", lang, e.Line, e.Phrase)
			}
			s[lang][e.Phrase] = e.Attrs[0]
		}
	}
	return s, nil
}

// english undoes the plurals of the list and the regular ones.
func (s singulars) english(w string) string {
	if one, ok := s[data.LangEN][w]; ok {
		return one
	}
	switch {
	case len(w) < 4 || hasEnding(w, "ss", "us", "is", "ous"):
		return w
	case hasEnding(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case hasEnding(w, "ches", "shes", "sses", "xes", "zes"), len(w) > 6 && hasEnding(w, "oes"):
		return w[:len(w)-2]
	case hasEnding(w, "s"):
		return w[:len(w)-1]
	}
	return w
}

// phrase puts the last word of an English phrase into the singular.
func (s singulars) phrase(phrase string) string {
	k := strings.LastIndexByte(phrase, ' ') + 1
	return phrase[:k] + s.english(phrase[k:])
}

// italian undoes a plural that the article before it shows, by the roles of both.
func (s singulars) italian(w string, roles, before Role) string {
	if len(w) < 4 {
		return w
	}
	stem, last := w[:len(w)-1], w[len(w)-1]
	switch {
	case before&leadsI != 0:
		if last != 'i' {
			return w
		}
		switch {
		case hasEnding(w, "chi", "ghi"):
			return w[:len(w)-2] + "o"
		case hasEnding(w, "menti"):
			return stem + "o"
		case hasEnding(w, "ammi", "blemi", "stemi"):
			return stem + "a"
		case hasEnding(w, "tori", "sori", "iori", "oni", "ali", "ili", "eri", "enti", "anti"):
			return stem + "e"
		case hasEnding(w, "ari"):
			return w + "o"
		case hasEnding(w, "isti"):
			return stem + "a"
		}
		if roles&endsE != 0 {
			return stem + "e"
		}
		if one, ok := s[data.LangIT][w]; ok {
			return one
		}
		return stem + "o"
	case before&leadsE != 0:
		switch {
		case last == 'i':
			return stem + "e"
		case hasEnding(w, "che", "ghe"):
			return w[:len(w)-2] + "a"
		case last == 'e':
			return stem + "a"
		}
	}
	return w
}

// actionOf returns the base form of the verb that a need asks for: the first one behind from.
func actionOf(d *document, x *sentence, tags []tag, from int) string {
	for i := from; i < x.to && tags != nil; i++ {
		if tags[i-x.from] == infinitive && len(d.tokens[i].key) > 2 && !strings.Contains(d.tokens[i].key, " ") && d.tokens[i].roles&Light == 0 {
			return d.tokens[i].key
		}
	}
	return ""
}

// nounLike reports whether a word tagged g may be a noun: taggers take known nouns for adjectives,
// and plurals for verbs.
func (a *Analyzer) nounLike(lang data.Lang, key string, g tag) bool {
	switch g {
	case noun, name:
		return true
	case function, infinitive:
		return false
	case verb:
		return lang == data.LangEN && strings.HasSuffix(key, "s") && a.concepts.of(lang, key) != "" && a.grammar.roles[lang][a.concepts.singular.english(key)]&verbToo == 0
	}
	return a.concepts.of(lang, key) != ""
}

func hasEnding(w string, endings ...string) bool {
	for _, e := range endings {
		if len(w) > len(e)+1 && strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}
