package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// A tribe with another name than the week before says which it had, and how many of its people use either; nothing where
// people named it, nor where the old name is another tribe's now.
func TestANewNameIsTold(t *testing.T) {
	tribe := func(name string, old, used int) figures.Tribe {
		return figures.Tribe{Tribe: data.Tribe{ID: "a", Name: name, People: 29, Old: old, Used: used}, Size: figures.Size{Then: data.Tribe{ID: "a", Name: "by-law"}}}
	}
	for _, c := range []struct {
		tribe figures.Tribe
		other string
		want  string
	}{
		{tribe("water", 9, 26), "", "“By-law” is now called “Water”. Of its 29 people 9 still write about that, 26 about “Water”."},
		{tribe("water", 1, 26), "", "“By-law” is now called “Water”. Of its 29 people 1 still writes about that, 26 about “Water”."},
		{tribe("water", 0, 26), "", "“By-law” is now called “Water”. None of its 29 people writes about that any more, 26 write about “Water”."},
		{tribe("water", 0, 1), "", "“By-law” is now called “Water”."},
		{tribe("water", 9, 30), "", "“By-law” is now called “Water”."},
		{tribe("Rain catchers", 0, 0), "", "“By-law” is now called “Rain catchers”."},
		{tribe("by-law", 0, 0), "", ""},
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
