package cpi

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure/customer"
)

func twelve() []data.PostID { return make([]data.PostID, 12) }

func TestLint(t *testing.T) {
	for _, c := range []struct {
		name      string
		d         Definition
		confirmed bool
		want      []string
	}{
		{"a fast quote with 12 posts", Definition{Name: "Fast quote", Evidence: twelve(), Provenance: "observed"}, false, nil},
		{"NPS", Definition{Name: "NPS", Evidence: twelve(), Provenance: "observed"}, false, []string{"firm-side"}},
		{"NPS in other words", Definition{Name: "Loyalty", Text: "the Net Promoter Score of a month", Evidence: twelve(), Provenance: "observed"}, false, []string{"firm-side"}},
		{"revenue", Definition{Name: "Fatturato", Evidence: twelve(), Provenance: "observed"}, false, []string{"firm-side"}},
		{"growth", Definition{Name: "User growth", Evidence: twelve(), Provenance: "observed"}, false, []string{"firm-side"}},
		{"an outcome that names the sales team", Definition{Name: "Fast quote", Text: "hours until sales sends it", Evidence: twelve(), Provenance: "observed"}, false, nil},
		{"no evidence", Definition{Name: "Fast quote", Provenance: "interview"}, false, []string{"no-evidence"}},
		{"copied", Definition{Name: "Fast quote", Evidence: twelve(), Provenance: "copied"}, false, []string{"copied"}},
		{"expert", Definition{Name: "Fast quote", Evidence: twelve(), Provenance: "expert"}, false, []string{"expert"}},
		{"focus group", Definition{Name: "Fast quote", Evidence: twelve(), Provenance: "focus_group"}, false, []string{"focus_group"}},
		{"survey", Definition{Name: "Fast quote", Evidence: twelve(), Provenance: "survey"}, false, []string{"survey"}},
		{"from nowhere", Definition{Name: "Fast quote", Evidence: twelve()}, false, []string{"no-provenance"}},
		{"an owner too early", Definition{Name: "Fast quote", Evidence: twelve(), Provenance: "observed", Owner: "Ada"}, false, []string{"not-confirmed"}},
		{"a target too early", Definition{Name: "Fast quote", Evidence: twelve(), Provenance: "observed", Target: true}, false, []string{"not-confirmed"}},
		{"an owner after the proof", Definition{Name: "Fast quote", Evidence: twelve(), Provenance: "observed", Owner: "Ada", Function: "sales"}, true, nil},
		{"a function of no firm", Definition{Name: "Fast quote", Evidence: twelve(), Provenance: "observed", Function: "magic"}, true, []string{"function"}},
	} {
		var got []string
		for _, f := range Lint(c.d, c.confirmed) {
			got = append(got, f.Rule)
			if f.Reason == "" {
				t.Errorf("%s: %s has no reason", c.name, f.Rule)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Lint of %s = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAdopt(t *testing.T) {
	mined := []Outcome{{Key: Key{"Speed", "quote"}, Status: Qualified, Posts: twelve()}, {Key: Key{"Quality", "hat"}, Status: Candidate, Posts: twelve()}}
	for _, c := range []struct {
		outcome, provenance, want string
	}{
		{"Speed/quote", "observed", ""},
		{"Speed/quote", "survey", "not-observed"},
		{"Quality/hat", "observed", "not-qualified"},
		{"Ease/hat", "observed", "no-evidence"},
	} {
		rule := ""
		for _, f := range Adopt(Definition{Name: "x", Outcome: c.outcome, Provenance: c.provenance}, mined, false) {
			if f.Level == Fault && rule == "" {
				rule = f.Rule
			}
		}
		if rule != c.want {
			t.Errorf("Adopt(%s, %s) refused for %q, want %q", c.outcome, c.provenance, rule, c.want)
		}
	}
}

func TestCentricity(t *testing.T) {
	var goals []customer.Goal
	for i := range 12 {
		g := customer.Goal{Direction: "KPI"}
		if i < 3 {
			g = customer.Goal{Direction: "CPI", Metric: "Speed/quote", Function: "sales"}
		}
		goals = append(goals, g)
	}
	c := CentricityOf(goals)
	if r, _ := c.Ratio(); r != 0.25 || c.String() != "3 of 12 metrics on this page look at the customer's outcome" {
		t.Errorf("centricity = %v, %q; want .25 and the sentence", r, c)
	}
	if none := Uncovered(goals); !slices.Equal(none, []string{"marketing", "product", "service", "operations", "finance"}) {
		t.Errorf("functions without a CPI = %v, want all but sales", none)
	}
	nps := customer.Goal{Direction: "CPI", Metric: "NPS", Function: "marketing"}
	if c := CentricityOf([]customer.Goal{goals[0], nps}); c != (Centricity{CPI: 1, KPI: 1}) {
		t.Errorf("an outcome and an NPS called a CPI = %+v, want one CPI and one KPI", c)
	}
	if none := Uncovered([]customer.Goal{nps}); !slices.Contains(none, "marketing") {
		t.Errorf("with an NPS called a CPI, functions without a CPI = %v, want marketing among them", none)
	}
}

func TestLintGoal(t *testing.T) {
	target, base := 15.0, 100.0
	for _, c := range []struct {
		g    customer.Goal
		want []string
	}{
		{customer.Goal{Statement: "fare più soldi"}, []string{"no-number", "no-unit", "no-baseline", "no-metric", "no-deadline"}},
		{customer.Goal{Statement: "make more money"}, []string{"no-number", "no-unit", "no-baseline", "no-metric", "no-deadline"}},
		{customer.Goal{Statement: "+15 % clienti entro 2027-06-30, base 100"}, nil},
		{customer.Goal{Statement: "more customers by 2027-06-30"}, []string{"no-number", "no-baseline"}},
		{customer.Goal{Metric: "customers", Target: &target, TargetKind: "rel", Baseline: &base, Deadline: time.Now()}, nil},
	} {
		var got []string
		for _, f := range LintGoal(c.g) {
			got = append(got, f.Rule)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("LintGoal(%q) = %v, want %v", c.g.Statement, got, c.want)
		}
	}
}

func TestGround(t *testing.T) {
	goals := []customer.Goal{{Metric: "Speed/quote"}, {Metric: "Quality/hat"}, {Metric: "sales"}}
	outcomes := []Outcome{{Key: Key{"Speed", "quote"}, Authors: 10}, {Key: Key{"Quality", "hat"}, Authors: 9}}
	if got := Ground(goals, outcomes, Params{}).String(); got != "goals that stand on what people say: 1 of 3" {
		t.Errorf("Ground = %q, want 1 of 3", got)
	}
}
