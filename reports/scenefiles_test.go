package reports

import (
	"slices"
	"testing"

	"tribu/reports/measure/uses"
)

// TestDepartmentsOfAnAnonymisedReport: what one person calls a need is a quote.
func TestDepartmentsOfAnAnonymisedReport(t *testing.T) {
	digest := uses.Digest{Function: uses.CRM, Topics: []uses.Topic{{Called: "delivery", People: 5}, {Called: "my spade of 1910", People: 1}}}
	for anonymised, want := range map[bool][]string{false: {"delivery", "my spade of 1910"}, true: {"delivery"}} {
		v := View{Scene: &Scene{Digests: []uses.Digest{digest}}, Options: Options{Anonymise: anonymised}.filled()}
		var got []string
		for _, row := range digestsFile(v).rows[1:] {
			got = append(got, row[3])
		}
		if !slices.Equal(got, want) {
			t.Errorf("anonymised %v: needs %q, want %q", anonymised, got, want)
		}
	}
}
