package tribes

import (
	"math"

	"tribu/tribes/graph"
)

// A credit is how much words and meetings tell of the group somebody is in, as the groups say that
// another half of the conversations shows: what made the groups would tell too much of them.
type credit struct {
	trust proof // the one that tells more in full, the other beside it, by everybody
	sure  proof // as a likelihood, by those who are likely to be where the other half shows them
}

// credit asks, in each half, what tells of the groups of the other at the usual setting. It is the
// zero value where too few people spoke in both.
func (t *trial) credit() credit {
	if t.people() < leastInBoth {
		return credit{}
	}
	usual := Params{}.withDefaults()
	s := setting{usual.NeedWeight, usual.Resolution}
	t.weigh(s.needWeight)
	groups, found := t.placed(t.halves, s), make([][][]proof, 2*len(t.halves))
	graph.Parallel(len(found), func(i int) {
		found[i] = newRefining(t.halves[i/2][i%2], groups[i/2][1-i%2], memory{}).proofs
	})
	var all [][]proof
	for _, proofs := range found {
		all = append(all, proofs...)
	}
	return credit{fitted(all).leading(), fittedInDoubt(all)}
}

// likelihood returns how much likelier the groups of s make what everybody says and whom they meet than
// no groups would: a natural logarithm, which counts as much as the halves show that it tells.
func (t *trial) likelihood(s setting) float64 {
	if known, seen := t.seen[s]; seen {
		return known
	}
	p := t.at(s)
	if t.whole.weight != s.needWeight {
		t.whole = t.whole.weighed(s.needWeight)
	}
	groups, _ := refined(t.whole, placeWith(t.whole, p, memory{}, effort{starts: len(t.halves)}), p, memory{})
	sum, sure := math.Inf(-1), t.whole.credit.sure
	if groupCount(groups) > 1 {
		sum = 0
		for _, own := range newRefining(t.whole, groups, memory{}).proofs {
			if len(own) > 0 {
				sum += sure.words*own[0].words + sure.ties*own[0].ties + own[0].size
			}
		}
	}
	t.seen[s] = sum
	return sum
}
