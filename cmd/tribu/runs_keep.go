package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
)

func newReplay(a *app) *cobra.Command {
	return &cobra.Command{Use: "replay RUN", Short: "Compute a stored run again and say whether every byte is the same", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error {
				r, err := a.record(c.Context(), db, args[0])
				if err != nil {
					return err
				}
				corpus, err := corpusOf(c.Context(), db, r.ID)
				if err != nil {
					return err
				}
				got, err := tribes.Replay(c.Context(), corpus, db, r.ID)
				if err != nil {
					return err
				}
				if err := a.wiped(c.Context(), db, r, &got); err != nil {
					return err
				}
				if err := a.result("runs.replay", got, a.measure(r.Posts), func(w io.Writer) { writeReplay(w, got) }); err != nil {
					return err
				}
				if !got.Same {
					return &problem{code: exitFailed, what: "run " + got.Run + " came out otherwise", told: true}
				}
				return nil
			})
		}}
}

// wiped adds to what is missing the words that keep_text no longer keeps.
func (a *app) wiped(ctx context.Context, db *sqlite.DB, r data.RunRecord, got *tribes.Replayed) error {
	p, err := tribes.ParseParams(r.Params)
	if err != nil || got.Same {
		return err
	}
	n, err := db.CountExpired(ctx, p.Span())
	if n > 0 {
		got.Missing = append(got.Missing, fmt.Sprintf("the words of %s of its window were wiped (crawl.keep_text)", count(n, "post")))
	}
	return err
}

// corpusOf returns the database as the run read it, as far as that is known.
func corpusOf(ctx context.Context, db *sqlite.DB, run string) (tribes.Corpus, error) {
	then, err := db.AsClustered(ctx, run)
	if errors.Is(err, data.ErrNotFound) {
		return db, nil
	}
	return then, err
}

// inputOf returns what a stored run was formed from, and warns where that has changed.
func (a *app) inputOf(ctx context.Context, db *sqlite.DB, r data.RunRecord) (tribes.Input, error) {
	corpus, err := corpusOf(ctx, db, r.ID)
	if err != nil {
		return tribes.Input{}, err
	}
	p, err := tribes.ParseParams(r.Params)
	if err != nil {
		return tribes.Input{}, err
	}
	in, err := tribes.LoadInput(ctx, corpus, p)
	if err == nil && in.Digest != r.Inputs {
		a.warn("the posts of run %s have changed since: this rests on what is there now", r.ID)
	}
	return in, err
}

func writeReplay(w io.Writer, r tribes.Replayed) {
	if r.Same {
		fmt.Fprintf(w, "run %s: the same bytes\n", r.Run)
	} else {
		fmt.Fprintf(w, "run %s: other %s\n", r.Run, strings.Join(r.Differs, ", "))
	}
	for _, m := range r.Missing {
		fmt.Fprintf(w, "because %s\n", clean(m))
	}
}

func newPin(a *app) *cobra.Command {
	var off bool
	c := &cobra.Command{Use: "pin RUN", Short: "Keep a run when others are pruned", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.write(c.Context(), func(db *sqlite.DB) error {
			r, err := a.exactly(c.Context(), db, args[0])
			if err != nil {
				return err
			}
			if err := db.PinRun(c.Context(), r.ID, !off); err != nil {
				return err
			}
			if a.dryRun {
				a.log("dry-run", "would do so for run %s", r.ID)
				return nil
			}
			return a.result("runs.pin", map[string]any{"run": r.ID, "pinned": !off}, nil, func(w io.Writer) {
				fmt.Fprintf(w, "run %s %s\n", r.ID, map[bool]string{true: "is not pinned now", false: "is pinned"}[off])
			})
		})
	}}
	c.Flags().BoolVar(&off, "off", false, "no longer keep it")
	return c
}

func newPrune(a *app) *cobra.Command {
	var yes bool
	c := &cobra.Command{Use: "prune [RUN...]", Short: "Drop these runs, or all that are not pinned, that no other run rests on and that are not their week's",
		RunE: func(c *cobra.Command, names []string) error {
			return a.write(c.Context(), func(db *sqlite.DB) error {
				ids, err := a.prunable(c.Context(), db, names)
				if err != nil {
					return err
				}
				if err := a.agreedPrune(c.Context(), ids, yes || len(names) > 0); err != nil {
					return err
				}
				verb := "dropped"
				if a.dryRun {
					verb = "would drop"
				} else if err := db.DropRuns(c.Context(), ids); err != nil {
					return err
				} else if len(ids) > 0 {
					if err := db.Audit(c.Context(), "prune", strings.Join(ids, " ")); err != nil {
						return err
					}
				}
				return a.result("runs.prune", map[string]any{"runs": ids, "dry_run": a.dryRun}, nil, func(w io.Writer) {
					fmt.Fprintf(w, "%s %s\n", verb, count(len(ids), "run"))
					for _, id := range ids {
						fmt.Fprintln(w, id)
					}
				})
			})
		}}
	c.Flags().BoolVar(&yes, "yes", false, "ask nothing")
	return c
}

// agreedPrune asks, where there is somebody to ask, whether runs that nobody named are to go.
func (a *app) agreedPrune(ctx context.Context, ids []string, yes bool) error {
	if yes || a.dryRun || len(ids) == 0 || !a.interactive() {
		return nil
	}
	agreed, err := a.agrees(ctx, fmt.Sprintf("This drops %s: %s. Drop them?", count(len(ids), "run"), strings.Join(ids, ", ")), "no")
	if agreed || err != nil {
		return err
	}
	return &problem{code: exitFailed, what: "no run was dropped", kept: "every run"}
}

// prunable returns the ids of the runs that are named, unless something keeps one; of all that
// nothing keeps where none is named.
func (a *app) prunable(ctx context.Context, db *sqlite.DB, names []string) ([]string, error) {
	ids := []string{}
	if len(names) == 0 {
		runs, err := db.Prunable(ctx)
		for _, r := range runs {
			ids = append(ids, r.ID)
		}
		return ids, err
	}
	pins, err := db.Pinned(ctx)
	if err != nil {
		return nil, err
	}
	runs, err := db.Runs(ctx)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		r, err := a.exactly(ctx, db, name)
		if err != nil {
			return nil, err
		}
		if slices.Contains(pins, r.ID) {
			return nil, &problem{code: exitUsage, what: "run " + r.ID + " is pinned", kept: "every run", next: "tribu runs pin --off " + r.ID}
		}
		if !slices.Contains(ids, r.ID) {
			ids = append(ids, r.ID)
		}
	}
	for _, r := range runs {
		for _, before := range []string{r.Parent, r.Replaced} {
			if slices.Contains(ids, before) && !slices.Contains(ids, r.ID) {
				return nil, &problem{code: exitUsage, what: fmt.Sprintf("run %s cannot go: run %s rests on it", before, r.ID), kept: "every run", next: "drop that one first, or both at once"}
			}
		}
	}
	return ids, nil
}

// explainMoves reads what both runs rest on and says why people moved.
func (a *app) explainMoves(ctx context.Context, db *sqlite.DB, d *tribes.Difference, x, y data.RunRecord) error {
	if len(d.Moves) == 0 && len(d.Steps) == 0 {
		return nil
	}
	var in [2]tribes.Input
	for i, r := range []data.RunRecord{x, y} {
		var err error
		if in[i], err = a.inputOf(ctx, db, r); err != nil {
			return err
		}
	}
	tribes.Explain(d, x, y, in[0], in[1])
	return nil
}
