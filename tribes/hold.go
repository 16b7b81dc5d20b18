package tribes

import (
	"math"

	"tribu/tribes/graph"
)

// holding returns the groups worth showing: big enough, steady, above the null on a key, and not
// about to fall apart.
func (f *former) holding() (shown []int) {
	people, carriesOn := make([]int, len(f.pulls)), make([]bool, len(f.pulls))
	for v, list := range f.belongs {
		if len(list) > 0 {
			people[list[0].group]++
		}
		if home := f.homes[v]; home != nowhere && f.groups[v] == home {
			carriesOn[home] = true // it is what became of a group that made a tribe of the run before
		}
	}
	core := f.coreOf()
	for g, pull := range f.pulls {
		least := leastStability
		if carriesOn[g] {
			least = keptStability
		}
		if people[g] >= f.p.MinTribe && f.steady.group[g] >= least && (pull.need >= holdsAt || pull.tie >= holdsAt) && f.wellConnected(core[g]) {
			shown = append(shown, g)
		}
	}
	return shown
}

// coreOf lists the members of each group with two posts or more, ascending.
func (f *former) coreOf() [][]uint32 {
	members := make([][]uint32, len(f.pulls))
	for v, core := range coreAuthors(f.l) {
		if g := f.groups[v]; core && g != nowhere {
			members[g] = append(members[g], uint32(v))
		}
	}
	return members
}

// wellConnected reports whether no few ties hold two parts of a group together: a cut of fewer than
// log10 of its people (Park et al., "Well-connectedness and community detection", 2024) between those with
// two posts or more, unless what it cuts off is too few people for a tribe, who are judged one by one.
func (f *former) wellConnected(core []uint32) bool {
	sub := f.l.fused.Among(core)
	least := int(math.Ceil(math.Log10(float64(sub.Nodes()))))
	for sub.Nodes() >= f.p.MinTribe {
		side := graph.CutBelow(sub, least)
		if side == nil {
			return true
		}
		if min(len(side), sub.Nodes()-len(side)) >= f.p.MinTribe {
			return false
		}
		sub = larger(sub, side)
	}
	return false
}

// larger returns g without side, or side alone where that is more.
func larger(g *graph.Graph, side []uint32) *graph.Graph {
	keep := make([]bool, g.Nodes())
	for _, v := range side {
		keep[v] = true
	}
	if 2*len(side) < g.Nodes() {
		for v := range keep {
			keep[v] = !keep[v]
		}
	}
	sub, _ := g.Subgraph(keep)
	return sub
}

// dropStray drops the memberships of those whom no chain of ties joins to the most of their group.
func (f *former) dropStray() {
	pieces, own := f.pieces()
	sizes := pieces.Sizes()
	most := make([]int, groupCount(f.groups)) // one more than the largest piece of each group
	for v, g := range own {
		if g != nowhere && (most[g] == 0 || sizes[pieces[v]] > sizes[most[g]-1]) {
			most[g] = int(pieces[v]) + 1
		}
	}
	for v, g := range own {
		if g != nowhere && int(pieces[v])+1 != most[g] {
			f.belongs[v] = nil
		}
	}
}

// pieces returns the parts of the groups' members, as far as ties among them reach, and the group
// that each author is a member of first.
func (f *former) pieces() (graph.Partition, []int) {
	own, p := make([]int, len(f.belongs)), make(graph.Partition, len(f.belongs))
	for v, list := range f.belongs {
		own[v], p[v] = nowhere, 0
		if len(list) > 0 {
			own[v] = list[0].group
			p[v] = uint32(own[v] + 1)
		}
	}
	pieces, _ := graph.Connected(f.l.fused, p)
	return pieces, own
}

// broken counts the tribes whose members no chain of ties joins.
func (f *former) broken() int {
	pieces, own := f.pieces()
	of, broken := make(map[int]uint32), make(map[int]bool)
	for v, g := range own {
		if g == nowhere {
			continue
		}
		if first, seen := of[g]; seen && first != pieces[v] {
			broken[g] = true
		}
		of[g] = pieces[v]
	}
	return len(broken)
}
