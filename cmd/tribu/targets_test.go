package main

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tribu/data/sqlite"
	"tribu/tribes"
	"tribu/tribes/graph"
	"tribu/tribes/planted"
)

var targetNodes = flag.Int("targets", 0, "measure clustering against its targets; T1 on this many nodes")

// TestTargets prints what forming tribes costs and how well it finds what was planted, beside
// igraph and hnswlib where they are installed.
func TestTargets(t *testing.T) {
	if *targetNodes == 0 {
		t.Skip("make bench runs this")
	}
	fmt.Printf("%-4s %-46s %-34s %s\n", "", "what", "measured", "peer, target")
	b := bench{t, &app{out: io.Discard, err: io.Discard, now: time.Now}}
	b.million()
	b.planted("easy", .33, .995, .99)
	b.planted("hard", .43, .99, .95)
	b.neighbours(100_000, 64, 15)
	b.scenarios()
	b.nothing()
	b.processors()
	b.grid()
}

type bench struct {
	t *testing.T
	a *app
}

func (b bench) row(name, what, measured, target string) {
	fmt.Printf("%-4s %-46s %-34s %s\n", name, what, measured, target)
}

// peer runs another tool that prints its quality, CPU seconds and peak bytes; false where it cannot.
func (b bench) peer(name string, args ...string) (quality, cpu, peak float64, ok bool) {
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		return 0, 0, 0, false
	}
	n, _ := fmt.Sscan(string(out), &quality, &cpu, &peak)
	return quality, cpu, peak, n == 3
}

// igraph runs Leiden of igraph on g.
func (b bench) igraph(g *graph.Graph) (groups graph.Partition, quality, cpu, peak float64, ok bool) {
	dir := b.t.TempDir()
	tool, edges, found := filepath.Join(dir, "leiden"), filepath.Join(dir, "edges.tsv"), filepath.Join(dir, "groups")
	if exec.Command("cc", "-O2", "-I/usr/include/igraph", "-o", tool, filepath.Join("testdata", "leiden_peer.c"), "-ligraph").Run() != nil {
		return nil, 0, 0, 0, false
	}
	var text bytes.Buffer
	for _, e := range g.EdgeList() {
		fmt.Fprintf(&text, "%d %d %g\n", e.U, e.V, e.Weight)
	}
	if os.WriteFile(edges, text.Bytes(), 0o600) != nil {
		return nil, 0, 0, 0, false
	}
	quality, cpu, peak, ok = b.peer(tool, edges, found)
	list, err := os.ReadFile(found)
	if !ok || err != nil {
		return nil, 0, 0, 0, false
	}
	for _, line := range strings.Fields(string(list)) {
		c, err := strconv.ParseUint(line, 10, 32)
		ok = ok && err == nil
		groups = append(groups, uint32(c))
	}
	return groups, quality, cpu, peak, ok
}

func (b bench) million() {
	g, _ := planted.Graph(*targetNodes, .3, 1)
	threads := runtime.GOMAXPROCS(1)
	got, groups := b.a.leiden(g, graph.Options{Seed: 1}, 0)
	runtime.GOMAXPROCS(threads)
	speed, memory := "igraph not installed", "igraph not installed"
	if _, q, cpu, peak, ok := b.igraph(g); ok {
		speed = fmt.Sprintf("%.2f s, Q %.4f: ratio %.2f, want ≤ .40", cpu, q, got.CPUSeconds/cpu)
		memory = fmt.Sprintf("%.0f MB: ratio %.2f, want ≤ .60", peak/1e6, float64(got.PeakBytes)/peak)
	}
	b.row("T1", fmt.Sprintf("Leiden, %d nodes, %d edges", got.Nodes, got.Edges), fmt.Sprintf("%.2f CPU-s, Q %.4f", got.CPUSeconds, got.Quality), speed)
	b.row("T2", "its peak memory", fmt.Sprintf("%.0f MB", float64(got.PeakBytes)/1e6), memory)
	_, broken := graph.Connected(g, groups)
	b.row("T5", "groups not connected", fmt.Sprint(broken), "want 0")
}

// planted measures the ensemble, and a second week: another nineteen twentieths of the same ties.
func (b bench) planted(name string, mu, want, wantARI float64) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	g, truth := planted.Graph(100_000, mu, 1)
	got, groups := b.a.leiden(g, graph.Options{Seed: 1}, 16)
	peer := "igraph not installed"
	if theirs, _, cpu, _, ok := b.igraph(g); ok {
		peer = fmt.Sprintf("igraph %.4f, %.2f s: ratio %.2f, want ≤ 2", graph.Compare(truth, theirs).NMI, cpu, got.CPUSeconds/cpu)
	}
	b.row("T4", "ensemble of 16, 100k nodes, "+name, fmt.Sprintf("NMI %.4f, %.2f CPU-s", graph.Compare(truth, groups).NMI, got.CPUSeconds), fmt.Sprintf("want ≥ %g; %s", want, peer))
	first, second := kept(g, 1), kept(g, 2)
	_, before := b.a.leiden(first, graph.Options{Seed: 1}, 0)
	cold, fresh := b.a.leiden(second, graph.Options{Seed: 2}, 0)
	warm, after := b.a.leiden(second, graph.Options{Seed: 2, Warm: before, Hold: 1.5}, 0)
	b.row("T8", "next week from this week's groups, "+name, fmt.Sprintf("ARI %.3f, CPU %.2f of cold", graph.Compare(before, after).ARI, warm.CPUSeconds/cold.CPUSeconds),
		fmt.Sprintf("cold ARI %.3f; want ≥ %g; ≤ .8", graph.Compare(before, fresh).ARI, wantARI))
}

func kept(g *graph.Graph, seed uint64) *graph.Graph {
	random := rand.New(rand.NewPCG(seed, 0x7765656b))
	edges := slices.DeleteFunc(g.EdgeList(), func(graph.Edge) bool { return random.Float64() < .05 })
	return graph.New(g.Nodes(), edges)
}

func (b bench) neighbours(rows, cols, k int) {
	m := cloud(rows, cols)
	before := b.a.measure(0).CPUSeconds
	found := graph.Nearest(m, k, 1)
	cpu := b.a.measure(0).CPUSeconds - before
	hits, total := 0, 0
	for q := 0; q < rows; q += 500 {
		for _, n := range exactly(m, q, k) {
			total++
			if slices.ContainsFunc(found[q], func(f graph.Neighbour) bool { return f.Row == n.Row }) {
				hits++
			}
		}
	}
	file, peer := filepath.Join(b.t.TempDir(), "rows.f32"), "hnswlib not installed"
	var raw bytes.Buffer
	if binary.Write(&raw, binary.LittleEndian, m.Values) == nil && os.WriteFile(file, raw.Bytes(), 0o600) == nil {
		if recall, cpu, _, ok := b.peer("/usr/bin/python3", filepath.Join("testdata", "knn_peer.py"), file, fmt.Sprint(cols), fmt.Sprint(k)); ok {
			peer = fmt.Sprintf("hnswlib %.3f, %.1f s", recall, cpu)
		}
	}
	b.row("T9", fmt.Sprintf("%d nearest of %d × %d", k, rows, cols), fmt.Sprintf("recall %.3f, %.1f CPU-s", float64(hits)/float64(total), cpu), peer+"; want ≥ .95")
}

func exactly(m graph.Matrix, q, k int) []graph.Neighbour {
	var all []graph.Neighbour
	for r := range m.Rows {
		sum := float32(0)
		for j, x := range m.Row(q) {
			sum += x * m.Row(r)[j]
		}
		if r != q {
			all = append(all, graph.Neighbour{Row: uint32(r), Similarity: sum})
		}
	}
	slices.SortFunc(all, func(a, b graph.Neighbour) int {
		if a.Similarity > b.Similarity {
			return -1
		}
		return 1
	})
	return all[:k]
}

// cloud returns unit rows around a centre for every two hundred of them.
func cloud(rows, cols int) graph.Matrix {
	random := rand.New(rand.NewPCG(1, 0x636c6f7564))
	m, centres := graph.NewMatrix(rows, cols), graph.NewMatrix(rows/200, cols)
	for i := range centres.Values {
		centres.Values[i] = float32(random.NormFloat64())
	}
	for r := range rows {
		centre, row, sum := centres.Row(random.IntN(centres.Rows)), m.Row(r), 0.0
		for j := range row {
			row[j] = centre[j] + float32(random.NormFloat64())
			sum += float64(row[j] * row[j])
		}
		for j := range row {
			row[j] /= float32(math.Sqrt(sum))
		}
	}
	return m
}

// world forms the tribes of a planted world, evaluates them, and counts who is in none.
func (b bench) world(s planted.Scenario, seed int, resolution string) (g tribes.Agreement, people, outside int) {
	dir := b.imported(s, 1000, seed)
	var made runRow
	answer(b.t, exitDone, &made, "-C", dir, "cluster", "--as-of", "2026-01-05", "--window", "8w", "--resolution", resolution)
	answer(b.t, exitDone, &g, "-C", dir, "evaluate", "--truth", filepath.Join(dir, "truth.csv"), "--run", made.ID)
	a := &app{out: io.Discard, err: io.Discard, now: time.Now, env: func(string) string { return "" }, dir: dir}
	err := a.read(b.t.Context(), func(db *sqlite.DB) error {
		r, err := a.record(b.t.Context(), db, made.ID)
		for _, m := range r.Members {
			if m.Rank == 0 && m.Tribe == "" {
				outside++
			}
		}
		people = r.People
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return g, people, outside
}

func (b bench) imported(s planted.Scenario, authors, seed int) string {
	dir := filepath.Join(b.t.TempDir(), "world")
	run(b.t, exitDone, "init", dir, "--yes")
	run(b.t, exitDone, "graph", "generate", "--scenario", string(s), "--authors", fmt.Sprint(authors), "--seed", fmt.Sprint(seed), "-o", dir)
	run(b.t, exitDone, "-C", dir, "import", filepath.Join(dir, "posts.jsonl.gz"))
	run(b.t, exitDone, "-C", dir, "analyse")
	return dir
}

// scenarios prints the median of three seeds of every planted world, with γ = 1 and with auto.
func (b bench) scenarios() {
	var auto, overMeans, overLayer []float64
	for _, s := range planted.Scenarios() {
		if s == planted.None {
			continue
		}
		for _, resolution := range []string{"1", "auto"} {
			var all []tribes.Agreement
			var right, wrong, missed float64
			for seed := range 3 {
				g, people, out := b.world(s, seed+1, resolution)
				all = append(all, g)
				outside := float64(out)
				lost := float64(g.TruthAuthors - g.Covered)
				right, wrong, missed = right+outside-lost, wrong+lost, missed+float64(people-g.TruthAuthors)
			}
			m := func(of func(tribes.Agreement) float64) float64 { return median(all, of) }
			b.row("T6", string(s)+", γ "+resolution, fmt.Sprintf("NMI %.3f, AMI %.3f", m(func(g tribes.Agreement) float64 { return g.Placed.NMI }), m(func(g tribes.Agreement) float64 { return g.Placed.AMIAll })),
				fmt.Sprintf("NMI of k-means %.3f, text %.3f, ties %.3f", m(func(g tribes.Agreement) float64 { return g.KMeans.NMI }),
					m(func(g tribes.Agreement) float64 { return g.TextOnly.NMI }), m(func(g tribes.Agreement) float64 { return g.InteractionOnly.NMI })))
			if resolution == "auto" {
				nmi := m(func(g tribes.Agreement) float64 { return g.Placed.NMI })
				auto = append(auto, nmi)
				overMeans = append(overMeans, nmi-m(func(g tribes.Agreement) float64 { return g.KMeans.NMI }))
				overLayer = append(overLayer, nmi-m(func(g tribes.Agreement) float64 { return max(g.TextOnly.NMI, g.InteractionOnly.NMI) }))
			}
			b.row("T11", "  people in no group", fmt.Sprintf("precision %.2f, recall %.2f", right/max(1, right+wrong), right/max(1, missed)), "want ≥ .80 both")
		}
	}
	b.row("T6", "all, γ auto, means", fmt.Sprintf("NMI %.3f", mean(auto)), fmt.Sprintf("%+.3f over k-means, %+.3f over the better layer; want ≥ .87, +.20, +.05", mean(overMeans), mean(overLayer)))
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
		a := &app{out: io.Discard, err: io.Discard, in: os.Stdin, now: time.Now, env: func(string) string { return "" }}
		if a.main(b.t.Context(), []string{"-C", dir, "cluster", "--as-of", "2026-01-05", "--window", "8w"}) == exitTooFew {
			none++
		}
	}
	b.row("T10", fmt.Sprintf("worlds without groups, %d people", people), fmt.Sprintf("no tribe in %d of %d", none, worlds), want)
}

// processors measures what a second processor changes: the time, and nothing else.
func (b bench) processors() {
	g, _ := planted.Graph(100_000, .3, 2)
	var took [2]time.Duration
	var found [2]graph.Partition
	for i := range took {
		before := runtime.GOMAXPROCS(i + 1)
		start := time.Now()
		o := graph.Options{Seed: 1}
		work := graph.Ensemble(g, 16, o)
		took[i] = time.Since(start)
		found[i] = graph.Leiden(work, o)
		runtime.GOMAXPROCS(before)
	}
	b.row("T12", "ensemble of 16, 100k nodes, 2 processors", fmt.Sprintf("%.2f × as fast, equal: %t", took[0].Seconds()/took[1].Seconds(), slices.Equal(found[0], found[1])), "want ≥ 1.6, true")
}
