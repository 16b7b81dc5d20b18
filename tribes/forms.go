package tribes

import "cmp"

// bestForms returns for each word, under its new number, the form most posts use, the form most posts
// of each language use, and whether it is a proper name.
func (r *reader) bestForms(newWord, newLang []uint32) (all []string, each [][]string, names []bool) {
	type written struct {
		word uint32
		form string
	}
	total := make(map[written]int, len(r.spelt.all))
	posts, capital := make([]int, len(newWord)), make([]int, len(newWord))
	each = make([][]string, len(newLang))
	top := make([][]int, len(newLang))
	for l := range each {
		each[l], top[l] = make([]string, len(newWord)), make([]int, len(newWord))
	}
	for i := range r.spelt.all {
		s := &r.spelt.all[i]
		if s.barred {
			continue
		}
		w, l := newWord[s.word], newLang[s.lang]
		prefer(&each[l][w], &top[l][w], s.form, int(s.posts))
		total[written{w, s.form}] += int(s.posts)
		posts[w] += int(s.posts)
		if isProper(s.form) {
			capital[w] += int(s.posts)
		}
	}
	all, names = make([]string, len(newWord)), make([]bool, len(newWord))
	for w, n := range capital {
		names[w] = seldom*n >= posts[w] && n > 0
	}
	most := make([]int, len(newWord))
	for key, n := range total {
		prefer(&all[key.word], &most[key.word], key.form, n)
	}
	return all, each, names
}

// prefer puts form, met n times, in the place of best where it was met more often, or sorts before.
func prefer(best *string, top *int, form string, n int) {
	if n > *top || n == *top && cmp.Less(form, *best) {
		*best, *top = form, n
	}
}

// Who write a language, from which a group is named in it too.
const (
	leastWriters = 5
	writersShare = 0.34 // of its people
)

// A speech is a language in which people of a group write, and what they use of it.
type speech struct {
	group   int
	lang    uint32
	main    bool           // most of them write it
	users   map[uint32]int // people of each distinctive word
	of      int            // people it speaks for: all where it is the main one, else those who write it
	small   *smallWords
	parts   []part // of a name, the best first
	lasting []part // of these, where a tribe lives on, those that have told it for some runs
}

// speechesOf returns the languages of group g, the one that most write first, then those heard that
// enough do.
func (t *teller) speechesOf(g int) []*speech {
	writers := make([]int, len(t.in.langs))
	for _, m := range t.members[g] {
		writers[t.languageOf(m.author)]++
	}
	first := 0
	for l, n := range writers {
		if n > writers[first] {
			first = l
		}
	}
	out := []*speech{t.speechIn(g, uint32(first), true)}
	for l, lang := range t.in.langs {
		if l == first || !lang.Heard() {
			continue
		}
		if s := t.speechIn(g, uint32(l), false); s.of >= leastWriters && float64(s.of) >= writersShare*float64(len(t.members[g])) {
			out = append(out, s)
		}
	}
	return out
}

// speechIn returns what people of g write in a language.
func (t *teller) speechIn(g int, lang uint32, main bool) *speech {
	s := &speech{group: g, lang: lang, small: &t.in.small, main: main, users: make(map[uint32]int, len(t.words[g]))}
	for _, d := range t.words[g] {
		s.users[d.word] = 0
	}
	var used []uint32
	for _, m := range t.members[g] {
		wrote := false
		used = used[:0]
		for _, i := range t.byAuthor[m.author] {
			if t.in.posts[i].lang != lang {
				continue
			}
			for _, f := range t.in.posts[i].features {
				wrote = true
				if _, asked := s.users[f.word]; asked {
					used = append(used, f.word)
				}
			}
		}
		if wrote {
			s.of++
		}
		for _, w := range distinctSorted(used) {
			s.users[w]++
		}
	}
	if main {
		s.of = len(t.members[g])
	}
	return s
}

// people returns how many of those s speaks for use a word.
func (s *speech) people(d distinct) int {
	if s.main {
		return d.people
	}
	return s.users[d.word]
}

// languageOf returns the language of most of v's posts.
func (t *teller) languageOf(v int) uint32 {
	posts, best := make([]int, len(t.in.langs)), uint32(0)
	for _, i := range t.byAuthor[v] {
		l := t.in.posts[i].lang
		if posts[l]++; posts[l] > posts[best] {
			best = l
		}
	}
	return best
}

// form returns a word as people of s write it, and whether the form is one of its language: enough of
// them use it there and, where other languages have it too, two in three of all who do: titles of one
// language stand over replies in another.
func (t *teller) form(s *speech, d distinct) (string, bool) {
	form, least := t.in.formsIn[s.lang][d.word], leastPeople
	for l, forms := range t.in.formsIn {
		if uint32(l) != s.lang && forms[d.word] != "" {
			least = max(least, (2*d.people+2)/3)
		}
	}
	if form != "" && s.users[d.word] >= least {
		return form, true
	}
	return t.in.forms[d.word], false
}
