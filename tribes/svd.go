package tribes

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/mat"

	"tribu/tribes/graph"
)

const (
	extraColumns = 10 // beyond the rank asked for, for accuracy
	powerRounds  = 2
)

// reduce returns the rows of s in the space of its strongest rank directions, as unit rows: a
// randomised truncated SVD (Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1).
func reduce(s *sparse, rank int, seed uint64) graph.Matrix {
	width := min(rank+extraColumns, s.columns, s.rows())
	rank = min(rank, width)
	if rank == 0 {
		return graph.NewMatrix(s.rows(), 1)
	}
	random := rand.New(rand.NewPCG(seed, 0x737664))
	basis := graph.NewMatrix(s.columns, width)
	for i := range basis.Values {
		basis.Values[i] = float32(random.NormFloat64())
	}
	across := transpose(s)
	y := s.times(basis)
	orthonormalise(y)
	for range powerRounds {
		y = s.times(across.times(y))
		orthonormalise(y)
	}
	return project(y, gram(across.times(y)), rank)
}

// A lane is as many neighbouring columns of a matrix as are added up at once.
type lane [laneWidth]float32

const laneWidth = 8

// times returns s × m, each row on its own: lane by lane, so that what many rows ask for stays at hand.
func (s *sparse) times(m graph.Matrix) graph.Matrix {
	out, lanes := graph.NewMatrix(s.rows(), m.Cols), make([]lane, m.Rows)
	const block = 256
	for from := 0; from < m.Cols; from += laneWidth {
		to := min(from+laneWidth, m.Cols)
		for r := range lanes {
			copy(lanes[r][:], m.Row(r)[from:to])
		}
		graph.Parallel((s.rows()+block-1)/block, func(b int) {
			for r := b * block; r < min((b+1)*block, s.rows()); r++ {
				sum := s.along(r, lanes)
				copy(out.Row(r)[from:to], sum[:])
			}
		})
	}
	return out
}

// along returns row r of s times a lane of each row of a matrix.
func (s *sparse) along(r int, lanes []lane) lane {
	from, to := s.offsets[r], s.offsets[r+1]
	values := s.value[from:to]
	var a, b, c, d, e, f, g, h float32
	for i, at := range s.column[from:to] {
		x, of := values[i], &lanes[at]
		a += float32(x * of[0])
		b += float32(x * of[1])
		c += float32(x * of[2])
		d += float32(x * of[3])
		e += float32(x * of[4])
		f += float32(x * of[5])
		g += float32(x * of[6])
		h += float32(x * of[7])
	}
	return lane{a, b, c, d, e, f, g, h}
}

func transpose(s *sparse) *sparse {
	t := &sparse{columns: s.rows(), offsets: make([]int, s.columns+1), column: make([]uint32, len(s.column)), value: make([]float32, len(s.value))}
	for _, c := range s.column {
		t.offsets[c+1]++
	}
	for c := range s.columns {
		t.offsets[c+1] += t.offsets[c]
	}
	next := append([]int(nil), t.offsets[:s.columns]...)
	for r := range s.rows() {
		for i := s.offsets[r]; i < s.offsets[r+1]; i++ {
			at := next[s.column[i]]
			next[s.column[i]]++
			t.column[at], t.value[at] = uint32(r), s.value[i]
		}
	}
	return t
}

// orthonormalise makes the columns of m orthonormal by way of its Gram matrix. Directions that hold
// nothing become zero.
func orthonormalise(m graph.Matrix) {
	values, vectors := eigen(gram(m))
	turn := mat.NewDense(m.Cols, m.Cols, nil)
	for j, v := range values {
		scale := 0.0
		if v > 1e-10*values[len(values)-1] && v > 0 {
			scale = 1 / math.Sqrt(v)
		}
		for i := range m.Cols {
			turn.Set(i, j, vectors.At(i, j)*scale)
		}
	}
	multiply(m, turn, m.Cols)
}

// gram returns mᵀm, summed block by block in a fixed order: a few rows at a time in single precision,
// their sums in double.
func gram(m graph.Matrix) *mat.SymDense {
	const block = 1024
	n := (m.Rows + block - 1) / block
	parts := make([][]float64, n)
	graph.Parallel(n, func(b int) { parts[b] = gramOf(m, b*block, min((b+1)*block, m.Rows)) })
	total := make([]float64, m.Cols*m.Cols)
	for _, part := range parts {
		for i, x := range part {
			total[i] += x
		}
	}
	return mat.NewSymDense(m.Cols, total)
}

// gramOf returns the upper triangle of mᵀm over the rows from up to to.
func gramOf(m graph.Matrix, from, to int) []float64 {
	const few = 32
	total, sum := make([]float64, m.Cols*m.Cols), make([]float32, m.Cols*m.Cols)
	for ; from < to; from += few {
		clear(sum)
		for r := from; r < min(from+few, to); r++ {
			row := m.Row(r)
			for i, x := range row {
				addScaled(sum[i*m.Cols+i:(i+1)*m.Cols], x, row[i:])
			}
		}
		for i, x := range sum {
			total[i] += float64(x)
		}
	}
	return total
}

func eigen(s *mat.SymDense) ([]float64, *mat.Dense) {
	var e mat.EigenSym
	var vectors mat.Dense
	e.Factorize(s, true)
	e.VectorsTo(&vectors)
	return e.Values(nil), &vectors
}

// multiply replaces each row x of m by the first columns of x × turn, zero beyond.
func multiply(m graph.Matrix, turn *mat.Dense, columns int) {
	flat := make([]float32, m.Cols*columns)
	for i := range m.Cols {
		for j := range columns {
			flat[i*columns+j] = float32(turn.At(i, j))
		}
	}
	const block = 256
	graph.Parallel((m.Rows+block-1)/block, func(b int) {
		out := make([]float32, columns)
		for r := b * block; r < min((b+1)*block, m.Rows); r++ {
			row := m.Row(r)
			clear(out)
			for i, x := range row {
				addScaled(out, x, flat[i*columns:(i+1)*columns])
			}
			clear(row)
			copy(row, out)
		}
	})
}

// project returns the rows of the matrix that q spans in its strongest rank directions, as unit
// rows. The square of what that matrix does to q has the directions as eigenvectors and the squares
// of their strengths as eigenvalues.
func project(q graph.Matrix, square *mat.SymDense, rank int) graph.Matrix {
	values, vectors := eigen(square)
	turn := mat.NewDense(q.Cols, rank, nil)
	for j := range rank {
		from := q.Cols - 1 - j
		strength := math.Sqrt(max(0, values[from]))
		for i := range q.Cols {
			turn.Set(i, j, strength*vectors.At(i, from))
		}
	}
	multiply(q, turn, rank)
	out := graph.NewMatrix(q.Rows, rank)
	for r := range q.Rows {
		copy(out.Row(r), q.Row(r)[:rank])
		unit(out.Row(r))
	}
	return out
}

// addScaled adds x × from to to, number by number.
func addScaled(to []float32, x float32, from []float32) {
	gonum.Implementation{}.Saxpy(len(from), x, from, 1, to, 1)
}
