package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	vacuumInto = `VACUUM INTO ?`
	vacuum     = `VACUUM`
	integrity  = `PRAGMA integrity_check(20)`
)

// Backup writes a verified copy of the database to file, which must not exist yet. The copy is
// complete when it appears: it is written beside file, synced, checked and renamed.
func (db *DB) Backup(ctx context.Context, file string) error {
	if err := backup(ctx, db.pool, file); err != nil {
		return fmt.Errorf("back up database: %w", err)
	}
	return nil
}

func backup(ctx context.Context, pool *sql.DB, file string) error {
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s: %w", file, fs.ErrExist)
	}
	temp, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.part")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }()
	_, err = pool.ExecContext(ctx, vacuumInto, temp.Name())
	if err = errors.Join(explain(err), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := verify(ctx, temp.Name()); err != nil {
		return err
	}
	// Link refuses an existing name, which Rename would replace; not every file system has links.
	if err := os.Link(temp.Name(), file); errors.Is(err, fs.ErrExist) {
		return err
	} else if err != nil {
		if err := os.Rename(temp.Name(), file); err != nil {
			return err
		}
	}
	return syncFolder(filepath.Dir(file))
}

// verify reads every page of the copy at path.
func verify(ctx context.Context, path string) error {
	pool := sql.OpenDB(newConnector(path, Options{ReadOnly: true}))
	defer pool.Close()
	faults, err := texts(ctx, pool, integrity)
	if err != nil {
		return fmt.Errorf("verify copy: %w", explain(err))
	}
	if len(faults) != 1 || faults[0] != "ok" {
		return fmt.Errorf("verify copy: %s", faults[0])
	}
	return nil
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Vacuum rewrites the file without the space that deleted rows left behind.
func (db *DB) Vacuum(ctx context.Context) error {
	if _, err := db.pool.ExecContext(ctx, vacuum); err != nil {
		return fmt.Errorf("vacuum database: %w", explain(err))
	}
	if _, err := db.pool.ExecContext(ctx, checkpoint); err != nil {
		return fmt.Errorf("vacuum database: %w", explain(err))
	}
	return nil
}
