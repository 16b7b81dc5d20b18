package nlp

import (
	"slices"
	"strings"

	"tribu/data"
)

// A Short is a run of words of a sentence that tells its need at a glance: "an old package",
// "qualcuno che annaffi i vasi". It is spelled as its author spells it.
type Short struct {
	Text  string
	Whole bool   // it ends where a phrase of the sentence ends
	Bound bool   // it ends where what it is of, or with, begins
	Near  bool   // it begins where the cue of the need says that what is needed begins
	Cued  bool   // it holds the words by which the need was heard
	Does  bool   // it begins with the infinitive of what somebody does
	Open  bool   // it ends with what is done to what it does not name: someone to water
	Fails string // words of it that say how something fails
}

const (
	leastShort = 2
	mostShort  = 7 // words
)

// Shorts returns the runs of two to seven words that may stand for n, the best first: what follows
// the cue up to the end of its clause, or the thing that fails with how it does, then shorter ones,
// then the thing itself. None where the sentence has no telling run.
func (w *Wording) Shorts(n *data.Need) []Short {
	s := w.shortener(n)
	if s == nil {
		return nil
	}
	var out []Short
	for i, b := range s.starts(n) {
		if s.headless(b.at) {
			continue
		}
		out = s.from(out, b, i == 0)
	}
	return out
}

// Short returns the best of Shorts; empty where there is none.
func (w *Wording) Short(n *data.Need) string {
	if all := w.Shorts(n); len(all) > 0 {
		return all[0].Text
	}
	return ""
}

func (s *shortener) together(from, to int) bool {
	for i := from + 1; i <= to; i++ {
		if s.breaks[i] {
			return false
		}
	}
	return true
}

// skip passes words with one of roles.
func (s *shortener) skip(i int, roles Role) int {
	for i < len(s.at) && s.does(i, roles) {
		i++
	}
	return i
}

// from appends the runs that begin at b: the longest that is whole first, then all others.
func (s *shortener) from(out []Short, b beginning, near bool) []Short {
	var runs []Short
	best, i := -1, b.at
	for end := i + 1; end <= min(len(s.at), i+2*mostShort) && s.count(i, end) <= mostShort; end++ {
		if end > i+1 && s.leaves(end-1) {
			break
		}
		if end < b.least || s.count(i, end) < leastShort || s.dangles(end-1) && !s.ridsAt(i, end-1) || !s.tells(i, end) || s.ridsAt(i, end) {
			continue
		}
		r := Short{Text: s.slice(i, end), Whole: s.closes(end) && !s.goesOn(end), Bound: end < len(s.at) && (s.does(end, binds) || s.goesOn(end)), Near: near, Cued: i <= s.cue[0] && end >= s.cue[1], Does: s.infinitive(i), Open: s.wants(i, end-1)}
		if s.fails && r.Cued && s.cue[0] < s.cue[1] {
			r.Fails = s.slice(s.cue[0], s.cue[1])
		}
		if r.Whole || best < 0 || !runs[best].Whole {
			best = len(runs)
		}
		runs = append(runs, r)
	}
	if best < 0 {
		return out
	}
	out = append(out, runs[best])
	for k := len(runs) - 1; k >= 0; k-- {
		if k != best {
			out = append(out, runs[k])
		}
	}
	return out
}

// leaves reports whether a run that began before word i is left there: a mark, another
// clause, or somebody else who does something.
func (s *shortener) leaves(i int) bool {
	switch {
	case s.breaks[i]:
		return true
	case s.does(i, turns):
		return s.shows(i-1)&Infinitive == 0 // sapere quando
	case s.does(i, acts):
		return !s.at[i-1].hollow
	}
	return i+1 < len(s.at) && s.does(i, opensPhrase) && s.does(i+1, acts)
}

// count counts words; what is elided belongs to the next.
func (s *shortener) count(from, to int) int {
	n := 0
	for _, t := range s.at[from:to] {
		if !t.elided {
			n++
		}
	}
	return n
}

// dangles reports whether no phrase ends with word i.
func (s *shortener) dangles(i int) bool {
	switch {
	case s.at[i].kind == number:
		return !s.breaks[i+1]
	case s.breaks[i+1]:
		return s.at[i].elided || s.does(i, turns|opensPhrase|leads|binds|acts)
	}
	return s.at[i].hollow && !s.does(i, closesPhrase)
}

// wants reports whether a run of English words that begins at from ends with what is done, before it is said to what:
// someone to water | my pots, a program that converts | files.
func (s *shortener) wants(from, i int) bool {
	if s.lang != data.LangEN || i <= from {
		return false
	}
	if s.does(i-1, Elsewhere) && s.does(i-1, opensPhrase) && s.shows(i)&third != 0 {
		return true
	}
	return s.leadsVerb(i-1) && !s.breaks[i+1] && !s.does(i+1, turns|acts|closesPhrase)
}

// closes reports whether a phrase ends before word i.
func (s *shortener) closes(i int) bool {
	return i == len(s.at) || s.breaks[i] || s.at[i].kind == number && (s.breaks[i+1] || i+1 < len(s.at) && s.at[i+1].hollow) || s.does(i, turns|acts|opensPhrase) || s.at[i].hollow && !s.does(i, binds)
}

// goesOn reports whether word i leads to another of what stands before it: "a public domain or shareware viewer".
func (s *shortener) goesOn(i int) bool {
	return i < len(s.at) && !s.breaks[i] && s.does(i, Or)
}

// tells reports whether words [from, to) hold a telling one.
func (s *shortener) tells(from, to int) bool {
	return slices.ContainsFunc(s.at[from:to], func(t spoken) bool { return t.tells })
}

// slice returns words [from, to) as they are written, in lower case where the sentence begins.
func (s *shortener) slice(from, to int) string {
	text := strings.Join(strings.Fields(s.text[s.at[from].start:s.at[to-1].end]), " ")
	if from > 0 && !s.breaks[from] {
		return text
	}
	first, rest, several := strings.Cut(text, " ")
	if low := lower(first); several && len(low) == len(first) && low[1:] == first[1:] && low != "i" {
		return low + " " + rest
	}
	return text
}
