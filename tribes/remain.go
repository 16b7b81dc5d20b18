package tribes

import (
	"cmp"
	"slices"

	"tribu/tribes/graph"
)

// What those who leave their group of the run before must gain by it, as a share of all their
// weight. To whom nothing has happened need more of a reason, and most when several leave together,
// as in a split or a merge: who leave together bring their own ties along.
const (
	gainOfLively   = 0.15
	gainOfQuiet    = 0.3
	gainOfTogether = 0.5
)

// timesChance is how many times the ties that chance brings two groups must have to become one, and
// the share of them, inverted, that two parts of a group may have to become two.
const timesChance = 1.5

// A memory says where the authors were in the run before. The zero memory is of no run.
type memory struct {
	group  []int     // nowhere for newcomers
	member []bool    // of a tribe
	quiet  []bool    // nothing happened to them since: the same posts, and nobody turned to them
	steady []float64 // share of the reruns with the rest of the group
}

func (m memory) empty() bool { return m.group == nil }

// memory returns what the run before says of the authors of in; nothing where it placed nobody.
func (p *priorRun) memory(in Input) memory {
	if p == nil || p.placed == 0 {
		return memory{}
	}
	n := len(in.authors)
	m := memory{make([]int, n), make([]bool, n), make([]bool, n), make([]float64, n)}
	posts := countPosts(in)
	for v, id := range in.authors {
		row, known := p.rows[id]
		m.group[v] = nowhere
		if known && row.Placed >= 0 {
			m.group[v], m.member[v], m.quiet[v], m.steady[v] = row.Placed, row.Tribe != "", row.Posts == posts[v], row.Stability
		}
	}
	for _, q := range in.posts {
		m.quiet[q.author] = m.quiet[q.author] && !q.at.time().After(in.Parent.AsOf)
	}
	for _, t := range in.ties {
		if t.at.time().After(in.Parent.AsOf) {
			m.quiet[t.from], m.quiet[t.to] = false, false
		}
	}
	return m
}

// homes returns for each author what became of the group that they were a member of.
func (m memory) homes(groups []int) []int {
	home := make([]int, len(groups))
	for v := range home {
		home[v] = nowhere
	}
	if m.empty() {
		return home
	}
	heir := heirsInTurn(m.group, groups)
	for v, g := range m.group {
		if m.member[v] {
			home[v] = heir[g]
		}
	}
	return home
}

// heirsInTurn returns the group that carries on each of those before: pairs that share most authors
// choose first, and no group carries on two.
func heirsInTurn(before, groups []int) []int {
	shared := make(map[[2]int]int)
	for v, g := range before {
		if g != nowhere && groups[v] != nowhere {
			shared[[2]int{g, groups[v]}]++
		}
	}
	pairs := make([][2]int, 0, len(shared))
	for pair := range shared {
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(p, q [2]int) int {
		return cmp.Or(cmp.Compare(shared[q], shared[p]), cmp.Compare(p[0], q[0]), cmp.Compare(p[1], q[1]))
	})
	heir, taken := make([]int, groupCount(before)), make([]bool, groupCount(groups))
	for g := range heir {
		heir[g] = nowhere
	}
	for _, pair := range pairs {
		if heir[pair[0]] == nowhere && !taken[pair[1]] {
			heir[pair[0]], taken[pair[1]] = pair[1], true
		}
	}
	return heir
}

// A homecoming takes authors back to what became of their group of the run before where they left
// it for no clear gain in modularity.
type homecoming struct {
	memory
	g       *graph.Graph
	groups  []int     // of all authors, changed in place
	home    []int     // what carries on each group of the run before
	fresh   []bool    // groups that carry on none
	mass    []float64 // of each group: the weight of its authors
	own     []float64 // of each author
	penalty float64
	leaving []bool // of those in hand
}

// newHomecoming begins one at a resolution; at 0 only the weight to a group counts, not its size.
func newHomecoming(g *graph.Graph, groups []int, m memory, resolution float64) *homecoming {
	h := &homecoming{memory: m, g: g, groups: groups, home: heirsInTurn(m.group, groups), own: make([]float64, len(groups)), leaving: make([]bool, len(groups))}
	count := groupCount(groups)
	h.fresh = slices.Repeat([]bool{true}, count)
	for before, now := range h.home {
		if now == nowhere {
			h.home[before] = len(h.fresh)
			h.fresh = append(h.fresh, false)
			continue
		}
		h.fresh[now] = false
	}
	h.mass = make([]float64, len(h.fresh))
	total := 0.0
	for v, at := range groups {
		h.own[v] = g.Strength(uint32(v))
		if at != nowhere {
			h.mass[at] += h.own[v]
			total += h.own[v]
		}
	}
	h.penalty = resolution / max(1e-9, total)
	return h
}

// together weighs those who went from one group to another as one, most first: all of them where a
// group is gone or another new, else the quiet. A group comes back with least people or more.
func (h *homecoming) together(least int) {
	for _, set := range h.partings() {
		if h.mass[h.homeOf(set[0])] > 0 || len(set) >= least {
			h.weigh(set, gainOfTogether)
		}
	}
}

func (h *homecoming) homeOf(v int) int { return h.home[h.group[v]] }

func (h *homecoming) partings() [][]int {
	went := make(map[[2]int][]int)
	for v := range h.groups {
		if h.away(v) && (h.quiet[v] || h.fresh[h.groups[v]] || h.mass[h.homeOf(v)] == 0) {
			way := [2]int{h.group[v], h.groups[v]}
			went[way] = append(went[way], v)
		}
	}
	all := make([][]int, 0, len(went))
	for _, set := range went {
		all = append(all, set)
	}
	slices.SortFunc(all, func(a, b []int) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0], b[0])) })
	return all
}

// away reports whether v is in another group than what became of theirs.
func (h *homecoming) away(v int) bool {
	return h.group[v] != nowhere && h.groups[v] != nowhere && h.groups[v] != h.homeOf(v)
}

// alone weighs one author.
func (h *homecoming) alone(v int) {
	if !h.away(v) || h.mass[h.homeOf(v)] == 0 {
		return
	}
	least := gainOfLively
	if h.quiet[v] {
		least = gainOfQuiet
	}
	h.weigh([]int{v}, least)
}

// weigh takes authors who went from one group to another home, unless it is clear that they leave.
func (h *homecoming) weigh(set []int, least float64) {
	for _, v := range set {
		h.leaving[v] = true
	}
	home, here := h.homeOf(set[0]), h.groups[set[0]]
	mass, leave := h.leave(set, least)
	for _, v := range set {
		h.leaving[v] = false
		if !leave {
			h.groups[v] = home
		}
	}
	if !leave {
		h.mass[here], h.mass[home] = h.mass[here]-mass, h.mass[home]+mass
	}
}

// leave reports whether authors in hand gain the least share of their weight by where they are
// against home. A group that merged into another must have clearly more ties to it than chance
// brings; one that split off may do so, too, with clearly fewer to what it left.
func (h *homecoming) leave(set []int, least float64) (mass float64, leave bool) {
	home, here := h.homeOf(set[0]), h.groups[set[0]]
	stay, move := 0.0, 0.0
	for _, v := range set {
		mass += h.own[v]
		h.g.Neighbours(uint32(v), func(u uint32, w float32) {
			switch {
			case h.leaving[u]:
			case h.groups[u] == here:
				move += float64(w)
			case h.groups[u] == home:
				stay += float64(w)
			}
		})
	}
	stayChance, moveChance := h.penalty*mass*h.mass[home], h.penalty*mass*(h.mass[here]-mass)
	switch {
	case len(set) > 1 && h.mass[home] == 0:
		return mass, move >= timesChance*moveChance
	case len(set) > 1 && h.fresh[here] && stay*timesChance <= stayChance:
		return mass, true
	}
	return mass, move-moveChance-stay+stayChance >= least*mass
}

// connected returns groups in connected parts.
func connected(g *graph.Graph, groups []int) []int {
	p, free := make(graph.Partition, len(groups)), uint32(groupCount(groups))
	for v, at := range groups {
		p[v] = uint32(at)
		if at == nowhere {
			p[v] = free
			free++
		}
	}
	p, _ = graph.Connected(g, p)
	out := make([]int, len(groups))
	for v, at := range groups {
		out[v] = nowhere
		if at != nowhere {
			out[v] = int(p[v])
		}
	}
	return out
}
