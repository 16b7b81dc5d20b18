package figures

import (
	"slices"
	"time"

	"tribu/data"
)

// A reply is the first time somebody else wrote after a post.
type reply struct {
	By data.AuthorID
	At time.Time
}

// A talk is who wrote when in each conversation.
type talk struct {
	posts    map[data.PostID]int // index in activity
	activity []data.PostMeta
	threads  map[data.ThreadID][]int // by time
	children map[data.PostID][]int   // by time
	firsts   []firstReply            // of the posts of activity, once looked for
}

type firstReply struct {
	reply
	known, found bool
}

func newTalk(activity []data.PostMeta) talk {
	t := talk{
		posts: make(map[data.PostID]int, len(activity)), activity: activity,
		threads: make(map[data.ThreadID][]int), children: make(map[data.PostID][]int), firsts: make([]firstReply, len(activity)),
	}
	for i := range activity {
		p := &activity[i]
		t.posts[p.ID] = i
		if !p.Thread.IsZero() {
			t.threads[p.Thread] = append(t.threads[p.Thread], i)
		}
		if !p.Parent.IsZero() {
			t.children[p.Parent] = append(t.children[p.Parent], i)
		}
	}
	return t
}

// fresh returns the talk with a memory of its own, for another goroutine.
func (t talk) fresh() talk {
	t.firsts = make([]firstReply, len(t.activity))
	return t
}

// first returns the first post by somebody else after p: an answer to it, or the next in its
// conversation, whichever came first.
func (t talk) first(p data.PostMeta) (reply, bool) {
	i, known := t.posts[p.ID]
	if !known {
		return t.find(p)
	}
	r := &t.firsts[i]
	if !r.known {
		r.known = true
		r.reply, r.found = t.find(p)
	}
	return r.reply, r.found
}

func (t talk) find(p data.PostMeta) (reply, bool) {
	a, okA := t.next(t.children[p.ID], p)
	b, okB := t.next(t.threads[p.Thread], p)
	if okA && (!okB || a.At.Before(b.At)) {
		return a, true
	}
	return b, okB
}

func (t talk) next(in []int, p data.PostMeta) (reply, bool) {
	from, _ := slices.BinarySearchFunc(in, p.CreatedAt, func(i int, at time.Time) int {
		return t.activity[i].CreatedAt.Compare(at)
	})
	for _, i := range in[from:] {
		q := &t.activity[i]
		if q.Author != p.Author && q.ID != p.ID {
			return reply{By: q.Author, At: q.CreatedAt}, true
		}
	}
	return reply{}, false
}

// opens reports whether p starts its conversation.
func (t talk) opens(p data.PostMeta) bool {
	if !p.Parent.IsZero() || p.Thread.IsZero() {
		return false
	}
	in := t.threads[p.Thread]
	return len(in) > 0 && t.activity[in[0]].ID == p.ID
}

// A Pace is how long new conversations wait for a first reply.
type Pace struct {
	Opened     int           // conversations opened in the last week and old enough to judge
	Median     time.Duration // to the first reply; of those answered
	Unanswered int           // of Opened, without a reply in time
	Usual      time.Duration // median of the weekly medians of the weeks before; 0 where unknown
	Low, High  time.Duration // lowest and highest of those
	UsualShare float64       // share unanswered in the weeks before
	Posts      []data.PostID // opened last week and unanswered, newest first
}

const (
	minOpened = 10 // conversations a week must open to have a pace
	minWeeks  = 3  // weeks that make a usual range
)

func pace(activity []data.PostMeta, t talk, weeks []data.Window, asOf time.Time, within time.Duration) Pace {
	waits := make([][]time.Duration, len(weeks))
	opened, silent := make([]int, len(weeks)), make([]int, len(weeks))
	var out Pace
	for _, p := range activity {
		w := weekOf(weeks, p.CreatedAt)
		if w < 0 || !t.opens(p) || asOf.Sub(p.CreatedAt) < within {
			continue
		}
		opened[w]++
		if r, ok := t.first(p); ok && r.At.Sub(p.CreatedAt) <= within {
			waits[w] = append(waits[w], r.At.Sub(p.CreatedAt))
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
