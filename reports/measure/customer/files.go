package customer

import (
	"io"
	"strings"
	"time"

	"tribu/data"
)

// A Goal is one line of goals.csv: an objective with its metric.
type Goal struct {
	ID         string
	Statement  string
	Metric     string
	Direction  string // KPI: what customers do for the firm; CPI: what the firm does for them; SOFT
	Baseline   *float64
	Target     *float64
	TargetKind string // abs or rel
	Unit       string
	Deadline   time.Time
	Owner      string
	Function   string
	Provenance string // observed, interview, copied, expert, focus_group, survey
	Meaningful string // of a conversion: the condition its events meet to mean something, "seconds >= 30"
	Line       int
}

// Goals reads goals.csv.
func Goals(in io.Reader) ([]Goal, []data.Reject, error) {
	t, err := ReadTable("goals.csv", in, "goal_id", "statement", "metric", "direction")
	if err != nil {
		return nil, nil, err
	}
	goals := readAll(&t, func(r *reading) Goal {
		return Goal{
			ID: r.must("goal_id"), Statement: r.text("statement"), Metric: r.text("metric"), Direction: r.oneOf("direction", "KPI", "CPI", "SOFT"),
			Baseline: r.real("baseline"), Target: r.real("target"), TargetKind: r.text("target_kind"),
			Unit: r.text("unit"), Deadline: r.day("deadline"), Owner: r.text("owner"), Function: r.text("function"),
			Provenance: r.text("provenance"), Meaningful: r.text("meaningful"), Line: r.row.Line,
		}
	})
	return goals, t.Bad, nil
}

// An Observation is one line of experiments.csv: one unit in one arm and period. CPI and KPI are
// nil where they were not measured.
type Observation struct {
	Hypothesis string
	Unit       string
	Treated    bool
	After      bool // period 1
	CPI, KPI   *float64
}

// Observations reads experiments.csv.
func Observations(in io.Reader) ([]Observation, []data.Reject, error) {
	t, err := ReadTable("experiments.csv", in, "hypothesis_id", "unit_id", "arm", "period", "kpi")
	if err != nil {
		return nil, nil, err
	}
	out := readAll(&t, func(r *reading) Observation {
		return Observation{
			Hypothesis: r.must("hypothesis_id"), Unit: r.must("unit_id"), Treated: r.oneOf("arm", "T", "C") == "T",
			After: r.oneOf("period", "0", "1") == "1", CPI: r.real("cpi"), KPI: r.real("kpi"),
		}
	})
	return out, t.Bad, nil
}

// An Account is one line of handles.csv.
type Account struct {
	Handle string
	Kind   string // official, competitor, team
}

// Accounts reads handles.csv.
func Accounts(in io.Reader) ([]Account, []data.Reject, error) {
	t, err := ReadTable("handles.csv", in, "handle", "kind")
	if err != nil {
		return nil, nil, err
	}
	out := readAll(&t, func(r *reading) Account {
		return Account{r.must("handle"), r.oneOf("kind", "official", "competitor", "team")}
	})
	return out, t.Bad, nil
}

// A Score is one line of cpi_obs.csv: what one unit got of a CPI on one day.
type Score struct {
	CPI   string
	Unit  string
	Day   time.Time
	Value *float64
	Met   string // expectation_met: 1, 0 or empty
}

// Scores reads cpi_obs.csv.
func Scores(in io.Reader) ([]Score, []data.Reject, error) {
	t, err := ReadTable("cpi_obs.csv", in, "cpi_id", "unit_id", "date", "value")
	if err != nil {
		return nil, nil, err
	}
	out := readAll(&t, func(r *reading) Score {
		r.must("date")
		return Score{r.must("cpi_id"), r.must("unit_id"), r.day("date"), r.real("value"), r.oneOf("expectation_met", "", "0", "1")}
	})
	return out, t.Bad, nil
}

// A Person is one line of a client file: somebody who agreed, or not, to be looked at.
type Person struct {
	Handle  string
	Consent bool // consent=yes, and nothing else
}

// People reads a client file of handle and consent.
func People(in io.Reader) ([]Person, []data.Reject, error) {
	t, err := ReadTable("clients.csv", in, "handle", "consent")
	if err != nil {
		return nil, nil, err
	}
	out := readAll(&t, func(r *reading) Person {
		return Person{r.must("handle"), strings.EqualFold(r.text("consent"), "yes")}
	})
	return out, t.Bad, nil
}
