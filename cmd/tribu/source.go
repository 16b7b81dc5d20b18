package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

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
		newSourceTest(a), newSourceDetect(a), newSourceAdd(a), newSourcePause(a, "pause", true), newSourcePause(a, "resume", false), newSourceRemove(a))
	return c
}

func newSourceTest(a *app) *cobra.Command {
	var p placeFlags
	c := &cobra.Command{Use: "test [NAME|URL]", Short: "Show what a visitor may see at a source, or at a place that is none yet; nothing is kept", Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := a.loadConfig(); err != nil {
				return err
			}
			name := append(args, "")[0]
			if strings.Contains(name, "://") {
				return a.placeTest(c.Context(), name, p)
			}
			if c.Flags().Changed("every") || p.kind+p.name+p.preset != "" || len(p.allow) > 0 {
				return usage("--kind, --name, --preset, --allow and --every are for the URL of a place that is no source yet: a source has them in tribu.yaml")
			}
			return a.sourceTest(c.Context(), name)
		}}
	p.register(c)
	return c
}

// placeTest is sourceTest for a place that is no source yet.
func (a *app) placeTest(ctx context.Context, url string, p placeFlags) error {
	at, err := address(url)
	if err != nil {
		return err
	}
	all, err := crawler.Detect(ctx, crawler.SourceConfig{Name: nameOf(at, p.name), Kind: p.kind, Preset: p.preset, URL: at, Allow: p.allow}, a.crawlerOptions(nil, crawlOptions{}))
	if err != nil {
		return configured(err)
	}
	r := all[0]
	if r.Recognised || len(all) == 1 {
		return a.sourcesTested(all[:1])
	}
	found := place{URL: at} // the first kind is but a guess
	found.giveUp(all)
	r.Kind, r.Robots, r.Problem = "", found.Robots, found.Problem
	if err := a.sourcesTested([]crawler.Report{r}); err != nil {
		var p *problem
		if errors.As(err, &p) && p.code == exitGaps {
			p.next = nextOf(found.problem(), p.next)
		}
		return err
	}
	return nil
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
	for _, s := range sources {
		r, err := crawler.Test(ctx, s, a.crawlerOptions(nil, crawlOptions{}))
		if err != nil {
			return configured(err)
		}
		all = append(all, r)
	}
	return a.sourcesTested(all)
}

func (a *app) sourcesTested(all []crawler.Report) error {
	bad := 0
	for _, r := range all {
		if r.Problem != "" {
			bad++
		}
	}
	if err := a.result("source.test", probes(all), nil, func(w io.Writer) { a.writeSourceTests(w, all) }); err != nil {
		return err
	}
	if bad > 0 {
		return &problem{code: exitGaps, what: fmt.Sprintf("%s of %d cannot be collected now", count(bad, "source"), len(all)), next: "see the verdict above"}
	}
	return nil
}

func (a *app) writeSourceTests(w io.Writer, all []crawler.Report) {
	for _, r := range all {
		verdict := "ok"
		if r.Problem != "" {
			verdict = r.Problem
		}
		fmt.Fprintf(w, "%s (%s): %s\n  robots: %s\n", r.Name, cmp.Or(r.Kind, "not recognised"), clean(verdict), clean(r.Robots))
		threads := map[data.ThreadID]string{}
		for _, t := range r.Threads {
			threads[t.ID] = t.Title
		}
		for _, p := range r.Posts[:min(5, len(r.Posts))] {
			fmt.Fprintf(w, "  %s  %s\n", a.local(p.CreatedAt).Format("2006-01-02 15:04"), cut(clean(threads[p.Thread]), 60))
		}
	}
}
