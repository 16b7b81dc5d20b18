package reports

import (
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// A tribe with another name than the week before says which it had, and how many of its people use either; nothing where
// people named it, nor where the old name is another tribe's now.
func TestANewNameIsTold(t *testing.T) {
	tribe := func(name string, old, used int) figures.Tribe {
		return figures.Tribe{Tribe: data.Tribe{ID: "a", Name: name, People: 29, Old: old, Used: used}, Size: figures.Size{Then: data.Tribe{ID: "a", Name: "by-law"}}}
	}
	abroad := tribe("water", 9, 26)
	abroad.Told = []data.Telling{{Lang: data.LangIT, Name: "orti"}, {Lang: data.LangEN, Name: "water"}}
	for _, c := range []struct {
		tribe figures.Tribe
		other string
		want  string
	}{
		{tribe("water", 9, 26), "", "“By-law” is now called “Water”. Of its 29 people, 26 write about “Water”, and 9 still about “By-law”."},
		{tribe("water", 1, 26), "", "“By-law” is now called “Water”. Of its 29 people, 26 write about “Water”, and 1 still about “By-law”."},
		{tribe("water", 0, 26), "", "“By-law” is now called “Water”. Of its 29 people, 26 write about “Water”, and nobody about “By-law” any more."},
		{tribe("water", 0, 1), "", "“By-law” is now called “Water”."},
		{tribe("water", 9, 30), "", "“By-law” is now called “Water”."},
		{tribe("Rain catchers", 0, 0), "", "“By-law” is now called “Rain catchers”."},
		{tribe("by-law", 0, 0), "", ""},
		{abroad, "", "“By-law” is now called “Water”."},
		{tribe("water", 9, 26), "by-law", ""},
	} {
		b, err := newBuilder(View{Story: data.Story{RunRecord: data.RunRecord{Tribes: []data.Tribe{c.tribe.Tribe, {ID: "b", Name: c.other, Letter: "B"}}}},
			Figures: figures.Figures{Tribes: []figures.Tribe{c.tribe}}}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.renamedNow()); got != c.want || b.problem != nil {
			t.Errorf("%s beside %q: got %q, want %q (%v)", c.tribe.Name, c.other, got, c.want, b.problem)
		}
	}
}

// For four weeks after a tribe got another name readers are told which it had; that people of another language, or of many
// things, call it so is no other name.
func TestKnownAs(t *testing.T) {
	named := func(name string, told ...data.Telling) data.Tribe { return data.Tribe{ID: "a", Name: name, Told: told} }
	for _, c := range []struct {
		what      string
		now, then data.Tribe
		ago       int // days
		want      string
	}{
		{"three weeks", named("water"), named("by-law"), 21, "“Water” (until W20 “By-law”)"},
		{"four", named("water"), named("by-law"), 28, "“Water” (until W20 “By-law”)"},
		{"five", named("water"), named("by-law"), 35, "“Water”"},
		{"the same", named("water"), named("water"), 21, "“Water”"},
		{"of many", named("buckets"), named("bucket"), 21, "“Buckets”"},
		{"first in Italian", named("lotti", data.Telling{Lang: data.LangIT}, data.Telling{Lang: data.LangEN, Name: "plots"}), named("lotti", data.Telling{Lang: data.LangIT}), 21, "“Plots”"},
		{"what another is called now", named("water"), named("blight"), 21, "“Water”"},
	} {
		asOf := time.Date(2026, 6, 28, 0, 0, 0, 0, time.UTC)
		story := data.Story{RunRecord: data.RunRecord{Tribes: []data.Tribe{c.now, {ID: "b", Name: "blight"}}},
			History: []data.RunRecord{{Run: data.Run{AsOf: asOf.AddDate(0, 0, -c.ago), Week: "2026-W20"}, Tribes: []data.Tribe{c.then}},
				{Run: data.Run{AsOf: asOf.AddDate(0, 0, -7), Week: "2026-W25"}, Tribes: []data.Tribe{c.now}}}}
		story.AsOf = asOf
		b, err := newBuilder(View{Story: story, Figures: figures.Figures{Tribes: []figures.Tribe{{Tribe: c.now, Size: figures.Size{Then: c.now}}}}}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.still(c.now)); got != c.want || b.problem != nil {
			t.Errorf("%s: got %q, want %q (%v)", c.what, got, c.want, b.problem)
		}
	}
}
