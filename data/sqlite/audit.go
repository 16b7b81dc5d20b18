package sqlite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"
)

const (
	selectLastAudit = `SELECT hash FROM audit ORDER BY num DESC LIMIT 1`
	insertAudit     = `INSERT INTO audit (at, action, detail, hash) VALUES (?, ?, ?, ?)`
	selectAudit     = `SELECT num, at, action, detail, hash FROM audit ORDER BY num`
)

// An AuditEntry is one line of the log of what was done with the project.
type AuditEntry struct {
	At     time.Time
	Action string
	Detail string
}

// Audit appends a line to the log. Each line is hashed with the hash of the line before, so that
// Check finds a line that was changed or taken out.
func (db *DB) Audit(ctx context.Context, action, detail string) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		var before []byte
		err := tx.QueryRowContext(ctx, selectLastAudit).Scan(&before)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		at := db.o.Now().Unix()
		_, err = tx.ExecContext(ctx, insertAudit, at, action, detail, chain(before, at, action, detail))
		return err
	})
	if err != nil {
		return fmt.Errorf("write audit log: %w", err)
	}
	return nil
}

func chain(before []byte, at int64, action, detail string) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%x %d %q %q", before, at, action, detail))
	return sum[:]
}

// Note appends a line to the log of the database at path without opening it for work: a command
// that reads may do so while another process writes.
func Note(ctx context.Context, path string, now func() time.Time, action, detail string) (err error) {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("write audit log: %w", err)
	}
	pool := sql.OpenDB(newConnector(path, Options{}))
	defer func() { err = errors.Join(err, pool.Close()) }()
	db := &DB{pool: pool, path: path, o: Options{Now: now}}
	return db.Audit(ctx, action, detail)
}

// AuditLog returns the log, oldest first.
func (db *DB) AuditLog(ctx context.Context) ([]AuditEntry, error) {
	all, _, err := auditLog(ctx, db.pool)
	if err != nil {
		return nil, fmt.Errorf("read audit log: %w", explain(err))
	}
	return all, nil
}

// auditLog returns the log and the numbers of the lines that do not follow from the line before.
func auditLog(ctx context.Context, q querier) (all []AuditEntry, broken []int64, err error) {
	var before []byte
	err = query(ctx, q, selectAudit, func(r scanner) error {
		var e AuditEntry
		var num, at int64
		var hash []byte
		err := r.Scan(&num, &at, &e.Action, &e.Detail, &hash)
		if !bytes.Equal(hash, chain(before, at, e.Action, e.Detail)) || num != int64(len(all))+1 {
			broken = append(broken, num)
		}
		e.At, before = seconds(at), hash
		all = append(all, e)
		return err
	})
	return all, broken, err
}
