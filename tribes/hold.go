package tribes

import (
	"math"
	"slices"

	"tribu/tribes/graph"
)

const (
	nearlyAll       = 0.75      // share of all people from which a group is told apart from nobody
	oneConversation = 7.0 / 8.0 // share of its people in one conversation from which a group is that
)

// holding returns the groups worth showing: big enough but not nearly everybody, steady, above the
// null on a key, and not about to fall apart.
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
		if people[g] < f.p.MinTribe || float64(people[g]) >= nearlyAll*float64(len(f.groups)) || f.steady.group[g] < least || pull.need < holdsAt && pull.tie < holdsAt {
			continue
		}
		if side, kept := f.weakSide(core[g]); side == nil && kept >= f.p.MinTribe {
			shown = append(shown, g)
		}
	}
	return shown
}

// coreOf lists the members of each group with two posts or more, ascending.
func (f *former) coreOf() [][]uint32 {
	members := make([][]uint32, groupCount(f.groups))
	for v, core := range coreAuthors(f.l) {
		if g := f.groups[v]; core && g != nowhere {
			members[g] = append(members[g], uint32(v))
		}
	}
	return members
}

// weakSide returns who of a group's core few ties hold to the others: the smaller side of a cut of
// fewer than log10 of its people (Park et al., "Well-connectedness and community detection", 2024).
// Sides of too few people for a tribe are left out, who are judged one by one; kept is how many
// people are left.
func (f *former) weakSide(core []uint32) (side []uint32, kept int) {
	least := int(math.Ceil(math.Log10(float64(len(core)))))
	for len(core) >= f.p.MinTribe {
		ties := f.l.fused.Among(core)
		if firm := firmly(ties, core, least); len(firm) < len(core) {
			core = firm
			continue
		}
		cut := graph.CutBelow(ties, least)
		if cut == nil {
			break
		}
		off, rest := apart(core, cut)
		if len(off) >= f.p.MinTribe {
			return off, len(rest)
		}
		core = rest
	}
	return nil, len(core)
}

// firmly returns those of core whom least ties or more hold to the others: a cut of one each, found at once.
func firmly(ties *graph.Graph, core []uint32, least int) []uint32 {
	firm := make([]uint32, 0, len(core))
	for i, v := range core {
		if ties.Degree(uint32(i)) >= least {
			firm = append(firm, v)
		}
	}
	return firm
}

// apart deals a list into those at the places of side, ascending, and the others, fewer first.
func apart(list, side []uint32) (fewer, more []uint32) {
	for i, v := range list {
		if _, in := slices.BinarySearch(side, uint32(i)); in {
			fewer = append(fewer, v)
			continue
		}
		more = append(more, v)
	}
	if len(fewer) > len(more) {
		fewer, more = more, fewer
	}
	return fewer, more
}

// part makes each side that few ties hold to its group a group of its own, until none is left.
func (f *former) part() {
	core := f.coreOf()
	for g := 0; g < len(core); g++ {
		for side, _ := f.weakSide(core[g]); side != nil; side, _ = f.weakSide(core[g]) {
			for _, v := range side {
				f.groups[v] = len(core)
			}
			f.follow(g, len(core))
			core[g] = slices.DeleteFunc(core[g], func(v uint32) bool { return f.groups[v] != g })
			core = append(core, side)
		}
	}
	f.groups = bySize(f.groups)
}

// follow takes those of one post to the group that parted from theirs where they have more weight to it.
func (f *former) follow(from, to int) {
	for v, core := range coreAuthors(f.l) {
		if core || f.groups[v] != from {
			continue
		}
		gain := 0.0
		f.l.fused.Neighbours(uint32(v), func(u uint32, w float32) {
			switch f.groups[u] {
			case to:
				gain += float64(w)
			case from:
				gain -= float64(w)
			}
		})
		if gain > 0 {
			f.groups[v] = to
		}
	}
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
