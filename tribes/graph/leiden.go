package graph

import (
	"math/rand/v2"
	"slices"
)

// A Quality is what Leiden maximises.
type Quality int

// Modularity compares edges with a random graph of the same strengths; CPM with a constant density.
const (
	Modularity Quality = iota
	CPM
)

// Options says how Leiden clusters. The zero value is modularity at resolution 1, two iterations.
type Options struct {
	Quality    Quality
	Resolution float64   // γ; 0 means 1
	Iterations int       // whole passes; 0 means 2, or 1 from a warm start that holds; below 0 until nothing changes (at most 50)
	Seed       uint64    // of every random choice
	Warm       Partition // start from these groups, split into connected parts; nil: every node alone
	Hold       float64   // of Warm: times the edges of chance from which groups merge, its inverse to split; below 1: 1
}

const untilStableCap = 50

// Leiden returns groups of g, each of them connected, numbered in the order of their first nodes.
// Cost: O(edges) per pass; memory beyond g about that of g itself.
func Leiden(g *Graph, o Options) Partition {
	if g.Nodes() == 0 {
		return nil
	}
	comm := singletons(g.Nodes())
	if o.Warm != nil {
		comm, _ = Connected(g, o.Warm)
	}
	l := newLeiden(g, o)
	rounds := o.Iterations
	switch {
	case rounds == 0 && o.Warm != nil && o.Hold > 1:
		rounds = 1
	case rounds == 0:
		rounds = 2
	}
	if rounds < 0 {
		rounds = untilStableCap
	}
	for range rounds {
		if !l.iterate(comm) {
			break
		}
	}
	compact(comm)
	return comm
}

// LeidenNested groups nodes that stand for groups themselves: inside gives the weight of the edges
// each node has within. Quality is modularity.
func LeidenNested(g *Graph, inside []float64, o Options) Partition {
	if g.Nodes() == 0 {
		return nil
	}
	o.Quality = Modularity
	l := newLeiden(g, o)
	twice := 0.0
	for v, w := range inside {
		l.bottom.mass[v] += 2 * w
		twice += l.bottom.mass[v]
	}
	if twice > 0 {
		l.penalty *= g.TotalWeight() * 2 / twice
	}
	comm := singletons(g.Nodes())
	for range untilStableCap {
		if !l.iterate(comm) {
			break
		}
	}
	compact(comm)
	return comm
}

func singletons(n int) Partition {
	p := make(Partition, n)
	for v := range p {
		p[v] = uint32(v)
	}
	return p
}

// A level is a graph whose nodes stand for connected sets of the nodes below.
type level struct {
	Graph
	mass []float64 // of a node: its strength (modularity) or the nodes it stands for (CPM)
}

// leiden holds what one run shares between its levels.
type leiden struct {
	bottom  level
	penalty float64 // gain of joining = weight of the ties − penalty × mass × mass
	visits  int     // most of a node in one round of moves, on average
	hold    float64 // times the edges of chance; 1 for a cold start
	home    float64 // penalty of staying in a group at the level in hand
	away    float64 // and of joining another
	heat    float64 // randomness of the refinement, in units of weight
	epsilon float64 // gains below are rounding
	random  *rand.Rand
	sums    []sum    // of each group
	touched []uint32 // groups with near ≠ 0
	waiting []bool
	queue   []uint32
	empty   []uint32 // group numbers free to use
	rooms   [2]room  // of the last two levels
}

// A sum is what a round of moves knows of a group. The two are asked of the same group right after one another:
// side by side they cost one read of memory.
type sum struct {
	near  float64 // weight from the node in hand; zero between uses
	total float64 // mass
}

// A room is the memory of a level's edges.
type room struct {
	targets []uint32
	weights []float32
}

func newLeiden(g *Graph, o Options) *leiden {
	resolution := o.Resolution
	if resolution == 0 {
		resolution = 1
	}
	n := g.Nodes()
	l := &leiden{
		bottom:  level{*g, make([]float64, n)},
		random:  rand.New(rand.NewPCG(o.Seed, 0x7472696265)),
		sums:    make([]sum, n),
		waiting: make([]bool, n),
		queue:   make([]uint32, n),
		penalty: resolution,
		visits:  200,
		hold:    1,
	}
	twice := 0.0
	for v := range l.bottom.mass {
		strength := g.Strength(uint32(v))
		twice += strength
		l.bottom.mass[v] = strength
		if o.Quality == CPM {
			l.bottom.mass[v] = 1
		}
	}
	if o.Quality == Modularity && twice > 0 {
		l.penalty = resolution / twice
	}
	l.heat = 0.01 * twice / float64(max(1, len(g.targets)))
	l.epsilon = 1e-13 * twice
	l.home, l.away = l.penalty, l.penalty
	if o.Warm != nil {
		l.hold = max(1, o.Hold)
	}
	return l
}

// iterate improves comm in place by one pass through all levels and reports whether it changed.
func (l *leiden) iterate(comm Partition) bool {
	lv := &l.bottom
	place := []uint32(nil) // of each bottom node in lv; nil at the bottom itself
	groups := comm
	changed := false
	l.home, l.away = l.penalty, l.penalty
	for {
		changed = l.move(lv, groups) || changed
		l.home, l.away = l.penalty/l.hold, l.penalty*l.hold
		count := compact(groups)
		if count == lv.Nodes() {
			break
		}
		parts, n := l.refine(lv, groups, count)
		if n == lv.Nodes() {
			break
		}
		if place == nil {
			place = slices.Clone(parts)
		} else {
			for v, at := range place {
				place[v] = parts[at]
			}
		}
		lv, groups = l.aggregate(lv, parts, n, groups)
	}
	pieces, _ := Connected(&lv.Graph, groups) // what a node stands for is connected
	if place == nil {
		copy(comm, pieces)
	}
	for v, at := range place {
		comm[v] = pieces[at]
	}
	return changed
}

// compact renumbers groups in the order of their first nodes and returns how many there are.
func compact(groups []uint32) int {
	name := make([]uint32, len(groups))
	n := uint32(0)
	for v, c := range groups {
		if name[c] == 0 {
			n++
			name[c] = n
		}
		groups[v] = name[c] - 1
	}
	return int(n)
}
