package stats

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/combin"
)

// arrangements is how many arrangements are tried one by one; with more, as many are drawn.
const arrangements = 10000

// A Test is the outcome of a permutation test, two-sided.
type Test struct {
	Diff  float64
	P     float64
	Exact bool // every arrangement was tried
	Tried int
	State State
}

// Permute tests the difference of means of two groups by exchanging their labels: exact where there
// are at most 10,000 ways, else that many drawn from seed, with p = (b+1)/(m+1).
func Permute(treated, control []float64, seed uint64) Test {
	n, k := len(treated)+len(control), len(treated)
	if k == 0 || k == n {
		return Test{State: Insufficient, P: 1}
	}
	all := append(slices.Clone(treated), control...)
	t := Test{Diff: stat.Mean(treated, nil) - stat.Mean(control, nil)}
	count := 0
	if ways(n, k) <= arrangements {
		t.Exact = true
		for gen := combin.NewCombinationGenerator(n, k); gen.Next(); {
			t.Tried++
			count += extreme(split(all, gen.Combination(nil)), t.Diff)
		}
		t.P = float64(count) / float64(t.Tried)
		return t
	}
	rng := rand.New(rand.NewPCG(seed, 0x70657261))
	for range arrangements {
		rng.Shuffle(n, func(i, j int) { all[i], all[j] = all[j], all[i] })
		count += extreme(stat.Mean(all[:k], nil)-stat.Mean(all[k:], nil), t.Diff)
	}
	t.Tried = arrangements
	t.P = float64(count+1) / float64(t.Tried+1)
	return t
}

// PermutePaired tests the mean of differences within pairs by turning their signs: exact where
// there are at most 10,000 ways, else that many drawn from seed.
func PermutePaired(diffs []float64, seed uint64) Test {
	n := len(diffs)
	if n == 0 {
		return Test{State: Insufficient, P: 1}
	}
	t := Test{Diff: stat.Mean(diffs, nil)}
	count := 0
	if n < 14 && 1<<n <= arrangements {
		t.Exact, t.Tried = true, 1<<n
		for signs := range t.Tried {
			count += extreme(signed(diffs, func(i int) bool { return signs>>i&1 == 1 }), t.Diff)
		}
		t.P = float64(count) / float64(t.Tried)
		return t
	}
	rng := rand.New(rand.NewPCG(seed, 0x70616972))
	for range arrangements {
		count += extreme(signed(diffs, func(int) bool { return rng.Uint64()&1 == 1 }), t.Diff)
	}
	t.Tried = arrangements
	t.P = float64(count+1) / float64(t.Tried+1)
	return t
}

func signed(diffs []float64, minus func(int) bool) float64 {
	sum := 0.0
	for i, d := range diffs {
		if minus(i) {
			d = -d
		}
		sum += d
	}
	return sum / float64(len(diffs))
}

// ways returns n over k, or more than arrangements.
func ways(n, k int) float64 {
	return math.Round(math.Exp(combin.LogGeneralizedBinomial(float64(n), float64(k))))
}

// split returns the mean of the chosen less the mean of the others.
func split(all []float64, chosen []int) float64 {
	sum, in := 0.0, 0.0
	for _, x := range all {
		sum += x
	}
	for _, i := range chosen {
		in += all[i]
	}
	return in/float64(len(chosen)) - (sum-in)/float64(len(all)-len(chosen))
}

func extreme(diff, observed float64) int {
	if math.Abs(diff) >= math.Abs(observed)-1e-12*max(1, math.Abs(observed)) {
		return 1
	}
	return 0
}

// Adjust returns the p-values of all tests printed together, corrected so that the expected share
// of false discoveries stays below alpha (Benjamini & Hochberg 1995), in the order given.
func Adjust(ps []float64) []float64 {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ps[b], ps[a]) })
	out, least := make([]float64, len(ps)), 1.0
	for rank, i := range order {
		least = min(least, ps[i]*float64(len(ps))/float64(len(ps)-rank))
		out[i] = least
	}
	return out
}

// ArmSize returns how many units each arm needs so that a rise of a proportion from p0 to p1 is
// found with the given power at level alpha, two-sided: the pooled normal formula, rounded up.
func ArmSize(p0, p1, alpha, power float64) (n int, exact float64) {
	if p0 == p1 {
		return 0, math.Inf(1)
	}
	mean := (p0 + p1) / 2
	root := quantile(1-alpha/2)*math.Sqrt(2*mean*(1-mean)) + quantile(power)*math.Sqrt(p0*(1-p0)+p1*(1-p1))
	exact = root * root / ((p1 - p0) * (p1 - p0))
	return int(math.Ceil(exact - 1e-9)), exact
}

// ArmSizeOf returns how many units each arm needs so that a difference of means is found, where a
// unit's value has standard deviation sd.
func ArmSizeOf(diff, sd, alpha, power float64) int {
	if diff == 0 {
		return 0
	}
	z := (quantile(1-alpha/2) + quantile(power)) * sd / diff
	return int(math.Ceil(2*z*z - 1e-9))
}
