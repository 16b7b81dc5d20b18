package tribes

import (
	"slices"

	"tribu/tribes/graph"
)

// aroundUsual is the number of candidates on either side of the usual resolution that may be as
// good as it where nothing tells them apart.
const aroundUsual = 2

// agreed returns l with each tie of its core counting by the share of the settings that p leaves
// open which keep both ends together: where people are too few to tell which setting is right, what
// most of them find is likelier so than what any of them finds alone (evidence accumulation, Fred
// and Jain 2005).
func (l layers) agreed(p Params) layers {
	settings := open(p)
	found := make([]graph.Partition, len(settings))
	graph.Parallel(len(settings), func(i int) {
		core := l.weighed(settings[i].needWeight).core
		found[i] = graph.Leiden(core, graph.Options{Resolution: settings[i].resolution, Seed: p.Seed, Iterations: coldIterations})
	})
	var edges []graph.Edge
	for _, e := range l.core.EdgeList() {
		together := 0
		for _, groups := range found {
			if groups[e.U] == groups[e.V] {
				together++
			}
		}
		if together > 0 {
			e.Weight *= float32(together) / float32(len(found))
			edges = append(edges, e)
		}
	}
	l.core = graph.New(len(l.nodes), edges)
	return l
}

// open lists the settings around the usual one that p leaves open.
func open(p Params) (all []setting) {
	weights, near := []float64{p.NeedWeight}, []float64{p.Resolution}
	if p.AutoWeight {
		weights = needWeights()
	}
	if at := slices.Index(resolutions(), p.Resolution); p.AutoResolution && at >= 0 {
		near = resolutions()[max(0, at-aroundUsual):min(len(resolutions()), at+aroundUsual+1)]
	}
	for _, w := range weights {
		for _, r := range near {
			all = append(all, setting{w, r})
		}
	}
	return all
}
