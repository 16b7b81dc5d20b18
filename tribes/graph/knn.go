package graph

import (
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
	queryBlock     = 256
	candidateBlock = 128
)

func nearestExact(m Matrix, k int) [][]Neighbour {
	found := make([][]Neighbour, m.Rows)
	live := liveRows(m)
	blocks := (m.Rows + queryBlock - 1) / queryBlock
	Parallel(blocks, func(b int) {
		lo, hi := b*queryBlock, min((b+1)*queryBlock, m.Rows)
		tops := make([]topList, hi-lo)
		for i := range tops {
			tops[i].k = k
		}
		for from := 0; from < m.Rows; from += candidateBlock {
			to := min(from+candidateBlock, m.Rows)
			for q := lo; q < hi; q++ {
				if live[q] {
					tops[q-lo].scan(m, live, q, from, to)
				}
			}
		}
		for i := range tops {
			found[lo+i] = tops[i].sorted()
		}
	})
	return found
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

func (t *topList) scan(m Matrix, live []bool, q, from, to int) {
	row := m.Row(q)
	for c := from; c < to; c++ {
		if x := dot(row, m.Row(c)); (len(t.heap) < t.k || x >= t.heap[0].Similarity) && c != q && live[c] {
			t.add(Neighbour{uint32(c), x})
		}
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
