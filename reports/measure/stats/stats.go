// Package stats holds the conventions every measure follows, each in one place: a proportion never
// stands without its count and its Wilson interval, fewer than Enough distinct authors give no
// percentage at all, a trend and a difference carry a test. It knows no product words.
package stats

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/stat/distuv"
)

// Enough is how many distinct authors a percentage needs.
const Enough = 20

// A State says whether a figure can be told, and if not, why.
type State string

// The states. The zero value means that the figure stands.
const (
	Known        State = ""
	Insufficient State = "insufficient data"
	FewWeeks     State = "too few weeks"
	NotEnough    State = "not enough"
	NoSpread     State = "no spread"
	Unlinked     State = "replies are not known"
	Undefined    State = "undefined"
)

// Told writes a state with the count it rests on, as a report prints it; empty where the figure stands.
func (s State) Told(n int) string {
	if s == Known {
		return ""
	}
	return fmt.Sprintf("%s (n=%d)", s, n)
}

// A Share is a proportion k of n with its Wilson 95 % interval. Where State is not Known, Value and
// the bounds are zero.
type Share struct {
	K, N      int
	Value     float64
	Low, High float64
	State     State
}

// ShareOf returns k of n, insufficient where n is below Enough.
func ShareOf(k, n int) Share { return ShareAt(k, n, Enough) }

// ShareAt returns k of n, insufficient where n is below enough.
func ShareAt(k, n, enough int) Share {
	s := Share{K: k, N: n, State: Insufficient}
	if n < max(enough, 1) {
		return s
	}
	s.State, s.Value = Known, float64(k)/float64(n)
	s.Low, s.High = Wilson(k, n)
	return s
}

// String writes the share as "20 % [10.5 %, 34.8 %] (8/40)".
func (s Share) String() string {
	if s.State != Known {
		return s.State.Told(s.N)
	}
	value := strconv.FormatFloat(math.Round(1000*s.Value)/10, 'f', -1, 64)
	return fmt.Sprintf("%s %% [%.1f %%, %.1f %%] (%d/%d)", value, 100*s.Low, 100*s.High, s.K, s.N)
}

// Wilson returns the 95 % score interval of k of n (Wilson 1927); 0 and 1 where n is 0.
func Wilson(k, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	z, p, m := quantile(0.975), float64(k)/float64(n), float64(n)
	mid := p + z*z/(2*m)
	half := z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	den := 1 + z*z/m
	return max(0, (mid-half)/den), min(1, (mid+half)/den)
}

// SurelyMore reports whether k of n is a larger share than l of m by more than chance, at 95 %: the interval of the
// difference that is made of both Wilson intervals lies above 0 (Newcombe 1998, method 10).
func SurelyMore(k, n, l, m int) bool { return LeastMore(k, n, l, m) > 0 }

// LeastMore returns by how much the share k of n is at least larger than l of m: the lower end of the interval of their
// difference.
func LeastMore(k, n, l, m int) float64 {
	low, _ := Wilson(k, n)
	_, high := Wilson(l, m)
	p, q := float64(k)/float64(max(n, 1)), float64(l)/float64(max(m, 1))
	return p - q - math.Hypot(p-low, high-q)
}

func quantile(p float64) float64 { return distuv.UnitNormal.Quantile(p) }

// Median returns the middle of xs, the mean of the two middle ones where their number is even; NaN
// of nothing.
func Median(xs []float64) float64 { return Quantile(xs, 0.5) }

// Quantile returns the p-quantile of xs by linear interpolation between order statistics (type 7 of
// Hyndman & Fan 1996); NaN of nothing.
func Quantile(xs []float64, p float64) float64 {
	if len(xs) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(xs))
	at := p * float64(len(s)-1)
	low := int(math.Floor(at))
	if low >= len(s)-1 {
		return s[len(s)-1]
	}
	return s[low] + (at-float64(low))*(s[low+1]-s[low])
}

// MAD returns the median absolute deviation of xs from their median, unscaled.
func MAD(xs []float64) float64 {
	m := Median(xs)
	dev := make([]float64, len(xs))
	for i, x := range xs {
		dev[i] = math.Abs(x - m)
	}
	return Median(dev)
}

// A Summary is a median with its quartiles.
type Summary struct {
	N         int
	Median    float64
	Low, High float64 // quartiles
	State     State
}

// Summarise returns the median and quartiles of xs, NotEnough where there are fewer than fewest.
func Summarise(xs []float64, fewest int) Summary {
	s := Summary{N: len(xs), State: NotEnough}
	if len(xs) < max(fewest, 1) {
		return s
	}
	s.State = Known
	s.Median, s.Low, s.High = Median(xs), Quantile(xs, 0.25), Quantile(xs, 0.75)
	return s
}

// Index100 returns 100 × the share in a tribe over the share in the whole corpus, Undefined where
// the corpus has none.
func Index100(tribe, corpus float64) (float64, State) {
	if corpus <= 0 {
		return 0, Undefined
	}
	return 100 * tribe / corpus, Known
}
