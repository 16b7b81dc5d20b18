package graph

const (
	leafSize = 400 // rows of a leaf of the trees that give the first guess
	trees    = 16  // how many of them
	nearSize = 48  // rows of a leaf of the tree whose order rows have in memory
	tileRows = 64  // rows of a leaf that are compared with all behind them at a time
)

// guess gives each row the best of the rows that share a leaf with it in some tree. All rows of a leaf
// lie side by side while they meet: far more of them can be compared than where each row asks for its
// candidates one by one.
func guess(m Matrix, k int, seed uint64) *descent {
	leaves, live := make([][][]uint32, trees), liveRows(m)
	Parallel(trees, func(t int) { leaves[t] = projectionLeaves(m, live, leafSize, seed, uint64(t+1)) })
	d := newDescent(m, k)
	tops := make([]topList, m.Rows)
	for v := range tops {
		tops[v] = topList{k: k, heap: d.near[v*k : v*k : (v+1)*k]}
	}
	for _, tree := range leaves {
		Parallel(len(tree), func(l int) { meet(m, tops, tree[l]) })
	}
	parallelBlocks(m.Rows, func(lo, hi int) {
		for v := lo; v < hi; v++ {
			d.count[v] = len(tops[v].sorted())
		}
	})
	for i := range d.fresh {
		d.fresh[i] = true
	}
	return d
}

// meet offers each of the rows to all others of them.
func meet(m Matrix, tops []topList, rows []uint32) {
	leaf, bars := NewMatrix(len(rows), m.Cols), make([]float32, len(rows))
	for i, v := range rows {
		copy(leaf.Row(i), m.Row(int(v)))
		bars[i] = tops[v].bar()
	}
	offer := func(to, from int, x float32) {
		top := &tops[rows[to]]
		top.addOnce(Neighbour{rows[from], x})
		bars[to] = top.bar()
	}
	for lo := 0; lo < len(rows); lo += tileRows {
		for i := lo + 1; i < len(rows); i++ {
			own := leaf.Row(i)
			for j := lo; j < min(lo+tileRows, i); j++ {
				x := dot(own, leaf.Row(j))
				if x >= bars[i] {
					offer(i, j, x)
				}
				if x >= bars[j] {
					offer(j, i, x)
				}
			}
		}
	}
}

// projectionLeaves splits the live rows by random pairs of rows until no part has more than size.
func projectionLeaves(m Matrix, live []bool, size int, seed, tree uint64) [][]uint32 {
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
		if len(rows) <= size {
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
