package stats

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v ± %v", what, got, want, tolerance)
	}
}

func TestConventions(t *testing.T) {
	near(t, "median of 1 2 4 24 48", Median([]float64{48, 1, 4, 2, 24}), 4, 0)
	index, _ := Index100(0.12, 0.08)
	near(t, "index 100 of .12 in .08", index, 150, 1e-9)
	near(t, "HHI of 5 3 2", HHI([]float64{5, 3, 2}), 0.38, 1e-12)
	near(t, "cosine {1 1 0}·{3 0 4}", Cosine([]float64{1, 1, 0}, []float64{3, 0, 4}), 0.424, 0.0005)
	near(t, "Spearman of 1 2 3 4 with 4 3 2 1", Spearman([]float64{1, 2, 3, 4}, []float64{4, 3, 2, 1}), -1, 1e-12)
	near(t, "Spearman of a constant", Spearman([]float64{1, 2, 3}, []float64{5, 5, 5}), 0, 0)
	if _, state := Index100(0.1, 0); state != Undefined {
		t.Errorf("index over an empty corpus = %q, want %q", state, Undefined)
	}
}

func TestShare(t *testing.T) {
	for _, c := range []struct {
		k, n int
		want string
	}{
		{8, 40, "20 % [10.5 %, 34.8 %] (8/40)"},
		{10, 40, "25 % [14.2 %, 40.2 %] (10/40)"},
		{0, 20, "0 % [0.0 %, 16.1 %] (0/20)"},
		{1, 149, "0.7 % [0.1 %, 3.7 %] (1/149)"},
		{5, 19, "insufficient data (n=19)"},
		{0, 0, "insufficient data (n=0)"},
	} {
		if got := ShareOf(c.k, c.n).String(); got != c.want {
			t.Errorf("ShareOf(%d, %d) = %q, want %q", c.k, c.n, got, c.want)
		}
	}
}

// TestSurelyMore: 56 of 70 is more than 48 of 80, by 5 to 34 points (Newcombe 1998, table II, method 10).
func TestSurelyMore(t *testing.T) {
	for _, c := range []struct {
		k, n, l, m int
		want       bool
	}{{56, 70, 48, 80, true}, {48, 80, 56, 70, false}, {9, 10, 3, 10, true}, {6, 7, 2, 7, true}, {5, 56, 0, 29, false}, {2, 22, 1, 57, false}, {20, 60, 40, 200, true}, {1, 2, 0, 0, false}} {
		if got := SurelyMore(c.k, c.n, c.l, c.m); got != c.want {
			t.Errorf("%d of %d more than %d of %d: got %v, want %v", c.k, c.n, c.l, c.m, got, c.want)
		}
	}
}

func TestTrend(t *testing.T) {
	got := TrendOf([]float64{10, 12, 11, 15, 18})
	near(t, "slope", got.Slope, 2, 1e-12)
	near(t, "Var", got.Var, 16.667, 0.0005)
	near(t, "Z", got.Z, 1.715, 0.0005)
	if got.S != 8 {
		t.Errorf("S = %d, want 8", got.S)
	}
	for _, c := range []struct {
		series []float64
		want   string
	}{
		{[]float64{10, 12, 11, 15, 18}, "rising, not significant"},
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8}, "rising, significant"},
		{[]float64{8, 7, 6, 5, 4, 3, 2, 1}, "falling, significant"},
		{[]float64{3, 3, 3, 3, 3}, "steady, not significant"},
		{[]float64{1, 2, 3, 4}, "too few weeks (n=4)"},
	} {
		if got := TrendOf(c.series).String(); got != c.want {
			t.Errorf("TrendOf(%v) = %q, want %q", c.series, got, c.want)
		}
	}
}

func TestLogOdds(t *testing.T) {
	delta, z := LogOdds(12, 400, 20, 3600, 32, 4000)
	near(t, "delta", delta, 0.3827, 0.00005)
	near(t, "z", z, 1.868, 0.0005)
	if z >= DistinctAt {
		t.Errorf("z = %v, want below %v: not distinctive", z, DistinctAt)
	}
}

func TestPermute(t *testing.T) {
	got := Permute([]float64{5, 6, 7, 9}, []float64{1, 2, 3, 4}, 1)
	near(t, "diff", got.Diff, 4.25, 1e-12)
	near(t, "p", got.P, 2.0/70, 1e-12)
	if !got.Exact || got.Tried != 70 {
		t.Errorf("exact %v over %d, want all 70 arrangements", got.Exact, got.Tried)
	}
	var a, b []float64
	for i := range 40 {
		a, b = append(a, float64(i%7)), append(b, float64(i%7)+3)
	}
	drawn := Permute(a, b, 7)
	if drawn.Exact || drawn.P > 0.001 || drawn != Permute(a, b, 7) {
		t.Errorf("drawn test = %+v, want a small p, the same for the same seed", drawn)
	}
	if same := Permute(a, a, 7); same.P < 0.9 {
		t.Errorf("p of a group against itself = %v, want near 1", same.P)
	}
}

func TestPermutePaired(t *testing.T) {
	got := PermutePaired([]float64{1, 2, 3, 4, 5, 6}, 1)
	near(t, "p of six falls out of six", got.P, 2.0/64, 1e-12)
	if got := PermutePaired(nil, 1); got.State != Insufficient {
		t.Errorf("state without pairs = %q, want %q", got.State, Insufficient)
	}
}

func TestAdjust(t *testing.T) {
	got := Adjust([]float64{0.04, 0.01, 0.03, 0.5})
	want := []float64{0.16 / 3, 0.04, 0.16 / 3, 0.5}
	if !slices.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }) {
		t.Errorf("Adjust = %v, want %v", got, want)
	}
}

func TestArmSize(t *testing.T) {
	n, exact := ArmSize(0.20, 0.30, 0.05, 0.80)
	near(t, "units", exact, 293.15, 0.005)
	if n != 294 {
		t.Errorf("ArmSize(.20, .30) = %d, want 294", n)
	}
}

func TestSummarise(t *testing.T) {
	if got := Summarise([]float64{1, 2, 4, 24, 48}, 5); got.Median != 4 || got.Low != 2 || got.High != 24 {
		t.Errorf("Summarise = %+v, want median 4 between 2 and 24", got)
	}
	if got := Summarise([]float64{1, 4, 24}, 5); got.State.Told(got.N) != "not enough (n=3)" {
		t.Errorf("Summarise of three = %q, want not enough (n=3)", got.State.Told(got.N))
	}
}

func ExampleShareOf() {
	fmt.Println(ShareOf(8, 40))
	fmt.Println(ShareOf(1, 3))
	// Output:
	// 20 % [10.5 %, 34.8 %] (8/40)
	// insufficient data (n=3)
}
