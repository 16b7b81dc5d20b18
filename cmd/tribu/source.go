package main

import (
	"context"
	"fmt"
	"io"
	"time"

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
				return a.result("source.list", rows, nil, func(w io.Writer) { writeSources(w, rows) })
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

// A sourceRow joins what is configured with what was collected.
type sourceRow struct {
	Name    string    `json:"name"`
	Kind    string    `json:"kind"`
	URL     string    `json:"url,omitempty"`
	Paused  bool      `json:"paused,omitempty"`
	Posts   int       `json:"posts"`
	Newest  time.Time `json:"newest,omitzero"`
	Pending int       `json:"pending"`
	Gaps    int       `json:"gaps"`
	Denied  int       `json:"denied"`
	Parked  time.Time `json:"parked_until,omitzero"`
	Error   string    `json:"last_error,omitempty"`
}

func (a *app) sourceRows(ctx context.Context, db *sqlite.DB) ([]sourceRow, error) {
	states, err := db.SourceStates(ctx)
	if err != nil {
		return nil, err
	}
	byName := map[string]data.SourceState{}
	for _, s := range states {
		byName[s.Name] = s
	}
	rows := []sourceRow{}
	for _, s := range a.cfg.Sources {
		rows = append(rows, rowOf(byName[s.Name], sourceRow{Name: s.Name, Kind: s.Kind, URL: s.URL, Paused: s.Paused}))
		delete(byName, s.Name)
	}
	for _, s := range states {
		if _, left := byName[s.Name]; left {
			rows = append(rows, rowOf(s, sourceRow{Name: s.Name, Kind: s.Kind}))
		}
	}
	return rows, nil
}

func rowOf(s data.SourceState, r sourceRow) sourceRow {
	r.Posts, r.Newest, r.Pending, r.Gaps, r.Denied, r.Parked, r.Error = s.Posts, s.Newest, s.Pending, s.Dead, s.Denied, s.ParkedTo, s.LastError
	return r
}

func writeSources(w io.Writer, rows []sourceRow) {
	if len(rows) == 0 {
		fmt.Fprintln(w, "no sources yet: tribu source add URL, or import a file")
		return
	}
	var cells [][]string
	for _, r := range rows {
		newest, note := "never", r.Error
		if !r.Newest.IsZero() {
			newest = r.Newest.Format("2006-01-02 15:04")
		}
		switch {
		case r.Paused:
			note = "paused"
		case !r.Parked.IsZero():
			note = "waits until " + r.Parked.Format("2006-01-02 15:04")
		}
		cells = append(cells, []string{r.Name, r.Kind, thousands(r.Posts), newest, fmt.Sprint(r.Gaps), fmt.Sprint(r.Denied), note})
	}
	table(w, []string{"SOURCE", "KIND", "POSTS", "NEWEST", "GAPS", "DENIED", "NOTE"}, cells)
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
	if err := a.result("source.test", all, nil, func(w io.Writer) { writeSourceTests(w, all) }); err != nil {
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
