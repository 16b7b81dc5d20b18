package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"tribu/data"
)

const (
	forgetFailures = `DELETE FROM failure WHERE stage = 'analyse' AND subject IN (SELECT lower(hex(id)) FROM post WHERE author = ?)`
	forgetLinks    = `DELETE FROM interaction WHERE from_author = ?1 OR to_author = ?1 OR post IN (SELECT id FROM post WHERE author = ?1)
OR to_post IN (SELECT id FROM post WHERE author = ?1)`
	forgetHandles = `DELETE FROM interaction WHERE num IN (SELECT i.num FROM interaction AS i CROSS JOIN post AS p ON p.id = i.post
CROSS JOIN author AS a ON a.id = ?1 AND a.source = p.source
WHERE i.to_handle <> '' AND lower(i.to_handle) IN (lower(a.handle), lower(a.name), lower(a.native_id)))`
	forgetMembers    = `DELETE FROM member WHERE author = ?`
	forgetPosts      = `DELETE FROM post WHERE author = ?`
	forgetAuthor     = `UPDATE author SET native_id = '', handle = '', name = '', url = '', opted_out = 1 WHERE id = ?`
	selectPostsBy    = `SELECT id FROM post WHERE author = ?`
	selectAllTribes  = `SELECT run, ord, doc FROM tribe`
	updateTribe      = `UPDATE tribe SET doc = CAST(?3 AS TEXT) WHERE run = ?1 AND ord = ?2`
	removeAuthor     = `DELETE FROM author WHERE id = ?`
	selectForgetting = `SELECT key FROM meta WHERE key >= 'local.forget.' AND key < 'local.forget/'`
	deleteMeta       = `DELETE FROM meta WHERE key = ?`
	forgettingPrefix = `local.forget.`
)

// A Forgotten counts what went when a person was forgotten.
type Forgotten struct {
	Posts        int // written
	Memberships  int // in stored runs
	Interactions int // from and to the person
	Pages        int // raw answers that named the person
	Tasks        int // requests that named the person
	Threads      int // opened by the person: their titles went
	Failures     int
}

// OptOut removes the posts of an author and all that was heard in them, from stored runs too, the
// titles of conversations they opened and the raw pages that name them, and keeps out what comes
// later. The row that stays holds the id only; keyHash, the author's id hashed with the project's
// key, keeps the author out even where that row is gone. It returns what was deleted.
func (db *DB) OptOut(ctx context.Context, author data.AuthorID, keyHash []byte) (gone Forgotten, err error) {
	err = db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		if len(keyHash) > 0 {
			if err := db.suppress(ctx, tx, keyHash); err != nil {
				return err
			}
		}
		if err := db.suppressHandle(ctx, tx, author); err != nil {
			return err
		}
		var err error
		gone, err = db.forgetButID(ctx, tx, author)
		return err
	})
	if err == nil {
		err = db.scrub(ctx)
	}
	if err != nil {
		return gone, fmt.Errorf("opt out %s: %w", author, err)
	}
	return gone, nil
}

func authorOf(ctx context.Context, q querier, id data.AuthorID) (data.Author, error) {
	return scanAuthor(q.QueryRowContext(ctx, selectAuthor, id[:]))
}

// Forget removes a person: posts and what was heard in them, profile, memberships and mentions in
// stored runs, interactions from and to them, raw pages, requests, failures and the titles of
// threads that name them, and overwrites the bytes. What stays is a hash under the project's key
// that keeps them out. Killed in the middle, it finishes when the database is opened again.
func (db *DB) Forget(ctx context.Context, author data.AuthorID) (Forgotten, error) {
	if db.o.KeyHash == nil {
		return Forgotten{}, errors.New("forget: the project's key is needed")
	}
	if err := db.beginForget(ctx, author); err != nil {
		return Forgotten{}, fmt.Errorf("forget %s: %w", author, err)
	}
	gone, err := db.finishForget(ctx, author)
	if err != nil {
		return gone, fmt.Errorf("forget %s: %w", author, err)
	}
	return gone, nil
}

// beginForget notes the intent, and keeps the person out from here on.
func (db *DB) beginForget(ctx context.Context, author data.AuthorID) error {
	return db.write(ctx, func(ctx context.Context, tx *sql.Conn) error {
		if err := db.suppress(ctx, tx, db.o.KeyHash(author)); err != nil {
			return err
		}
		if err := db.suppressHandle(ctx, tx, author); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, upsertMeta, forgettingPrefix+author.String(), "begun")
		return err
	})
}

func (db *DB) finishForget(ctx context.Context, author data.AuthorID) (gone Forgotten, err error) {
	err = db.write(ctx, func(ctx context.Context, tx *sql.Conn) (err error) {
		gone, err = db.forgetAll(ctx, tx, author)
		return err
	})
	if err == nil {
		err = db.scrub(ctx)
	}
	if err == nil {
		_, err = db.pool.ExecContext(ctx, deleteMeta, forgettingPrefix+author.String())
	}
	if err == nil {
		err = db.emptyLog(ctx)
	}
	return gone, err
}

// scrub rewrites the file and empties the write-ahead log, so that no deleted byte is left in
// either: deleting alone leaves copies in pages that were once split.
func (db *DB) scrub(ctx context.Context) error {
	if _, err := db.pool.ExecContext(ctx, vacuum); err != nil {
		return explain(err)
	}
	return db.emptyLog(ctx)
}

// emptyLog writes the log back into the file, and fails where a reader holds it.
func (db *DB) emptyLog(ctx context.Context) error {
	var busy, frames, written int
	if err := db.pool.QueryRowContext(ctx, checkpoint).Scan(&busy, &frames, &written); err != nil {
		return explain(err)
	}
	if busy != 0 {
		return errors.New("another process reads the database: its log still holds what was deleted; run the command again when it has ended")
	}
	return nil
}

// resumeForgets finishes what a killed process had begun.
func (db *DB) resumeForgets(ctx context.Context) error {
	begun, err := texts(ctx, db.pool, selectForgetting)
	for _, key := range begun {
		var id data.AuthorID
		if id, err = data.ParseAuthorID(key[len(forgettingPrefix):]); err != nil {
			return err
		}
		if _, err = db.finishForget(ctx, id); err != nil {
			return fmt.Errorf("finish forgetting: %w", err)
		}
	}
	return err
}

// forgetRows removes all of an author but the id: posts and what was heard in them, the names of
// problems and titles of conversations in their words, interactions, places in stored runs.
func (db *DB) forgetRows(ctx context.Context, tx *sql.Conn, author data.AuthorID) (gone Forgotten, err error) {
	if err := db.suppressNames(ctx, tx, author); err != nil {
		return gone, err
	}
	names, err := coinedBy(ctx, tx, author)
	if err != nil {
		return gone, err
	}
	if err := forgetNames(ctx, tx, names); err != nil {
		return gone, err
	}
	if err := forgetInTribes(ctx, tx, author, names); err != nil {
		return gone, err
	}
	if gone.Threads, err = db.forgetThreads(ctx, tx, author); err != nil {
		return gone, err
	}
	handles := 0
	for _, step := range []struct {
		text string
		n    *int
	}{
		{forgetFailures, &gone.Failures}, {forgetHandles, &handles}, {forgetLinks, &gone.Interactions},
		{forgetMembers, &gone.Memberships}, {forgetDecided, nil}, {forgetPosts, &gone.Posts}, {forgetAuthor, nil},
	} {
		r, err := tx.ExecContext(ctx, step.text, author[:])
		if err != nil {
			return gone, err
		}
		n, err := r.RowsAffected()
		if err != nil {
			return gone, err
		}
		if step.n != nil {
			*step.n = int(n)
		}
	}
	gone.Interactions += handles
	return gone, nil
}

// forgetInTribes takes an author, their posts and the names they coined out of the tribes of stored runs.
func forgetInTribes(ctx context.Context, tx *sql.Conn, author data.AuthorID, names *coined) error {
	theirs := map[data.PostID]bool{}
	err := query(ctx, tx, selectPostsBy, func(r scanner) error {
		var id data.PostID
		err := r.Scan((*idColumn)(&id))
		theirs[id] = true
		return err
	}, author[:])
	if err != nil {
		return err
	}
	return rewrite(ctx, tx, selectAllTribes, updateTribe, func(ctx context.Context, doc []byte) ([]byte, error) {
		var t data.Tribe
		if err := json.Unmarshal(doc, &t); err != nil {
			return nil, err
		}
		found := withoutAuthor(&t, author, theirs)
		for i := range t.Needs {
			thing, err := names.instead(ctx, t.Needs[i].Topic)
			if err != nil {
				return nil, err
			}
			t.Needs[i].Topic, found = thing, found || thing != t.Needs[i].Topic
		}
		if !found {
			return nil, nil
		}
		return json.Marshal(&t)
	})
}

// withoutAuthor takes an author and their posts out of t and reports whether they were in it.
func withoutAuthor(t *data.Tribe, author data.AuthorID, theirs map[data.PostID]bool) bool {
	exemplars, central := len(t.Exemplars), len(t.Central)
	t.Exemplars = slices.DeleteFunc(t.Exemplars, func(id data.PostID) bool { return theirs[id] })
	t.Central = slices.DeleteFunc(t.Central, func(id data.AuthorID) bool { return id == author })
	found := len(t.Exemplars) < exemplars || len(t.Central) < central
	for i := range t.Needs {
		if theirs[t.Needs[i].Evidence] {
			t.Needs[i].Evidence, found = data.PostID{}, true
		}
	}
	return found
}
