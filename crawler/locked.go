package crawler

import (
	"context"
	"sync"
	"time"

	"tribu/data"
)

// A grouping store saves many batches in one transaction, or none of them: what many sources
// bring at the same moment is synced to the disk once.
type grouping interface {
	SaveAll(ctx context.Context, all []data.Batch) ([]data.Saved, error)
}

// togetherWithin is how long what a source brings waits for what others bring.
const togetherWithin = 5 * time.Millisecond

// locked lets one goroutine at a time into the store. What several sources bring within a moment
// is saved together.
type locked struct {
	Store
	mu sync.Mutex

	queue   sync.Mutex
	sources int // that are being read
	waiting []*saving
	enough  chan struct{} // closed when there is nobody to wait for
}

// A saving is what one source brings on its way into the store.
type saving struct {
	batches []data.Batch
	saved   []data.Saved
	err     error
	done    chan struct{}
}

func newLocked(s Store, sources int) *locked {
	return &locked{Store: s, sources: sources, enough: make(chan struct{})}
}

// SaveAll saves batches one after the other, in one transaction where the store can.
func (l *locked) SaveAll(ctx context.Context, all []data.Batch) ([]data.Saved, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s := &saving{batches: all, done: make(chan struct{})}
	if enough, first := l.queueUp(s); first {
		late := time.NewTimer(togetherWithin)
		defer late.Stop()
		select {
		case <-enough:
		case <-late.C:
		}
		l.saveWaiting(context.WithoutCancel(ctx))
	}
	<-s.done
	return s.saved, s.err
}

// queueUp reports whether s is the first to wait, and so the one that saves for all.
func (l *locked) queueUp(s *saving) (enough <-chan struct{}, first bool) {
	l.queue.Lock()
	defer l.queue.Unlock()
	l.waiting = append(l.waiting, s)
	enough = l.enough
	l.hurry()
	return enough, len(l.waiting) == 1
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
		select {
		case <-l.enough:
		default:
			close(l.enough)
		}
	}
}

// saveWaiting saves all that waits; what cannot be saved together, source by source.
func (l *locked) saveWaiting(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queue.Lock()
	all := l.waiting
	l.waiting, l.enough = nil, make(chan struct{})
	l.queue.Unlock()
	together := len(all) > 1 && l.saveTogether(ctx, all)
	for _, s := range all {
		if !together {
			s.saved, s.err = l.store(ctx, s.batches)
		}
		close(s.done)
	}
}

func (l *locked) saveTogether(ctx context.Context, all []*saving) bool {
	if _, ok := l.Store.(grouping); !ok {
		return false
	}
	var batches []data.Batch
	for _, s := range all {
		batches = append(batches, s.batches...)
	}
	saved, err := l.store(ctx, batches)
	if err != nil {
		return false
	}
	for _, s := range all {
		s.saved = saved[:len(s.batches)]
		saved = saved[len(s.batches):]
	}
	return true
}

func (l *locked) store(ctx context.Context, all []data.Batch) (saved []data.Saved, err error) {
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

// Cursor is Store.Cursor, one at a time.
func (l *locked) Cursor(ctx context.Context, source string) (c data.Cursor, err error) {
	err = l.alone(ctx, func(ctx context.Context) error { c, err = l.Store.Cursor(ctx, source); return err })
	return c, err
}

// Lease is Store.Lease, one at a time.
func (l *locked) Lease(ctx context.Context, source string, now time.Time, n int) (all []data.Task, err error) {
	err = l.alone(ctx, func(ctx context.Context) error { all, err = l.Store.Lease(ctx, source, now, n); return err })
	return all, err
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
