package sqlite

import (
	"context"
	"database/sql"
	"iter"

	"tribu/data"
)

const (
	upsertFailure = `INSERT INTO failure (stage, version, subject, reason) VALUES (?, ?, ?, ?)
ON CONFLICT (stage, version, subject) DO UPDATE SET reason = excluded.reason`
	selectFailures = `SELECT stage, version, subject, reason FROM failure
WHERE (stage, version, subject) > (?, ?, ?) ORDER BY stage, version, subject LIMIT 500`
	countFailures = `SELECT coalesce(sum(stage = 'import'), 0), coalesce(sum(stage = 'analyse' AND version = ?), 0) FROM failure`
)

func saveFailures(ctx context.Context, tx *sql.Conn, all []data.Failure) error {
	for _, f := range all {
		if _, err := tx.ExecContext(ctx, upsertFailure, f.Stage, f.Version, f.Subject, f.Reason); err != nil {
			return err
		}
	}
	return nil
}

// Failures returns what could not be worked on, by stage, version and subject. The loop body may
// write.
func (db *DB) Failures(ctx context.Context) iter.Seq2[data.Failure, error] {
	return inPages("read failures", func(after *data.Failure) (page []data.Failure, err error) {
		if after == nil {
			after = &data.Failure{}
		}
		err = query(ctx, db.pool, selectFailures, func(r scanner) error {
			var f data.Failure
			err := r.Scan(&f.Stage, &f.Version, &f.Subject, &f.Reason)
			page = append(page, f)
			return err
		}, after.Stage, after.Version, after.Subject)
		return page, err
	})
}
