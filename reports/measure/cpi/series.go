package cpi

import (
	"math"
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/conduct"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// A Series is something counted week by week, oldest first; a week that is not known is NaN.
type Series struct {
	Name   string
	Tribe  data.TribeID // empty: everybody
	Values []float64
}

// Stretch returns the values of x and y, which end in the same week, over the last weeks in a row in
// which both are known.
func Stretch(x, y []float64) (a, b []float64) {
	n := min(len(x), len(y))
	x, y = x[len(x)-n:], y[len(y)-n:]
	known := func(i int) bool { return !math.IsNaN(x[i]) && !math.IsNaN(y[i]) }
	to := n
	for to > 0 && !known(to-1) {
		to--
	}
	from := to
	for from > 0 && known(from-1) {
		from--
	}
	return x[from:to], y[from:to]
}

// Sold returns what customers did in each of weeks: sales and their revenue, of everybody, then the
// sales of each tribe that holds at least measure.Privacy of the clients. Weeks before the first sale
// of the files and after the last are not known.
func Sold(r *measure.Reading, b Books, weeks []data.Window) []Series {
	if len(b.Sales) == 0 {
		return nil
	}
	home, clients := homes(r, b.Known), make(map[data.TribeID]int)
	for _, t := range home {
		clients[t]++
	}
	out := []Series{soldIn(b.Sales, weeks, func(string) bool { return true }, func(customer.Sale) float64 { return 1 }),
		soldIn(b.Sales, weeks, func(string) bool { return true }, func(s customer.Sale) float64 { return s.Revenue })}
	out[0].Name, out[1].Name = "sales", "revenue"
	for _, t := range r.Tribes {
		if clients[t.ID] >= measure.Privacy {
			s := soldIn(b.Sales, weeks, func(id string) bool { return home[id] == t.ID }, func(customer.Sale) float64 { return 1 })
			s.Name, s.Tribe = "sales", t.ID
			out = append(out, s)
		}
	}
	return out
}

// soldIn sums up what sales to the kept customers are worth, week by week.
func soldIn(sales []customer.Sale, weeks []data.Window, keep func(id string) bool, worth func(customer.Sale) float64) Series {
	first, last := sales[0].Day, sales[0].Day
	for _, s := range sales {
		if s.Day.Before(first) {
			first = s.Day
		}
		if s.Day.After(last) {
			last = s.Day
		}
	}
	out := Series{Values: make([]float64, len(weeks))}
	for i, w := range weeks {
		if !w.To.After(first) || w.From.After(last) {
			out.Values[i] = math.NaN()
		}
	}
	for _, s := range sales {
		if i := slices.IndexFunc(weeks, func(w data.Window) bool { return w.Contains(s.Day.Add(noon)) }); i >= 0 && keep(s.Customer) {
			out.Values[i] += worth(s)
		}
	}
	return out
}

// noon puts a day into the week that holds most of it.
const noon = 12 * time.Hour

// homes returns the tribe of every client who writes in public.
func homes(r *measure.Reading, known map[data.AuthorID]customer.Client) map[string]data.TribeID {
	home := make(map[string]data.TribeID)
	for _, m := range r.Members {
		if c, ok := known[m.Author]; ok && m.Rank == 0 && home[c.ID] == "" {
			home[c.ID] = m.Tribe
		}
	}
	return home
}

// Weekly returns the values of a performance by week, more being better.
func (p Performance) Weekly() []float64 {
	out := make([]float64, len(p.Weeks))
	for i, w := range p.Weeks {
		switch {
		case w.State != stats.Known:
			out[i] = math.NaN()
		case p.Lower:
			out[i] = -w.Value
		default:
			out[i] = w.Value
		}
	}
	return out
}

// Observed returns the share of a CPI's observations of each week that met what is expected, NaN in
// a week without any.
func Observed(scores []customer.Score, cpi string, limit float64, weeks []data.Window) []float64 {
	out := make([]float64, len(weeks))
	for i, w := range weeks {
		var in []customer.Score
		for _, s := range scores {
			if w.Contains(s.Day.Add(noon)) {
				in = append(in, s)
			}
		}
		met := Within(in, cpi, limit)
		out[i] = math.NaN()
		if met.N > 0 {
			out[i] = float64(met.K) / float64(met.N)
		}
	}
	return out
}

// A Divergence is what customers do rising while what they get, or their mood, falls.
type Divergence struct {
	KPI, CPI Series
	Alarm
}

// Divergences returns the alarms over the last weeks: sales and revenue against every performance, as the
// firm saw it or else as people tell, and the mood of everybody; the sales of each tribe against its mood.
func Divergences(r *measure.Reading, b Books, served []Performance, moods []conduct.Mood, params Params) []Divergence {
	var out []Divergence
	weeks := r.Weeks(params.filled().Weeks)
	for _, kpi := range Sold(r, b, weeks) {
		var beside []Series
		if kpi.Tribe == "" {
			for _, p := range served {
				beside = append(beside, Series{p.Name, "", seenOrTold(b, p, weeks)})
			}
		}
		for _, m := range moods {
			if m.Tribe == kpi.Tribe {
				beside = append(beside, Series{"mood", m.Tribe, m.Medians()})
			}
		}
		for _, cpi := range beside {
			x, y := Stretch(kpi.Values, cpi.Values)
			if a := diverge(x, y); a.Ring {
				out = append(out, Divergence{kpi, cpi, a})
			}
		}
	}
	return out
}

// seenOrTold returns a performance by week as the firm saw it, else as people tell.
func seenOrTold(b Books, p Performance, weeks []data.Window) []float64 {
	limit := -1.0
	if p.Lower && p.Good.State == stats.Known {
		limit = p.Good.Median
	}
	seen := Observed(b.Scores, p.Name, limit, weeks)
	if slices.ContainsFunc(seen, func(x float64) bool { return !math.IsNaN(x) }) {
		return seen
	}
	return p.Weekly()
}

// A Since compares people before a CPI was adopted and as long after.
type Since struct {
	Adopted time.Time
	Span    time.Duration // on either side
	Mood    Adoption      // mean polarity of what each person needs or praises
	Posts   Adoption      // posts of each person a week
	Stayed  stats.Share   // of those who state the outcome and wrote before, those who wrote after
	Others  stats.Share   // the same of the people who do not state it
}

// shortestSpan is the least time on either side of an adoption.
const shortestSpan = measure.Week

// SinceAdopted compares the people who state o with everybody else who wrote before it was adopted.
func SinceAdopted(r *measure.Reading, o Outcome, adopted time.Time, seed uint64) Since {
	out := Since{Adopted: adopted}
	if len(r.Posts) == 0 {
		return out.short()
	}
	out.Span = max(0, min(adopted.Sub(r.Posts[0].CreatedAt), r.AsOf.Sub(adopted)))
	if out.Span < shortestSpan {
		return out.short()
	}
	stating := make(map[data.AuthorID]bool)
	for _, m := range heard(r, Params{}.LeastConfidence)[o.Key] {
		if !m.told {
			stating[m.row.Author] = true
		}
	}
	before := around(r, data.Window{From: adopted.Add(-out.Span), To: adopted})
	after := around(r, data.Window{From: adopted, To: adopted.Add(out.Span)})
	weeks := out.Span.Hours() / measure.Week.Hours()
	postsBefore, postsAfter := make(map[data.AuthorID]float64), make(map[data.AuthorID]float64)
	var stayed, all [2]int
	for a, n := range before.posts {
		side := 1
		if stating[a] {
			side = 0
		}
		all[side]++
		stayed[side] += min(after.posts[a], 1)
		postsBefore[a], postsAfter[a] = float64(n)/weeks, float64(after.posts[a])/weeks
	}
	out.Stayed, out.Others = stats.ShareOf(stayed[0], all[0]), stats.ShareOf(stayed[1], all[1])
	out.Posts = Adopted(people(postsBefore, stating, true), postsAfter, people(postsBefore, stating, false), postsAfter, seed)
	out.Mood = Adopted(people(before.mood, stating, true), after.mood, people(before.mood, stating, false), after.mood, seed)
	return out
}

func (s Since) short() Since {
	s.Mood.State, s.Posts.State = stats.FewWeeks, stats.FewWeeks
	s.Stayed.State, s.Others.State = stats.FewWeeks, stats.FewWeeks
	return s
}

// A doing is what people did in a time.
type doing struct {
	posts map[data.AuthorID]int
	mood  map[data.AuthorID]float64
}

func around(r *measure.Reading, w data.Window) doing {
	d := doing{make(map[data.AuthorID]int), conduct.MoodOf(r, w)}
	for _, p := range r.Posts {
		if w.Contains(p.CreatedAt) && !r.Makers[p.Author] {
			d.posts[p.Author]++
		}
	}
	return d
}

// people returns the values of those who are in group, or of those who are not.
func people(all map[data.AuthorID]float64, group map[data.AuthorID]bool, in bool) map[data.AuthorID]float64 {
	out := make(map[data.AuthorID]float64)
	for a, v := range all {
		if group[a] == in {
			out[a] = v
		}
	}
	return out
}

// Clients returns which of authors are clients, by their handle, name or native id; the first line
// of the file counts.
func Clients(all []customer.Client, authors map[data.AuthorID]data.Author) map[data.AuthorID]customer.Client {
	by := make(map[string]customer.Client, len(all))
	for _, c := range slices.Backward(all) {
		by[measure.Handle(c.Handle)] = c
	}
	delete(by, "")
	out := make(map[data.AuthorID]customer.Client)
	for id, a := range authors {
		for _, name := range []string{a.NativeID, a.Name, a.Handle} {
			if c, ok := by[measure.Handle(name)]; ok {
				out[id] = c
			}
		}
	}
	return out
}
