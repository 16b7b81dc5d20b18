package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
)

// tooFew is the problem of a run with too little data; its report says what is missing.
func (a *app) tooFew(ctx context.Context, db *sqlite.DB, r data.RunRecord) error {
	if !r.TooFew {
		return nil
	}
	if main, ok := a.mainBeside(ctx, db, r); ok && r.Algorithm == string(tribes.KMeans) {
		return &problem{code: exitTooFew, kept: "the run, with needs and people", next: "--k N asks for another number of groups; tribu evaluate holds k-means against known ones",
			what: "no group of k-means holds: main run " + main.ID + ", by leiden, has tribes in the same posts"}
	} else if ok {
		return &problem{code: exitTooFew, kept: "the run, with needs and people", next: "choose settings nearer to those: tribu runs show " + main.ID,
			what: fmt.Sprintf("no group holds with these settings: main run %s has tribes in the same posts, at resolution %.3g", main.ID, main.Resolution)}
	}
	next := a.widen(ctx, db, r)
	if week, err := db.Week(ctx, r.Week); r.Main && r.Posts == 0 && err == nil && week.ID == r.ID {
		next += "; tribu runs prune " + r.ID + " drops this run, which is the week's now"
	}
	return &problem{code: exitTooFew, kept: "the run, with needs and people", next: next,
		what: fmt.Sprintf("too little data for tribes: %s wrote %s from %s to %s%s", count(r.People, "author"), count(r.Posts, "post"),
			a.day(r.Window.From.Add(time.Second)), a.day(r.AsOf), a.wanted(r))}
}

// mainBeside returns the main run with tribes over the same posts as a side run without.
func (a *app) mainBeside(ctx context.Context, db *sqlite.DB, r data.RunRecord) (data.Run, bool) {
	runs, err := db.Runs(ctx)
	i := slices.IndexFunc(runs, func(x data.Run) bool { return x.Main && !x.TooFew && x.Inputs == r.Inputs })
	if r.Main || err != nil || i < 0 {
		return data.Run{}, false
	}
	return runs[i], true
}

// wanted says how many people a run with fewer lacks, else that people are not what it lacks.
func (a *app) wanted(r data.RunRecord) string {
	if least := a.cfg.Report.MinPeopleTotal; r.People < least {
		return fmt.Sprintf("; %s are wanted", count(least, "author"))
	}
	return "; no group of them holds, repeated and against chance"
}

// fellOut says that a side run has fewer people in tribes by a tenth than the main run over the same posts, and why.
func (a *app) fellOut(ctx context.Context, db *sqlite.DB, r data.RunRecord) {
	main, ok := a.mainBeside(ctx, db, r)
	if !ok || r.TooFew {
		return
	}
	beside, err := db.Record(ctx, main.ID)
	if is, was := placed(r), placed(beside); err == nil && 10*is < 9*was {
		a.log("cluster", "%s in none of them, %s more than in main run %s: they do not stay together when it is repeated, or no more than by chance", persons(r.People-is), thousands(was-is), main.ID)
	}
}

// placed counts the people in a tribe.
func placed(r data.RunRecord) (n int) {
	for _, m := range r.Members {
		if m.Rank == 0 && m.Tribe != "" {
			n++
		}
	}
	return n
}

// widen says how a run would take in more posts.
func (a *app) widen(ctx context.Context, db *sqlite.DB, r data.RunRecord) string {
	all, err := db.Counts(ctx)
	oldest, oldestErr := db.OldestPost(ctx)
	if err != nil || oldestErr != nil || all.Posts <= r.Posts {
		return "add a source, or import more posts"
	}
	if !oldest.Before(r.AsOf) {
		return fmt.Sprintf("the oldest post here is of %s: choose a later day", a.day(oldest))
	}
	if !oldest.Before(r.Window.From) {
		return fmt.Sprintf("%s are here, the others later than that day or not analysed yet: tribu analyse, then tribu cluster, or --as-of DAY", count(all.Posts, "post"))
	}
	weeks := int(r.AsOf.Sub(oldest)/(7*24*time.Hour)) + 1
	return fmt.Sprintf("%s since %s are here: tribu cluster --window %dw takes in all up to the same day, --as-of DAY up to another; cluster: {window: %dw} in tribu.yaml is for every run",
		count(all.Posts, "post"), a.day(oldest), weeks, weeks)
}
