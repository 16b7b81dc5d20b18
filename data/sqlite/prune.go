package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"tribu/data"
)

const (
	insertPin  = `INSERT INTO run_pin (run) VALUES (?) ON CONFLICT DO NOTHING`
	deletePin  = `DELETE FROM run_pin WHERE run = ?`
	selectPins = `SELECT run FROM run_pin ORDER BY run`
)

// PinRun marks the run of that full id as one that prune keeps, or takes the mark away.
func (db *DB) PinRun(ctx context.Context, id string, pinned bool) error {
	text := deletePin
	if pinned {
		text = insertPin
	}
	if _, err := db.pool.ExecContext(ctx, text, id); err != nil {
		return fmt.Errorf("pin run %s: %w", id, explain(err))
	}
	return nil
}

// Pinned returns the ids of the runs that prune keeps, in order.
func (db *DB) Pinned(ctx context.Context) ([]string, error) {
	pins, err := texts(ctx, db.pool, selectPins)
	if err != nil {
		return nil, fmt.Errorf("read pins: %w", explain(err))
	}
	return pins, nil
}

// Prunable returns the runs that nobody would miss: neither pinned, nor the parent of another run,
// nor the one that tells its week, nor the one whose place such a run took.
func (db *DB) Prunable(ctx context.Context) ([]data.Run, error) {
	runs, err := db.Runs(ctx)
	if err != nil {
		return nil, err
	}
	pins, err := db.Pinned(ctx)
	if err != nil {
		return nil, err
	}
	var rests []string
	kept := Telling(runs)
	for _, id := range pins {
		kept[id] = true
	}
	for _, r := range runs {
		kept[r.Parent] = true
	}
	for _, r := range runs {
		if kept[r.ID] {
			rests = append(rests, r.Replaced)
		}
	}
	for _, id := range rests {
		kept[id] = true
	}
	var out []data.Run
	for _, r := range runs {
		if !kept[r.ID] {
			out = append(out, r)
		}
	}
	return out, nil
}

// DropRuns removes the runs of those full ids with all they found, and what was heard otherwise when
// they were made and no other run read, in one transaction.
func (db *DB) DropRuns(ctx context.Context, ids []string) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, deleteRun, id); err != nil {
				return err
			}
		}
		return forgetUnread(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("drop runs: %w", err)
	}
	return nil
}
