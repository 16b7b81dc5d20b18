package export

import (
	"bytes"
	"strings"
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
			Expected: cpi.Expectation{Summary: stats.Summary{N: 6, Median: 24, Low: 12, High: 48}, Unit: "hours"}, Quotes: []measure.Quote{{Text: "=cmd|' /C calc'!A0"}}},
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
	}{{1, "people", "12"}, {1, "important", "0.75"}, {1, "expected_median", "24"}, {1, "this_week", ""}, {2, "people", "3"}, {2, "important", ""}, {1, "quote", "no column quote"}} {
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
	if err != nil || len(sheet) != 3 || !strings.Contains(strings.Join(sheet[1], "|"), "'=cmd") {
		t.Errorf("the sheet holds %q (%v), want two outcomes and the quote, inert", sheet, err)
	}
}
