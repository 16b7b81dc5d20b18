package cpi

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// An Action is an outcome worth working on, with its opportunity score (Ulwick 2002):
// Imp + max(Imp − Sat, 0), where Imp is 10 × the share of people with a need who state the outcome,
// and Sat 10 × the share of its threads that were resolved.
type Action struct {
	Outcome    Outcome
	Importance float64
	Low, High  float64 // satisfaction, between what askers confirm and what they do not ask again
	Score      float64 // with the lower satisfaction
	Threads    int
	Owner      string // empty: nobody owns it yet
	State      stats.State
}

// opportunity returns importance + max(importance − satisfaction, 0).
func opportunity(importance, satisfaction float64) float64 {
	return importance + max(importance-satisfaction, 0)
}

// fewestThreads is how many answered threads satisfaction is read from.
const fewestThreads = 5

// Actions returns the outcomes of enough people by opportunity, at most limit; those whose threads
// are too few to score come last. owners names who owns an outcome, by its key.
func Actions(r *measure.Reading, outcomes []Outcome, params Params, limit int, owners map[string]string) []Action {
	p := params.filled()
	active := needActive(r)
	requests := r.Requests(r.Window, p.RepeatWithin)
	var out []Action
	for _, o := range outcomes {
		if o.Authors < p.Authors || active == 0 {
			continue
		}
		out = append(out, action(r, p, o, requests, active, owners[o.String()]))
	}
	slices.SortStableFunc(out, func(a, b Action) int {
		return cmp.Or(known(b)-known(a), cmp.Compare(b.Score, a.Score), b.Outcome.Authors-a.Outcome.Authors)
	})
	return out[:min(limit, len(out))]
}

func known(a Action) int {
	if a.State == stats.Known {
		return 1
	}
	return 0
}

func action(r *measure.Reading, p Params, o Outcome, requests []measure.Request, active int, owner string) Action {
	var stating []measure.Request
	for _, q := range requests {
		if o.States(q) {
			stating = append(stating, q)
		}
	}
	res := resolve(stating, r.AsOf, p.RepeatWithin)
	a := Action{Outcome: o, Importance: 10 * float64(o.Authors) / float64(active), Threads: res.Threads, Owner: owner}
	if res.Threads < fewestThreads {
		a.State = stats.Insufficient
		return a
	}
	a.Low, a.High = 10*float64(res.Thanked)/float64(res.Threads), 10*float64(res.Quiet)/float64(res.Threads)
	a.Score = opportunity(a.Importance, a.Low)
	return a
}

// needActive counts the authors who voiced a wanting need in the window.
func needActive(r *measure.Reading) int {
	seen := make(map[data.AuthorID]bool)
	for _, n := range r.Needs {
		if n.Lacks() && !r.Makers[n.Author] && r.Window.Contains(n.CreatedAt) {
			seen[n.Author] = true
		}
	}
	return len(seen)
}
