package graph

// A Partition gives every node the number of its group. Groups are numbered from 0.
type Partition []uint32

// Groups returns one more than the highest group number.
func (p Partition) Groups() int {
	top := 0
	for _, c := range p {
		top = max(top, int(c)+1)
	}
	return top
}

// Sizes returns the number of nodes of each group.
func (p Partition) Sizes() []int {
	sizes := make([]int, p.Groups())
	for _, c := range p {
		sizes[c]++
	}
	return sizes
}

// Renumbered returns p with its groups numbered in the order of their first nodes.
func (p Partition) Renumbered() Partition {
	names := make(map[uint32]uint32)
	out := make(Partition, len(p))
	for v, c := range p {
		name, ok := names[c]
		if !ok {
			name = uint32(len(names))
			names[c] = name
		}
		out[v] = name
	}
	return out
}

// Connected returns p with every group split into its connected components, numbered in the order
// of their first nodes, and how many groups were not connected.
func Connected(g *Graph, p Partition) (Partition, int) {
	const unseen = ^uint32(0)
	out := make(Partition, len(p))
	for v := range out {
		out[v] = unseen
	}
	pieces := make([]uint8, p.Groups())
	var next uint32
	var stack []uint32
	for s := range p {
		if out[s] != unseen {
			continue
		}
		pieces[p[s]] = min(pieces[p[s]]+1, 2)
		out[s] = next
		stack = append(stack[:0], uint32(s))
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, u := range g.targets[g.offsets[v]:g.offsets[v+1]] {
				if out[u] == unseen && p[u] == p[v] {
					out[u] = next
					stack = append(stack, u)
				}
			}
		}
		next++
	}
	broken := 0
	for _, n := range pieces {
		if n > 1 {
			broken++
		}
	}
	return out, broken
}
