package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tribu/data"
)

var epoch = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return epoch }

// create opens a new database that the test closes and checks at its end.
func create(t testing.TB) *DB {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "sub", "tribu.db"), Options{Create: true, Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if found, err := db.Check(context.Background()); err != nil || len(found) > 0 {
			t.Errorf("Check at the end of the test: %v, %v", found, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func save(t testing.TB, db *DB, b data.Batch) data.Saved {
	t.Helper()
	saved, err := db.Save(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func digest(t testing.TB, db *DB) string {
	t.Helper()
	got, err := db.Digest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func author(name string) data.Author {
	return data.Author{ID: data.NewAuthorID("forum", name), Source: "forum", NativeID: name, Handle: name, Name: "Name of " + name}
}

func post(native, by string, minute int) data.Post {
	return data.Post{ID: data.NewPostID("forum", native), Source: "forum", NativeID: native, Author: data.NewAuthorID("forum", by),
		Thread: data.NewThreadID("forum", "t"), CreatedAt: epoch.Add(time.Duration(minute) * time.Minute), Title: "About " + native,
		Body: "Body of " + native, Format: data.FormatText, URL: "https://forum.example/" + native, LangHint: data.LangEN, Place: "general"}
}

// community is n posts by a few authors with interactions of every kind.
func community(n int) data.Batch {
	var b data.Batch
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 7 {
		b.Authors = append(b.Authors, author(fmt.Sprint("a", i)))
	}
	for i := range 5 {
		id := fmt.Sprint("t", i)
		b.Threads = append(b.Threads, data.Thread{ID: data.NewThreadID("forum", id), Source: "forum", NativeID: id, Title: "Thread " + id})
	}
	for i := range n {
		p := post(fmt.Sprint("p", i), fmt.Sprint("a", r.IntN(7)), i/3)
		p.Thread = b.Threads[r.IntN(5)].ID
		b.Posts = append(b.Posts, p)
		in := data.Interaction{Post: p.ID, From: p.Author, At: p.CreatedAt}
		switch r.IntN(5) {
		case 0:
			in.Kind, in.ToPost = data.Reply, data.NewPostID("forum", fmt.Sprint("p", r.IntN(n)))
		case 1:
			in.Kind, in.ToHandle = data.Mention, strings.ToUpper(fmt.Sprint("A", r.IntN(7)))
		case 2:
			in.Kind, in.To = data.Boost, data.NewAuthorID("forum", fmt.Sprint("a", r.IntN(7)))
		case 3:
			in.Kind = data.Topic
		default:
			continue
		}
		b.Interactions = append(b.Interactions, in)
	}
	return b
}

func TestOpenRefusesWhatIsNotItsOwn(t *testing.T) {
	folder := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	garbage := write("garbage.db", strings.Repeat("not a database ", 500))
	foreign := filepath.Join(folder, "foreign.db")
	makeForeign(t, foreign, `CREATE TABLE bookmarks (url TEXT)`)
	future := filepath.Join(folder, "future.db")
	db, err := Open(t.Context(), future, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	makeForeign(t, future, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
	for _, c := range []struct {
		name, path string
		options    Options
		is         error
		says       string
	}{
		{"a missing file", filepath.Join(folder, "none.db"), Options{}, data.ErrNotFound, "none.db"},
		{"a missing file to read", filepath.Join(folder, "none.db"), Options{ReadOnly: true, Create: true}, data.ErrNotFound, "none.db"},
		{"a folder", folder, Options{Create: true}, nil, "not a regular file"},
		{"garbage", garbage, Options{Create: true}, nil, "not an SQLite database"},
		{"somebody else's database", foreign, Options{Create: true}, nil, "not one of tribu's"},
		{"a future version", future, Options{Create: true}, data.ErrFutureSchema, "99999"},
		{"an empty file to read", write("empty.db", ""), Options{ReadOnly: true}, nil, "empty"},
	} {
		before, _ := os.ReadFile(c.path)
		db, err := Open(t.Context(), c.path, c.options)
		if err == nil {
			db.Close()
			t.Errorf("Open(%s) succeeded, want an error", c.name)
			continue
		}
		if c.is != nil && !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("Open(%s) = %v, want %v that says %q", c.name, err, c.is, c.says)
		}
		if after, _ := os.ReadFile(c.path); string(after) != string(before) {
			t.Errorf("Open(%s) changed the file", c.name)
		}
	}
}

func TestFilesArePrivate(t *testing.T) {
	db := create(t)
	for path, want := range map[string]os.FileMode{db.Path(): 0o600, filepath.Dir(db.Path()): 0o700 | os.ModeDir} {
		info, err := os.Stat(path)
		if err != nil || info.Mode() != want {
			t.Errorf("mode of %s: %v, %v, want %v", path, info.Mode(), err, want)
		}
	}
}

func TestSaveTwiceChangesNothing(t *testing.T) {
	db := create(t)
	b := community(100)
	if got, want := save(t, db, b), (data.Saved{New: 100}); got != want {
		t.Errorf("first Save = %+v, want %+v", got, want)
	}
	before := digest(t, db)
	if got, want := save(t, db, b), (data.Saved{Unchanged: 100}); got != want {
		t.Errorf("second Save = %+v, want %+v", got, want)
	}
	if got := digest(t, db); got != before {
		t.Errorf("digest after the second Save = %s, want %s", got, before)
	}
}

func TestReadOnlyReadsWhatWasWritten(t *testing.T) {
	db := create(t)
	save(t, db, community(20))
	r, err := Open(t.Context(), db.Path(), Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, want := digest(t, r), digest(t, db); got != want {
		t.Errorf("digest read-only = %s, want %s", got, want)
	}
	if _, err := r.Save(t.Context(), community(21)); err == nil {
		t.Error("Save succeeded on a database opened read-only")
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := r.Backup(t.Context(), copied); err != nil {
		t.Errorf("Backup of a database opened read-only: %v", err)
	}
}

// makeForeign runs a statement on the file at path, past the store.
func makeForeign(t testing.TB, path, statement string) {
	t.Helper()
	pool := sql.OpenDB(newConnector(path, Options{}))
	defer pool.Close()
	if _, err := pool.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
