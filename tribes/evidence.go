package tribes

import "math"

// How much of what members write, and of whom they meet, is their group's own rather than anybody's.
const (
	ownWords = 0.4
	ownTies  = 0.5
)

// evidence returns how much likelier each author's words and meetings are of somebody of their
// group than of anybody, themselves left out: a natural logarithm, below 0 where they speak against
// it. Words count as they weigh in vectors, meetings as in arcs.
func (l layers) evidence(groups []int) []float64 {
	out := make([]float64, len(groups))
	all, own := newTally(l.words.columns), newTally(l.words.columns)
	total := 0.0
	for v := range groups {
		total += l.words.tallyRow(all, v)
	}
	for _, members := range membersOf(groups) {
		own.clear()
		spoken := 0.0
		for _, v := range members {
			spoken += l.words.tallyRow(own, v)
		}
		for _, v := range members {
			out[v] = l.words.evidence(v, speaking{own, spoken}, speaking{all, total})
		}
	}
	addMeetings(l.met, groups, out)
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

// evidence returns what the words of v tell, who is one of those who speak in own and in all.
func (s *sparse) evidence(v int, own, all speaking) float64 {
	said, sum := 0.0, 0.0
	for i := s.offsets[v]; i < s.offsets[v+1]; i++ {
		said += float64(s.value[i])
	}
	for i := s.offsets[v]; i < s.offsets[v+1]; i++ {
		c, x := s.column[i], float64(s.value[i])
		here := max(0, own.words.of[c]-x) / max(1, own.total-said)
		if anywhere := (all.words.of[c] - x) / (all.total - said); anywhere > 0 {
			sum += x * math.Log1p(ownWords*(here/anywhere-1))
		}
	}
	return sum
}

// addMeetings adds what whom each author met tells.
func addMeetings(met []arc, groups []int, out []float64) {
	theirs, mine, inside := make([]float64, groupCount(groups)), make([]float64, len(groups)), make([]float64, len(groups))
	total := 0.0
	for _, a := range met {
		for _, end := range [2]uint32{a.from, a.to} {
			total += a.weight
			mine[end] += a.weight
			if g := groups[end]; g != nowhere {
				theirs[g] += a.weight
			}
			if groups[a.from] == groups[a.to] {
				inside[end] += a.weight
			}
		}
	}
	for v, g := range groups {
		if g == nowhere || mine[v] == 0 {
			continue
		}
		out[v] += (mine[v] - inside[v]) * math.Log(1-ownTies)
		if chance := (theirs[g] - mine[v]) / (total - mine[v]); chance > 0 {
			out[v] += inside[v] * math.Log1p(ownTies*(1/chance-1))
		}
	}
}
