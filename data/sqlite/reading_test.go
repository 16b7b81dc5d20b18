package sqlite

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"tribu/data"

	"github.com/google/go-cmp/cmp"
)

func TestInteractionTargets(t *testing.T) {
	db := create(t)
	opening, answer := post("p1", "anna", 0), post("p2", "bea", 1)
	twin := author("twin")
	twin.Name = "Same Name"
	twin2 := author("twin2")
	twin2.Name = "same name"
	elsewhere := data.Author{ID: data.NewAuthorID("other", "carla"), Source: "other", NativeID: "carla", Handle: "carla"}
	save(t, db, data.Batch{Authors: []data.Author{author("anna"), author("bea"), twin, twin2, elsewhere}, Posts: []data.Post{answer, opening}})
	anna, bea := opening.Author, answer.Author
	for _, c := range []struct {
		name string
		in   data.Interaction
		want data.AuthorID // zero: left out
	}{
		{"to an author", data.Interaction{Kind: data.Mention, To: anna}, anna},
		{"to an author who never wrote", data.Interaction{Kind: data.Mention, To: data.NewAuthorID("forum", "x")}, data.NewAuthorID("forum", "x")},
		{"to a post", data.Interaction{Kind: data.Reply, ToPost: opening.ID}, anna},
		{"to a post that is not stored", data.Interaction{Kind: data.Reply, ToPost: data.NewPostID("forum", "none")}, data.AuthorID{}},
		{"to a handle in other letters", data.Interaction{Kind: data.Mention, ToHandle: "@ANNA"}, anna},
		{"to a name", data.Interaction{Kind: data.Name, ToHandle: "name of anna"}, anna},
		{"to a name two authors have", data.Interaction{Kind: data.Name, ToHandle: "Same name"}, data.AuthorID{}},
		{"to a handle of another source", data.Interaction{Kind: data.Mention, ToHandle: "carla"}, data.AuthorID{}},
		{"to an unknown handle", data.Interaction{Kind: data.Mention, ToHandle: "nobody"}, data.AuthorID{}},
		{"to oneself", data.Interaction{Kind: data.Reply, ToPost: answer.ID}, data.AuthorID{}},
		{"to a thread", data.Interaction{Kind: data.Topic}, anna},
		{"to a post as a topic", data.Interaction{Kind: data.Topic, ToPost: opening.ID}, anna},
		{"to nobody", data.Interaction{Kind: data.Reply}, data.AuthorID{}},
	} {
		in := c.in
		in.Post, in.From, in.At = answer.ID, bea, answer.CreatedAt
		save(t, db, data.Batch{Posts: []data.Post{answer}, Interactions: []data.Interaction{in}})
		var got []data.Interaction
		for in, err := range db.Interactions(t.Context(), data.Window{From: epoch, To: epoch.Add(time.Hour)}) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, in)
		}
		in.To = c.want
		var want []data.Interaction
		if !c.want.IsZero() {
			want = append(want, in)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", c.name, got, want)
		}
	}
}

func TestInteractionsInOrderWhileTheBodyWrites(t *testing.T) {
	db := create(t)
	b := community(9000)
	save(t, db, b)
	n := 0
	var last data.Interaction
	for in, err := range db.Interactions(t.Context(), data.Window{From: epoch.Add(-1), To: epoch.AddDate(1, 0, 0)}) {
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 && compareInteractions(last, in) >= 0 {
			t.Fatalf("%+v after %+v", in, last)
		}
		if in.To.IsZero() || in.To == in.From {
			t.Errorf("%+v: want To known and not From", in)
		}
		if n++; n%1000 == 0 {
			save(t, db, data.Batch{Posts: []data.Post{post(fmt.Sprint("new", n), "a1", n)}})
		}
		last = in
	}
	if n < 4000 {
		t.Errorf("read %d interactions, want thousands: pages must be crossed", n)
	}
}

func TestInputDigestSeesATargetThatArrivesLater(t *testing.T) {
	db := create(t)
	w := data.Window{From: epoch, To: epoch.Add(time.Hour)}
	old, answer := post("p1", "anna", -5), post("p2", "bea", 1)
	save(t, db, data.Batch{Posts: []data.Post{answer}, Interactions: []data.Interaction{
		{Post: answer.ID, Kind: data.Reply, From: answer.Author, ToPost: old.ID, At: answer.CreatedAt}}})
	before := inputDigest(t, db, w)
	save(t, db, data.Batch{Posts: []data.Post{post("p3", "carla", -4)}})
	if got := inputDigest(t, db, w); got != before {
		t.Errorf("input digest after a post outside the window = %s, want %s", got, before)
	}
	save(t, db, data.Batch{Posts: []data.Post{old}})
	if got := inputDigest(t, db, w); got == before {
		t.Error("input digest is blind to the target of an interaction")
	}
}

func TestFrontier(t *testing.T) {
	db := create(t)
	task := func(key string, minute int) data.Task {
		return data.Task{Source: "forum", Key: key, Kind: "topic", URL: "https://forum.example/" + key, State: data.TaskReady, Due: epoch.Add(time.Duration(minute) * time.Minute)}
	}
	deep := task("deep", 0)
	deep.Depth = 2
	save(t, db, data.Batch{Tasks: []data.Task{task("c", 1), deep, task("b", 0), task("a", 0), task("later", 9)}, Cursor: &data.Cursor{Source: "forum", Value: `{"last":7}`}})
	lease := func(db *DB, minute, n int) (keys []string) {
		t.Helper()
		tasks, err := db.Lease(t.Context(), epoch.Add(time.Duration(minute)*time.Minute), n, "forum")
		if err != nil {
			t.Fatal(err)
		}
		for _, task := range tasks["forum"] {
			keys = append(keys, task.Key)
		}
		return keys
	}
	expect := func(what string, got, want []string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	expect("two tasks", lease(db, 5, 2), []string{"a", "b"})
	expect("the rest that is due", lease(db, 5, 9), []string{"deep", "c"})
	expect("when all are leased", lease(db, 5, 9), nil)
	db.Release("forum")
	expect("after they were given back", lease(db, 5, 9), []string{"a", "b", "deep", "c"})
	again, err := Open(t.Context(), db.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	expect("after reopening", lease(again, 5, 9), []string{"a", "b", "deep", "c"})

	done, dead := task("a", 0), task("b", 0)
	done.State, done.ETag, done.Tries = data.TaskDone, `"1"`, 1
	dead.State, dead.Error = data.TaskDead, "gone"
	save(t, db, data.Batch{Finished: []data.Task{done, dead}, Tasks: []data.Task{task("a", 0), task("b", 3), task("c", 4)}})
	expect("done and not asked for later, dead and asked for later, leased", lease(db, 5, 9), []string{"b"})
	states, err := db.SourceStates(t.Context())
	if want := []data.SourceState{{Name: "forum", Kind: "import", Pending: 4}}; err != nil || !slices.Equal(states, want) {
		t.Errorf("SourceStates = %+v, %v, want %+v", states, err, want)
	}

	if err := db.SaveSources(t.Context(), data.SourceState{Name: "forum", ParkedTo: epoch.Add(20 * time.Minute), LastError: "asks to wait"}); err != nil {
		t.Fatal(err)
	}
	expect("while parked", lease(db, 15, 9), nil)
	expect("when the parking is over", lease(db, 20, 9), []string{"later"})
	cursors, err := db.Cursors(t.Context(), "new", "forum")
	if want := map[string]data.Cursor{"forum": {Source: "forum", Value: `{"last":7}`}}; err != nil || !maps.Equal(cursors, want) {
		t.Errorf("Cursors = %+v, %v, want %+v", cursors, err, want)
	}
}

func TestHost(t *testing.T) {
	db := create(t)
	if got, err := db.Host(t.Context(), "new"); err != nil || got != (data.Host{Name: "new"}) {
		t.Errorf("Host nobody knows = %+v, %v, want an empty one", got, err)
	}
	host := data.Host{Name: "forum.example:443", NextAllowed: epoch.Add(1500 * time.Millisecond), Delay: time.Second, Fails: 2, RobotsStatus: 200,
		RobotsBody: "User-agent: *", RobotsExpires: epoch.AddDate(0, 0, 1), Denied: 3}
	for range 2 {
		if err := db.SaveHosts(t.Context(), host); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := db.Host(t.Context(), host.Name); err != nil || got != host {
		t.Errorf("Host = %+v, %v, want %+v", got, err, host)
	}
}

func TestPages(t *testing.T) {
	db := create(t)
	var want []data.Page
	for i := range 120 {
		want = append(want, data.Page{Source: "forum", URL: fmt.Sprintf("https://forum.example/%03d", i), FetchedAt: epoch.Add(time.Duration(i/7) * time.Second),
			Status: 200, Body: fmt.Appendf(nil, "page %d", i)})
	}
	old := want[100]
	old.FetchedAt, old.Body = epoch.Add(-time.Hour), []byte("before")
	save(t, db, data.Batch{Pages: append([]data.Page{old}, want...)})
	var got []data.Page
	for p, err := range db.Pages(t.Context(), "forum") {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p)
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("pages read (-) and the latest of each address (+):\n%s", d)
	}
}

func TestAuthors(t *testing.T) {
	db := create(t)
	other := data.Author{ID: data.NewAuthorID("other", "anna"), Source: "other", NativeID: "anna"}
	bare := data.Author{ID: author("anna").ID, Source: "forum", NativeID: "anna"}
	save(t, db, data.Batch{Authors: []data.Author{author("anna"), author("bea"), other, bare}})
	n := 0
	for _, err := range db.Authors(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 3 {
		t.Errorf("Authors returned %d, want 3", n)
	}
	anna, zoe := author("anna"), data.NewAuthorID("forum", "zoe")
	if got, err := db.AuthorsByID(t.Context(), []data.AuthorID{anna.ID, zoe}); err != nil || len(got) != 1 || got[anna.ID] != anna {
		t.Errorf("AuthorsByID of anna and nobody = %+v, %v, want all that was told: %+v", got, err, anna)
	}
	if _, err := db.NewestPost(t.Context()); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("NewestPost without posts = %v, want %v", err, data.ErrNotFound)
	}
	save(t, db, data.Batch{Posts: []data.Post{post("p", "anna", 3), post("q", "anna", 7)}})
	if got, err := db.NewestPost(t.Context()); err != nil || !got.Equal(epoch.Add(7*time.Minute)) {
		t.Errorf("NewestPost = %v, %v", got, err)
	}
	if got, err := db.OldestPost(t.Context()); err != nil || !got.Equal(epoch.Add(3*time.Minute)) {
		t.Errorf("OldestPost = %v, %v", got, err)
	}
}
