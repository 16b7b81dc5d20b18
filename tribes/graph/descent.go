package graph

const (
	descentRounds = 8    // at most
	sample        = 8    // fresh neighbours of a row that are followed in a round, and as many reverse
	settled       = 0.08 // share of the lists' entries that may still change at the end
)

// A descent holds the lists of all rows between two rounds, row after row.
type descent struct {
	m     Matrix
	k     int
	near  []Neighbour // k of a row, best first; those beyond count are nothing
	fresh []bool      // the neighbour came in the last round
	count []int
}

func newDescent(m Matrix, k int) *descent {
	return &descent{m, k, make([]Neighbour, m.Rows*k), make([]bool, m.Rows*k), make([]int, m.Rows)}
}

func (d *descent) list(v int) []Neighbour { return d.near[v*d.k : v*d.k+d.count[v]] }

// nearestDescent improves a first guess from random projection trees: a neighbour of a neighbour is
// likely a neighbour. Each round reads the lists of the round before and every row writes only its
// own, so the result does not depend on the order of work. Rows that lie in one leaf of the first
// tree are worked on together and lie together in memory.
func nearestDescent(m Matrix, k int, seed uint64) [][]Neighbour {
	order := flat(projectionLeaves(m, liveRows(m), nearSize, seed, 0))
	near := NewMatrix(len(order), m.Cols)
	for i, v := range order {
		copy(near.Row(i), m.Row(int(v)))
	}
	d := guess(near, k, seed)
	for round := range descentRounds {
		next, changes := d.round()
		d = next
		if round > 0 && float64(changes) < settled*float64(k)*float64(near.Rows) {
			break
		}
	}
	return d.named(order, m.Rows)
}

// named returns the lists of all rows under their numbers before they were put in that order.
func (d *descent) named(order []uint32, rows int) [][]Neighbour {
	lists := make([][]Neighbour, rows)
	parallelBlocks(len(order), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			list := topList{k: d.k, heap: d.list(i)}
			for j, u := range list.heap {
				list.heap[j].Row = order[u.Row]
			}
			lists[order[i]] = list.sorted()
		}
	})
	return lists
}

func parallelBlocks(n int, work func(lo, hi int)) {
	const block = 2048
	Parallel((n+block-1)/block, func(b int) { work(b*block, min((b+1)*block, n)) })
}

// marks remembers which rows were seen since the last reset without clearing itself.
type marks struct {
	stamp []uint32
	now   uint32
}

func newMarks(n int) *marks { return &marks{stamp: make([]uint32, n)} }

func (s *marks) reset() { s.now++ }

func (s *marks) mark(v uint32) bool {
	if s.stamp[v] == s.now {
		return false
	}
	s.stamp[v] = s.now
	return true
}

// A reach lists some rows around each row, at most most of them.
type reach struct {
	most  int
	rows  []uint32
	count []int
}

func newReach(n, most int) reach { return reach{most, make([]uint32, n*most), make([]int, n)} }

func (r *reach) add(v int, u uint32) {
	r.rows[v*r.most+r.count[v]] = u
	r.count[v]++
}

func (r *reach) of(v uint32) []uint32 { return r.rows[int(v)*r.most:][:r.count[v]] }

// neighbourhoods returns for each row the fresh and the old rows next to it, in either direction.
func (d *descent) neighbourhoods() (newer, older reach) {
	n := d.m.Rows
	newer, older = newReach(n, 2*sample), newReach(n, d.k+sample)
	for v := range n {
		for i, u := range d.list(v) {
			if !d.fresh[v*d.k+i] {
				older.add(v, u.Row)
			} else if newer.count[v] < sample {
				newer.add(v, u.Row)
			}
		}
	}
	backNew, backOld := make([]uint8, n), make([]uint8, n)
	for v := range n {
		for i, u := range d.list(v) {
			if d.fresh[v*d.k+i] {
				if i < sample && backNew[u.Row] < sample {
					backNew[u.Row]++
					newer.add(int(u.Row), uint32(v))
				}
			} else if backOld[u.Row] < sample {
				backOld[u.Row]++
				older.add(int(u.Row), uint32(v))
			}
		}
	}
	return newer, older
}

// round returns the lists after one more round and how many entries are new in them.
func (d *descent) round() (next *descent, changes int) {
	newer, older := d.neighbourhoods()
	next = newDescent(d.m, d.k)
	changed := make([]int, d.m.Rows)
	parallelBlocks(d.m.Rows, func(lo, hi int) {
		seen, listed := newMarks(d.m.Rows), newMarks(d.m.Rows)
		for v := lo; v < hi; v++ {
			d.improve(v, next, newer, older, seen)
			changed[v] = d.flagFresh(v, next, listed)
		}
	})
	for _, c := range changed {
		changes += c
	}
	return next, changes
}

// improve offers v the fresh neighbours of all its neighbours and the old ones of its fresh ones.
func (d *descent) improve(v int, next *descent, newer, older reach, seen *marks) {
	seen.reset()
	seen.mark(uint32(v))
	top := topList{k: d.k, heap: next.near[v*d.k : v*d.k : (v+1)*d.k]}
	for _, u := range d.list(v) {
		seen.mark(u.Row)
		top.add(u)
	}
	row := d.m.Row(v)
	offer := func(rows []uint32) {
		for _, c := range rows {
			if seen.mark(c) {
				top.add(Neighbour{c, dot(row, d.m.Row(int(c)))})
			}
		}
	}
	offer(newer.of(uint32(v)))
	for _, u := range newer.of(uint32(v)) {
		offer(newer.of(u))
		offer(older.of(u))
	}
	for _, u := range older.of(uint32(v)) {
		offer(newer.of(u))
	}
	next.count[v] = len(top.sorted())
}

// flagFresh marks the neighbours of v in next that v did not have and counts them.
func (d *descent) flagFresh(v int, next *descent, listed *marks) (changed int) {
	listed.reset()
	for _, u := range d.list(v) {
		listed.mark(u.Row)
	}
	for i, u := range next.list(v) {
		if listed.mark(u.Row) {
			next.fresh[v*d.k+i] = true
			changed++
		}
	}
	return changed
}
