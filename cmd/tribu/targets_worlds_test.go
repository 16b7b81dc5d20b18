package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
	"tribu/tribes/planted"
)

// A world is posts by people whose groups are known, and the tribes that auto forms of them.
type world struct {
	in    tribes.Input
	truth map[data.AuthorID]string
	auto  data.RunRecord
	score tribes.Agreement
}

const gap = .03 // to the best of a grid, at most

// planting makes a planted world and forms its tribes, once.
func (b bench) planting(s planted.Scenario, seed int) world {
	name := fmt.Sprintf("%s %d", s, seed)
	if w, formed := b.worlds[name]; formed {
		return w
	}
	dir := b.imported(s, 1000, seed)
	b.worlds[name] = b.formed(dir, filepath.Join(dir, "truth.csv"), "--as-of", "2026-01-05", "--window", "8w")
	return b.worlds[name]
}

func (b bench) imported(s planted.Scenario, authors, seed int) string {
	dir := filepath.Join(b.t.TempDir(), "world")
	run(b.t, exitDone, "init", dir, "--yes")
	run(b.t, exitDone, "graph", "generate", "--scenario", string(s), "--authors", fmt.Sprint(authors), "--seed", fmt.Sprint(seed), "-o", dir)
	run(b.t, exitDone, "-C", dir, "import", filepath.Join(dir, "posts.jsonl.gz"))
	run(b.t, exitDone, "-C", dir, "analyse")
	return dir
}

// formed runs cluster in a project and evaluates what it finds.
func (b bench) formed(dir, truth string, flags ...string) (w world) {
	var made runRow
	answer(b.t, exitDone, &made, append([]string{"-C", dir, "cluster"}, flags...)...)
	answer(b.t, exitDone, &w.score, "-C", dir, "evaluate", "--truth", truth, "--run", made.ID)
	a := *b.a
	a.dir = dir
	w.auto, w.in = a.stored(b.t, made.ID)
	w.truth = knownOf(b.t, &a, truth)
	return w
}

func knownOf(t *testing.T, a *app, file string) (known map[data.AuthorID]string) {
	groups, err := readTruth(file)
	if err == nil {
		err = a.read(t.Context(), func(db *sqlite.DB) (err error) {
			known, err = a.matchTruth(t.Context(), db, groups, "")
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return known
}

// grid tries settings on w.
func (b bench) grid(w world) []tribes.Cell {
	p, err := tribes.ParseParams(w.auto.Params)
	if err != nil {
		b.t.Fatal(err)
	}
	return tribes.Grid(w.in, p, w.truth, []float64{.5, .7, 1, 1.5, 2, 3, 5, 8}, []float64{.25, .5, .75})
}

// scenarios prints the median of three seeds of every planted world, and how far auto is on average
// from the best of a grid over each.
func (b bench) scenarios() {
	var auto, overMeans, overLayer []float64
	for _, s := range planted.Scenarios() {
		if s == planted.None {
			continue
		}
		var all []tribes.Agreement
		var lost []float64
		for seed := range 3 {
			w := b.planting(s, seed+1)
			all = append(all, w.score)
			best := slices.MaxFunc(b.grid(w), func(x, y tribes.Cell) int { return cmp.Compare(x.NMI, y.NMI) })
			lost = append(lost, best.NMI-w.score.Placed.NMI)
		}
		m := func(of func(tribes.Agreement) float64) float64 { return median(all, of) }
		nmi, means := m(func(g tribes.Agreement) float64 { return g.Placed.NMI }), m(func(g tribes.Agreement) float64 { return g.KMeans.NMI })
		text, ties := m(func(g tribes.Agreement) float64 { return g.TextOnly.NMI }), m(func(g tribes.Agreement) float64 { return g.InteractionOnly.NMI })
		auto, overMeans, overLayer = append(auto, nmi), append(overMeans, nmi-means), append(overLayer, nmi-max(text, ties))
		b.row("T6", string(s), fmt.Sprintf("NMI %.3f, k-means %.3f, text %.3f, ties %.3f", nmi, means, text, ties), fmt.Sprintf("%+.3f to the best of the grid, want ≥ -%.2f", -mean(lost), gap))
	}
	b.row("T6", "all, means", fmt.Sprintf("NMI %.3f", mean(auto)), fmt.Sprintf("%+.3f over k-means, %+.3f over the better layer; want ≥ .87, +.20, +.05", mean(overMeans), mean(overLayer)))
}

// outsiders prints who of five worlds of each kind is told to be in no tribe, and how many of these
// were planted so: a fifth of all.
func (b bench) outsiders() {
	for _, s := range planted.Scenarios() {
		if s == planted.None {
			continue
		}
		var right, told, planted float64
		for seed := range 5 {
			w := b.planting(s, seed+1)
			for _, m := range w.auto.Members {
				if m.Rank > 0 {
					continue
				}
				_, grouped := w.truth[m.Author]
				if !grouped {
					planted++
				}
				if m.Tribe == "" {
					told++
					if !grouped {
						right++
					}
				}
			}
		}
		b.row("T11", "people in no tribe, "+string(s), fmt.Sprintf("precision %.3f, recall %.3f", right/max(1, told), right/max(1, planted)), "want ≥ .80 both")
	}
}

// nothing counts the worlds without groups in which no tribe is found.
func (b bench) nothing() {
	b.none(2000, 20, "want ≥ 19")
	b.none(5000, 1, "want 1")
}

func (b bench) none(people, worlds int, want string) {
	none := 0
	for seed := range worlds {
		dir := b.imported(planted.None, people, seed+1)
		if code, _, _ := start("-C", dir, "cluster", "--as-of", "2026-01-05", "--window", "8w"); code == exitTooFew {
			none++
		}
	}
	b.row("T10", fmt.Sprintf("worlds without groups, %d people", people), fmt.Sprintf("no tribe in %d of %d", none, worlds), want)
}
