package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tribu/data"
)

const (
	insertSlot = `INSERT INTO slot (job, at, state, tries, started, ended, outcome) VALUES (?, ?, 'running', 1, ?, 0, '')
ON CONFLICT (job, at) DO UPDATE SET state = 'running', tries = tries + 1, started = excluded.started, ended = 0, outcome = ''
WHERE state IN ('running', 'interrupted')`
	skipSlot   = `INSERT INTO slot (job, at, state, tries, started, ended, outcome) VALUES (?, ?, 'skipped', 0, ?, ?, ?) ON CONFLICT (job, at) DO NOTHING`
	finishSlot = `UPDATE slot SET state = ?, ended = ?, outcome = ? WHERE job = ? AND at = ?`
	selectSlot = `SELECT at, state, tries, outcome FROM slot WHERE job = ? ORDER BY at DESC LIMIT 1`
)

// A SlotState is where one moment of a schedule stands.
type SlotState string

// The states. A slot that is running or interrupted may be claimed again, the others are settled.
const (
	SlotRunning     SlotState = "running"
	SlotDone        SlotState = "done"
	SlotFailed      SlotState = "failed"
	SlotInterrupted SlotState = "interrupted"
	SlotSkipped     SlotState = "skipped" // from before the schedule was first looked after
)

// Settled reports whether a slot in this state is over for good.
func (s SlotState) Settled() bool { return s != SlotRunning && s != SlotInterrupted }

// A Slot is one moment at which a schedule wanted a job, and what became of it. Slots are no part
// of Digest.
type Slot struct {
	At      time.Time // UTC, whole seconds
	State   SlotState
	Tries   int
	Outcome string // in plain words
}

// ClaimSlot marks the slot of job at as running and reports whether it was still open: a slot is
// settled once, whoever asks how often. The caller holds the project's lock, so that a slot found
// running is one whose process died.
func (db *DB) ClaimSlot(ctx context.Context, job string, at time.Time) (open bool, err error) {
	err = db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		changed, err := tx.ExecContext(ctx, insertSlot, job, at.Unix(), db.o.Now().Unix())
		if err != nil {
			return err
		}
		n, err := changed.RowsAffected()
		open = n > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("claim slot of %s: %w", job, err)
	}
	return open, nil
}

// SkipSlot settles the slot of job at without running it, where nothing is known about it yet.
func (db *DB) SkipSlot(ctx context.Context, job string, at time.Time, why string) error {
	now := db.o.Now().Unix()
	if _, err := db.pool.ExecContext(ctx, skipSlot, job, at.Unix(), now, now, why); err != nil {
		return fmt.Errorf("skip slot of %s: %w", job, explain(err))
	}
	return nil
}

// FinishSlot notes what became of a claimed slot.
func (db *DB) FinishSlot(ctx context.Context, job string, at time.Time, state SlotState, outcome string) error {
	if _, err := db.pool.ExecContext(ctx, finishSlot, state, db.o.Now().Unix(), outcome, job, at.Unix()); err != nil {
		return fmt.Errorf("finish slot of %s: %w", job, explain(err))
	}
	return nil
}

// LastSlot returns the newest slot of job; data.ErrNotFound where there is none.
func (db *DB) LastSlot(ctx context.Context, job string) (Slot, error) {
	var s Slot
	var at int64
	err := db.pool.QueryRowContext(ctx, selectSlot, job).Scan(&at, &s.State, &s.Tries, &s.Outcome)
	if errors.Is(err, sql.ErrNoRows) {
		err = data.ErrNotFound
	}
	if err != nil {
		return Slot{}, fmt.Errorf("read last slot of %s: %w", job, explain(err))
	}
	s.At = seconds(at)
	return s, nil
}
