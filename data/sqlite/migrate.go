package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"

	"tribu/data"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks a file as tribu's: "trib".
const applicationID = 0x74726962

const (
	readApplication = `PRAGMA application_id`
	countTables     = `SELECT count(*) FROM sqlite_schema`
	readVersion     = `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`
	beginImmediate  = `BEGIN IMMEDIATE`
	commit          = `COMMIT`
)

// migrate brings the file to the schema of this program. An older database is first copied to
// PATH.before-vN; then all missing migrations of files run in one transaction.
func (db *DB) migrate(ctx context.Context, files fs.FS) error {
	pool := sql.OpenDB(newConnector(db.path, db.o))
	pool.SetMaxOpenConns(1) // the transaction that is begun here must hold for all that goose does
	defer pool.Close()
	have, err := fileVersion(ctx, pool)
	if err != nil {
		return err
	}
	want, err := newest(files)
	switch {
	case err != nil || have == want:
		return err
	case have > want:
		return fmt.Errorf("%w: its schema is %d, this program knows %d; update tribu", data.ErrFutureSchema, have, want)
	case db.o.ReadOnly && have == 0:
		return errors.New("the file is empty: it was never set up as a database")
	case db.o.ReadOnly:
		return fmt.Errorf("%w: its schema is %d, this program needs %d", data.ErrPastSchema, have, want)
	case have > 0:
		if err := backupBefore(ctx, pool, fmt.Sprintf("%s.before-v%d", db.path, want)); err != nil {
			return fmt.Errorf("back up before migrating: %w", err)
		}
	}
	return migrateUp(ctx, pool, files)
}

// backupBefore copies to name, or to name.2, name.3 … where earlier copies have it.
func backupBefore(ctx context.Context, pool *sql.DB, name string) error {
	err := backup(ctx, pool, name)
	for i := 2; errors.Is(err, fs.ErrExist); i++ {
		err = backup(ctx, pool, fmt.Sprintf("%s.%d", name, i))
	}
	return err
}

// fileVersion returns the schema version of the file: 0 for an empty one, an error for a database
// that is not tribu's.
func fileVersion(ctx context.Context, pool *sql.DB) (version int64, err error) {
	var tables, id int64
	if err := pool.QueryRowContext(ctx, countTables).Scan(&tables); err != nil {
		return 0, err
	}
	if tables == 0 {
		return 0, nil
	}
	if err := pool.QueryRowContext(ctx, readApplication).Scan(&id); err != nil {
		return 0, err
	}
	if id != applicationID {
		return 0, errors.New("the file is an SQLite database, but not one of tribu's; it was left as it is")
	}
	err = pool.QueryRowContext(ctx, readVersion).Scan(&version)
	return version, err
}

// newest returns the version of the last migration in files.
func newest(files fs.FS) (version int64, err error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return 0, fmt.Errorf("list migrations: %w", err)
	}
	for _, name := range names {
		n, err := goose.NumericComponent(strings.TrimPrefix(name, "migrations/"))
		if err != nil {
			return 0, fmt.Errorf("read version of %s: %w", name, err)
		}
		version = max(version, n)
	}
	return version, nil
}

func migrateUp(ctx context.Context, pool *sql.DB, files fs.FS) error {
	files, err := fs.Sub(files, "migrations")
	if err != nil {
		return err
	}
	// Isolated from goose's own transactions, every statement runs inside the one begun below.
	provider, err := goose.NewProvider(goose.DialectSQLite3, pool, files,
		goose.WithDisableGlobalRegistry(true), goose.WithIsolateDDL(true))
	if err != nil {
		return fmt.Errorf("load migrations: %w", err)
	}
	if _, err := pool.ExecContext(ctx, beginImmediate); err != nil {
		return fmt.Errorf("begin migration: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err) // closing the one connection rolls back
	}
	if _, err := pool.ExecContext(ctx, commit); err != nil {
		return fmt.Errorf("commit migration: %w", err)
	}
	return nil
}
