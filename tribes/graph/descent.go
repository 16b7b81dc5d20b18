package graph

import (
	"slices"
)

const (
	leafSize      = 48    // rows of a leaf of the trees that give the first guess
	trees         = 6     // how many of them
	descentRounds = 8     // at most
	sample        = 8     // fresh neighbours of a row that are followed in a round, and as many reverse
	settled       = 0.002 // share of the lists' entries that may still change at the end
)

// nearestDescent improves a first guess from random projection trees: a neighbour of a neighbour is
// likely a neighbour. Each round reads the lists of the round before and every row writes only its
// own, so the result does not depend on the order of work.
func nearestDescent(m Matrix, k int, seed uint64) [][]Neighbour {
	lists := guess(m, k, seed)
	fresh := make([][]bool, m.Rows)
	for v := range fresh {
		fresh[v] = make([]bool, len(lists[v]))
		for i := range fresh[v] {
			fresh[v][i] = true
		}
	}
	for round := range descentRounds {
		newer, older := neighbourhoods(lists, fresh)
		next, nextFresh := make([][]Neighbour, m.Rows), make([][]bool, m.Rows)
		changes := make([]int, m.Rows)
		parallelBlocks(m.Rows, func(lo, hi int) {
			seen := newMarks(m.Rows)
			for v := lo; v < hi; v++ {
				next[v], nextFresh[v], changes[v] = improve(m, k, v, lists[v], newer, older, seen)
			}
		})
		lists, fresh = next, nextFresh
		total := 0
		for _, c := range changes {
			total += c
		}
		if round > 0 && float64(total) < settled*float64(k)*float64(m.Rows) {
			break
		}
	}
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

// neighbourhoods returns for each row the fresh and the old rows next to it, in either direction.
func neighbourhoods(lists [][]Neighbour, fresh [][]bool) (newer, older [][]uint32) {
	n := len(lists)
	newer, older = make([][]uint32, n), make([][]uint32, n)
	for v := range n {
		count := 0
		for i, u := range lists[v] {
			if !fresh[v][i] {
				older[v] = append(older[v], u.Row)
			} else if count < sample {
				newer[v] = append(newer[v], u.Row)
				count++
			}
		}
	}
	backNew, backOld := make([][]uint32, n), make([][]uint32, n)
	for v := range n {
		for i, u := range lists[v] {
			if fresh[v][i] {
				if i < sample && len(backNew[u.Row]) < sample {
					backNew[u.Row] = append(backNew[u.Row], uint32(v))
				}
			} else if len(backOld[u.Row]) < sample {
				backOld[u.Row] = append(backOld[u.Row], uint32(v))
			}
		}
	}
	for v := range n {
		newer[v] = append(newer[v], backNew[v]...)
		older[v] = append(older[v], backOld[v]...)
	}
	return newer, older
}

// improve offers v the fresh neighbours of all its neighbours and the old ones of its fresh ones.
func improve(m Matrix, k, v int, list []Neighbour, newer, older [][]uint32, seen *marks) ([]Neighbour, []bool, int) {
	seen.reset()
	seen.mark(uint32(v))
	top := topList{k: k, heap: make([]Neighbour, 0, k)}
	for _, u := range list {
		seen.mark(u.Row)
		top.add(u)
	}
	row := m.Row(v)
	offer := func(rows []uint32) {
		for _, c := range rows {
			if seen.mark(c) {
				top.add(Neighbour{c, dot(row, m.Row(int(c)))})
			}
		}
	}
	offer(newer[v])
	for _, u := range newer[v] {
		offer(newer[u])
		offer(older[u])
	}
	for _, u := range older[v] {
		offer(newer[u])
	}
	return flagFresh(top.sorted(), list)
}

func flagFresh(next, before []Neighbour) ([]Neighbour, []bool, int) {
	fresh := make([]bool, len(next))
	changed := 0
	for i, u := range next {
		if !slices.ContainsFunc(before, func(b Neighbour) bool { return b.Row == u.Row }) {
			fresh[i] = true
			changed++
		}
	}
	return next, fresh, changed
}

// guess gives each row the best of the rows that share a leaf with it in some tree.
func guess(m Matrix, k int, seed uint64) [][]Neighbour {
	leaves := make([][][]uint32, trees)
	live := liveRows(m)
	Parallel(trees, func(t int) { leaves[t] = projectionLeaves(m, live, seed, uint64(t)) })
	leafOf := make([][]uint32, trees)
	for t := range trees {
		leafOf[t] = make([]uint32, m.Rows)
		for l, rows := range leaves[t] {
			for _, v := range rows {
				leafOf[t][v] = uint32(l)
			}
		}
	}
	lists := make([][]Neighbour, m.Rows)
	parallelBlocks(m.Rows, func(lo, hi int) {
		seen := newMarks(m.Rows)
		for v := lo; v < hi; v++ {
			if !live[v] {
				continue
			}
			seen.reset()
			seen.mark(uint32(v))
			top := topList{k: k, heap: make([]Neighbour, 0, k)}
			for t := range trees {
				for _, c := range leaves[t][leafOf[t][v]] {
					if seen.mark(c) {
						top.add(Neighbour{c, dot(m.Row(v), m.Row(int(c)))})
					}
				}
			}
			lists[v] = top.sorted()
		}
	})
	return lists
}

// projectionLeaves splits the live rows by random pairs of rows until each part is small.
func projectionLeaves(m Matrix, live []bool, seed, tree uint64) [][]uint32 {
	random := newRandom(seed, 0x74726565+tree)
	var all []uint32
	for v := range live {
		if live[v] {
			all = append(all, uint32(v))
		}
	}
	var leaves [][]uint32
	side := make([]float32, m.Rows)
	axis := make([]float32, m.Cols)
	var split func(rows []uint32)
	split = func(rows []uint32) {
		if len(rows) <= leafSize {
			leaves = append(leaves, rows)
			return
		}
		a, b := m.Row(int(rows[random.IntN(len(rows))])), m.Row(int(rows[random.IntN(len(rows))]))
		for j := range axis {
			axis[j] = a[j] - b[j]
		}
		for _, v := range rows {
			side[v] = dot(axis, m.Row(int(v)))
		}
		slices.SortFunc(rows, func(x, y uint32) int {
			if c := cmpFloat(side[x], side[y]); c != 0 {
				return c
			}
			return int(x) - int(y)
		})
		split(rows[:len(rows)/2])
		split(rows[len(rows)/2:])
	}
	split(all)
	return leaves
}
