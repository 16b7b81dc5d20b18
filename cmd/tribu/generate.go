package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tribu/tribes/graph"
	"tribu/tribes/planted"
)

func newGraphGenerate(a *app) *cobra.Command {
	var plan planted.Plan
	var scenario, out string
	var edges bool
	var mu float64
	c := &cobra.Command{Use: "generate", Short: "Write a world whose groups are known, to measure clustering on", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if out == "" {
				return usage("generate needs -o DIR")
			}
			if plan.Authors < 1 || plan.Weeks < 1 {
				return usage("--authors %d, --weeks %d: want 1 or more", plan.Authors, plan.Weeks)
			}
			if !(plan.Outliers >= 0 && plan.Outliers < 1) {
				return usage("--outliers %g: want 0 or more, and less than 1", plan.Outliers)
			}
			if c.Flags().Changed("mu") && !edges {
				return usage("--mu is of a graph: give --edges too")
			}
			if !slices.Contains(planted.Scenarios(), planted.Scenario(scenario)) {
				return usage("no scenario %q", scenario).then("one of: " + scenarios(", "))
			}
			if a.dryRun {
				a.log("dry-run", "would write to %s", out)
			} else if err := os.MkdirAll(out, 0o755); err != nil {
				return a.fileProblem(out, err)
			}
			plan.Scenario = planted.Scenario(scenario)
			if edges {
				return a.generateEdges(c.Context(), out, plan, mu)
			}
			return a.generatePosts(c.Context(), out, plan)
		}}
	c.Flags().StringVar(&scenario, "scenario", string(planted.BothFair), "what its groups share: "+scenarios(", "))
	_ = c.RegisterFlagCompletionFunc("scenario", cobra.FixedCompletions(strings.Split(scenarios(" "), " "), cobra.ShellCompDirectiveNoFileComp))
	c.Flags().IntVar(&plan.Authors, "authors", 1000, "people, or nodes with --edges")
	c.Flags().IntVar(&plan.Weeks, "weeks", 8, "weeks they write")
	c.Flags().Float64Var(&plan.Outliers, "outliers", 0.2, "share of people in no group")
	c.Flags().Uint64Var(&plan.Seed, "seed", 1, "seed of every draw")
	c.Flags().BoolVar(&edges, "edges", false, "a graph only: edges.tsv and truth.tsv")
	c.Flags().Float64Var(&mu, "mu", 0.3, "with --edges: share of a node's edges that leave its group")
	c.Flags().StringVarP(&out, "output", "o", "", "`FOLDER`")
	return c
}

func scenarios(between string) string {
	var all []string
	for _, s := range planted.Scenarios() {
		all = append(all, string(s))
	}
	return strings.Join(all, between)
}

// unlessStopped makes a world, which looks at no context, unless ctx ends before it is made.
func unlessStopped(ctx context.Context, world func()) error {
	made := make(chan struct{})
	go func() {
		defer close(made)
		world()
	}()
	select {
	case <-made:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (a *app) generatePosts(ctx context.Context, dir string, plan planted.Plan) error {
	a.sofar = "every file there was"
	var posts []planted.Post
	var truth map[string]string
	var err error
	if stopped := unlessStopped(ctx, func() { posts, truth, err = planted.Posts(plan) }); stopped != nil {
		return stopped
	}
	if err != nil {
		return usage("%v", err)
	}
	err = writeFile(a, filepath.Join(dir, "posts.jsonl.gz"), func(w io.Writer) error {
		z := gzip.NewWriter(w)
		enc := json.NewEncoder(z)
		for _, p := range posts {
			if err := cmp.Or(ctx.Err(), enc.Encode(p)); err != nil {
				return fmt.Errorf("write post: %w", err)
			}
		}
		return z.Close()
	})
	if err != nil {
		return err
	}
	err = writeFile(a, filepath.Join(dir, "truth.csv"), func(w io.Writer) error {
		b := bufio.NewWriter(w)
		fmt.Fprintln(b, "author,group")
		for _, author := range slices.Sorted(maps.Keys(truth)) {
			fmt.Fprintf(b, "%s,%s\n", author, truth[author])
		}
		return b.Flush()
	})
	if err != nil {
		return err
	}
	return a.generated(dir, map[string]int{"posts": len(posts), "grouped_authors": len(truth)})
}

func (a *app) generateEdges(ctx context.Context, dir string, plan planted.Plan, mu float64) error {
	if mu < 0 || mu > 1 {
		return usage("--mu %g: want 0 to 1", mu)
	}
	a.sofar = "every file there was"
	var g *graph.Graph
	var truth graph.Partition
	err := unlessStopped(ctx, func() { g, truth = planted.Graph(plan.Authors, mu, plan.Seed) })
	if err != nil {
		return err
	}
	err = errors.Join(
		writeFile(a, filepath.Join(dir, "edges.tsv"), func(w io.Writer) error {
			b := bufio.NewWriter(w)
			for _, e := range g.EdgeList() {
				fmt.Fprintf(b, "%d\t%d\t%g\n", e.U, e.V, e.Weight)
			}
			return b.Flush()
		}),
		writeFile(a, filepath.Join(dir, "truth.tsv"), func(w io.Writer) error {
			b := bufio.NewWriter(w)
			for v, group := range truth {
				fmt.Fprintf(b, "%d\t%d\n", v, group)
			}
			return b.Flush()
		}))
	if err != nil {
		return err
	}
	return a.generated(dir, map[string]int{"nodes": g.Nodes(), "edges": g.Edges(), "groups": truth.Groups()})
}

func (a *app) generated(dir string, counts map[string]int) error {
	return a.result("graph.generate", counts, nil, func(w io.Writer) { verbatim(w, dir) })
}
