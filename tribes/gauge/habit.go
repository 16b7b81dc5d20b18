package gauge

import (
	"fmt"
	"slices"
	"time"

	"tribu/data"
)

const (
	leastRun     = 3 // repeats that make a habit
	triggerReach = 14 * 24 * time.Hour
)

// habit returns the share of choices that repeat the one before, and the same corrected for chance
// by how often each is chosen: (share − Σp²)/(1 − Σp²).
func habit(repeats, steps int, shares []float64) (plain, corrected float64) {
	if steps == 0 {
		return 0, 0
	}
	plain = float64(repeats) / float64(steps)
	square := 0.0
	for _, p := range shares {
		square += p * p
	}
	if square >= 1 {
		return plain, 0
	}
	return plain, (plain - square) / (1 - square)
}

// A choice is what somebody praised, advised or recommended, in one place.
type choice struct {
	who, signal int
	at          time.Time
}

// choices returns what each member chose, by member and place, oldest first: at least three.
func (w *World) choices(in map[int]bool) [][]choice {
	type key struct {
		who   int
		place string
	}
	all := make(map[key][]choice)
	var order []key
	for _, p := range w.Posts {
		if !in[p.Author] {
			continue
		}
		for _, n := range p.Needs {
			if n.Signal < 0 || n.Type != data.Praise && n.Type != data.Tip && n.Type != data.Recommendation {
				continue
			}
			k := key{p.Author, p.Place}
			if all[k] == nil {
				order = append(order, k)
			}
			all[k] = append(all[k], choice{p.Author, n.Signal, p.At})
		}
	}
	var out [][]choice
	for _, k := range order {
		if len(all[k]) >= 3 {
			out = append(out, all[k])
		}
	}
	return out
}

// selfHerding reads whether members repeat their own last choice, tested against their choices in
// an order dealt anew.
func selfHerding(w *World, t data.TribeID) Reading {
	r := Reading{Gauge: "self-herding"}
	all := w.choices(w.members(t))
	if !r.enough(len(all), 20) {
		return r
	}
	repeats, steps, count, total := 0, 0, make(map[int]int), 0
	for _, list := range all {
		repeats, steps = repeats+repeated(list), steps+len(list)-1
		for _, c := range list {
			count[c.signal]++
			total++
		}
	}
	var by []float64
	random := w.random(5)
	for range shuffles {
		again := 0
		for _, list := range all {
			dealt := slices.Clone(list)
			random.Shuffle(len(dealt), func(i, j int) { dealt[i], dealt[j] = dealt[j], dealt[i] })
			again += repeated(dealt)
		}
		by = append(by, float64(again))
	}
	var shares []float64
	for _, n := range count {
		shares = append(shares, float64(n)/float64(total))
	}
	slices.Sort(shares)
	plain, corrected := habit(repeats, steps, shares)
	r.Value, r.P = round(corrected), chanceOf(float64(repeats), by)
	r.Says = fmt.Sprintf("%d of %d choices repeat the one before (%.0f %%)", repeats, steps, 100*plain)
	return r
}

func repeated(list []choice) int {
	n := 0
	for i := 1; i < len(list); i++ {
		if list[i].signal == list[i-1].signal {
			n++
		}
	}
	return n
}

// Triggers counts habits that ended by what was said in the two weeks before: a complaint of their
// own, what another member recommended to them or advised, or nothing.
type Triggers struct {
	Unfairness int `json:"unfairness"`
	Peer       int `json:"peer"`
	None       int `json:"none"`
}

func (t Triggers) all() int { return t.Unfairness + t.Peer + t.None }

// breaks reads how often three or more equal choices are followed by another, and what came before.
func breaks(w *World, t data.TribeID) (Reading, Triggers) {
	r := Reading{Gauge: "habit breaks"}
	in := w.members(t)
	chances, out := 0, Triggers{}
	for _, list := range w.choices(in) {
		run := 1
		for i := 1; i < len(list); i++ {
			if run >= leastRun {
				chances++
			}
			if list[i].signal == list[i-1].signal {
				run++
				continue
			}
			if run >= leastRun {
				w.trigger(list[i], in, &out)
			}
			run = 1
		}
	}
	if !r.enough(chances, 20) {
		return r, out
	}
	r.Value, r.Low, r.High = wilson(out.all(), chances)
	r.Says = fmt.Sprintf("%d of %d habits were broken, %d after a complaint, %d after a peer's advice", out.all(), chances, out.Unfairness, out.Peer)
	return r, out
}

// trigger counts what came before the choice c that broke a habit.
func (w *World) trigger(c choice, in map[int]bool, out *Triggers) {
	told := make(map[data.PostID]bool)
	for _, t := range w.Ties {
		if t.To == c.who && in[t.From] {
			told[t.Post] = true
		}
	}
	advised := false
	for _, p := range w.Posts {
		if p.At.After(c.at) || c.at.Sub(p.At) > triggerReach {
			continue
		}
		for _, n := range p.Needs {
			switch {
			case p.Author == c.who && n.Type == data.Complaint:
				out.Unfairness++
				return
			case told[p.ID] && (n.Type == data.Recommendation || n.Type == data.Tip):
				advised = true
			}
		}
	}
	if advised {
		out.Peer++
	} else {
		out.None++
	}
}

// homogenisation reads whether members grow alike: the slope over the weeks of the mean distance
// between what two of them write about, below 0 where they do.
func homogenisation(w *World, t data.TribeID) Reading {
	r := Reading{Gauge: "homogenisation"}
	in := w.members(t)
	weeks := w.weeks(in)
	var series []float64
	for _, profiles := range weeks {
		if len(profiles) >= 5 {
			series = append(series, meanDistance(profiles))
		}
	}
	if !r.enough(len(series), 5) {
		r.State += ": too few weeks with five members who wrote"
		return r
	}
	_, z := mannKendall(series)
	r.Value, r.P = round(theilSen(series)), twoSided(z)
	r.Says = "no trend: members neither grow alike nor apart"
	switch {
	case z <= -1.96:
		r.Says = "members grow alike"
	case z >= 1.96:
		r.Says = "members grow apart"
	}
	return r
}

// weeks returns what each member wrote about in every week that ends with the last post's, oldest first.
func (w *World) weeks(in map[int]bool) []map[int]map[int]float64 {
	if len(w.Posts) == 0 {
		return nil
	}
	last := w.Posts[len(w.Posts)-1].At
	var out []map[int]map[int]float64
	for _, p := range w.Posts {
		if !in[p.Author] || len(p.Signals) == 0 {
			continue
		}
		back := int(last.Sub(p.At) / (7 * 24 * time.Hour))
		for len(out) <= back {
			out = append(out, make(map[int]map[int]float64))
		}
		if out[back][p.Author] == nil {
			out[back][p.Author] = make(map[int]float64)
		}
		for _, s := range p.Signals {
			out[back][p.Author][s]++
		}
	}
	slices.Reverse(out)
	return out
}

func meanDistance(profiles map[int]map[int]float64) float64 {
	who := make([]int, 0, len(profiles))
	for v := range profiles {
		who = append(who, v)
	}
	slices.Sort(who)
	var all []float64
	for i, a := range who {
		for _, b := range who[i+1:] {
			all = append(all, 1-cosine(profiles[a], profiles[b]))
		}
	}
	return mean(all)
}
