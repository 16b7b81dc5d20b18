package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"tribu/reports/measure/customer"
	"tribu/reports/measure/experiment"
	"tribu/reports/measure/stats"
)

// The files of experiments in the customer's folder.
const (
	plansFile    = "hypotheses.csv"
	observedFile = "experiments.csv"
	peeksFile    = "peeks.csv"
)

// A planRow is a hypothesis as experiment --json gives it, without any result.
type planRow struct {
	ID         string           `json:"id"`
	CPI        string           `json:"cpi"`
	KPI        string           `json:"kpi"`
	Unit       string           `json:"unit"`
	Randomised bool             `json:"randomised"`
	MinEffect  float64          `json:"min_effect"`
	Alpha      float64          `json:"alpha"`
	Power      float64          `json:"power"`
	PerArm     int              `json:"per_arm"`
	Registered time.Time        `json:"registered"`
	Deadline   time.Time        `json:"deadline"`
	State      experiment.State `json:"state"`
	Treated    int              `json:"treated"`   // units observed so far
	Control    int              `json:"control"`   // units observed so far
	Misplaced  int              `json:"misplaced"` // in another arm than they were assigned to
	Looks      int              `json:"looks"`     // before the deadline
}

func planRowOf(p experiment.Plan, state experiment.State) planRow {
	return planRow{ID: p.ID, CPI: p.CPI, KPI: p.KPI, Unit: p.Unit, Randomised: p.Randomised, MinEffect: p.MinEffect, Alpha: p.Alpha, Power: p.Power,
		PerArm: p.PerArm, Registered: p.Registered, Deadline: p.Deadline, State: state}
}

// A resultRow is what came out of an experiment.
type resultRow struct {
	ID        string             `json:"id"`
	Verdict   experiment.Verdict `json:"verdict"`
	Method    string             `json:"method"`
	Effect    float64            `json:"effect"`
	Low       float64            `json:"low"`
	High      float64            `json:"high"`
	P         float64            `json:"p"`
	Exact     bool               `json:"exact"`
	Treated   int                `json:"treated"`
	Control   int                `json:"control"`
	PerArm    int                `json:"per_arm"`
	CPIEffect *float64           `json:"cpi_effect"`
	Peeked    bool               `json:"peeked"`
	Misplaced int                `json:"misplaced"`
	State     stats.State        `json:"state,omitempty"`
	Told      string             `json:"told"`
}

func newExperiment(a *app) *cobra.Command {
	c := &cobra.Command{Use: "experiment", Short: "Does serving people better move what they do? Hypotheses CPI → KPI, tested"}
	var graph, units string
	check := &cobra.Command{Use: "check", Short: "List the hypotheses with the units observed so far, without any result", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		if err := a.loadConfig(); err != nil {
			return err
		}
		if units != "" {
			return a.experimentAssign(units)
		}
		return a.experimentCheck(graph)
	}}
	check.Flags().StringVar(&units, "assign", "", "say instead in which arm the seed puts the units of a `FILE`, one a line")
	check.Flags().StringVarP(&graph, "output", "o", "", "`FILE` for the graph CPI → KPI as CSV, too; - is standard output")
	var peek bool
	result := &cobra.Command{Use: "result ID", Short: "Read the verdict, once, after the deadline", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
		if err := a.loadConfig(); err != nil {
			return err
		}
		return a.experimentResult(args[0], peek)
	}}
	result.Flags().BoolVar(&peek, "peek", false, "look before the deadline: logged for good, and no verdict")
	c.AddCommand(
		newHypothesis(a, "plan", "Say how many units a hypothesis needs; registers nothing", a.experimentPlan),
		newHypothesis(a, "add", "Register a hypothesis before it starts", a.experimentAdd),
		check, result)
	return c
}

// newHypothesis returns a command that takes a hypothesis by flags.
func newHypothesis(a *app, name, short string, do func(experiment.Hypothesis) error) *cobra.Command {
	var h experiment.Hypothesis
	var deadline string
	c := &cobra.Command{Use: name + " ID", Short: short, Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
		if err := a.loadConfig(); err != nil {
			return err
		}
		h.ID, h.Registered = args[0], a.now().UTC().Truncate(time.Second)
		if deadline == "" {
			return usage("--deadline is needed: the day from which the result is read, such as 2026-12-31")
		}
		var err error
		if h.Deadline, err = time.Parse(time.DateOnly, deadline); err != nil {
			return usage("--deadline %q is no day such as 2026-12-31", deadline)
		}
		return do(h)
	}}
	f := c.Flags()
	f.StringVar(&h.CPI, "cpi", "", "the outcome, such as Speed/delivery")
	f.StringVar(&h.KPI, "kpi", "", "what it is to move")
	f.StringVar(&h.Unit, "unit", "", "what is assigned to an arm: customer, shop, week")
	f.BoolVar(&h.Randomised, "randomised", false, "units are assigned by the seed; else before and after are compared")
	f.Float64Var(&h.MinEffect, "min-effect", 0, "the least effect on the KPI worth having; negative where less is better")
	f.Float64Var(&h.Alpha, "alpha", 0.05, "level of the test")
	f.Float64Var(&h.Power, "power", 0.80, "chance to find the least effect")
	f.Float64Var(&h.Baseline, "baseline", 0, "the KPI now: a proportion, where no --sd is given")
	f.Float64Var(&h.SD, "sd", 0, "standard deviation of one unit's KPI")
	f.Uint64Var(&h.Seed, "seed", 1, "assigns the units and draws the permutations")
	f.StringVar(&deadline, "deadline", "", "the `DAY` from which the result is read, 2026-12-31")
	return c
}

// register returns the plan of a hypothesis, or the reason it may not start.
func register(h experiment.Hypothesis) (experiment.Plan, error) {
	p, err := experiment.Register(h)
	if err != nil {
		return p, &problem{code: exitUsage, what: plain(err), kept: plansFile + ", as it was", next: "tribu experiment plan --help", cause: err}
	}
	return p, nil
}

func (a *app) experimentPlan(h experiment.Hypothesis) error {
	p, err := register(h)
	if err != nil {
		return err
	}
	return a.result("experiment.plan", planRowOf(p, experiment.Hypothesised), nil, func(w io.Writer) {
		fmt.Fprintf(w, "%s: %s %ss per arm find an effect of %g with power %g at level %g\n", p.ID, thousands(p.PerArm), clean(p.Unit), p.MinEffect, p.Power, p.Alpha)
	})
}

func (a *app) experimentAdd(h experiment.Hypothesis) error {
	plans, err := ownFile(a, plansFile, experiment.ReadPlans)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(plans, func(p experiment.Plan) bool { return p.ID == h.ID }) {
		return &problem{code: exitUsage, what: fmt.Sprintf("hypothesis %s is registered already; what was registered is not changed", h.ID), kept: plansFile + ", as it was", next: "choose another id"}
	}
	p, err := register(h)
	if err != nil {
		return err
	}
	path := a.customerPath(plansFile)
	if a.dryRun {
		a.log("experiment", "would register %s in %s", p.ID, path)
		return nil
	}
	if err := a.writeCustomer(plansFile, func(w io.Writer) error { return experiment.WritePlans(w, append(plans, p)) }); err != nil {
		return err
	}
	return a.result("experiment.add", planRowOf(p, experiment.Running), nil, func(w io.Writer) {
		fmt.Fprintf(w, "%s registered in %s: %s %ss per arm, to be read on %s\n", p.ID, path, thousands(p.PerArm), clean(p.Unit), p.Deadline.Format(time.DateOnly))
	})
}

// experimentCheck counts units and tells no effect: looking at one early is peeking.
func (a *app) experimentCheck(graph string) error {
	plans, results, err := a.results()
	if err != nil {
		return err
	}
	seen, err := customerFile(a, observedFile, customer.Observations)
	if err != nil {
		return err
	}
	looks, err := customerFile(a, peeksFile, experiment.ReadPeeks)
	if err != nil {
		return err
	}
	edges := experiment.Graph(plans, results, a.now())
	if graph != "" {
		if err := writeFile(a, graph, func(w io.Writer) error { return experiment.WriteGraph(w, edges) }); err != nil || graph == "-" {
			return err
		}
	}
	rows := []planRow{}
	for _, p := range plans {
		i := slices.IndexFunc(edges, func(e experiment.Edge) bool { return e.Experiment == p.ID })
		row := planRowOf(p, experiment.Hypothesised)
		if i >= 0 {
			row.State = edges[i].State
		}
		row.count(p, seen)
		for _, look := range looks {
			if look.Hypothesis == p.ID {
				row.Looks++
			}
		}
		rows = append(rows, row)
	}
	return a.result("experiment.check", rows, nil, func(w io.Writer) {
		if len(rows) == 0 {
			fmt.Fprintln(w, a.located("no hypothesis is registered: tribu experiment add"))
			return
		}
		var cells [][]string
		for _, r := range rows {
			cells = append(cells, []string{r.ID, r.CPI, r.KPI, string(r.State), fmt.Sprintf("%d + %d of %d", r.Treated, r.Control, r.PerArm), fmt.Sprint(r.Misplaced), r.Deadline.Format(time.DateOnly)})
		}
		table(w, []string{"ID", "CPI", "KPI", "STATE", "TREATED + CONTROL", "MISPLACED", "DEADLINE"}, cells)
		for _, r := range rows {
			if r.Looks > 0 {
				fmt.Fprintf(w, "%s was looked at before its deadline: %s\n", clean(r.ID), count(r.Looks, "time"))
			}
		}
	})
}

// count counts the units of each arm.
func (r *planRow) count(p experiment.Plan, seen []customer.Observation) {
	units := map[string]bool{}
	for _, o := range seen {
		if o.Hypothesis != p.ID || units[o.Unit] {
			continue
		}
		units[o.Unit] = true
		if o.Treated {
			r.Treated++
		} else {
			r.Control++
		}
		if p.Randomised && o.Treated != p.Treated(o.Unit) {
			r.Misplaced++
		}
	}
}

func (a *app) experimentResult(id string, peek bool) error {
	plans, err := customerFile(a, plansFile, experiment.ReadPlans)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(plans, func(p experiment.Plan) bool { return p.ID == id })
	if i < 0 {
		return &problem{code: exitUsage, what: fmt.Sprintf("no hypothesis %q is registered", id), next: "tribu experiment check"}
	}
	seen, err := customerFile(a, observedFile, customer.Observations)
	if err != nil {
		return err
	}
	r, err := experiment.Check(plans[i], seen, a.now(), peek)
	if errors.Is(err, experiment.ErrPeeking) {
		return &problem{code: exitUsage, what: plain(err), kept: "the experiment, unseen", next: "wait for the deadline; --peek looks now, is logged for good and gives no verdict", cause: err}
	}
	if err != nil {
		return err
	}
	if p, early := experiment.PeekOf(r, a.now().UTC().Truncate(time.Second)); early && a.dryRun {
		a.log("dry-run", "would log this look before the deadline in %s, and then show it", a.customerPath(peeksFile))
		return nil
	} else if early {
		if err := a.logPeek(p); err != nil {
			return err
		}
	}
	row := resultRow{r.Hypothesis.ID, r.Verdict, r.Method, r.Effect, r.Low, r.High, r.P, r.Exact, r.Treated, r.Control, r.Needed, r.CPIEffect, r.Peeked, r.Misplaced, r.State, r.Told()}
	return a.result("experiment.result", row, nil, func(w io.Writer) { fmt.Fprintf(w, "%s  %s\n", row.ID, clean(row.Told)) })
}

// logPeek appends a look before the deadline to the log; without the log there is no look.
func (a *app) logPeek(p experiment.Peek) (err error) {
	path := a.customerPath(peeksFile)
	if err := os.MkdirAll(a.path(a.cfg.Customer.Dir), 0o700); err != nil {
		return a.fileProblem(path, err)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return a.fileProblem(path, err)
	}
	info, err := f.Stat()
	if err == nil {
		err = experiment.WritePeeks(f, []experiment.Peek{p}, info.Size() == 0)
	}
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return a.fileProblem(path, err)
	}
	a.warn("this look before the deadline is logged in %s", path)
	return nil
}
