package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"tribu/data"
)

const postColumns = `p.id, s.name, p.native_id, p.author, p.thread, p.parent, p.parent_by, p.created_at, p.guessed,
t.title, t.body, p.format, p.url, p.lang_hint, p.score, p.views, p.place`

// itsTitle is the title of the thread that a post without one answers in.
const itsTitle = `CASE WHEN t.title = '' THEN coalesce((SELECT h.title FROM thread AS h WHERE h.id = p.thread), '') ELSE '' END`

// inList reads the posts of a list of ids.
const inList = `FROM json_each(?) AS j CROSS JOIN post AS p ON p.id = unhex(j.value)
CROSS JOIN post_text AS t ON t.num = p.num CROSS JOIN source AS s ON s.num = p.source`

const (
	selectPostsIn    = `SELECT ` + postColumns + ` ` + inList
	selectUnanalysed = `SELECT ` + postColumns + `, ` + itsTitle + `
FROM post AS p CROSS JOIN post_text AS t ON t.num = p.num CROSS JOIN source AS s ON s.num = p.source
WHERE p.id > ?1
AND NOT EXISTS (SELECT 1 FROM annotation AS a WHERE a.post = p.id AND a.version = (SELECT num FROM version WHERE name = ?2))
AND NOT EXISTS (SELECT 1 FROM failure AS f WHERE f.stage = 'analyse' AND f.version = ?2 AND f.subject = lower(hex(p.id)))
AND NOT EXISTS (SELECT 1 FROM tombstone AS d WHERE d.post = p.id)
ORDER BY p.id LIMIT 500`
	selectHearable = `SELECT ` + postColumns + `, ` + itsTitle + `, coalesce(a.lent, '')
FROM post AS p CROSS JOIN post_text AS t ON t.num = p.num CROSS JOIN source AS s ON s.num = p.source
LEFT JOIN annotation AS a ON a.post = p.id AND a.version = (SELECT num FROM version WHERE name = ?2)
WHERE p.id > ?1 AND (p.expired = 0 OR a.post IS NULL) AND NOT EXISTS (SELECT 1 FROM tombstone AS d WHERE d.post = p.id)
ORDER BY p.id LIMIT 500`
	countUnanalysed = `SELECT count(*) FROM post AS p
WHERE NOT EXISTS (SELECT 1 FROM annotation AS a WHERE a.post = p.id AND a.version = (SELECT num FROM version WHERE name = ?1))
AND NOT EXISTS (SELECT 1 FROM failure AS f WHERE f.stage = 'analyse' AND f.version = ?1 AND f.subject = lower(hex(p.id)))
AND NOT EXISTS (SELECT 1 FROM tombstone AS d WHERE d.post = p.id)`
	countUnheard = `SELECT count(*), coalesce(sum(
NOT EXISTS (SELECT 1 FROM annotation AS a WHERE a.post = p.id AND a.version = (SELECT num FROM version WHERE name = ?1))
AND NOT EXISTS (SELECT 1 FROM failure AS f WHERE f.stage = 'analyse' AND f.version = ?1 AND f.subject = lower(hex(p.id)))), 0)
FROM post AS p WHERE p.created_at > ?2 AND p.created_at <= ?3 AND NOT EXISTS (SELECT 1 FROM tombstone AS d WHERE d.post = p.id)`
	isAllHeard   = `SELECT (SELECT count(*) FROM annotation WHERE version = (SELECT num FROM version WHERE name = ?)) = (SELECT count(*) FROM post)`
	countIn      = `SELECT count(*) FROM post AS p WHERE p.created_at > ? AND p.created_at <= ? AND NOT EXISTS (SELECT 1 FROM tombstone AS d WHERE d.post = p.id)`
	selectNewest = `SELECT max(created_at) FROM post`
	selectOldest = `SELECT min(created_at) FROM post`
)

func scanPost(r scanner, more ...any) (p data.Post, err error) {
	var at int64
	err = r.Scan(append([]any{(*idColumn)(&p.ID), &p.Source, &p.NativeID, (*idColumn)(&p.Author), (*idColumn)(&p.Thread), (*idColumn)(&p.Parent),
		(*string)(&p.ParentBy), &at, &p.Guessed, &p.Title, &p.Body, (*string)(&p.Format), &p.URL, (*string)(&p.LangHint), &p.Score, &p.Views, &p.Place}, more...)...)
	p.CreatedAt = seconds(at)
	return p, err
}

// scanTitled reads postColumns and itsTitle.
func scanTitled(r scanner, more ...any) (data.Post, error) {
	var title string
	p, err := scanPost(r, append([]any{&title}, more...)...)
	p.ThreadTitle = title
	return p, err
}

// Posts returns those of the posts that are stored.
func (db *DB) Posts(ctx context.Context, ids []data.PostID) (map[data.PostID]data.Post, error) {
	all, err := postsIn(ctx, db.pool, ids)
	if err != nil {
		return nil, fmt.Errorf("read posts: %w", explain(err))
	}
	return all, nil
}

func postsIn(ctx context.Context, q querier, ids []data.PostID) (map[data.PostID]data.Post, error) {
	all := make(map[data.PostID]data.Post, len(ids))
	err := query(ctx, q, selectPostsIn, func(r scanner) error {
		p, err := scanPost(r)
		all[p.ID] = p
		return err
	}, hexList(ids))
	return all, err
}

// Unanalysed returns the posts that have no annotation of version, in id order; posts that
// analysis gave up at this version and deleted ones are left out. The loop body may write to db:
// rows are read a page at a time and no connection is held while it runs. An error ends the
// sequence.
func (db *DB) Unanalysed(ctx context.Context, version string) iter.Seq2[data.Post, error] {
	return inPages("read posts to analyse", func(after *data.Post) (page []data.Post, err error) {
		last := []byte{}
		if after != nil {
			last = after.ID[:]
		}
		err = query(ctx, db.pool, selectUnanalysed, func(r scanner) error {
			p, err := scanTitled(r)
			page = append(page, p)
			return err
		}, last, version)
		return page, err
	})
}

// Hearable returns the posts that version can hear, or hear again, in id order, with what it lent them
// before as their Prior: all but deleted ones, and those that it heard before their words were wiped. The
// loop body may write to db. An error ends the sequence.
func (db *DB) Hearable(ctx context.Context, version string) iter.Seq2[data.Post, error] {
	return inPages("read posts to analyse again", func(after *data.Post) (page []data.Post, err error) {
		last := []byte{}
		if after != nil {
			last = after.ID[:]
		}
		err = query(ctx, db.pool, selectHearable, func(r scanner) error {
			var lent data.Lang
			p, err := scanTitled(r, (*string)(&lent))
			p.Prior = lent
			page = append(page, p)
			return err
		}, last, version)
		return page, err
	})
}

// CountUnanalysed returns how many posts Unanalysed would return.
func (db *DB) CountUnanalysed(ctx context.Context, version string) (n int, err error) {
	if err := db.pool.QueryRowContext(ctx, countUnanalysed, version).Scan(&n); err != nil {
		return 0, fmt.Errorf("count posts to analyse: %w", explain(err))
	}
	return n, nil
}

// CountUnheard returns how many posts of w Unanalysed would return, and how many posts w has.
func (db *DB) CountUnheard(ctx context.Context, version string, w data.Window) (n, of int, err error) {
	all := false
	err = db.pool.QueryRowContext(ctx, isAllHeard, version).Scan(&all)
	switch {
	case err != nil:
	case all: // looking each post up costs many times more
		err = db.pool.QueryRowContext(ctx, countIn, w.From.Unix(), w.To.Unix()).Scan(&of)
	default:
		err = db.pool.QueryRowContext(ctx, countUnheard, version, w.From.Unix(), w.To.Unix()).Scan(&of, &n)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("count posts to analyse: %w", explain(err))
	}
	return n, of, nil
}

// NewestPost returns when the newest post was written; data.ErrNotFound where there are no posts.
func (db *DB) NewestPost(ctx context.Context) (time.Time, error) {
	return db.postTime(ctx, selectNewest)
}

// OldestPost returns when the oldest post was written; data.ErrNotFound where there are no posts.
func (db *DB) OldestPost(ctx context.Context) (time.Time, error) {
	return db.postTime(ctx, selectOldest)
}

func (db *DB) postTime(ctx context.Context, text string) (time.Time, error) {
	var at sql.NullInt64
	err := db.pool.QueryRowContext(ctx, text).Scan(&at)
	if err == nil && !at.Valid {
		err = errors.Join(errors.New("no posts"), data.ErrNotFound)
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read time of posts: %w", explain(err))
	}
	return seconds(at.Int64), nil
}
