package tribes

import (
	"math/rand/v2"

	"tribu/tribes/graph"
)

const (
	keptTies       = 0.8    // share of the ties, and words, that a rerun keeps
	warmRerunNodes = 20_000 // above, reruns start from the groups they test
	coldIterations = 2
	foundAgain     = 0.4 // Jaccard at which a large graph's rerun from nothing finds a group again
)

// A steadiness says how the groups fare when a fifth of what they rest on is missing.
type steadiness struct {
	group    []float64 // mean best Jaccard of each group over the reruns
	outcomes [][]int   // the groups of each rerun
	heirs    [][]int   // in each rerun, what became of each group
}

// with returns the share of the reruns in which author v is with what became of group g.
func (s steadiness) with(v, g int) float64 {
	times := 0
	for r, heir := range s.heirs {
		if h := heir[g]; h != nowhere && s.outcomes[r][v] == h {
			times++
		}
	}
	return float64(times) / float64(max(1, len(s.heirs)))
}

// rerun clusters p.Repeats times with a random 80 % of the ties and compares with groups; of few
// people, with each of the settings that p leaves open in turn. What is found is refined as groups
// were, through their lens, unless the graph is large: there the first of several starts from
// nothing, and a group that it does not find again is steady only as far as it found it, since
// others stay where they start even where there is nothing to find.
func rerun(l layers, groups []int, p Params, few bool, through lens) steadiness {
	outcomes := make([][]int, p.Repeats)
	graph.Parallel(p.Repeats, func(r int) {
		seed := rerunSeed(p, r)
		o := graph.Options{Resolution: p.Resolution, Seed: seed, Iterations: coldIterations}
		if l.large() {
			o.Iterations = 1
			if r > 0 || p.Repeats == 1 {
				o.Warm = warmPartition(groups, l.nodes)
			}
		}
		var core *graph.Graph
		switch {
		case few:
			s := open(p)[r%len(open(p))]
			core, o.Resolution = thinned(l.weighed(s.needWeight).core, seed), s.resolution
		case r < len(l.thin):
			core = l.thin[r]
		default:
			core = thinned(l.core, seed)
		}
		found := graph.Leiden(core, o)
		outcome := make([]int, len(groups))
		for v := range outcome {
			outcome[v] = nowhere
		}
		for i, v := range l.nodes {
			outcome[v] = int(found[i])
		}
		attachOnce(l, outcome)
		if through.said != nil && !l.large() {
			outcome = through.refined(l, outcome, p, seed)
		}
		outcomes[r] = outcome
	})
	s := compareOutcomes(groups, outcomes)
	if l.large() && p.Repeats > 1 {
		s.doubt(groups, outcomes[0])
	}
	return s
}

// doubt lowers the steadiness of the groups that fresh did not find again to how like they are there.
func (s steadiness) doubt(groups, fresh []int) {
	_, jaccard := heirs(groups, fresh)
	for g, like := range jaccard {
		if like < foundAgain {
			s.group[g] = min(s.group[g], like)
		}
	}
}

// rerunSeed returns the seed of a rerun.
func rerunSeed(p Params, rerun int) uint64 { return p.Seed + uint64(rerun+1)*0x9e3779b97f4a7c15 }

func thinned(g *graph.Graph, seed uint64) *graph.Graph {
	random := rand.New(rand.NewPCG(seed, 0x7468696e))
	return g.Thinned(func() bool { return random.Float64() < keptTies })
}

func compareOutcomes(groups []int, outcomes [][]int) steadiness {
	s := steadiness{group: make([]float64, groupCount(groups)), outcomes: outcomes}
	for _, outcome := range outcomes {
		heir, jaccard := heirs(groups, outcome)
		for g := range heir {
			s.group[g] += jaccard[g] / float64(len(outcomes))
		}
		s.heirs = append(s.heirs, heir)
	}
	return s
}

// heirs returns for each group the group of outcome most like it, and how like.
func heirs(groups, outcome []int) (heir []int, jaccard []float64) {
	count, others := groupCount(groups), groupCount(outcome)
	size, otherSize := make([]int, count), make([]int, others)
	shared := make(map[[2]int]int)
	for v, g := range groups {
		if o := outcome[v]; g != nowhere && o != nowhere {
			size[g]++
			otherSize[o]++
			shared[[2]int{g, o}]++
		}
	}
	heir, jaccard = make([]int, count), make([]float64, count)
	for g := range heir {
		heir[g] = nowhere
	}
	for pair, n := range shared {
		g, o := pair[0], pair[1]
		j := float64(n) / float64(size[g]+otherSize[o]-n)
		if j > jaccard[g] || j == jaccard[g] && o < heir[g] {
			heir[g], jaccard[g] = o, j
		}
	}
	return heir, jaccard
}
