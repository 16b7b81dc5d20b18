package tribes

import "tribu/tribes/graph"

// areaResolution is the share of γ at which tribes with like needs fall into one problem area.
const areaResolution = 0.6

// problemAreas joins groups whose members share needs into areas, numbered by people: Leiden over
// the groups, tied by the weight between their members in the problem layer.
func problemAreas(l layers, groups []int, p Params) []int {
	count := groupCount(groups)
	if count == 0 {
		return nil
	}
	var edges []graph.Edge
	for _, e := range l.need.EdgeList() {
		if a, b := groups[e.U], groups[e.V]; a != nowhere && b != nowhere && a != b {
			edges = append(edges, graph.Edge{U: uint32(min(a, b)), V: uint32(max(a, b)), Weight: e.Weight})
		}
	}
	inside := make([]float64, count)
	for _, e := range l.need.EdgeList() {
		if a := groups[e.U]; a != nowhere && a == groups[e.V] {
			inside[a] += float64(e.Weight)
		}
	}
	found := graph.LeidenNested(graph.New(count, edges), inside, graph.Options{Resolution: areaResolution * p.Resolution, Seed: p.Seed, Iterations: -1})
	byAuthor := make([]int, len(groups))
	for v, g := range groups {
		byAuthor[v] = nowhere
		if g != nowhere {
			byAuthor[v] = int(found[g])
		}
	}
	areas := make([]int, count)
	for v, a := range bySize(byAuthor) {
		if groups[v] != nowhere {
			areas[groups[v]] = a
		}
	}
	return areas
}
