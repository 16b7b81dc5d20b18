package gauge

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"tribu/data"
)

const (
	reach       = 7 * 24 * time.Hour // within which a use may have been followed
	mostSignals = 60                 // that most members used
)

// Lift returns how much likelier something is in k1 of n1 than in k2 of n2.
func Lift(k1, n1, k2, n2 int) float64 {
	if n1 == 0 || n2 == 0 || k2 == 0 {
		return 0
	}
	return float64(k1) / float64(n1) / (float64(k2) / float64(n2))
}

// A course is when each member took up one signal first.
type course struct {
	signal int
	first  map[int]time.Time
	who    []int // adopters, ascending
}

// courses returns the signals that most members took up, at least three of them.
func (w *World) courses(in map[int]bool) []course {
	bySignal := make(map[int]*course)
	for _, p := range w.Posts {
		if !in[p.Author] {
			continue
		}
		for _, s := range p.Signals {
			c := bySignal[s]
			if c == nil {
				c = &course{signal: s, first: make(map[int]time.Time)}
				bySignal[s] = c
			}
			if _, seen := c.first[p.Author]; !seen {
				c.first[p.Author] = p.At
				c.who = append(c.who, p.Author)
			}
		}
	}
	var out []course
	for _, c := range bySignal {
		if len(c.who) >= 3 {
			slices.Sort(c.who)
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b course) int {
		return cmp.Or(cmp.Compare(len(b.who), len(a.who)), cmp.Compare(a.signal, b.signal))
	})
	return out[:min(mostSignals, len(out))]
}

// shuffled deals the times of a course to its adopters anew.
func (c course) shuffled(random *rand.Rand) course {
	times := make([]time.Time, len(c.who))
	for i, v := range c.who {
		times[i] = c.first[v]
	}
	random.Shuffle(len(times), func(i, j int) { times[i], times[j] = times[j], times[i] })
	out := course{signal: c.signal, first: make(map[int]time.Time, len(times)), who: c.who}
	for i, v := range c.who {
		out.first[v] = times[i]
	}
	return out
}

// neighbours returns whom each member turned to or heard from, ascending.
func (w *World) neighbours(in map[int]bool) map[int][]int {
	out := make(map[int][]int)
	for _, e := range w.edgesWithin(in) {
		out[e[0]], out[e[1]] = append(out[e[0]], e[1]), append(out[e[1]], e[0])
	}
	for v := range out {
		slices.Sort(out[v])
		out[v] = slices.Compact(out[v])
	}
	return out
}

// exposure counts who took a signal up, among those of whose neighbours one had in the week before,
// and among the others.
func exposure(all []course, people []int, near map[int][]int) (k1, n1, k2, n2 int) {
	for _, c := range all {
		for _, v := range people {
			at, adopted := c.first[v]
			exposed := false
			for _, u := range near[v] {
				used, did := c.first[u]
				exposed = exposed || did && (!adopted || used.Before(at) && at.Sub(used) <= reach)
			}
			switch {
			case exposed && adopted:
				k1, n1 = k1+1, n1+1
			case exposed:
				n1++
			case adopted:
				k2, n2 = k2+1, n2+1
			default:
				n2++
			}
		}
	}
	return k1, n1, k2, n2
}

// herding reads whether members take up what those they talk to took up the week before, beyond
// what likes meeting likes gives: the lift over the lift when the moments are dealt anew, 1 where
// who talks to whom explains all of it.
func herding(w *World, t data.TribeID) Reading {
	r := Reading{Gauge: "herding"}
	in := w.members(t)
	all, near := w.courses(in), w.neighbours(in)
	people := make([]int, 0, len(in))
	for v := range in {
		people = append(people, v)
	}
	slices.Sort(people)
	k1, n1, k2, n2 := exposure(all, people, near)
	if !r.enough(min(k1+k2, n1, n2), 20) {
		return r
	}
	lift := Lift(k1, n1, k2, n2)
	var by, ratios []float64
	random := w.random(3)
	for range shuffles {
		dealt := make([]course, len(all))
		for i, c := range all {
			dealt[i] = c.shuffled(random)
		}
		s := Lift(exposure(dealt, people, near))
		by = append(by, s)
		ratios = append(ratios, lift/max(s, 1e-9))
	}
	r.Value, r.Low, r.High, r.P = round(herdingIndex(lift, by)), round(quantile(ratios, 0.025)), round(quantile(ratios, 0.975)), chanceOf(lift, by)
	r.Says = "members follow those they talk to"
	if r.Low <= 1 {
		r.Says = "likes meeting likes explains it: no following beyond that"
	}
	return r
}

// herdingIndex returns the lift over the mean lift of the shuffles.
func herdingIndex(lift float64, shuffled []float64) float64 {
	if m := mean(shuffled); m > 0 {
		return lift / m
	}
	return 0
}

// A Leader is a member whom others follow.
type Leader struct {
	Author   data.AuthorID `json:"-"`
	ID       string        `json:"author"`
	Followed float64       `json:"followed"` // mean number who take up what they named, within a week
	Chance   float64       `json:"chance"`   // the same with the moments dealt anew
	P        float64       `json:"p"`
	Audience int           `json:"audience"` // people who turned to them: how loud, not how followed
}

// influence returns the members who are followed more than chance explains, at most three, and the
// strongest as a reading. The chance is that of anybody with an audience being followed so much
// beyond their own average (Westfall and Young 1993): of many members one is lucky.
func influence(w *World, t data.TribeID) (Reading, []Leader) {
	r := Reading{Gauge: "influence"}
	in := w.members(t)
	all := w.courses(in)
	audience := make(map[int][]int)
	for _, e := range w.edgesWithin(in) {
		audience[e[1]] = append(audience[e[1]], e[0])
	}
	uses := 0
	for _, c := range all {
		uses += len(c.who)
	}
	if !r.enough(uses, 20) {
		return r, nil
	}
	got := followed(all, audience)
	var heard []int
	for v := range got {
		if len(audience[v]) >= leastAudience {
			heard = append(heard, v)
		}
	}
	slices.Sort(heard)
	luck := lucky(all, audience, heard, got, w.random(4))
	var out []Leader
	for i, v := range heard {
		if l := luck[i]; got[v] > l.mean && l.p <= 0.05 {
			out = append(out, Leader{w.Authors[v], w.Authors[v].String(), round(got[v]), round(l.mean), l.p, len(audience[v])})
		}
	}
	slices.SortFunc(out, func(a, b Leader) int { return cmp.Or(cmp.Compare(b.Followed, a.Followed), cmp.Compare(a.ID, b.ID)) })
	r.Says = "nobody is followed more than chance explains"
	if len(out) > 0 {
		r.Value, r.P = out[0].Followed, out[0].P
		r.Says = fmt.Sprintf("%d members are followed beyond chance", len(out))
		if len(out) == 1 {
			r.Says = "1 member is followed beyond chance"
		}
	}
	return r, out[:min(3, len(out))]
}

// leastAudience is the number of people who turned to somebody, from which they can be followed.
const leastAudience = 3

// A luck is how much somebody is followed where moments are dealt anew, and the chance that anybody
// is followed so far beyond that as they are.
type luck struct{ mean, spread, p float64 }

// lucky returns the luck of those who are heard.
func lucky(all []course, audience map[int][]int, heard []int, got map[int]float64, random *rand.Rand) []luck {
	dealt := make([]map[int]float64, shuffles)
	for s := range dealt {
		again := make([]course, len(all))
		for i, c := range all {
			again[i] = c.shuffled(random)
		}
		dealt[s] = followed(again, audience)
	}
	out := make([]luck, len(heard))
	for i, v := range heard {
		for _, d := range dealt {
			out[i].mean += d[v] / shuffles
		}
		for _, d := range dealt {
			out[i].spread += (d[v] - out[i].mean) * (d[v] - out[i].mean) / shuffles
		}
		out[i].spread = math.Sqrt(max(out[i].spread, 1.0/shuffles))
	}
	most := make([]float64, shuffles)
	for s, d := range dealt {
		for i, v := range heard {
			most[s] = max(most[s], (d[v]-out[i].mean)/out[i].spread)
		}
	}
	for i, v := range heard {
		beyond := 0
		for _, m := range most {
			if m >= (got[v]-out[i].mean)/out[i].spread {
				beyond++
			}
		}
		out[i].p = float64(beyond+1) / (shuffles + 1)
	}
	return out
}

// followed returns, for who named signals first to their audience, how many of it took one up
// within a week, on average.
func followed(all []course, audience map[int][]int) map[int]float64 {
	sum, n := make(map[int]float64), make(map[int]float64)
	for _, c := range all {
		for _, v := range c.who {
			n[v]++
			for _, u := range audience[v] {
				if at, did := c.first[u]; did && at.After(c.first[v]) && at.Sub(c.first[v]) <= reach {
					sum[v]++
				}
			}
		}
	}
	out := make(map[int]float64, len(n))
	for v := range n {
		out[v] = sum[v] / n[v]
	}
	return out
}
