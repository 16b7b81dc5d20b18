package crawler

import (
	"context"
	"slices"
	"sync"
	"time"

	"tribu/data"
)

// A grouping store saves many batches in one transaction, or none of them: what many sources
// bring at the same moment is synced to the disk once.
type grouping interface {
	SaveAll(ctx context.Context, all []data.Batch) ([]data.Saved, error)
}

// togetherWithin is how long a source that goes on afterwards waits for what others bring.
const togetherWithin = 5 * time.Millisecond

// locked lets one goroutine at a time into the store. What several sources bring within a moment
// is saved together.
type locked struct {
	Store
	mu sync.Mutex

	queue   sync.Mutex
	sources int // that are being read
	waiting []*call
	enough  chan struct{} // closed when there is nobody to wait for
	within  time.Duration // the shortest that one of them may wait
	late    *time.Timer   // when that is over
}

// A call is what one source brings to the store, and what it asks for once that is saved.
type call struct {
	source  string
	batches []data.Batch
	lease   int           // so many tasks
	now     time.Time     // that are due
	within  time.Duration // how long it may wait for others
	saved   []data.Saved
	tasks   []data.Task
	err     error
	done    chan struct{}
}

func newLocked(s Store, sources int) *locked {
	return &locked{Store: s, sources: sources, enough: make(chan struct{})}
}

// answer saves the batches of a call one after the other, in one transaction where the store can,
// and leases the tasks that it asks for.
func (l *locked) answer(ctx context.Context, c *call) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.done = make(chan struct{})
	if enough, first := l.queueUp(c); first {
		<-enough
		l.answerWaiting(context.WithoutCancel(ctx))
	}
	<-c.done
	return c.err
}

// queueUp reports whether c is the first to wait, and so the one that calls for all.
func (l *locked) queueUp(c *call) (enough <-chan struct{}, first bool) {
	l.queue.Lock()
	defer l.queue.Unlock()
	l.waiting = append(l.waiting, c)
	if first = len(l.waiting) == 1; !first && c.within < l.within {
		l.late.Stop()
	}
	if first || c.within < l.within {
		l.within, l.late = c.within, time.AfterFunc(c.within, l.inTime(l.enough))
	}
	l.hurry()
	return l.enough, first
}

// leave says that a source is read.
func (l *locked) leave() {
	l.queue.Lock()
	defer l.queue.Unlock()
	l.sources--
	l.hurry()
}

// hurry ends the waiting where all wait, or enough.
func (l *locked) hurry() {
	if n := len(l.waiting); n > 0 && (n >= l.sources || n >= mostHeld) {
		end(l.enough)
	}
}

// inTime returns what ends one waiting.
func (l *locked) inTime(enough chan struct{}) func() {
	return func() {
		l.queue.Lock()
		defer l.queue.Unlock()
		end(enough)
	}
}

func end(enough chan struct{}) {
	select {
	case <-enough:
	default:
		close(enough)
	}
}

// answerWaiting saves all that waits, what cannot be saved together source by source, and leases
// what is asked for.
func (l *locked) answerWaiting(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queue.Lock()
	l.late.Stop()
	all := l.waiting
	l.waiting, l.enough = nil, make(chan struct{})
	l.queue.Unlock()
	if len(all) == 1 || !l.saveTogether(ctx, all) {
		for _, c := range all {
			c.saved, c.err = l.store(ctx, c.batches)
		}
	}
	l.lease(ctx, slices.DeleteFunc(slices.Clone(all), func(c *call) bool { return c.err != nil || c.lease == 0 }))
	for _, c := range all {
		close(c.done)
	}
}

func (l *locked) saveTogether(ctx context.Context, all []*call) bool {
	if _, ok := l.Store.(grouping); !ok {
		return false
	}
	n := 0
	for _, c := range all {
		n += len(c.batches)
	}
	batches := make([]data.Batch, 0, n)
	for _, c := range all {
		batches = append(batches, c.batches...)
	}
	saved, err := l.store(ctx, batches)
	if err != nil {
		return false
	}
	for _, c := range all {
		c.saved = saved[:len(c.batches)]
		saved = saved[len(c.batches):]
	}
	return true
}

func (l *locked) store(ctx context.Context, all []data.Batch) (saved []data.Saved, err error) {
	if len(all) == 0 {
		return nil, nil
	}
	if g, ok := l.Store.(grouping); ok {
		return g.SaveAll(ctx, all)
	}
	for _, b := range all {
		one, err := l.Store.Save(ctx, b)
		if err != nil {
			return saved, err
		}
		saved = append(saved, one)
	}
	return saved, nil
}

// lease asks for the tasks of all together, as of the latest of their moments.
func (l *locked) lease(ctx context.Context, all []*call) {
	var sources []string
	var now time.Time
	n := 0
	for _, c := range all {
		sources, n = append(sources, c.source), max(n, c.lease)
		if c.now.After(now) {
			now = c.now
		}
	}
	if len(sources) == 0 {
		return
	}
	tasks, err := l.Lease(ctx, now, n, sources...)
	for _, c := range all {
		c.tasks, c.err = tasks[c.source], err
	}
}

// Release is Store.Release, one at a time.
func (l *locked) Release(source string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Store.Release(source)
}

// Host is Store.Host, one at a time.
func (l *locked) Host(ctx context.Context, name string) (h data.Host, err error) {
	err = l.alone(ctx, func(ctx context.Context) error { h, err = l.Store.Host(ctx, name); return err })
	return h, err
}

// SaveHosts is Store.SaveHosts, one at a time.
func (l *locked) SaveHosts(ctx context.Context, all ...data.Host) error {
	return l.alone(ctx, func(ctx context.Context) error { return l.Store.SaveHosts(ctx, all...) })
}

// alone calls what takes a moment and is not to be interrupted: watching whether it is costs the
// store a goroutine.
func (l *locked) alone(ctx context.Context, do func(context.Context) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return do(context.WithoutCancel(ctx))
}
