package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"tribu/data"
)

// KeepOut suppresses somebody who was never met: whoever source calls native, or knows by that
// handle, stays out when they appear, and no output calls anything by it.
func (db *DB) KeepOut(ctx context.Context, source, native string) error {
	if db.o.KeyHash == nil {
		return errors.New("keep out: the project's key is needed")
	}
	err := db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		ids := []data.AuthorID{data.NewAuthorID(source, native), handleID(source, native)}
		for _, phrase := range (data.Author{Handle: native}).Called() {
			ids = append(ids, nameID(phrase))
		}
		for _, id := range ids {
			if err := db.suppress(ctx, tx, db.o.KeyHash(id)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep out: %w", err)
	}
	return nil
}

// suppress keeps out whoever the hash stands for, and notes under which key: the hash of nobody.
func (db *DB) suppress(ctx context.Context, tx *sql.Conn, hash []byte) error {
	if db.o.KeyHash != nil {
		if _, err := tx.ExecContext(ctx, insertSuppression, db.o.KeyHash(data.AuthorID{})); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, insertSuppression, hash)
	return err
}

// handleID stands for a handle in the list of those suppressed.
func handleID(source, handle string) data.AuthorID {
	return data.NewAuthorID(source, "handle\x00"+foldHandle(handle))
}

// nameID stands for a phrase that is nobody's name any more in the list of those suppressed.
func nameID(phrase string) data.AuthorID { return data.NewAuthorID("", "name\x00"+phrase) }

// suppressNames keeps what a stored author is called out of what outputs call their own.
func (db *DB) suppressNames(ctx context.Context, tx *sql.Conn, author data.AuthorID) error {
	a, err := authorOf(ctx, tx, author)
	if errors.Is(err, sql.ErrNoRows) || db.o.KeyHash == nil {
		return nil
	}
	for _, phrase := range a.Called() {
		if err == nil {
			err = db.suppress(ctx, tx, db.o.KeyHash(nameID(phrase)))
		}
	}
	return err
}

// Gone returns what tells whether a phrase, as data.Author calls it, names somebody who was let go;
// nil where nobody was. It is an error where the key is not the one they were let go under.
func (db *DB) Gone(ctx context.Context, keyHash func(data.AuthorID) []byte) (func(phrase string) bool, error) {
	out := map[string]bool{}
	err := query(ctx, db.pool, digestSuppressed, func(r scanner) error {
		var hash []byte
		err := r.Scan(&hash)
		out[string(hash)] = true
		return err
	})
	switch {
	case err != nil || len(out) == 0:
		return nil, explain(err)
	case keyHash == nil || !out[string(keyHash(data.AuthorID{}))]:
		return nil, errKey
	}
	return func(phrase string) bool { return out[string(keyHash(nameID(phrase)))] }, nil
}

// suppressHandle keeps out the handle of a stored author, under whatever id it comes back.
func (db *DB) suppressHandle(ctx context.Context, tx *sql.Conn, author data.AuthorID) error {
	a, err := authorOf(ctx, tx, author)
	if errors.Is(err, sql.ErrNoRows) || err == nil && a.Handle == "" || db.o.KeyHash == nil {
		return nil
	}
	if err != nil {
		return err
	}
	return db.suppress(ctx, tx, db.o.KeyHash(handleID(a.Source, a.Handle)))
}
