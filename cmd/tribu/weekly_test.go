package main

import (
	"fmt"
	"io"
	"path/filepath"
	"testing"
	"time"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
)

// Of the members whom nothing happened to, from week to week: aimed at, and seen so far at least.
const (
	wantedKept = .95
	leastKept  = .80
)

// TestWeekly forms tribes of eight weeks of real posts, a week later each time, and counts who of
// those whom nothing happened to stays in a tribe of the same id.
func TestWeekly(t *testing.T) {
	if !*evaluating {
		t.Skip("make eval runs this")
	}
	dir := filepath.Join(t.TempDir(), "weekly")
	run(t, exitDone, "init", dir, "--yes")
	run(t, exitDone, "-C", dir, "import", filepath.Join(shared(t), "corpora", "r_lists_early", "posts.jsonl.gz"))
	run(t, exitDone, "-C", dir, "analyse")
	last := time.Date(2010, 12, 26, 0, 0, 0, 0, time.UTC)
	var runs []string
	for week := 7; week >= 0; week-- {
		var made runRow
		answer(t, exitDone, &made, "-C", dir, "cluster", "--as-of", last.AddDate(0, 0, -7*week).Format("2006-01-02"), "--window", "8w")
		runs = append(runs, made.ID)
	}
	a := &app{out: io.Discard, err: io.Discard, now: time.Now, env: func(string) string { return "" }, dir: dir}
	fmt.Printf("%-16s %7s %7s %6s | %10s %s\n", "week", "people", "tribes", "γ", "unaffected", fmt.Sprintf("kept, want %.2f", wantedKept))
	for i := range runs[1:] {
		before, x := a.stored(t, runs[i])
		after, y := a.stored(t, runs[i+1])
		k := tribes.Kept(before, after, x, y)
		share := float64(k.Kept) / float64(max(1, k.Unaffected))
		fmt.Printf("%-16s %7d %7d %6.2g | %10d %6.3f\n", after.ID, after.People, len(after.Tribes), after.Resolution, k.Unaffected, share)
		if share < leastKept {
			t.Errorf("%s to %s: %d of %d kept their tribe, want %.0f %%", before.ID, after.ID, k.Kept, k.Unaffected, 100*leastKept)
		}
		for _, l := range after.Lineage {
			fmt.Printf("    %-9s %s → %s, %d shared, %d before, %d after\n", l.Event, l.From, l.To, l.Shared, l.Before, l.After)
		}
	}
}

// stored returns a run and what it was formed from.
func (a *app) stored(t *testing.T, id string) (r data.RunRecord, in tribes.Input) {
	t.Helper()
	err := a.read(t.Context(), func(db *sqlite.DB) (err error) {
		if r, err = a.record(t.Context(), db, id); err != nil {
			return err
		}
		p, err := tribes.ParseParams(r.Params)
		if err != nil {
			return err
		}
		in, err = tribes.LoadInput(t.Context(), db, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r, in
}
