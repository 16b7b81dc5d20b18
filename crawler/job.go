package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"tribu/data"
)

// A job is one source in one run.
type job struct {
	cfg    SourceConfig
	src    Source
	sum    SourceSummary
	o      Options
	store  *locked
	guard  *guard
	fetch  conditionalFetch
	at     data.Cursor
	ends   time.Time   // zero: never
	later  []time.Time // when the tasks that were put off are due, earliest first
	tasks  []data.Task // leased and not begun
	none   bool        // besides them, nothing was due, and nothing was asked for since
	held   []held
	weight int       // bytes of the answers in held
	since  time.Time // the first of held was read

	home      string    // HOST:PORT that the source asks
	before    int       // new posts when the round began
	recent    int       // posts of the last week in the answers of the round
	floor     time.Time // the source said that it stays the same until then
	fruitless int       // answers in a row that held nothing new
	skips     int
	skipped   string // why the first task was skipped
	last      string // note
	trapped   int    // links not followed: too deep, or in circles
}

func (j *job) run(ctx context.Context, o Options, store *locked, hs *hosts) error {
	j.o, j.store = o, store
	if o.DryRun {
		for _, t := range j.src.Seeds(j.at.Value, j.now()) {
			j.sum.Planned = append(j.sum.Planned, t.URL)
		}
		return nil
	}
	if err := j.approach(ctx, hs); err != nil || j.sum.Stopped != "" {
		return err
	}
	if o.MaxTime > 0 {
		j.ends = o.Now().Add(o.MaxTime)
	}
	j.guard = newGuard(j.cfg, userAgent(o), o.Delay, hs, o.Now)
	j.guard.ends = j.ends
	if o.adjust != nil {
		o.adjust(j.guard)
	}
	j.fetch = newConditionalFetch(ctx, j.guard, o.Now)
	err := j.rounds(ctx)
	j.conclude()
	return err
}

// conclude says in the summary why not everything was read.
func (j *job) conclude() {
	if j.trapped > 0 {
		j.note(fmt.Sprintf("%s: %d links lead too deep or in circles and were not followed", j.home, j.trapped))
	}
	if j.sum.Stopped == "" {
		j.sum.Stopped = j.skipped
	}
	if j.sum.Stopped == "" && j.sum.Dead > 0 && j.sum.Same+j.sum.Saved.New+j.sum.Saved.Changed+j.sum.Saved.Unchanged == 0 {
		j.sum.Stopped = j.last // nothing was read, and this is why
	}
	var denied int
	j.sum.Requests, denied = j.guard.counts()
	j.sum.Denied += denied
}

func (j *job) now() time.Time { return j.o.Now().UTC().Truncate(time.Millisecond) }

// work reads one task after the other and saves what they tell, whatever ends it. What tells
// nothing new may wait for the end of the round.
func (j *job) work(ctx context.Context) error {
	err := j.readOn(ctx)
	j.putBack()
	if err == nil && j.sum.Stopped == "" && !j.holdsAnswers() {
		return nil
	}
	return errors.Join(err, j.flush(context.WithoutCancel(ctx)))
}

func (j *job) readOn(ctx context.Context) error {
	for j.sum.Stopped == "" {
		if err := ctx.Err(); err != nil {
			return err
		}
		if j.overBudget() {
			return nil
		}
		if len(j.tasks) == 0 {
			if done, err := j.lease(ctx); done || err != nil {
				return err
			}
			continue
		}
		t := j.tasks[0]
		j.tasks = j.tasks[1:]
		if err := j.step(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// lease takes the next tasks, once all that was read is saved, or waits for one. It reports whether
// there is nothing left to do.
func (j *job) lease(ctx context.Context) (done bool, err error) {
	if !j.none {
		if j.tasks, err = j.call(ctx, mostHeld, togetherWithin); err != nil {
			return false, err
		}
		j.none = len(j.tasks) < mostHeld
	}
	if len(j.tasks) == 0 {
		j.none = false
		return j.awaitLater(ctx)
	}
	return false, nil
}

// awaitLater waits for the first task that was put off. It reports whether there is none, or
// none that this run may wait for.
func (j *job) awaitLater(ctx context.Context) (done bool, err error) {
	if len(j.later) == 0 {
		return true, nil
	}
	due := j.later[0]
	wait := due.Sub(j.o.Now())
	if wait > longestWait || !j.ends.IsZero() && due.After(j.ends) {
		j.sum.Stopped = fmt.Sprintf("a request is put off until %s; the next crawl after that goes on from here", due.Format(time.RFC3339))
		return true, nil
	}
	j.later = j.later[1:]
	if err := j.flush(ctx); err != nil || wait <= 0 {
		return false, err
	}
	return false, j.guard.hosts.sleep(ctx, wait)
}

// step fetches, parses and saves one task. Only a failing store and the end of ctx are errors.
func (j *job) step(ctx context.Context, t data.Task) error {
	if scheme, _, _ := strings.Cut(t.URL, "://"); webURL(t.URL) == "" && !isNews(scheme) {
		return j.bury(ctx, t, "no address on the web", forGood)
	}
	r, err := j.fetch(ctx, t.URL, j.conditional(t))
	var parked *parkedError
	var unreadable *unreadableError
	switch {
	case ctx.Err() != nil:
		return errors.Join(ctx.Err(), j.release(context.WithoutCancel(ctx), t, t.Due, ""))
	case errors.Is(err, errTimeIsUp):
		j.timeIsUp()
		return j.release(ctx, t, t.Due, "")
	case errors.As(err, &parked):
		return j.skip(ctx, t, parked.host, parked, parked.until)
	case errors.As(err, &unreadable):
		return j.skip(ctx, t, unreadable.host, unreadable, time.Time{})
	case errors.Is(err, ErrRobots):
		return j.bury(ctx, t, ErrRobots.Error(), 1) // it may allow it tomorrow
	case final(err):
		return j.bury(ctx, t, plainly(err), forGood)
	case err != nil:
		return j.putOff(ctx, t, err)
	case r.Status == http.StatusTooManyRequests || r.Status >= 500:
		return j.putOff(ctx, t, fmt.Errorf("HTTP %d", r.Status))
	}
	if word := optedOut(r); word != "" && !excused(j.src, t, word) {
		j.sum.Denied++
		return j.bury(ctx, t, "the page asks not to be collected: "+word, forGood)
	}
	if j.same(t, r) {
		return j.skim(ctx, t, r)
	}
	return j.take(ctx, t, r)
}

// skip leaves t to a later run, because host may not be asked in this one until then (zero: not
// known). Where it is the source's own host, that ends the source's run; the others go on.
func (j *job) skip(ctx context.Context, t data.Task, host string, why error, until time.Time) error {
	reason := line(why.Error())
	j.skips++
	j.skipped = cmp.Or(j.skipped, reason)
	j.sum.NoHost = j.sum.NoHost || unknownHost(why)
	if host == j.home || j.skips >= maxSkips {
		j.sum.Stopped, j.sum.ParkedTo = reason, until
	}
	if until.IsZero() {
		if until = j.now(); host != j.home {
			until = until.Add(skipPause)
		}
	}
	return j.release(ctx, t, until, reason)
}

// take parses r and saves everything that follows from it at once.
func (j *job) take(ctx context.Context, t data.Task, r Response) error {
	out := Out{Cursor: j.at.Value}
	if err := parse(j.src, t, r, &out); err != nil {
		tries := 1
		if r.Status >= http.StatusBadRequest {
			tries = forGood
		}
		return j.bury(ctx, t, err.Error(), tries)
	}
	b, at := out.Batch, j.at
	at.Value = out.Cursor
	b.Tasks = j.finish(&t, r, j.within(b.Tasks, t.Depth), at.Value)
	b.Finished, b.Cursor = append(b.Finished, t), &at
	if r.Status < 300 {
		b.Pages = []data.Page{{Source: j.cfg.Name, URL: t.URL, FetchedAt: r.FetchedAt, Status: r.Status, Body: r.Body}}
	}
	j.at = at
	j.count(t, r, b)
	if out.Pause > 0 {
		j.guard.hosts.postpone(ctx, t.URL, j.o.Now().Add(min(out.Pause, longestPark)))
	}
	j.note(out.Notes...)
	if t.State == data.TaskReady && len(b.Posts) == 0 && out.Pause > 0 && !t.Due.Before(r.FetchedAt.Add(out.Pause)) { // the same is asked after the pause
		if out.Pause > longestWait {
			j.park(t.Due, out.Notes)
		} else {
			j.await(t.Due)
		}
	}
	return j.save(ctx, b, j.taken)
}

// park ends the run because the host is not to be asked again until then.
func (j *job) park(until time.Time, why []string) {
	j.sum.ParkedTo, j.sum.Stopped = until, (&parkedError{j.home, until}).Error()
	if len(why) > 0 {
		j.sum.Stopped += " (" + line(why[0]) + ")"
	}
}

// taken counts an answer that is saved.
func (j *job) taken(saved data.Saved) {
	saved.Unchanged = 0
	if j.fruitless++; saved != (data.Saved{}) {
		j.fruitless = 0
	}
	j.sum.Answers++
	j.progress("")
}

// progress tells how far the source is, and what is waited for, if anything is.
func (j *job) progress(trouble string) {
	if j.o.Progress == nil {
		return
	}
	requests, _ := j.guard.counts()
	j.store.mu.Lock()
	defer j.store.mu.Unlock()
	j.o.Progress(Progress{Source: j.cfg.Name, Requests: requests, Saved: j.sum.Saved, Waiting: trouble})
}

// parse calls src.Parse and turns a panic on hostile bytes into an error.
func parse(src Source, t data.Task, r Response, out *Out) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("parse %s: panic: %v", plainURL(t.URL), p)
		}
	}()
	return src.Parse(t, r, out)
}
