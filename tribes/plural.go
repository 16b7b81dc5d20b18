package tribes

import (
	"cmp"

	"tribu/data"
)

// usualPlural returns how often, for each post with the most frequent form of a thing's name, another has
// its plural, where people talk about many of it. What Italian has for many is often something else.
func usualPlural(lang data.Lang) float64 {
	if lang == data.LangEN {
		return 0.1
	}
	return 0.18
}

// A wordIn is a word in a language, both as numbers.
type wordIn struct{ word, lang uint32 }

// plurals returns the plural of each word whose most frequent form in a language has one that enough
// posts write: what people talk about has the name of many (cars, semi), what they have of one.
func (r *reader) plurals(formsIn [][]string, newWord, newLang []uint32) map[wordIn]string {
	langs, words := make([]data.Lang, len(newLang)), make(map[wordIn]string)
	for l, number := range r.langs {
		langs[newLang[number]] = l
	}
	posts, most := make(map[wordIn]int), make(map[wordIn]int)
	for pass := range 2 {
		for i := range r.spelt.all {
			s := &r.spelt.all[i]
			if s.barred {
				continue
			}
			at := wordIn{newWord[s.word], newLang[s.lang]}
			best := formsIn[at.lang][at.word]
			switch n := int(s.posts); {
			case pass == 0 && s.form == best:
				posts[at] = n
			case pass == 1 && r.in.small.isPlural(langs[at.lang], best, s.form) && float64(n) >= usualPlural(langs[at.lang])*float64(posts[at]) &&
				(n > most[at] || n == most[at] && cmp.Less(s.form, words[at])):
				words[at], most[at] = s.form, n
			}
		}
	}
	return words
}
