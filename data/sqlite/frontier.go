package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"tribu/data"
)

const (
	// A task that is done or dead becomes ready again where it is asked for at a later time; what
	// is known about the answer stays, so that the next request can be a conditional one.
	insertTask = `INSERT INTO task (source, key, kind, url, depth, state, due, tries, etag, last_modified, body_hash, fresh, error)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source, key) DO UPDATE SET kind = excluded.kind, url = excluded.url, depth = excluded.depth, state = 'ready',
due = excluded.due, tries = 0, error = '',
etag = CASE WHEN url = excluded.url THEN etag ELSE '' END, last_modified = CASE WHEN url = excluded.url THEN last_modified ELSE '' END,
body_hash = CASE WHEN url = excluded.url THEN body_hash ELSE '' END
WHERE task.state IN ('done', 'dead') AND excluded.due > task.due`
	finishTask = `UPDATE task SET kind = ?, url = ?, state = ?, due = ?, tries = ?, etag = ?, last_modified = ?, body_hash = ?, fresh = ?, error = ?
WHERE source = ? AND key = ?`
	reviveTasks = `UPDATE task SET state = 'ready', due = ? WHERE source = ? AND state = 'dead' AND tries > 0`
	selectDue   = `SELECT key, kind, url, depth, due, tries, etag, last_modified, body_hash, fresh, error FROM task AS t
WHERE t.source = (SELECT num FROM source WHERE name = ? AND parked_to <= ?) AND t.state = 'ready' AND t.due <= ?
ORDER BY t.due, t.depth, t.key LIMIT ?`
	setCursor    = `UPDATE source SET cursor = ?, begun = ?, ended = ?, next = ?, pace = ? WHERE num = ?`
	selectCursor = `SELECT coalesce(cursor, ''), begun, ended, next, pace FROM source WHERE name = ?`
	selectVisits = `SELECT name, begun, ended, next, pace FROM source`
	saveSource   = `INSERT INTO source (name, kind, denied, parked_to, last_error) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, denied = excluded.denied, parked_to = excluded.parked_to, last_error = excluded.last_error`
	selectHost = `SELECT name, next_allowed, delay, fails, robots_status, robots_body, robots_expires, denied FROM host WHERE name = ?`
	upsertHost = `INSERT INTO host (name, next_allowed, delay, fails, robots_status, robots_body, robots_expires, denied) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET next_allowed = excluded.next_allowed, delay = excluded.delay, fails = excluded.fails,
robots_status = excluded.robots_status, robots_body = excluded.robots_body, robots_expires = excluded.robots_expires, denied = excluded.denied`
)

func (s *saver) enqueue(ctx context.Context, tasks []data.Task) error {
	for i := range tasks {
		t := &tasks[i]
		source, err := s.source(ctx, t.Source)
		if err != nil {
			return err
		}
		err = s.queue.tasks.add(ctx, source, t.Key, t.Kind, t.URL, t.Depth, string(cmp.Or(t.State, data.TaskReady)),
			t.Due.UnixMilli(), t.Tries, t.ETag, t.LastModified, t.BodyHash, t.Fresh.Milliseconds(), t.Error)
		if err != nil {
			return err
		}
	}
	return s.queue.tasks.flush(ctx)
}

func (s *saver) finish(ctx context.Context, tasks []data.Task) error {
	for i := range tasks {
		t := &tasks[i]
		source, err := s.source(ctx, t.Source)
		if err != nil {
			return err
		}
		r, err := s.tx.ExecContext(ctx, finishTask, t.Kind, t.URL, string(t.State), t.Due.UnixMilli(), t.Tries, t.ETag, t.LastModified,
			t.BodyHash, t.Fresh.Milliseconds(), t.Error, source, t.Key)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, fmt.Errorf("task %s of %s: %w", t.Key, t.Source, data.ErrNotFound))
		}
	}
	return nil
}

// cursor stores how far a source was read, unless a later batch of the transaction says it.
func (s *saver) cursor(ctx context.Context, b *data.Batch) error {
	c := b.Cursor
	if c == nil || !b.Revive && slices.ContainsFunc(s.rest[1:], func(later data.Batch) bool { return later.Cursor != nil && later.Cursor.Source == c.Source }) {
		return nil
	}
	source, err := s.source(ctx, c.Source)
	if err != nil {
		return err
	}
	_, err = s.tx.ExecContext(ctx, setCursor, c.Value, orZero(c.Begun), orZero(c.Ended), orZero(c.Next), c.Pace, source)
	if err == nil && b.Revive {
		_, err = s.tx.ExecContext(ctx, reviveTasks, c.Begun.UnixMilli(), source)
	}
	return err
}

// orZero returns at in milliseconds; 0 for no time at all.
func orZero(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.UnixMilli()
}

// A moment scans milliseconds of which 0 is no time at all.
type moment time.Time

// Scan reads an integer column.
func (m *moment) Scan(v any) error {
	ms, ok := v.(int64)
	if !ok {
		return fmt.Errorf("scan time: got %T", v)
	}
	if *m = (moment{}); ms != 0 {
		*m = moment(milliseconds(ms))
	}
	return nil
}

// visit returns where the columns of a visit are scanned to.
func visit(v *data.Visit) []any {
	return []any{(*moment)(&v.Begun), (*moment)(&v.Ended), (*moment)(&v.Next), &v.Pace}
}

// Visits returns when each source was and is to be read, by name.
func (db *DB) Visits(ctx context.Context) (map[string]data.Visit, error) {
	all := map[string]data.Visit{}
	err := query(ctx, db.pool, selectVisits, func(r scanner) error {
		var name string
		var v data.Visit
		err := r.Scan(append([]any{&name}, visit(&v)...)...)
		all[name] = v
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read visits: %w", explain(err))
	}
	return all, nil
}

// Cursor returns how far source has been read; its Value is empty where nothing was read yet.
func (db *DB) Cursor(ctx context.Context, source string) (data.Cursor, error) {
	c := data.Cursor{Source: source}
	err := db.pool.QueryRowContext(ctx, selectCursor, source).Scan(append([]any{&c.Value}, visit(&c.Visit)...)...)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("read cursor of %s: %w", source, explain(err))
	}
	return c, nil
}

// Lease takes up to n tasks of source that are ready and due at now, earliest and shallowest
// first; none while the source is parked. Leases are kept in memory: only one process writes to a
// project, and what it had leased is ready again when the store is reopened.
func (db *DB) Lease(ctx context.Context, source string, now time.Time, n int) ([]data.Task, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.leased[source] == nil {
		db.leased[source] = map[string]bool{}
	}
	leased := db.leased[source]
	var tasks []data.Task
	err := query(ctx, db.pool, selectDue, func(r scanner) error {
		t := data.Task{Source: source, State: data.TaskLeased}
		var due, fresh int64
		err := r.Scan(&t.Key, &t.Kind, &t.URL, &t.Depth, &due, &t.Tries, &t.ETag, &t.LastModified, &t.BodyHash, &fresh, &t.Error)
		t.Due, t.Fresh = milliseconds(due), time.Duration(fresh)*time.Millisecond
		if !leased[t.Key] && len(tasks) < n {
			tasks = append(tasks, t)
		}
		return err
	}, source, now.Unix(), now.UnixMilli(), n+len(leased))
	if err != nil {
		return nil, fmt.Errorf("lease tasks of %s: %w", source, explain(err))
	}
	for _, t := range tasks {
		leased[t.Key] = true
	}
	return tasks, nil
}

// Release makes the tasks of source that are leased and not finished ready again.
func (db *DB) Release(source string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	delete(db.leased, source)
}

// release ends the leases of tasks that are finished.
func (db *DB) release(finished []data.Task) {
	db.mu.Lock()
	defer db.mu.Unlock()
	for _, t := range finished {
		delete(db.leased[t.Source], t.Key)
	}
}

// SaveSources stores the kind, denials, parking and last error of sources; their counts are the
// store's own.
func (db *DB) SaveSources(ctx context.Context, all ...data.SourceState) error {
	return db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		for _, s := range all {
			if _, err := tx.ExecContext(ctx, saveSource, s.Name, s.Kind, s.Denied, s.ParkedTo.Unix(), s.LastError); err != nil {
				return fmt.Errorf("save source %s: %w", s.Name, err)
			}
		}
		return nil
	})
}

// Host returns what is known about a host; a zero Host of that name where nothing is.
func (db *DB) Host(ctx context.Context, name string) (data.Host, error) {
	h := data.Host{Name: name}
	var next, expires int64
	err := db.pool.QueryRowContext(ctx, selectHost, name).Scan(&h.Name, &next, &h.Delay, &h.Fails, &h.RobotsStatus, &h.RobotsBody, &expires, &h.Denied)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return h, nil
	case err != nil:
		return h, fmt.Errorf("read host %s: %w", name, explain(err))
	}
	h.NextAllowed, h.RobotsExpires = milliseconds(next), milliseconds(expires)
	return h, nil
}

// SaveHosts stores what politeness must not forget.
func (db *DB) SaveHosts(ctx context.Context, all ...data.Host) error {
	return db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		for _, h := range all {
			_, err := tx.ExecContext(ctx, upsertHost, h.Name, h.NextAllowed.UnixMilli(), int64(h.Delay), h.Fails, h.RobotsStatus, h.RobotsBody,
				h.RobotsExpires.UnixMilli(), h.Denied)
			if err != nil {
				return fmt.Errorf("save host %s: %w", h.Name, err)
			}
		}
		return nil
	})
}
