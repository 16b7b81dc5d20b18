package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tribu/crawler"
	"tribu/data"
	"tribu/data/sqlite"
)

func newSource(a *app) *cobra.Command {
	c := &cobra.Command{Use: "source", Short: "The places posts come from: look, add, pause, remove"}
	c.AddCommand(
		&cobra.Command{Use: "list", Short: "List sources with what was collected and what went wrong", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error {
				rows, err := a.sourceRows(c.Context(), db)
				if err != nil {
					return err
				}
				return a.result("source.list", rows, nil, func(w io.Writer) { a.writeSources(w, rows) })
			})
		}},
		&cobra.Command{Use: "test [NAME]", Short: "Show what a visitor may see at a source; nothing is kept", Args: cobra.MaximumNArgs(1),
			RunE: func(c *cobra.Command, args []string) error {
				if err := a.loadConfig(); err != nil {
					return err
				}
				return a.sourceTest(c.Context(), append(args, "")[0])
			}},
		newSourceDetect(a), newSourceAdd(a), newSourcePause(a, "pause", true), newSourcePause(a, "resume", false), newSourceRemove(a))
	return c
}

func (a *app) sourceTest(ctx context.Context, name string) error {
	sources, err := a.sources(name)
	if err != nil {
		return err
	}
	if len(sources) == 0 {
		return &problem{code: exitUsage, what: a.configPath() + ": no source to test", next: "tribu source add URL, or tribu source resume NAME"}
	}
	var all []crawler.Report
	bad := 0
	for _, s := range sources {
		r, err := crawler.Test(ctx, s, a.crawlerOptions(nil, crawlOptions{}))
		if err != nil {
			return configured(err)
		}
		all = append(all, r)
		if r.Problem != "" {
			bad++
		}
	}
	if err := a.result("source.test", probes(all), nil, func(w io.Writer) { writeSourceTests(w, all) }); err != nil {
		return err
	}
	if bad > 0 {
		return &problem{code: exitGaps, what: fmt.Sprintf("%s of %d cannot be collected now", count(bad, "source"), len(all)), next: "see the verdict above"}
	}
	return nil
}

func writeSourceTests(w io.Writer, all []crawler.Report) {
	for _, r := range all {
		verdict := "ok"
		if r.Problem != "" {
			verdict = r.Problem
		}
		fmt.Fprintf(w, "%s (%s): %s\n  robots: %s\n", r.Name, r.Kind, clean(verdict), clean(r.Robots))
		threads := map[data.ThreadID]string{}
		for _, t := range r.Threads {
			threads[t.ID] = t.Title
		}
		for _, p := range r.Posts[:min(5, len(r.Posts))] {
			fmt.Fprintf(w, "  %s  %s\n", p.CreatedAt.Format("2006-01-02 15:04"), cut(clean(threads[p.Thread]), 60))
		}
	}
}
