package graph

import (
	"math/bits"
	"slices"
)

// Thinned returns g with the edges for which keep says so, asked once each in the order of EdgeList.
func (g *Graph) Thinned(keep func() bool) *Graph {
	kept := make([]bool, len(g.targets)) // at the lower end
	out := &Graph{offsets: make([]uint32, len(g.offsets))}
	for v := range uint32(g.Nodes()) {
		for i := g.offsets[v]; i < g.offsets[v+1]; i++ {
			if u := g.targets[i]; v < u && keep() {
				kept[i] = true
				out.offsets[v+1]++
				out.offsets[u+1]++
			}
		}
	}
	for v := range g.Nodes() {
		out.offsets[v+1] += out.offsets[v]
	}
	out.targets = make([]uint32, out.offsets[g.Nodes()])
	if g.weights != nil {
		out.weights = make([]float32, len(out.targets))
	}
	next := slices.Clone(out.offsets[:g.Nodes()])
	put := func(u, v, i uint32) {
		out.targets[next[u]] = v
		if g.weights != nil {
			out.weights[next[u]] = g.weights[i]
		}
		next[u]++
	}
	for v := range uint32(g.Nodes()) { // ascending, so that rows come out in order
		for i := g.offsets[v]; i < g.offsets[v+1]; i++ {
			if kept[i] {
				put(v, g.targets[i], i)
				put(g.targets[i], v, i)
			}
		}
	}
	return out
}

// Subgraph returns the graph among the nodes for which keep is true, renumbered in order, and the
// old number of each new node.
func (g *Graph) Subgraph(keep []bool) (*Graph, []uint32) {
	name, nodes := make([]uint32, g.Nodes()), []uint32(nil)
	for v := range keep {
		if keep[v] {
			name[v] = uint32(len(nodes))
			nodes = append(nodes, uint32(v))
		}
	}
	return g.renamed(nodes, func(u uint32) (int, bool) { return int(name[u]), keep[u] }), nodes
}

// Among returns the graph among nodes, which are ascending, renumbered in order. Cost: that of
// their own edges.
func (g *Graph) Among(nodes []uint32) *Graph {
	slots := make([]uint32, 4<<bits.Len(uint(len(nodes)))) // 1 + the name of a node, where its hash points or behind
	last := uint32(len(slots) - 1)
	slot := func(u uint32) uint32 {
		at := u * 0x9e3779b1 >> 7 & last
		for slots[at] != 0 && nodes[slots[at]-1] != u {
			at = (at + 1) & last
		}
		return at
	}
	for i, v := range nodes {
		slots[slot(v)] = uint32(i + 1)
	}
	return g.renamed(nodes, func(u uint32) (int, bool) {
		name := slots[slot(u)]
		return int(name) - 1, name != 0
	})
}

// renamed returns the graph of nodes, which are ascending, and those of their neighbours that have
// a name there. Names keep the order.
func (g *Graph) renamed(nodes []uint32, name func(u uint32) (int, bool)) *Graph {
	ends := 0
	for _, v := range nodes {
		ends += g.Degree(v)
	}
	out := &Graph{offsets: make([]uint32, 1, len(nodes)+1), targets: make([]uint32, 0, ends)}
	if g.weights != nil {
		out.weights = make([]float32, 0, ends)
	}
	for _, v := range nodes {
		for i := g.offsets[v]; i < g.offsets[v+1]; i++ {
			if to, kept := name(g.targets[i]); kept {
				out.targets = append(out.targets, uint32(to))
				if g.weights != nil {
					out.weights = append(out.weights, g.weights[i])
				}
			}
		}
		out.offsets = append(out.offsets, uint32(len(out.targets)))
	}
	return out
}

// Sum returns the graph whose weights are x times those of a and y times those of b, which has the
// same nodes; a factor of 0 leaves a graph out.
func Sum(a *Graph, x float32, b *Graph, y float32) *Graph {
	if x <= 0 {
		a = &Graph{offsets: make([]uint32, b.Nodes()+1)}
	}
	if y <= 0 {
		b = &Graph{offsets: make([]uint32, a.Nodes()+1)}
	}
	most := len(a.targets) + len(b.targets)
	out := &Graph{offsets: make([]uint32, 1, len(a.offsets)), targets: make([]uint32, 0, most), weights: make([]float32, 0, most)}
	for v := range a.Nodes() {
		i, j := a.offsets[v], b.offsets[v]
		for i < a.offsets[v+1] || j < b.offsets[v+1] {
			first, second := i < a.offsets[v+1], j < b.offsets[v+1]
			if first && second {
				first, second = a.targets[i] <= b.targets[j], b.targets[j] <= a.targets[i]
			}
			u, w := uint32(0), float32(0)
			if first {
				u, w = a.targets[i], float32(x*a.weight(i))
				i++
			}
			if second {
				u, w = b.targets[j], w+float32(y*b.weight(j))
				j++
			}
			out.targets, out.weights = append(out.targets, u), append(out.weights, w)
		}
		out.offsets = append(out.offsets, uint32(len(out.targets)))
	}
	return out
}
