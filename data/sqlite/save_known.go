package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"tribu/data"
)

// known is what the database has of all that a run of batches names, read at once. Who writes
// authors and threads keeps it up to date; posts that are written are only noted.
type known struct {
	authors map[data.AuthorID]data.Author
	threads map[data.ThreadID]data.Thread
	posts   map[data.PostID]storedPost
	gone    map[data.PostID]bool // deleted upstream
	written map[data.PostID]bool // since, and what they show
	next    int64                // row number of the next post
	once    bool                 // no post is named twice

	optedOut   bool // one of the authors
	suppresses bool // somebody is suppressed
	keyless    bool // somebody is, under a key that is not there
}

// outdated reports whether b names a post that was written since.
func (k *known) outdated(b *data.Batch) bool {
	if len(k.written) == 0 {
		return false
	}
	return slices.ContainsFunc(b.Posts, func(p data.Post) bool { return k.written[p.ID] }) ||
		slices.ContainsFunc(b.Tombstones, func(id data.PostID) bool { return k.written[id] }) ||
		slices.ContainsFunc(b.Interactions, func(i data.Interaction) bool { return k.written[i.Post] })
}

// note keeps in mind that a post, or what it shows, was written, where that concerns a later batch.
func (s *saver) note(id data.PostID) {
	if len(s.rest) > 1 {
		s.known.written[id] = true
	}
}

// look writes what is queued and reads what is stored of all that the rest of the batches name.
func (s *saver) look(ctx context.Context) error {
	if err := s.queue.flush(ctx); err != nil {
		return err
	}
	k := &known{authors: map[data.AuthorID]data.Author{}, threads: map[data.ThreadID]data.Thread{}, written: map[data.PostID]bool{}}
	var authors []data.AuthorID
	var threads []data.ThreadID
	var posts []data.PostID
	for i := range s.rest {
		b := &s.rest[i]
		authors = append(authors, namedAuthors(b)...)
		for j := range b.Threads {
			threads = append(threads, b.Threads[j].ID)
		}
		for j := range b.Posts {
			posts = append(posts, b.Posts[j].ID)
		}
		posts = append(posts, b.Tombstones...)
	}
	named := len(posts)
	posts = inOrder(posts)
	k.once = len(posts) == named
	err := authorsIn(ctx, s.tx, inOrder(authors), func(a data.Author) { k.authors[a.ID], k.optedOut = a, k.optedOut || a.OptedOut })
	if err == nil {
		err = threadsIn(ctx, s.tx, inOrder(threads), k.threads)
	}
	if err == nil {
		k.posts, k.gone, err = stored(ctx, s.tx, posts)
	}
	if err == nil {
		err = s.tx.QueryRowContext(ctx, selectNextNum).Scan(&k.next)
	}
	if err == nil {
		err = s.readSuppression(ctx, k)
	}
	s.known = k
	return err
}

// inOrder returns ids each once, in the order in which indexes hold them.
func inOrder[T ~[16]byte](ids []T) []T {
	slices.SortFunc(ids, func(a, b T) int {
		if c := cmp.Compare(binary.BigEndian.Uint64(a[:8]), binary.BigEndian.Uint64(b[:8])); c != 0 {
			return c
		}
		return bytes.Compare(a[8:], b[8:])
	})
	return slices.Compact(ids)
}

// A queue holds the rows of several tables until there are enough of them to be written together.
// What is new and what changes again before it is written may be written in any order: the change
// is a whole row, and the older row leaves it alone.
type queue struct{ newAuthors, authors, newThreads, threads, posts, texts, links, pages, tasks *multi }

func newQueue(tx querier, now int64) queue {
	return queue{newMulti(tx, insertAuthor), newMulti(tx, upsertAuthor), newMulti(tx, insertThread), newMulti(tx, upsertThread),
		newMulti(tx, insertPost, now), newMulti(tx, insertText), newMulti(tx, insertInteraction), newMulti(tx, upsertPage), newMulti(tx, insertTask)}
}

func either(known bool, stored, fresh *multi) *multi {
	if known {
		return stored
	}
	return fresh
}

func (q queue) flush(ctx context.Context) error {
	for _, m := range []*multi{q.newAuthors, q.authors, q.newThreads, q.threads, q.posts, q.texts, q.links, q.pages, q.tasks} {
		if err := m.flush(ctx); err != nil {
			return err
		}
	}
	return nil
}
