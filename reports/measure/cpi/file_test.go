package cpi

import (
	"reflect"
	"strings"
	"testing"

	"tribu/data"

	"tribu/reports/measure"
)

func TestAdoptedRoundTrip(t *testing.T) {
	want := []AdoptedCPI{
		{Definition: Definition{Outcome: "Speed/quote", Name: "Fast quote", Text: "hours,\nuntil it comes", Provenance: "observed", Function: "sales"}, At: monday},
		{Definition: Definition{Outcome: "Money/plan", Name: "Cheap plan", Provenance: "interview", Owner: "Ada"}, At: monday, Retired: monday.AddDate(0, 1, 0)},
	}
	var out strings.Builder
	if err := WriteAdopted(&out, want); err != nil {
		t.Fatal(err)
	}
	got, bad, err := ReadAdopted(strings.NewReader(out.String() + "nokey,x,,observed,,,2026-11-02T00:00:00Z,\n"))
	if err != nil || len(bad) != 1 || !reflect.DeepEqual(got, want) {
		t.Errorf("read back %+v, %v, %v; want %+v and one bad row", got, bad, err, want)
	}
}

func TestRows(t *testing.T) {
	c := newCommunity()
	c.say("quote", 20, "quote", "Speed", "=a quote within 2 hours is essential")
	r := measure.Read(c.in)
	outcomes := Mine(r, Params{})
	rows := Rows(data.LangEN, outcomes, Perform(r, outcomes, Params{}))
	if len(rows) != 1 || len(rows[0]) != len(Columns()) {
		t.Fatalf("rows = %v, want one of %d cells", rows, len(Columns()))
	}
	cell := map[string]string{}
	for i, name := range Columns() {
		cell[name] = rows[0][i]
	}
	for name, want := range map[string]string{
		"outcome": "Speed/quote", "status": "QUALIFIED", "people": "20", "languages": "en", "important": "1.0000", "increment": "TIME",
		"expected_median": "7200.0000", "this_week": "", "verdict": "not told", "quote": "'=a quote within 2 hours is essential",
	} {
		if cell[name] != want {
			t.Errorf("%s = %q, want %q", name, cell[name], want)
		}
	}
}
