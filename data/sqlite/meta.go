package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"tribu/data"
)

const (
	upsertMeta  = `INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`
	selectMeta  = `SELECT value FROM meta WHERE key = ?`
	selectCount = `SELECT (SELECT count(*) FROM post), (SELECT count(*) FROM author WHERE opted_out = 0), (SELECT count(*) FROM thread),
(SELECT count(*) FROM interaction), (SELECT count(*) FROM page), (SELECT count(*) FROM annotation), (SELECT count(*) FROM need),
(SELECT count(*) FROM run), (SELECT count(*) FROM failure), (SELECT count(*) FROM tombstone)`
)

// SetMeta stores a small value of the project under key. A key that begins with "local." is no
// part of Digest.
func (db *DB) SetMeta(ctx context.Context, key, value string) error {
	if _, err := db.pool.ExecContext(ctx, upsertMeta, key, value); err != nil {
		return fmt.Errorf("set %s: %w", key, explain(err))
	}
	return nil
}

// Meta returns the value under key; data.ErrNotFound where there is none.
func (db *DB) Meta(ctx context.Context, key string) (value string, err error) {
	err = db.pool.QueryRowContext(ctx, selectMeta, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		err = data.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("read %s: %w", key, explain(err))
	}
	return value, nil
}

// Counts says how much of everything is stored.
type Counts struct {
	Posts, Authors, Threads, Interactions, Pages, Annotations, Needs, Runs, Failures, Deleted int
}

// Counts counts the rows of the large tables.
func (db *DB) Counts(ctx context.Context) (c Counts, err error) {
	err = db.pool.QueryRowContext(ctx, selectCount).Scan(&c.Posts, &c.Authors, &c.Threads, &c.Interactions, &c.Pages, &c.Annotations,
		&c.Needs, &c.Runs, &c.Failures, &c.Deleted)
	if err != nil {
		return c, fmt.Errorf("count rows: %w", explain(err))
	}
	return c, nil
}
