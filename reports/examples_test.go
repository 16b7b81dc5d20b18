package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/uses"
)

// TestExamplesSayTheName: a topic is shown by words that say a word of its name where somebody does.
func TestExamplesSayTheName(t *testing.T) {
	b, err := newBuilder(View{}, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	need := func(quote string) *data.NeedRow { return &data.NeedRow{Need: data.Need{Quote: quote}} }
	wages, work := need("We want our wages back right now!"), need("I only wish for paid jobs near the harbour.")
	if got := b.examples(uses.Topic{Called: "paid jobs", Needs: []*data.NeedRow{wages, need("cut"), work}}); len(got) != 1 || got[0] != work {
		t.Errorf("shown %v, want only the one that says jobs", got)
	}
	if got := b.examples(uses.Topic{Called: "find a ferry", Needs: []*data.NeedRow{wages, work}}); len(got) != 2 {
		t.Errorf("where nobody says a word of it: shown %v, want both", got)
	}
}

// TestAsksAboutMoreThanItsName: what a tribe is called by, it is not said to ask about.
func TestAsksAboutMoreThanItsName(t *testing.T) {
	tribe := data.Tribe{ID: "t", Kind: data.KindTribe, Posts: 100, Name: "cars", Told: []data.Telling{{Lang: data.LangIT, Name: "auto e motori"}},
		Needs: []data.TribeNeed{{Topic: "car", People: 40}, {Topic: "tyres", People: 30}, {Topic: "auto", People: 20}, {Topic: "brakes", People: 20}}}
	f := figures.Tribe{Tribe: tribe, Asked: 50}
	b, err := newBuilder(View{Figures: figures.Figures{Tribes: []figures.Tribe{f}}}, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range b.askedAbout(f) {
		got = append(got, n.Topic)
	}
	if len(got) != 2 || got[0] != "tyres" || got[1] != "brakes" {
		t.Errorf("asks about %v, want tyres and brakes", got)
	}
}
