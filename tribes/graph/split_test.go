package graph

import (
	"slices"
	"testing"
)

// Four cliques of eight stand for groups; what joins the first two differs.
func TestSplit(t *testing.T) {
	four := clique(clique(clique(clique(nil, 0, 8), 8, 16), 16, 24), 24, 32)
	bridged := func(n uint32) []Edge {
		edges := slices.Clone(four)
		for i := range n {
			edges = append(edges, Edge{U: i % 8, V: 8 + (i+i/8)%8, Weight: 1})
		}
		return edges
	}
	together := make(Partition, 32)
	for v := range together {
		together[v] = uint32(max(1, v/8)) // the first two are one group
	}
	for _, test := range []struct {
		name   string
		edges  []Edge
		groups int
	}{
		{"nothing joins them", bridged(0), 4},
		{"clearly less than chance brings", bridged(4), 4},
		{"not clearly less", bridged(16), 3},
	} {
		g := New(32, test.edges)
		for seed := range uint64(5) {
			found := Split(g, together, Options{Seed: seed, Hold: 1.5})
			if n := found.Groups(); n != test.groups {
				t.Errorf("%s, seed %d: %d groups, want %d: %v", test.name, seed, n, test.groups, found)
			}
			if again := Split(g, found, Options{Seed: seed, Hold: 1.5}); !slices.Equal(again, found) {
				t.Errorf("%s, seed %d: splitting %v once more gives %v", test.name, seed, found, again)
			}
		}
	}
}

func TestSplitOfNothing(t *testing.T) {
	if p := Split(New(0, nil), nil, Options{}); len(p) != 0 {
		t.Errorf("no nodes are split into %v", p)
	}
	if p := Split(New(3, nil), Partition{0, 0, 1}, Options{Hold: 1.5}); p.Groups() != 3 {
		t.Errorf("nodes without ties stay together: %v", p)
	}
}
