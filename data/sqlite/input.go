package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"tribu/data"
)

const (
	// Hashes are added up in two halves: SQLite's integers do not wrap around.
	sumPosts = `SELECT count(*), coalesce(sum(input & 4294967295), 0), coalesce(sum((input >> 32) & 4294967295), 0)
FROM post WHERE created_at > ? AND created_at <= ?`
	sumAnnotations = `SELECT count(*), coalesce(sum(a.hash & 4294967295), 0), coalesce(sum((a.hash >> 32) & 4294967295), 0)
FROM (SELECT id FROM post WHERE created_at > ?1 AND created_at <= ?2 ORDER BY id LIMIT -1) AS p
CROSS JOIN annotation AS a ON a.post = p.id AND a.version = (SELECT num FROM version WHERE name = ?3)`
)

// InputDigest returns a hash of all that a clustering of the window reads: its posts, what version
// heard in them, the problems that belongs to and what these are called, and the interactions. It
// depends on neither the order nor the batches in which they came, nor on scores and views.
func (db *DB) InputDigest(ctx context.Context, version string, w data.Window) (string, error) {
	n, voiced, err := db.sumVoiced(ctx, version, w)
	if err != nil {
		return "", fmt.Errorf("digest input: %w", explain(err))
	}
	return db.inputDigest(ctx, version, w, n, voiced)
}

// inputDigest takes how many needs belong to problems, and the sum of their hashes.
func (db *DB) inputDigest(ctx context.Context, version string, w data.Window, needs int, voiced uint64) (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, version, w.From.Unix(), w.To.Unix())
	from, to := w.From.Unix(), w.To.Unix()
	for _, part := range []struct {
		text string
		args []any
	}{{sumPosts, []any{from, to}}, {sumAnnotations, []any{from, to, version}}} {
		var n, low, high int64
		if err := db.pool.QueryRowContext(ctx, part.text, part.args...).Scan(&n, &low, &high); err != nil {
			return "", fmt.Errorf("digest input: %w", explain(err))
		}
		fmt.Fprintln(sum, n, low, high)
	}
	var n int
	var turned uint64
	for page, err := range links(ctx, db.pool, w, nil) {
		if err != nil {
			return "", fmt.Errorf("digest input: %w", explain(err))
		}
		for i := range page {
			turned += uint64(hashInteraction(&page[i]))
		}
		n += len(page)
	}
	fmt.Fprintln(sum, n, turned)
	fmt.Fprintln(sum, needs, voiced)
	return hex.EncodeToString(sum.Sum(nil)[:16]), nil
}

// sumVoiced adds up the hashes of which need of the window belongs to which problem.
func (db *DB) sumVoiced(ctx context.Context, version string, w data.Window) (n int, sum uint64, err error) {
	err = namings(ctx, db.pool, version, w, func(ref data.NeedRef, of naming) {
		n, sum = n+1, sum+hashVoiced(ref, of)
	})
	return n, sum, err
}

func hashVoiced(need data.NeedRef, of naming) uint64 {
	h := newHasher()
	h.ids(need.Post)
	h.ints(int64(need.Ord))
	h.texts(string(of.Problem), of.Called)
	return uint64(h.sum())
}
