package graph

// CutBelow returns the nodes of one side of a cut of fewer than k edges, ascending, edges counted
// whatever their weights; nil where every cut has k or more. It contracts pairs that an order by
// attachment shows to be k-connected (Nagamochi, Ono and Ibaraki 1994) until one node is left or a
// lump of nodes has fewer than k edges to the others.
func CutBelow(g *Graph, k int) []uint32 {
	c := contraction{g: g, k: k, lump: make([]uint32, g.Nodes())}
	for v := range c.lump {
		c.lump[v] = uint32(v)
	}
	for lumps := g.Nodes(); lumps > 1; lumps = c.rename() {
		c.gather(lumps)
		for at := range lumps {
			if c.degree(at) < k {
				return c.nodesOf(uint32(at))
			}
		}
		if side := c.scan(lumps); side != nil {
			return side
		}
	}
	return nil
}

// A contraction is a graph whose nodes have grown together into lumps.
type contraction struct {
	g       *Graph
	k       int
	lump    []uint32 // of each node
	offsets []int    // of each lump's edges to other lumps in targets
	targets []uint32
	parent  []uint32 // of lumps that grow together
}

// gather lists the edges between lumps, parallel ones included.
func (c *contraction) gather(lumps int) {
	c.offsets, c.targets, c.parent = make([]int, lumps+1), c.targets[:0], make([]uint32, lumps)
	each := func(visit func(from, to uint32)) {
		for v, from := range c.lump {
			c.g.Neighbours(uint32(v), func(u uint32, _ float32) {
				if to := c.lump[u]; to != from {
					visit(from, to)
				}
			})
		}
	}
	each(func(from, _ uint32) { c.offsets[from+1]++ })
	for at := range lumps {
		c.parent[at] = uint32(at)
		c.offsets[at+1] += c.offsets[at]
	}
	next := append([]int(nil), c.offsets...)
	c.targets = append(c.targets, make([]uint32, c.offsets[lumps])...)
	each(func(from, to uint32) {
		c.targets[next[from]] = to
		next[from]++
	})
}

func (c *contraction) degree(lump int) int { return c.offsets[lump+1] - c.offsets[lump] }

// scan visits the lumps, always one of those most attached to the visited ones, and joins each pair
// found k-connected. It returns the visited side where nothing is attached to it.
func (c *contraction) scan(lumps int) []uint32 {
	attached, seen := make([]int, lumps), make([]bool, lumps)
	queue := make([][]uint32, c.k+1)
	queue[0] = append(queue[0], 0)
	for visited := range lumps {
		v, ok := c.next(queue, attached, seen)
		if !ok {
			return c.visited(seen)
		}
		seen[v] = true
		if visited == lumps-1 {
			break
		}
		for _, u := range c.targets[c.offsets[v]:c.offsets[v+1]] {
			if seen[u] {
				continue
			}
			if attached[u]++; attached[u] <= c.k {
				queue[attached[u]] = append(queue[attached[u]], u)
			}
			if attached[u] >= c.k {
				c.parent[c.root(u)] = c.root(v)
			}
		}
	}
	return nil
}

// next takes the most attached lump not seen; k edges are as good as more.
func (c *contraction) next(queue [][]uint32, attached []int, seen []bool) (uint32, bool) {
	for n := c.k; n >= 0; n-- {
		for len(queue[n]) > 0 {
			v := queue[n][len(queue[n])-1]
			queue[n] = queue[n][:len(queue[n])-1]
			if !seen[v] && min(attached[v], c.k) == n {
				return v, true
			}
		}
	}
	return 0, false
}

func (c *contraction) root(v uint32) uint32 {
	for c.parent[v] != v {
		c.parent[v] = c.parent[c.parent[v]]
		v = c.parent[v]
	}
	return v
}

// rename numbers what has grown together and returns how many lumps are left.
func (c *contraction) rename() int {
	name, count := make(map[uint32]uint32), 0
	for v, lump := range c.lump {
		root := c.root(lump)
		n, known := name[root]
		if !known {
			n = uint32(count)
			name[root] = n
			count++
		}
		c.lump[v] = n
	}
	return count
}

func (c *contraction) nodesOf(lump uint32) []uint32 {
	var out []uint32
	for v, l := range c.lump {
		if l == lump {
			out = append(out, uint32(v))
		}
	}
	return out
}

func (c *contraction) visited(seen []bool) []uint32 {
	var out []uint32
	for v, l := range c.lump {
		if seen[l] {
			out = append(out, uint32(v))
		}
	}
	return out
}
