package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"tribu/data"
)

const (
	selectAuthors = `SELECT a.id, s.name, a.native_id, a.handle, a.name, a.url, a.opted_out
FROM author AS a CROSS JOIN source AS s ON s.num = a.source WHERE a.id > ? AND a.opted_out = 0 ORDER BY a.id LIMIT 500`
	selectAuthorNative = `SELECT a.id, s.name, a.native_id, a.handle, a.name, a.url, a.opted_out
FROM author AS a CROSS JOIN source AS s ON s.num = a.source WHERE a.native_id = ?1 AND (s.name = ?2 OR ?2 = '') ORDER BY s.name`
	insertSuppression = `INSERT INTO suppression (key_hash) VALUES (?) ON CONFLICT DO NOTHING`
	selectAuthor      = `SELECT a.id, s.name, a.native_id, a.handle, a.name, a.url, a.opted_out
FROM author AS a CROSS JOIN source AS s ON s.num = a.source WHERE a.id = ?`
	forgetFailures = `DELETE FROM failure WHERE stage = 'analyse' AND subject IN (SELECT lower(hex(id)) FROM post WHERE author = ?)`
	forgetLinks    = `DELETE FROM interaction WHERE from_author = ?1 OR to_author = ?1 OR post IN (SELECT id FROM post WHERE author = ?1)`
	forgetPosts    = `DELETE FROM post WHERE author = ?`
	forgetAuthor   = `UPDATE author SET native_id = '', handle = '', name = '', url = '', opted_out = 1 WHERE id = ?`
)

// Authors returns everyone known who did not opt out, in id order. The loop body may write.
func (db *DB) Authors(ctx context.Context) iter.Seq2[data.Author, error] {
	return inPages("read authors", func(after *data.Author) (page []data.Author, err error) {
		last := []byte{}
		if after != nil {
			last = after.ID[:]
		}
		err = query(ctx, db.pool, selectAuthors, func(r scanner) error {
			a, err := scanAuthor(r)
			page = append(page, a)
			return err
		}, last)
		return page, err
	})
}

// AuthorByNative returns the author whom source calls native; any source where source is empty.
// It returns data.ErrNotFound where there is none, and an error that names the sources where
// there are several.
func (db *DB) AuthorByNative(ctx context.Context, source, native string) (data.Author, error) {
	var all []data.Author
	err := query(ctx, db.pool, selectAuthorNative, func(r scanner) error {
		a, err := scanAuthor(r)
		all = append(all, a)
		return err
	}, native, source)
	switch {
	case err != nil:
		return data.Author{}, fmt.Errorf("find author %s: %w", native, explain(err))
	case len(all) == 0:
		return data.Author{}, fmt.Errorf("find author %q: %w", native, data.ErrNotFound)
	case len(all) > 1:
		return data.Author{}, fmt.Errorf("find author %s: found in %s and %s: name a source", native, all[0].Source, all[1].Source)
	}
	return all[0], nil
}

// OptOut removes the posts of an author and all that was heard in them, and keeps out what comes
// later. The row that stays holds the id only; keyHash, the author's id hashed with the project's
// key, keeps the author out even where that row is gone.
func (db *DB) OptOut(ctx context.Context, author data.AuthorID, keyHash []byte) error {
	err := db.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if len(keyHash) > 0 {
			if _, err := tx.ExecContext(ctx, insertSuppression, keyHash); err != nil {
				return err
			}
		}
		_, err := forget(ctx, tx, author)
		return err
	})
	if err != nil {
		return fmt.Errorf("opt out %s: %w", author, err)
	}
	if _, err := db.pool.ExecContext(ctx, checkpoint); err != nil {
		return fmt.Errorf("opt out %s: %w", author, explain(err))
	}
	return nil
}

// forget removes all of an author but the id, and returns how many posts that were.
func forget(ctx context.Context, tx *sql.Tx, author data.AuthorID) (posts int, err error) {
	for _, text := range []string{forgetFailures, forgetLinks, forgetPosts, forgetAuthor} {
		r, err := tx.ExecContext(ctx, text, author[:])
		if err != nil {
			return 0, err
		}
		if text == forgetPosts {
			n, err := r.RowsAffected()
			if err != nil {
				return 0, err
			}
			posts = int(n)
		}
	}
	return posts, nil
}
