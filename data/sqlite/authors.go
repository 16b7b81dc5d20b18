package sqlite

import (
	"context"
	"encoding/hex"
	"fmt"
	"iter"
	"strings"

	"tribu/data"
)

const (
	selectAuthors = `SELECT a.id, s.name, a.native_id, a.handle, a.name, a.url, a.opted_out
FROM author AS a CROSS JOIN source AS s ON s.num = a.source WHERE a.id > ? AND a.opted_out = 0 ORDER BY a.id LIMIT 500`
	findAuthors = `SELECT a.id, s.name, a.native_id, a.handle, a.name, a.url, a.opted_out
FROM author AS a CROSS JOIN source AS s ON s.num = a.source
WHERE a.opted_out = 0 AND (s.name = ?2 OR ?2 = '') AND (lower(hex(a.id)) = ?1 OR lower(a.native_id) = ?1 OR lower(a.handle) = ?1
  OR rtrim(lower(a.url), '/') = rtrim(?1, '/') AND a.url <> '')
ORDER BY s.name, a.id LIMIT 20`
	findNamed = `SELECT a.id, s.name, a.native_id, a.handle, a.name, a.url, a.opted_out
FROM author AS a CROSS JOIN source AS s ON s.num = a.source
WHERE a.opted_out = 0 AND (s.name = ?2 OR ?2 = '') AND (a.name = ?1 OR lower(a.name) = lower(?1)) AND a.name <> ''
ORDER BY s.name, a.id LIMIT 20`
	findStart = `SELECT a.id, s.name, a.native_id, a.handle, a.name, a.url, a.opted_out
FROM author AS a CROSS JOIN source AS s ON s.num = a.source
WHERE a.id BETWEEN ?1 AND ?2 AND a.opted_out = 0 AND (s.name = ?3 OR ?3 = '') ORDER BY a.id LIMIT 20`
	insertSuppression = `INSERT INTO suppression (key_hash) VALUES (?) ON CONFLICT DO NOTHING`
	selectAuthor      = `SELECT a.id, s.name, a.native_id, a.handle, a.name, a.url, a.opted_out
FROM author AS a CROSS JOIN source AS s ON s.num = a.source WHERE a.id = ?`
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

// FindAuthors returns the authors that who may mean: an id, a source's own id, a handle or the
// address of a profile, in any source where source is empty. Those who opted out are not known any
// more.
func (db *DB) FindAuthors(ctx context.Context, source, who string) ([]data.Author, error) {
	return db.findAuthors(ctx, findAuthors, source, foldHandle(who))
}

// leastStart is how many digits of an id tell people apart.
const leastStart = 6

// FindAuthorsByStart returns the authors whose id begins with start, at least six hexadecimal
// digits; nobody where start is none.
func (db *DB) FindAuthorsByStart(ctx context.Context, source, start string) (all []data.Author, err error) {
	start = strings.ToLower(strings.TrimSpace(start))
	digits := 2 * len(data.AuthorID{})
	if len(start) < leastStart || len(start) > digits {
		return nil, nil
	}
	low, errLow := hex.DecodeString(start + strings.Repeat("0", digits-len(start)))
	high, errHigh := hex.DecodeString(start + strings.Repeat("f", digits-len(start)))
	if errLow != nil || errHigh != nil {
		return nil, nil
	}
	err = query(ctx, db.pool, findStart, func(r scanner) error {
		a, err := scanAuthor(r)
		all = append(all, a)
		return err
	}, low, high, source)
	if err != nil {
		return nil, fmt.Errorf("find author %s: %w", start, explain(err))
	}
	return all, nil
}

// FindAuthorsNamed returns the authors whose display name, which is nobody's alone, is name, as
// FindAuthors does.
func (db *DB) FindAuthorsNamed(ctx context.Context, source, name string) ([]data.Author, error) {
	return db.findAuthors(ctx, findNamed, source, strings.TrimSpace(name))
}

func (db *DB) findAuthors(ctx context.Context, statement, source, wanted string) (all []data.Author, err error) {
	if wanted == "" {
		return nil, fmt.Errorf("find author %q: %w", wanted, data.ErrNotFound)
	}
	err = query(ctx, db.pool, statement, func(r scanner) error {
		a, err := scanAuthor(r)
		all = append(all, a)
		return err
	}, wanted, source)
	if err != nil {
		return nil, fmt.Errorf("find author %s: %w", wanted, explain(err))
	}
	return all, nil
}

// AuthorsByID returns those of the authors that are stored.
func (db *DB) AuthorsByID(ctx context.Context, ids []data.AuthorID) (map[data.AuthorID]data.Author, error) {
	all := make(map[data.AuthorID]data.Author, len(ids))
	if err := authorsIn(ctx, db.pool, ids, func(a data.Author) { all[a.ID] = a }); err != nil {
		return nil, fmt.Errorf("read authors: %w", explain(err))
	}
	return all, nil
}
