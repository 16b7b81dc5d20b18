package nlp

import (
	"strings"

	"tribu/data"
)

// headless reports whether a run cannot begin with word i: it is a finite verb without who does it or
// what was asked of it ("gives an error", an Italian verb behind its question word), or an adverb.
func (s *shortener) headless(i int) bool {
	key := s.at[i].key
	switch led := i+1 < len(s.at) && !s.breaks[i+1]; {
	case s.lang == data.LangEN && led:
		return s.does(i, finite) || strings.HasSuffix(key, " not") && s.does(i, finiteNot) || s.does(i, Past) && s.does(i+1, leads|fills|opensPhrase) ||
			s.does(i+1, leads|fills) && !s.at[i].hollow && s.shows(i)&(third|manyOrOne) == third ||
			s.does(i+1, opensPhrase) && s.shows(i)&adverb != 0
	case s.lang == data.LangIT && s.does(i, finite):
		return true
	case s.lang == data.LangIT && i > 0 && !s.breaks[i]:
		return s.does(i-1, Asks) && !s.at[i].hollow && !s.does(i, leads|opensPhrase|binds) && s.shows(i)&Infinitive == 0 ||
			s.does(i-1, beforeParticiple) && s.shows(i)&notFirst != 0
	}
	return false
}
