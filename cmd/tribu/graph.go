package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/tribes/graph"
)

func newGraph(a *app) *cobra.Command {
	c := &cobra.Command{Use: "graph", Short: "Community detection on any edge list"}
	c.AddCommand(newGraphCluster(a), newGraphGenerate(a))
	return c
}

// graphFlags are the flags of graph cluster.
type graphFlags struct {
	resolution, hold     float64
	quality, warm, out   string
	ensemble, iterations int
	threads              int
	seed                 uint64
}

func newGraphCluster(a *app) *cobra.Command {
	var f graphFlags
	c := &cobra.Command{Use: "cluster EDGES", Short: "Leiden on an edge list: `u v [weight]`, tab or space, # comments, .gz", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if a.json && !c.Flags().Changed("output") {
				f.out = os.DevNull // the JSON object is the result
			}
			if !(f.resolution > 0) { // nor NaN
				return usage("--resolution %g: want a number above 0", f.resolution)
			}
			return a.graphCluster(args[0], f)
		}}
	c.Flags().Float64Var(&f.resolution, "resolution", 1, "γ")
	c.Flags().StringVar(&f.quality, "quality", "modularity", "modularity|cpm")
	c.Flags().IntVar(&f.ensemble, "ensemble", 0, "reweight edges by this many one-level runs")
	c.Flags().IntVar(&f.iterations, "iterations", 0, "passes; below 0 until nothing changes (default 2, or 1 with --warm)")
	c.Flags().Uint64Var(&f.seed, "seed", 1, "seed of every draw")
	c.Flags().IntVar(&f.threads, "threads", 0, "processors to use (default all)")
	c.Flags().StringVar(&f.warm, "warm", "", "start from the groups of a `FILE`: node<TAB>community")
	c.Flags().Float64Var(&f.hold, "hold", 1.5, "with --warm, times the edges of chance from which groups merge, and its inverse to split; 1 for no hold")
	c.Flags().StringVarP(&f.out, "output", "o", "-", "`FILE` of node<TAB>community; - is standard output")
	return c
}

// clustered is the answer of graph cluster; cost is that of the algorithm alone.
type clustered struct {
	Nodes        int     `json:"nodes"`
	Edges        int     `json:"edges"`
	Communities  int     `json:"communities"`
	Quality      float64 `json:"quality"`
	Disconnected int     `json:"disconnected"`
	CPUSeconds   float64 `json:"cpu_seconds"`
	PeakBytes    int64   `json:"peak_bytes"`
}

func (a *app) graphCluster(path string, f graphFlags) error {
	if f.threads > 0 {
		runtime.GOMAXPROCS(f.threads)
	}
	quality, ok := map[string]graph.Quality{"modularity": graph.Modularity, "cpm": graph.CPM}[f.quality]
	if !ok {
		return usage("no quality %q: modularity or cpm", f.quality)
	}
	if f.ensemble < 0 || f.threads < 0 {
		return usage("--ensemble %d, --threads %d: want 0 or more", f.ensemble, f.threads)
	}
	if path == "-" {
		return usage("graph cluster reads a file, not standard input").then("save what comes to a file, and name that")
	}
	in, stop, err := openMaybeGzip(path)
	if err != nil {
		return err
	}
	a.inputs = append(a.inputs, path, f.warm)
	g, names, err := graph.Read(in)
	stop()
	if err != nil {
		return usage("%s: %s", path, strings.TrimPrefix(err.Error(), "read edges: "))
	}
	if g.Edges() == 0 {
		a.warn("%s holds no edges", path)
	}
	o := graph.Options{Quality: quality, Resolution: f.resolution, Iterations: f.iterations, Seed: f.seed}
	if f.warm != "" {
		if o.Warm, err = readGroups(f.warm, names); err != nil {
			return err
		}
		o.Hold = f.hold
	}
	answer, groups := a.leiden(g, o, f.ensemble)
	if err := writeFile(a, f.out, func(w io.Writer) error { return writeGroups(w, names, groups) }); err != nil {
		return err
	}
	if !a.json && f.out == "-" {
		a.log("graph", "%s, %s, %s, quality %.6f", count(answer.Nodes, "node"), count(answer.Edges, "edge"), count(answer.Communities, "community"), answer.Quality)
		return nil
	}
	return a.result("graph.cluster", answer, a.measure(answer.Nodes), func(w io.Writer) {
		fmt.Fprintf(w, "%s, quality %.6f\n", count(answer.Communities, "community"), answer.Quality)
	})
}

func (a *app) leiden(g *graph.Graph, o graph.Options, ensemble int) (clustered, graph.Partition) {
	var groups graph.Partition
	if ensemble == 0 {
		defer debug.SetGCPercent(debug.SetGCPercent(20)) // few and large arrays: collecting them costs little
	}
	debug.FreeOSMemory()
	before := a.measure(0)
	peak := peakOf(func() {
		work := g
		if ensemble > 0 {
			work = graph.Ensemble(g, ensemble, o)
		}
		groups = graph.Leiden(work, o)
	})
	after := a.measure(0)
	_, split := graph.Connected(g, groups)
	return clustered{
		Nodes: g.Nodes(), Edges: g.Edges(), Communities: groups.Groups(), Quality: graph.Score(g, groups, o.Quality, o.Resolution),
		Disconnected: split, CPUSeconds: after.CPUSeconds - before.CPUSeconds, PeakBytes: peak,
	}, groups
}

// peakOf returns the most memory the process held while work ran, what it held before included:
// all that the runtime has from the system and has not given back.
func peakOf(work func()) int64 {
	done, peak := make(chan struct{}), make(chan int64)
	go func() {
		most := held()
		for tick := time.NewTicker(2 * time.Millisecond); ; {
			select {
			case <-tick.C:
				most = max(most, held())
			case <-done:
				tick.Stop()
				peak <- max(most, held())
				return
			}
		}
	}()
	work()
	close(done)
	return <-peak
}

func held() int64 {
	sizes := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(sizes)
	return int64(sizes[0].Value.Uint64() - sizes[1].Value.Uint64())
}

func openMaybeGzip(path string) (io.Reader, func(), error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, unopened(err)
	}
	stop := func() { _ = f.Close() }
	if !strings.HasSuffix(path, ".gz") {
		return f, stop, nil
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		stop()
		return nil, nil, usage("%s: it is not packed by gzip, or is damaged", path)
	}
	return z, stop, nil
}

func writeGroups(w io.Writer, names []string, groups graph.Partition) error {
	b := bufio.NewWriter(w)
	for i, name := range names {
		fmt.Fprintf(b, "%s\t%d\n", name, groups[i])
	}
	return b.Flush()
}

// readGroups reads a warm start. Nodes it does not name start alone.
func readGroups(path string, names []string) (graph.Partition, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unopened(err)
	}
	defer func() { _ = f.Close() }()
	known := map[string]uint32{}
	for s, line := bufio.NewScanner(f), 1; s.Scan(); line++ {
		name, group, ok := strings.Cut(s.Text(), "\t")
		n, err := strconv.ParseUint(group, 10, 32)
		if !ok || err != nil {
			return nil, usage("%s:%d: want node<TAB>community", path, line)
		}
		known[name] = uint32(n)
	}
	p, next := make(graph.Partition, len(names)), uint32(0)
	for _, n := range known {
		next = max(next, n+1)
	}
	for i, name := range names {
		if n, ok := known[name]; ok {
			p[i] = n
			continue
		}
		p[i] = next
		next++
	}
	return p.Renumbered(), nil
}
