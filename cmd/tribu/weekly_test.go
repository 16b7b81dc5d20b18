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

// Of the members whom nothing happened to, from run to run: aimed at, and asked of each run at least.
const (
	wantedKept = .95
	leastKept  = .90
)

// TestWeekly forms tribes of a window of real posts that slides on, and counts who of those whom
// nothing happened to stays in a tribe of the same id.
func TestWeekly(t *testing.T) {
	if !*evaluating {
		t.Skip("make eval runs this")
	}
	series := []struct {
		corpus, last, window string
		days, runs           int
	}{
		{"r_lists_early", "2010-12-26", "8w", 7, 8},
		{"r_lists_early", "2009-09-27", "8w", 7, 8},
		{"usenet20_dev", "1993-05-07", "2w", 2, 6},
	}
	fmt.Printf("%-16s %7s %7s %6s | %10s %s\n", "run", "people", "tribes", "γ", "unaffected", fmt.Sprintf("kept, want %.2f", wantedKept))
	for _, s := range series {
		dir := filepath.Join(t.TempDir(), "weekly")
		run(t, exitDone, "init", dir, "--yes")
		run(t, exitDone, "-C", dir, "import", filepath.Join(shared(t), "corpora", s.corpus, "posts.jsonl.gz"))
		run(t, exitDone, "-C", dir, "analyse")
		last, err := time.Parse(time.DateOnly, s.last)
		if err != nil {
			t.Fatal(err)
		}
		var runs []string
		for back := s.runs - 1; back >= 0; back-- {
			var made runRow
			answer(t, exitDone, &made, "-C", dir, "cluster", "--as-of", last.AddDate(0, 0, -s.days*back).Format(time.DateOnly), "--window", s.window)
			runs = append(runs, made.ID)
		}
		fmt.Printf("%s, %s to %s\n", s.corpus, s.window, s.last)
		keeping(t, dir, runs)
	}
}

// keeping prints who of each run kept their tribe in the next.
func keeping(t *testing.T, dir string, runs []string) {
	a := &app{out: io.Discard, err: io.Discard, now: time.Now, env: func(string) string { return "" }, dir: dir}
	all := tribes.Keeping{}
	for i := range runs[1:] {
		before, x := a.stored(t, runs[i])
		after, y := a.stored(t, runs[i+1])
		d := tribes.Compare(before, after)
		tribes.Explain(&d, before, after, x, y)
		k := d.Keeping
		all.Unaffected, all.Kept = all.Unaffected+k.Unaffected, all.Kept+k.Kept
		share := float64(k.Kept) / float64(max(1, k.Unaffected))
		fmt.Printf("%-16s %7d %7d %6.2g | %10d %6.3f\n", after.ID, after.People, len(after.Tribes), after.Resolution, k.Unaffected, share)
		if share < leastKept {
			t.Errorf("%s to %s: %d of %d kept their tribe, want %.0f %%", before.ID, after.ID, k.Kept, k.Unaffected, 100*leastKept)
		}
		for _, l := range after.Lineage {
			switch l.Event {
			case data.Born, data.Split, data.Merge, data.Dormant, data.Died:
				fmt.Printf("    %-9s %s → %s, %d shared, %d before, %d after\n", l.Event, l.From, l.To, l.Shared, l.Before, l.After)
			}
		}
	}
	if share := float64(all.Kept) / float64(max(1, all.Unaffected)); share < wantedKept {
		t.Errorf("%s: %.3f of all kept their tribe, want %.2f", dir, share, wantedKept)
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
