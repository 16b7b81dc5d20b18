package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

func newCPI(a *app) *cobra.Command {
	c := &cobra.Command{Use: "cpi", Short: "Outcomes customers name, in increments they value"}
	run := c.PersistentFlags().String("run", "", "`RUN`, by id or name (default the newest)")
	var all bool
	list := &cobra.Command{Use: "list", Short: "List the outcomes people name, qualified ones first", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error { return a.cpiList(c.Context(), db, *run, all) })
	}}
	list.Flags().BoolVar(&all, "all", false, "all of them; else the first 20")
	c.AddCommand(list,
		&cobra.Command{Use: "show ID", Short: "Show one outcome with both tests and its quotes", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error { return a.cpiShow(c.Context(), db, *run, args[0]) })
		}},
		newCPIAdopt(a, run),
		&cobra.Command{Use: "retire ID", Short: "Give up an adopted CPI", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
			if err := a.loadConfig(); err != nil {
				return err
			}
			return a.cpiRetire(args[0])
		}},
		&cobra.Command{Use: "lint", Short: "Say what is wrong with the goals and CPIs of the customer's files", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error { return a.cpiLint(c.Context(), db, *run) })
		}})
	return c
}

// outcomes returns what people want in a run, with how they are served.
func (a *app) outcomes(ctx context.Context, db *sqlite.DB, run string) ([]cpi.Outcome, []outcomeRow, error) {
	r, err := a.listen(ctx, db, run)
	if err != nil {
		return nil, nil, err
	}
	mined, rows, _, err := a.outcomesIn(r)
	return mined, rows, err
}

// outcomesIn returns what people want in a reading, with how they are served, and what was adopted of it.
func (a *app) outcomesIn(r *measure.Reading) ([]cpi.Outcome, []outcomeRow, []cpi.AdoptedCPI, error) {
	adopted, err := customerFile(a, "cpis.csv", cpi.ReadAdopted)
	if err != nil {
		return nil, nil, nil, err
	}
	goals, err := customerFile(a, "goals.csv", customer.Goals)
	if err != nil {
		return nil, nil, nil, err
	}
	mined := cpi.Mine(r, cpi.Params{})
	rows := make([]outcomeRow, len(mined))
	at := make(map[string]int, len(mined))
	for i, p := range cpi.Perform(r, mined, cpi.Params{}) {
		rows[i] = outcomeRowOf(a.lang(), mined[i], p, standing(adopted, mined[i].String()) >= 0)
		at[rows[i].ID] = i
	}
	for _, x := range cpi.Actions(r, mined, cpi.Params{}, len(mined), reports.Owners(reports.Customer{Goals: goals, Adopted: adopted})) {
		row := &rows[at[x.Outcome.String()]]
		row.Owner, row.Threads = x.Owner, x.Threads
		if x.State == stats.Known {
			row.Opportunity = &x.Score
		}
	}
	return mined, rows, adopted, nil
}

// standing returns the index of the adopted CPI that measures the outcome and was not retired; -1
// where there is none.
func standing(adopted []cpi.AdoptedCPI, outcome string) int {
	for i, c := range adopted {
		if c.Outcome == outcome && c.Retired.IsZero() {
			return i
		}
	}
	return -1
}

const cpiListed = 20

func (a *app) cpiList(ctx context.Context, db *sqlite.DB, run string, all bool) error {
	_, rows, err := a.outcomes(ctx, db, run)
	if err != nil {
		return err
	}
	heard := len(rows)
	slices.SortStableFunc(rows, outcomeRow.before)
	if !all {
		rows = rows[:min(len(rows), cpiListed)]
	}
	return a.result("cpi.list", rows, nil, func(w io.Writer) {
		if heard == 0 {
			fmt.Fprintln(w, "no outcome is named by three people yet")
			return
		}
		var cells [][]string
		for _, r := range rows {
			cells = append(cells, []string{r.Label, string(r.Status), fmt.Sprint(r.People), r.counted(), r.words()})
		}
		table(w, []string{"OUTCOME", "STATUS", "PEOPLE", "COUNTED IN", "IN SOMEBODY'S WORDS"}, cells)
		if len(rows) < heard {
			fmt.Fprintf(w, "%s more: --all\n", thousands(heard-len(rows)))
		}
	})
}

func newCPIAdopt(a *app, run *string) *cobra.Command {
	var d cpi.Definition
	c := &cobra.Command{Use: "adopt ID", Short: "Take up an outcome as a CPI, where it passes every test", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		d.Outcome = args[0]
		if d.Function != "" && !slices.Contains(cpi.Functions(), d.Function) {
			return usage("--function %q is none of %s", d.Function, strings.Join(cpi.Functions(), ", "))
		}
		if d.Name == "" {
			d.Name = d.Outcome
		}
		return a.read(c.Context(), func(db *sqlite.DB) error { return a.cpiAdopt(c.Context(), db, *run, d) })
	}}
	c.Flags().StringVar(&d.Name, "name", "", "what you call it (default the outcome)")
	c.Flags().StringVar(&d.Text, "definition", "", "how it is measured")
	c.Flags().StringVar(&d.Provenance, "provenance", "observed", "observed|interview|copied|expert|focus_group|survey")
	c.Flags().StringVar(&d.Function, "function", "", strings.Join(cpi.Functions(), "|"))
	c.Flags().StringVar(&d.Owner, "owner", "", "who answers for it: only once an experiment has confirmed it")
	return c
}

// A findingRow is what is wrong with a definition, as JSON gives it.
type findingRow struct {
	Goal   string    `json:"goal,omitempty"`
	Level  cpi.Level `json:"level"`
	Rule   string    `json:"rule"`
	Reason string    `json:"reason"`
}

func (a *app) cpiAdopt(ctx context.Context, db *sqlite.DB, run string, d cpi.Definition) error {
	mined, _, err := a.outcomes(ctx, db, run)
	if err != nil {
		return err
	}
	called := d.Outcome
	if o, ok := cpi.Find(mined, d.Outcome); ok {
		d.Outcome, called = o.String(), o.Label(a.lang())
	}
	confirmed, err := a.confirmed(d.Outcome)
	if err != nil {
		return err
	}
	adopted, err := ownFile(a, "cpis.csv", cpi.ReadAdopted)
	if err != nil {
		return err
	}
	if standing(adopted, d.Outcome) >= 0 {
		return &problem{code: exitUsage, what: d.Outcome + " is adopted already", next: "tribu cpi retire " + d.Outcome}
	}
	if err := a.refuse("adopt "+called, cpi.Adopt(d, mined, confirmed)); err != nil {
		return err
	}
	return a.saveCPIs(append(adopted, cpi.AdoptedCPI{Definition: d, At: a.now().UTC().Truncate(time.Second)}), "cpi.adopt", d.Outcome, "adopted")
}

// refuse says every fault among findings as one refusal, and warns of the rest.
func (a *app) refuse(what string, findings []cpi.Finding) error {
	var reasons []string
	for _, f := range findings {
		if f.Level == cpi.Fault {
			reasons = append(reasons, f.Reason)
		} else {
			a.warn("%s", f.Reason)
		}
	}
	if len(reasons) == 0 {
		return nil
	}
	return &problem{code: exitUsage, what: "refused to " + what + ": " + strings.Join(reasons, "; "), kept: "cpis.csv, as it was", next: "tribu cpi show says what the tests found; tribu inquiry prepares to ask people"}
}

func (a *app) saveCPIs(all []cpi.AdoptedCPI, command, outcome, done string) error {
	path := a.customerPath("cpis.csv")
	if a.dryRun {
		a.log("cpi", "would write %s: %s %s", path, outcome, done)
		return nil
	}
	if err := a.writeCustomer("cpis.csv", func(w io.Writer) error { return cpi.WriteAdopted(w, all) }); err != nil {
		return err
	}
	return a.result(command, map[string]string{"outcome": outcome, "file": path}, nil, func(w io.Writer) { fmt.Fprintf(w, "%s %s: %s\n", outcome, done, path) })
}

func (a *app) cpiRetire(outcome string) error {
	adopted, err := ownFile(a, "cpis.csv", cpi.ReadAdopted)
	if err != nil {
		return err
	}
	i := standing(adopted, outcome)
	for k, c := range adopted { // by the name it was given
		if i < 0 && c.Name == outcome && c.Retired.IsZero() {
			i, outcome = k, c.Outcome
		}
	}
	if i < 0 {
		return &problem{code: exitUsage, what: outcome + " is not adopted: there is nothing to retire", next: "tribu cpi list"}
	}
	adopted[i].Retired = a.now().UTC().Truncate(time.Second)
	return a.saveCPIs(adopted, "cpi.retire", outcome, "retired")
}

// mined reads a run and the outcomes in it; nothing where there is no run yet.
func (a *app) mined(ctx context.Context, db *sqlite.DB, run string) (*measure.Reading, []cpi.Outcome, error) {
	r, err := a.listen(ctx, db, run)
	if run == "" && errors.Is(err, data.ErrNotFound) {
		a.warn("there is no run yet: no goal can be traced to what people say")
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return r, cpi.Mine(r, cpi.Params{}), nil
}
