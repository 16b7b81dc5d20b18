// Package sqlite keeps everything tribu knows in one SQLite file, and is the only place with SQL.
//
// Every write is one transaction: a batch, a set of annotations or a run is in the file whole or
// not at all, whatever kills the process. Reading methods that return a sequence read a page at a
// time and hold no connection while the loop body runs, so that the body may write. Posts, authors
// and threads are named by their 128-bit ids; the row numbers inside the file mean nothing outside
// of it, and Digest, the logical hash of the content, does not see them.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"tribu/data"
)

// Options says how to open a database; the zero value opens an existing one for writing.
type Options struct {
	ReadOnly   bool                       // never write, not even to migrate
	Create     bool                       // make the file, and its folder, where there is none
	CacheBytes int                        // of pages that a connection keeps in memory; 64 MiB where 0
	Now        func() time.Time           // time of first sight and of the audit log; the epoch where nil
	KeyHash    func(data.AuthorID) []byte // keyed hash under which OptOut suppressed an author; nil: the flag beside the author's id decides alone, and once somebody is suppressed nobody is saved
}

// A DB is an open database. One process may use it from many goroutines.
type DB struct {
	pool *sql.DB
	path string
	o    Options

	packers sync.Pool // of *gzip.Writer

	mu     sync.Mutex
	leased map[string]map[string]bool // keys of tasks by source
	known  map[string]int64           // numbers of stored sources
	notes  notes                      // on the window whose digest was asked for last
}

// Open opens the database at path for one process: it migrates an older one after a backup beside
// it. It returns data.ErrNotFound where there is no file and
// Options.Create is false, data.ErrFutureSchema where a newer tribu wrote it, and an error that
// says so where the file is something else; such a file is left alone.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	if o.Now == nil {
		o.Now = func() time.Time { return time.Unix(0, 0).UTC() }
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	if err := prepareFile(abs, o); err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	db := &DB{path: abs, o: o, leased: map[string]map[string]bool{}, known: map[string]int64{}}
	if err := db.open(ctx); err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, explain(err))
	}
	return db, nil
}

func (db *DB) open(ctx context.Context) error {
	if err := checkLibrary(); err != nil {
		return err
	}
	if err := db.migrate(ctx, migrations); err != nil {
		return err
	}
	db.pool = sql.OpenDB(newConnector(db.path, db.o))
	db.pool.SetMaxIdleConns(4)
	if db.o.ReadOnly {
		return nil
	}
	if err := db.resumeForgets(ctx); err != nil {
		return errors.Join(err, db.pool.Close())
	}
	return nil
}

// prepareFile makes sure that path is a regular file, creating it where it may.
func prepareFile(path string, o Options) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return errors.New("not a regular file")
	case err == nil || !errors.Is(err, fs.ErrNotExist):
		return err
	case !o.Create || o.ReadOnly:
		return data.ErrNotFound
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		return err
	}
	return explain(layOut(path))
}

// Path returns the absolute name of the database file.
func (db *DB) Path() string { return db.path }

// Close writes everything back into the one file and closes it.
func (db *DB) Close() error {
	var err error
	if !db.o.ReadOnly {
		_, err = db.pool.Exec(checkpoint)
	}
	if err := errors.Join(err, db.pool.Close()); err != nil {
		return fmt.Errorf("close database %s: %w", db.path, explain(err))
	}
	return nil
}

const checkpoint = `PRAGMA wal_checkpoint(TRUNCATE)`

// write runs body in one transaction on a connection of its own, and commits it where body returns nil.
//
// Statements are short and a transaction is whole or void, so that cancelling inside one only loses
// work. No context that can be cancelled is in it, and no sql.Tx: both cost a goroutine per statement.
func (db *DB) write(ctx context.Context, body func(context.Context, *sql.Conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return db.transact(context.WithoutCancel(ctx), beginWriting, func(ctx context.Context, conn *sql.Conn) error {
		err := body(ctx, conn)
		if err == nil {
			_, err = conn.ExecContext(ctx, endWriting)
		}
		if err != nil {
			err = explain(errors.Join(err, undo(ctx, conn)))
		}
		return err
	})
}

// snapshot runs body on the database as it is at one moment: what is written meanwhile stays
// unseen. Body may write through db, where its own reading does not see it.
func (db *DB) snapshot(ctx context.Context, body func(querier) error) error {
	return db.transact(ctx, beginReading, func(ctx context.Context, conn *sql.Conn) error {
		err := body(conn)
		return errors.Join(err, explain(undo(context.WithoutCancel(ctx), conn)))
	})
}

func (db *DB) transact(ctx context.Context, begin string, body func(context.Context, *sql.Conn) error) error {
	conn, err := db.pool.Conn(ctx)
	if err != nil {
		return explain(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		return explain(err)
	}
	return body(ctx, conn)
}

func undo(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, undoAll)
	return err
}

const (
	beginReading = `BEGIN DEFERRED`
	beginWriting = `BEGIN IMMEDIATE`
	endWriting   = `COMMIT`
	undoAll      = `ROLLBACK`
)
