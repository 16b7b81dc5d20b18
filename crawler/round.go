package crawler

import (
	"context"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

const (
	staleRound   = time.Hour // a reading that began so long ago and was finished now is followed by another
	postsAVisit  = 10        // that a source whose interval is its own should have when it is read
	shortestWait = 5 * time.Minute
	longestPause = 24 * time.Hour
)

// rounds finishes the round that was interrupted, if one was, and makes another, unless the one
// it finished began a moment ago. A round is one reading of a source, from its seeds to the last
// task that follows from them; every task of it is due at the moment it began. So what a crawl
// leaves is the same however often it was interrupted.
func (j *job) rounds(ctx context.Context) error {
	for resumed := !j.at.Begun.IsZero(); ; resumed = false {
		j.begin()
		err := j.work(ctx)
		if err != nil || j.sum.Stopped != "" {
			return err
		}
		late := j.now().Sub(j.at.Begun) >= staleRound
		if err := j.end(ctx); err != nil || !resumed || !late {
			return err
		}
	}
}

// approach finds out whether the source's host may be asked now.
func (j *job) approach(ctx context.Context, hs *hosts) error {
	h, err := hs.acquire(ctx, j.home)
	if err != nil {
		return err
	}
	defer h.release()
	if h.NextAllowed.Sub(j.o.Now()) > longestWait {
		j.sum.Stopped, j.sum.ParkedTo = line((&parkedError{h.Name, h.NextAllowed}).Error()), h.NextAllowed
	}
	return nil
}

// begin has the seeds of a round stored before the first task is leased, unless one is under way.
// What is dead but not for good is tried once more.
func (j *job) begin() {
	j.recent, j.before = 0, j.sum.Saved.New
	if !j.at.Begun.IsZero() {
		return
	}
	at := j.at
	at.Begun = j.now()
	j.at = at
	j.hold(data.Batch{Tasks: j.src.Seeds(at.Value, at.Begun), Cursor: &at, Revive: true}, nil)
	j.none = false
}

// end notes that a round is finished, and when the next is due.
func (j *job) end(ctx context.Context) error {
	at, now := j.at, j.now()
	if j.sum.Answers > 0 {
		at.Pace = j.pace(now)
	}
	at.Next = at.Begun.Add(j.interval(at))
	if j.floor.After(at.Next) {
		at.Next = j.floor
	}
	at.Begun, at.Ended = time.Time{}, now
	j.at = at
	j.hold(data.Batch{Cursor: &at}, nil)
	_, err := j.call(ctx, 0, longestHeld)
	return err
}

// pace returns how many posts a day the source has: what is new since the last reading and what
// was known before, half and half; the posts of the last week at the first reading.
func (j *job) pace(now time.Time) float64 {
	if j.at.Ended.IsZero() {
		return float64(j.recent) / 7
	}
	days := max(now.Sub(j.at.Ended), time.Minute).Hours() / 24
	return (j.at.Pace + float64(j.sum.Saved.New-j.before)/days) / 2
}

// interval returns how long after the beginning of a visit the next is due: what the settings say,
// else the time in which some posts are to be expected, a tenth more or less, from a hash. What
// an allowed private address serves is always due.
func (j *job) interval(at data.Cursor) time.Duration {
	switch {
	case j.cfg.Every > 0:
		return j.cfg.Every
	case j.guard.allow[j.home]:
		return 0
	}
	wait := longestPause
	if at.Pace > 0 {
		wait = time.Duration(min(postsAVisit/at.Pace, 1) * float64(longestPause))
	}
	sum := fnv.New32a()
	fmt.Fprintf(sum, "%s %d", at.Source, at.Begun.Unix())
	wait += wait / 10 * time.Duration(int(sum.Sum32()%201)-100) / 100
	return min(max(wait, shortestWait), longestPause)
}

// count notes what an answer tells about the source's pace.
func (j *job) count(t data.Task, r Response, b data.Batch) {
	week := j.now().Add(-young)
	for i := range b.Posts {
		if b.Posts[i].CreatedAt.After(week) {
			j.recent++
		}
	}
	j.keepFrom(&t, j.now().Add(min(maxAge(r.Header), longestPause)))
}

// keepFrom puts the next visit off until at, where t is a source's first page: it stays the same until
// then. What is deeper, as posts that are looked at once more a day later, waits for a visit.
func (j *job) keepFrom(t *data.Task, at time.Time) {
	if t.Depth == 0 && at.After(j.floor) {
		j.floor = at
	}
}

// maxAge returns how long an answer says that it stays the same.
func maxAge(h http.Header) time.Duration {
	for part := range strings.SplitSeq(strings.ToLower(h.Get("Cache-Control")), ",") {
		if value, found := strings.CutPrefix(strings.TrimSpace(part), "max-age="); found {
			age, _ := strconv.ParseUint(value, 10, 30) // of no use: no age
			return time.Duration(age) * time.Second
		}
	}
	return 0
}
