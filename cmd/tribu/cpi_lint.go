package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports"
	"tribu/reports/measure"
	"tribu/reports/measure/conduct"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/goal"
	"tribu/reports/measure/stats"
)

// A lintResult is what cpi lint --json gives.
type lintResult struct {
	Goals      int          `json:"goals"`
	Adopted    int          `json:"adopted"`
	Findings   []findingRow `json:"findings"`
	Centricity string       `json:"centricity"`
	Ratio      *float64     `json:"customer_centricity"` // CPIs of all metrics; null where there is none
	Grounded   string       `json:"grounded"`
	Uncovered  []string     `json:"functions_without_cpi"`

	Orphans     []string     `json:"metrics_in_no_goal"`
	OrphanShare *float64     `json:"orphan_share"` // of the metrics shown; null where none is
	Meaningful  []meaningRow `json:"meaningful"`   // conversions that mean something, by type
	SaySales    int          `json:"posts_that_say_conversions"`
}

// A meaningRow is how many conversions of one type mean something.
type meaningRow struct {
	Type  string `json:"type"`
	Share string `json:"share"`
}

// cpiLint lints the goals and the adopted CPIs; a fault ends in the exit code of wrong usage.
func (a *app) cpiLint(ctx context.Context, db *sqlite.DB, run string) error {
	told, err := a.customer()
	if err != nil {
		return err
	}
	r, mined, err := a.mined(ctx, db, run)
	if err != nil {
		return err
	}
	out := lintResult{Goals: len(told.Goals), Findings: []findingRow{}, Orphans: []string{}, Meaningful: []meaningRow{}, Centricity: cpi.CentricityOf(told.Goals).String(),
		Grounded: cpi.Ground(told.Goals, mined, cpi.Params{}).String()}
	if ratio, state := cpi.CentricityOf(told.Goals).Ratio(); state == stats.Known {
		out.Ratio = &ratio
	}
	out.Uncovered = cpi.Uncovered(told.Goals)
	if err := a.lintMetrics(&out, r, told, mined); err != nil {
		return err
	}
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
		out.Adopted++
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

// lintMetrics holds what is shown and counted against the goals: metrics in none of them, conversions
// that mean nothing, and what customers do rising while they are served worse.
func (a *app) lintMetrics(out *lintResult, r *measure.Reading, told reports.Customer, mined []cpi.Outcome) error {
	shown := shownMetrics(told, mined)
	if orphans, share := goal.Orphans(shown, told.Goals); len(shown) > 0 {
		out.Orphans, out.OrphanShare = append(out.Orphans, orphans...), &share
	}
	seen, err := customerFile(a, "events.csv", customer.Events)
	if err != nil {
		return err
	}
	events, unsaid := goal.Judge(seen, told.Goals)
	meanings, warning := goal.Meanings(events)
	for _, m := range meanings {
		if slices.Contains(unsaid, m.Type) {
			out.Meaningful = append(out.Meaningful, meaningRow{m.Type, "no goal says when it means something"})
			continue
		}
		out.Meaningful = append(out.Meaningful, meaningRow{m.Type, m.Share.String()})
	}
	if warning != "" {
		out.add("events.csv", []cpi.Finding{{Level: cpi.Warning, Rule: "untyped", Reason: warning}})
	}
	if r == nil {
		return nil
	}
	for _, p := range r.Posts {
		if r.Window.Contains(p.CreatedAt) && goal.MeansSales(r.Said(p.ID)) {
			out.SaySales++
		}
	}
	for _, d := range cpi.Divergences(r, told.Books, cpi.Perform(r, mined, cpi.Params{}), conduct.Moods(r, 8, moodAccuracy), cpi.Params{}) {
		out.add(d.CPI.Name, []cpi.Finding{{Level: cpi.Warning, Rule: "divergence", Reason: fmt.Sprintf("%s is rising (%s) while %s is falling (%s): people may be paying for it",
			d.KPI.Name, series(d.KPI.Values), d.CPI.Name, series(d.CPI.Values))}})
	}
	return nil
}

// shownMetrics returns what a report counts: adopted and qualified CPIs, and sales where there are any.
func shownMetrics(told reports.Customer, mined []cpi.Outcome) []string {
	var out []string
	for _, c := range told.Adopted {
		if c.Retired.IsZero() {
			out = append(out, c.Outcome)
		}
	}
	for _, o := range mined {
		if o.Status == cpi.Qualified && !slices.Contains(out, o.String()) {
			out = append(out, o.String())
		}
	}
	if len(told.Books.Sales) > 0 {
		out = append(out, "sales", "revenue")
	}
	return out
}

// series writes weekly values, oldest first.
func series(values []float64) string {
	var out []string
	for _, v := range values {
		if v == v { // a week that is known
			out = append(out, fmt.Sprintf("%.3g", v))
		}
	}
	return strings.Join(out, ", ")
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
	for _, m := range l.Meaningful {
		fmt.Fprintf(w, "meaningful %s: %s\n", goal.Typed("conversions", clean(m.Type)), m.Share)
	}
	if l.SaySales > 0 {
		fmt.Fprintf(w, "%s say “conversions”: read “sales” unless they name another kind\n", count(l.SaySales, "post"))
	}
	if len(l.Orphans) > 0 {
		fmt.Fprintf(w, "in no goal: %s (%.0f %% of the metrics shown)\n", clean(strings.Join(l.Orphans, ", ")), 100**l.OrphanShare)
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
