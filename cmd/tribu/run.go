package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"tribu/data/sqlite"
)

// runOptions are the choices of a whole run; the zero value is the cron line.
type runOptions struct {
	asOf    time.Time // zero: now
	resolve map[string]string
}

func newRun(a *app) *cobra.Command {
	return &cobra.Command{Use: "run", Short: "Crawl, analyse, cluster and report in one go: the cron line", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.write(c.Context(), func(db *sqlite.DB) error { return a.pipeline(c.Context(), db, runOptions{}) })
		}}
}

// pipeline runs every stage in order. A source that fails leaves a gap, not a missing report.
func (a *app) pipeline(ctx context.Context, db *sqlite.DB, o runOptions) error {
	crawled, err := a.crawl(ctx, db, crawlOptions{resolve: o.resolve})
	if err != nil {
		return err
	}
	if _, err := a.analyse(ctx, db, false); err != nil {
		return err
	}
	params, err := a.runParams(ctx, db, o.asOf)
	if err != nil {
		return err
	}
	record, _, err := a.cluster(ctx, db, params)
	if err != nil {
		return err
	}
	written, err := a.report(ctx, db, record.ID, reportOptions{})
	if err != nil {
		return err
	}
	posts := saved(crawled).New
	err = a.result("run", map[string]any{"run": record.ID, "reports": written.Paths, "new_posts": posts}, a.measure(posts), a.unlessQuiet(func(w io.Writer) { fmt.Fprintln(w, a.mainReport(written.Paths)) }))
	if err != nil {
		return err
	}
	told := a.notify(ctx, db, record.ID, a.mainReport(written.Paths))
	if err := crawlGaps(crawled); err != nil {
		if told != nil {
			a.warn("%s", plain(told))
		}
		return err
	}
	if told != nil {
		return told
	}
	return tooFew(record)
}
