package experiment

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"tribu/data"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

func planColumns() []string {
	return []string{"id", "cpi", "kpi", "unit", "randomised", "min_effect", "alpha", "power", "baseline", "sd", "seed", "registered", "deadline", "per_arm"}
}

// ReadPlans reads hypotheses.csv, as WritePlans writes it. A row that could not have been registered
// is rejected with the reason; so is one whose units per arm were changed afterwards.
func ReadPlans(in io.Reader) ([]Plan, []data.Reject, error) {
	t, err := customer.ReadTable("hypotheses.csv", in, planColumns()...)
	if err != nil {
		return nil, nil, err
	}
	var out []Plan
	for _, row := range t.Rows {
		p, err := planOf(row.Cells)
		if err != nil {
			t.Bad = append(t.Bad, data.Reject{File: t.Name, Line: row.Line, Reason: err.Error()})
			continue
		}
		out = append(out, p)
	}
	return out, t.Bad, nil
}

func planOf(cells map[string]string) (Plan, error) {
	h := Hypothesis{ID: cells["id"], CPI: cells["cpi"], KPI: cells["kpi"], Unit: cells["unit"], Randomised: cells["randomised"] == "1"}
	for _, f := range []struct {
		column string
		to     *float64
	}{{"min_effect", &h.MinEffect}, {"alpha", &h.Alpha}, {"power", &h.Power}, {"baseline", &h.Baseline}, {"sd", &h.SD}} {
		v, err := strconv.ParseFloat(cells[f.column], 64)
		if err != nil {
			return Plan{}, fmt.Errorf("%s %q is no number", f.column, cells[f.column])
		}
		*f.to = v
	}
	var err error
	if h.Seed, err = strconv.ParseUint(cells["seed"], 10, 64); err != nil {
		return Plan{}, fmt.Errorf("seed %q is no number", cells["seed"])
	}
	if h.Registered, err = time.Parse(time.RFC3339, cells["registered"]); err != nil {
		return Plan{}, fmt.Errorf("registered %q is no time", cells["registered"])
	}
	if h.Deadline, err = time.Parse(time.RFC3339, cells["deadline"]); err != nil {
		return Plan{}, fmt.Errorf("deadline %q is no time", cells["deadline"])
	}
	p, err := Register(h)
	if err == nil && strconv.Itoa(p.PerArm) != cells["per_arm"] {
		return p, fmt.Errorf("per_arm is %s, the hypothesis needs %d: it was changed after its registration", cells["per_arm"], p.PerArm)
	}
	return p, err
}

// WritePlans writes hypotheses.csv.
func WritePlans(w io.Writer, plans []Plan) error {
	rows := [][]string{planColumns()}
	for _, p := range plans {
		randomised := "0"
		if p.Randomised {
			randomised = "1"
		}
		rows = append(rows, []string{customer.Cell(p.ID), customer.Cell(p.CPI), customer.Cell(p.KPI), customer.Cell(p.Unit), randomised,
			exact(p.MinEffect), exact(p.Alpha), exact(p.Power), exact(p.Baseline), exact(p.SD), strconv.FormatUint(p.Seed, 10),
			p.Registered.UTC().Format(time.RFC3339), p.Deadline.UTC().Format(time.RFC3339), strconv.Itoa(p.PerArm)})
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write hypotheses: %w", err)
	}
	return nil
}

func exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// ReadPeeks reads who was looked at before the deadline, and when, from peeks.csv.
func ReadPeeks(in io.Reader) ([]Peek, []data.Reject, error) {
	t, err := customer.ReadTable("peeks.csv", in, "hypothesis_id", "at")
	var out []Peek
	for _, row := range t.Rows {
		at, err := time.Parse(time.RFC3339, row.Cells["at"])
		if err != nil {
			t.Bad = append(t.Bad, data.Reject{File: t.Name, Line: row.Line, Reason: fmt.Sprintf("at %q is no moment", row.Cells["at"])})
			continue
		}
		out = append(out, Peek{Hypothesis: row.Cells["hypothesis_id"], At: at})
	}
	return out, t.Bad, err
}

// WritePeeks writes rows to append to peeks.csv; header says to begin with one.
func WritePeeks(w io.Writer, peeks []Peek, header bool) error {
	var rows [][]string
	if header {
		rows = append(rows, []string{"hypothesis_id", "at", "effect", "p"})
	}
	for _, p := range peeks {
		row := []string{customer.Cell(p.Hypothesis), p.At.UTC().Format(time.RFC3339), "", ""}
		if p.State == stats.Known {
			row[2], row[3] = exact(p.Effect), exact(p.P)
		}
		rows = append(rows, row)
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write peeks: %w", err)
	}
	return nil
}
