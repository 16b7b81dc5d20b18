package tribes

import (
	"cmp"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

const (
	distinctAt   = 1.96 // z from which a word is distinctive
	leastPeople  = 3    // members who use a word of the tribe
	keptWords    = 60   // distinctive words kept for a group
	fewWords     = 3    // kept where none is: those nearest to it
	priorPerWord = 0.01 // of the corpus counts, as the prior's weight
)

// A distinct word is one that a group uses more than the others do.
type distinct struct {
	word   uint32
	people int
	z      float64
}

// countWords notes which words each author uses and which words name things.
func (t *teller) countWords() {
	t.users, t.counts = make([]int, len(t.in.words)), newTally(len(t.in.words))
	t.nouns, t.written = make([]bool, len(t.in.words)), make([]bool, len(t.in.words))
	t.uses = make([][]uint32, len(t.in.authors))
	for v, posts := range t.byAuthor {
		for _, i := range posts {
			for _, f := range t.in.posts[i].features {
				t.uses[v] = append(t.uses[v], f.word)
				t.nouns[f.word] = t.nouns[f.word] || f.kind != isTerm
				t.written[f.word] = t.written[f.word] || f.kind != isNeed
			}
		}
		t.uses[v] = distinctSorted(t.uses[v])
		for _, w := range t.uses[v] {
			t.users[w]++
		}
		t.spoken += len(t.uses[v])
	}
}

// distinctive returns the words that stand out among the members of g, or come nearest to it, by z:
// log-odds against everybody else with an informative Dirichlet prior, over authors rather than
// tokens (Monroe, Colaresi and Quinn 2008).
func (t *teller) distinctive(g int) []distinct {
	t.counts.clear()
	inside, everywhere := 0, t.spoken
	for _, m := range t.members[g] {
		for _, w := range t.uses[m.author] {
			t.counts.add(int(w), 1)
			inside++
		}
	}
	var said []distinct
	for _, w := range t.counts.met {
		n := int(t.counts.of[w])
		if n < leastPeople || !speaks(t.in.forms[w]) {
			continue
		}
		z := logOdds(n, inside, t.users[w]-n, everywhere-inside, priorPerWord*float64(t.users[w]), priorPerWord*float64(everywhere))
		if z > 0 {
			said = append(said, distinct{uint32(w), n, z})
		}
	}
	slices.SortFunc(said, func(a, b distinct) int { return cmp.Or(cmp.Compare(b.z, a.z), cmp.Compare(a.word, b.word)) })
	most := slices.IndexFunc(said, func(d distinct) bool { return d.z < distinctAt })
	switch most {
	case -1:
		most = len(said)
	case 0:
		most = fewWords
	}
	return said[:min(keptWords, most, len(said))]
}

// logOdds returns the z-score of y1 of n1 against y2 of n2 under the prior a of a0.
func logOdds(y1, n1, y2, n2 int, a, a0 float64) float64 {
	f1, f2 := float64(y1)+a, float64(y2)+a
	delta := math.Log(f1/(float64(n1)+a0-f1)) - math.Log(f2/(float64(n2)+a0-f2))
	return delta / math.Sqrt(1/f1+1/f2)
}

// speaks reports whether a form can stand for something in a list of words: letters, of a length
// that says something, and no address or number.
func speaks(form string) bool {
	letters := 0
	for _, r := range form {
		switch {
		case unicode.IsLetter(r):
			letters++
		case r == ' ' || r == '-' || r == '\'' || r == '’' || r == '#' || unicode.IsDigit(r) || r == '+':
		default:
			return false
		}
	}
	return letters >= 3 && letters*2 > utf8.RuneCountInString(form)
}

// saidBetter reports whether a word of g tells another group better.
func (t *teller) saidBetter(g int, d distinct) bool {
	best := t.telling[d.word]
	return best.group != g && best.z > d.z
}

// loudest notes for each word the group it tells best.
func (t *teller) loudest() {
	t.telling = make(map[uint32]said)
	for _, g := range t.shown {
		for _, d := range t.words[g] {
			if d.z > t.telling[d.word].z {
				t.telling[d.word] = said{g, d.z}
			}
		}
	}
}
