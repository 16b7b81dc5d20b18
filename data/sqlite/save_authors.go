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
	insertAuthor = `INSERT OR FAIL INTO author (id, source, native_id, handle, name, url, opted_out) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	upsertAuthor = `INSERT INTO author (id, source, native_id, handle, name, url, opted_out) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET native_id = excluded.native_id, handle = excluded.handle, name = excluded.name,
url = excluded.url, opted_out = excluded.opted_out`
	selectSuppressed = `SELECT count(*) FROM suppression WHERE key_hash = ?`
	anySuppressed    = `SELECT EXISTS (SELECT 1 FROM suppression)`
	selectThreadsIn  = `SELECT t.id, s.name, t.native_id, t.title, t.url, t.place
FROM json_each(?) AS j CROSS JOIN thread AS t ON t.id = unhex(j.value) CROSS JOIN source AS s ON s.num = t.source`
	insertThread = `INSERT OR FAIL INTO thread (id, source, native_id, title, url, place) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	upsertThread = `INSERT INTO thread (id, source, native_id, title, url, place) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET native_id = excluded.native_id, title = excluded.title, url = excluded.url, place = excluded.place`
)

// authors stores what is new about the authors of the batch and finds out who of all that it names
// opted out. An empty field tells nothing: it leaves the stored one.
func (s *saver) authors(ctx context.Context, b *data.Batch) error {
	told := mergeAuthors(b.Authors)
	if s.known.optedOut || s.known.suppresses || s.known.keyless {
		named := namedAuthors(b)
		for _, id := range named {
			s.out[id] = s.known.authors[id].OptedOut
		}
		if err := s.suppressed(ctx, named, told); err != nil {
			return err
		}
	}
	for _, a := range told {
		if before, known := s.known.authors[a.ID]; s.out[a.ID] && (!known || before.OptedOut) {
			continue
		}
		if err := s.author(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func (s *saver) author(ctx context.Context, a data.Author) error {
	before, known := s.known.authors[a.ID]
	if a.OptedOut || s.out[a.ID] {
		s.out[a.ID] = true
		if known {
			if err := s.forget(ctx, a.ID); err != nil {
				return err
			}
		}
		a = data.Author{ID: a.ID, Source: a.Source, OptedOut: true}
	} else if a = mergeAuthor(before, a); a == before {
		return nil
	}
	s.known.authors[a.ID], s.known.optedOut = a, s.known.optedOut || a.OptedOut
	source, err := s.source(ctx, a.Source)
	if err != nil {
		return err
	}
	return either(known, s.queue.authors, s.queue.newAuthors).add(ctx, a.ID[:], source, a.NativeID, a.Handle, a.Name, a.URL, toInt(a.OptedOut))
}

// forget removes what is stored of an author who opted out.
func (s *saver) forget(ctx context.Context, id data.AuthorID) error {
	if err := s.queue.flush(ctx); err != nil {
		return err
	}
	if err := forgetAnswers(ctx, s.tx, id); err != nil {
		return err
	}
	gone, err := s.db.forgetRows(ctx, s.tx, id)
	s.saved.OptedOut += gone.Posts
	if err != nil {
		return err
	}
	return s.look(ctx)
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

func namedAuthors(b *data.Batch) []data.AuthorID {
	seen := make(map[data.AuthorID]bool, len(b.Authors))
	var named []data.AuthorID
	add := func(id data.AuthorID) {
		if !seen[id] && !id.IsZero() {
			seen[id] = true
			named = append(named, id)
		}
	}
	for i := range b.Authors {
		add(b.Authors[i].ID)
	}
	for i := range b.Posts {
		add(b.Posts[i].Author)
	}
	for i := range b.Interactions {
		add(b.Interactions[i].From)
		add(b.Interactions[i].To)
	}
	return named
}

var errKey = errors.New("people opted out under a key of the project that is not there now: " +
	"put the old key back, else they would be collected and named again")

// readSuppression finds out whether somebody is suppressed, and under the key that is there.
func (s *saver) readSuppression(ctx context.Context, k *known) error {
	if err := s.tx.QueryRowContext(ctx, anySuppressed).Scan(&k.suppresses); err != nil || !k.suppresses {
		return err
	}
	same := false
	if s.db.o.KeyHash != nil {
		var err error
		if same, err = s.inSuppression(ctx, data.AuthorID{}); err != nil {
			return err
		}
	}
	k.suppresses, k.keyless = same, !same
	return nil
}

// suppressed marks the authors whose keyed hash, or whose handle's, was suppressed. It is an error
// where that cannot be told because the key is another one now.
func (s *saver) suppressed(ctx context.Context, named []data.AuthorID, told []data.Author) error {
	if s.known.keyless && len(named) > 0 {
		return errKey
	}
	if !s.known.suppresses {
		return nil
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
	if !s.known.suppresses {
		return false, nil
	}
	return s.inSuppression(ctx, id)
}

func (s *saver) inSuppression(ctx context.Context, id data.AuthorID) (bool, error) {
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
	if s.known.keyless && len(all) > 0 {
		return errKey
	}
	var retitled []data.ThreadID
	for _, t := range all {
		if out, err := s.isSuppressed(ctx, data.AuthorID(t.ID)); err != nil {
			return err
		} else if out || s.opened[t.ID] {
			t.Title, t.URL = "", ""
			if err := s.db.suppressThread(ctx, s.tx, t.ID); err != nil {
				return err
			}
		}
		before, known := s.known.threads[t.ID]
		t.Source, t.NativeID = cmp.Or(before.Source, t.Source), cmp.Or(t.NativeID, before.NativeID)
		t.Title, t.URL, t.Place = cmp.Or(t.Title, before.Title), cmp.Or(t.URL, before.URL), cmp.Or(t.Place, before.Place)
		if t == before {
			continue
		}
		if known && t.Title != before.Title {
			retitled = append(retitled, t.ID)
		}
		s.known.threads[t.ID] = t
		source, err := s.source(ctx, t.Source)
		if err != nil {
			return err
		}
		if err := either(known, s.queue.threads, s.queue.newThreads).add(ctx, t.ID[:], source, t.NativeID, t.Title, t.URL, t.Place); err != nil {
			return err
		}
	}
	return unhearThreads(ctx, s.tx, retitled)
}

const (
	anyAnnotation  = `SELECT EXISTS (SELECT 1 FROM annotation)`
	unhearHeadless = `DELETE FROM annotation WHERE post IN (SELECT p.id FROM post AS p CROSS JOIN post_text AS t ON t.num = p.num
WHERE p.thread IN (SELECT unhex(j.value) FROM json_each(?) AS j) AND t.title = '' AND p.expired = 0)`
)

// unhearThreads forgets what was heard in posts that have their title from one of the threads,
// which has another now.
func unhearThreads(ctx context.Context, tx *sql.Conn, ids []data.ThreadID) error {
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
