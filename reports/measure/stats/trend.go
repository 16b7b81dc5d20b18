package stats

import (
	"math"
	"slices"
)

// fewestWeeks is how many weeks a trend needs.
const fewestWeeks = 5

// A Trend is the direction of a weekly series: the Theil–Sen slope per week, and the Mann–Kendall
// statistic S with its variance (corrected for ties) and the continuity-corrected Z.
type Trend struct {
	Weeks       int
	Slope       float64
	S           int
	Var, Z      float64
	Significant bool // |Z| ≥ 1.96
	State       State
}

// TrendOf returns the trend of series, FewWeeks where it is shorter than five.
func TrendOf(series []float64) Trend {
	t := Trend{Weeks: len(series)}
	if len(series) < fewestWeeks {
		t.State = FewWeeks
		return t
	}
	var slopes []float64
	for i := range series {
		for j := i + 1; j < len(series); j++ {
			slopes = append(slopes, (series[j]-series[i])/float64(j-i))
			t.S += sign(series[j] - series[i])
		}
	}
	t.Slope = Median(slopes)
	t.Var = kendallVariance(series)
	if t.Var > 0 {
		t.Z = float64(t.S-sign(float64(t.S))) / math.Sqrt(t.Var)
	}
	t.Significant = math.Abs(t.Z) >= 1.96
	return t
}

// Direction returns "rising", "falling" or "steady" for a known trend: what is not significant is steady.
func (t Trend) Direction() string {
	switch {
	case t.Significant && t.S > 0:
		return "rising"
	case t.Significant && t.S < 0:
		return "falling"
	}
	return "steady"
}

// String writes the trend as "rising, not significant" or "too few weeks (n=3)".
func (t Trend) String() string {
	if t.State != Known {
		return t.State.Told(t.Weeks)
	}
	word := "steady"
	switch {
	case t.S > 0:
		word = "rising"
	case t.S < 0:
		word = "falling"
	}
	if t.Significant {
		return word + ", significant"
	}
	return word + ", not significant"
}

func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// kendallVariance is [n(n−1)(2n+5) − Σ t(t−1)(2t+5)] / 18 over groups of t equal values.
func kendallVariance(series []float64) float64 {
	term := func(n int) int { return n * (n - 1) * (2*n + 5) }
	sum := term(len(series))
	s := slices.Sorted(slices.Values(series))
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == s[i] {
			j++
		}
		sum -= term(j - i)
		i = j
	}
	return float64(sum) / 18
}
