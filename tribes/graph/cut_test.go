package graph

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// clique joins every two of the nodes from up to to.
func clique(edges []Edge, from, to uint32) []Edge {
	for u := from; u < to; u++ {
		for v := u + 1; v < to; v++ {
			edges = append(edges, Edge{U: u, V: v, Weight: 1})
		}
	}
	return edges
}

func TestCutBelow(t *testing.T) {
	two := clique(clique(nil, 0, 6), 6, 12)
	bridged := append(slices.Clone(two), Edge{U: 0, V: 6, Weight: 9})
	twice := append(slices.Clone(bridged), Edge{U: 1, V: 7, Weight: 1})
	tests := []struct {
		name  string
		nodes int
		edges []Edge
		k     int
		side  int // nodes of the smaller side; 0 where there is no such cut
	}{
		{"nothing joins two cliques", 12, two, 1, 6},
		{"one edge does, however heavy", 12, bridged, 2, 6},
		{"one edge is enough for 1", 12, bridged, 1, 0},
		{"two edges", 12, twice, 3, 6},
		{"two edges are enough for 2", 12, twice, 2, 0},
		{"a node hangs on an edge", 7, append(clique(nil, 0, 6), Edge{U: 3, V: 6, Weight: 1}), 2, 1},
		{"a clique of 6 holds on 5 edges", 6, clique(nil, 0, 6), 5, 0},
		{"and not on 6", 6, clique(nil, 0, 6), 6, 1},
		{"one node", 1, nil, 3, 0},
		{"nobody", 0, nil, 3, 0},
	}
	for _, test := range tests {
		side := len(CutBelow(New(test.nodes, test.edges), test.k))
		if side = min(side, test.nodes-side); side != test.side {
			t.Errorf("%s: cut below %d leaves %d of %d nodes, want %d", test.name, test.k, side, test.nodes, test.side)
		}
	}
}

// Small random graphs are compared with all their cuts.
func TestCutBelowAgainstAllCuts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		n, k := 2+random.IntN(7), 1+random.IntN(4)
		var edges []Edge
		for _, e := range clique(nil, 0, uint32(n)) {
			if random.Float64() < .6 {
				edges = append(edges, e)
			}
		}
		least := len(edges) + 1
		for set := 1; set < 1<<(n-1); set++ {
			least = min(least, crossing(edges, func(v uint32) bool { return set>>v&1 == 1 }))
		}
		side := CutBelow(New(n, edges), k)
		if (side != nil) != (least < k) {
			t.Fatalf("%d nodes %v: cut below %d gives %v, the least has %d edges", n, edges, k, side, least)
		}
		if got := crossing(edges, func(v uint32) bool { return slices.Contains(side, v) }); side != nil && (got >= k || len(side) == n) {
			t.Fatalf("%d nodes %v: the side %v has %d edges to the others, want fewer than %d", n, edges, side, got, k)
		}
	}
}

func crossing(edges []Edge, in func(v uint32) bool) int {
	n := 0
	for _, e := range edges {
		if in(e.U) != in(e.V) {
			n++
		}
	}
	return n
}
