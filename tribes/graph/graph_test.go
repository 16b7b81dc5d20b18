package graph

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	tests := []struct {
		name, text string
		nodes      []string
		edges      []Edge
		err        string
	}{
		{"tabs, spaces, comments", "# friends\na\tb\t2\nb c\n\n", []string{"a", "b", "c"}, []Edge{{0, 1, 2}, {1, 2, 1}}, ""},
		{"both ways and twice are summed", "a b 1\nb a 2\na b .5\n", []string{"a", "b"}, []Edge{{0, 1, 3.5}}, ""},
		{"loops and zero weights are left out", "a a\na b 0\na c\n", []string{"a", "b", "c"}, []Edge{{0, 2, 1}}, ""},
		{"a heading", "source target weight\na b 1\n", []string{"a", "b"}, []Edge{{0, 1, 1}}, ""},
		{"nothing", "", nil, []Edge{}, ""},
		{"a lone node", "a b\nc\n", nil, nil, "line 2"},
		{"no number", "a b x\n", nil, nil, `got "x"`},
		{"below zero", "a b -1\n", nil, nil, "line 1"},
		{"not a number", "a b NaN\n", nil, nil, "line 1"},
		{"too many columns", "a b 1 2\n", nil, nil, "line 1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g, nodes, err := Read(strings.NewReader(test.text))
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("%q: got error %v, want one with %q", test.text, err, test.err)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(nodes, test.nodes) || !reflect.DeepEqual(g.EdgeList(), test.edges) {
				t.Errorf("%q: got %q, %v, error %v; want %q, %v", test.text, nodes, g.EdgeList(), err, test.nodes, test.edges)
			}
		})
	}
}

func TestLeidenOnSmallGraphs(t *testing.T) {
	clique := func(from, to uint32) (edges []Edge) {
		for u := from; u < to; u++ {
			for v := u + 1; v < to; v++ {
				edges = append(edges, Edge{u, v, 1})
			}
		}
		return edges
	}
	ring := append(append(clique(0, 5), clique(5, 10)...), Edge{0, 5, 1})
	tests := []struct {
		name  string
		nodes int
		edges []Edge
		o     Options
		want  Partition
	}{
		{"no nodes", 0, nil, Options{}, nil},
		{"no edges", 3, nil, Options{}, Partition{0, 1, 2}},
		{"two cliques with a bridge", 10, ring, Options{}, Partition{0, 0, 0, 0, 0, 1, 1, 1, 1, 1}},
		{"the same by CPM", 10, ring, Options{Quality: CPM, Resolution: .5}, Partition{0, 0, 0, 0, 0, 1, 1, 1, 1, 1}},
		{"CPM above every density", 10, ring, Options{Quality: CPM, Resolution: 1.5}, Partition{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		{"a warm start that is not connected", 10, ring, Options{Warm: Partition{0, 0, 1, 1, 1, 0, 0, 1, 1, 1}}, Partition{0, 0, 0, 0, 0, 1, 1, 1, 1, 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for seed := range uint64(5) {
				test.o.Seed = seed
				if got := Leiden(New(test.nodes, test.edges), test.o); !reflect.DeepEqual(got, test.want) {
					t.Errorf("seed %d: got %v, want %v", seed, got, test.want)
				}
			}
		})
	}
}

func TestScore(t *testing.T) {
	triangles := New(6, []Edge{{0, 1, 1}, {1, 2, 1}, {0, 2, 1}, {3, 4, 1}, {4, 5, 1}, {3, 5, 1}, {2, 3, 1}})
	p := Partition{0, 0, 0, 1, 1, 1}
	if got, want := Score(triangles, p, Modularity, 1), 5./14; math.Abs(got-want) > 1e-12 {
		t.Errorf("modularity of two triangles with a bridge: got %v, want %v", got, want) // 6/7 − 1/2
	}
	if got, want := Score(triangles, p, CPM, .5), 3.; math.Abs(got-want) > 1e-12 {
		t.Errorf("CPM at .5: got %v, want %v", got, want) // 6 edges − .5 · 6 pairs
	}
}

func TestGroupsAreAlwaysConnected(t *testing.T) {
	for seed := range uint64(20) {
		g, _ := planted(600, 20, 3, .5, seed)
		for _, o := range []Options{{Seed: seed}, {Seed: seed, Resolution: 5}, {Seed: seed, Quality: CPM, Resolution: .05}, {Seed: seed, Iterations: 1}} {
			p := Leiden(g, o)
			if _, broken := Connected(g, p); broken > 0 {
				t.Errorf("seed %d, %+v: %d groups are not connected", seed, o, broken)
			}
			random := rand.New(rand.NewPCG(seed, 3))
			o.Warm = make(Partition, g.Nodes())
			for v := range o.Warm {
				o.Warm[v] = uint32(random.IntN(30))
			}
			if _, broken := Connected(g, Leiden(g, o)); broken > 0 {
				t.Errorf("seed %d, random warm start: %d groups are not connected", seed, broken)
			}
		}
	}
}

func TestWarmStartStaysAndNeverLoses(t *testing.T) {
	g, _ := planted(3000, 50, 12, .3, 1)
	cold := Leiden(g, Options{Seed: 1, Iterations: -1})
	warm := Leiden(g, Options{Seed: 2, Warm: cold})
	if a := Compare(cold, warm); a.ARI < .95 {
		t.Errorf("a warm start on the same graph: ARI %.3f, want at least .95", a.ARI)
	}
	if c, w := Score(g, cold, Modularity, 1), Score(g, warm, Modularity, 1); w < c-1e-9 {
		t.Errorf("a warm start lost quality: %.6f, was %.6f", w, c)
	}
}

// TestAWarmStartThatHolds asks for the groups of a graph again when another twentieth of its edges is
// missing: at γ = 1 there are many ways to merge its small groups that are about as good.
func TestAWarmStartThatHolds(t *testing.T) {
	g, _ := planted(6000, 200, 12, .4, 1)
	weeks := [2]*Graph{}
	for i := range weeks {
		random := rand.New(rand.NewPCG(uint64(i), 1))
		weeks[i] = g.Thinned(func() bool { return random.Float64() < .95 })
	}
	before := Leiden(weeks[0], Options{Seed: 1})
	tests := []struct {
		name        string
		o           Options
		least, most float64 // ARI with the groups before
	}{
		{"cold", Options{Seed: 2}, 0, .9},
		{"warm", Options{Seed: 2, Warm: before}, 0, .95},
		{"warm and held", Options{Seed: 2, Warm: before, Hold: 2}, .95, 1},
	}
	for _, test := range tests {
		after := Leiden(weeks[1], test.o)
		if a := Compare(before, after).ARI; a < test.least || a > test.most {
			t.Errorf("%s: ARI %.3f with the groups before, want %g to %g", test.name, a, test.least, test.most)
		}
	}
	if cold, held := Leiden(weeks[1], Options{Seed: 2}), Leiden(weeks[1], Options{Seed: 2, Hold: 2}); !slices.Equal(cold, held) {
		t.Errorf("a hold without a start: got other groups than without")
	}
}

func TestResultsDoNotDependOnProcessors(t *testing.T) {
	g, _ := planted(3000, 50, 10, .4, 1)
	points := cloud(2000, 16, 10, 1) // several leaves
	run := func() (Partition, *Graph, [][]Neighbour, [][]Neighbour) {
		return Leiden(g, Options{Seed: 1}), Ensemble(g, 8, Options{Seed: 1}), Nearest(points, 10, 1), nearestDescent(points, 10, 1)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	p1, e1, n1, d1 := run()
	runtime.GOMAXPROCS(4)
	p2, e2, n2, d2 := run()
	if !reflect.DeepEqual(p1, p2) || !reflect.DeepEqual(e1, e2) || !reflect.DeepEqual(n1, n2) || !reflect.DeepEqual(d1, d2) {
		t.Errorf("one processor and four give different results: Leiden %v, ensemble %v, exact %v, descent %v equal",
			reflect.DeepEqual(p1, p2), reflect.DeepEqual(e1, e2), reflect.DeepEqual(n1, n2), reflect.DeepEqual(d1, d2))
	}
}

func TestEnsembleFindsSmallGroups(t *testing.T) {
	g, truth := planted(10000, 25, 14, .25, 1)
	plain := Compare(truth, Leiden(g, Options{Seed: 1}))
	sharp := Compare(truth, Leiden(Ensemble(g, 16, Options{Seed: 1}), Options{Seed: 1}))
	if sharp.NMI < .99 || sharp.NMI < plain.NMI {
		t.Errorf("400 groups of 25: NMI %.3f with the ensemble, %.3f without; want at least .99 and more", sharp.NMI, plain.NMI)
	}
}

// cloud returns unit vectors around a number of centres.
func cloud(rows, cols, centres int, seed uint64) Matrix {
	random := rand.New(rand.NewPCG(seed, 2))
	middle := NewMatrix(centres, cols)
	for i := range middle.Values {
		middle.Values[i] = float32(random.NormFloat64())
	}
	m := NewMatrix(rows, cols)
	for r := range rows {
		sum := 0.0
		for j, x := range middle.Row(r % centres) {
			y := float64(x) + .7*random.NormFloat64()
			m.Row(r)[j] = float32(y)
			sum += y * y
		}
		for j := range m.Row(r) {
			m.Row(r)[j] /= float32(math.Sqrt(sum))
		}
	}
	return m
}

func TestDescentFindsAlmostAllNeighbours(t *testing.T) {
	m := cloud(6000, 32, 40, 1)
	exact, found := nearestExact(m, 15), nearestDescent(m, 15, 1)
	hits := 0
	for v := range exact {
		for _, n := range exact[v] {
			for _, o := range found[v] {
				if n.Row == o.Row {
					hits++
				}
			}
		}
	}
	if recall := float64(hits) / float64(15*m.Rows); recall < .95 {
		t.Errorf("recall %.3f over %d rows, want at least .95", recall, m.Rows)
	}
}

func TestNearestLeavesOutEmptyRows(t *testing.T) {
	m := Matrix{4, 2, []float32{1, 0, 0, 0, .8, .6, 0, 1}}
	want := [][]Neighbour{{{2, .8}, {3, 0}}, nil, {{0, .8}, {3, .6}}, {{2, .6}, {0, 0}}}
	if got := Nearest(m, 2, 1); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
