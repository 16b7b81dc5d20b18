package planted

import (
	"math"
	"math/rand/v2"

	"tribu/tribes/graph"
)

// How a planted graph looks: about 740 groups and 730,000 edges per 100,000 nodes.
const (
	leastGroup    = 30
	mostGroup     = 600
	groupExponent = 1.5
	leastDegree   = 6.4
	mostDegree    = 200
	degreeSlope   = 2.5
)

// Graph returns a graph of n nodes with groups of 30 to 600 and degrees of 6 to 200, both
// drawn from power laws, a share mu of each node's edges with anybody, and the group of each node.
// Ends of edges are paired at random, those of a group among themselves, the others among all
// (Kamiński, Prałat and Théberge, "ABCD", 2021).
func Graph(n int, mu float64, seed uint64) (*graph.Graph, graph.Partition) {
	random := rand.New(rand.NewPCG(seed, 0x6564676573))
	truth, order := make(graph.Partition, n), random.Perm(n)
	var edges []graph.Edge
	var abroad []uint32
	for from, g := 0, uint32(0); from < n; g++ {
		size := min(int(powerLaw(random, leastGroup, mostGroup, groupExponent)), n-from)
		if n-from-size < leastGroup {
			size = n - from
		}
		var home []uint32
		for _, v := range order[from : from+size] {
			truth[v] = g
			for range int(powerLaw(random, leastDegree, mostDegree, degreeSlope) + random.Float64()) {
				if random.Float64() < mu {
					abroad = append(abroad, uint32(v))
				} else {
					home = append(home, uint32(v))
				}
			}
		}
		edges = paired(random, home, edges)
		from += size
	}
	return graph.New(n, paired(random, abroad, edges)), truth
}

// paired appends the edges between ends in random pairs.
func paired(random *rand.Rand, ends []uint32, edges []graph.Edge) []graph.Edge {
	random.Shuffle(len(ends), func(i, j int) { ends[i], ends[j] = ends[j], ends[i] })
	for i := 0; i+1 < len(ends); i += 2 {
		edges = append(edges, graph.Edge{U: ends[i], V: ends[i+1], Weight: 1})
	}
	return edges
}

// powerLaw draws a number between lo and hi with a density that falls with that exponent.
func powerLaw(random *rand.Rand, lo, hi, exponent float64) float64 {
	a := 1 - exponent
	low, high := math.Pow(lo, a), math.Pow(hi, a)
	return math.Pow(low+random.Float64()*(high-low), 1/a)
}
