package tribes

import (
	"slices"

	"tribu/tribes/graph"
)

// place finds whether what the author says and whom they meet speaks most for their own group, and says
// so of the tribe where more of their ties and shared needs leads to another.
func (s *stand) place(whole layers, out []Because) {
	r := newRefining(whole, s.groups, priorOf(s.in).memory(s.in))
	s.lens, s.home = lens{shares: r.shares, trust: r.trust}, r.home
	slots, worth := s.placing(whole)
	s.told = len(worth) > 0 && r.trust.words+r.trust.ties > 0 && argMax(worth) == 0
	if !s.told || len(slots) == 1 {
		return
	}
	share := newTally(groupCount(s.groups))
	embedded(whole, s.groups, s.v, share)
	if share.of[slots[0]] >= share.of[slots[1]] {
		return
	}
	at := slices.IndexFunc(out, func(b Because) bool { return s.became[b.Tribe] == slots[0] })
	if at < 0 {
		return
	}
	out[at].Refined, out[at].Likelier = true, rounded(worth[0]-worth[1])
	for t, g := range s.became {
		if g == slots[1] {
			out[at].Elsewhere = max(out[at].Elsewhere, t)
		}
	}
}

// placing asks, as refining does, how much speaks in the world of l for each group that the author has
// weight to: their own first, the others by weight.
func (s *stand) placing(l layers) (slots []int, worth []float64) {
	me := func(v int) bool { return v == s.v }
	r := &refining{said: l.words.said(), met: graph.New(len(s.groups), bothWays(l.met)), groups: s.groups, home: s.home, shares: s.lens.shares, trust: s.lens.trust}
	r.ask(l.fused, me)
	r.weigh(me)
	return r.slots[s.v], r.worths(s.v)
}

// toldOwn reports whether most speaks for the author's own group in the world of l.
func (s *stand) toldOwn(l layers) bool {
	slots, worth := s.placing(l)
	return len(slots) > 0 && argMax(worth) == 0
}
