package graph

import (
	"math"
	"slices"
)

// refine splits every group into well-connected parts: each node that is still alone and well
// connected to its group joins one of the parts around it, at random, better ones likelier. It returns
// the part of each node, those of a group numbered one after another, and how many there are.
func (l *leiden) refine(lv *level, groups []uint32, count int) (parts []uint32, n int) {
	r := refinement{leiden: l, lv: lv, order: byGroup(groups, count), place: make([]uint32, lv.Nodes())}
	for at, v := range r.order {
		r.place[v] = uint32(at)
	}
	parts = make([]uint32, lv.Nodes())
	for start := 0; start < len(r.order); {
		end := start + 1
		for end < len(r.order) && groups[r.order[end]] == groups[r.order[start]] {
			end++
		}
		r.enter(start, end)
		for _, v := range r.turns {
			r.merge(v)
		}
		n = r.leave(start, parts, n)
		start = end
	}
	return parts, n
}

// byGroup lists the nodes group by group.
func byGroup(groups []uint32, count int) []uint32 {
	next := make([]uint32, count+1)
	for _, c := range groups {
		next[c+1]++
	}
	for c := range count {
		next[c+1] += next[c]
	}
	order := make([]uint32, len(groups))
	for v, c := range groups {
		order[next[c]] = uint32(v)
		next[c]++
	}
	return order
}

// A refinement splits one group after another. Within the group in hand a node is called by its place
// in it, and a part by that of a node: what is asked again and again lies close together.
type refinement struct {
	*leiden
	lv     *level
	order  []uint32  // nodes, group by group
	place  []uint32  // of each node in order
	whole  float64   // mass of the group in hand
	rows   []uint32  // where the ties of each of its nodes begin; one more at the end
	ties   []tie     // within it
	turns  []uint32  // its nodes at random
	part   []uint32  // of each node
	of     []share   // by part
	joined []bool    // the part has more than one node
	near   []float64 // weight from the node in hand to each part; zero between uses
	odds   []float64
}

// A tie is one end of an edge within a group.
type tie struct {
	to     uint32
	weight float32
}

// A share is what a part has of its group.
type share struct {
	cut  float64 // weight to the rest of it
	mass float64
}

// enter takes the group of the nodes order[start:end] in hand, every node a part of its own.
func (r *refinement) enter(start, end int) {
	size := uint32(end - start)
	r.whole, r.ties, r.rows, r.of, r.part, r.turns = 0, r.ties[:0], append(r.rows[:0], 0), r.of[:0], r.part[:0], r.turns[:0]
	for at, v := range r.order[start:end] {
		cut := 0.0
		for i := r.lv.offsets[v]; i < r.lv.offsets[v+1]; i++ {
			if to := r.place[r.lv.targets[i]] - uint32(start); to < size {
				w := r.lv.weight(i)
				r.ties = append(r.ties, tie{to, w})
				cut += float64(w)
			}
		}
		r.rows = append(r.rows, uint32(len(r.ties)))
		r.of = append(r.of, share{cut, r.lv.mass[v]})
		r.whole += r.lv.mass[v]
		r.part, r.turns = append(r.part, uint32(at)), append(r.turns, uint32(at))
	}
	r.joined = slices.Grow(r.joined[:0], int(size))[:size]
	clear(r.joined)
	r.near = slices.Grow(r.near[:0], int(size))[:size]
	r.shuffle(r.turns)
}

// leave numbers the parts of the group in hand from n on, in the order of their first nodes, and returns
// the number after the last.
func (r *refinement) leave(start int, parts []uint32, n int) int {
	const unnamed = ^uint32(0)
	names := r.turns // they are over
	for i := range names {
		names[i] = unnamed
	}
	for at, p := range r.part {
		if names[p] == unnamed {
			names[p] = uint32(n)
			n++
		}
		parts[r.order[start+at]] = names[p]
	}
	return n
}

// merge lets v, if it is alone and well connected to its group, join a part.
func (r *refinement) merge(v uint32) {
	if r.joined[v] || r.part[v] != v || !r.wellConnected(v) {
		return
	}
	r.touched = r.touched[:0]
	for _, t := range r.ties[r.rows[v]:r.rows[v+1]] {
		p := r.part[t.to]
		if r.near[p] == 0 {
			r.touched = append(r.touched, p)
		}
		r.near[p] += float64(t.weight)
	}
	if to := r.draw(v); to != v {
		r.of[to].cut += r.of[v].cut - 2*r.near[to]
		r.of[to].mass += r.of[v].mass
		r.of[v] = share{}
		r.part[v] = to
		r.joined[to] = true
	}
	for _, p := range r.touched {
		r.near[p] = 0
	}
}

func (r *refinement) wellConnected(part uint32) bool {
	p := &r.of[part]
	return p.cut >= r.penalty*p.mass*(r.whole-p.mass)
}

// draw picks a part for v with probability ∝ exp(gain/heat) among the well-connected parts that do
// not lose, its own included at gain 0.
func (r *refinement) draw(v uint32) uint32 {
	top := 0.0
	odds := r.odds[:0]
	for _, p := range r.touched {
		gain := math.Inf(-1)
		if r.wellConnected(p) {
			gain = r.near[p] - r.penalty*r.of[v].mass*r.of[p].mass
		}
		top = max(top, gain)
		odds = append(odds, gain)
	}
	r.odds = odds
	chance := func(gain float64) float64 {
		if gain < 0 || gain < top-30*r.heat {
			return 0
		}
		return math.Exp((gain - top) / r.heat)
	}
	sum := chance(0)
	for i, gain := range odds {
		odds[i] = chance(gain)
		sum += odds[i]
	}
	x := r.random.Float64() * sum
	for i, p := range r.touched {
		if x -= odds[i]; x < 0 {
			return p
		}
	}
	return v
}

// aggregate returns the graph whose nodes are the n parts, and the group of each. It overwrites what
// it returned the time before last: nothing below the level in hand is asked again.
func (l *leiden) aggregate(lv *level, parts []uint32, n int, groups []uint32) (*level, []uint32) {
	order := byGroup(parts, n)
	l.rooms[0], l.rooms[1] = l.rooms[1], l.rooms[0]
	room := &l.rooms[0]
	up := &level{Graph: Graph{offsets: make([]uint32, n+1)}, mass: make([]float64, n)}
	upGroups := make([]uint32, n)
	if room.targets == nil {
		guess := len(lv.targets) / 2
		room.targets, room.weights = make([]uint32, 0, guess), make([]float32, 0, guess)
	}
	up.targets, up.weights = room.targets[:0], room.weights[:0]
	at := 0
	for part := range uint32(n) {
		l.touched = l.touched[:0]
		for ; at < len(order) && parts[order[at]] == part; at++ {
			v := order[at]
			up.mass[part] += lv.mass[v]
			upGroups[part] = groups[v]
			l.gather(lv, parts, v)
		}
		l.sums[part].near = 0
		for _, c := range l.touched {
			if c != part {
				up.targets = append(up.targets, c)
				up.weights = append(up.weights, float32(l.sums[c].near))
				l.sums[c].near = 0
			}
		}
		up.offsets[part+1] = uint32(len(up.targets))
	}
	room.targets, room.weights = up.targets, up.weights
	return up, upGroups
}

// within returns the weight from v to the others of its group.
func (lv *level) within(groups []uint32, v uint32) float64 {
	sum := 0.0
	for i := lv.offsets[v]; i < lv.offsets[v+1]; i++ {
		if groups[lv.targets[i]] == groups[v] {
			sum += float64(lv.weight(i))
		}
	}
	return sum
}

// Score returns the quality of p on g: modularity in −0.5…1, or CPM in units of weight.
func Score(g *Graph, p Partition, quality Quality, resolution float64) float64 {
	if resolution == 0 {
		resolution = 1
	}
	groups := p.Groups()
	inside, mass := make([]float64, groups), make([]float64, groups)
	twice := 0.0
	lv := level{Graph: *g}
	for v := range p {
		strength := g.Strength(uint32(v))
		twice += strength
		inside[p[v]] += lv.within(p, uint32(v))
		if quality == CPM {
			strength = 1
		}
		mass[p[v]] += strength
	}
	if twice == 0 {
		return 0
	}
	sum := 0.0
	for c := range inside {
		if quality == CPM {
			sum += inside[c]/2 - resolution*mass[c]*(mass[c]-1)/2
		} else {
			sum += inside[c]/twice - resolution*mass[c]/twice*mass[c]/twice
		}
	}
	return sum
}
