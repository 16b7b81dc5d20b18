package crawler

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tribu/data"
)

func (j *job) release(ctx context.Context, t data.Task, due time.Time, reason string) error {
	t.State, t.Due, t.Error = data.TaskReady, due, reason
	return j.save(ctx, data.Batch{Finished: []data.Task{t}}, nil)
}

// putOff tries t again when its host may be asked again, and gives it up after enough of them.
func (j *job) putOff(ctx context.Context, t data.Task, why error) error {
	if t.Tries++; t.Tries >= j.guard.tries {
		return j.bury(ctx, t, fmt.Sprintf("given up after %d tries: %s", t.Tries, plainly(why)), t.Tries)
	}
	due := j.nextAllowed(ctx, t)
	j.await(due)
	reason, at := line(plainly(why)), plainURL(t.URL)
	switch wait := due.Sub(j.o.Now()); {
	case wait > longestWait:
		j.sum.ParkedTo = due
		j.sum.Stopped = (&parkedError{at, due}).Error() + " (" + reason + ")"
	case wait > tellingWait:
		j.progress(at + ": " + reason)
	}
	return j.release(ctx, t, due, reason)
}

// tellingWait is how long nothing is said of a wait.
const tellingWait = 5 * time.Second

// await has this run wait for a task that is due then.
func (j *job) await(due time.Time) {
	at, _ := slices.BinarySearchFunc(j.later, due, time.Time.Compare)
	j.later = slices.Insert(j.later, at, due)
}

func (j *job) nextAllowed(ctx context.Context, t data.Task) time.Time {
	at := j.now().Add(time.Second)
	if h := j.guard.hosts.peek(ctx, t.URL); h.NextAllowed.After(at) {
		return h.NextAllowed.UTC().Truncate(time.Second).Add(time.Second)
	}
	return at
}

// forGood is how often a task failed that is not tried again by a later crawl.
const forGood = 0

// bury gives t up. Unless that is for good, the next round tries it once.
func (j *job) bury(ctx context.Context, t data.Task, reason string, tries int) error {
	j.sum.Dead++
	reason = line(reason)
	note := reason
	if !strings.Contains(note, plainURL(t.URL)) {
		note = plainURL(t.URL) + ": " + reason
	}
	j.note(note)
	t.State, t.Error, t.Tries = data.TaskDead, reason, tries
	return j.save(ctx, data.Batch{Finished: []data.Task{t},
		Failures: []data.Failure{{Stage: "crawl", Version: j.o.Version, Subject: plainURL(t.URL), Reason: reason}}}, nil)
}
