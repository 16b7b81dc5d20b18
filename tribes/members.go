package tribes

import (
	"cmp"
	"slices"
)

const (
	leastStanding  = 0.27 // to be a member
	keptStanding   = 0.12 // to stay in what became of one's group: nobody leaves for a wobble
	perEvidence    = 0.03 // of standing, for each unit of evidence
	mostEvidence   = 10.0 // that counts, for or against
	secondShare    = 0.5  // of the strength in one's own group that another membership needs
	leastSecond    = 0.2  // strength of another membership
	mostTribes     = 3    // of one author
	leastTies      = 2    // in one layer at least, to be anybody's member
	leastStability = 0.5  // of a tribe that is shown
	keptStability  = 0.2  // of one that was shown in the run before
)

// A membership is one author's place in one group.
type membership struct {
	author, group int
	strength      float64
	steady        float64 // share of the reruns with the rest of the group
}

// memberships returns who belongs to which groups, each author's own and strongest first; authors whom no
// group holds have none. Of those to whom nothing has happened since the run before, the reruns of
// both runs count.
func (f *former) memberships() [][]membership {
	share, evidence := newTally(groupCount(f.groups)), f.l.evidence(f.groups)
	out := make([][]membership, len(f.groups))
	for v, own := range f.groups {
		if own == nowhere || f.l.untied(v) {
			continue
		}
		s := standing{own: own, with: f.steady.with(v, own), evidence: evidence[v], stayed: own == f.homes[v]}
		if s.stayed && f.past.quiet[v] {
			s.with = (s.with + f.past.steady[v]) / 2
		}
		embedded(f.l, f.groups, v, share)
		for _, h := range s.holds(share, f.steady.group) {
			m := membership{v, h.group, h.strength, s.with}
			if h.group != own {
				m.steady = f.steady.with(v, h.group)
			}
			out[v] = append(out[v], m)
		}
	}
	return out
}

// untied reports whether v has too few ties in both layers to belong anywhere.
func (l layers) untied(v int) bool {
	return max(l.need.Degree(uint32(v)), l.tie.Degree(uint32(v))) < leastTies
}

// A standing is what decides, with where an author's ties lie, which groups hold them.
type standing struct {
	own      int     // the group they are in
	with     float64 // share of the reruns with the rest of it
	evidence float64 // of their words and meetings for it
	stayed   bool    // members of what it was in the run before
}

// A hold is how strongly a group holds an author.
type hold struct {
	group    int
	strength float64
}

// holds returns the groups that hold an author, of whose ties share lie in each, their own first:
// none where not even that does. Strength is the share times how often the author stays with their
// own group, or how steady another one is, when ties are missing. In their own it counts with the
// evidence, for who stayed only with what speaks for it; no other holds them more strongly.
func (s standing) holds(share *tally, steady []float64) []hold {
	own := hold{s.own, share.of[s.own] * s.with}
	least, against := leastStanding, -mostEvidence
	if s.stayed {
		least, against = keptStanding, 0
	}
	if own.strength+perEvidence*min(max(s.evidence, against), mostEvidence) < least {
		return nil
	}
	all := []hold{own}
	slices.Sort(share.met)
	for _, g := range share.met {
		if strength := share.of[g] * steady[g]; g != s.own && strength >= max(leastSecond, secondShare*own.strength) {
			all = append(all, hold{g, min(strength, own.strength)})
		}
	}
	slices.SortStableFunc(all[1:], func(a, b hold) int { return cmp.Compare(b.strength, a.strength) })
	return all[:min(len(all), mostTribes)]
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
