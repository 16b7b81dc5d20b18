package tribes

import (
	"tribu/tribes/graph"
)

const nowhere = -1

// corePosts is the number of posts from which an author helps to shape the groups.
const corePosts = 2

// place groups the authors: Leiden over those with two posts or more, everybody else to the group
// they are tied to most; who was in a group of the run before stays in what became of it unless
// another is clearly better, or it came apart. Groups below minSize dissolve. Numbers are by size,
// largest first.
func place(l layers, p Params, past memory) []int {
	e := effort{starts: starts, passes: -1}
	if l.large() {
		e = effort{starts: 1}
	}
	return placeWith(l, p, past, e)
}

// An effort is how many runs of Leiden are tried, of which the best counts, and the passes of each
// as in graph.Options.
type effort struct{ starts, passes int }

// placeWith does what place does with that effort.
func placeWith(l layers, p Params, past memory, e effort) []int {
	o := graph.Options{Resolution: p.Resolution, Seed: p.Seed, Warm: warmPartition(past.group, l.nodes), Iterations: e.passes}
	if !past.empty() {
		e.starts, o.Hold = 1, timesChance
	}
	groups := make([]int, len(l.posts))
	for v := range groups {
		groups[v] = nowhere
	}
	found := bestOf(l.core, o, e.starts)
	if !past.empty() {
		found = graph.Split(l.core, found, o)
	}
	for i, at := range found {
		groups[l.nodes[i]] = int(at)
	}
	if !past.empty() {
		h := newHomecoming(l.fused, groups, past, p.Resolution)
		h.together(p.MinTribe)
		for _, v := range l.nodes {
			h.alone(int(v))
		}
		groups = connected(l.fused, groups)
	}
	dissolve(groups, p.MinTribe)
	attach(l, groups)
	if !past.empty() {
		h, core := newHomecoming(l.fused, groups, past, 0), coreAuthors(l)
		for v := range core {
			if !core[v] {
				h.alone(v)
			}
		}
	}
	return bySize(groups)
}

// dissolve leaves nobody in groups of fewer than least authors.
func dissolve(groups []int, least int) {
	for _, members := range membersOf(groups) {
		if len(members) < least {
			for _, v := range members {
				groups[v] = nowhere
			}
		}
	}
}

// starts is the number of Leiden runs, of different seeds, of which the best by quality counts: on
// small graphs they differ, and cost little.
const starts = 5

// bestOf returns the best of several runs.
func bestOf(g *graph.Graph, o graph.Options, starts int) graph.Partition {
	if starts == 1 {
		return graph.Leiden(g, o)
	}
	found, score := make([]graph.Partition, starts), make([]float64, starts)
	graph.Parallel(starts, func(i int) {
		try := o
		try.Seed += uint64(i) * 0x2545f4914f6cdd1d
		found[i] = graph.Leiden(g, try)
		score[i] = graph.Score(g, found[i], graph.Modularity, o.Resolution)
	})
	return found[argMax(score)]
}

func coreAuthors(l layers) []bool {
	core := make([]bool, len(l.posts))
	for v, n := range l.posts {
		core[v] = n >= corePosts && l.fused.Degree(uint32(v)) > 0
	}
	return core
}

// warmPartition turns last week's groups into a start for the core; newcomers start alone.
func warmPartition(warm []int, nodes []uint32) graph.Partition {
	if warm == nil {
		return nil
	}
	start, free := make(graph.Partition, len(nodes)), uint32(0)
	for _, g := range warm {
		free = max(free, uint32(g+1))
	}
	for i, v := range nodes {
		if warm[v] >= 0 {
			start[i] = uint32(warm[v])
			continue
		}
		start[i] = free
		free++
	}
	return start.Renumbered()
}

// attach gives each author without a group the one they have most weight to, in rounds, so that
// one attached may bring the next; at last the one whose centre is nearest in words.
func attach(l layers, groups []int) {
	count := groupCount(groups)
	if count == 0 {
		return
	}
	for range 3 {
		attachOnce(l, groups)
	}
	attachByWords(l, groups, count)
}

// attachOnce gives each author without a group the one they have most weight to, if any.
func attachOnce(l layers, groups []int) {
	weight := newTally(groupCount(groups))
	type join struct{ author, group int }
	var joins []join
	for v, g := range groups {
		if g != nowhere {
			continue
		}
		weight.clear()
		l.fused.Neighbours(uint32(v), func(u uint32, w float32) {
			if groups[u] != nowhere {
				weight.add(groups[u], float64(w))
			}
		})
		if to := weight.most(); to != nowhere {
			joins = append(joins, join{v, to})
		}
	}
	for _, j := range joins {
		groups[j.author] = j.group
	}
}

func attachByWords(l layers, groups []int, count int) {
	centres := graph.NewMatrix(count, l.points.Cols)
	for v, g := range groups {
		if g != nowhere {
			add(centres.Row(g), l.points.Row(v))
		}
	}
	for g := range count {
		unit(centres.Row(g))
	}
	likeness := make([]float64, count)
	for v, g := range groups {
		if g != nowhere {
			continue
		}
		for c := range count {
			likeness[c] = dot(centres.Row(c), l.points.Row(v))
		}
		if best := argMax(likeness); likeness[best] > 0 {
			groups[v] = best
		}
	}
}

func add(to, x []float32) {
	for i := range to {
		to[i] += x[i]
	}
}

func dot[F float32 | float64](a, b []F) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// argMax returns the first index of the largest value.
func argMax(values []float64) int {
	best := 0
	for i, v := range values {
		if v > values[best] {
			best = i
		}
	}
	return best
}

func groupCount(groups []int) int {
	count := 0
	for _, g := range groups {
		count = max(count, g+1)
	}
	return count
}

// bySize renumbers groups by size, largest first, ties by their first member.
func bySize(groups []int) []int {
	members := membersOf(groups)
	order := make([]int, 0, len(members))
	for g, m := range members {
		if len(m) > 0 {
			order = append(order, g)
		}
	}
	sortBy(order, func(g int) (int, int) { return -len(members[g]), members[g][0] })
	name := make([]int, len(members))
	for i, g := range order {
		name[g] = i
	}
	out := make([]int, len(groups))
	for v, g := range groups {
		out[v] = nowhere
		if g != nowhere {
			out[v] = name[g]
		}
	}
	return out
}

// membersOf lists the authors of each group, ascending.
func membersOf(groups []int) [][]int {
	members := make([][]int, groupCount(groups))
	for v, g := range groups {
		if g != nowhere {
			members[g] = append(members[g], v)
		}
	}
	return members
}
