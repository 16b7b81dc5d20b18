package cpi

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// An AdoptedCPI is one that somebody took up after the tests, and may have given up again.
type AdoptedCPI struct {
	Definition
	At      time.Time
	Retired time.Time // zero while it stands
}

func adoptedColumns() []string {
	return []string{"outcome", "name", "definition", "provenance", "function", "owner", "adopted_at", "retired_at"}
}

// ReadAdopted reads cpis.csv, as WriteAdopted writes it.
func ReadAdopted(in io.Reader) ([]AdoptedCPI, []data.Reject, error) {
	t, err := customer.ReadTable("cpis.csv", in, adoptedColumns()...)
	if err != nil {
		return nil, nil, err
	}
	var out []AdoptedCPI
	for _, row := range t.Rows {
		c := row.Cells
		a := AdoptedCPI{Definition: Definition{Outcome: c["outcome"], Name: c["name"], Text: c["definition"], Provenance: c["provenance"], Function: c["function"], Owner: c["owner"]}}
		var bad error
		if a.At, bad = time.Parse(time.RFC3339, c["adopted_at"]); bad == nil && c["retired_at"] != "" {
			a.Retired, bad = time.Parse(time.RFC3339, c["retired_at"])
		}
		if !isKey(a.Outcome) && bad == nil {
			bad = fmt.Errorf("outcome %q is no key such as Speed/quote", a.Outcome)
		}
		if bad != nil {
			t.Bad = append(t.Bad, data.Reject{File: t.Name, Line: row.Line, Reason: bad.Error()})
			continue
		}
		out = append(out, a)
	}
	return out, t.Bad, nil
}

// WriteAdopted writes cpis.csv.
func WriteAdopted(w io.Writer, adopted []AdoptedCPI) error {
	rows := [][]string{adoptedColumns()}
	for _, a := range adopted {
		retired := ""
		if !a.Retired.IsZero() {
			retired = a.Retired.UTC().Format(time.RFC3339)
		}
		row := []string{a.Outcome, a.Name, a.Text, a.Provenance, a.Function, a.Owner, a.At.UTC().Format(time.RFC3339), retired}
		for i := range row {
			row[i] = customer.Cell(row[i])
		}
		rows = append(rows, row)
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write adopted CPIs: %w", err)
	}
	return nil
}

// Columns returns the header of Rows.
func Columns() []string {
	return []string{"outcome", "name", "status", "people", "posts", "languages", "important", "important_low", "important_high", "with_increment", "increment",
		"expected_median", "expected_low", "expected_high", "expected_n", "expected_unit", "unit", "this_week", "this_week_n", "usual_median", "usual_low", "usual_high", "verdict", "why", "quote", "evidence"}
}

// Rows returns outcomes as an export has them, one row each, named in lang; what is not known is empty.
// performances are in the order of outcomes, or nil.
func Rows(lang data.Lang, outcomes []Outcome, performances []Performance) [][]string {
	out := make([][]string, len(outcomes))
	for i, o := range outcomes {
		row := []string{o.String(), o.Label(lang), string(o.Status), strconv.Itoa(o.Authors), strconv.Itoa(len(o.Posts)), langs(o.Langs), "", "", "", strconv.Itoa(o.WithStep), string(o.Increment),
			"", "", "", strconv.Itoa(o.Expected.N), o.Expected.Unit, "", "", "", "", "", "", "", o.Why, "", ids(o.Posts)}
		if o.Important.State == stats.Known {
			row[6], row[7], row[8] = decimal(o.Important.Value), decimal(o.Important.Low), decimal(o.Important.High)
		}
		if o.Expected.State == stats.Known {
			row[11], row[12], row[13] = decimal(o.Expected.Median), decimal(o.Expected.Low), decimal(o.Expected.High)
		}
		if i < len(performances) {
			performed(row, performances[i])
		}
		if len(o.Quotes) > 0 {
			row[24] = o.Quotes[0].Text
		}
		for k := range row {
			row[k] = customer.Cell(row[k])
		}
		out[i] = row
	}
	return out
}

func performed(row []string, p Performance) {
	this := p.This()
	row[16], row[18], row[22] = string(p.Unit), strconv.Itoa(this.N), string(p.Verdict)
	if this.State == stats.Known {
		row[17] = decimal(this.Value)
	}
	if p.Usual.State == stats.Known {
		row[19], row[20], row[21] = decimal(p.Usual.Median), decimal(p.Usual.Low), decimal(p.Usual.High)
	}
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }

func langs(all []data.Lang) string {
	out := make([]string, len(all))
	for i, l := range all {
		out[i] = string(l)
	}
	return strings.Join(out, " ")
}

func ids(posts []data.PostID) string {
	out := make([]string, len(posts))
	for i, id := range posts {
		out[i] = id.String()
	}
	return strings.Join(out, " ")
}
