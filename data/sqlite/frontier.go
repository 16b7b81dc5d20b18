package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
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
	selectDue   = `SELECT s.name, t.key, t.kind, t.url, t.depth, t.due, t.tries, t.etag, t.last_modified, t.body_hash, t.fresh, t.error
FROM json_each(?) AS j CROSS JOIN source AS s ON s.name = j.value AND s.parked_to <= ?
CROSS JOIN task AS t ON t.source = s.num AND t.key IN (SELECT d.key FROM task AS d
WHERE d.source = s.num AND d.state = 'ready' AND d.due <= ? ORDER BY d.due, d.depth, d.key LIMIT ?)
ORDER BY s.num, t.due, t.depth, t.key`
	setCursor     = `UPDATE source SET cursor = ?, begun = ?, ended = ?, next = ?, pace = ? WHERE num = ?`
	selectCursors = `SELECT s.name, coalesce(s.cursor, ''), s.begun, s.ended, s.next, s.pace FROM json_each(?) AS j CROSS JOIN source AS s ON s.name = j.value`
	selectVisits  = `SELECT name, begun, ended, next, pace FROM source`
	saveSource    = `INSERT INTO source (name, kind, denied, parked_to, last_error) VALUES (?, ?, ?, ?, ?)
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

// cursor keeps how far a source was read, for the end of the transaction.
func (s *saver) cursor(ctx context.Context, b *data.Batch) error {
	if b.Cursor == nil {
		return nil
	}
	source, err := s.source(ctx, b.Cursor.Source)
	if err != nil {
		return err
	}
	s.cursors[source] = b.Cursor
	if !b.Revive {
		return nil
	}
	_, err = s.tx.ExecContext(ctx, reviveTasks, b.Cursor.Begun.UnixMilli(), source)
	return err
}

// close writes what is queued and how far the sources are read now.
func (s *saver) close(ctx context.Context) error {
	for _, source := range slices.Sorted(maps.Keys(s.cursors)) {
		c := s.cursors[source]
		if _, err := s.tx.ExecContext(ctx, setCursor, c.Value, orZero(c.Begun), orZero(c.Ended), orZero(c.Next), c.Pace, source); err != nil {
			return err
		}
	}
	return s.queue.flush(ctx)
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

// Cursors returns how far each of sources has been read, by name; nothing for those that are new.
func (db *DB) Cursors(ctx context.Context, sources ...string) (map[string]data.Cursor, error) {
	all := make(map[string]data.Cursor, len(sources))
	err := query(ctx, db.pool, selectCursors, func(r scanner) error {
		var c data.Cursor
		err := r.Scan(append([]any{&c.Source, &c.Value}, visit(&c.Visit)...)...)
		all[c.Source] = c
		return err
	}, textList(sources))
	if err != nil {
		return nil, fmt.Errorf("read cursors: %w", explain(err))
	}
	return all, nil
}

// Lease takes up to n tasks of each of sources that are ready and due at now, earliest and
// shallowest first; none of a source that is parked. Leases are kept in memory: only one process
// writes to a project, and what it had leased is ready again when the store is reopened.
func (db *DB) Lease(ctx context.Context, now time.Time, n int, sources ...string) (map[string][]data.Task, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	most := 0
	for _, source := range sources {
		most = max(most, len(db.leased[source]))
	}
	tasks := make(map[string][]data.Task, len(sources))
	err := query(ctx, db.pool, selectDue, func(r scanner) error {
		t := data.Task{State: data.TaskLeased}
		var due, fresh int64
		err := r.Scan(&t.Source, &t.Key, &t.Kind, &t.URL, &t.Depth, &due, &t.Tries, &t.ETag, &t.LastModified, &t.BodyHash, &fresh, &t.Error)
		t.Due, t.Fresh = milliseconds(due), time.Duration(fresh)*time.Millisecond
		if !db.leased[t.Source][t.Key] && len(tasks[t.Source]) < n {
			tasks[t.Source] = append(tasks[t.Source], t)
		}
		return err
	}, textList(sources), now.Unix(), now.UnixMilli(), n+most)
	if err != nil {
		return nil, fmt.Errorf("lease tasks: %w", explain(err))
	}
	for source, all := range tasks {
		if db.leased[source] == nil {
			db.leased[source] = make(map[string]bool, len(all))
		}
		for i := range all {
			db.leased[source][all[i].Key] = true
		}
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
