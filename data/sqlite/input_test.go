package sqlite

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tribu/data"
)

// TestTheDigestThatIsKept: whatever happens to the database, the input digest that is kept is the
// one that would be computed (inputDigest compares the two), and it stands while nothing happens.
func TestTheDigestThatIsKept(t *testing.T) {
	db := keyed(t)
	w := data.Window{From: epoch.Add(-time.Hour), To: epoch.Add(time.Hour)}
	voicing(t, db, 40)
	b := community(40)
	var needs []data.NeedRow
	run := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	edited, renamed, retitled := b.Posts[3], b.Authors[2], b.Threads[1]
	edited.Body += " edited"
	renamed.Handle += "x"
	retitled.Title += "x"
	digests := []string{inputDigest(t, db, w)}
	for _, c := range []struct {
		name   string
		change func()
		stays  bool
	}{
		{"nothing", func() {}, true},
		{"a run is stored", func() { saveRun(t, db, runOf(w)) }, true},
		{"problems", func() { needs = problemsOf(t, db, 12) }, false},
		{"fewer needs in the problem, of the same state", func() { problemsOf(t, db, 11) }, false},
		{"other problems of the same state and size", func() {
			p := data.SharedProblem{ID: "p00000002", Wanting: true, Phrases: map[data.Lang]string{data.LangUnd: "bread"}, Spoken: data.NeedRef{Post: needs[0].ID}}
			for _, n := range needs[:11] {
				p.Members = append(p.Members, data.NeedRef{Post: n.ID, Ord: n.Ord})
			}
			run(db.SaveProblems(t.Context(), "v1", "state", []data.SharedProblem{p}, nil))
		}, false},
		{"a name for a problem", func() { run(db.Decide(t.Context(), data.ProblemDecision{Problem: "p00000002", Name: "loaf"})) }, false},
		{"an edit", func() { save(t, db, data.Batch{Posts: []data.Post{edited}}) }, false},
		{"another name of an author", func() { save(t, db, data.Batch{Authors: []data.Author{renamed}}) }, false},
		{"another title", func() { save(t, db, data.Batch{Threads: []data.Thread{retitled}}) }, false},
		{"a post that is gone", func() { save(t, db, data.Batch{Tombstones: []data.PostID{b.Posts[5].ID}}) }, false},
		{"another annotation", func() { annotate(t, db, b.Posts[7].ID) }, false},
		{"annotations of another version", func() {
			a := annotation(b.Posts[7].ID)
			a.Version = "v2"
			run(db.SaveAnnotations(t.Context(), []data.Annotation{a}, nil))
		}, true},
		{"an author who leaves", func() {
			_, err := db.OptOut(t.Context(), b.Authors[1].ID, testKey(b.Authors[1].ID))
			run(err)
		}, false},
		{"an interaction", func() {
			save(t, db, data.Batch{Posts: []data.Post{b.Posts[9]}, Interactions: []data.Interaction{{Post: b.Posts[9].ID, Kind: data.Mention, From: b.Posts[9].Author,
				To: data.NewAuthorID("forum", "stranger"), At: b.Posts[9].CreatedAt}}})
		}, false},
	} {
		c.change()
		got := inputDigest(t, db, w)
		if last := digests[len(digests)-1]; (got == last) != c.stays {
			t.Errorf("%s: the digest stays: %v, want %v", c.name, got == last, c.stays)
		}
		digests = append(digests, got)
	}
	restored := filepath.Join(t.TempDir(), "backup.db")
	run(db.Backup(t.Context(), restored))
	save(t, db, data.Batch{Posts: []data.Post{post("later", "a4", 3)}})
	if slices.Contains(digests, inputDigest(t, db, w)) {
		t.Error("the digest is blind to a post after the backup")
	}
	old, err := Open(t.Context(), restored, Options{KeyHash: testKey})
	run(err)
	defer old.Close()
	if got, want := inputDigest(t, old, w), digests[len(digests)-1]; got != want {
		t.Errorf("the backup has the digest %s, want %s", got, want)
	}
}

// runOf is a run over w.
func runOf(w data.Window) data.RunRecord {
	r := run("2026-W44-3fa9c1", 0, "")
	r.Window = w
	return r
}

func TestTheDigestIsNotComputedAgain(t *testing.T) {
	db := create(t)
	w := data.Window{From: epoch.Add(-time.Hour), To: epoch.Add(time.Hour)}
	voicing(t, db, 10)
	inputDigest(t, db, w)
	state, err := db.inputState(t.Context(), "v1", w)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SetMeta(t.Context(), inputKey, state+" planted"); err != nil {
		t.Fatal(err)
	}
	if got, err := db.InputDigest(t.Context(), "v1", w); got != "planted" || err != nil {
		t.Errorf("InputDigest = %s, %v, want what was kept", got, err)
	}
	if got, err := db.InputDigest(t.Context(), "v1", data.Window{From: w.From, To: w.To.Add(1e9)}); got == "planted" || err != nil {
		t.Errorf("InputDigest of another window = %s, %v", got, err)
	}
	if got, err := db.InputDigest(t.Context(), "v2", w); got == "planted" || err != nil {
		t.Errorf("InputDigest of another version = %s, %v", got, err)
	}
}

// TestAStoryOfAnOlderVersion: problems are made of what the newest version heard; the story of a
// run that read another keeps those of then.
func TestAStoryOfAnOlderVersion(t *testing.T) {
	db := create(t)
	w := data.Window{From: epoch.Add(-time.Hour), To: epoch.Add(time.Hour)}
	voicing(t, db, 10)
	problemsOf(t, db, 4)
	r := runOf(w)
	r.Annotation = "v1"
	saveRun(t, db, r)
	called := func() map[string]int {
		s, err := db.Story(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		n := map[string]int{}
		for _, need := range s.Needs {
			name := string(need.Problem) + " " + need.Called
			if need.Given {
				name += " given"
			}
			n[name]++
		}
		return n
	}
	want := map[string]int{"p00000001 stale bread": 4, " ": 6}
	if got := called(); !maps.Equal(got, want) {
		t.Errorf("needs of the story = %v, want %v", got, want)
	}
	if err := db.SaveProblems(t.Context(), "v2", "state", nil, nil); err != nil {
		t.Fatal(err)
	}
	if got := called(); !maps.Equal(got, want) {
		t.Errorf("needs of the story after a newer version = %v, want %v", got, want)
	}
	if err := db.Decide(t.Context(), data.ProblemDecision{Problem: "p00000001", Name: "old bread"}); err != nil {
		t.Fatal(err)
	}
	want = map[string]int{"p00000001 old bread given": 4, " ": 6}
	if got := called(); !maps.Equal(got, want) {
		t.Errorf("needs of the story after people named a problem that is gone = %v, want %v", got, want)
	}
}
