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

// A speech is the language that most people of a group write, and the words they use in it.
type speech struct {
	lang  uint32
	users map[uint32]int // people of each word
}

// speechOf returns the speech of group g.
func (t *teller) speechOf(g int) speech {
	writers := make([]int, len(t.in.langs))
	for _, m := range t.members[g] {
		writers[t.languageOf(m.author)]++
	}
	s := speech{users: make(map[uint32]int)}
	for l, n := range writers {
		if n > writers[s.lang] {
			s.lang = uint32(l)
		}
	}
	for _, m := range t.members[g] {
		var used []uint32
		for _, i := range t.byAuthor[m.author] {
			if t.in.posts[i].lang == s.lang {
				for _, f := range t.in.posts[i].features {
					used = append(used, f.word)
				}
			}
		}
		for _, w := range distinctSorted(used) {
			s.users[w]++
		}
	}
	return s
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

// form returns a word as group g writes it, and whether the form is one of its language: enough of
// its people use it there and, where other languages write the same, two in three of all who do.
func (t *teller) form(g int, d distinct) (string, bool) {
	s, known := t.speech[g]
	if !known {
		s = t.speechOf(g)
		t.speech[g] = s
	}
	form, least := t.in.formsIn[s.lang][d.word], leastPeople
	for l, forms := range t.in.formsIn {
		if uint32(l) != s.lang && forms[d.word] == form {
			least = max(least, (2*d.people+2)/3)
		}
	}
	if form != "" && s.users[d.word] >= least {
		return form, true
	}
	return t.in.forms[d.word], false
}
