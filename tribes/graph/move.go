package graph

import (
	"math"
	"slices"
)

// move takes nodes from a queue and puts each into the group where it adds most, until no node
// gains by moving, or each has had its visits on average; neighbours of a node that moved queue up
// again. It reports whether any moved.
func (l *leiden) move(lv *level, groups []uint32) bool {
	n := lv.Nodes()
	l.prepare(lv, groups)
	head, waiting, changed := 0, n, false
	for budget := l.visits * n; waiting > 0 && budget > 0; budget-- {
		v := l.queue[head]
		if head++; head == n {
			head = 0
		}
		waiting--
		l.waiting[v] = false
		to, moved := l.best(lv, groups, v)
		if !moved {
			continue
		}
		changed = true
		groups[v] = to
		tail := head + waiting
		if tail >= n {
			tail -= n
		}
		for _, u := range lv.targets[lv.offsets[v]:lv.offsets[v+1]] {
			if groups[u] != to && !l.waiting[u] {
				l.waiting[u] = true
				l.queue[tail] = u
				if tail++; tail == n {
					tail = 0
				}
				waiting++
			}
		}
	}
	for i := range n {
		l.waiting[i] = false
	}
	return changed
}

// prepare sums the groups' masses, lists the free group numbers and queues all nodes in random order.
func (l *leiden) prepare(lv *level, groups []uint32) {
	n := lv.Nodes()
	clear(l.sums[:n])
	used := l.waiting[:n]
	for v, c := range groups {
		l.sums[c].total += lv.mass[v]
		used[c] = true
	}
	l.empty = l.empty[:0]
	for c := n - 1; c >= 0; c-- {
		if !used[c] {
			l.empty = append(l.empty, uint32(c))
		}
	}
	for v := range n {
		l.queue[v] = uint32(v)
		l.waiting[v] = true
	}
	l.shuffle(l.queue[:n])
}

// shuffle permutes order; above a block's size only within neighbouring blocks, which keeps most
// of the memory a pass touches in cache.
func (l *leiden) shuffle(order []uint32) {
	const block = 1 << 14
	for len(order) > 0 {
		part := order[:min(block, len(order))]
		order = order[len(part):]
		for i := len(part) - 1; i > 0; i-- {
			j := l.random.IntN(i + 1)
			part[i], part[j] = part[j], part[i]
		}
	}
}

// best takes v out of its group and returns the group where it gains most, with v's mass already
// counted there. A node that would lose everywhere goes into an empty group.
func (l *leiden) best(lv *level, groups []uint32, v uint32) (to uint32, moved bool) {
	from, mass := groups[v], lv.mass[v]
	l.touched = l.touched[:0]
	l.gather(lv, groups, v)
	own := &l.sums[from]
	own.total -= mass
	to = from
	top := own.near - l.home*mass*own.total
	stay := top
	for _, c := range l.touched {
		s := &l.sums[c]
		if gain := s.near - l.away*mass*s.total; gain > top+l.epsilon {
			top, to = gain, c
		}
		s.near = 0
	}
	if top < -l.epsilon && len(l.empty) > 0 {
		to = l.empty[len(l.empty)-1]
		l.empty = l.empty[:len(l.empty)-1]
		top = 0
	}
	l.sums[to].total += mass
	moved = to != from && top > stay+l.epsilon
	if to != from && own.total <= 0 {
		own.total = 0
	}
	return to, moved
}

// gather adds the weights from v to each group around it to their sums, and the groups it did not know
// to l.touched. Cost: O(degree), without a branch that depends on the groups.
func (l *leiden) gather(lv *level, groups []uint32, v uint32) {
	lo, hi := lv.offsets[v], lv.offsets[v+1]
	targets := lv.targets[lo:hi]
	count, sums := len(l.touched), l.sums
	l.touched = slices.Grow(l.touched, len(targets)+1)
	touched := l.touched[:cap(l.touched)]
	if lv.weights == nil {
		for _, u := range targets {
			c := groups[u]
			s := &sums[c]
			touched[count] = c
			count += zero(s.near)
			s.near++
		}
	} else {
		weights := lv.weights[lo:hi:hi]
		for i, u := range targets {
			c := groups[u]
			s := &sums[c]
			touched[count] = c
			count += zero(s.near)
			s.near += float64(weights[i])
		}
	}
	l.touched = touched[:count]
}

// zero returns 1 for 0 and 0 for what is above, without a branch: whether a group was seen before is
// nothing a processor can foretell.
func zero(x float64) (n int) {
	if math.Float64bits(x) == 0 {
		n = 1
	}
	return n
}
