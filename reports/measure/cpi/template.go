package cpi

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// socialProof returns how many of somebody's own peers, people they have ties with, used or liked
// the same thing.
func socialProof(peers []data.AuthorID, used map[data.AuthorID]bool) int {
	n := 0
	for _, p := range peers {
		if used[p] {
			n++
		}
	}
	return n
}

// peers returns the people each of the wanted turned to or was turned to by, in order of their ids.
func peers(r *measure.Reading, wanted map[data.AuthorID]bool) map[data.AuthorID][]data.AuthorID {
	out := make(map[data.AuthorID][]data.AuthorID)
	for _, i := range r.Interactions {
		if i.From == i.To {
			continue
		}
		if wanted[i.From] {
			out[i.From] = append(out[i.From], i.To)
		}
		if wanted[i.To] {
			out[i.To] = append(out[i.To], i.From)
		}
	}
	for a, peers := range out {
		slices.SortFunc(peers, func(x, y data.AuthorID) int { return bytes.Compare(x[:], y[:]) })
		out[a] = slices.Compact(peers)
	}
	return out
}

// Within returns the share of a CPI's observations that met the expectation: those marked so, or,
// where nothing is marked, those of at most limit; a negative limit means that none is known.
func Within(scores []customer.Score, cpi string, limit float64) stats.Share {
	k, n := 0, 0
	for _, s := range scores {
		switch {
		case s.CPI != cpi || s.Met == "" && (s.Value == nil || limit < 0):
			continue
		case s.Met == "1", s.Met == "" && *s.Value <= limit:
			k++
		}
		n++
	}
	return stats.ShareOf(k, n)
}

// A Wait is how long one request waited and whether it was won.
type Wait struct {
	Waited time.Duration
	Won    bool
}

// A Bucket is the share of requests won among those that waited less than Under and no less than
// the bucket before.
type Bucket struct {
	Under time.Duration // 0: any longer
	Won   stats.Share
}

// defection returns how winning falls with waiting, in the buckets of a minute, an hour, a day, three
// days, and longer.
func defection(waits []Wait) []Bucket {
	limits := []time.Duration{time.Minute, time.Hour, 24 * time.Hour, 72 * time.Hour, 0}
	won, all := make([]int, len(limits)), make([]int, len(limits))
	for _, w := range waits {
		i := slices.IndexFunc(limits, func(l time.Duration) bool { return l == 0 || w.Waited < l })
		all[i]++
		if w.Won {
			won[i]++
		}
	}
	out := make([]Bucket, len(limits))
	for i, l := range limits {
		out[i] = Bucket{l, stats.ShareOf(won[i], all[i])}
	}
	return out
}

// broken returns incidents per 1000 deliveries, Undefined where there were none.
func broken(incidents, deliveries int) (float64, stats.State) {
	if deliveries == 0 {
		return 0, stats.Undefined
	}
	return 1000 * float64(incidents) / float64(deliveries), stats.Known
}

// An Alarm says that a KPI rises while a CPI, or the mood, falls: people may be paying for it.
type Alarm struct {
	KPI, CPI stats.Trend
	Ring     bool
	State    stats.State
}

// diverge compares the weekly series of a KPI and of a CPI, higher being better in both: both trends
// must be significant.
func diverge(kpi, cpi []float64) Alarm {
	a := Alarm{KPI: stats.TrendOf(kpi), CPI: stats.TrendOf(cpi)}
	a.State = cmp.Or(a.KPI.State, a.CPI.State)
	a.Ring = a.State == stats.Known && a.KPI.Significant && a.CPI.Significant && a.KPI.S > 0 && a.CPI.S < 0
	return a
}

// An Adoption compares the same people before and after a CPI was adopted, with people elsewhere.
type Adoption struct {
	People int
	Change stats.Test // mean change of the same people, by turning signs
	Others float64    // mean change elsewhere
	Net    float64    // Change.Diff − Others
	State  stats.State
}

// Adopted returns the change around an adoption: what each person shows before and after, and what
// people of a comparable tribe show.
func Adopted(before, after map[data.AuthorID]float64, otherBefore, otherAfter map[data.AuthorID]float64, seed uint64) Adoption {
	diffs, others := paired(before, after), paired(otherBefore, otherAfter)
	a := Adoption{People: len(diffs)}
	if len(diffs) < measure.Privacy || len(others) < measure.Privacy {
		a.State = stats.Insufficient
		return a
	}
	a.Change = stats.PermutePaired(diffs, seed)
	for _, d := range others {
		a.Others += d / float64(len(others))
	}
	a.Net = a.Change.Diff - a.Others
	return a
}

func paired(before, after map[data.AuthorID]float64) []float64 {
	var people []data.AuthorID
	for a := range before {
		if _, ok := after[a]; ok {
			people = append(people, a)
		}
	}
	slices.SortFunc(people, func(a, b data.AuthorID) int { return slices.Compare(a[:], b[:]) })
	out := make([]float64, len(people))
	for i, a := range people {
		out[i] = after[a] - before[a]
	}
	return out
}
