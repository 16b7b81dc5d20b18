package sqlite

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
)

func TestEdit(t *testing.T) {
	db := create(t)
	p := post("p", "anna", 0)
	save(t, db, data.Batch{Posts: []data.Post{p}})
	annotate(t, db, p.ID)
	p.Views = 5
	if got, want := save(t, db, data.Batch{Posts: []data.Post{p}}), (data.Saved{Unchanged: 1}); got != want {
		t.Errorf("Save of more views = %+v, want %+v", got, want)
	}
	if n, err := db.CountUnanalysed(t.Context(), "v1"); n != 0 || err != nil {
		t.Errorf("to analyse after more views: %d, %v, want 0", n, err)
	}
	p.Body = "Edited"
	if got, want := save(t, db, data.Batch{Posts: []data.Post{p}}), (data.Saved{Changed: 1}); got != want {
		t.Errorf("Save of an edit = %+v, want %+v", got, want)
	}
	if n, err := db.CountUnanalysed(t.Context(), "v1"); n != 1 || err != nil {
		t.Errorf("to analyse after an edit: %d, %v, want 1", n, err)
	}
}

func TestLastOfABatchWins(t *testing.T) {
	db := create(t)
	first, last := post("p", "anna", 0), post("p", "anna", 0)
	last.Body = "last"
	if got, want := save(t, db, data.Batch{Posts: []data.Post{first, post("q", "anna", 1), last}}), (data.Saved{New: 2}); got != want {
		t.Errorf("Save = %+v, want %+v", got, want)
	}
	if got, err := db.Posts(t.Context(), []data.PostID{first.ID}); err != nil || got[first.ID].Body != "last" {
		t.Errorf("stored: %+v, %v, want the last of the batch", got, err)
	}
}

func TestGuessedTimeStaysThatOfTheFirstFetch(t *testing.T) {
	db := create(t)
	p := post("p", "anna", 0)
	p.Guessed = true
	save(t, db, data.Batch{Posts: []data.Post{p}})
	before := digest(t, db)
	later := p
	later.CreatedAt = p.CreatedAt.Add(time.Hour)
	if got, want := save(t, db, data.Batch{Posts: []data.Post{later}}), (data.Saved{Unchanged: 1}); got != want {
		t.Errorf("Save = %+v, want %+v", got, want)
	}
	if got := digest(t, db); got != before {
		t.Errorf("digest = %s, want %s", got, before)
	}
	other := create(t)
	save(t, other, data.Batch{Posts: []data.Post{later}})
	if got := digest(t, other); got != before {
		t.Errorf("digest of a fetch at another time = %s, want %s", got, before)
	}
}

func TestTombstoneBeforeAndAfterThePost(t *testing.T) {
	p := post("p", "anna", 0)
	gone := data.Batch{Tombstones: []data.PostID{p.ID}}
	whole := data.Batch{Posts: []data.Post{p}, Interactions: []data.Interaction{
		{Post: p.ID, Kind: data.Mention, From: p.Author, ToHandle: "bea", At: p.CreatedAt},
		{Post: p.ID, Kind: data.Boost, From: data.NewAuthorID("forum", "carla"), To: p.Author, At: p.CreatedAt},
	}}
	after, before := create(t), create(t)
	save(t, after, whole)
	annotate(t, after, p.ID)
	if got, want := save(t, after, gone), (data.Saved{Deleted: 1}); got != want {
		t.Errorf("Save of a tombstone = %+v, want %+v", got, want)
	}
	save(t, before, gone)
	save(t, before, whole)
	if _, err := before.pool.Exec(`INSERT INTO version (name) VALUES ('v1')`); err != nil {
		t.Fatal(err)
	}
	if got, want := digest(t, after), digest(t, before); got != want {
		t.Errorf("digest of a post deleted later = %s, earlier = %s", got, want)
	}
	for name, db := range map[string]*DB{"after": after, "before": before} {
		save(t, db, whole)
		got, err := db.Posts(t.Context(), []data.PostID{p.ID})
		if err != nil || got[p.ID].Body != "" || got[p.ID].Title != "" || got[p.ID].Author != p.Author {
			t.Errorf("post deleted %s it came: %+v, %v, want the row without text", name, got[p.ID], err)
		}
		if kinds, err := texts(t.Context(), db.pool, `SELECT kind FROM interaction`); err != nil || !slices.Equal(kinds, []string{"boost"}) {
			t.Errorf("what is left of a mention in the post and a boost of it, deleted %s it came: %v, %v, want the boost", name, kinds, err)
		}
		if n, err := db.CountUnanalysed(t.Context(), "v1"); n != 0 || err != nil {
			t.Errorf("posts to analyse: %d, %v, want none: it was deleted", n, err)
		}
		for p, err := range db.Unanalysed(t.Context(), "v1") {
			t.Errorf("Unanalysed returned %s, %v, want nothing: it was deleted", p.ID, err)
		}
	}
}

func TestOptedOutAuthorsLeaveNothing(t *testing.T) {
	anna, bea := post("p1", "anna", 0), post("p2", "bea", 1)
	talk := []data.Interaction{
		{Post: anna.ID, Kind: data.Mention, From: anna.Author, To: bea.Author, At: anna.CreatedAt},
		{Post: bea.ID, Kind: data.Mention, From: bea.Author, To: anna.Author, At: bea.CreatedAt},
	}
	both := data.Batch{Authors: []data.Author{author("anna"), author("bea")}, Posts: []data.Post{anna, bea}, Interactions: talk}
	out := author("bea")
	out.OptedOut = true
	asked := data.Batch{Authors: []data.Author{author("anna"), out}, Posts: both.Posts, Interactions: talk}
	at := func(do func(*DB)) *DB { db := create(t); do(db); return db }
	cases := map[string]*DB{
		"told with the posts": at(func(db *DB) { save(t, db, asked) }),
		"told later": at(func(db *DB) {
			save(t, db, both)
			annotate(t, db, bea.ID, anna.ID)
			save(t, db, asked)
			save(t, db, both)
		}),
		"asked for": at(func(db *DB) { save(t, db, both); optOut(t, db, bea.Author); save(t, db, both) }),
	}
	for name, db := range cases {
		counts, err := db.Counts(t.Context())
		if err != nil || counts.Posts != 1 || counts.Authors != 1 || counts.Interactions != 0 {
			t.Errorf("%s: %+v, %v, want one post, one author and no interaction", name, counts, err)
		}
		if got := save(t, db, data.Batch{Posts: []data.Post{bea}}); got != (data.Saved{OptedOut: 1}) {
			t.Errorf("%s: Save of the post alone = %+v, want it dropped", name, got)
		}
		if found, err := texts(t.Context(), db.pool, `SELECT native_id || handle || name || url FROM author WHERE opted_out`); err != nil || len(found) != 1 || found[0] != "" {
			t.Errorf("%s: kept of the author: %q, %v", name, found, err)
		}
	}
}

func optOut(t *testing.T, db *DB, id data.AuthorID) {
	t.Helper()
	if _, err := db.OptOut(t.Context(), id, nil); err != nil {
		t.Fatal(err)
	}
}

func TestSuppressionHoldsWithoutTheAuthorsRow(t *testing.T) {
	p := post("p", "anna", 0)
	key := func(id data.AuthorID) []byte { return append([]byte("key"), id[:]...) }
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "t.db"), Options{Create: true, KeyHash: key})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.OptOut(t.Context(), p.Author, key(p.Author)); err != nil {
		t.Fatal(err)
	}
	got := save(t, db, data.Batch{Authors: []data.Author{author("anna")}, Posts: []data.Post{p, post("q", "bea", 1)}})
	if want := (data.Saved{New: 1, OptedOut: 1}); got != want {
		t.Errorf("Save = %+v, want %+v", got, want)
	}
}

func TestASavedPostReplacesWhatItShowed(t *testing.T) {
	db := create(t)
	p := post("p", "anna", 0)
	mention := func(of string) data.Interaction {
		return data.Interaction{Post: p.ID, Kind: data.Mention, From: p.Author, To: data.NewAuthorID("forum", of), At: p.CreatedAt}
	}
	boost := data.Interaction{Post: p.ID, Kind: data.Boost, From: data.NewAuthorID("forum", "carla"), To: p.Author, At: p.CreatedAt.Add(time.Minute)}
	save(t, db, data.Batch{Posts: []data.Post{p}, Interactions: []data.Interaction{mention("bea"), mention("bea")}})
	save(t, db, data.Batch{Interactions: []data.Interaction{boost}})
	save(t, db, data.Batch{Posts: []data.Post{p}, Interactions: []data.Interaction{mention("dora")}})
	var got []data.Interaction
	for in, err := range db.Interactions(t.Context(), data.Window{From: epoch.Add(-1), To: epoch.Add(time.Hour)}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, in)
	}
	if len(got) != 2 || got[0] != mention("dora") || got[1] != boost {
		t.Errorf("interactions = %+v, want the new mention and the boost", got)
	}
}

func TestSaveKeepsAllOrNothing(t *testing.T) {
	db := create(t)
	b := community(10)
	b.Finished = []data.Task{{Source: "forum", Key: "never enqueued", State: data.TaskDone}}
	before := digest(t, db)
	if _, err := db.Save(t.Context(), b); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("Save = %v, want %v", err, data.ErrNotFound)
	}
	if got := digest(t, db); got != before {
		t.Errorf("digest after a refused batch = %s, want %s", got, before)
	}
}

func TestNoByteOfAPersonIsLeft(t *testing.T) {
	db := create(t)
	save(t, db, community(50))
	bea := author("beatrice-secret")
	var b data.Batch
	b.Authors = append(b.Authors, bea)
	for i := range 30 {
		p := post(fmt.Sprint("b", i), "beatrice-secret", i)
		p.Body = strings.Repeat("the words of beatrice-secret ", 1+i*20)
		b.Posts = append(b.Posts, p)
	}
	save(t, db, b)
	for _, p := range b.Posts {
		a := annotation(p.ID)
		a.Needs[0].Quote = "beatrice-secret"
		if err := db.SaveAnnotations(t.Context(), []data.Annotation{a}, nil); err != nil {
			t.Fatal(err)
		}
	}
	optOut(t, db, bea.ID)
	for _, name := range []string{db.Path(), db.Path() + "-wal"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(content, []byte("beatrice-secret")); n > 0 {
			t.Errorf("%s still holds the name %d times", name, n)
		}
	}
}
