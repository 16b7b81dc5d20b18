package crawler

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tribu/data"
)

const (
	mostHeld    = 256         // answers that are saved in one transaction
	heaviest    = 1 << 20     // bytes of answers that wait for others
	longestHeld = time.Second // that an answer waits for others
)

// A held answer was read and is not saved yet. Then is called once it is.
type held struct {
	batch data.Batch
	then  func(data.Saved)
}

// together returns how many answers are saved at once. Where every request waits for its turn, each
// answer is saved before the next is asked for.
func (j *job) together() int {
	if j.o.MaxPosts > 0 || j.guard == nil || !j.guard.unhurried(j.home) {
		return 1
	}
	return mostHeld
}

// save stores b, with all that is held. What leads to no further task may be held for others.
func (j *job) save(ctx context.Context, b data.Batch, then func(data.Saved)) error {
	j.hold(b, then)
	if len(b.Tasks) == 0 && len(j.held) < j.together() && j.weight < heaviest && j.o.Now().Sub(j.since) < longestHeld {
		return nil
	}
	if len(b.Tasks) > 0 { // one of them may be the next
		j.putBack()
		j.none = false
	}
	return j.flush(ctx)
}

func (j *job) hold(b data.Batch, then func(data.Saved)) {
	for i := range b.Tasks {
		b.Tasks[i].Source, b.Tasks[i].State = j.cfg.Name, data.TaskReady
	}
	if len(j.held) == 0 {
		j.since = j.o.Now()
	}
	j.held = append(j.held, held{b, then})
	for i := range b.Pages {
		j.weight += len(b.Pages[i].Body)
	}
}

// flush saves what is held, in one transaction.
func (j *job) flush(ctx context.Context) error {
	if len(j.held) == 0 {
		return nil
	}
	_, err := j.call(ctx, 0, togetherWithin)
	return err
}

// call saves what is held, in one transaction, and leases up to n of the tasks that are due then.
// It may wait for others as long as within.
func (j *job) call(ctx context.Context, n int, within time.Duration) ([]data.Task, error) {
	all := j.held
	j.held, j.weight = nil, 0
	c := call{source: j.cfg.Name, batches: make([]data.Batch, len(all)), lease: n, now: j.o.Now(), within: within}
	for i := range all {
		c.batches[i] = all[i].batch
	}
	err := j.store.answer(ctx, &c)
	for i := range c.saved {
		j.sum.Saved = j.sum.Saved.Add(c.saved[i])
		if all[i].then != nil {
			all[i].then(c.saved[i])
		}
	}
	if err != nil {
		return nil, fmt.Errorf("crawl %s: save: %w", j.cfg.Name, err)
	}
	return c.tasks, nil
}

// holdsAnswers reports whether something is held that was read: it moves the cursor.
func (j *job) holdsAnswers() bool {
	return slices.ContainsFunc(j.held, func(h held) bool { return h.batch.Cursor != nil })
}

// putBack gives back the tasks that were leased and not begun.
func (j *job) putBack() {
	if len(j.tasks) > 0 {
		j.tasks, j.none = nil, false
		j.store.Release(j.cfg.Name)
	}
}
