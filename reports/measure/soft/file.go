package soft

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// registerColumns returns the header of the register, a CSV of steps, oldest first: every transition is a row and none is ever changed.
func registerColumns() []string {
	return []string{"id", "at", "stage", "subject", "class", "wording", "provenance", "evidence", "quotes", "note"}
}

// ReadRegister reads what WriteRegister writes. Steps that do not follow from the ones before are
// rejected with their line.
func ReadRegister(in io.Reader) ([]Entry, []data.Reject, error) {
	t, err := customer.ReadTable("soft.csv", in, registerColumns()...)
	if err != nil {
		return nil, nil, err
	}
	var out []Entry
	for _, row := range t.Rows {
		if err := apply(&out, row.Cells); err != nil {
			t.Bad = append(t.Bad, data.Reject{File: t.Name, Line: row.Line, Reason: err.Error()})
		}
	}
	return out, t.Bad, nil
}

// apply adds one step to the entries.
func apply(entries *[]Entry, cells map[string]string) error {
	at, err := time.Parse(time.RFC3339, cells["at"])
	if err != nil {
		return fmt.Errorf("at %q is no time such as 2026-11-22T06:00:00Z", cells["at"])
	}
	i := slices.IndexFunc(*entries, func(e Entry) bool { return e.ID == cells["id"] })
	stage := Stage(cells["stage"])
	if i < 0 {
		if stage != Detected || cells["id"] == "" {
			return fmt.Errorf("%s of %q, which was never detected", stage, cells["id"])
		}
		e, err := entryOf(cells, at)
		*entries = append(*entries, e)
		return err
	}
	e := &(*entries)[i]
	if !follows(e.Stage, stage) {
		return fmt.Errorf("%s of %q, which is %s", stage, e.ID, e.Stage)
	}
	e.Stage = stage
	e.Steps = append(e.Steps, Step{stage, at, cells["note"]})
	if w := cells["wording"]; w != "" {
		e.Wording = w
	}
	return nil
}

func follows(from, to Stage) bool {
	switch to {
	case Defined:
		return from == Detected
	case Targeted:
		return from == Defined
	case Converted:
		return from == Targeted
	case Dropped:
		return from != Converted && from != Dropped
	}
	return false
}

func entryOf(cells map[string]string, at time.Time) (Entry, error) {
	e := Entry{ID: cells["id"], Subject: cells["subject"], Class: signs.Sign(cells["class"]), Wording: cells["wording"], Provenance: cells["provenance"],
		Stage: Detected, Steps: []Step{{Detected, at, cells["note"]}}}
	if q := cells["quotes"]; q != "" {
		e.Quotes = strings.Split(q, "\n")
	}
	for hex := range strings.FieldsSeq(cells["evidence"]) {
		id, err := data.ParsePostID(hex)
		if err != nil {
			return e, err
		}
		e.Evidence = append(e.Evidence, id)
	}
	return e, nil
}

// WriteRegister writes entries as a CSV of steps.
func WriteRegister(w io.Writer, entries []Entry) error {
	rows := [][]string{registerColumns()}
	for _, e := range entries {
		for i, s := range e.Steps {
			row := []string{e.ID, s.At.UTC().Format(time.RFC3339), string(s.To), e.Subject, string(e.Class), e.Wording, e.Provenance, "", "", s.Note}
			if i == 0 {
				row[7], row[8] = hexes(e.Evidence), strings.Join(e.Quotes, "\n")
			}
			for k := range row {
				row[k] = customer.Cell(row[k])
			}
			rows = append(rows, row)
		}
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write soft-KPI register: %w", err)
	}
	return nil
}

func hexes(ids []data.PostID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id.String()
	}
	return strings.Join(out, " ")
}

// WriteMatrix writes what may be told of tribes and motives: one row each, counts left empty where
// they are withheld. It holds no person and no post.
func WriteMatrix(w io.Writer, panels []Panel) error {
	rows := [][]string{{"tribe_id", "motive", "state", "authors", "active", "rate", "low", "high", "z", "figure", "hypothesis", "spread", "elsewhere"}}
	for _, p := range panels {
		for _, l := range p.Labels {
			row := []string{string(p.Tribe), string(l.Motive), string(l.State), "", fmt.Sprint(p.Active), "", "", "", "", "", fmt.Sprint(l.Hypothesis), "", ""}
			if l.State == "" {
				row[3], row[5], row[6], row[7] = fmt.Sprint(l.Authors), decimal(l.Rate.Value), decimal(l.Rate.Low), decimal(l.Rate.High)
				row[8], row[9], row[11] = decimal(l.Z), fmt.Sprint(l.Figure), decimal(l.Spread)
				if l.Elsewhere.State == stats.Known {
					row[12] = decimal(l.Elsewhere.Value)
				}
			}
			rows = append(rows, row)
		}
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write soft matrix: %w", err)
	}
	return nil
}

func decimal(x float64) string { return fmt.Sprintf("%.4f", x) }
