package cpi

import (
	"slices"
	"time"

	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// A Resolution bounds the share of requests that were solved the first time, as far as public
// threads show: at least those whose asker said so and did not ask again within a week, at most
// all that were not asked again; both of the threads with an answer.
type Resolution struct {
	Threads    int // with at least one answer, a week or more ago
	Unanswered int
	Pending    int // answered less than a week ago: not counted
	Thanked    int // called solved and not asked again
	Quiet      int // not asked again
	Low, High  stats.Share
	Evidence   measure.Evidence // the requests counted
}

// Resolve bounds first-time resolution over the window of r, of requests that keep accepts; nil
// keeps all.
func Resolve(r *measure.Reading, params Params, keep func(measure.Request) bool) Resolution {
	p := params.filled()
	var kept []measure.Request
	for _, q := range r.Requests(r.Window, p.RepeatWithin) {
		if keep == nil || keep(q) {
			kept = append(kept, q)
		}
	}
	return resolve(kept, r.AsOf, p.RepeatWithin)
}

func resolve(requests []measure.Request, asOf time.Time, within time.Duration) Resolution {
	var out Resolution
	for _, q := range requests {
		out.count(q, asOf, within)
	}
	out.Low, out.High = stats.ShareOf(out.Thanked, out.Threads), stats.ShareOf(out.Quiet, out.Threads)
	return out
}

func (out *Resolution) count(q measure.Request, asOf time.Time, within time.Duration) {
	switch {
	case len(q.Answers) == 0:
		out.Unanswered++
		return
	case q.Repeated.IsZero() && q.Answers[0].CreatedAt.Add(within).After(asOf):
		out.Pending++
		return
	}
	out.Threads++
	out.Evidence = out.Evidence.Add(q.Post.ID)
	if q.Repeated.IsZero() {
		out.Quiet++
		if !q.Solved.IsZero() {
			out.Thanked++
		}
	}
}

// States reports whether a request states the outcome.
func (o Outcome) States(q measure.Request) bool { return slices.Contains(o.Posts, q.Post.ID) }
