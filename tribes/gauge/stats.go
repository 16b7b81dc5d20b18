package gauge

import (
	"math"
	"slices"
)

// wilson returns the share k/n and its 95 % interval (Wilson 1927).
func wilson(k, n int) (share, low, high float64) {
	if n == 0 {
		return 0, 0, 1
	}
	const z = 1.959964
	p, m := float64(k)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return p, max(0, middle-half), min(1, middle+half)
}

// theilSen returns the median slope between all pairs of a series.
func theilSen(series []float64) float64 {
	var slopes []float64
	for i := range series {
		for j := i + 1; j < len(series); j++ {
			slopes = append(slopes, (series[j]-series[i])/float64(j-i))
		}
	}
	return quantile(slopes, 0.5)
}

// mannKendall returns the test's S and Z of a series: |Z| ≥ 1.96 is a trend. Ties lower the variance.
func mannKendall(series []float64) (s int, z float64) {
	for i := range series {
		for j := i + 1; j < len(series); j++ {
			switch {
			case series[j] > series[i]:
				s++
			case series[j] < series[i]:
				s--
			}
		}
	}
	n := float64(len(series))
	variance := n * (n - 1) * (2*n + 5)
	for _, t := range tieSizes(series) {
		variance -= t * (t - 1) * (2*t + 5)
	}
	if variance <= 0 || s == 0 {
		return s, 0
	}
	return s, (math.Abs(float64(s)) - 1) / math.Sqrt(variance/18) * math.Copysign(1, float64(s))
}

func tieSizes(series []float64) []float64 {
	sorted := slices.Sorted(slices.Values(series))
	var out []float64
	for i := 0; i < len(sorted); {
		j := i
		for j < len(sorted) && sorted[j] == sorted[i] {
			j++
		}
		out = append(out, float64(j-i))
		i = j
	}
	return out
}

// gini returns how unequal the counts are: 0 all alike, towards 1 one has all.
func gini(counts []int) float64 {
	sorted := slices.Sorted(slices.Values(counts))
	sum, weighted := 0, 0
	for i, c := range sorted {
		sum += c
		weighted += (2*(i+1) - len(sorted) - 1) * c
	}
	if sum == 0 {
		return 0
	}
	return float64(weighted) / float64(len(sorted)*sum)
}

// busFactor returns the smallest number of people who hold half of the counts.
func busFactor(counts []int) int {
	sorted := slices.Sorted(slices.Values(counts))
	slices.Reverse(sorted)
	sum, held := 0, 0
	for _, c := range sorted {
		sum += c
	}
	for i, c := range sorted {
		if held += c; sum > 0 && 2*held >= sum {
			return i + 1
		}
	}
	return 0
}

// auc returns the chance that a score of yes is above one of no, ties counted half.
func auc(yes, no []float64) float64 {
	if len(yes) == 0 || len(no) == 0 {
		return 0.5
	}
	sorted := slices.Sorted(slices.Values(no))
	won := 0.0
	for _, y := range yes {
		below, _ := slices.BinarySearch(sorted, y)
		above, _ := slices.BinarySearchFunc(sorted, y, func(a, b float64) int {
			if a <= b {
				return -1
			}
			return 1
		})
		won += float64(below) + float64(above-below)/2
	}
	return won / float64(len(yes)*len(no))
}

// quantile returns the value below which a share q of values lies, between neighbours by distance.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(1, len(values)))
}

// twoSided returns the chance of a normal deviate as far from 0 as z.
func twoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// chanceOf returns the permutation p of got against what shuffling gives, one-sided, never 0.
func chanceOf(got float64, shuffled []float64) float64 {
	as := 1
	for _, s := range shuffled {
		if s >= got {
			as++
		}
	}
	return float64(as) / float64(len(shuffled)+1)
}
