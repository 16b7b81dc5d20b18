package sqlite

import (
	"testing"

	"tribu/data"
)

// asked is a conversation that anna opens and bea answers.
func asked() (data.Batch, data.Thread) {
	opens, answers := post("1", "anna", 0), post("2", "bea", 1)
	answers.Thread, opens.Parent = opens.Thread, data.PostID{}
	answers.Parent = opens.ID
	th := data.Thread{ID: opens.Thread, Source: "forum", NativeID: "1", Title: "anna tells her troubles", URL: "https://forum.example/t/anna-tells/1"}
	return data.Batch{Authors: []data.Author{author("anna"), author("bea")}, Posts: []data.Post{opens, answers}, Threads: []data.Thread{th}}, th
}

func TestTitlesOfThoseWhoOptOutGoAndStayAway(t *testing.T) {
	whole, th := asked()
	answer := data.Batch{Authors: whole.Authors[1:], Posts: whole.Posts[1:], Threads: whole.Threads}
	tells := whole
	tells.Authors = []data.Author{author("anna"), author("bea")}
	tells.Authors[0].OptedOut = true
	anna := author("anna").ID
	for _, c := range []struct {
		name string
		do   func(*DB) error
	}{
		{"opted out after the conversation was saved", func(db *DB) error {
			save(t, db, whole)
			_, err := db.OptOut(t.Context(), anna, testKey(anna))
			return err
		}},
		{"said so in their profile after it was saved", func(db *DB) error {
			save(t, db, whole)
			save(t, db, tells)
			return nil
		}},
		{"kept out before it was met", func(db *DB) error {
			if err := db.KeepOut(t.Context(), "forum", "anna"); err != nil {
				return err
			}
			save(t, db, whole)
			return nil
		}},
	} {
		db := keyed(t)
		if err := c.do(db); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		for _, when := range []string{"at once", "after the answer was met again", "after its title was met alone"} {
			got := map[data.ThreadID]data.Thread{}
			if err := threadsIn(t.Context(), db.pool, []data.ThreadID{th.ID}, got); err != nil {
				t.Fatal(err)
			}
			if got[th.ID].Title != "" || got[th.ID].URL != "" {
				t.Errorf("%s: %s the thread is %+v, want neither title nor address", c.name, when, got[th.ID])
			}
			save(t, db, answer)
			if when != "at once" {
				save(t, db, data.Batch{Threads: whole.Threads})
			}
		}
	}
}

func TestOptOutLeavesNothingButTheID(t *testing.T) {
	db := keyed(t)
	left(t, db)
	bea := author(secret).ID
	if _, err := db.OptOut(t.Context(), bea, testKey(bea)); err != nil {
		t.Fatal(err)
	}
	grepNothing(t, db.Path(), secret)
	a, err := authorOf(t.Context(), db.pool, bea)
	if want := (data.Author{ID: bea, Source: "forum", OptedOut: true}); err != nil || a != want {
		t.Errorf("author after opting out = %+v, %v; want %+v", a, err, want)
	}
}

func TestNobodyIsSavedOnceTheKeyIsLost(t *testing.T) {
	db := keyed(t)
	left(t, db)
	bea := author(secret).ID
	if _, err := db.Forget(t.Context(), bea); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		key  func(data.AuthorID) []byte
		want data.Saved
		err  bool
	}{
		{"the key of before", testKey, data.Saved{OptedOut: 1}, false},
		{"no key", nil, data.Saved{}, true},
		{"another key", func(id data.AuthorID) []byte { return append(testKey(id), 1) }, data.Saved{}, true},
	} {
		again, err := Open(t.Context(), db.Path(), Options{KeyHash: c.key})
		if err != nil {
			t.Fatal(err)
		}
		got, err := again.Save(t.Context(), data.Batch{Authors: []data.Author{author(secret)}, Posts: []data.Post{post("new", secret, 1)}})
		if got != c.want || (err != nil) != c.err {
			t.Errorf("%s: Save of a post by somebody forgotten = %+v, %v; want %+v, an error: %v", c.name, got, err, c.want, c.err)
		}
		if _, err := again.Save(t.Context(), data.Batch{Failures: []data.Failure{{Stage: "crawl", Subject: "x", Reason: "y"}}}); err != nil {
			t.Errorf("%s: Save of what names nobody: %v", c.name, err)
		}
		if _, err := again.Gone(t.Context(), c.key); (err != nil) != c.err {
			t.Errorf("%s: Gone: got %v, want an error: %v", c.name, err, c.err)
		}
		_, th := asked()
		if _, err := again.Save(t.Context(), data.Batch{Threads: []data.Thread{th}}); (err != nil) != c.err {
			t.Errorf("%s: Save of a title: got %v, want an error: %v", c.name, err, c.err)
		}
		again.Close()
	}
}
