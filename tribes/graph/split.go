package graph

// Split divides each group of p into the parts that have clearly fewer ties to each other than chance
// brings, less than 1/o.Hold of them: Leiden from single nodes looks for the parts within a group, by the
// modularity of the whole graph. A warm start moves nodes one by one and seldom finds that a group came
// apart. Groups are numbered in the order of their first nodes. Cost: O(edges) per pass of Leiden.
func Split(g *Graph, p Partition, o Options) Partition {
	if o.Resolution == 0 {
		o.Resolution = 1
	}
	o.Warm = nil
	out, free := make(Partition, len(p)), uint32(0)
	twice := 2 * g.TotalWeight()
	order := byGroup(p, p.Groups())
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && p[order[end]] == p[order[start]] {
			end++
		}
		parts := apart(g, order[start:end], twice, o)
		for i, v := range order[start:end] {
			out[v] = free + parts[i]
		}
		free += uint32(parts.Groups())
		start = end
	}
	compact(out)
	return out
}

// apart returns the parts of one group, whose nodes are ascending, of a graph with twice that weight.
func apart(g *Graph, nodes []uint32, twice float64, o Options) Partition {
	if len(nodes) == 1 {
		return Partition{0}
	}
	within, outside, whole := g.Among(nodes), make([]float64, len(nodes)), 0.0
	for i, v := range nodes {
		strength := g.Strength(v)
		outside[i] = (strength - within.Strength(uint32(i))) / 2 // both ends count towards a node's mass
		whole += strength
	}
	hold, penalty := max(1, o.Hold), o.Resolution/max(1e-9, twice)
	o.Resolution *= whole / max(1e-9, twice)
	parts := LeidenNested(within, outside, o)
	return unitedParts(within, parts, func(i int) float64 { return g.Strength(nodes[i]) }, penalty/hold)
}

// unitedParts makes one of two parts wherever the weight between them is at least penalty × mass × mass,
// first of those with the most for their masses.
func unitedParts(g *Graph, parts Partition, mass func(node int) float64, penalty float64) Partition {
	count := parts.Groups()
	masses, between := make([]float64, count), make([][]float64, count)
	for a := range between {
		between[a] = make([]float64, count)
	}
	for v, a := range parts {
		masses[a] += mass(v)
		g.Neighbours(uint32(v), func(u uint32, w float32) { between[a][parts[u]] += float64(w) })
	}
	name := singletons(count)
	for {
		best, from, to := 1.0, 0, 0
		for a := range count {
			for b := range a {
				if chance := penalty * masses[a] * masses[b]; chance > 0 && between[a][b] >= best*chance {
					best, from, to = between[a][b]/chance, a, b
				}
			}
		}
		if from == to {
			break
		}
		masses[from], masses[to] = 0, masses[from]+masses[to]
		for c := range count {
			between[to][c] += between[from][c]
			between[c][to] += between[c][from]
			if name[c] == uint32(from) {
				name[c] = uint32(to)
			}
		}
	}
	out := make(Partition, len(parts))
	for v, a := range parts {
		out[v] = name[a]
	}
	compact(out)
	return out
}
