package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tribu/tribes"
)

// A listedTribe is what the tests read of tribe list.
type listedTribe struct {
	ID, Letter, Name string
	People           int
}

// lettersIn returns the letters of the tribes of a project's newest run, the largest tribe's first.
func lettersIn(t *testing.T, dir string) (letters []string) {
	t.Helper()
	var all []listedTribe
	answer(t, exitDone, &all, "-C", dir, "tribe", "list")
	for _, tr := range all {
		letters = append(letters, tr.Letter)
	}
	return letters
}

// needStaysWhenNamed: a need that somebody gave a name that nobody says is still the first.
func needStaysWhenNamed(t *testing.T, dir string) {
	t.Helper()
	first := func() []string {
		rows, err := csv.NewReader(strings.NewReader(run(t, exitDone, "-C", dir, "export", "needs"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1]
	}
	before := first()
	run(t, exitDone, "-C", dir, "needs", "rename", before[3], "Xyzzy")
	if after := first(); after[3] != before[3] || after[4] != "Xyzzy" || after[6] != before[6] {
		t.Errorf("the first need, renamed: got %q, want it called Xyzzy in the place of %q", after, before)
	}
}

// runsGoTogether: a run that another rests on can be dropped with it.
func runsGoTogether(t *testing.T, dir string) {
	t.Helper()
	var all []runRow
	answer(t, exitDone, &all, "-C", dir, "runs", "list")
	args := []string{"-C", dir, "--dry-run", "runs", "prune"}
	for _, r := range all {
		args = append(args, r.ID)
	}
	if said, want := run(t, exitDone, args...), fmt.Sprintf("would drop %d runs", len(all)); !strings.Contains(said, want) {
		t.Errorf("%q: got %q, want %q", args, said, want)
	}
}

// TestDecisionsSurviveRuns: what people decide holds in the run at hand and in the ones after, the
// runs themselves stay as they were, and undoing brings back what was.
func TestDecisionsSurviveRuns(t *testing.T) {
	dir := demo(t)
	list := func() map[string]listedTribe {
		var all []listedTribe
		answer(t, exitDone, &all, "-C", dir, "tribe", "list")
		byID := map[string]listedTribe{}
		for _, tr := range all {
			byID[tr.ID] = tr
			byID[tr.Letter] = tr
		}
		return byID
	}
	before := list()
	letters := lettersIn(t, dir)
	a, b, c := before[letters[0]], before[letters[1]], before[letters[2]]
	run(t, exitDone, "-C", dir, "tribe", "rename", a.Letter, "Leaf doctors")
	said := run(t, exitDone, "-C", dir, "tribe", "merge", c.ID, a.ID)
	if want := fmt.Sprintf("%q (%s) is part of \"Leaf doctors\" (%s)", c.Name, c.ID, a.ID); !strings.Contains(said, want) {
		t.Errorf("tribe merge: got %q, want it to say %q", said, want)
	}
	run(t, exitUsage, "-C", dir, "tribe", "merge", a.ID, a.ID)
	run(t, exitUsage, "-C", dir, "tribe", "rename", "ZZ", "nobody")
	check := func(when string) {
		t.Helper()
		now := list()
		if got := now[a.ID]; got.Name != "Leaf doctors" || got.People < a.People+c.People-8 {
			t.Errorf("%s: got %+v, want Leaf doctors of about %d", when, got, a.People+c.People)
		}
		if got, still := now[c.ID]; still || now[b.ID].ID != b.ID {
			t.Errorf("%s: merged tribe still listed %v as %+v; %s must be there: %+v", when, still, got, b.ID, now[b.ID])
		}
	}
	check("after deciding")
	run(t, exitDone, "-C", dir, "cluster", "--seed", "7", "-q")
	check("after another run")
	var replayed tribes.Replayed
	answer(t, exitDone, &replayed, "-C", dir, "runs", "replay", strings.Fields(run(t, exitDone, "-C", dir, "runs", "list"))[6])
	if !replayed.Same {
		t.Errorf("replay of a run with decisions: got %+v, want the same bytes", replayed)
	}
	needStaysWhenNamed(t, dir)
	run(t, exitDone, "-C", dir, "report", "-q")
	page, err := os.ReadFile(filepath.Join(dir, "reports", "latest.en.html"))
	if err != nil || !strings.Contains(string(page), "Leaf doctors") {
		t.Errorf("the report does not call the tribe Leaf doctors (%v)", err)
	}
	if want := "d1 rename " + a.ID + ", d2 merge " + c.ID + " → " + a.ID; !strings.Contains(string(page), want) {
		t.Errorf("the report's method does not tell the decisions: want %q", want)
	}
	if members := run(t, exitDone, "-C", dir, "export", "members", "--tribe", a.ID); !strings.Contains(members, "Leaf doctors") {
		t.Error("the export does not call the tribe Leaf doctors")
	}
	run(t, exitDone, "-C", dir, "tribe", "undo", "d2")
	run(t, exitUsage, "-C", dir, "tribe", "undo", "d2")
	if now := list(); now[c.ID].ID != c.ID || now[a.ID].Name != "Leaf doctors" {
		t.Errorf("after undoing the merger: got %+v and %+v", now[a.ID], now[c.ID])
	}
	nobodyIsNamed(t, dir)
	runsGoTogether(t, dir)
}

// TestSweep: one line per run with every parameter, and side runs that are nobody's parent.
func TestSweep(t *testing.T) {
	dir := demo(t)
	out := filepath.Join(t.TempDir(), "sweep")
	run(t, exitDone, "-C", dir, "cluster", "sweep", "--grid", "resolution=0.7,1", "--grid", "need-weight=0,0.5", "--seeds", "2", "--repeats", "4", "-o", out, "-q")
	table, err := os.ReadFile(filepath.Join(out, "sweep.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(table)), "\n")
	if len(lines) != 9 || !strings.HasPrefix(lines[0], "run,tribes,coverage,stability,agreement_with_base,base,resolution,need_weight,seed,") {
		t.Fatalf("table: got %d lines, %q, want a header and 2 × 2 × 2 runs", len(lines), lines[0])
	}
	if id := regexp.MustCompile(`[0-9a-f]{32}`).FindString(string(table)); id != "" {
		t.Errorf("table: it holds %s, which nothing else does", id)
	}
	ids := map[string]bool{}
	for _, line := range lines[1:] {
		ids[strings.Split(line, ",")[0]] = true
	}
	if len(ids) != 8 {
		t.Errorf("got %d runs, want 8 of their own", len(ids))
	}
	var newest struct {
		Run string
	}
	answer(t, exitDone, &newest, "-C", dir, "report")
	if ids[newest.Run] {
		t.Errorf("the report tells %s, a run of the sweep", newest.Run)
	}
	if page, err := os.Stat(filepath.Join(out, "sweep.html")); err != nil || page.Size() < 5000 {
		t.Errorf("page: got %v", err)
	}
	for _, grid := range []string{"resolution", "resolution=0", "resolution=x", "colour=1", "need-weight=2"} {
		run(t, exitUsage, "-C", dir, "cluster", "sweep", "--grid", grid, "-o", out)
	}
}
