package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/customer"
)

// A lintResult is what cpi lint --json gives.
type lintResult struct {
	Goals      int          `json:"goals"`
	Adopted    int          `json:"adopted"`
	Findings   []findingRow `json:"findings"`
	Centricity string       `json:"centricity"`
	Grounded   string       `json:"grounded"`
	Uncovered  []string     `json:"functions_without_cpi"`
}

// cpiLint lints the goals and the adopted CPIs; a fault ends in the exit code of wrong usage.
func (a *app) cpiLint(ctx context.Context, db *sqlite.DB, run string) error {
	told, err := a.customer()
	if err != nil {
		return err
	}
	mined, err := a.mined(ctx, db, run)
	if err != nil {
		return err
	}
	out := lintResult{Goals: len(told.Goals), Adopted: len(told.Adopted), Findings: []findingRow{}, Centricity: cpi.CentricityOf(told.Goals).String(),
		Grounded: cpi.Ground(told.Goals, mined, cpi.Params{}).String()}
	_, out.Uncovered = cpi.Coverage(told.Goals)
	for _, g := range told.Goals {
		found, err := a.lintGoal(g, mined)
		if err != nil {
			return err
		}
		out.add(g.ID, found)
	}
	for _, c := range told.Adopted {
		if !c.Retired.IsZero() {
			continue
		}
		confirmed, err := a.confirmed(c.Outcome)
		if err != nil {
			return err
		}
		c.Evidence = evidenceOf(mined, c.Outcome)
		out.add(c.Outcome, cpi.Lint(c.Definition, confirmed))
	}
	if err := a.result("cpi.lint", out, nil, func(w io.Writer) { out.write(w) }); err != nil {
		return err
	}
	if slices.ContainsFunc(out.Findings, func(f findingRow) bool { return f.Level == cpi.Fault }) {
		return &problem{code: exitUsage, what: "the goals have faults", told: true}
	}
	return nil
}

func (a *app) lintGoal(g customer.Goal, mined []cpi.Outcome) ([]cpi.Finding, error) {
	if g.Direction != "CPI" {
		return cpi.LintGoal(g), nil
	}
	d := cpi.DefinitionOf(g, evidenceOf(mined, g.Metric))
	confirmed, err := a.confirmed(g.Metric)
	return cpi.LintCPIGoal(g, d, confirmed), err
}

func evidenceOf(mined []cpi.Outcome, key string) []data.PostID {
	for _, o := range mined {
		if o.String() == key {
			return o.Posts
		}
	}
	return nil
}

func (l *lintResult) add(goal string, found []cpi.Finding) {
	for _, f := range found {
		l.Findings = append(l.Findings, findingRow{goal, f.Level, f.Rule, f.Reason})
	}
}

func (l *lintResult) write(w io.Writer) {
	for _, f := range l.Findings {
		fmt.Fprintf(w, "%s  %s  %s\n", clean(f.Goal), f.Level, clean(f.Reason))
	}
	if l.Goals == 0 {
		fmt.Fprintf(w, "no goals: goals.csv of the customer's folder is not there or empty; %s adopted\n", count(l.Adopted, "CPI"))
		return
	}
	fmt.Fprintf(w, "%s\n%s\n", l.Centricity, l.Grounded)
	if len(l.Uncovered) > 0 {
		fmt.Fprintf(w, "no CPI yet in %s\n", strings.Join(l.Uncovered, ", "))
	}
}
