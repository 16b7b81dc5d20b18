package sqlite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tribu/data"
)

func testKey(id data.AuthorID) []byte {
	sum := sha256.Sum256(append([]byte("key"), id[:]...))
	return sum[:]
}

// keyed opens a new database that knows the project's key.
func keyed(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "t.db"), Options{Create: true, KeyHash: testKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// secret stands in everything that somebody left behind.
const secret = "beatrice-secret"

// left is a community of which one member is in every table.
func left(t *testing.T, db *DB) data.Batch {
	t.Helper()
	bea := author(secret)
	b := community(40)
	b.Authors = append(b.Authors, bea)
	for i := range 30 {
		p := post(fmt.Sprint(secret, i), secret, i)
		p.Body, p.URL = strings.Repeat("the words of "+secret+" ", 1+i*20), "https://forum.example/t/"+secret
		b.Posts = append(b.Posts, p)
	}
	first := &b.Posts[len(b.Posts)-30]
	first.Parent = data.PostID{}
	b.Threads = append(b.Threads, data.Thread{ID: first.Thread, Source: "forum", NativeID: "1", Title: secret + " asks", URL: "https://forum.example/" + secret})
	other := b.Posts[0]
	b.Interactions = append(b.Interactions,
		data.Interaction{Post: other.ID, Kind: data.Mention, From: other.Author, ToHandle: bea.Handle, At: other.CreatedAt},
		data.Interaction{Post: other.ID, Kind: data.Reply, From: other.Author, ToPost: first.ID, At: other.CreatedAt})
	b.Pages = []data.Page{
		{Source: "forum", URL: "https://forum.example/1", FetchedAt: epoch, Status: 200, Body: []byte(`{"username":"` + secret + `"}`)},
		{Source: "forum", URL: "https://forum.example/2", FetchedAt: epoch, Status: 200, Body: []byte(`{"username":"anna"}`)},
	}
	b.Tasks = []data.Task{{Source: "forum", Key: "u/" + secret, URL: "https://forum.example/u/" + secret, State: data.TaskReady}}
	b.Failures = []data.Failure{{Stage: "crawl", Version: "1", Subject: "https://forum.example/t/" + secret, Reason: "timeout"}}
	save(t, db, b)
	for _, p := range b.Posts {
		a := annotation(p.ID)
		if p.Author == bea.ID {
			a.Needs[0].Quote = secret
		}
		if err := db.SaveAnnotations(t.Context(), []data.Annotation{a}, nil); err != nil {
			t.Fatal(err)
		}
	}
	r := data.RunRecord{Run: data.Run{ID: "2026-W47-aaaaaa", Main: true, Week: "2026-W47", AsOf: epoch}}
	r.Tribes = []data.Tribe{{ID: "t1", Letter: "A", People: 2, Exemplars: []data.PostID{first.ID, other.ID}, Central: []data.AuthorID{bea.ID},
		Needs: []data.TribeNeed{{Topic: "x", Evidence: first.ID}}}}
	r.Members = []data.Member{{Author: bea.ID, Tribe: "t1", Why: secret}, {Author: other.Author, Tribe: "t1"}}
	if err := db.SaveRun(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestForgetLeavesNoByte(t *testing.T) {
	db := keyed(t)
	b := left(t, db)
	bea := author(secret)
	gone, err := db.Forget(t.Context(), bea.ID)
	if err != nil {
		t.Fatal(err)
	}
	if gone.Posts != 30 || gone.Memberships != 1 || gone.Pages != 1 || gone.Tasks != 1 || gone.Threads != 1 || gone.Failures < 1 || gone.Interactions < 2 {
		t.Errorf("Forget = %+v", gone)
	}
	grepNothing(t, db.Path(), secret, string(bea.ID[:]))
	record, err := db.Record(t.Context(), "2026-W47-aaaaaa")
	if err != nil {
		t.Fatal(err)
	}
	if tr := record.Tribes[0]; len(record.Members) != 1 || len(tr.Exemplars) != 1 || len(tr.Central) != 0 || !tr.Needs[0].Evidence.IsZero() {
		t.Errorf("the stored run still knows the person: %+v", record)
	}
	before := digest(t, db)
	b.Tasks, b.Failures = nil, nil
	saved := save(t, db, b)
	if saved.OptedOut != 30 {
		t.Errorf("Save of a new crawl = %+v, want 30 posts dropped", saved)
	}
	if err := db.scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	grepNothing(t, db.Path(), secret)
	if got := digest(t, db); got != before {
		t.Errorf("digest after the new crawl = %s, want %s as before", got, before)
	}
	if findings, err := db.Check(t.Context()); err != nil || len(findings) > 0 {
		t.Errorf("Check = %v, %v", findings, err)
	}
}

func grepNothing(t *testing.T, path string, marks ...string) {
	t.Helper()
	for _, name := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, mark := range marks {
			if n := bytes.Count(content, []byte(mark)); n > 0 {
				t.Errorf("%s still holds %q %d times", filepath.Base(name), mark, n)
			}
		}
	}
}

func TestAForgetThatWasKilledIsFinishedOnOpening(t *testing.T) {
	for _, stage := range []string{"begun", "rows gone, bytes still there"} {
		db := keyed(t)
		left(t, db)
		bea := author(secret)
		if err := db.beginForget(t.Context(), bea.ID); err != nil {
			t.Fatal(err)
		}
		if stage != "begun" {
			err := db.write(t.Context(), func(ctx context.Context, tx *sql.Conn) error {
				_, err := db.forgetAll(ctx, tx, bea.ID)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		db.pool.Close() // without the care of Close
		again, err := Open(t.Context(), db.Path(), Options{KeyHash: testKey})
		if err != nil {
			t.Fatalf("%s: %v", stage, err)
		}
		grepNothing(t, again.Path(), secret, string(bea.ID[:]))
		again.Close()
	}
}

func TestKeptOutBeforeTheyCame(t *testing.T) {
	db := keyed(t)
	if err := db.KeepOut(t.Context(), "forum", "@Anna"); err != nil {
		t.Fatal(err)
	}
	a := author("17")
	a.Handle = "anna"
	got := save(t, db, data.Batch{Authors: []data.Author{a}, Posts: []data.Post{post("p", "17", 0), post("q", "bea", 1)}})
	if want := (data.Saved{New: 1, OptedOut: 1}); got != want {
		t.Errorf("Save = %+v, want %+v", got, want)
	}
}

func TestFindAuthors(t *testing.T) {
	db := keyed(t)
	anna := data.Author{ID: data.NewAuthorID("forum", "17"), Source: "forum", NativeID: "17", Handle: "Anna", Name: "Anna B", URL: "https://forum.example/u/anna"}
	twin := data.Author{ID: data.NewAuthorID("list", "anna"), Source: "list", NativeID: "anna", Name: "Anna"}
	save(t, db, data.Batch{Authors: []data.Author{anna, twin}})
	for _, c := range []struct {
		source, who string
		want        int
	}{
		{"", "@anna", 2}, {"forum", "ANNA", 1}, {"list", "anna", 1}, {"", "17", 1}, {"", "https://forum.example/u/anna/", 1},
		{"", anna.ID.String(), 1}, {"", "nobody", 0}, {"", "", 0},
	} {
		if got, _ := db.FindAuthors(t.Context(), c.source, c.who); len(got) != c.want {
			t.Errorf("FindAuthors(%q, %q) = %v, want %d", c.source, c.who, got, c.want)
		}
	}
}

func TestFindAuthorsNamed(t *testing.T) {
	db := keyed(t)
	anna := data.Author{ID: data.NewAuthorID("forum", "17"), Source: "forum", NativeID: "17", Handle: "ab", Name: "Élodie B"}
	twin := data.Author{ID: data.NewAuthorID("list", "e"), Source: "list", NativeID: "e", Name: "Élodie B"}
	silent := data.Author{ID: data.NewAuthorID("list", "f"), Source: "list", NativeID: "f"}
	save(t, db, data.Batch{Authors: []data.Author{anna, twin, silent}})
	for _, c := range []struct {
		source, name string
		want         int
	}{
		{"", "Élodie B", 2}, {"forum", " ÉLODIE b ", 1}, {"forum", "Élodie b", 1}, {"", "Élodie", 0}, {"", "ab", 0}, {"", "", 0},
	} {
		if got, _ := db.FindAuthorsNamed(t.Context(), c.source, c.name); len(got) != c.want {
			t.Errorf("FindAuthorsNamed(%q, %q) = %v, want %d", c.source, c.name, got, c.want)
		}
	}
	if _, err := db.OptOut(t.Context(), twin.ID, []byte("12345678901234567890123456789012")); err != nil {
		t.Fatal(err)
	}
	if got, _ := db.FindAuthorsNamed(t.Context(), "", "Élodie B"); len(got) != 1 || got[0].ID != anna.ID {
		t.Errorf("FindAuthorsNamed after an opt-out = %v, want only %s", got, anna.ID)
	}
}

func TestNoteAddsToTheLogBesideAWriter(t *testing.T) {
	db := keyed(t)
	if err := db.Audit(t.Context(), "crawl", "x"); err != nil {
		t.Fatal(err)
	}
	at := func() time.Time { return epoch }
	if err := Note(t.Context(), db.Path(), at, "export", "members"); err != nil {
		t.Fatal(err)
	}
	log, err := db.AuditLog(t.Context())
	if err != nil || len(log) != 2 || log[1].Action != "export" {
		t.Errorf("AuditLog = %v, %v", log, err)
	}
	if findings, err := db.Check(t.Context()); err != nil || len(findings) > 0 {
		t.Errorf("Check = %v, %v", findings, err)
	}
}
