package nlp

import (
	"slices"
	"strings"

	"tribu/data"
)

// A beginning is where a run may begin, and how far it must reach.
type beginning struct{ at, least int }

// starts returns where a run may begin, the likeliest first.
func (s *shortener) starts(n *data.Need) []beginning {
	object := s.object(n)
	var out []beginning
	add := func(at, least int) {
		at = s.skip(at, opensPhrase|binds)
		if at < len(s.at) && !slices.ContainsFunc(out, func(b beginning) bool { return b.at == at }) {
			out = append(out, beginning{at, least})
		}
	}
	switch class, phrase := classOf(n.Rule); {
	case n.Type == data.Problem || n.Type == data.Complaint || !n.Type.Wanting():
		if object >= 0 && object <= s.cue[0] && s.cue[0]-object <= 4 && s.together(object, s.cue[0]) && s.subject(object) {
			add(s.phraseStart(object), s.cue[1])
		}
		add(s.skip(s.cue[0], acts), s.cue[1])
	case class == classNames[wish] && strings.HasPrefix(phrase, "^ "):
		add(s.skip(s.cue[0], fills), 0)
	case class == classNames[wish] && s.words.grammar.any(phrase, must):
		add(s.clauseStart(s.cue[0]), s.cue[1])
		add(s.behind(), 0)
	default:
		add(s.behind(), 0)
	}
	if object >= 0 {
		add(s.phraseStart(object), object+1)
		if at := s.done(object); at >= 0 {
			add(at, object+1)
		}
		if at := s.asked(object); at >= 0 {
			out = append(out, beginning{at, object + 1})
		}
	}
	return out
}

// behind returns where what is needed begins behind the cue; an article, "someone" and an
// infinitive at the end of the cue are the first words of it, but where a thing is sought.
func (s *shortener) behind() int {
	if last := s.cue[1] - 1; last > s.cue[0] && (s.does(last, leads) || !s.seeks && s.shows(last)&Infinitive != 0) {
		return last
	}
	return s.skip(s.cue[1], fills)
}

// classOf cuts the id of a rule into its class and the phrase of its cue.
func classOf(rule string) (class, phrase string) {
	_, rest, _ := strings.Cut(rule, "/")
	class, phrase, _ = strings.Cut(rest, "/")
	return class, phrase
}

// object returns the word of what n is about, -1 where it is not said: the nearest to the cue.
func (s *shortener) object(n *data.Need) int {
	fields := strings.Fields(n.Object)
	if len(fields) == 0 {
		return -1
	}
	want := s.words.Stem(s.lang, fields[len(fields)-1])
	best := -1
	for i := range s.at {
		if s.words.stems.stem(s.lang, s.at[i].key) == want && (best < 0 || abs(i-s.cue[1]) < abs(best-s.cue[1])) {
			best = i
		}
	}
	return best
}

// phraseStart returns where the noun phrase that ends with word i begins.
func (s *shortener) phraseStart(i int) int {
	led := false
	for n := 0; i > 0 && !s.breaks[i] && n < 4; n++ {
		article := s.does(i-1, leads)
		if !article && (led || s.at[i-1].hollow) {
			break
		}
		led = article
		i--
	}
	if i > 0 && !s.breaks[i] && negates(s.at[i-1].token, s.at[i-1].roles) {
		i--
	}
	return i
}

// subject reports whether the noun phrase that ends with word i may do something: no preposition leads it.
func (s *shortener) subject(i int) bool {
	i = s.phraseStart(i)
	return i == 0 || s.breaks[i] || !s.does(i-1, opensPhrase|binds) || s.does(i-1, turns)
}

func (s *shortener) clauseStart(i int) int {
	for i > 0 && !s.breaks[i] && !s.does(i-1, turns) {
		i--
	}
	return s.skip(i, acts)
}

// done returns the infinitive of what is done with the thing that word i names; -1 where none leads to it.
func (s *shortener) done(i int) int {
	i = s.phraseStart(i)
	for n := 0; n < 2 && i > 0 && !s.breaks[i] && s.does(i-1, opensPhrase|binds|leads) && !s.does(i-1, turns); n++ {
		i--
	}
	if i == 0 || s.breaks[i] || s.at[i-1].hollow {
		return -1
	}
	if s.infinitive(i - 1) {
		return i - 1
	}
	return -1
}

// asked returns the Italian question word, with its verb behind it, that asks about the thing that word i names; -1 where none does.
func (s *shortener) asked(i int) int {
	if s.lang != data.LangIT {
		return -1
	}
	for at := i - 1; at >= 0 && i-at <= mostShort && !s.breaks[at+1]; at-- {
		if s.does(at, Asks) {
			return at
		}
	}
	return -1
}

// infinitive reports whether word i says what somebody does or would do.
func (s *shortener) infinitive(i int) bool {
	if s.lang != data.LangEN {
		return s.shows(i)&Infinitive != 0
	}
	name := s.text[s.at[i].start] >= 'A' && s.text[s.at[i].start] <= 'Z' // to Snow Leopard
	return i > 0 && !name && !s.breaks[i] && !s.does(i, leads|opensPhrase) && s.leadsVerb(i-1)
}

// leadsVerb reports whether an infinitive may stand behind English word i.
func (s *shortener) leadsVerb(i int) bool {
	_, rest, _ := strings.Cut(s.at[i].key, " ")
	return rest == "" && s.does(i, beforeInfinitive) || rest == "not" && s.does(i, beforeInfinitive|notInfinitive)
}
