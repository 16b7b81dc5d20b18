package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"tribu/data"
)

const (
	// Hashes are added up in two halves: SQLite's integers do not wrap around.
	sumPosts = `SELECT count(*), coalesce(sum(input & 4294967295), 0), coalesce(sum((input >> 32) & 4294967295), 0)
FROM post WHERE created_at > ? AND created_at <= ?`
	sumInteractions = `SELECT count(*), coalesce(sum(hash & 4294967295), 0), coalesce(sum((hash >> 32) & 4294967295), 0) FROM interaction`
	selectNames     = `SELECT coalesce(group_concat(row, ''), ''), max(id) FROM (SELECT id, concat(id, source, char(31), opted_out, char(31), octet_length(native_id), char(31), native_id,
octet_length(handle), char(31), handle, octet_length(name), char(31), name) AS row FROM author WHERE id > ? ORDER BY id LIMIT 8000) AS w`
	selectHeadings = `SELECT coalesce(group_concat(row, ''), ''), max(id) FROM (SELECT id, concat(id, octet_length(title), char(31), title) AS row FROM thread WHERE id > ? ORDER BY id LIMIT 8000) AS w`
)

// inputKey is the meta value that keeps the last digest, after the state it was computed in.
const inputKey = "local.input"

// inputForm counts the ways in which digests were computed: raise it when inputDigest changes.
const inputForm = 2

// InputDigest returns a hash of all that a clustering of the window reads: its posts, what version
// heard in them, the problems that belongs to and what these are called, the interactions, and what its
// conversations and people are called. It depends on neither the order nor the batches in which they
// came, nor on scores and views. It is added up while Analyzed, Interactions and Called read the window
// to its end, and kept: where the window was not read since anything changed, it is empty, and the next
// reading is noted.
func (db *DB) InputDigest(ctx context.Context, version string, w data.Window) (string, error) {
	n, err := db.notesOn(ctx, version, w)
	if err != nil {
		return "", err
	}
	kept, err := db.Meta(ctx, inputKey)
	if digest, same := strings.CutPrefix(kept, n.state+" "); same {
		db.noteDigest(digest)
		return digest, nil
	}
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return "", err
	}
	if !n.read() {
		return "", nil
	}
	digest, err := db.digestOf(ctx, n, n.named.sums)
	if err != nil {
		return "", err
	}
	db.noteDigest(digest)
	if db.o.ReadOnly {
		return digest, nil
	}
	return digest, db.SetMeta(ctx, inputKey, n.state+" "+digest)
}

// inputState returns a hash of the sums of everything that a digest can depend on, in the window
// or not: the hashes that rows keep of themselves, authors and threads by what they are called,
// decisions, and the state the problems were made of. Problems change without it only in SaveProblems, which
// forgets the digest that is kept.
func (db *DB) inputState(ctx context.Context, version string, w data.Window) (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, inputForm, version, w.From.Unix(), w.To.Unix())
	for _, part := range []struct {
		text string
		args []any
	}{{sumPosts, []any{int64(math.MinInt64), int64(math.MaxInt64)}}, {sumAllAnnotations, []any{version}}, {sumInteractions, nil}} {
		var n, low, high int64
		if err := db.pool.QueryRowContext(ctx, part.text, part.args...).Scan(&n, &low, &high); err != nil {
			return "", err
		}
		fmt.Fprintln(sum, n, low, high)
	}
	grouped, err := db.grouped(ctx)
	if err != nil {
		return "", err
	}
	decisions, err := db.Decisions(ctx)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(sum, "%q %q\n", grouped, decisions)
	for _, all := range []string{selectNames, selectHeadings} {
		for after := []byte{}; after != nil; {
			if after, err = db.writeNames(ctx, sum, all, after); err != nil {
				return "", err
			}
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:16]), nil
}

// writeNames writes a page of what all selects after an id to out, and returns the last id; nil
// where there was none.
func (db *DB) writeNames(ctx context.Context, out io.Writer, all string, after []byte) (last []byte, err error) {
	var page string
	err = db.pool.QueryRowContext(ctx, all, after).Scan(&page, &last)
	if err == nil {
		_, err = io.WriteString(out, page)
	}
	return last, err
}
