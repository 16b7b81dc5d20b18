package stats

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// DistinctAt is the z-score from which something is distinctive.
const DistinctAt = 1.96

// LogOdds tells how much more a term is said in one group (y1 of n1) than in another (y2 of n2):
// the log-odds ratio with an informative Dirichlet prior of weight a out of a0, and its z-score
// (Monroe, Colaresi & Quinn 2008).
// δ = ln[(y1+a)/(n1+a0−y1−a)] − ln[(y2+a)/(n2+a0−y2−a)], var = 1/(y1+a) + 1/(y2+a).
func LogOdds(y1, n1, y2, n2, a, a0 float64) (delta, z float64) {
	odds := func(y, n float64) float64 { return math.Log((y + a) / (n + a0 - y - a)) }
	if y1+a <= 0 || y2+a <= 0 || n1+a0-y1-a <= 0 || n2+a0-y2-a <= 0 {
		return 0, 0
	}
	delta = odds(y1, n1) - odds(y2, n2)
	return delta, delta / math.Sqrt(1/(y1+a)+1/(y2+a))
}

// Cosine returns the cosine of a and b, 0 where either is nothing. They have the same length.
func Cosine(a, b []float64) float64 {
	na, nb := floats.Norm(a, 2), floats.Norm(b, 2)
	if na == 0 || nb == 0 {
		return 0
	}
	return floats.Dot(a, b) / (na * nb)
}

// HHI returns the Herfindahl–Hirschman index of counts, the sum of squared shares; 0 of nothing.
func HHI(counts []float64) float64 {
	sum, out := floats.Sum(counts), 0.0
	if sum <= 0 {
		return 0
	}
	for _, c := range counts {
		out += (c / sum) * (c / sum)
	}
	return out
}

// Spearman returns the rank correlation of x and y, equal values sharing their mean rank; 0 where
// either does not vary.
func Spearman(x, y []float64) float64 {
	if len(x) < 2 || len(x) != len(y) {
		return 0
	}
	r := stat.Correlation(ranks(x), ranks(y), nil)
	if math.IsNaN(r) {
		return 0
	}
	return r
}

func ranks(xs []float64) []float64 {
	order := make([]int, len(xs))
	sorted := append([]float64(nil), xs...)
	floats.Argsort(sorted, order)
	out := make([]float64, len(xs))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && sorted[j] == sorted[i] {
			j++
		}
		for k := i; k < j; k++ {
			out[order[k]] = float64(i+j-1) / 2
		}
		i = j
	}
	return out
}
