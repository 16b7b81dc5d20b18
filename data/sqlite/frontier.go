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
	insertTask = `INSERT INTO task (source, key, kind, url, depth, state, due, tries, etag, last_modified, body_hash, error)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source, key) DO UPDATE SET kind = excluded.kind, url = excluded.url, depth = excluded.depth, state = 'ready',
due = excluded.due, tries = 0, error = '' WHERE task.state IN ('done', 'dead') AND excluded.due > task.due`
	finishTask = `UPDATE task SET state = ?, due = ?, tries = ?, etag = ?, last_modified = ?, body_hash = ?, error = ?
WHERE source = ? AND key = ?`
	releaseLeases = `UPDATE task SET state = 'ready' WHERE state = 'leased'`
	leaseTasks    = `UPDATE task SET state = 'leased' WHERE (source, key) IN (SELECT t.source, t.key FROM task AS t
WHERE t.source = (SELECT num FROM source WHERE name = ? AND parked_to <= ?) AND t.state = 'ready' AND t.due <= ?
ORDER BY t.due, t.depth, t.key LIMIT ?)
RETURNING key, kind, url, depth, state, due, tries, etag, last_modified, body_hash, error`
	setCursor    = `UPDATE source SET cursor = ? WHERE num = ?`
	selectCursor = `SELECT coalesce(cursor, '') FROM source WHERE name = ?`
	parkSource   = `INSERT INTO source (name, parked_to, last_error) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET parked_to = excluded.parked_to, last_error = excluded.last_error`
	saveSource = `INSERT INTO source (name, kind, denied, parked_to, last_error) VALUES (?, ?, ?, ?, ?)
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
		_, err = s.tx.ExecContext(ctx, insertTask, source, t.Key, t.Kind, t.URL, t.Depth, string(cmp.Or(t.State, data.TaskReady)),
			t.Due.UnixMilli(), t.Tries, t.ETag, t.LastModified, t.BodyHash, t.Error)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *saver) finish(ctx context.Context, tasks []data.Task) error {
	for i := range tasks {
		t := &tasks[i]
		source, err := s.source(ctx, t.Source)
		if err != nil {
			return err
		}
		r, err := s.tx.ExecContext(ctx, finishTask, string(t.State), t.Due.UnixMilli(), t.Tries, t.ETag, t.LastModified, t.BodyHash,
			t.Error, source, t.Key)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, fmt.Errorf("task %s of %s: %w", t.Key, t.Source, data.ErrNotFound))
		}
	}
	return nil
}

func (s *saver) cursor(ctx context.Context, c *data.Cursor) error {
	if c == nil {
		return nil
	}
	source, err := s.source(ctx, c.Source)
	if err != nil {
		return err
	}
	_, err = s.tx.ExecContext(ctx, setCursor, c.Value, source)
	return err
}

// Cursor returns how far source has been read; its Value is empty where nothing was read yet.
func (db *DB) Cursor(ctx context.Context, source string) (data.Cursor, error) {
	c := data.Cursor{Source: source}
	err := db.pool.QueryRowContext(ctx, selectCursor, source).Scan(&c.Value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return c, fmt.Errorf("read cursor of %s: %w", source, explain(err))
	}
	return c, nil
}

// Lease takes up to n tasks of source that are ready and due at now, earliest and shallowest
// first; none while the source is parked. A leased task is ready again when the store is reopened.
func (db *DB) Lease(ctx context.Context, source string, now time.Time, n int) ([]data.Task, error) {
	var tasks []data.Task
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return query(ctx, tx, leaseTasks, func(r scanner) error {
			t := data.Task{Source: source}
			var due int64
			err := r.Scan(&t.Key, &t.Kind, &t.URL, &t.Depth, &t.State, &due, &t.Tries, &t.ETag, &t.LastModified, &t.BodyHash, &t.Error)
			t.Due = milliseconds(due)
			tasks = append(tasks, t)
			return err
		}, source, now.Unix(), now.UnixMilli(), n)
	})
	if err != nil {
		return nil, fmt.Errorf("lease tasks of %s: %w", source, err)
	}
	slices.SortFunc(tasks, func(a, b data.Task) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Depth, b.Depth), cmp.Compare(a.Key, b.Key))
	})
	return tasks, nil
}

// Park makes source wait until a time, for a reason in plain words. The zero time and an empty
// reason say that all is well.
func (db *DB) Park(ctx context.Context, source string, until time.Time, reason string) error {
	if _, err := db.pool.ExecContext(ctx, parkSource, source, until.Unix(), reason); err != nil {
		return fmt.Errorf("park %s: %w", source, explain(err))
	}
	return nil
}

// SaveSource stores the kind, denials, parking and last error of a source; its counts are the
// store's own.
func (db *DB) SaveSource(ctx context.Context, s data.SourceState) error {
	if _, err := db.pool.ExecContext(ctx, saveSource, s.Name, s.Kind, s.Denied, s.ParkedTo.Unix(), s.LastError); err != nil {
		return fmt.Errorf("save source %s: %w", s.Name, explain(err))
	}
	return nil
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

// SaveHost stores what politeness must not forget.
func (db *DB) SaveHost(ctx context.Context, h data.Host) error {
	_, err := db.pool.ExecContext(ctx, upsertHost, h.Name, h.NextAllowed.UnixMilli(), int64(h.Delay), h.Fails, h.RobotsStatus, h.RobotsBody,
		h.RobotsExpires.UnixMilli(), h.Denied)
	if err != nil {
		return fmt.Errorf("save host %s: %w", h.Name, explain(err))
	}
	return nil
}
