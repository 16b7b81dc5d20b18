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
	Dated bool   // it says by when
	Does  bool   // it begins with the infinitive of what somebody does
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
	case class == classNames[wish] && subjected(phrase):
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

// done returns the infinitive of what is done with the thing that word i names; -1 where none leads to it.
func (s *shortener) done(i int) int {
	i = s.phraseStart(i)
	for n := 0; n < 2 && i > 0 && !s.breaks[i] && s.does(i-1, opensPhrase|binds|leads) && !s.does(i-1, turns); n++ {
		i--
	}
	if i == 0 || s.breaks[i] || s.empty(i-1) {
		return -1
	}
	if s.infinitive(i - 1) {
		return i - 1
	}
	return -1
}

// infinitive reports whether word i says what somebody does or would do.
func (s *shortener) infinitive(i int) bool {
	key := s.at[i].key
	switch s.lang {
	case data.LangIT:
		return italianInfinitive(key)
	case data.LangEN:
		return i > 0 && !s.breaks[i] && !s.does(i, leads|opensPhrase) && leadsVerb(s.at[i-1].key)
	}
	return false
}

// leadsVerb reports whether an infinitive may stand behind an English word.
func leadsVerb(key string) bool {
	first, rest, _ := strings.Cut(key, " ")
	switch first {
	case "to", "i", "we", "can", "could", "cannot", "will", "would", "not":
		return rest == "" || rest == "not"
	case "do", "does", "did":
		return rest == "not"
	}
	return false
}

// asked returns the Italian question word, with its verb behind it, that asks about the thing that word i names; -1 where none does.
func (s *shortener) asked(i int) int {
	if s.lang != data.LangIT {
		return -1
	}
	for at := i - 1; at >= 0 && i-at <= mostShort && !s.breaks[at+1]; at-- {
		if first, _, _ := strings.Cut(s.at[at].key, " "); asksHow(first) {
			return at
		}
	}
	return -1
}

// behind returns where what is needed begins behind the cue; an article, "someone" and an Italian
// infinitive at the end of the cue are the first words of it.
func (s *shortener) behind() int {
	if last := s.cue[1] - 1; last > s.cue[0] && (s.does(last, leads) || s.lang == data.LangIT && italianInfinitive(s.at[last].key)) {
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

// subjected reports whether a cue says what its subject should do: the need begins before it.
func subjected(phrase string) bool {
	for f := range strings.FieldsSeq(phrase) {
		switch f {
		case "should", "needs", "must", "has", "could", "dovrebbe", "dovrebbero", "deve", "devono", "potrebbe", "potrebbero":
			return true
		}
	}
	return false
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
		if !article && (led || s.empty(i-1)) {
			break
		}
		led = article
		i--
	}
	if i > 0 && !s.breaks[i] && negates(s.at[i-1].key) {
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

func (s *shortener) together(from, to int) bool {
	for i := from + 1; i <= to; i++ {
		if s.breaks[i] {
			return false
		}
	}
	return true
}

// skip passes words with one of roles.
func (s *shortener) skip(i int, roles hinge) int {
	for i < len(s.at) && s.does(i, roles) {
		i++
	}
	return i
}

// empty reports whether a word names nothing by itself.
func (s *shortener) empty(i int) bool {
	t := &s.at[i]
	return t.kind == word && (t.elided || strings.Contains(t.key, " ") || s.words.function[s.lang][t.key])
}

// from appends the runs that begin at b: the longest that is whole first, then all others.
func (s *shortener) from(out []Short, b beginning, near bool) []Short {
	var runs []Short
	best, i := -1, b.at
	for end := i + 1; end <= min(len(s.at), i+2*mostShort) && s.count(i, end) <= mostShort; end++ {
		if end > i+1 && s.leaves(end-1) {
			break
		}
		if end < b.least || s.count(i, end) < leastShort || s.dangles(end-1) || !s.tells(i, end) {
			continue
		}
		r := Short{Text: s.slice(i, end), Whole: s.closes(end), Bound: end < len(s.at) && s.does(end, binds), Near: near, Cued: i <= s.cue[0] && end >= s.cue[1], Does: s.infinitive(i)}
		r.Dated = s.dated && dated(r.Text)
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
		return !italianInfinitive(s.at[i-1].key) || s.lang != data.LangIT // sapere quando
	case s.does(i, acts):
		return !s.empty(i - 1)
	}
	return i+1 < len(s.at) && s.does(i, opensPhrase) && s.does(i+1, acts)
}

// dated reports whether text states an expectation: "within three days".
func dated(text string) bool {
	d := read(data.Post{Body: text})
	return len(d.sentences) > 0 && expectation(d, &d.sentences[0]) > 0
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
	return s.empty(i) && !s.does(i, closesPhrase)
}

// closes reports whether a phrase ends before word i.
func (s *shortener) closes(i int) bool {
	return i == len(s.at) || s.breaks[i] || s.at[i].kind == number || s.does(i, turns|acts|opensPhrase) || s.empty(i) && !s.does(i, binds)
}

// tells reports whether words [from, to) hold a telling one.
func (s *shortener) tells(from, to int) bool {
	for _, t := range s.at[from:to] {
		key := t.key
		if t.kind == word && len(key) > 2 && !s.words.stop[s.lang][key] && !s.words.vague[key] && !s.words.names[key] || s.words.conceptIn(s.lang, key) != "" {
			return true
		}
	}
	return false
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
