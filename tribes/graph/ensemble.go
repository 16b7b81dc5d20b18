package graph

import (
	"runtime"
	"sync"
)

// ensembleFloor is the share of its weight an edge keeps when no run of a round puts its ends together.
const ensembleFloor = 0.05

// exemptDegree is the degree below which a node's edges keep their weight: there is too little
// around such a node for the runs to disagree about.
const exemptDegree = 3

// A node is visited three times on average by a run of the first round and twice by one of the
// second, whose groups show already: more changes nothing.
const (
	firstVisits = 3
	laterVisits = 2
)

// Ensemble returns g with each edge weighted down to the share of one-level clusterings that put
// both ends into one group, but not below a twentieth: first by half of the runs on g, then by the
// others on what the first half left. Nodes of degree < 3 are exempt.
func Ensemble(g *Graph, runs int, o Options) *Graph {
	place := Arrangement(g)
	near := g.Arranged(place)
	first := (runs + 1) / 2
	near = reweighted(near, first, firstVisits, o)
	if runs > first {
		o.Seed += 0x5851f42d4c957f2d
		near = reweighted(near, runs-first, laterVisits, o)
	}
	return near.restored(g, place)
}

// reweighted returns g after one round of runs.
func reweighted(g *Graph, runs, visits int, o Options) *Graph {
	groups := make([]uint32, runs*g.Nodes()) // of a node, one run after the other
	Parallel(runs, func(run int) {
		one := o
		one.Seed += uint64(run) * 0x9e3779b97f4a7c15
		for v, c := range oneLevel(g, one, visits) {
			groups[v*runs+run] = c
		}
	})
	out := &Graph{offsets: g.offsets, targets: g.targets, weights: make([]float32, len(g.targets))}
	parallelBlocks(g.Nodes(), func(lo, hi int) {
		for v := lo; v < hi; v++ {
			own := groups[v*runs : (v+1)*runs]
			for i := g.offsets[v]; i < g.offsets[v+1]; i++ {
				u := g.targets[i]
				share := float32(1)
				if g.Degree(uint32(v)) >= exemptDegree && g.Degree(u) >= exemptDegree {
					share = ensembleFloor + (1-ensembleFloor)*float32(equals(own, groups[int(u)*runs:]))/float32(runs)
				}
				out.weights[i] = g.weight(i) * share
			}
		}
	})
	return out
}

// equals counts the places at which b says the same as a.
func equals(a, b []uint32) (n int) {
	b = b[:len(a)]
	for i, x := range a {
		if x == b[i] {
			n++
		}
	}
	return n
}

// Arrangement returns an order of the nodes in which those that hang together follow each other.
func Arrangement(g *Graph) []uint32 { return byGroup(oneLevel(g, Options{}, 1), g.Nodes()) }

// Arranged returns g with node order[i] as node i, the neighbours of a node in no order: nodes that
// are worked on together lie together in memory.
func (g *Graph) Arranged(order []uint32) *Graph {
	at := make([]uint32, len(order))
	for i, v := range order {
		at[v] = uint32(i)
	}
	out := &Graph{offsets: make([]uint32, len(order)+1), targets: make([]uint32, len(g.targets))}
	if g.weights != nil {
		out.weights = make([]float32, len(g.weights))
	}
	next := uint32(0)
	for i, v := range order {
		row := g.targets[g.offsets[v]:g.offsets[v+1]]
		for j, u := range row {
			out.targets[next+uint32(j)] = at[u]
		}
		if g.weights != nil {
			copy(out.weights[next:], g.weights[g.offsets[v]:g.offsets[v+1]])
		}
		next += uint32(len(row))
		out.offsets[i+1] = next
	}
	return out
}

// restored returns from with the weights of g, which is from arranged by order.
func (g *Graph) restored(from *Graph, order []uint32) *Graph {
	out := &Graph{offsets: from.offsets, targets: from.targets, weights: make([]float32, len(from.targets))}
	for i, v := range order {
		copy(out.weights[out.offsets[v]:out.offsets[v+1]], g.weights[g.offsets[i]:g.offsets[i+1]])
	}
	return out
}

func oneLevel(g *Graph, o Options, visits int) Partition {
	p := singletons(g.Nodes())
	l := newLeiden(g, o)
	l.visits = visits
	l.move(&l.bottom, p)
	return p
}

// Parallel calls work with 0 … n−1 on as many goroutines as there are processors and waits for all.
// The calls must not depend on each other's order.
func Parallel(n int, work func(i int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for i := range n {
			work(i)
		}
		return
	}
	next := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range next {
				work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
