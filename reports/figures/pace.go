package figures

import (
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/measure/stats"
)

// A Pace is how long requests wait for a first reply: those that open a conversation and those that stand in one, the same
// that needs and tribes count. Of each week those count that were old enough to judge at its end: what a week was said
// to be stays so in the weeks after.
type Pace struct {
	WeekPace                // of the last week
	Running   int           // weeks in a row, the last included, that were worse than usual
	Before    WeekPace      // all requests of the weeks that tell what is usual: those before such a row
	Weeks     int           // how many these are
	Usual     time.Duration // median of their medians; 0 where unknown
	Low, High time.Duration // lowest and highest of those
	Posts     []data.PostID // of the last week, unanswered, newest first
	Replied   []data.PostID // of the last week, answered
	Late      []data.PostID // of Posts, answered since
	Weekly    []WeekPace    // all weeks, the last included
	All       WeekPace      // of the whole window
	Within    time.Duration // how long a reply may take
	Requests  []Request     // of all weeks
	Until     int           // the week that follows those that tell what is usual
}

// A WeekPace is the pace of one week.
type WeekPace struct {
	Asked      int           // requests old enough to judge
	Unanswered int           // of Asked, without a reply in time
	Median     time.Duration // by when half of Asked had a reply; all the time there is where half had none
}

const (
	minAsked = 10 // requests that a week must hold to have a pace
	minWeeks = 4  // weeks that make a usual range

	clearly = 1.25 // times as long as in the slowest of these, from where people wait longer
)

func pace(t talk, weeks []data.Window, window data.Window, asOf time.Time, within time.Duration) Pace {
	out := Pace{Within: within}
	waits, all := make([][]time.Duration, len(weeks)), []time.Duration(nil)
	for i := range t.activity {
		p := &t.activity[i]
		if !t.asks(int32(i)) || asOf.Sub(p.CreatedAt) < within || t.settledBy(int32(i), within) {
			continue
		}
		wait, last := within, len(weeks)-1
		r, answered := t.answered(int32(i), within)
		if answered {
			wait = min(max(0, r.CreatedAt.Sub(p.CreatedAt)), within-1)
		}
		if window.Contains(p.CreatedAt) {
			all = append(all, wait)
		}
		w := weekOf(weeks, p.CreatedAt)
		if w < 0 || weeks[w].To.Sub(p.CreatedAt) < within {
			continue
		}
		waits[w] = append(waits[w], wait)
		out.Requests = append(out.Requests, Request{p.ID, w, !answered})
		switch {
		case w == last && answered:
			out.Replied = append(out.Replied, p.ID)
		case w == last:
			if out.Posts = append(out.Posts, p.ID); r != nil {
				out.Late = append(out.Late, p.ID)
			}
		}
	}
	slices.Reverse(out.Posts)
	for w := range weeks {
		out.Weekly = append(out.Weekly, paceOf(waits[w], within))
	}
	out.All = paceOf(all, within)
	out.usual()
	return out
}

// paceOf returns the pace of requests that waited so long.
func paceOf(waits []time.Duration, within time.Duration) WeekPace {
	out := WeekPace{Asked: len(waits), Median: median(waits)}
	for _, w := range waits {
		if w == within {
			out.Unanswered++
		}
	}
	return out
}

// usual sets what is usual, and how many weeks in a row have been worse. Weeks that are worse do not make the usual of those
// that follow them, as long as they are no more than the weeks before.
func (p *Pace) usual() {
	for w := range p.Weekly {
		before := p.Weekly[:w-p.Running]
		if p.Running > len(before) || enough(before) < minWeeks {
			before = p.Weekly[:w]
		}
		p.measure(before)
		if p.WeekPace = p.Weekly[w]; p.Worse() {
			p.Running++
		} else {
			p.Running = 0
		}
	}
}

// enough counts the weeks that hold enough requests to have a pace.
func enough(weeks []WeekPace) (n int) {
	for _, w := range weeks {
		if w.Asked >= minAsked {
			n++
		}
	}
	return n
}

// measure sets what is usual from weeks.
func (p *Pace) measure(weeks []WeekPace) {
	var medians []time.Duration
	p.Until = len(weeks)
	weeks = weeks[max(0, slices.IndexFunc(weeks, func(w WeekPace) bool { return w.Asked > 0 })):]
	p.Before, p.Weeks, p.Usual, p.Low, p.High = WeekPace{}, len(weeks), 0, 0, 0
	for _, w := range weeks {
		p.Before.Asked, p.Before.Unanswered = p.Before.Asked+w.Asked, p.Before.Unanswered+w.Unanswered
		if w.Asked >= minAsked {
			medians = append(medians, w.Median)
		}
	}
	if len(medians) >= minWeeks {
		p.Usual, p.Low, p.High = median(medians), slices.Min(medians), slices.Max(medians)
	}
}

// Worse reports whether people are served worse than usual: half of the requests of the last week had a reply clearly later than
// in any week before, or surely more of them than usual had none. Neither makes good for the other.
func (p Pace) Worse() bool {
	return p.Usual > 0 && p.Asked >= minAsked && (p.Slower() || p.MoreOpen())
}

// Slower reports whether half of the requests of the last week had a reply clearly later than in any week before.
func (p Pace) Slower() bool { return p.Usual > 0 && float64(p.Median) > clearly*float64(p.High) }

// MoreOpen reports whether surely more requests of the last week than usual had no reply.
func (p Pace) MoreOpen() bool {
	return p.Asked > 0 && stats.SurelyMore(p.Unanswered, p.Asked, p.Before.Unanswered, p.Before.Asked)
}

// Streak returns in how many of the Running weeks, from the last one back, it was so.
func (p Pace) Streak(so func(Pace) bool) (n int) {
	for n < min(p.Running, len(p.Weekly)) {
		week := p
		if week.WeekPace = p.Weekly[len(p.Weekly)-1-n]; !so(week) {
			break
		}
		n++
	}
	return n
}

// Better reports whether replies come sooner than usual, and to no fewer.
func (p Pace) Better() bool {
	return p.Usual > 0 && p.Median < p.Low && p.Open() <= p.Before.Open()
}

// Known reports whether there were enough requests to speak of a pace, and half of them had a reply.
func (p Pace) Known() bool { return p.tells(p.WeekPace) }

// Silent reports whether there were enough requests, and more than half of them had none.
func (p Pace) Silent() bool { return p.Asked >= minAsked && !p.Known() }

// Ever reports whether half of the requests of the whole window, and enough of them, had a reply.
func (p Pace) Ever() bool { return p.tells(p.All) }

func (p Pace) tells(w WeekPace) bool { return w.Asked >= minAsked && w.Median < p.Within }

// Open returns the share of requests without a reply in time.
func (w WeekPace) Open() float64 { return float64(w.Unanswered) / float64(max(w.Asked, 1)) }

func median(in []time.Duration) time.Duration {
	if len(in) == 0 {
		return 0
	}
	s := slices.Clone(in)
	slices.Sort(s)
	return s[len(s)/2]
}
