package figures

import (
	"slices"
	"time"

	"tribu/data"
)

// A Pace is how long requests wait for a first reply: those that open a conversation and those that stand in one, the same
// that needs and tribes count. Of each week those count that were old enough to judge at its end: what a week was said
// to be stays so in the weeks after.
type Pace struct {
	WeekPace                 // of the last week
	Usual      time.Duration // median of the weekly medians of the weeks before; 0 where unknown
	Low, High  time.Duration // lowest and highest of those
	UsualShare float64       // share unanswered in the weeks before
	Posts      []data.PostID // of the last week, unanswered, newest first
	Replied    []data.PostID // of the last week, answered
	Weekly     []WeekPace    // all weeks, the last included
	All        WeekPace      // of the whole window
	Within     time.Duration // how long a reply may take
}

// A WeekPace is the pace of one week.
type WeekPace struct {
	Asked      int           // requests old enough to judge
	Unanswered int           // of Asked, without a reply in time
	Median     time.Duration // by when half of Asked had a reply; all the time there is where half had none
}

const (
	minAsked = 10 // requests that a week must hold to have a pace
	minWeeks = 3  // weeks that make a usual range
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
		switch {
		case w == last && answered:
			out.Replied = append(out.Replied, p.ID)
		case w == last:
			out.Posts = append(out.Posts, p.ID)
		}
	}
	slices.Reverse(out.Posts)
	for w := range weeks {
		out.Weekly = append(out.Weekly, paceOf(waits[w], within))
	}
	out.WeekPace, out.All = out.Weekly[len(weeks)-1], paceOf(all, within)
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

// usual sets what the weeks before the last show.
func (p *Pace) usual() {
	var medians []time.Duration
	asked, missed := 0, 0
	for _, w := range p.Weekly[:len(p.Weekly)-1] {
		asked, missed = asked+w.Asked, missed+w.Unanswered
		if w.Asked >= minAsked {
			medians = append(medians, w.Median)
		}
	}
	if len(medians) >= minWeeks {
		p.Usual, p.Low, p.High = median(medians), slices.Min(medians), slices.Max(medians)
	}
	if asked > 0 {
		p.UsualShare = float64(missed) / float64(asked)
	}
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
