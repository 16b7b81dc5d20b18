package tribes

import (
	"math/rand/v2"

	"tribu/tribes/graph"
)

const (
	keptTies       = 0.8    // share of the ties, and words, that a rerun keeps
	warmRerunNodes = 20_000 // above, reruns start from the groups they test
	coldIterations = 2
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
// were, through their lens, unless the graph is large.
func rerun(l layers, groups []int, p Params, few bool, through lens) steadiness {
	outcomes := make([][]int, p.Repeats)
	graph.Parallel(p.Repeats, func(r int) {
		seed := rerunSeed(p, r)
		o := graph.Options{Resolution: p.Resolution, Seed: seed, Iterations: coldIterations}
		if l.large() {
			o.Warm, o.Iterations = warmPartition(groups, l.nodes), 1
		}
		core := l.core
		if few {
			s := open(p)[r%len(open(p))]
			core, o.Resolution = l.weighed(s.needWeight).core, s.resolution
		}
		if r < len(l.thin) {
			core = l.thin[r]
		} else {
			core = thinned(core, seed)
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
	return compareOutcomes(groups, outcomes)
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
