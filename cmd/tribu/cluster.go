package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/cmd/tribu/config"
	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
)

// clusterFlags are the flags of cluster; those that are set win over tribu.yaml.
type clusterFlags struct {
	algorithm, asOf, name  string
	resolution, needWeight config.AutoReal
	halfLife, window       config.Span
	seed                   uint64
	repeats, minTribe, k   int
	weeks                  int
}

func newCluster(a *app) *cobra.Command {
	var f clusterFlags
	c := &cobra.Command{Use: "cluster", Short: "Form tribes and store the run", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		return a.write(c.Context(), func(db *sqlite.DB) error {
			params, err := a.clusterParams(c, db, f)
			if err != nil {
				return err
			}
			if err := groupsOf(params); err != nil {
				return err
			}
			if err := checkWeeks(f.weeks, params); err != nil {
				return err
			}
			if err := a.weeksBefore(c.Context(), db, params, f.weeks); err != nil {
				return err
			}
			record, found, err := a.cluster(c.Context(), db, params)
			if err != nil {
				return err
			}
			if record, _, err = a.withDecisions(c.Context(), db, record); err != nil {
				return err
			}
			a.hintFilm(c.Context(), db, record)
			if err := a.result("cluster", runView(record), a.measure(record.Posts), a.unlessQuiet(func(w io.Writer) { writeRun(w, record, found) })); err != nil {
				return err
			}
			a.fellOut(c.Context(), db, record)
			return a.tooFew(c.Context(), db, record)
		})
	}}
	f.bind(c)
	c.Flags().IntVar(&f.weeks, "weeks", 1, "runs to make, a week apart and the oldest first: the report tells what changed between them")
	c.AddCommand(newSweep(a))
	return c
}

func (f *clusterFlags) bind(c *cobra.Command) {
	c.Flags().StringVar(&f.algorithm, "algorithm", "leiden", "leiden|kmeans")
	f.resolution.Auto, f.needWeight.Auto = true, true
	c.Flags().Var(&f.resolution, "resolution", "granularity: a number, or auto: what makes words and meetings likeliest")
	c.Flags().Var(&f.needWeight, "need-weight", "share of shared need against interaction, 0 to 1, or auto")
	c.Flags().Var(&f.halfLife, "half-life", "age at which a post counts half: 4w, or off (default the window)")
	c.Flags().Var(&f.window, "window", "how far back posts count (4w)")
	c.Flags().StringVar(&f.asOf, "as-of", "", "last `DAY` that counts, 2026-11-22 (default the day of the newest post)")
	c.Flags().Uint64Var(&f.seed, "seed", 1, "seed of every draw")
	c.Flags().IntVar(&f.repeats, "repeats", 20, "reruns that measure stability")
	c.Flags().IntVar(&f.minTribe, "min-tribe", 5, "people a tribe must have")
	c.Flags().IntVar(&f.k, "k", 0, "number of groups for kmeans (default: as many as people call for)")
	c.Flags().StringVar(&f.name, "name", "", "label: makes this a side run")
}

// check refuses a nothing that was given: it does not stand for the usual.
func (f *clusterFlags) check(c *cobra.Command) error {
	switch {
	case c.Flags().Changed("resolution") && f.resolution == config.AutoReal{}:
		return usage("--resolution 0: want a number above 0, or auto")
	case c.Flags().Changed("half-life") && f.halfLife == 0:
		return usage("--half-life 0: want a length of time above 0, or off")
	}
	return nil
}

// groupsOf refuses a number of groups where the method finds it.
func groupsOf(p tribes.Params) error {
	if p.K == 0 || p.Algorithm == tribes.KMeans {
		return nil
	}
	return usage("k is the number of groups of k-means; %s finds its own", p.Algorithm).then("choose the algorithm kmeans, or leave k out")
}

// runParams returns the parameters of a scheduled run as of at, or of now where at is zero.
func (a *app) runParams(ctx context.Context, db *sqlite.DB, at time.Time) (tribes.Params, error) {
	loc, err := a.cfg.Location()
	if err != nil {
		return tribes.Params{}, err
	}
	p := a.clusterDefaults()
	if p.Makers, err = a.notPeople(ctx, db); err != nil {
		return p, err
	}
	p.MinPeople, p.Annotation, p.Main, p.AsOf = a.cfg.Report.MinPeopleTotal, a.hears(), true, at
	if at.IsZero() {
		now := a.now().In(loc)
		p.AsOf, p.Week = now.UTC().Truncate(time.Second), tribes.LastWeek(now)
	} else {
		p.Week = tribes.WeekOf(at.In(loc))
	}
	return p, nil
}

// clusterParams lets the flags that were given win; other flags than as-of, window and seed make a side run.
func (a *app) clusterParams(c *cobra.Command, db *sqlite.DB, f clusterFlags) (tribes.Params, error) {
	at, err := a.asOf(c.Context(), db, f.asOf)
	if err != nil {
		return tribes.Params{}, err
	}
	p, err := a.runParams(c.Context(), db, at)
	if err != nil {
		return p, err
	}
	set := func(name string, apply func()) {
		if c.Flags().Changed(name) {
			apply()
		}
	}
	if err := f.check(c); err != nil {
		return p, err
	}
	before := p
	set("algorithm", func() { p.Algorithm = tribes.Algorithm(f.algorithm) })
	set("resolution", func() { p.Resolution, p.AutoResolution = f.resolution.Value, f.resolution.Auto })
	set("need-weight", func() {
		p.NeedWeight, p.AutoWeight, p.TiesOnly = f.needWeight.Value, f.needWeight.Auto, !f.needWeight.Auto && f.needWeight.Value == 0
	})
	set("half-life", func() { p.HalfLife = time.Duration(f.halfLife) })
	set("repeats", func() { p.Repeats = given(f.repeats) })
	set("min-tribe", func() { p.MinTribe = given(f.minTribe) })
	set("k", func() { p.K = f.k })
	set("name", func() { p.Name = f.name })
	p.Main = reflect.DeepEqual(p, before)
	set("window", func() { p.Window = length(f.window) })
	set("seed", func() { p.Seed = f.seed })
	if err := p.Check(); err != nil { // the settings are right: it is a flag
		return p, usage("--%s", hyphened(err.Error()))
	}
	return p, a.nameFree(c.Context(), db, p)
}

// hyphened writes the parameter that a sentence begins with as its flag: "min tribe: …" is "min-tribe: …".
func hyphened(sentence string) string {
	for _, words := range []string{"need weight", "min tribe"} {
		if rest, ok := strings.CutPrefix(sentence, words); ok {
			return strings.ReplaceAll(words, " ", "-") + rest
		}
	}
	return sentence
}

// idLike matches what a run's id, or the beginning of one, looks like.
var idLike = regexp.MustCompile(`^\d{4}-[Ww]\d`)

// nameFree refuses a name that is the id of a run or a week, or that another run of the same day has.
func (a *app) nameFree(ctx context.Context, db *sqlite.DB, p tribes.Params) error {
	if idLike.MatchString(p.Name) {
		return usage("--name %s looks like a week or the id of a run", p.Name).then("take words")
	}
	runs, err := db.Runs(ctx)
	for _, r := range runs {
		if p.Name == "" || r.Name != p.Name || !r.AsOf.Equal(p.AsOf) {
			continue
		}
		other, err := tribes.ParseParams(r.Params)
		other.Annotation = p.Annotation
		if err != nil || other.JSON() != p.JSON() {
			return &problem{code: exitUsage, what: fmt.Sprintf("run %s of the same day is called %q already, with other parameters", r.ID, p.Name), kept: "every run",
				next: "take another name, or drop that run: tribu runs prune " + r.ID}
		}
	}
	return err
}

// asOf returns the last second of the day that text names, or of the newest post's day.
func (a *app) asOf(ctx context.Context, db *sqlite.DB, text string) (time.Time, error) {
	loc, err := a.cfg.Location()
	if err != nil {
		return time.Time{}, err
	}
	var day time.Time
	if text == "" {
		newest, err := db.NewestPost(ctx)
		if errors.Is(err, data.ErrNotFound) {
			return time.Time{}, &problem{code: exitTooFew, what: "there are no posts yet", next: a.toFetch()}
		} else if err != nil {
			return time.Time{}, err
		}
		day = newest.In(loc)
	} else if day, err = time.ParseInLocation("2006-01-02", text, loc); err != nil {
		return time.Time{}, usage("--as-of %q is no day", text).then("write it as 2026-11-22")
	}
	if day.After(a.now().AddDate(0, 0, 1)) {
		return time.Time{}, usage("--as-of %s has not come yet: nobody has written by then", text).then("leave it out for the day of the newest post")
	}
	return time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, loc).Add(-time.Second).UTC(), nil
}

func (a *app) cluster(ctx context.Context, db *sqlite.DB, p tribes.Params) (data.RunRecord, bool, error) {
	if err := a.unheard(ctx, db, p); err != nil {
		return data.RunRecord{}, false, err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(80)) // nearly all that is read is kept
	done := a.busy("cluster")
	a.sofar = "every post and need; no run was made"
	record, found, err := tribes.Cluster(ctx, db, db, p)
	done()
	if err != nil && !errors.Is(err, data.ErrTooFew) {
		return record, found, err
	}
	a.sofar = "run " + record.ID
	if err = nil; !found {
		err = db.Audit(ctx, "cluster", record.ID)
	} else if record.Main && !record.TooFew {
		err = again(ctx, db, record)
	}
	if err == nil {
		err = a.carryOn(ctx, db, record)
	}
	if told, _, e := a.withDecisions(ctx, db, record); e == nil {
		a.passed("cluster", "run %s: %s, %s", record.ID, count(record.People, "author"), groupsIn(told.Tribes))
	}
	return record, found, err
}

// again makes a run that is stored already the one that counts for its as-of: it was asked for last.
func again(ctx context.Context, db *sqlite.DB, r data.RunRecord) error {
	runs, err := db.Runs(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(runs, func(x data.Run) bool { return x.Main && x.AsOf.Equal(r.AsOf) })
	if i < 0 || runs[i].ID == r.ID {
		return nil
	}
	return db.SaveRun(ctx, r)
}

// groupsIn counts tribes, and the groups beside them that are none.
func groupsIn(found []data.Tribe) string {
	n := data.TribeCount(found)
	if rest := len(found) - n; rest > 0 {
		return count(n, "tribe") + " and " + count(rest, "more group")
	}
	return count(n, "tribe")
}

func writeRun(w io.Writer, r data.RunRecord, found bool) {
	state := ""
	if found {
		state = " (stored already: nothing has changed)"
	}
	fmt.Fprintf(w, "run %s%s\n%s, %s, %s; %s in one of them\n", r.ID, state, count(r.People, "author"), count(r.Posts, "post"),
		groupsIn(r.Tribes), thousands(placed(r)))
	var rows [][]string
	for _, t := range byLetter(tribeRows(r)) {
		rows = append(rows, []string{t.Letter, thousands(t.People), string(t.Kind), t.Name})
	}
	if len(rows) > 0 {
		table(w, []string{"", "PEOPLE", "KIND", "NAME"}, rows)
	}
}
