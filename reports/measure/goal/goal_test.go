package goal

import (
	"slices"
	"testing"

	"tribu/reports/measure/customer"
)

// TestMeanings: of 40 visits, 10 stayed for 30 seconds.
func TestMeanings(t *testing.T) {
	var events []Event
	for i := range 40 {
		events = append(events, Event{"visit", i < 10})
	}
	got, warning := Meanings(events)
	if len(got) != 1 || got[0].Share.String() != "25 % [14.2 %, 40.2 %] (10/40)" || warning != "" {
		t.Errorf("Meanings = %v, %q; want 25 %% of visits, no warning", got, warning)
	}
	got, warning = Meanings(append(events, Event{"", true}, Event{"magic", true}))
	if len(got) != 2 || got[1].Type != untyped || got[1].Share.N != 2 || warning == "" {
		t.Errorf("Meanings with two of no type = %v, %q; want them untyped, with a warning", got, warning)
	}
}

// TestJudge: a visit means something from 30 seconds on; nobody said when a signup does.
func TestJudge(t *testing.T) {
	seen := func(kind, seconds string) customer.Event {
		return customer.Event{Type: kind, Row: customer.Row{Cells: map[string]string{"seconds": seconds}}}
	}
	goals := []customer.Goal{{Metric: "Visit", Meaningful: "seconds >= 30"}, {Metric: "signup"}}
	got, unsaid := Judge([]customer.Event{seen("visit", "30"), seen("visit", "29"), seen("visit", ""), seen("signup", "90"), seen("", "90")}, goals)
	if want := []Event{{"visit", true}, {"visit", false}, {"visit", false}, {"signup", false}, {"", false}}; !slices.Equal(got, want) || !slices.Equal(unsaid, []string{"signup"}) {
		t.Errorf("Judge = %v, %v; want %v, and no word of signups", got, unsaid, want)
	}
}

func TestOrphans(t *testing.T) {
	got, share := Orphans([]string{"sales", "followers", "Speed/quote", "likes"}, []customer.Goal{{Metric: "Sales"}, {Metric: "Speed/quote"}})
	if !slices.Equal(got, []string{"followers", "likes"}) || share != 0.5 {
		t.Errorf("Orphans = %v, %v; want followers and likes, .5", got, share)
	}
}

func TestConversionsAreNeverBare(t *testing.T) {
	for page, bare := range map[string]bool{
		"12 conversions this week":                  true,
		"12 " + Typed("conversions", "") + " so":    false,
		"12 " + Typed("conversioni", "visit") + ".": false,
		"Le conversioni.":                           true,
		"12 sales":                                  false,
	} {
		if got := Bare(page); got != bare {
			t.Errorf("Bare(%q) = %v, want %v", page, got, bare)
		}
	}
	if !MeansSales("Le conversioni sono l'unica cosa") || MeansSales("Le vendite") {
		t.Error("MeansSales must tell conversions from sales")
	}
}
