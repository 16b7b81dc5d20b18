package main

import (
	"context"
	"fmt"
	"time"

	"tribu/data/sqlite"
)

// expire wipes the words of crawled posts that crawl.keep_text does not keep any longer.
func (a *app) expire(ctx context.Context, db *sqlite.DB) error {
	keep := time.Duration(a.cfg.Crawl.KeepText)
	if keep <= 0 {
		return nil
	}
	wipe, done := db.Expire, "wiped"
	if a.dryRun {
		wipe, done = db.Expiring, "would be wiped"
	}
	gone, err := wipe(ctx, a.now().Add(-keep))
	if err != nil || gone == (sqlite.Expired{}) {
		return err
	}
	what := fmt.Sprintf("the words of %s and %s %s: collected more than %s ago (keep_text)", count(gone.Posts, "post"), count(gone.Pages, "raw page"), done, a.cfg.Crawl.KeepText)
	a.log("crawl", "%s", what)
	if a.dryRun {
		return nil
	}
	return db.Audit(ctx, "keep_text", what)
}
