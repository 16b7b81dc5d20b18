package nlp

import (
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
		return italianSingular(low, d.tokens[i].roles, before)
	case data.LangEN, data.LangUnd:
		return englishSingular(low)
	}
	return low
}

// englishSingular undoes the regular plurals and the commonest irregular ones.
func englishSingular(w string) string {
	switch w {
	case "people", "children", "mice", "leaves", "shelves", "knives", "tomatoes", "potatoes", "feet", "teeth":
		return map[string]string{"people": "people", "children": "child", "mice": "mouse", "leaves": "leaf", "shelves": "shelf", "knives": "knife",
			"tomatoes": "tomato", "potatoes": "potato", "feet": "foot", "teeth": "tooth"}[w]
	case "news", "series", "species", "bus", "gas", "lens", "bias", "basis", "analysis", "status", "virus", "compass", "campus", "bonus", "plus", "always", "glasses", "clothes":
		return w
	}
	switch {
	case len(w) < 4 || hasEnding(w, "ss", "us", "is", "ous"):
		return w
	case hasEnding(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case hasEnding(w, "ches", "shes", "sses", "xes", "zes"), len(w) > 6 && hasEnding(w, "oes") && w != "canoes":
		return w[:len(w)-2]
	case hasEnding(w, "s"):
		return w[:len(w)-1]
	}
	return w
}

// italianSingular undoes a plural that the article before it shows, by the roles of both.
func italianSingular(w string, roles, before Role) string {
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
		switch {
		case roles&endsE != 0:
			return stem + "e"
		case w == "uomini":
			return "uomo"
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
		return lang == data.LangEN && strings.HasSuffix(key, "s") && a.concepts.of(lang, key) != "" && a.grammar.roles[lang][englishSingular(key)]&verbToo == 0
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
