package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/experiment"
	"tribu/reports/measure/soft"
)

// named lists what a project knows of one kind, each with a word on what it is.
type named func(context.Context, *sqlite.DB) ([]cobra.Completion, error)

// completeIDs offers the ids a project knows where a command or a flag wants one.
func (a *app) completeIDs(root *cobra.Command) {
	for paths, known := range map[string]named{
		"runs show,runs diff,runs replay,runs pin":                              a.knownRuns,
		"tribe show,tribe rename,tribe lock,tribe merge,tribe split,tribe note": a.knownTribes,
		"needs show,needs rename,needs merge,needs undo":                        a.knownProblems,
		"source test,source pause,source resume,source remove":                  a.knownSources,
		"experiment result":                            a.knownHypotheses,
		"soft show,soft target,soft convert,soft drop": a.knownSoft,
		"cpi retire":                                   a.knownCPIs,
	} {
		for _, path := range strings.Split(paths, ",") {
			c, _, err := root.Find(strings.Fields(path))
			if err != nil {
				continue
			}
			c.ValidArgsFunction = a.offer(known)
		}
	}
	eachCommand(root, func(c *cobra.Command) {
		for flag, known := range map[string]named{"run": a.knownRuns, "compare": a.knownRuns, "before": a.knownRuns, "week": knownWeeks, "tribe": a.knownTribes, "source": a.knownSources} {
			if f := c.LocalFlags().Lookup(flag); f != nil {
				_ = c.RegisterFlagCompletionFunc(flag, a.offer(known))
			}
		}
	})
}

// mostOffered is how many ids are offered at once.
const mostOffered = 200

// offer asks the project, and offers nothing where it cannot be read.
func (a *app) offer(known named) cobra.CompletionFunc {
	return func(c *cobra.Command, _ []string, begun string) (fit []cobra.Completion, _ cobra.ShellCompDirective) {
		a.quiet, a.err = true, io.Discard
		_ = a.read(c.Context(), func(db *sqlite.DB) error {
			all, err := known(c.Context(), db)
			for _, one := range all {
				if strings.HasPrefix(one, begun) {
					fit = append(fit, one)
				}
			}
			return err
		})
		return fit[:min(len(fit), mostOffered)], cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

func (a *app) knownRuns(ctx context.Context, db *sqlite.DB) (all []cobra.Completion, err error) {
	runs, err := db.Runs(ctx)
	for _, r := range runs {
		all = append(all, cobra.CompletionWithDesc(r.ID, strings.TrimSpace(r.Name+" "+a.local(r.AsOf).Format(time.DateOnly))))
		if r.Name != "" {
			all = append(all, cobra.CompletionWithDesc(r.Name, r.ID))
		}
	}
	return all, err
}

func knownWeeks(ctx context.Context, db *sqlite.DB) (all []cobra.Completion, err error) {
	runs, err := db.RunsByWeek(ctx)
	for _, r := range runs {
		all = append(all, cobra.CompletionWithDesc(r.Week, r.ID))
	}
	return all, err
}

func (a *app) knownTribes(ctx context.Context, db *sqlite.DB) (all []cobra.Completion, err error) {
	r, _, err := a.decidedRun(ctx, db, "")
	for _, t := range r.Tribes {
		all = append(all, cobra.CompletionWithDesc(t.Letter, strings.Join(t.Names(), " / ")))
	}
	return all, err
}

func (a *app) knownProblems(ctx context.Context, db *sqlite.DB) (all []cobra.Completion, err error) {
	problems, err := a.problems(ctx, db)
	for _, p := range problems {
		all = append(all, cobra.CompletionWithDesc(string(p.ID), fmt.Sprintf("%s, %s", p.Call(data.LangUnd), persons(p.People))))
	}
	return all, err
}

func (a *app) knownSources(ctx context.Context, db *sqlite.DB) (all []cobra.Completion, err error) {
	rows, err := a.sourceRows(ctx, db)
	for _, r := range rows {
		all = append(all, cobra.CompletionWithDesc(r.Name, r.Kind))
	}
	return all, err
}

func (a *app) knownHypotheses(context.Context, *sqlite.DB) (all []cobra.Completion, err error) {
	plans, err := customerFile(a, plansFile, experiment.ReadPlans)
	for _, p := range plans {
		all = append(all, cobra.CompletionWithDesc(p.ID, p.CPI+" → "+p.KPI))
	}
	return all, err
}

func (a *app) knownSoft(context.Context, *sqlite.DB) (all []cobra.Completion, err error) {
	register, err := customerFile(a, softFile, soft.ReadRegister)
	for _, e := range register {
		all = append(all, cobra.CompletionWithDesc(e.ID, string(e.Stage)))
	}
	return all, err
}

func (a *app) knownCPIs(context.Context, *sqlite.DB) (all []cobra.Completion, err error) {
	adopted, err := customerFile(a, "cpis.csv", cpi.ReadAdopted)
	for _, c := range adopted {
		if c.Retired.IsZero() && !slices.Contains(all, c.Outcome) {
			all = append(all, cobra.CompletionWithDesc(c.Outcome, c.Name))
		}
	}
	return all, err
}
