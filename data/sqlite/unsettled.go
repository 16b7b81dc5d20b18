package sqlite

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"

	"tribu/data"
)

const (
	selectDoubtful = `SELECT a.post, a.lent, p.author, p.thread FROM annotation AS a CROSS JOIN post AS p ON p.id = a.post
WHERE a.version = (SELECT num FROM version WHERE name = ?) AND a.lent <> '' AND p.expired = 0 ORDER BY a.post`
	doubtful    = `FROM annotation AS d CROSS JOIN post AS q ON q.id = d.post WHERE d.version = (SELECT num FROM version WHERE name = ?1) AND d.lent <> '' AND q.expired = 0`
	firm        = `FROM post AS p CROSS JOIN annotation AS a ON a.post = p.id AND a.version = (SELECT num FROM version WHERE name = ?1) AND a.lent = ''`
	countWriter = `SELECT p.author, a.lang, count(*) ` + firm + ` WHERE p.author IN (SELECT q.author ` + doubtful + `) GROUP BY 1, 2`
	countThread = `SELECT p.thread, a.lang, count(*) ` + firm + ` WHERE p.thread IN (SELECT q.thread ` + doubtful + `) GROUP BY 1, 2`
	selectAgain = `SELECT ` + postColumns + `, ` + itsTitle + ` ` + inList
)

// settledKey is the meta value that keeps the state in which no language was lent anew.
const settledKey = "local.settled"

// A lending is what a doubtful post was lent when it was heard, and who may lend.
type lending struct {
	post   data.PostID
	lent   data.Lang
	author data.AuthorID
	thread data.ThreadID
}

// Unsettled returns, a page at a time, the posts that version heard in another language than lend lends
// them now, with that as their Prior. Lend is told how many posts of the author, and of the thread, are in
// which language by their own words. The loop body saves what it hears in a page before it goes on: once
// it has seen all, nothing is counted or returned until an annotation or a post changes. An error ends the sequence.
func (db *DB) Unsettled(ctx context.Context, version string, lend func(author, thread map[data.Lang]int) data.Lang) iter.Seq2[[]data.Post, error] {
	return func(yield func([]data.Post, error) bool) {
		due, state, err := db.unsettled(ctx, db.pool, version, lend)
		for page := range slices.Chunk(due, 500) {
			var posts []data.Post
			if posts, err = db.again(ctx, page); err != nil {
				break
			}
			if !yield(posts, nil) {
				return
			}
		}
		if err == nil && len(due) > 0 {
			_, state, err = doubtfulPosts(ctx, db.pool, version)
		}
		if err == nil && state != "" {
			err = db.SetMeta(ctx, settledKey, state)
		}
		if err != nil {
			yield(nil, fmt.Errorf("read posts of unsettled language: %w", explain(err)))
		}
	}
}

// unsettled returns the doubtful posts that are lent another language than they were, with that, and the
// state in which they are; an empty one where nothing has changed since all of them were seen.
func (db *DB) unsettled(ctx context.Context, q querier, version string, lend func(author, thread map[data.Lang]int) data.Lang) (due []lending, state string, err error) {
	all, state, err := doubtfulPosts(ctx, q, version)
	if err != nil || len(all) == 0 {
		return nil, "", err
	}
	before, err := db.Meta(ctx, settledKey)
	if before == state || err != nil && !errors.Is(err, data.ErrNotFound) {
		return nil, "", err
	}
	authors, err := countLanguages(ctx, q, countWriter, version)
	if err != nil {
		return nil, "", err
	}
	threads, err := countLanguages(ctx, q, countThread, version)
	if err != nil {
		return nil, "", err
	}
	for _, l := range all {
		if now := lend(authors[l.author], threads[l.thread]); now != l.lent {
			l.lent = now
			due = append(due, l)
		}
	}
	return due, state, nil
}

// doubtfulPosts returns the posts that leave doubt about their language, and a hash of these, of all
// posts, and of all that version heard.
func doubtfulPosts(ctx context.Context, q querier, version string) (all []lending, state string, err error) {
	h := newHasher()
	err = query(ctx, q, selectDoubtful, func(r scanner) error {
		var l lending
		err := r.Scan((*idColumn)(&l.post), (*string)(&l.lent), (*idColumn)(&l.author), (*idColumn)(&l.thread))
		all = append(all, l)
		h.ids(l.post)
		h.texts(string(l.lent))
		return err
	}, version)
	if err != nil || len(all) == 0 {
		return nil, "", err
	}
	var heard, posts [3]int64
	err = errors.Join(
		q.QueryRowContext(ctx, sumAllAnnotations, version).Scan(&heard[0], &heard[1], &heard[2]),
		q.QueryRowContext(ctx, sumPosts, math.MinInt64, math.MaxInt64).Scan(&posts[0], &posts[1], &posts[2]))
	h.texts(version)
	h.ints(heard[:]...)
	h.ints(posts[:]...)
	return all, strconv.FormatInt(h.sum(), 16), err
}

// countLanguages returns how many posts of each author or thread are in which language.
func countLanguages(ctx context.Context, q querier, text, version string) (map[[16]byte]map[data.Lang]int, error) {
	all := map[[16]byte]map[data.Lang]int{}
	err := query(ctx, q, text, func(r scanner) error {
		var id idColumn
		var lang data.Lang
		var n int
		err := r.Scan(&id, (*string)(&lang), &n)
		if all[id] == nil {
			all[id] = map[data.Lang]int{}
		}
		all[id][lang] = n
		return err
	}, version)
	return all, err
}

// again returns the posts of page, each with what it is lent.
func (db *DB) again(ctx context.Context, page []lending) ([]data.Post, error) {
	ids := make([]data.PostID, len(page))
	lent := make(map[data.PostID]data.Lang, len(page))
	for i, l := range page {
		ids[i], lent[l.post] = l.post, l.lent
	}
	var posts []data.Post
	err := query(ctx, db.pool, selectAgain, func(r scanner) error {
		p, err := scanTitled(r)
		p.Prior = lent[p.ID]
		posts = append(posts, p)
		return err
	}, hexList(ids))
	return posts, err
}
