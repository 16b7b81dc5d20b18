package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"tribu/data"
)

const (
	selectExpiring = `SELECT p.num, p.id, p.deleted FROM post AS p WHERE p.crawled = 1 AND p.expired = 0 AND p.first_seen < ? LIMIT 500`
	expirePost     = `UPDATE post SET expired = 1, hash = ?, input = ? WHERE num = ?`
	wipeQuotes     = `UPDATE need SET quote = '' WHERE post = ? AND quote <> ''`
	rehash         = `UPDATE annotation SET hash = ? WHERE post = ? AND version = ?`
	dropOldPages   = `DELETE FROM page WHERE oldest < ?`
	countOldPages  = `SELECT count(*) FROM page WHERE oldest < ?`
	countExpiring  = `SELECT count(*) FROM post AS p WHERE p.crawled = 1 AND p.expired = 0 AND p.first_seen < ?`
	countExpired   = `SELECT coalesce(sum(expired), 0) FROM post WHERE created_at > ? AND created_at <= ?`
)

// An Expired counts what went because it was kept long enough.
type Expired struct {
	Posts int // whose words were wiped
	Pages int // raw answers that held them
}

// Expire wipes the words of crawled posts that were first seen before a moment, the quotes that
// were taken from them and the raw pages that hold them. What was heard in them stays, and so do
// imported posts. A post that is collected again stays without words.
func (db *DB) Expire(ctx context.Context, before time.Time) (gone Expired, err error) {
	for {
		n := 0
		err := db.write(ctx, func(ctx context.Context, tx *sql.Conn) (err error) {
			n, err = db.expireSome(ctx, tx, before)
			return err
		})
		gone.Posts += n
		if err != nil {
			return gone, fmt.Errorf("wipe old posts: %w", err)
		}
		if n == 0 {
			break
		}
	}
	r, err := db.pool.ExecContext(ctx, dropOldPages, before.Unix())
	if err != nil {
		return gone, fmt.Errorf("drop old pages: %w", explain(err))
	}
	n, err := r.RowsAffected()
	gone.Pages = int(n)
	return gone, err
}

// Expiring counts what Expire would wipe.
func (db *DB) Expiring(ctx context.Context, before time.Time) (due Expired, err error) {
	if err := db.pool.QueryRowContext(ctx, countExpiring, before.Unix()).Scan(&due.Posts); err != nil {
		return due, fmt.Errorf("count old posts: %w", explain(err))
	}
	if err := db.pool.QueryRowContext(ctx, countOldPages, before.Unix()).Scan(&due.Pages); err != nil {
		return due, fmt.Errorf("count old pages: %w", explain(err))
	}
	return due, nil
}

// CountExpired returns how many posts of a window have lost their words to Expire.
func (db *DB) CountExpired(ctx context.Context, w data.Window) (n int, err error) {
	if err := db.pool.QueryRowContext(ctx, countExpired, w.From.Unix(), w.To.Unix()).Scan(&n); err != nil {
		return 0, fmt.Errorf("count wiped posts: %w", explain(err))
	}
	return n, nil
}

func (db *DB) expireSome(ctx context.Context, tx *sql.Conn, before time.Time) (int, error) {
	type numbered struct {
		id  data.PostID
		num int64
	}
	var due []numbered
	var ids []data.PostID
	deleted := map[data.PostID]bool{}
	err := query(ctx, tx, selectExpiring, func(r scanner) error {
		var n numbered
		var gone bool
		err := r.Scan(&n.num, (*idColumn)(&n.id), &gone)
		due, ids, deleted[n.id] = append(due, n), append(ids, n.id), gone
		return err
	}, before.Unix())
	if err != nil || len(due) == 0 {
		return 0, err
	}
	posts, err := postsIn(ctx, tx, ids)
	if err != nil {
		return 0, err
	}
	for _, n := range due {
		p := posts[n.id]
		p.Title, p.Body = "", ""
		hash, input := hashPost(&p, deleted[n.id])
		for _, step := range []struct {
			text string
			args []any
		}{{updateText, []any{"", "", n.num}}, {expirePost, []any{hash, input, n.num}}, {wipeQuotes, []any{n.id[:]}}} {
			if _, err := tx.ExecContext(ctx, step.text, step.args...); err != nil {
				return 0, err
			}
		}
	}
	return len(due), rehashAnnotations(ctx, tx, ids)
}

// rehashAnnotations makes the hashes of what was heard in posts those of what is stored now.
func rehashAnnotations(ctx context.Context, tx *sql.Conn, ids []data.PostID) error {
	slices.SortFunc(ids, func(a, b data.PostID) int { return bytes.Compare(a[:], b[:]) })
	posts := make([]*data.PostMeta, len(ids))
	for i, id := range ids {
		posts[i] = &data.PostMeta{ID: id}
	}
	versions, err := texts(ctx, tx, selectVersions)
	if err != nil {
		return err
	}
	for _, version := range versions {
		if err := rehashVersion(ctx, tx, version, posts); err != nil {
			return err
		}
	}
	return nil
}

func rehashVersion(ctx context.Context, tx *sql.Conn, version string, posts []*data.PostMeta) error {
	r, err := newReader(ctx, tx, version)
	if err != nil {
		return err
	}
	for p, err := range r.annotations(ctx, posts) {
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, rehash, hashAnnotation(p, encodeTerms(p.Terms, p.Topics)), p.Post[:], r.version); err != nil {
			return err
		}
	}
	return nil
}
