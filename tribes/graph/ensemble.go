package graph

import (
	"runtime"
	"sync"
)

// ensembleFloor is the share of its weight an edge keeps when no run puts its ends together.
const ensembleFloor = 0.05

// exemptDegree is the degree below which a node's edges keep their weight: there is too little
// around such a node for the runs to disagree about.
const exemptDegree = 3

// Ensemble returns g with each edge weighted down to the share of runs one-level clusterings that
// put both ends into one group, but not below a twentieth. Nodes of degree < 3 are exempt.
func Ensemble(g *Graph, runs int, o Options) *Graph {
	together := make([]uint16, len(g.targets))
	var mu sync.Mutex
	Parallel(runs, func(run int) {
		one := o
		one.Seed = o.Seed + uint64(run)*0x9e3779b97f4a7c15
		p := oneLevel(g, one)
		mu.Lock()
		defer mu.Unlock()
		for v := range p {
			for i := g.offsets[v]; i < g.offsets[v+1]; i++ {
				if p[v] == p[g.targets[i]] {
					together[i]++
				}
			}
		}
	})
	out := &Graph{offsets: g.offsets, targets: g.targets, weights: make([]float32, len(g.targets))}
	for v := range uint32(g.Nodes()) {
		for i := g.offsets[v]; i < g.offsets[v+1]; i++ {
			share := float32(1)
			if g.Degree(v) >= exemptDegree && g.Degree(g.targets[i]) >= exemptDegree {
				share = ensembleFloor + (1-ensembleFloor)*float32(together[i])/float32(runs)
			}
			out.weights[i] = g.weight(i) * share
		}
	}
	return out
}

func oneLevel(g *Graph, o Options) Partition {
	p := singletons(g.Nodes())
	l := newLeiden(g, o)
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
