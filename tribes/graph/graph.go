package graph

import "slices"

// An Edge joins two nodes with a weight. Edges are undirected: U and V may be swapped.
type Edge struct {
	U, V   uint32
	Weight float32
}

// A Graph is an undirected weighted graph without loops. Each edge is stored from both ends; the
// neighbours of a node are in ascending order.
type Graph struct {
	offsets []uint32 // node v's neighbours are targets[offsets[v]:offsets[v+1]]
	targets []uint32
	weights []float32 // nil where every weight is 1
}

// New returns the graph of n nodes with the given edges. Duplicates are summed whichever way round
// they are written; loops and edges of weight ≤ 0 are left out. The order of edges does not matter
// beyond the rounding of sums.
func New(n int, edges []Edge) *Graph {
	g := &Graph{offsets: make([]uint32, n+1)}
	unit := true
	for _, e := range edges {
		if e.U != e.V && e.Weight > 0 {
			g.offsets[e.U+1]++
			g.offsets[e.V+1]++
			unit = unit && e.Weight == 1
		}
	}
	for v := range n {
		g.offsets[v+1] += g.offsets[v]
	}
	g.targets = make([]uint32, g.offsets[n])
	if !unit {
		g.weights = make([]float32, g.offsets[n])
	}
	g.fill(edges)
	g.sortRows()
	g.mergeDuplicates()
	return g
}

func (g *Graph) fill(edges []Edge) {
	next := slices.Clone(g.offsets[:len(g.offsets)-1])
	put := func(u, v uint32, w float32) {
		at := next[u]
		g.targets[at] = v
		if g.weights != nil {
			g.weights[at] = w
		}
		next[u]++
	}
	for _, e := range edges {
		if e.U != e.V && e.Weight > 0 {
			put(e.U, e.V, e.Weight)
			put(e.V, e.U, e.Weight)
		}
	}
}

// sortRows orders each row by target by transposing the matrix twice: one counting pass each.
func (g *Graph) sortRows() {
	n := g.Nodes()
	type entry struct {
		v uint32
		w float32
	}
	var row []entry
	for v := range n {
		lo, hi := g.offsets[v], g.offsets[v+1]
		if slices.IsSorted(g.targets[lo:hi]) {
			continue
		}
		if g.weights == nil {
			slices.Sort(g.targets[lo:hi])
			continue
		}
		row = row[:0]
		for i := lo; i < hi; i++ {
			row = append(row, entry{g.targets[i], g.weights[i]})
		}
		slices.SortFunc(row, func(a, b entry) int {
			if a.v != b.v {
				return int(a.v) - int(b.v)
			}
			return cmpFloat(a.w, b.w)
		})
		for i, e := range row {
			g.targets[lo+uint32(i)], g.weights[lo+uint32(i)] = e.v, e.w
		}
	}
}

func cmpFloat(a, b float32) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (g *Graph) mergeDuplicates() {
	if !g.hasDuplicates() {
		return
	}
	if g.weights == nil {
		g.weights = make([]float32, len(g.targets))
		for i := range g.weights {
			g.weights[i] = 1
		}
	}
	out, start := uint32(0), uint32(0)
	for v := range g.Nodes() {
		end, first := g.offsets[v+1], out
		for i := start; i < end; i++ {
			if out > first && g.targets[out-1] == g.targets[i] {
				g.weights[out-1] += g.weights[i]
				continue
			}
			g.targets[out], g.weights[out] = g.targets[i], g.weights[i]
			out++
		}
		start = end
		g.offsets[v+1] = out
	}
	g.targets, g.weights = g.targets[:out:out], g.weights[:out:out]
}

func (g *Graph) hasDuplicates() bool {
	for v := range g.Nodes() {
		row := g.targets[g.offsets[v]:g.offsets[v+1]]
		for i := 1; i < len(row); i++ {
			if row[i] == row[i-1] {
				return true
			}
		}
	}
	return false
}

// Nodes returns the number of nodes.
func (g *Graph) Nodes() int { return len(g.offsets) - 1 }

// Edges returns the number of undirected edges.
func (g *Graph) Edges() int { return len(g.targets) / 2 }

// Degree returns the number of neighbours of v.
func (g *Graph) Degree(v uint32) int { return int(g.offsets[v+1] - g.offsets[v]) }

// Neighbours calls visit with each neighbour of v and the weight of the edge, in ascending order.
func (g *Graph) Neighbours(v uint32, visit func(u uint32, w float32)) {
	for i := g.offsets[v]; i < g.offsets[v+1]; i++ {
		visit(g.targets[i], g.weight(i))
	}
}

func (g *Graph) weight(i uint32) float32 {
	if g.weights == nil {
		return 1
	}
	return g.weights[i]
}

// Strength returns the sum of the weights of v's edges.
func (g *Graph) Strength(v uint32) float64 {
	if g.weights == nil {
		return float64(g.Degree(v))
	}
	sum := 0.0
	for _, w := range g.weights[g.offsets[v]:g.offsets[v+1]] {
		sum += float64(w)
	}
	return sum
}

// TotalWeight returns the sum of the weights of all edges.
func (g *Graph) TotalWeight() float64 {
	sum := 0.0
	for v := range g.Nodes() {
		sum += g.Strength(uint32(v))
	}
	return sum / 2
}

// EdgeList returns every edge once, with U < V, in ascending order.
func (g *Graph) EdgeList() []Edge {
	edges := make([]Edge, 0, g.Edges())
	for v := range uint32(g.Nodes()) {
		g.Neighbours(v, func(u uint32, w float32) {
			if v < u {
				edges = append(edges, Edge{v, u, w})
			}
		})
	}
	return edges
}
