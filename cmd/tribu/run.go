package main

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
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

// stale is the problem of a window without a single post, which would tell an empty story over the
// last one that had people in it.
func (a *app) stale(ctx context.Context, db *sqlite.DB, p tribes.Params) error {
	newest, err := db.NewestPost(ctx)
	if errors.Is(err, data.ErrNotFound) {
		return nil // the report of a project without posts says how to begin
	}
	if err != nil || newest.After(p.Span().From) {
		return err
	}
	return &problem{
		code: exitTooFew, what: "no post is newer than " + a.day(p.Span().From),
		kept: "every post; no run was made of an empty window",
		next: "tribu cluster --as-of " + a.local(newest).Format(time.DateOnly) + ", then tribu report, tell of the posts there are",
	}
}

// pipeline runs every stage in order. A source that fails leaves a gap, not a missing report.
func (a *app) pipeline(ctx context.Context, db *sqlite.DB, o runOptions) error {
	a.whole = true
	crawled, err := a.crawl(ctx, db, crawlOptions{resolve: o.resolve})
	if err != nil {
		return err
	}
	if a.dryRun {
		a.toCrawl(crawled)
	}
	if _, err := a.analyse(ctx, db, false); err != nil {
		return err
	}
	params, err := a.runParams(ctx, db, o.asOf)
	if err != nil {
		return err
	}
	if _, err := db.NewestPost(ctx); errors.Is(err, data.ErrNotFound) {
		return a.nothingYet(ctx, db, crawled, params)
	}
	if err := a.stale(ctx, db, params); err != nil {
		if gaps := crawlGaps(crawled); gaps != nil {
			a.warn("no run was made and no report written: %s", plain(err))
			return gaps
		}
		return err
	}
	record, _, err := a.cluster(ctx, db, params)
	if err != nil {
		return err
	}
	tells, err := db.Week(ctx, record.Week) // an earlier run of the week may have tribes where this has none
	if err != nil {
		return err
	}
	written, err := a.report(ctx, db, tells.ID, reportOptions{})
	if err != nil {
		return err
	}
	posts := saved(crawled).New
	err = a.result("run", map[string]any{"run": record.ID, "reports": written.Paths, "new_posts": posts}, a.measure(posts), a.unlessQuiet(onlyPath(a.mainReport(written.Paths))))
	if err != nil {
		return err
	}
	told := a.notify(ctx, db, tells.ID, a.mainReport(written.Paths))
	if err := crawlGaps(crawled); err != nil {
		if told != nil {
			a.warn("%s", plain(told))
		}
		return err
	}
	if told != nil {
		return told
	}
	return cmp.Or(a.tooFew(ctx, db, record), a.incomplete())
}
