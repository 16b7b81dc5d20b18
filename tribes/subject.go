package tribes

import (
	"math"
	"slices"
	"strings"

	"tribu/data"
)

const (
	oneTalk   = 0.1  // factor at least of the score of a word that people of a group write in one conversation alone
	fullShare = 0.2  // of the people of a word that describes, who write the phrase that is named instead of it
	actShare  = 0.35 // of the posts with a word, which say it as an act, from which it names no thing
)

// A subject tells what a group's words are about.
type subject struct {
	wide    map[uint32]float64 // of each distinctive word, the share of its people who use it outside the one conversation that most use it in alone
	lacking map[string][]int   // people who lack something, by the words of what they lack
}

// subjectOf reads what the distinctive words of group g are about. What stands in the title of one conversation is used by
// all who write there; what people have in common comes again in others.
func (t *teller) subjectOf(g int) subject {
	const several = math.MaxUint32
	people, only := make(map[uint32]int), make(map[uint32]map[uint32]int)
	for _, d := range t.words[g] {
		only[d.word] = make(map[uint32]int)
	}
	for _, m := range t.members[g] {
		in := make(map[uint32]uint32)
		for _, i := range t.byAuthor[m.author] {
			p := &t.in.posts[i]
			for _, f := range p.features {
				if only[f.word] == nil {
					continue
				}
				if thread, met := in[f.word]; met && thread != p.thread {
					in[f.word] = several
				} else {
					in[f.word] = p.thread
				}
			}
		}
		for w, thread := range in {
			people[w]++
			if thread != several {
				only[w][thread]++
			}
		}
	}
	s := subject{wide: make(map[uint32]float64), lacking: make(map[string][]int)}
	for w, threads := range only {
		most := 0
		for _, n := range threads {
			most = max(most, n)
		}
		s.wide[w] = max(oneTalk, 1-float64(most)/float64(max(1, people[w])))
	}
	t.eachLacked(g, func(m membership, n voicedNeed) {
		called := t.in.words[n.topic]
		if n.shared {
			called = t.in.forms[n.topic]
		}
		for _, w := range nameWords(called) {
			if list := s.lacking[w]; !t.in.small.parts(w) && (len(list) == 0 || list[len(list)-1] != m.author) {
				s.lacking[w] = append(list, m.author)
			}
		}
	})
	return s
}

// spread returns how widely people of a group use words together.
func (s *subject) spread(words ...int) float64 {
	least := 1.0
	for _, w := range words {
		if wide, known := s.wide[uint32(w)]; known {
			least = min(least, wide)
		}
	}
	return least
}

// lacked is by how much the score of a form that so many people of a group use rises, where some of it lack what that names.
func (s *subject) lacked(small *smallWords, form string, people int) float64 {
	var who []int
	for w := range strings.FieldsSeq(strings.ToLower(form)) {
		if small.parts(w) {
			continue
		}
		for lacked, list := range s.lacking {
			if formsOfOne(w, lacked) {
				who = append(who, list...)
			}
		}
	}
	if n := len(distinctSorted(who)); n >= leastPeople {
		return min(neededBonus, 1+float64(n)/float64(people))
	}
	return 1
}

// inPhrases returns, for each of words that describes, the phrase in which most people of s write it, of those who write
// both its words: of spatial, spatial data.
func (t *teller) inPhrases(s *speech, words []part) []part {
	phrases := make(map[string]map[uint32]int) // people who write each, by the word that describes
	for _, p := range words {
		if !p.phrase() && p.own && p.heads < headShare && !t.in.proper[p.word] {
			phrases[p.key] = make(map[uint32]int)
		}
	}
	if len(phrases) == 0 {
		return nil
	}
	for _, m := range t.members[s.group] {
		for _, w := range t.uses[m.author] {
			if first, last, two := strings.Cut(t.in.words[w], " "); two {
				for _, key := range []string{first, last} {
					if people := phrases[key]; people != nil && t.in.formsIn[s.lang][w] != "" {
						people[w]++
					}
				}
			}
		}
	}
	var out []part
	for _, p := range words {
		best, most := uint32(0), 0
		for w, n := range phrases[p.key] {
			if n > most || n == most && w < best {
				best, most = w, n
			}
		}
		if !p.phrase() && most >= leastPhrase && float64(most) >= fullShare*float64(p.people) {
			if whole, found := t.inPhrase(s, p, best); found {
				out = append(out, whole)
			}
		}
	}
	out = t.wholes(s.group, out)
	for i := range out {
		out[i].word = -1
	}
	return out
}

// inPhrase returns a phrase that holds p, which describes, as p would be scored were it a thing; none where what it
// describes is none, or it is a name.
func (t *teller) inPhrase(s *speech, p part, phrase uint32) (part, bool) {
	first, last, _ := strings.Cut(t.in.words[phrase], " ")
	if first == p.key {
		first = last
	}
	other, known := slices.BinarySearch(t.in.words, first)
	if !known || t.heads[other] < headShare || t.in.proper[other] || t.in.proper[phrase] {
		return part{}, false
	}
	both := 0
	for _, m := range t.members[s.group] {
		_, one := slices.BinarySearch(t.uses[m.author], uint32(p.word))
		if _, too := slices.BinarySearch(t.uses[m.author], uint32(other)); one && too {
			both++
		}
	}
	form := t.in.formsIn[s.lang][phrase]
	if many := t.in.plurals[wordIn{phrase, s.lang}]; many != "" {
		form = many
	}
	score := p.score * describes * phraseBonus * math.Sqrt(float64(both)/float64(p.people))
	return part{word: int(phrase), key: t.in.words[phrase], form: form, own: true, heads: 1, people: both, score: score}, true
}

// acts returns which words people say mostly as acts: in forms with the ending of one, other than their most frequent form.
func (r *reader) acts(formsIn [][]string, newWord, newLang []uint32) []bool {
	all, acting := make([]int, len(newWord)), make([]int, len(newWord))
	langs := make([]data.Lang, len(newLang))
	for l, number := range r.langs {
		langs[newLang[number]] = l
	}
	for i := range r.spelt.all {
		s := &r.spelt.all[i]
		w, l := newWord[s.word], newLang[s.lang]
		all[w] += int(s.posts)
		if s.form != formsIn[l][w] && r.in.small.isAct(langs[l], s.form) {
			acting[w] += int(s.posts)
		}
	}
	out := make([]bool, len(newWord))
	for w, n := range acting {
		out[w] = float64(n) >= actShare*float64(all[w]) && n > 0
	}
	return out
}
