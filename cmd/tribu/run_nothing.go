package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"tribu/crawler"
	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports"
	"tribu/tribes"
)

// toCrawl says what a whole run would begin to fetch, which a dry run leaves alone.
func (a *app) toCrawl(s crawler.Summary) {
	for _, one := range s.Sources {
		if n := len(one.Planned); n > 0 {
			a.log("crawl", "%s: would begin with %s%s", one.Name, one.Planned[0], andMore(n-1))
		}
	}
	if len(s.Sources) > 0 {
		a.log("dry-run", "nothing is fetched: what follows is of the posts that are here already")
	}
}

// nothingYet ends a run of a project without a single post: the page that says how to begin is written,
// and no run is stored, which would tell of nobody.
func (a *app) nothingYet(ctx context.Context, db *sqlite.DB, crawled crawler.Summary, p tribes.Params) error {
	if a.dryRun && len(crawled.Sources) > 0 {
		a.log("dry-run", "there is no post here yet: a run would go on with what it fetched")
		return nil
	}
	page, err := a.emptyPage(ctx, db, p)
	if err != nil {
		return err
	}
	err = a.result("run", map[string]any{"run": "", "reports": page.Paths, "new_posts": 0}, a.measure(0), a.unlessQuiet(onlyPath(a.mainReport(page.Paths))))
	if err != nil {
		return err
	}
	if gaps := crawlGaps(crawled); gaps != nil {
		return gaps
	}
	empty := &problem{code: exitTooFew, what: "there are no posts yet: " + a.noSource(), kept: "the page that says what is missing; no run was made of nothing",
		next: a.toBegin() + "; then tribu run"}
	if len(crawled.Sources) > 0 {
		empty.what, empty.next = "there are no posts yet: the sources have shown none", "tribu source test shows what a visitor may see there"
	}
	return empty
}

// emptyPage writes the report of nothing from a copy of the database, which is thrown away with its run.
func (a *app) emptyPage(ctx context.Context, db *sqlite.DB, p tribes.Params) (written reports.Result, err error) {
	if a.dryRun {
		a.log("report", "would write the page that says what is missing to %s", a.path(a.cfg.Report.Dir))
		return reports.Result{Paths: []string{}}, nil
	}
	folder, err := os.MkdirTemp(a.dir, ".empty-")
	if err != nil {
		return written, a.folderProblem(err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "tribu.db")
	if err := db.Backup(ctx, path); err != nil {
		return written, err
	}
	empty, err := sqlite.Open(ctx, path, sqlite.Options{Now: a.now, KeyHash: a.keyHash()})
	if err != nil {
		return written, a.openProblem(err)
	}
	defer func() { err = errors.Join(err, empty.Close()) }()
	record, _, err := tribes.Cluster(ctx, empty, empty, p)
	if err != nil && !errors.Is(err, data.ErrTooFew) {
		return written, fmt.Errorf("form an empty run: %w", err)
	}
	return a.report(ctx, empty, record.ID, reportOptions{})
}
