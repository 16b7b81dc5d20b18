package tribes

import (
	"cmp"
	"slices"
)

const (
	leastStrength  = 0.3 // of a membership
	keptStrength   = 0.1 // of one in what became of the group before: nobody leaves for a wobble
	secondShare    = 0.5 // of the first membership's strength that a second one needs
	leastSecond    = 0.2 // strength of a second membership
	mostTribes     = 3   // of one author
	leastTies      = 2   // in one layer at least, to be anybody's member
	leastStability = 0.5 // of a tribe that is shown
	keptStability  = 0.2 // of one that was shown in the run before
)

// A membership is one author's place in one group.
type membership struct {
	author, group int
	strength      float64
	steady        float64 // share of the reruns with the rest of the group
}

// memberships returns who belongs to which groups, each author's strongest first; authors whom no
// group holds have none. Strength is how often the author stays with the group when ties are
// missing, times the share of the author's ties that lie inside. home is what became of the group
// that each was a member of in the run before; of those to whom nothing has happened since, the
// reruns of both runs count.
func memberships(l layers, groups []int, s steadiness, home []int, past memory) [][]membership {
	share := newTally(groupCount(groups))
	out := make([][]membership, len(groups))
	for v, own := range groups {
		if own == nowhere || max(l.need.Degree(uint32(v)), l.tie.Degree(uint32(v))) < leastTies {
			continue
		}
		embedded(l, groups, v, share)
		with := s.with(v, own)
		if own == home[v] && past.quiet[v] {
			with = (with + past.steady[v]) / 2
		}
		first := membership{v, own, share.of[own] * with, with}
		if first.strength < leastStrength && (own != home[v] || first.strength < keptStrength) {
			continue
		}
		out[v] = append(out[v], first)
		slices.Sort(share.met)
		for _, g := range share.met {
			strength := share.of[g] * s.group[g]
			if g != own && strength >= max(leastSecond, secondShare*first.strength) {
				out[v] = append(out[v], membership{v, g, strength, s.with(v, g)})
			}
		}
		rest := out[v][1:]
		slices.SortStableFunc(rest, func(a, b membership) int { return cmp.Compare(b.strength, a.strength) })
		out[v] = out[v][:min(len(out[v]), mostTribes)]
	}
	return out
}

// embedded tallies the share of v's weight that goes to each group.
func embedded(l layers, groups []int, v int, share *tally) {
	share.clear()
	total := 0.0
	l.fused.Neighbours(uint32(v), func(u uint32, w float32) {
		total += float64(w)
		if g := groups[u]; g != nowhere {
			share.add(g, float64(w))
		}
	})
	for _, g := range share.met {
		share.of[g] /= total
	}
}
