package customer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data/fuzz"
)

func TestGoals(t *testing.T) {
	in := "\ufeffgoal_id,statement,metric,direction,baseline,target,deadline,mood\n" +
		"g1,\"quote, fast\",hours,CPI,\"2,5\",1,2027-06-30,happy\n" +
		"g2,more,sales,ROI,,,,\n" +
		"g3,more,sales,KPI,ten,,,\n" +
		"g4,short\n" +
		"g5,more,sales,KPI,,,30/06/2027,\n"
	goals, bad, err := Goals(strings.NewReader(in))
	if err != nil || len(goals) != 1 || goals[0].ID != "g1" || *goals[0].Baseline != 2.5 || goals[0].Statement != "quote, fast" ||
		!goals[0].Deadline.Equal(time.Date(2027, 6, 30, 0, 0, 0, 0, time.UTC)) {
		t.Fatalf("Goals = %+v, %v; want g1 alone", goals, err)
	}
	want := []string{
		`goals.csv:5 has 2 cells, the header 8`,
		`goals.csv:3 direction "ROI" is none of KPI, CPI, SOFT`,
		`goals.csv:4 baseline "ten" is no number`,
		`goals.csv:6 deadline "30/06/2027" is no date such as 2026-11-22`,
	}
	for i, b := range bad {
		if got := fmt.Sprintf("%s:%d %s", b.File, b.Line, b.Reason); i >= len(want) || got != want[i] {
			t.Errorf("reject %d = %s, want %v", i, got, want)
		}
	}
	if len(bad) != len(want) {
		t.Errorf("%d rejects, want %d", len(bad), len(want))
	}
}

// Programs separate by what the language leaves free.
func TestSeparators(t *testing.T) {
	for _, in := range []string{"handle,consent\nada,yes\n", "handle;consent\nada;yes\n", "\ufeffhandle\tconsent\nada\tyes\n", "handle;consent;note\nada;yes;a, b\n", "sep=;\r\nhandle;consent\r\nada;yes\r\n",
		"\ufeffsep=;\r\nhandle;consent\r\nada;yes\r\n", "handle,consent,first name\nada,yes,Zo\xe9\n"} {
		got, err := ReadTable("clients.csv", strings.NewReader(in), "handle", "consent")
		if err != nil || len(got.Rows) != 1 || got.Rows[0].Cells["handle"] != "ada" || got.Rows[0].Cells["consent"] != "yes" {
			t.Errorf("%q: %+v, %v; want ada, yes", in, got, err)
		}
		if first, told := got.Rows[0].Cells["first name"]; told && first != "Zoé" {
			t.Errorf("%q: first name %q, want Zoé", in, first)
		}
	}
}

// TestLinesAreThoseOfTheFile: an editor finds the line of a row, whatever stands above the header.
func TestLinesAreThoseOfTheFile(t *testing.T) {
	for in, want := range map[string]string{
		"a;b\n1;2\n1\n":                      "row 2, bad 3",
		"sep=;\na;b\n1;2\n1\n":               "row 3, bad 4",
		"\ufeffsep=;\r\na;b\r\n1;2\r\n1\r\n": "row 3, bad 4",
		"sep=;\na;b\n1;2\n1;\"x\"y\n":        "row 3, bad 4",
	} {
		table, err := ReadTable("x.csv", strings.NewReader(in), "a")
		if err != nil || len(table.Rows) != 1 || len(table.Bad) != 1 {
			t.Errorf("%q: %+v, %v; want a row and a bad one", in, table, err)
			continue
		}
		if got := fmt.Sprintf("row %d, bad %d", table.Rows[0].Line, table.Bad[0].Line); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// TestOneBadRowTakesNoOtherWithIt: a quote that nobody closed would hold the rest of the file.
func TestOneBadRowTakesNoOtherWithIt(t *testing.T) {
	in := "sep=,\na,b\n\n1,\"x\"y\n2,\"two\nlines\"\n3,\"open\n4,fine\n\"5,open too\n6,fi\"ne\n7,fine\n"
	table, err := ReadTable("x.csv", strings.NewReader(in), "a")
	var got []string
	for _, r := range table.Rows {
		got = append(got, fmt.Sprintf("%d: %s %q", r.Line, r.Cells["a"], r.Cells["b"]))
	}
	for _, b := range table.Bad {
		got = append(got, fmt.Sprintf("bad %d: %s", b.Line, b.Text))
		if b.Reason != misquoted {
			t.Errorf("line %d: %s, want %s", b.Line, b.Reason, misquoted)
		}
	}
	want := []string{`5: 2 "two\nlines"`, `8: 4 "fine"`, `11: 7 "fine"`, `bad 4: 1,"x"y`, `bad 7: 3,"open`, `bad 9: "5,open too`, `bad 10: 6,fi"ne`}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got  %q, %v\nwant %q", got, err, want)
	}
}

func TestUnknownColumnsAreKept(t *testing.T) {
	table, err := ReadTable("x.csv", strings.NewReader("a,Mood\n1,happy\n"), "a")
	if err != nil || table.Rows[0].Cells["mood"] != "happy" {
		t.Errorf("ReadTable = %+v, %v; want the column nobody asked for", table, err)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for name, in := range map[string]string{"empty": "", "no column": "handle,platform\na,b\n"} {
		if _, _, err := Accounts(strings.NewReader(in)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for in, want := range map[string]string{"": "read x.csv: it is empty", "\xff\xfea\x00,\x00b\x00": "read x.csv: it is UTF-16: save it as CSV in UTF-8"} {
		if _, err := ReadTable("x.csv", strings.NewReader(in)); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", in, err, want)
		}
	}
	broken := errors.New("disk gone")
	if _, err := ReadTable("x.csv", failing{broken}, "a"); !errors.Is(err, broken) {
		t.Errorf("error of a broken file = %v, want %v", err, broken)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestOtherFiles(t *testing.T) {
	obs, bad, err := Observations(strings.NewReader("hypothesis_id,unit_id,arm,period,cpi,kpi\nh1,u1,T,0,,0.2\nh1,u1,X,0,,0.2\n"))
	if err != nil || len(obs) != 1 || len(bad) != 1 || !obs[0].Treated || obs[0].CPI != nil || *obs[0].KPI != 0.2 {
		t.Errorf("Observations = %+v, %+v, %v; want one treated before, one bad", obs, bad, err)
	}
	people, _, err := People(strings.NewReader("handle,consent\nada,Yes\nbob,maybe\n"))
	if err != nil || len(people) != 2 || !people[0].Consent || people[1].Consent {
		t.Errorf("People = %+v, %v; want consent of ada only", people, err)
	}
	scores, bad, err := Scores(strings.NewReader("cpi_id,unit_id,date,value\nc1,u1,2026-11-01,3\nc1,u1,,3\n"))
	if err != nil || len(scores) != 1 || len(bad) != 1 {
		t.Errorf("Scores = %+v, %+v, %v; want one and one without a date", scores, bad, err)
	}
}

func FuzzReadTable(target *testing.F) {
	f := fuzz.Of(target)
	f.Add("a,b\n1,2\n\"x")
	f.Fuzz(func(t *testing.T, in string) {
		table, err := ReadTable("x.csv", strings.NewReader(in), "a")
		if err != nil {
			return
		}
		for _, r := range table.Rows {
			if len(r.Cells) > len(table.Header) {
				t.Errorf("row %d of %q has %d cells, the header %d", r.Line, in, len(r.Cells), len(table.Header))
			}
		}
	})
}

func TestCell(t *testing.T) {
	for text, want := range map[string]string{"=1+1": "'=1+1", "@ada": "'@ada", "-2": "'-2", "ada": "ada", "'ada": "'ada", "": ""} {
		if got := Cell(text); got != want || plain(got) != text {
			t.Errorf("Cell(%q) = %q, and back %q; want %q, and the text", text, got, plain(got), want)
		}
	}
}
