package graph

const (
	leafSize = 48 // rows of a leaf of the trees that give the first guess
	trees    = 6  // how many of them
)

// guess gives each row the best of the rows that share a leaf with it in some tree.
func guess(m Matrix, k int, seed uint64) *descent {
	leaves, leafOf := make([][][]uint32, trees), make([][]uint32, trees)
	live := liveRows(m)
	Parallel(trees, func(t int) {
		leaves[t], leafOf[t] = projectionLeaves(m, live, seed, uint64(t+1)), make([]uint32, m.Rows)
		for l, rows := range leaves[t] {
			for _, v := range rows {
				leafOf[t][v] = uint32(l)
			}
		}
	})
	d := newDescent(m, k)
	parallelBlocks(m.Rows, func(lo, hi int) {
		seen := newMarks(m.Rows)
		for v := lo; v < hi; v++ {
			seen.reset()
			seen.mark(uint32(v))
			top := topList{k: k, heap: d.near[v*k : v*k : (v+1)*k]}
			for t := range trees {
				for _, c := range leaves[t][leafOf[t][v]] {
					if seen.mark(c) {
						top.add(Neighbour{c, dot(m.Row(v), m.Row(int(c)))})
					}
				}
			}
			d.count[v] = len(top.sorted())
		}
	})
	for i := range d.fresh {
		d.fresh[i] = true
	}
	return d
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
	side := make([]Neighbour, len(all))
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
		part := side[:len(rows)]
		for i, v := range rows {
			part[i] = Neighbour{v, dot(axis, m.Row(int(v)))}
		}
		half := len(rows) / 2
		selectWorst(part, half)
		for i, s := range part {
			rows[i] = s.Row
		}
		split(rows[:half])
		split(rows[half:])
	}
	split(all)
	return leaves
}

// selectWorst reorders list so that its n worst come first (Hoare 1961).
func selectWorst(list []Neighbour, n int) {
	for len(list) > 1 {
		pivot := list[len(list)/2]
		i, j := 0, len(list)-1
		for i <= j {
			for worse(list[i], pivot) {
				i++
			}
			for worse(pivot, list[j]) {
				j--
			}
			if i <= j {
				list[i], list[j] = list[j], list[i]
				i++
				j--
			}
		}
		switch {
		case n <= j:
			list = list[:j+1]
		case n >= i:
			list, n = list[i:], n-i
		default:
			return
		}
	}
}

func flat(lists [][]uint32) []uint32 {
	var all []uint32
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}
