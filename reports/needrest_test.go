package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// TestPointsAt: a certain thing alone tells no need.
func TestPointsAt(t *testing.T) {
	for label, want := range map[string]bool{"the roof": true, "il tetto": true, "a roof": false, "mend the roof": false, "the green roof": false, "roof": false} {
		b, err := newBuilder(View{}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.pointsAt(figures.Need{Label: label, Lang: data.LangEN}); got != want {
			t.Errorf("%q: got %v, want %v", label, got, want)
		}
	}
}

// TestAskedByMost: what most tribes ask about tells none of them.
func TestAskedByMost(t *testing.T) {
	tribe := func(topics ...string) figures.Tribe {
		out := figures.Tribe{Tribe: data.Tribe{Kind: data.KindTribe}}
		for _, topic := range topics {
			out.Needs = append(out.Needs, data.TribeNeed{Topic: topic, People: 9})
		}
		return out
	}
	b, err := newBuilder(View{Figures: figures.Figures{Tribes: []figures.Tribe{tribe("tools", "kilns"), tribe("tools", "looms"), tribe("tools", "looms"), tribe("seeds")}}}, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	for topic, want := range map[string]bool{"tools": true, "looms": false, "kilns": false} {
		if got := b.askedByMost(topic); got != want {
			t.Errorf("%q: got %v, want %v", topic, got, want)
		}
	}
}
