package graph

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/blas/gonum"
)

// A Matrix holds Rows vectors of Cols numbers each, row after row.
type Matrix struct {
	Rows, Cols int
	Values     []float32
}

// NewMatrix returns a matrix of zeros.
func NewMatrix(rows, cols int) Matrix {
	return Matrix{rows, cols, make([]float32, rows*cols)}
}

// Row returns row i; writing to it changes the matrix.
func (m Matrix) Row(i int) []float32 { return m.Values[i*m.Cols : (i+1)*m.Cols : (i+1)*m.Cols] }

// A Neighbour is a row near another one.
type Neighbour struct {
	Row        uint32
	Similarity float32 // dot product; the cosine for unit rows
}

// exactLimit is the number of rows up to which Nearest compares every pair.
const exactLimit = 20000

// Nearest returns for every row its k most similar other rows, best first, ties by row number: the
// exact ones up to 20,000 rows, above that those NN-Descent finds. Rows of zeros have none and are
// nobody's. Cost: O(n²·cols) exact, about O(n^1.1·k²·cols) above.
func Nearest(m Matrix, k int, seed uint64) [][]Neighbour {
	if m.Rows <= exactLimit {
		return nearestExact(m, k)
	}
	return nearestDescent(m, k, seed)
}

const (
	stripRows = 256 // rows compared with all behind them at a time
	taskRows  = 128
)

// nearestExact compares each pair once, strip by strip: first every row behind the start of a strip
// takes the strip's rows, then every row of the strip those behind it.
func nearestExact(m Matrix, k int) [][]Neighbour {
	found, tops, live := make([][]Neighbour, m.Rows), make([]topList, m.Rows), liveRows(m)
	for i := range tops {
		tops[i].k = k
	}
	similar := NewMatrix(m.Rows, stripRows)
	for lo := 0; lo < m.Rows; lo += stripRows {
		hi := min(lo+stripRows, m.Rows)
		inTasks(lo, m.Rows, func(from, to int) {
			for c := from; c < to; c++ {
				if live[c] {
					tops[c].compare(m, live, c, lo, min(hi, c), similar.Row(c))
				}
			}
		})
		inTasks(lo, hi, func(from, to int) {
			takeFrom(tops, live, similar, lo, from, to)
			for q := from; q < to; q++ {
				found[q] = tops[q].sorted()
			}
		})
	}
	return found
}

// inTasks calls work with parts of lo … hi−1.
func inTasks(lo, hi int, work func(from, to int)) {
	Parallel((hi-lo+taskRows-1)/taskRows, func(t int) { work(lo+t*taskRows, min(lo+(t+1)*taskRows, hi)) })
}

// compare offers the live ones of the rows from up to to row c and keeps how similar they are.
func (t *topList) compare(m Matrix, live []bool, c, from, to int, similar []float32) {
	own := m.Row(c)
	for q := from; q < to; q++ {
		x := dot(m.Row(q), own)
		similar[q-from] = x
		if live[q] {
			t.offer(q, x)
		}
	}
}

// takeFrom offers the live ones of the rows from up to to, of a strip that begins at lo, all behind them.
func takeFrom(tops []topList, live []bool, similar Matrix, lo, from, to int) {
	for c := from + 1; c < similar.Rows; c++ {
		if !live[c] {
			continue
		}
		for q, x := range similar.Row(c)[from-lo : min(to, c)-lo] {
			if live[from+q] {
				tops[from+q].offer(c, x)
			}
		}
	}
}

func liveRows(m Matrix) []bool {
	live := make([]bool, m.Rows)
	for i := range live {
		for _, x := range m.Row(i) {
			if x != 0 {
				live[i] = true
				break
			}
		}
	}
	return live
}

// A topList keeps the k best neighbours seen, the worst of them at the root of a heap.
type topList struct {
	k    int
	heap []Neighbour
}

// worse orders neighbours: less similar, or the higher row at equal similarity.
func worse(a, b Neighbour) bool {
	return a.Similarity < b.Similarity || a.Similarity == b.Similarity && a.Row > b.Row
}

// offer adds a row, where it may be among the best.
func (t *topList) offer(row int, x float32) {
	if x >= t.bar() {
		t.add(Neighbour{uint32(row), x})
	}
}

// bar returns the least similarity at which a row may still be among the best.
func (t *topList) bar() float32 {
	if len(t.heap) == 0 || len(t.heap) < t.k {
		return float32(math.Inf(-1))
	}
	return t.heap[0].Similarity
}

// addOnce adds a row that may be there already.
func (t *topList) addOnce(n Neighbour) {
	if !slices.ContainsFunc(t.heap, func(h Neighbour) bool { return h.Row == n.Row }) {
		t.add(n)
	}
}

func (t *topList) add(n Neighbour) {
	if len(t.heap) < t.k {
		t.heap = append(t.heap, n)
		for i := len(t.heap) - 1; i > 0 && worse(t.heap[i], t.heap[(i-1)/2]); i = (i - 1) / 2 {
			t.heap[i], t.heap[(i-1)/2] = t.heap[(i-1)/2], t.heap[i]
		}
		return
	}
	if t.k == 0 || !worse(t.heap[0], n) {
		return
	}
	t.heap[0] = n
	for i := 0; ; {
		child := 2*i + 1
		if child >= t.k {
			return
		}
		if child+1 < t.k && worse(t.heap[child+1], t.heap[child]) {
			child++
		}
		if !worse(t.heap[child], t.heap[i]) {
			return
		}
		t.heap[i], t.heap[child] = t.heap[child], t.heap[i]
		i = child
	}
}

func (t *topList) sorted() []Neighbour {
	slices.SortFunc(t.heap, func(a, b Neighbour) int {
		switch {
		case worse(b, a):
			return -1
		case worse(a, b):
			return 1
		}
		return 0
	})
	return t.heap
}

// Background returns the mean similarity of pairs of distinct non-zero rows: exact over all pairs
// by way of the sum of rows.
func Background(m Matrix) float64 {
	sum := make([]float64, m.Cols)
	n, self := 0.0, 0.0
	for i, live := range liveRows(m) {
		if !live {
			continue
		}
		n++
		for j, x := range m.Row(i) {
			sum[j] += float64(x)
			self += float64(x) * float64(x)
		}
	}
	if n < 2 {
		return 0
	}
	total := -self
	for _, x := range sum {
		total += x * x
	}
	return total / (n * (n - 1))
}

func newRandom(seed, stream uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, stream)) }

func dot(a, b []float32) float32 {
	return gonum.Implementation{}.Sdot(len(a), a, 1, b, 1)
}
