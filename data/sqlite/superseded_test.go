package sqlite

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
)

const keptVersions = `SELECT name FROM version WHERE instr(name, '~') > 0 ORDER BY name`

// digestAsClustered reads the window as that run did, and returns its digest and what each post said.
func digestAsClustered(t *testing.T, db *DB, run string, w data.Window) (string, map[data.PostID]data.AnalyzedPost) {
	t.Helper()
	then, err := db.AsClustered(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	heard := map[data.PostID]data.AnalyzedPost{}
	for p, err := range then.Analyzed(t.Context(), "v1", w) {
		if err != nil {
			t.Fatal(err)
		}
		heard[p.ID] = p
	}
	if err := drain(db.Interactions(t.Context(), w)); err != nil {
		t.Fatal(err)
	}
	if err := readNames(t, db, w); err != nil {
		t.Fatal(err)
	}
	got, err := then.InputDigest(t.Context(), "v1", w)
	if err != nil || got == "" {
		t.Fatalf("InputDigest as of %s = %q, %v", run, got, err)
	}
	return got, heard
}

func TestRunsReadWhatWasHeardThen(t *testing.T) {
	db := create(t)
	b := community(12)
	save(t, db, b)
	w := data.Window{From: epoch.Add(-time.Hour), To: epoch.Add(time.Hour)}
	hear := func(i int, lang data.Lang, quote string) {
		t.Helper()
		a := data.Annotation{Post: b.Posts[i].ID, Version: "v1", Lang: lang, Words: len(quote), Terms: []data.Term{{Key: quote, Form: quote, Count: 1}},
			Needs: []data.Need{{Type: data.Wish, Lang: lang, Quote: quote}}}
		if err := db.SaveAnnotations(t.Context(), []data.Annotation{a}, nil); err != nil {
			t.Fatal(err)
		}
	}
	stored := map[string]string{}
	run := func(id string) {
		t.Helper()
		stored[id] = inputDigest(t, db, w)
		if err := db.SaveRun(t.Context(), data.RunRecord{Run: data.Run{ID: id, Main: true, AsOf: w.To, Window: w, Annotation: "v1", Inputs: stored[id]}}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range b.Posts {
		hear(i, "it", "ciao")
	}
	hear(3, "und", "early") // before any run: nobody read what was there
	run("2026-W01-aaaaaa")
	hear(3, "it", "presto")
	hear(3, "en", "soon")
	hear(4, "en", "bye")
	run("2026-W02-bbbbbb")
	hear(3, "fr", "bientot")
	run("2026-W03-cccccc")
	hear(5, "it", "ciao") // as before

	for id, want := range map[string]string{"2026-W01-aaaaaa": "early", "2026-W02-bbbbbb": "soon", "2026-W03-cccccc": "bientot"} {
		digest, heard := digestAsClustered(t, db, id, w)
		if digest != stored[id] {
			t.Errorf("run %s: the digest read now is %s, the run's %s", id, digest, stored[id])
		}
		p := heard[b.Posts[3].ID]
		if len(p.Needs) != 1 || p.Needs[0].Quote != want || len(p.Terms) != 1 || p.Terms[0].Key != want || p.Words != len(want) {
			t.Errorf("run %s read %+v in post 3, want %q", id, p.Annotation, want)
		}
	}
	if a, b := stored["2026-W01-aaaaaa"], stored["2026-W02-bbbbbb"]; a == b {
		t.Error("what is heard otherwise leaves the digest as it was")
	}
	if got := inputDigest(t, db, w); got != stored["2026-W03-cccccc"] {
		t.Errorf("reading earlier runs leaves the digest %s, want %s", got, stored["2026-W03-cccccc"])
	}
	kept, err := texts(t.Context(), db.pool, keptVersions)
	if err != nil || !slices.Equal(kept, []string{"v1~1", "v1~2"}) {
		t.Errorf("kept %v, %v", kept, err)
	}
	whole := digest(t, db)
	if _, err := db.OptOut(t.Context(), b.Posts[3].Author, nil); err != nil {
		t.Fatal(err)
	}
	found, err := db.Check(t.Context())
	if err != nil || len(found) > 0 {
		t.Errorf("Check: %v, %v", found, err)
	}
	left := 0
	if err := db.pool.QueryRowContext(t.Context(), `SELECT count(*) FROM need WHERE quote IN ('early', 'soon', 'bientot')`).Scan(&left); err != nil || left > 0 {
		t.Errorf("%d quotes of somebody who opted out are left, %v", left, err)
	}
	if digest(t, db) == whole {
		t.Error("an opt-out leaves the digest as it was")
	}
}

// TestKeptForRuns: what was heard otherwise is kept for runs that read it, and goes with the last of them.
func TestKeptForRuns(t *testing.T) {
	db := create(t)
	b := community(6)
	save(t, db, b)
	w := data.Window{From: epoch.Add(-time.Hour), To: b.Posts[2].CreatedAt}
	hear := func(i int, version, quote string) {
		t.Helper()
		a := data.Annotation{Post: b.Posts[i].ID, Version: version, Lang: "en", Words: len(quote), Needs: []data.Need{{Type: data.Wish, Lang: "en", Quote: quote}}}
		if err := db.SaveAnnotations(t.Context(), []data.Annotation{a}, nil); err != nil {
			t.Fatal(err)
		}
	}
	run := func(id string) {
		t.Helper()
		if err := db.SaveRun(t.Context(), data.RunRecord{Run: data.Run{ID: id, AsOf: w.To, Window: w, Annotation: "v1"}}); err != nil {
			t.Fatal(err)
		}
	}
	count := func(want int, what string) {
		t.Helper()
		got := 0
		if err := db.pool.QueryRowContext(t.Context(), `SELECT count(*) FROM annotation AS a JOIN version AS v ON v.num = a.version WHERE instr(v.name, '~') > 0`).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %d annotations are kept, %v; want %d", what, got, err, want)
		}
	}
	for _, i := range []int{0, 5} {
		hear(i, "v1", "early")
		hear(i, "v2", "early")
	}
	run("2026-W01-aaaaaa")
	run("2026-W01-bbbbbb")
	hear(0, "v2", "soon")
	count(0, "a version that no run read")
	hear(5, "v1", "soon")
	count(0, "a post behind the window of every run")
	hear(0, "v1", "soon")
	count(1, "a post that runs read")
	if err := db.DropRuns(t.Context(), []string{"2026-W01-bbbbbb"}); err != nil {
		t.Fatal(err)
	}
	hear(0, "v1", "late")
	count(1, "heard once more after the newest run was dropped")
	then, err := db.AsClustered(t.Context(), "2026-W01-aaaaaa")
	if err != nil {
		t.Fatal(err)
	}
	for p, err := range then.Analyzed(t.Context(), "v1", w) {
		if err != nil || len(p.Needs) != 1 || p.Needs[0].Quote != "early" {
			t.Errorf("the run that is left read %+v, %v; want what was there when it was made", p.Annotation, err)
		}
	}
	if err := db.DropRuns(t.Context(), []string{"2026-W01-aaaaaa"}); err != nil {
		t.Fatal(err)
	}
	count(0, "no run is left")
	if kept, err := texts(t.Context(), db.pool, keptVersions); err != nil || len(kept) > 0 {
		t.Errorf("versions %v are left, %v", kept, err)
	}
}
