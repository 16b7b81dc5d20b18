package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"tribu/data"
	"tribu/data/sample"
	"tribu/data/sqlite"
)

// circles returns the file of the community in which each handle wrote most during the week that
// ends at end and the three before.
func circles(c sample.Community, end time.Time) map[data.AuthorID]string {
	posts := map[data.AuthorID]map[string]int{}
	for _, t := range c.Topics {
		for _, p := range t.Posts {
			if id := data.NewAuthorID("terra-minima", p.Author.Handle); !p.At.After(end) && p.At.After(end.AddDate(0, 0, -28)) {
				if posts[id] == nil {
					posts[id] = map[string]int{}
				}
				posts[id][t.File]++
			}
		}
	}
	of := map[data.AuthorID]string{}
	for id, files := range posts {
		for file, n := range files {
			if best := of[id]; best == "" || n > files[best] || n == files[best] && file < best {
				of[id] = file
			}
		}
	}
	return of
}

// home returns, for a circle, the tribe that holds most of it and the share it holds.
func home(r data.RunRecord, circle map[data.AuthorID]string, name string) (data.TribeID, float64) {
	in, total := map[data.TribeID]int{}, 0
	for _, m := range r.Members {
		if m.Rank == 0 && circle[m.Author] == name {
			in[m.Tribe]++
			total++
		}
	}
	var best data.TribeID
	for id, n := range in {
		if id != "" && (n > in[best] || n == in[best] && id < best) {
			best = id
		}
	}
	return best, float64(in[best]) / float64(max(1, total))
}

// TestDemo is the end-to-end test: the bundled community is crawled, analysed, clustered and
// reported week by week, and the tribes written into it come out, the born, the split and the merged.
func TestDemo(t *testing.T) {
	dir := demo(t)
	for _, file := range []string{filepath.Join(dir, "reports", "latest.en.html"), filepath.Join(dir, "reports", "2026-W26.it.html"), filepath.Join(dir, "reports", "index.html")} {
		if s, err := os.Stat(file); err != nil || s.Size() < 1000 || s.Size() > 400<<10 {
			t.Errorf("report %s: got %v, want 1 to 400 KB", file, err)
		}
	}
	c, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(context.Background(), filepath.Join(dir, "tribu.db"), sqlite.Options{ReadOnly: true, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	week := func(name string) (data.RunRecord, map[data.AuthorID]string) {
		r, err := db.Week(context.Background(), name)
		if err != nil {
			t.Fatalf("run of %s: %v", name, err)
		}
		return r, circles(c, r.AsOf)
	}
	last, now := week("2026-W26")
	seen := map[data.TribeID]string{}
	for _, name := range []string{"ombra", "acqua", "semi", "slugs", "comune", "peronospora"} {
		tribe, share := home(last, now, name)
		if other := seen[tribe]; other != "" || share < 0.7 {
			t.Errorf("%s: %.2f of it in tribe %s (which %q calls home too), want 0.70 in one of its own", name, share, tribe, other)
		}
		seen[tribe] = name
	}
	if _, share := home(last, now, "compost"); share > 0.65 {
		t.Errorf("compost: %.2f of it still in one tribe after the quarrel, want a split", share)
	}
	early, then := week("2026-W22")
	if _, share := home(early, then, "compost"); share < 0.6 {
		t.Errorf("compost before the quarrel: %.2f in one tribe, want 0.60", share)
	}
	if got := len(last.Tribes); got < 6 {
		t.Errorf("tribes in the last week: got %d, want at least 6", got)
	}
	stories := map[data.LineageEvent]int{}
	for _, name := range []string{"2026-W20", "2026-W21", "2026-W22", "2026-W23", "2026-W24", "2026-W25", "2026-W26"} {
		r, _ := week(name)
		for _, l := range r.Lineage {
			stories[l.Event]++
		}
	}
	for _, event := range []data.LineageEvent{data.Born, data.Split, data.Merge} {
		if stories[event] == 0 {
			t.Errorf("eight weeks without a tribe %s: %v", event, stories)
		}
	}
}

// TestSameEverywhere: two folders, one processor or all of them, the same digest, run ids and bytes.
func TestSameEverywhere(t *testing.T) {
	var digests, ids []string
	alone := filepath.Join(t.TempDir(), "alone")
	processors := runtime.GOMAXPROCS(1)
	run(t, exitDone, "demo", alone, "-q")
	runtime.GOMAXPROCS(processors)
	for _, dir := range []string{demo(t), alone} {
		digests = append(digests, run(t, exitDone, "-C", dir, "db", "check", "--digest"))
		ids = append(ids, run(t, exitDone, "-C", dir, "runs", "list"))
	}
	if digests[0] != digests[1] || ids[0] != ids[1] {
		t.Errorf("two demos differ: digests %q, runs %q", digests, ids)
	}
}
