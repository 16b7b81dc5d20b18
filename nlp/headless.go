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
		return finiteEN(key) || s.does(i+1, leads|fills) && !s.at[i].hollow && hasEnding(key, "s", "ed") && !hasEnding(key, "ss") ||
			s.does(i+1, opensPhrase) && hasEnding(key, "ly")
	case s.lang == data.LangIT && finiteIT(key):
		return true
	case s.lang == data.LangIT && i > 0 && !s.breaks[i]:
		before := s.at[i-1].key
		return asksHow(before) && !s.at[i].hollow && !s.does(i, leads|opensPhrase|binds) && !italianInfinitive(key) ||
			auxiliaryIT(before) && hasEnding(key, "ato", "ata", "ati", "ate", "uto", "uta", "uti", "ute", "ito", "ita", "iti", "ite", "so", "sa", "si", "se")
	}
	return false
}

// finiteEN reports whether an English word is an auxiliary or a wish that somebody must be there to do.
func finiteEN(key string) bool {
	first, rest, _ := strings.Cut(key, " ")
	switch first {
	case "need", "want", "is", "are", "was", "were", "has", "have", "had":
		return true
	case "do", "does", "did", "could", "would", "should", "will":
		return rest == "not"
	}
	return false
}

// finiteIT reports whether an Italian word is a verb that somebody must be there to do.
func finiteIT(key string) bool {
	switch key {
	case "sta", "sto", "stai", "stanno", "ha", "hai", "ho", "hanno", "è", "sono", "va", "vanno", "fa", "fanno", "deve", "devono", "dovrebbe", "dovrebbero", "può", "puo", "possono", "potrebbe":
		return true
	}
	return false
}

// asksHow reports whether an Italian question word is followed by its verb.
func asksHow(key string) bool {
	switch key {
	case "come", "quanto", "cosa", "quando", "dove", "perche", "perché", "chi":
		return true
	}
	return false
}
