package gauge

import (
	"fmt"
	"time"

	"tribu/data"
)

// newcomerAffinity reads whether those who came to a tribe after the split are more like what its
// members wrote about in the week before than the newcomers of other tribes and of none are: above 1
// the tribe attracts the like. Tested by dealing the newcomers anew.
func newcomerAffinity(w *World, t data.TribeID) Reading {
	r := Reading{Gauge: "newcomer affinity"}
	in := w.members(t)
	centre, profile, first := make(map[int]float64), make([]map[int]float64, len(w.Authors)), make(map[int]time.Time)
	for _, p := range w.Posts {
		if _, seen := first[p.Author]; !seen {
			first[p.Author] = p.At
			profile[p.Author] = make(map[int]float64)
		}
		old := w.Before[p.Author] == t && t != ""
		for _, s := range p.Signals {
			profile[p.Author][s]++
			if old && !p.At.After(w.Split) && w.Split.Sub(p.At) < 7*24*time.Hour {
				centre[s]++
			}
		}
	}
	var here, elsewhere []float64
	for v := range w.Authors {
		switch {
		case w.Split.IsZero() || !first[v].After(w.Split) || len(profile[v]) == 0:
		case in[v]:
			here = append(here, cosine(profile[v], centre))
		default:
			elsewhere = append(elsewhere, cosine(profile[v], centre))
		}
	}
	if !r.enough(min(len(here), len(elsewhere)), 20) {
		return r
	}
	base := mean(elsewhere)
	if base == 0 {
		r.State = "insufficient data (n=0): other newcomers share nothing with it"
		return r
	}
	all, random := append(append([]float64(nil), here...), elsewhere...), w.random(8)
	var by []float64
	for range shuffles {
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		by = append(by, mean(all[:len(here)])-mean(all[len(here):]))
	}
	r.Value, r.P = round(mean(here)/base), chanceOf(mean(here)-base, by)
	r.Says = fmt.Sprintf("newcomers are %.1f times as like the members as newcomers elsewhere", r.Value)
	return r
}
