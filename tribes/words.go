package tribes

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	distinctAt   = 1.96 // z from which a word is distinctive
	leastPeople  = 3    // members who use a word of the tribe
	keptWords    = 60   // distinctive words kept for a group
	nameWords    = 3
	nameReach    = 0.08 // of the members, who use a word of the name
	nounBonus    = 1.1  // factor of a topic's or need object's score in a name
	foreign      = 16   // divides the score of a word that a group's people do not use in their language
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
	t.users = make([]int, len(t.in.words))
	t.nouns = make([]bool, len(t.in.words))
	t.uses = make([][]uint32, len(t.in.authors))
	for v, posts := range t.byAuthor {
		for _, i := range posts {
			for _, f := range t.in.posts[i].features {
				t.uses[v] = append(t.uses[v], f.word)
				if f.kind != isTerm {
					t.nouns[f.word] = true
				}
			}
		}
		t.uses[v] = distinctSorted(t.uses[v])
		for _, w := range t.uses[v] {
			t.users[w]++
		}
		t.spoken += len(t.uses[v])
	}
}

// distinctive returns the words that stand out among the members of g, by z: log-odds against
// everybody else with an informative Dirichlet prior, over authors rather than tokens (Monroe,
// Colaresi and Quinn 2008).
func (t *teller) distinctive(g int) []distinct {
	counts := make(map[uint32]int)
	inside, everywhere := 0, t.spoken
	for _, m := range t.members[g] {
		for _, w := range t.uses[m.author] {
			counts[w]++
			inside++
		}
	}
	var out []distinct
	for w, n := range counts {
		if n < leastPeople || !speaks(t.in.forms[w]) {
			continue
		}
		z := logOdds(n, inside, t.users[w]-n, everywhere-inside, priorPerWord*float64(t.users[w]), priorPerWord*float64(everywhere))
		if z >= distinctAt {
			out = append(out, distinct{w, n, z})
		}
	}
	slices.SortFunc(out, func(a, b distinct) int { return cmp.Or(cmp.Compare(b.z, a.z), cmp.Compare(a.word, b.word)) })
	return out[:min(keptWords, len(out))]
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

// name joins the two or three words that tell group g best: distinctive, used by many of its people
// and by few others, in the language most of them write, things rather than acts, and no two of one stem.
func (t *teller) name(g int) string {
	type candidate struct {
		form  string
		score float64
	}
	members := float64(len(t.members[g]))
	var candidates []candidate
	for _, d := range t.words[g] {
		share := float64(d.people) / members
		score := d.z * math.Sqrt(min(share, 0.5)*float64(d.people)/float64(t.users[d.word]))
		if t.nouns[d.word] {
			score *= nounBonus
		}
		if share < nameReach || t.saidBetter(g, d) {
			score /= 4
		}
		form, own := t.form(g, d)
		if !own {
			score /= foreign
		}
		candidates = append(candidates, candidate{strings.TrimPrefix(form, "#"), score})
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	var chosen []string
	for _, c := range candidates {
		if len(chosen) < nameWords && !slices.ContainsFunc(chosen, func(s string) bool { return alike(s, c.form) }) {
			chosen = append(chosen, c.form)
		}
	}
	return strings.Join(chosen, ", ")
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

// alike reports whether two forms say the same: one contains the other, or words of them begin alike.
func alike(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	for _, x := range strings.Fields(a) {
		for _, y := range strings.Fields(b) {
			if x == y || commonPrefix(x, y) >= 5 || commonPrefix(x, y) >= 4 && commonPrefix(x, y) >= min(len(x), len(y))-1 {
				return true
			}
		}
	}
	return false
}

func commonPrefix(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
