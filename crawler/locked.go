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

// locked lets one goroutine at a time into the store. Batches that wait for their turn are saved
// together, by whoever has it.
type locked struct {
	Store
	mu sync.Mutex

	queue   sync.Mutex
	waiting []*saving
}

// A saving is a batch on its way into the store.
type saving struct {
	batch data.Batch
	saved data.Saved
	err   error
	done  bool
}

// Save is Store.Save, one at a time or many at once.
func (l *locked) Save(ctx context.Context, b data.Batch) (data.Saved, error) {
	s := &saving{batch: b}
	l.queue.Lock()
	l.waiting = append(l.waiting, s)
	l.queue.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	if !s.done {
		l.saveWaiting(ctx)
	}
	return s.saved, s.err
}

// saveWaiting saves all batches that wait; those that cannot be saved together, one by one.
func (l *locked) saveWaiting(ctx context.Context) {
	l.queue.Lock()
	all := l.waiting
	l.waiting = nil
	l.queue.Unlock()
	if l.saveTogether(ctx, all) {
		return
	}
	for _, s := range all {
		s.saved, s.err = l.Store.Save(ctx, s.batch)
		s.done = true
	}
}

func (l *locked) saveTogether(ctx context.Context, all []*saving) bool {
	g, ok := l.Store.(grouping)
	if !ok || len(all) < 2 {
		return false
	}
	batches := make([]data.Batch, len(all))
	for i, s := range all {
		batches[i] = s.batch
	}
	saved, err := g.SaveAll(ctx, batches)
	if err != nil {
		return false
	}
	for i, s := range all {
		s.saved, s.done = saved[i], true
	}
	return true
}

// Cursor is Store.Cursor, one at a time.
func (l *locked) Cursor(ctx context.Context, source string) (data.Cursor, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Store.Cursor(ctx, source)
}

// Lease is Store.Lease, one at a time.
func (l *locked) Lease(ctx context.Context, source string, now time.Time, n int) ([]data.Task, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Store.Lease(ctx, source, now, n)
}

// Host is Store.Host, one at a time.
func (l *locked) Host(ctx context.Context, name string) (data.Host, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Store.Host(ctx, name)
}

// SaveHost is Store.SaveHost, one at a time.
func (l *locked) SaveHost(ctx context.Context, h data.Host) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Store.SaveHost(ctx, h)
}
