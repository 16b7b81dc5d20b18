package main

import (
	"context"
	"time"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
)

// filmWeeks is how many weeks a report tells of.
const filmWeeks = 8

// checkWeeks refuses weeks before a run that has none: a side run is held against the main run of its day.
func checkWeeks(weeks int, p tribes.Params) error {
	switch {
	case weeks < 1:
		return usage("--weeks %d: want a number above 0", weeks)
	case weeks > 1 && !p.Main:
		return usage("--weeks makes main runs: settings of its own make a side run").then("leave the other settings out, or write them into tribu.yaml")
	}
	return nil
}

// weeksBefore makes the main runs of the weeks before p's, n weeks in all, the oldest first, so that every
// run goes on from the one before. Weeks that end before the first post have none. Tribes of later weeks
// get ids of earlier ones; what was decided about them follows their people.
func (a *app) weeksBefore(ctx context.Context, db *sqlite.DB, p tribes.Params, n int) error {
	if n == 1 {
		return nil
	}
	loc, err := a.cfg.Location()
	if err != nil {
		return err
	}
	oldest, err := db.OldestPost(ctx)
	if err != nil {
		return err
	}
	end := p.AsOf.In(loc)
	for i := n - 1; i > 0; i-- {
		at := end.AddDate(0, 0, -7*i)
		if at.Before(oldest) {
			continue
		}
		p.AsOf, p.Week = at.UTC(), tribes.WeekOf(at)
		if _, _, err := a.cluster(ctx, db, p); err != nil {
			return err
		}
	}
	return nil
}

// hintFilm says, after a first run, how the weeks before it are told as well.
func (a *app) hintFilm(ctx context.Context, db *sqlite.DB, r data.RunRecord) {
	a.hint("tribu report")
	oldest, err := db.OldestPost(ctx)
	if weeks := min(int(r.AsOf.Sub(oldest)/(7*24*time.Hour)), filmWeeks); err == nil && r.Main && r.Parent == "" && !r.TooFew && weeks > 1 {
		a.hint("tribu report; or first tribu cluster --weeks %d with the same flags: the report then tells what changed", weeks)
	}
}
