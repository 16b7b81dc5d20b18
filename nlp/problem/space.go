package problem

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

const (
	dimensions = 32
	vocabulary = 6000 // features that have a place, the most frequent
	rounds     = 3    // of subspace iteration
	pairWords  = 12   // features of one need that are paired
)

// A space gives features a place such that those said together lie close.
type space struct {
	row    []int32 // of a feature; -1 where it has none
	places [][]float32
	pairs  map[uint64]uint32 // needs in which two features are said together, by their rows
	spoken []int             // needs in which a feature is said, by row
	needs  int
}

// newSpace reduces the positive pointwise mutual information of features to its strongest
// directions.
func newSpace(g *grouping, spoken []int) space {
	s := space{row: make([]int32, len(g.names)), pairs: map[uint64]uint32{}, needs: len(g.voices)}
	var frequent []int
	for f, n := range spoken {
		s.row[f] = -1
		if n >= 2 {
			frequent = append(frequent, f)
		}
	}
	slices.SortStableFunc(frequent, func(a, b int) int { return cmp.Or(spoken[b]-spoken[a], cmp.Compare(g.names[a], g.names[b])) })
	frequent = frequent[:min(len(frequent), vocabulary)]
	for r, f := range frequent {
		s.row[f] = int32(r)
		s.spoken = append(s.spoken, spoken[f])
	}
	s.count(g.voices)
	s.places = s.reduce(g.config.Seed)
	return s
}

func pairKey(a, b int32) uint64 {
	if a > b {
		a, b = b, a
	}
	return uint64(a)<<32 | uint64(b)
}

func (s *space) count(voices []voice) {
	rows := make([]int32, 0, pairWords)
	for _, v := range voices {
		rows = rows[:0]
		for _, w := range v.words {
			if r := s.row[w]; r >= 0 && len(rows) < pairWords {
				rows = append(rows, r)
			}
		}
		for _, w := range v.title {
			if r := s.row[w]; r >= 0 && len(rows) < pairWords {
				rows = append(rows, r)
			}
		}
		for i, a := range rows {
			for _, b := range rows[i+1:] {
				s.pairs[pairKey(a, b)]++
			}
		}
	}
}

// together returns the normalised pointwise mutual information of two features, -1 … 1; 0 where it
// is not known.
func (s *space) together(a, b uint32) float64 {
	if a == b {
		return 1
	}
	x, y := s.row[a], s.row[b]
	if x < 0 || y < 0 {
		return 0
	}
	n := s.pairs[pairKey(x, y)]
	if n < 2 {
		return 0
	}
	joint := float64(n) / float64(s.needs)
	return math.Log(joint*float64(s.needs)/float64(s.spoken[x])*float64(s.needs)/float64(s.spoken[y])) / -math.Log(joint)
}

func (s *space) reduce(seed uint64) [][]float32 {
	size := len(s.spoken)
	matrix := s.information()
	width := min(dimensions, size)
	random := rand.New(rand.NewPCG(seed, 0x70706d69))
	basis := make([][]float32, width) // by column
	for j := range basis {
		basis[j] = make([]float32, size)
		for i := range basis[j] {
			basis[j][i] = float32(random.NormFloat64())
		}
	}
	for range rounds {
		orthonormalise(basis)
		for j := range basis {
			basis[j] = times(matrix, basis[j])
		}
	}
	places := make([][]float32, size)
	for i := range places {
		places[i] = make([]float32, dimensions)
		for j := range basis {
			places[i][j] = basis[j][i]
		}
		unit(places[i])
	}
	return places
}

// information returns the symmetric matrix of positive pointwise mutual information, by row.
func (s *space) information() []sparse {
	keys := make([]uint64, 0, len(s.pairs))
	for k := range s.pairs {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	matrix := make([]sparse, len(s.spoken))
	for r := range matrix {
		matrix[r] = sparse{{uint32(r), 1}}
	}
	for _, k := range keys {
		a, b := uint32(k>>32), uint32(k)
		n := float64(s.pairs[k])
		gain := math.Log(n*float64(s.needs)/(float64(s.spoken[a])*float64(s.spoken[b]))) * n / (n + 2) // rare pairs are chance
		if gain > 0 {
			matrix[a] = append(matrix[a], cell{b, float32(gain)})
			matrix[b] = append(matrix[b], cell{a, float32(gain)})
		}
	}
	return matrix
}

func times(matrix []sparse, x []float32) []float32 {
	out := make([]float32, len(x))
	for r, row := range matrix {
		sum := float32(0)
		for _, c := range row {
			sum += c.value * x[c.column]
		}
		out[r] = sum
	}
	return out
}

// orthonormalise makes the columns orthogonal units, by the modified method of Gram and Schmidt.
func orthonormalise(columns [][]float32) {
	for j, c := range columns {
		for _, before := range columns[:j] {
			along := float32(dotDense(c, before))
			for i := range c {
				c[i] -= along * before[i]
			}
		}
		unit(c)
	}
}

func unit(x []float32) {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	if sum == 0 {
		return
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range x {
		x[i] *= scale
	}
}

// place returns where words lie: their weighted mean, as long as the space's share of the
// likeness asks.
func (s *space) place(words sparse) []float32 {
	out := make([]float32, dimensions)
	for _, w := range words {
		if r := s.row[w.column]; r >= 0 {
			for j, x := range s.places[r] {
				out[j] += w.value * x
			}
		}
	}
	unit(out)
	for j := range out {
		out[j] *= float32(0.6324555320336759) // √0.4
	}
	return out
}
