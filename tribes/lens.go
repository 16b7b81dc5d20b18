package tribes

import (
	"math/rand/v2"
	"slices"

	"tribu/tribes/graph"
)

// A lens is what a refining found that words and meetings tell. The zero lens shows nothing.
type lens struct {
	said          *sparse
	met           *graph.Graph
	shares, trust proof
}

// refined returns groups with everybody where their words and meetings speak for most, and the lens
// that showed it; groups that become too small are dissolved, and their people attached to others.
func refined(l layers, groups []int, p Params, past memory) ([]int, lens) {
	r := newRefining(l, groups, past)
	rounds := refineRounds
	if l.large() {
		rounds = onceEach
	}
	return r.settled(l, p, rounds), lens{r.said, r.met, r.shares, r.trust}
}

// newRefining weighs what speaks for the groups of those who come from past, and for those around
// them. Where halves do not say how much to trust it, what tells best of these groups does.
func newRefining(l layers, groups []int, past memory) *refining {
	r := &refining{said: l.words.said(), met: graph.New(len(groups), bothWays(l.met)), groups: slices.Clone(groups)}
	r.shares, r.trust = proof{words: firstShare, ties: firstShare}, l.credit.trust
	r.remember(past)
	r.ask(l.fused, everybody)
	r.estimate(shareRounds)
	r.weigh(everybody)
	if r.trust == (proof{}) {
		r.trust = fitted(r.proofs).leading()
	}
	return r
}

// refined returns groups with everybody moved once to where most speaks for of a share of the words
// and meetings.
func (s lens) refined(l layers, groups []int, p Params, seed uint64) []int {
	r := refining{said: s.said.thinned(seed), met: thinned(s.met, seed), groups: slices.Clone(groups), shares: s.shares, trust: s.trust}
	r.remember(memory{})
	return r.settled(l, p, onceEach)
}

// settled returns the groups after some rounds of moves, of which the first is weighed already where
// anybody was asked; as they were where nothing tells of them.
func (r *refining) settled(l layers, p Params, rounds int) []int {
	if r.trust.words+r.trust.ties == 0 {
		return r.groups
	}
	for round := range rounds {
		turn := func(v int) bool { return v%2 == round%2 && !r.fixed[v] }
		if round > 0 || r.slots == nil {
			r.ask(l.fused, turn)
			r.weigh(turn)
		}
		r.move(turn)
	}
	dissolve(r.groups, p.MinTribe)
	attach(l, r.groups)
	return bySize(r.groups)
}

// thinned returns s with a random share of its values.
func (s *sparse) thinned(seed uint64) *sparse {
	random := rand.New(rand.NewPCG(seed, 0x73616964))
	return s.picked(s.columns, len(s.column), func(i int) (float32, bool) { return s.value[i], random.Float64() < keptTies })
}
