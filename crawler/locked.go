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

// A saving is what one source brings on its way into the store.
type saving struct {
	batches []data.Batch
	saved   []data.Saved
	err     error
	done    bool
}

// SaveAll saves batches one after the other, in one transaction where the store can.
func (l *locked) SaveAll(ctx context.Context, all []data.Batch) ([]data.Saved, error) {
	s := &saving{batches: all}
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

// saveWaiting saves all that waits; what cannot be saved together, source by source.
func (l *locked) saveWaiting(ctx context.Context) {
	l.queue.Lock()
	all := l.waiting
	l.waiting = nil
	l.queue.Unlock()
	if len(all) > 1 && l.saveTogether(ctx, all) {
		return
	}
	for _, s := range all {
		s.saved, s.err = l.store(ctx, s.batches)
		s.done = true
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
		s.saved, s.done = saved[:len(s.batches)], true
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

// Release is Store.Release, one at a time.
func (l *locked) Release(source string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Store.Release(source)
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
