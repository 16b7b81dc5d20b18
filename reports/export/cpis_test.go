package export

import (
	"bytes"
	"testing"

	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"

	"github.com/xuri/excelize/v2"
)

// TestCPIs writes one measured outcome and one that is only heard of.
func TestCPIs(t *testing.T) {
	o := options()
	o.Outcomes = []cpi.Outcome{
		{Key: cpi.Key{Topic: "reply", Facet: "Speed"}, Status: cpi.Qualified, Authors: 12, Important: stats.ShareAt(9, 12, 1),
			Expected: cpi.Expectation{Summary: stats.Summary{N: 6, Median: 172800, Low: 86400, High: 259200}, Unit: "seconds"}, Quotes: []measure.Quote{{Text: "=cmd|' /C calc'!A0"}}},
		{Key: cpi.Key{Topic: "tap"}, Status: cpi.Candidate, Authors: 3, Important: stats.ShareAt(1, 3, 20)},
	}
	files, _, err := Bundle(CSV, story(), o)
	if err != nil {
		t.Fatal(err)
	}
	var body []byte
	for _, f := range files {
		if f.Name == "cpis.csv" {
			body = f.Body
		}
	}
	rows := records(t, body, ',')
	cell := func(row int, column string) string {
		for i, name := range rows[0] {
			if name == column {
				return rows[row][i]
			}
		}
		return "no column " + column
	}
	for _, c := range []struct {
		row          int
		column, want string
	}{{1, "people", "12"}, {1, "important", "0.75"}, {1, "expected_median", "172800"}, {1, "this_week", ""}, {2, "people", "3"}, {2, "important", ""}, {1, "quote", "no column quote"}} {
		if got := cell(c.row, c.column); got != c.want {
			t.Errorf("row %d %s: %q, want %q", c.row, c.column, got, c.want)
		}
	}
	if _, _, err := Bundle(Parquet, story(), o); err != nil {
		t.Errorf("parquet: %v", err)
	}
	o.WithText = true
	f, err := excelize.OpenReader(bytes.NewReader(produce(t, Members, XLSX, story(), o)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet, err := f.GetRows("CPIs")
	if err != nil || len(sheet) != 3 {
		t.Fatalf("the sheet holds %q (%v), want two outcomes", sheet, err)
	}
	for i, want := range map[int]string{0: "Speed/reply", 1: "QUALIFIED", 6: "2 days (1 day to 3 days; 6 people)", 11: "=cmd|' /C calc'!A0"} {
		if got := sheet[1][i]; got != want {
			t.Errorf("%s of the first outcome: %q, want %q", sheet[0][i], got, want)
		}
	}
	if formula, err := f.GetCellFormula("CPIs", "L2"); err != nil || formula != "" {
		t.Errorf("the quote is the formula %q (%v), want none", formula, err)
	}
}
