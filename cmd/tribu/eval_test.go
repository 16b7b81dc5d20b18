package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/tribes"
)

var evaluating = flag.Bool("eval", false, "measure quality on the corpora")

// shared is the folder of real corpora; tests that need it skip where it is missing.
func shared(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("SHARED")
	if dir == "" {
		dir, _ = filepath.Abs("../../../shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "data", "corpora")); err != nil {
		t.Skipf("no corpora in %s", dir)
	}
	return filepath.Join(dir, "data")
}

// run runs the command line in this process and returns its standard output.
func run(t testing.TB, want int, args ...string) string {
	t.Helper()
	return runAny(t, []int{want}, args...)
}

// runAny does what run does where several exit codes are right.
func runAny(t testing.TB, want []int, args ...string) string {
	t.Helper()
	got, out, errs := start(args...)
	if !slices.Contains(want, got) {
		t.Fatalf("tribu %s: got exit code %d, want one of %d\n%s%s", strings.Join(args, " "), got, want, out, errs)
	}
	return out
}

func start(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	a := &app{out: &o, err: &e, in: strings.NewReader(""), now: time.Now, env: func(string) string { return "" }}
	code = a.main(context.Background(), args)
	return code, o.String(), e.String()
}

// answer runs a command with --json and decodes the data of its answer.
func answer(t testing.TB, want int, into any, args ...string) {
	t.Helper()
	decodeAnswer(t, run(t, want, append(args, "--json")...), into, args)
}

func decodeAnswer(t testing.TB, out string, into any, args []string) {
	t.Helper()
	if err := json.NewDecoder(strings.NewReader(out)).Decode(&struct{ Data any }{into}); err != nil {
		t.Fatalf("decode answer of %v: %v\n%s", args, err, out)
	}
}

type corpus struct{ name, asOf, window string }

var corpora = []corpus{
	{"usenet20_dev", "1993-06-01", "26w"},
	{"r_lists_early", "2010-12-31", "160w"},
	{"caposele_it", "2015-12-31", "520w"},
	{"stackexchange_italian", "2014-05-31", "52w"},
}

// TestEval prints how well tribes agree with known groups, medians over five seeds, k-means and the
// single layers beside them.
func TestEval(t *testing.T) {
	if !*evaluating {
		t.Skip("make eval runs this")
	}
	root := shared(t)
	fmt.Printf("%-22s %5s %6s | %-13s | %-13s | %-6s %-6s %-6s %-6s\n", "corpus", "truth", "tribes", "placed AMI/cov", "publ. AMI/cov", "areas", "kmeans", "text", "ties")
	for _, c := range corpora {
		dir := filepath.Join(t.TempDir(), c.name)
		folder := filepath.Join(root, "corpora", c.name)
		run(t, exitDone, "init", dir, "--yes")
		run(t, exitDone, "-C", dir, "import", filepath.Join(folder, "posts.jsonl.gz"))
		run(t, exitDone, "-C", dir, "analyse")
		var seeds []tribes.Agreement
		for seed := range 5 {
			tell := func(into any, args ...string) {
				args = append([]string{"-C", dir, "--json"}, args...)
				decodeAnswer(t, runAny(t, []int{exitDone, exitTooFew}, args...), into, args)
			}
			var r runRow
			tell(&r, "cluster", "--as-of", c.asOf, "--window", c.window, "--seed", fmt.Sprint(seed+1))
			var g tribes.Agreement
			tell(&g, "evaluate", "--truth", filepath.Join(folder, "truth.csv"), "--run", r.ID)
			seeds = append(seeds, g)
		}
		m := func(of func(tribes.Agreement) float64) float64 { return median(seeds, of) }
		fmt.Printf("%-22s %5d %6.0f |  %.3f / %.2f |  %.3f / %.2f | %.3f  %.3f  %.3f  %.3f\n", c.name, seeds[0].TruthAuthors,
			m(func(g tribes.Agreement) float64 { return float64(g.Tribes) }),
			m(func(g tribes.Agreement) float64 { return g.Placed.AMIAll }), m(func(g tribes.Agreement) float64 { return g.Placed.Coverage }),
			m(func(g tribes.Agreement) float64 { return g.AMI }), m(func(g tribes.Agreement) float64 { return g.Coverage }),
			m(func(g tribes.Agreement) float64 { return g.Areas.AMIAll }), m(func(g tribes.Agreement) float64 { return g.KMeans.AMIAll }),
			m(func(g tribes.Agreement) float64 { return g.TextOnly.AMIAll }), m(func(g tribes.Agreement) float64 { return g.InteractionOnly.AMIAll }))
	}
}

func median(all []tribes.Agreement, of func(tribes.Agreement) float64) float64 {
	var values []float64
	for _, g := range all {
		values = append(values, of(g))
	}
	slices.Sort(values)
	return values[len(values)/2]
}
