package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"

	"tribu/data"
)

// Save stores a batch in one transaction, or nothing of it. Posts replace stored ones of the same
// id; within a batch the last of an id wins. A post takes the place of what it showed before: the
// stored interactions from its author in it. Nothing by or to an author who opted out is kept. A
// post in Tombstones keeps its row, without text and without what its author did in it, also where
// it arrives later.
func (db *DB) Save(ctx context.Context, b data.Batch) (data.Saved, error) {
	saved, err := db.SaveAll(ctx, []data.Batch{b})
	if err != nil {
		return data.Saved{}, err
	}
	return saved[0], nil
}

// SaveAll stores batches one after the other as Save does, all in one transaction, or nothing of
// any. It returns what each changed.
func (db *DB) SaveAll(ctx context.Context, all []data.Batch) ([]data.Saved, error) {
	var saved []data.Saved
	sources := map[string]int64{}
	err := db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		s := newSaver(db, tx, sources)
		for s.rest = all; len(s.rest) > 0; s.rest = s.rest[1:] {
			if err := s.save(ctx, &s.rest[0]); err != nil {
				return err
			}
			saved = append(saved, s.saved)
		}
		return s.close(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("save batch: %w", err)
	}
	for i := range all {
		db.release(all[i].Finished)
	}
	db.remember(sources)
	return saved, nil
}

// A saver takes batches into the database, one after the other.
type saver struct {
	db      *DB
	tx      *sql.Conn
	now     int64 // Unix seconds
	sources map[string]int64
	rest    []data.Batch           // the batch in hand and those after it
	known   *known                 // what is stored of all that rest names
	queue   queue                  // rows that are not written yet
	cursors map[int64]*data.Cursor // of sources, neither

	crawling bool                   // the batch in hand is a crawl's
	oldest   int64                  // first sight of the oldest post of the batch; 0: it has none
	out      map[data.AuthorID]bool // authors of the batch who opted out
	dropped  map[data.PostID]bool   // posts not kept for that reason
	opened   map[data.ThreadID]bool // threads that those who opted out began
	saved    data.Saved
}

func newSaver(db *DB, tx *sql.Conn, sources map[string]int64) *saver {
	now := db.o.Now().Unix()
	return &saver{db: db, tx: tx, now: now, sources: sources, queue: newQueue(tx, now), cursors: map[int64]*data.Cursor{}}
}

func (s *saver) save(ctx context.Context, b *data.Batch) error {
	if s.known == nil || s.known.outdated(b) {
		if err := s.look(ctx); err != nil {
			return fmt.Errorf("what is stored: %w", err)
		}
	}
	s.crawling, s.oldest, s.saved = b.Cursor != nil, 0, data.Saved{}
	s.out, s.dropped, s.opened = map[data.AuthorID]bool{}, map[data.PostID]bool{}, map[data.ThreadID]bool{}
	posts := b.Posts
	if !s.known.once {
		posts = lastOf(posts, func(p *data.Post) data.PostID { return p.ID })
	}
	steps := []struct {
		what string
		do   func() error
	}{
		{"authors", func() error { return s.authors(ctx, b) }},
		{"posts of those who opted out", func() error { s.drop(posts); return nil }},
		{"threads", func() error { return s.threads(ctx, b.Threads) }},
		{"deletions", func() error { return s.tombstones(ctx, b.Tombstones) }},
		{"posts", func() error { return s.posts(ctx, posts) }},
		{"interactions", func() error { return s.interactions(ctx, posts, b.Interactions) }},
		{"pages", func() error { return s.pages(ctx, s.freeOf(b.Pages)) }},
		{"finished tasks", func() error { return s.finish(ctx, b.Finished) }},
		{"tasks", func() error { return s.enqueue(ctx, b.Tasks) }},
		{"cursor", func() error { return s.cursor(ctx, b) }},
		{"failures", func() error { return saveFailures(ctx, s.tx, b.Failures) }},
	}
	for _, step := range steps {
		if err := step.do(); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return nil
}

// drop marks the posts that are not kept, and the threads they open.
func (s *saver) drop(posts []data.Post) {
	for i := range posts {
		if s.out[posts[i].Author] {
			s.dropped[posts[i].ID] = true
			s.opened[posts[i].Thread] = s.opened[posts[i].Thread] || posts[i].Parent.IsZero()
		}
	}
}

// freeOf returns the pages of the batch, none where they show somebody who opted out.
func (s *saver) freeOf(pages []data.Page) []data.Page {
	for _, out := range s.out {
		if out {
			return nil
		}
	}
	return pages
}

const (
	selectSources = `SELECT name, num FROM source`
	selectSource  = `SELECT num FROM source WHERE name = ?`
	insertSource  = `INSERT INTO source (name) VALUES (?) RETURNING num`
)

func loadSources(ctx context.Context, q querier) (map[string]int64, error) {
	all := map[string]int64{}
	err := query(ctx, q, selectSources, func(r scanner) error {
		var name string
		var num int64
		err := r.Scan(&name, &num)
		all[name] = num
		return err
	})
	return all, err
}

// source returns the number of the source called name, which it makes known where it is new.
func (s *saver) source(ctx context.Context, name string) (int64, error) {
	if num, ok := s.sources[name]; ok {
		return num, nil
	}
	num, ok := s.db.numberOf(name)
	if ok {
		s.sources[name] = num
		return num, nil
	}
	err := s.tx.QueryRowContext(ctx, selectSource, name).Scan(&num)
	if errors.Is(err, sql.ErrNoRows) {
		err = s.tx.QueryRowContext(ctx, insertSource, name).Scan(&num)
	}
	if err != nil {
		return 0, fmt.Errorf("add source %q: %w", name, err)
	}
	s.sources[name] = num
	return num, nil
}

// numberOf returns the number of a source that is known to be stored.
func (db *DB) numberOf(name string) (num int64, ok bool) {
	db.mu.Lock()
	defer db.mu.Unlock()
	num, ok = db.known[name]
	return num, ok
}

// remember keeps numbers of sources that are stored for good.
func (db *DB) remember(sources map[string]int64) {
	db.mu.Lock()
	defer db.mu.Unlock()
	maps.Copy(db.known, sources)
}

// lastOf returns all without those that another of the same id follows.
func lastOf[T any, ID comparable](all []T, id func(*T) ID) []T {
	last := make(map[ID]int, len(all))
	for i := range all {
		last[id(&all[i])] = i
	}
	if len(last) == len(all) {
		return all
	}
	kept := make([]T, 0, len(last))
	for i := range all {
		if last[id(&all[i])] == i {
			kept = append(kept, all[i])
		}
	}
	return kept
}
