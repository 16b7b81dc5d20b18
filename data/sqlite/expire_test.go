package sqlite

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tribu/data"
)

// aging is a database whose clock is set.
func aging(t *testing.T) (db *DB, at *time.Time) {
	t.Helper()
	now := epoch
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), "tribu.db"), Options{Create: true, Now: func() time.Time { return now }, KeyHash: testKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, &now
}

func crawled(b data.Batch) data.Batch {
	b.Cursor = &data.Cursor{Source: "forum"}
	return b
}

func TestWordsAreKeptForATime(t *testing.T) {
	db, at := aging(t)
	old, young, file := post("old", "anna", 0), post("young", "bea", 0), post("file", "carla", 0)
	page := func(url string, fetched time.Time) []data.Page {
		return []data.Page{{Source: "forum", URL: url, FetchedAt: fetched, Status: 200, Body: []byte("words of " + url)}}
	}
	save(t, db, crawled(data.Batch{Posts: []data.Post{old}, Pages: page("1", epoch)}))
	save(t, db, data.Batch{Posts: []data.Post{file}})
	annotate(t, db, old.ID, file.ID)
	day := 24 * time.Hour
	*at = epoch.Add(300 * day)
	save(t, db, crawled(data.Batch{Posts: []data.Post{old, young}, Pages: page("2", *at)})) // the old post again, on another page
	save(t, db, crawled(data.Batch{Posts: []data.Post{young}, Pages: page("3", *at)}))
	needs := func() (n, quotes int) {
		for p, err := range db.Analyzed(t.Context(), "v1", data.Window{From: epoch.Add(-day), To: epoch.Add(day)}) {
			if err != nil {
				t.Fatal(err)
			}
			for _, need := range p.Needs {
				if n++; need.Quote != "" {
					quotes++
				}
			}
		}
		return n, quotes
	}
	before, quotes := needs()
	if before != 4 || quotes != 2 {
		t.Fatalf("%d needs with %d quotes, want 4 with 2", before, quotes)
	}
	gone, err := db.Expire(t.Context(), epoch.Add(day))
	if want := (Expired{Posts: 1, Pages: 2}); err != nil || gone != want {
		t.Errorf("Expire = %+v, %v; want %+v: the post, the page of its day and the page that shows it again", gone, err, want)
	}
	save(t, db, crawled(data.Batch{Posts: []data.Post{old}})) // the source still shows it
	posts, err := db.Posts(t.Context(), []data.PostID{old.ID, young.ID, file.ID})
	if err != nil || posts[old.ID].Body != "" || posts[old.ID].Title != "" || posts[young.ID].Body == "" || posts[file.ID].Body == "" {
		t.Errorf("after Expire: old %q, young %q, imported %q, %v; want only the old one without words", posts[old.ID].Body, posts[young.ID].Body, posts[file.ID].Body, err)
	}
	after, quotes := needs()
	if after != before || quotes != 1 {
		t.Errorf("%d needs with %d quotes; want all %d, the quote of the imported post alone", after, quotes, before)
	}
	if n, err := db.CountExpired(t.Context(), data.Window{From: epoch.Add(-day), To: epoch.Add(day)}); err != nil || n != 1 {
		t.Errorf("CountExpired = %d, %v; want 1", n, err)
	}
	if found, err := db.Check(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("Check finds %v, %v", found, err)
	}
	if again, err := db.Expire(t.Context(), epoch.Add(day)); err != nil || again != (Expired{}) {
		t.Errorf("Expire again = %+v, %v; want nothing", again, err)
	}
}

func TestWhenWhichWordsWereSeen(t *testing.T) {
	db, at := aging(t)
	p := post("1", "anna", 0)
	for _, step := range []struct {
		hours int
		body  string
	}{{0, "one"}, {1, "one"}, {30, "one"}, {31, "two"}, {90, "two"}, {91, "three"}} {
		*at = epoch.Add(time.Duration(step.hours) * time.Hour)
		p.Body = step.body
		save(t, db, crawled(data.Batch{Posts: []data.Post{p}}))
	}
	versions := func() (got []int64) {
		err := query(t.Context(), db.pool, `SELECT first_seen, last_seen FROM post_version WHERE post = ? ORDER BY ord`, func(r scanner) error {
			var first, last int64
			err := r.Scan(&first, &last)
			got = append(got, (first-epoch.Unix())/3600, (last-epoch.Unix())/3600)
			return err
		}, p.ID[:])
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got, want := versions(), []int64{0, 30, 31, 90}; !slices.Equal(got, want) {
		t.Errorf("versions seen from and to hour %v, want %v", got, want)
	}
	save(t, db, data.Batch{Tombstones: []data.PostID{p.ID}})
	if got := versions(); len(got) > 0 {
		t.Errorf("after the deletion versions are kept: %v", got)
	}
}

func TestAnotherTitleIsHeardInTheReplies(t *testing.T) {
	db, _ := aging(t)
	whole, th := asked()
	whole.Posts[0].Title, whole.Posts[1].Title = th.Title, ""
	save(t, db, whole)
	annotate(t, db, whole.Posts[0].ID, whole.Posts[1].ID)
	unheard := func() (ids []data.PostID) {
		for p, err := range db.Unanalysed(t.Context(), "v1") {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, p.ID)
		}
		return ids
	}
	if got := unheard(); len(got) > 0 {
		t.Fatalf("%d posts to analyse, want none", len(got))
	}
	save(t, db, data.Batch{Threads: []data.Thread{th}})
	if got := unheard(); len(got) > 0 {
		t.Errorf("the same title again: %d posts to analyse, want none", len(got))
	}
	th.Title = "anna tells of her luck"
	save(t, db, data.Batch{Threads: []data.Thread{th}})
	if got := unheard(); !slices.Equal(got, []data.PostID{whole.Posts[1].ID}) {
		t.Errorf("another title: to analyse %v, want the answer, which has no title of its own", got)
	}
}

func TestAProfileThatOptsOutTakesItsPagesAlong(t *testing.T) {
	db, _ := aging(t)
	whole, _ := asked()
	whole.Pages = []data.Page{{Source: "forum", URL: "https://forum.example/1", FetchedAt: epoch, Status: 200, Body: []byte(`{"username":"anna"}`)},
		{Source: "forum", URL: "https://forum.example/2", FetchedAt: epoch, Status: 200, Body: []byte(`{"username":"carla"}`)}}
	save(t, db, crawled(whole))
	out := author("anna")
	out.OptedOut = true
	save(t, db, crawled(data.Batch{Authors: []data.Author{out}}))
	var left []string
	for p, err := range db.Pages(t.Context(), "forum") {
		if err != nil {
			t.Fatal(err)
		}
		left = append(left, p.URL)
	}
	if want := []string{"https://forum.example/2"}; !slices.Equal(left, want) {
		t.Errorf("pages left: %v, want %v", left, want)
	}
}
