package graph

import (
	"math"
	"slices"
)

// refine splits every group into well-connected parts: each node that is still alone and well
// connected to its group joins one of the parts around it, at random, better ones likelier.
func (l *leiden) refine(lv *level, groups []uint32, count int) []uint32 {
	n := lv.Nodes()
	parts := []uint32(singletons(n))
	order := byGroup(groups, count)
	r := refinement{
		leiden: l, lv: lv, groups: groups, parts: parts,
		of: make([]share, n), joined: make([]bool, n),
	}
	clear(l.sums[:n])
	for v, c := range groups {
		l.sums[c].total += lv.mass[v]
		r.of[v] = share{lv.within(groups, uint32(v)), lv.mass[v]}
	}
	for start := 0; start < n; {
		end := start
		for end < n && groups[order[end]] == groups[order[start]] {
			end++
		}
		l.shuffle(order[start:end])
		for _, v := range order[start:end] {
			r.merge(v)
		}
		start = end
	}
	return parts
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

type refinement struct {
	*leiden
	lv            *level
	groups, parts []uint32
	of            []share // by part
	joined        []bool  // the part has more than one node
	odds          []float64
	inside        []uint32  // parts of the neighbours in hand that are of the node's group
	weights       []float32 // and the weights to them
}

// A share is what a part has of its group.
type share struct {
	cut  float64 // weight to the rest of it
	mass float64
}

// merge lets v, if it is alone and well connected to its group, join a part.
func (r *refinement) merge(v uint32) {
	own := r.parts[v]
	if r.joined[own] || !r.wellConnected(own, r.groups[v]) {
		return
	}
	r.gather(v)
	to := r.draw(v)
	if to != own {
		r.of[to].cut += r.of[own].cut - 2*r.sums[to].near
		r.of[to].mass += r.of[own].mass
		r.of[own] = share{}
		r.parts[v] = to
		r.joined[to] = true
	}
	for _, c := range r.touched {
		r.sums[c].near = 0
	}
}

func (r *refinement) wellConnected(part, group uint32) bool {
	p := &r.of[part]
	return p.cut >= r.penalty*p.mass*(r.sums[group].total-p.mass)
}

// gather sums the weights from v to each part of its group into their sums.
func (r *refinement) gather(v uint32) {
	lv, group, room := r.lv, r.groups[v], r.lv.Degree(v)+1
	r.inside = slices.Grow(r.inside[:0], room)[:room]
	r.weights = slices.Grow(r.weights[:0], room)[:room]
	n := 0
	for i := lv.offsets[v]; i < lv.offsets[v+1]; i++ {
		u := lv.targets[i]
		r.inside[n], r.weights[n] = r.parts[u], lv.weight(i)
		n += same(r.groups[u], group)
	}
	touched, count := slices.Grow(r.touched[:0], room)[:room], 0
	for i, c := range r.inside[:n] {
		s := &r.sums[c]
		touched[count] = c
		count += zero(s.near)
		s.near += float64(r.weights[i])
	}
	r.touched = touched[:count]
}

// same returns 1 where a is b, else 0, without a branch.
func same(a, b uint32) (n int) {
	if a == b {
		n = 1
	}
	return n
}

// draw picks a part for v with probability ∝ exp(gain/heat) among the well-connected parts that do
// not lose, its own included at gain 0.
func (r *refinement) draw(v uint32) uint32 {
	own, group := r.parts[v], r.groups[v]
	top := 0.0
	odds := r.odds[:0]
	for _, c := range r.touched {
		gain := math.Inf(-1)
		if r.wellConnected(c, group) {
			gain = r.sums[c].near - r.penalty*r.of[own].mass*r.of[c].mass
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
	for i, c := range r.touched {
		if x -= odds[i]; x < 0 {
			return c
		}
	}
	return own
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
