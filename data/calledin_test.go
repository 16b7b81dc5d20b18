package data

import "testing"

func TestCalledIn(t *testing.T) {
	tribe := Tribe{Name: "macchie", Told: []Telling{{Lang: LangIT}, {Lang: LangEN, Name: "potatoes and soil"}}}
	for _, c := range []struct {
		lang     Lang
		name, it string
	}{
		{LangEN, "potatoes and soil", "macchie"},
		{LangIT, "macchie", ""},
		{"de", "macchie", ""},
	} {
		got := tribe.CalledIn(c.lang)
		if got.Name != c.name || got.TellingIn(LangIT).Name != c.it || !got.IsCalled("macchie") || !got.IsCalled("potatoes and soil") {
			t.Errorf("in %q: called %q, in Italian %q; want %q, %q, and known by both", c.lang, got.Name, got.TellingIn(LangIT).Name, c.name, c.it)
		}
	}
	if tribe.Told[0].Name != "" {
		t.Error("the tribe itself was changed")
	}
}
