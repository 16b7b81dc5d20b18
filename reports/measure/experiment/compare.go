package experiment

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// A unit is what was assigned, with its mean KPI and CPI before and after.
type unit struct {
	id       string
	treated  bool
	kpi, cpi [2]float64
	hasKPI   [2]int
	hasCPI   [2]int
}

// unitsOf returns the units of a hypothesis by id. Several rows of a unit and period are averaged.
func unitsOf(hypothesis string, observations []customer.Observation) []unit {
	index := make(map[string]int)
	var out []unit
	for _, o := range observations {
		if o.Hypothesis != hypothesis {
			continue
		}
		i, ok := index[o.Unit]
		if !ok {
			i = len(out)
			index[o.Unit] = i
			out = append(out, unit{id: o.Unit, treated: o.Treated})
		}
		out[i].add(o)
	}
	for i := range out {
		for t := range 2 {
			out[i].kpi[t] /= float64(max(out[i].hasKPI[t], 1))
			out[i].cpi[t] /= float64(max(out[i].hasCPI[t], 1))
		}
	}
	slices.SortFunc(out, func(a, b unit) int { return cmp.Compare(a.id, b.id) })
	return out
}

func (u *unit) add(o customer.Observation) {
	t := 0
	if o.After {
		t = 1
	}
	if o.KPI != nil {
		u.kpi[t] += *o.KPI
		u.hasKPI[t]++
	}
	if o.CPI != nil {
		u.cpi[t] += *o.CPI
		u.hasCPI[t]++
	}
}

// compare fills r: for a randomised hypothesis the difference of means afterwards; otherwise the
// difference of differences (T1 − T0) − (C1 − C0), over each unit's own change where all units were
// seen twice, else over the four groups.
func (r *Result) compare(units []unit) {
	after := values(units, func(u unit) (float64, bool) { return u.kpi[1], u.hasKPI[1] > 0 })
	change := values(units, func(u unit) (float64, bool) { return u.kpi[1] - u.kpi[0], u.hasKPI[0] > 0 && u.hasKPI[1] > 0 })
	before := values(units, func(u unit) (float64, bool) { return u.kpi[0], u.hasKPI[0] > 0 })
	groups := [][2][]float64{after}
	r.Method = "difference of means"
	if !r.Hypothesis.Randomised {
		r.Method = "difference of differences"
		groups = [][2][]float64{change}
		if len(change[0])+len(change[1]) < len(units) {
			groups = [][2][]float64{after, before}
		}
	}
	r.Treated, r.Control = len(groups[0][0]), len(groups[0][1])
	for _, g := range groups {
		if len(g[0]) < 2 || len(g[1]) < 2 {
			r.State = stats.Insufficient
			return
		}
	}
	r.interval(groups)
	test := stats.Permute(groups[0][0], groups[0][1], r.Hypothesis.Seed)
	r.P, r.Exact = test.P, test.Exact
	if len(groups) == 2 {
		r.P, r.Exact = normalP(r.Effect, (r.High-r.Low)/2, r.Hypothesis.Alpha), false
	}
	r.CPIEffect = cpiEffect(units, r.Hypothesis.Randomised)
}

// values returns what the units of each arm show: treated first.
func values(units []unit, of func(unit) (float64, bool)) (out [2][]float64) {
	for _, u := range units {
		v, ok := of(u)
		if !ok || !finite(v) {
			continue
		}
		arm := 1
		if u.treated {
			arm = 0
		}
		out[arm] = append(out[arm], v)
	}
	return out
}

// interval sets the effect and its Welch interval; a second pair of groups is taken off the first.
func (r *Result) interval(groups [][2][]float64) {
	sign, variance, freedom := 1.0, 0.0, 0.0
	for _, g := range groups {
		for arm, xs := range g {
			mean, v := stat.MeanVariance(xs, nil)
			s := v / float64(len(xs))
			variance += s
			freedom += s * s / float64(len(xs)-1)
			if arm == 0 {
				r.Effect += sign * mean
			} else {
				r.Effect -= sign * mean
			}
		}
		sign = -1
	}
	half := 0.0
	if freedom > 0 {
		half = distuv.StudentsT{Sigma: 1, Nu: variance * variance / freedom}.Quantile(1-r.Hypothesis.Alpha/2) * math.Sqrt(variance)
	}
	r.Low, r.High = r.Effect-half, r.Effect+half
}

// normalP is the two-sided p-value of an effect whose interval at level alpha reaches half to each side.
func normalP(effect, half, alpha float64) float64 {
	if half == 0 {
		return 1
	}
	z := math.Abs(effect) / half * distuv.UnitNormal.Quantile(1-alpha/2)
	return 2 * distuv.UnitNormal.Survival(z)
}

// cpiEffect says whether the treatment moved the CPI at all; nil where it was not measured.
func cpiEffect(units []unit, randomised bool) *float64 {
	g := values(units, func(u unit) (float64, bool) {
		if randomised {
			return u.cpi[1], u.hasCPI[1] > 0
		}
		return u.cpi[1] - u.cpi[0], u.hasCPI[0] > 0 && u.hasCPI[1] > 0
	})
	if len(g[0]) == 0 || len(g[1]) == 0 {
		return nil
	}
	diff := stat.Mean(g[0], nil) - stat.Mean(g[1], nil)
	return &diff
}
