package figures

import (
	"slices"
	"time"

	"tribu/data"
)

// A Pace is how long requests that open a conversation wait for a first reply. Of each week those count that were old
// enough to judge at its end: what a week was said to be stays so in the weeks after.
type Pace struct {
	Opened     int           // requests that opened a conversation in the last week and old enough to judge
	Median     time.Duration // to the first reply; of those answered
	Unanswered int           // of Opened, without a reply in time
	Usual      time.Duration // median of the weekly medians of the weeks before; 0 where unknown
	Low, High  time.Duration // lowest and highest of those
	UsualShare float64       // share unanswered in the weeks before
	Posts      []data.PostID // opened last week and unanswered, newest first
	Replied    []data.PostID // opened last week and answered
	Weekly     []WeekPace    // all weeks, the last included
}

// A WeekPace is the pace of one week.
type WeekPace struct {
	Opened, Unanswered int           // as of a Pace
	Median             time.Duration // 0 where nothing was answered
}

const (
	minOpened = 10 // requests a week must open to have a pace
	minWeeks  = 3  // weeks that make a usual range
)

func pace(t talk, weeks []data.Window, asOf time.Time, within time.Duration) Pace {
	waits := make([][]time.Duration, len(weeks))
	opened, silent := make([]int, len(weeks)), make([]int, len(weeks))
	var out Pace
	for i := range t.activity {
		p := &t.activity[i]
		w := weekOf(weeks, p.CreatedAt)
		if w < 0 || !t.opens(int32(i)) || !t.asks(int32(i)) || asOf.Sub(p.CreatedAt) < within || weeks[w].To.Sub(p.CreatedAt) < within || t.settledBy(int32(i), within) {
			continue
		}
		opened[w]++
		if r, ok := t.answered(int32(i), within); ok {
			waits[w] = append(waits[w], max(0, r.CreatedAt.Sub(p.CreatedAt)))
			if w == len(weeks)-1 {
				out.Replied = append(out.Replied, p.ID)
			}
			continue
		}
		silent[w]++
		if w == len(weeks)-1 {
			out.Posts = append(out.Posts, p.ID)
		}
	}
	slices.Reverse(out.Posts)
	last := len(weeks) - 1
	out.Opened, out.Unanswered, out.Median = opened[last], silent[last], median(waits[last])
	for w := range weeks {
		out.Weekly = append(out.Weekly, WeekPace{opened[w], silent[w], median(waits[w])})
	}
	var medians []time.Duration
	asked, missed := 0, 0
	for w := range last {
		asked, missed = asked+opened[w], missed+silent[w]
		if len(waits[w]) >= minOpened {
			medians = append(medians, median(waits[w]))
		}
	}
	if len(medians) >= minWeeks {
		out.Usual, out.Low, out.High = median(medians), slices.Min(medians), slices.Max(medians)
	}
	if asked > 0 {
		out.UsualShare = float64(missed) / float64(asked)
	}
	return out
}

// Known reports whether enough conversations opened to speak of a pace.
func (p Pace) Known() bool { return p.Opened >= minOpened && p.Opened > p.Unanswered }

func median(in []time.Duration) time.Duration {
	if len(in) == 0 {
		return 0
	}
	s := slices.Clone(in)
	slices.Sort(s)
	return s[len(s)/2]
}
