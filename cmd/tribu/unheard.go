package main

import (
	"context"

	"tribu/data/sqlite"
	"tribu/tribes"
)

// unheard says that posts of the window were not analysed: they take no part. Where none was there
// is nothing to form tribes of.
func (a *app) unheard(ctx context.Context, db *sqlite.DB, p tribes.Params) error {
	n, of, err := db.CountUnheard(ctx, a.hears(), p.Span())
	switch {
	case err != nil || n == 0:
		return err
	case n == of:
		return &problem{code: exitFailed, what: count(of, "post") + " in the window, none of them analysed by this version", next: "tribu analyse, then the same again"}
	}
	a.warn("not analysed, and left out: %s of the %s of the window. tribu analyse, then cluster again, takes them in", thousands(n), count(of, "post"))
	return nil
}

// leftOut says that posts of the window of a run are not analysed now: what is told of its needs is without them.
func (a *app) leftOut(ctx context.Context, db *sqlite.DB, run string) error {
	r, err := db.Record(ctx, run)
	if err != nil || r.Annotation != a.hears() {
		return err // what an older version heard is all there is
	}
	n, of, err := db.CountUnheard(ctx, r.Annotation, r.Window)
	if n > 0 {
		a.warn("not analysed, and left out: %s of the %s of the window. tribu analyse, then the same again, takes their needs in", thousands(n), count(of, "post"))
	}
	return err
}

// waiting counts the posts that are to be analysed.
func (a *app) waiting(ctx context.Context, db *sqlite.DB) (int, error) {
	return db.CountUnanalysed(ctx, a.hears())
}

// hearAgain analyses the posts of others whose conversation lost its title with who was let go, unless
// more than those wait to be analysed; then it says so.
func (a *app) hearAgain(ctx context.Context, db *sqlite.DB, before int) error {
	now, err := a.waiting(ctx, db)
	switch {
	case err != nil || now == 0:
		return err
	case before > 0:
		a.warn("%s to be analysed, of others too whose conversation lost its title: tribu analyse, before a report", count(now, "post"))
		return nil
	}
	_, err = a.analyse(ctx, db, false)
	return err
}
