package tribes

import (
	"math"
	"math/rand/v2"

	"tribu/tribes/graph"
)

const (
	holdsAt     = 2.0  // z from which a group holds on a key
	leastSpread = 0.03 // of the null's cohesion: fewer groups cannot tell less apart
	largeNull   = 5000 // authors above which one null world gives groups enough
)

// A pull is how strongly a group holds together on each key.
type pull struct{ need, tie float64 }

// cohesion returns for each group the share of its members' weight that stays inside, in each
// layer, between 0 at what strength alone explains and 1.
func cohesion(l layers, groups []int) []pull {
	need, tie := insideShare(l.need, groups), insideShare(l.tie, groups)
	out := make([]pull, len(need))
	for g := range out {
		out[g] = pull{need[g], tie[g]}
	}
	return out
}

func insideShare(g *graph.Graph, groups []int) []float64 {
	count := groupCount(groups)
	inside, strength := make([]float64, count), make([]float64, count)
	total := 0.0
	for v, own := range groups {
		g.Neighbours(uint32(v), func(u uint32, w float32) {
			total += float64(w)
			if own == nowhere {
				return
			}
			strength[own] += float64(w)
			if groups[u] == own {
				inside[own] += float64(w)
			}
		})
	}
	for i := range inside {
		if strength[i] == 0 {
			continue
		}
		chance := strength[i] / total
		inside[i] = (inside[i]/strength[i] - chance) / max(1e-9, 1-chance)
	}
	return inside
}

// A null describes the groups the same method finds where there is nothing to find.
type null struct{ mean, spread pull }

// z says how far above the null a group holds, in spreads of the null, on each key.
func (n null) z(c pull) pull {
	return pull{(c.need - n.mean.need) / n.spread.need, (c.tie - n.mean.tie) / n.spread.tie}
}

// nullGroups clusters worlds in which every author keeps the number of ties, but with anybody, and
// the number of words, but of anybody's, and describes the groups found there.
func nullGroups(s *sparse, l layers, p Params) null {
	worlds := 3
	if len(l.posts) > largeNull {
		worlds = 1
	}
	var found []pull
	for w := range worlds {
		seed := p.Seed + uint64(w+1)*0x51ed2701
		world := layers{posts: l.posts, tie: rewired(l.tie, seed)}
		world.points = reduce(shuffled(s, seed).units(), l.points.Cols, seed)
		world.need = needGraph(world.points, seed)
		world.fused = fuse(world.need, world.tie, p.NeedWeight)
		groups := place(world, p, nil)
		found = append(found, cohesion(world, groups)...)
	}
	return describe(found)
}

func describe(found []pull) null {
	var n null
	count := float64(max(1, len(found)))
	for _, c := range found {
		n.mean.need += c.need / count
		n.mean.tie += c.tie / count
	}
	for _, c := range found {
		n.spread.need += (c.need - n.mean.need) * (c.need - n.mean.need) / count
		n.spread.tie += (c.tie - n.mean.tie) * (c.tie - n.mean.tie) / count
	}
	n.spread.need = max(leastSpread, math.Sqrt(n.spread.need))
	n.spread.tie = max(leastSpread, math.Sqrt(n.spread.tie))
	return n
}

// shuffled deals the words of all authors anew: rows keep their lengths, columns their frequency.
func shuffled(s *sparse, seed uint64) *sparse {
	random := rand.New(rand.NewPCG(seed, 0x776f726473))
	out := &sparse{columns: s.columns, offsets: s.offsets, column: append([]uint32(nil), s.column...), value: append([]float32(nil), s.value...)}
	random.Shuffle(len(out.column), func(i, j int) {
		out.column[i], out.column[j] = out.column[j], out.column[i]
		out.value[i], out.value[j] = out.value[j], out.value[i]
	})
	return out
}

// rewired deals the ends of all ties anew: authors keep how many they have (Molloy and Reed 1995;
// ties that would join an author to themselves are dropped).
func rewired(g *graph.Graph, seed uint64) *graph.Graph {
	random := rand.New(rand.NewPCG(seed, 0x74696573))
	edges := g.EdgeList()
	ends := make([]uint32, 0, 2*len(edges))
	for _, e := range edges {
		ends = append(ends, e.U, e.V)
	}
	random.Shuffle(len(ends), func(i, j int) { ends[i], ends[j] = ends[j], ends[i] })
	for i := range edges {
		edges[i].U, edges[i].V = ends[2*i], ends[2*i+1]
	}
	return graph.New(g.Nodes(), edges)
}
