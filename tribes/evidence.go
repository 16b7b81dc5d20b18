package tribes

import (
	"math"
	"slices"
)

// How much of what members write, and of whom they meet, is their group's own rather than anybody's.
const (
	ownWords = 0.4
	ownTies  = 0.5
)

// evidence returns how much likelier each author's words and meetings are of somebody of their
// group than of anybody, themselves left out: a natural logarithm, below 0 where they speak against
// it. Words count as they weigh in vectors, meetings as in arcs. It is gathered twice: who turns out
// likelier to be anybody does not speak for the group the second time.
func (l layers) evidence(groups []int) []float64 {
	speak := slices.Clone(groups)
	for v, sum := range l.evidenceBy(groups, groups) {
		if sum <= 0 {
			speak[v] = nowhere
		}
	}
	return l.evidenceBy(groups, speak)
}

// evidenceBy returns the evidence for groups for which only those speak who are told to.
func (l layers) evidenceBy(groups, speak []int) []float64 {
	out := make([]float64, len(groups))
	all, own := newTally(l.words.columns), newTally(l.words.columns)
	total := 0.0
	for v := range groups {
		total += l.words.tallyRow(all, v)
	}
	ratios := make([]float64, l.words.longest())
	for g, members := range membersOf(groups) {
		own.clear()
		spoken := 0.0
		for _, v := range members {
			if speak[v] == g {
				spoken += l.words.tallyRow(own, v)
			}
		}
		for _, v := range members {
			l.words.ratios(v, speak[v] == g, speaking{own, spoken}, speaking{all, total}, ratios)
			out[v] = l.words.told(v, ratios, ownWords)
		}
	}
	addMeetings(l.met, groups, speak, out)
	return out
}

// A speaking is how much a number of people say of each word and of all.
type speaking struct {
	words *tally
	total float64
}

// tallyRow tallies the words of row r by their weight and returns the sum.
func (s *sparse) tallyRow(t *tally, r int) float64 {
	sum := 0.0
	for i := s.offsets[r]; i < s.offsets[r+1]; i++ {
		t.add(int(s.column[i]), float64(s.value[i]))
		sum += float64(s.value[i])
	}
	return sum
}

// addMeetings adds what whom each author met tells.
func addMeetings(met []arc, groups, speak []int, out []float64) {
	theirs, mine, inside := make([]float64, groupCount(groups)), make([]float64, len(groups)), make([]float64, len(groups))
	total := 0.0
	for _, a := range met {
		for _, pair := range [2][2]uint32{{a.from, a.to}, {a.to, a.from}} {
			end, other := pair[0], pair[1]
			total += a.weight
			mine[end] += a.weight
			if g := speak[end]; g != nowhere {
				theirs[g] += a.weight
			}
			if groups[end] == speak[other] {
				inside[end] += a.weight
			}
		}
	}
	for v, g := range groups {
		if g == nowhere || mine[v] == 0 {
			continue
		}
		out[v] += (mine[v] - inside[v]) * math.Log(1-ownTies)
		others := theirs[g]
		if speak[v] == g {
			others -= mine[v]
		}
		if chance := others / (total - mine[v]); chance > 0 {
			out[v] += inside[v] * math.Log1p(ownTies*(1/chance-1))
		}
	}
}
