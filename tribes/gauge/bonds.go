package gauge

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"tribu/data"
)

// A Return says how much of what is given comes back.
type Return struct {
	Edges   float64 // share of the directed edges that are returned
	Pairs   float64 // share of the pairs that go both ways
	Density float64 // directed edges over possible ones
	Rho     float64 // Edges corrected for density: Garlaschelli and Loffredo 2004
}

// returnOf reads directed unique edges among people of whom mutual pairs go both ways.
func returnOf(people, edges, mutual int) Return {
	if edges == 0 || people < 2 {
		return Return{}
	}
	r := Return{Edges: 2 * float64(mutual) / float64(edges), Pairs: float64(mutual) / float64(edges-mutual), Density: float64(edges) / float64(people*(people-1))}
	if r.Density < 1 {
		r.Rho = (r.Edges - r.Density) / (1 - r.Density)
	}
	return r
}

// weightedReturn returns the share of all weight that is matched by weight the other way.
func weightedReturn(weight map[[2]int]float64) float64 {
	keys := make([][2]int, 0, len(weight))
	for k := range weight {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	total, matched := 0.0, 0.0
	for _, k := range keys {
		total += weight[k]
		matched += min(weight[k], weight[[2]int{k[1], k[0]}])
	}
	if total == 0 {
		return 0
	}
	return matched / total
}

// reciprocity reads how often members return what they get: ρ, tested against the same people
// turning to others dealt at random.
func reciprocity(w *World, t data.TribeID) Reading {
	r := Reading{Gauge: "reciprocity"}
	in := w.members(t)
	edges := w.edgesWithin(in)
	if !r.enough(len(edges), 20) {
		return r
	}
	got := returnOf(len(in), len(edges), mutual(edges))
	var by []float64
	random := w.random(1)
	for range shuffles {
		dealt := dealTargets(edges, random)
		by = append(by, returnOf(len(in), len(dealt), mutual(dealt)).Rho)
	}
	r.Value, r.P = round(got.Rho), chanceOf(got.Rho, by)
	r.Says = fmt.Sprintf("%.0f %% of those somebody turns to turn back; %.0f %% of all turns are matched; ρ %.2f", 100*got.Edges, 100*weightedReturn(w.turnsWithin(in)), got.Rho)
	return r
}

// edgesWithin returns the unique ordered pairs of members who turned to each other, ascending.
func (w *World) edgesWithin(in map[int]bool) [][2]int {
	var out [][2]int
	for _, t := range w.Ties {
		if in[t.From] && in[t.To] {
			out = append(out, [2]int{t.From, t.To})
		}
	}
	return unique(out)
}

// turnsWithin counts how often each member turned to each other.
func (w *World) turnsWithin(in map[int]bool) map[[2]int]float64 {
	out := make(map[[2]int]float64)
	for _, t := range w.Ties {
		if in[t.From] && in[t.To] && t.From != t.To {
			out[[2]int{t.From, t.To}]++
		}
	}
	return out
}

func unique(edges [][2]int) [][2]int {
	slices.SortFunc(edges, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return slices.Compact(edges)
}

func mutual(edges [][2]int) int {
	has := make(map[[2]int]bool, len(edges))
	n := 0
	for _, e := range edges {
		has[e] = true
		if has[[2]int{e[1], e[0]}] {
			n++
		}
	}
	return n
}

// dealTargets deals the targets of the edges anew: everybody turns to others and is turned to about
// as often as before. Edges that would point at oneself or twice at another are dropped.
func dealTargets(edges [][2]int, random *rand.Rand) [][2]int {
	out := slices.Clone(edges)
	random.Shuffle(len(out), func(i, j int) { out[i][1], out[j][1] = out[j][1], out[i][1] })
	return unique(slices.DeleteFunc(out, func(e [2]int) bool { return e[0] == e[1] }))
}

// Assortativity returns Newman's r of a mixing matrix of shares: 1 only alike meet, 0 as by chance.
func Assortativity(e [][]float64) float64 {
	trace, square := 0.0, 0.0
	for i := range e {
		trace += e[i][i]
		row, column := 0.0, 0.0
		for j := range e {
			row += e[i][j]
			column += e[j][i]
		}
		square += row * column
	}
	if square > 1-1e-9 { // one group: there is nobody else to meet
		return 0
	}
	return (trace - square) / (1 - square)
}

// EI returns the E-I index: −1 all ties stay inside, 1 all go outside (Krackhardt and Stern 1988).
func EI(external, internal int) float64 {
	if external+internal == 0 {
		return 0
	}
	return float64(external-internal) / float64(external+internal)
}

// homophily reads whether members turn to people like them when they turn to somebody new. Likeness
// is that of the needs and topics before the split, ties are those after it, so that it is no
// circle; 1 is what the same people dealt to others at random would give.
func homophily(w *World, t data.TribeID) Reading {
	r := Reading{Gauge: "homophily"}
	in := make(map[int]bool)
	for v, tribe := range w.Before {
		in[v] = tribe == t && t != ""
	}
	edges := w.newEdges(in)
	if !r.enough(len(edges), 20) {
		return r
	}
	like := w.likeness()
	got := meanLikeness(edges, like)
	var by []float64
	random := w.random(2)
	for range shuffles {
		by = append(by, meanLikeness(dealTargets(edges, random), like))
	}
	base := mean(by)
	if base == 0 {
		r.State = "insufficient data (n=0)"
		return r
	}
	r.Value, r.P, r.Low, r.High = round(got/base), chanceOf(got, by), round(got/max(1e-9, quantile(by, 0.975))), round(got/max(1e-9, quantile(by, 0.025)))
	r.Says = fmt.Sprintf("new ties go to people %.1f times as like them as chance gives", got/base)
	return r
}

// newEdges returns the pairs from members that meet first after the split, both known before.
func (w *World) newEdges(in map[int]bool) [][2]int {
	wrote, met := make(map[int]bool), make(map[[2]int]bool)
	for _, p := range w.Posts {
		if !p.At.After(w.Split) {
			wrote[p.Author] = true
		}
	}
	var out [][2]int
	for _, t := range w.Ties {
		pair := [2]int{min(t.From, t.To), max(t.From, t.To)}
		switch {
		case !t.At.After(w.Split):
			met[pair] = true
		case !met[pair] && !w.Split.IsZero() && wrote[t.From] && wrote[t.To] && in[t.From]:
			out = append(out, [2]int{t.From, t.To})
		}
	}
	return unique(out)
}

// likeness returns the cosine of what two people wrote about up to the split.
func (w *World) likeness() func(a, b int) float64 {
	profile := make([]map[int]float64, len(w.Authors))
	for _, p := range w.Posts {
		if !w.Split.IsZero() && p.At.After(w.Split) {
			continue
		}
		if profile[p.Author] == nil {
			profile[p.Author] = make(map[int]float64)
		}
		for _, s := range p.Signals {
			profile[p.Author][s]++
		}
	}
	return func(a, b int) float64 { return cosine(profile[a], profile[b]) }
}

// cosine of two rows of counts; sums of whole numbers come out the same in any order.
func cosine(a, b map[int]float64) float64 {
	dot, x, y := 0.0, 0.0, 0.0
	for k, v := range a {
		dot += v * b[k]
		x += v * v
	}
	for _, v := range b {
		y += v * v
	}
	if x == 0 || y == 0 {
		return 0
	}
	return dot / math.Sqrt(x*y)
}

func meanLikeness(edges [][2]int, like func(a, b int) float64) float64 {
	var all []float64
	for _, e := range edges {
		all = append(all, like(e[0], e[1]))
	}
	return mean(all)
}

func round(x float64) float64 { return math.Round(x*1e6) / 1e6 }
