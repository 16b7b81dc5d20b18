package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"tribu/data"
)

const (
	selectAuthorsIn = `SELECT a.id, s.name, a.native_id, a.handle, a.name, a.url, a.opted_out
FROM json_each(?) AS j CROSS JOIN author AS a ON a.id = unhex(j.value) CROSS JOIN source AS s ON s.num = a.source`
	upsertAuthor = `INSERT INTO author (id, source, native_id, handle, name, url, opted_out) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET native_id = excluded.native_id, handle = excluded.handle, name = excluded.name,
url = excluded.url, opted_out = excluded.opted_out`
	selectSuppressed = `SELECT count(*) FROM suppression WHERE key_hash = ?`
	anySuppressed    = `SELECT EXISTS (SELECT 1 FROM suppression)`
	selectThreadsIn  = `SELECT t.id, s.name, t.native_id, t.title, t.url, t.place
FROM json_each(?) AS j CROSS JOIN thread AS t ON t.id = unhex(j.value) CROSS JOIN source AS s ON s.num = t.source`
	upsertThread = `INSERT INTO thread (id, source, native_id, title, url, place) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET native_id = excluded.native_id, title = excluded.title, url = excluded.url, place = excluded.place`
)

// authors stores what is new about the authors of the batch and finds out who of all that it names
// opted out. An empty field tells nothing: it leaves the stored one.
func (s *saver) authors(ctx context.Context, all []data.Author, posts []data.Post, links []data.Interaction) error {
	told := mergeAuthors(all)
	named := namedAuthors(told, posts, links)
	stored := make(map[data.AuthorID]data.Author, len(named))
	if err := authorsIn(ctx, s.tx, named, func(a data.Author) { stored[a.ID] = a }); err != nil {
		return err
	}
	for id, a := range stored {
		s.out[id] = a.OptedOut
	}
	if err := s.suppressed(ctx, named, told); err != nil {
		return err
	}
	for _, a := range told {
		if _, known := stored[a.ID]; s.out[a.ID] && (!known || stored[a.ID].OptedOut) {
			continue
		}
		if err := s.author(ctx, a, stored); err != nil {
			return err
		}
	}
	return nil
}

func (s *saver) author(ctx context.Context, a data.Author, stored map[data.AuthorID]data.Author) error {
	before, known := stored[a.ID]
	if a.OptedOut || s.out[a.ID] {
		s.out[a.ID] = true
		if known {
			if err := forgetAnswers(ctx, s.tx.Tx, a.ID); err != nil {
				return err
			}
			gone, err := s.db.forgetRows(ctx, s.tx.Tx, a.ID)
			s.saved.OptedOut += gone.Posts
			if err != nil {
				return err
			}
		}
		a = data.Author{ID: a.ID, Source: a.Source, OptedOut: true}
	} else if a = mergeAuthor(before, a); a == before {
		return nil
	}
	source, err := s.source(ctx, a.Source)
	if err != nil {
		return err
	}
	_, err = s.tx.ExecContext(ctx, upsertAuthor, a.ID[:], source, a.NativeID, a.Handle, a.Name, a.URL, toInt(a.OptedOut))
	return err
}

// mergeAuthors tells once what a batch tells about each author, in order of first mention.
func mergeAuthors(all []data.Author) []data.Author {
	at := make(map[data.AuthorID]int, len(all))
	var merged []data.Author
	for _, a := range all {
		if i, ok := at[a.ID]; ok {
			merged[i] = mergeAuthor(merged[i], a)
			continue
		}
		at[a.ID] = len(merged)
		merged = append(merged, a)
	}
	return merged
}

func mergeAuthor(old, a data.Author) data.Author {
	a.Source, a.NativeID = cmp.Or(old.Source, a.Source), cmp.Or(a.NativeID, old.NativeID)
	a.Handle, a.Name, a.URL = cmp.Or(a.Handle, old.Handle), cmp.Or(a.Name, old.Name), cmp.Or(a.URL, old.URL)
	a.OptedOut = a.OptedOut || old.OptedOut
	return a
}

func namedAuthors(told []data.Author, posts []data.Post, links []data.Interaction) []data.AuthorID {
	seen := make(map[data.AuthorID]bool, len(told))
	var named []data.AuthorID
	add := func(id data.AuthorID) {
		if !seen[id] && !id.IsZero() {
			seen[id] = true
			named = append(named, id)
		}
	}
	for i := range told {
		add(told[i].ID)
	}
	for i := range posts {
		add(posts[i].Author)
	}
	for i := range links {
		add(links[i].From)
		add(links[i].To)
	}
	return named
}

var errKey = errors.New("people opted out under a key of the project that is not there now: " +
	"put the old key back, else they would be collected again")

// suppressed marks the authors whose keyed hash, or whose handle's, was suppressed. It is an error
// where that cannot be told because the key is another one now.
func (s *saver) suppressed(ctx context.Context, named []data.AuthorID, told []data.Author) error {
	if err := s.tx.QueryRowContext(ctx, anySuppressed).Scan(&s.suppresses); err != nil || !s.suppresses {
		return err
	}
	same := false
	if s.db.o.KeyHash != nil {
		var err error
		if same, err = s.isSuppressed(ctx, data.AuthorID{}); err != nil {
			return err
		}
	}
	if !same {
		s.suppresses, s.keyless = false, true
		if len(named) > 0 {
			return errKey
		}
	}
	for _, id := range named {
		out, err := s.isSuppressed(ctx, id)
		if err != nil {
			return err
		}
		s.out[id] = s.out[id] || out
	}
	for _, a := range told {
		if a.Handle == "" || s.out[a.ID] {
			continue
		}
		out, err := s.isSuppressed(ctx, handleID(a.Source, a.Handle))
		if err != nil {
			return err
		}
		s.out[a.ID] = out
	}
	return nil
}

// isSuppressed reports whether the keyed hash of id was suppressed.
func (s *saver) isSuppressed(ctx context.Context, id data.AuthorID) (bool, error) {
	if !s.suppresses {
		return false, nil
	}
	var n int
	if err := s.tx.QueryRowContext(ctx, selectSuppressed, s.db.o.KeyHash(id)).Scan(&n); err != nil {
		return false, fmt.Errorf("look up suppression: %w", err)
	}
	return n > 0, nil
}

func authorsIn(ctx context.Context, q querier, ids []data.AuthorID, each func(data.Author)) error {
	if len(ids) == 0 {
		return nil
	}
	return query(ctx, q, selectAuthorsIn, func(r scanner) error {
		a, err := scanAuthor(r)
		each(a)
		return err
	}, hexList(ids))
}

func scanAuthor(r scanner) (a data.Author, err error) {
	err = r.Scan((*idColumn)(&a.ID), &a.Source, &a.NativeID, &a.Handle, &a.Name, &a.URL, &a.OptedOut)
	return a, err
}

// threads stores what is new about the threads of the batch; an empty field tells nothing.
func (s *saver) threads(ctx context.Context, all []data.Thread) error {
	if s.keyless && len(all) > 0 {
		return errKey
	}
	ids := make([]data.ThreadID, 0, len(all))
	for i := range all {
		ids = append(ids, all[i].ID)
	}
	var retitled []data.ThreadID
	stored := make(map[data.ThreadID]data.Thread, len(all))
	if err := threadsIn(ctx, s.tx, ids, stored); err != nil {
		return err
	}
	for _, t := range all {
		if out, err := s.isSuppressed(ctx, data.AuthorID(t.ID)); err != nil {
			return err
		} else if out || s.opened[t.ID] {
			t.Title, t.URL = "", ""
			if err := s.db.suppressThread(ctx, s.tx.Tx, t.ID); err != nil {
				return err
			}
		}
		before, known := stored[t.ID]
		t.Source, t.NativeID = cmp.Or(before.Source, t.Source), cmp.Or(t.NativeID, before.NativeID)
		t.Title, t.URL, t.Place = cmp.Or(t.Title, before.Title), cmp.Or(t.URL, before.URL), cmp.Or(t.Place, before.Place)
		if t == before {
			continue
		}
		if known && t.Title != before.Title {
			retitled = append(retitled, t.ID)
		}
		stored[t.ID] = t
		source, err := s.source(ctx, t.Source)
		if err != nil {
			return err
		}
		if _, err := s.tx.ExecContext(ctx, upsertThread, t.ID[:], source, t.NativeID, t.Title, t.URL, t.Place); err != nil {
			return err
		}
	}
	return unhearThreads(ctx, s.tx.Tx, retitled)
}

const (
	anyAnnotation  = `SELECT EXISTS (SELECT 1 FROM annotation)`
	unhearHeadless = `DELETE FROM annotation WHERE post IN (SELECT p.id FROM post AS p CROSS JOIN post_text AS t ON t.num = p.num
WHERE p.thread IN (SELECT unhex(j.value) FROM json_each(?) AS j) AND t.title = '' AND p.expired = 0)`
)

// unhearThreads forgets what was heard in posts that have their title from one of the threads,
// which has another now.
func unhearThreads(ctx context.Context, tx *sql.Tx, ids []data.ThreadID) error {
	if len(ids) == 0 {
		return nil
	}
	var any bool
	if err := tx.QueryRowContext(ctx, anyAnnotation).Scan(&any); err != nil || !any {
		return err
	}
	_, err := tx.ExecContext(ctx, unhearHeadless, hexList(ids))
	return err
}

func threadsIn(ctx context.Context, q querier, ids []data.ThreadID, into map[data.ThreadID]data.Thread) error {
	if len(ids) == 0 {
		return nil
	}
	return query(ctx, q, selectThreadsIn, func(r scanner) error {
		var t data.Thread
		err := r.Scan((*idColumn)(&t.ID), &t.Source, &t.NativeID, &t.Title, &t.URL, &t.Place)
		into[t.ID] = t
		return err
	}, hexList(ids))
}
