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

	"tribu/tribes/graph"
	"tribu/tribes/planted"
)

var targetNodes = flag.Int("targets", 0, "measure clustering against its targets; T1 on this many nodes")

// TestTargets prints what forming tribes costs and how well it finds what was planted, beside
// igraph and hnswlib where they are installed. A part runs alone by its name, as -run TestTargets/T6.
func TestTargets(t *testing.T) {
	if *targetNodes == 0 {
		t.Skip("make bench runs this")
	}
	fmt.Printf("%-4s %-46s %-34s %s\n", "", "what", "measured", "peer, target")
	parts := []struct {
		name    string
		measure func(bench)
	}{
		{"T1_T2_T5", bench.million},
		{"T4_T8_easy", func(b bench) { b.planted("easy", .33, .995, .99) }},
		{"T4_T8_hard", func(b bench) { b.planted("hard", .43, .99, .95) }},
		{"T9", func(b bench) { b.neighbours(100_000, 64, 15) }},
		{"T6", bench.scenarios},
		{"T11", bench.outsiders},
		{"T10", bench.nothing},
		{"T12", bench.processors},
		{"T7", bench.corpora},
	}
	a, worlds := &app{out: io.Discard, err: io.Discard, now: time.Now, env: func(string) string { return "" }}, map[string]world{}
	for _, part := range parts {
		t.Run(part.name, func(t *testing.T) { part.measure(bench{t, a, worlds}) })
	}
}

type bench struct {
	t      *testing.T
	a      *app
	worlds map[string]world // formed by one part, for the others
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
	_, broken := graph.Connected(second, after)
	b.row("T5", "groups not connected, warm start, "+name, fmt.Sprint(broken), "want 0")
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
