package reports

import (
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// TestTender: a tribe is left alone where one in three of the words that are most its own speaks of what no offer stands beside.
func TestTender(t *testing.T) {
	tender := func(text string) bool { return strings.Contains("faith war", text) }
	for _, c := range []struct {
		words string
		want  bool
	}{
		{"faith choir organ", false},
		{"faith war organ", true},
		{"choir organ tunes pipes faith war", true},
		{"choir organ tunes pipes wood faith war", false},
		{"choir organ tunes", false},
		{"", false},
	} {
		tribe := figures.Tribe{Tribe: data.Tribe{ID: "t", Kind: data.KindTribe}}
		for _, w := range strings.Fields(c.words) {
			tribe.Words = append(tribe.Words, data.Term{Form: w})
		}
		v := View{Figures: figures.Figures{Tribes: []figures.Tribe{tribe}}, Options: Options{Tender: tender}}
		if got := v.tender("t"); got != c.want {
			t.Errorf("%q: %v, want %v", c.words, got, c.want)
		}
	}
}
