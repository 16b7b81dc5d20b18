package sqlite

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
)

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
	kept, err := texts(t.Context(), db.pool, selectUntil, "v1")
	if slices.Sort(kept); err != nil || !slices.Equal(kept, []string{"v1~1", "v1~2"}) {
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
