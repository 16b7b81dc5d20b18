package main

import (
	"testing"

	"tribu/data"
)

// TestEveryNameOfATribe: whatever a report of either language calls a tribe finds it, and is no other's.
func TestEveryNameOfATribe(t *testing.T) {
	r := data.RunRecord{Tribes: []data.Tribe{
		{ID: "t00000a", Letter: "A", Name: "macchie sulle foglie", Told: []data.Telling{{Lang: data.LangIT}, {Lang: data.LangEN, Name: "potatoes and soil"}}},
		{ID: "t00000b", Letter: "B", Name: "worm bins"},
	}}
	for _, c := range []struct {
		name string
		want data.TribeID // none where no tribe is called so
	}{
		{"a", "t00000a"}, {"t00000b", "t00000b"}, {"Macchie sulle foglie", "t00000a"}, {"Potatoes and soil", "t00000a"}, {"worm bins", "t00000b"}, {"slugs", ""}, {"", ""},
	} {
		if got, err := tribeNamed(r, c.name); got.ID != c.want || (err == nil) != (c.want != "") {
			t.Errorf("tribeNamed %q: got %q, %v, want %q", c.name, got.ID, err, c.want)
		}
		if c.want != "t00000a" || len(c.name) < 3 {
			continue
		}
		if err := nameable(r, "t00000b", c.name); err == nil {
			t.Errorf("B may be called %q, as A is", c.name)
		}
		if err := nameable(r, "t00000a", c.name); err != nil {
			t.Errorf("A may not be called %q: %v", c.name, err)
		}
	}
}
