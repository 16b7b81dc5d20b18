package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"strings"

	"tribu/data"
)

// targets finds whom an interaction is meant for where it does not say so by id.
type targets struct {
	first   map[data.ThreadID]data.AuthorID // author of a thread's first post
	handles map[handle]data.AuthorID        // zero: more than one
	source  map[data.AuthorID]int64
	kinds   interner
	wrote   map[data.PostID]place
}

// A place is who wrote a post and in which thread.
type place struct {
	author data.AuthorID
	thread data.ThreadID
}

type handle struct {
	source int64
	text   string
}

func newTargets(ctx context.Context, q querier, w data.Window, wrote map[data.PostID]place) (*targets, error) {
	t := &targets{kinds: interner{}, wrote: wrote}
	var topics, handles bool
	if err := q.QueryRowContext(ctx, anyOpenTopic, w.From.Unix(), w.To.Unix()).Scan(&topics); err != nil {
		return nil, err
	}
	if err := q.QueryRowContext(ctx, anyHandle, w.From.Unix(), w.To.Unix()).Scan(&handles); err != nil {
		return nil, err
	}
	if topics {
		if err := t.loadFirst(ctx, q); err != nil {
			return nil, err
		}
	}
	if wrote == nil {
		if err := t.loadPlaces(ctx, q, w); err != nil {
			return nil, err
		}
	}
	if !handles {
		return t, nil
	}
	return t, t.loadHandles(ctx, q)
}

// loadPlaces reads where all posts were written, where the interactions of w are so many that this
// costs less than looking up those they are found by.
func (t *targets) loadPlaces(ctx context.Context, q querier, w data.Window) error {
	var links, posts int
	if err := q.QueryRowContext(ctx, countLinks, w.From.Unix(), w.To.Unix()).Scan(&links); err != nil {
		return err
	}
	if err := q.QueryRowContext(ctx, countAllPosts).Scan(&posts); err != nil || links <= posts/fairPart {
		return err
	}
	t.wrote = make(map[data.PostID]place, posts)
	for after := int64(0); ; {
		var page packed
		var last sql.NullInt64
		if err := q.QueryRowContext(ctx, selectPlaces, after).Scan(&page.rest, &last); err != nil || !last.Valid {
			return err
		}
		for page.more() {
			t.wrote[page.id()] = place{author: page.id(), thread: page.id()}
		}
		if page.bad {
			return errPacked
		}
		after = last.Int64
	}
}

func (t *targets) loadFirst(ctx context.Context, q querier) error {
	type opening struct {
		id data.PostID
		at int64
	}
	t.first = map[data.ThreadID]data.AuthorID{}
	openings := map[data.ThreadID]opening{}
	return query(ctx, q, selectByThread, func(r scanner) error {
		var thread data.ThreadID
		var author data.AuthorID
		var o opening
		if err := r.Scan((*idColumn)(&thread), (*idColumn)(&author), (*idColumn)(&o.id), &o.at); err != nil {
			return err
		}
		old, seen := openings[thread]
		if !seen || o.at < old.at || o.at == old.at && bytes.Compare(o.id[:], old.id[:]) < 0 {
			openings[thread], t.first[thread] = o, author
		}
		return nil
	})
}

func (t *targets) loadHandles(ctx context.Context, q querier) error {
	t.handles, t.source = map[handle]data.AuthorID{}, map[data.AuthorID]int64{}
	return query(ctx, q, selectHandles, func(r scanner) error {
		var id data.AuthorID
		var source int64
		var names [3]string
		if err := r.Scan((*idColumn)(&id), &source, &names[0], &names[1], &names[2]); err != nil {
			return err
		}
		t.source[id] = source
		for _, name := range names {
			key := handle{source, foldHandle(name)}
			if other, taken := t.handles[key]; taken && other != id {
				id := data.AuthorID{}
				t.handles[key] = id
			} else if key.text != "" {
				t.handles[key] = id
			}
		}
		return nil
	})
}

func foldHandle(s string) string {
	return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(s), "@"))
}
