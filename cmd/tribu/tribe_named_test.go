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

// TestDecisionsFollowThePeople: weeks that are made before the first run there is give its tribes other ids;
// names, notes and locks of that run hold for the tribes its people are in then, and for no others.
func TestDecisionsFollowThePeople(t *testing.T) {
	dir := demo(t)
	var runs []struct{ ID string }
	answer(t, exitDone, &runs, "-C", dir, "runs", "list")
	for _, r := range runs {
		run(t, exitDone, "-C", dir, "runs", "prune", r.ID)
	}
	run(t, exitDone, "-C", dir, "cluster")
	members := func(tribe string) (ids map[string]bool) {
		var list struct{ List []map[string]any }
		answer(t, exitDone, &list, "-C", dir, "export", "members", "--tribe", tribe)
		ids = map[string]bool{}
		for _, row := range list.List {
			ids[row["member_id"].(string)] = true
		}
		return ids
	}
	before := map[string]map[string]bool{}
	for letter, name := range map[string]string{"A": "First", "C": "Third", "F": "Sixth"} {
		run(t, exitDone, "-C", dir, "tribe", "rename", letter, name)
		before[name] = members(name)
	}
	run(t, exitDone, "-C", dir, "tribe", "note", "Third", "write to them")
	run(t, exitDone, "-C", dir, "cluster", "--weeks", "5")
	for name, was := range before {
		is, both := members(name), 0
		for id := range is {
			if was[id] {
				both++
			}
		}
		if 10*both < 8*len(was) || 10*both < 8*len(is) {
			t.Errorf("%q has %d people, %d of the %d it was given to; want most of them", name, len(is), both, len(was))
		}
	}
	var told struct{ Decisions []struct{ Says string } }
	answer(t, exitDone, &told, "-C", dir, "tribe", "show", "Third")
	if len(told.Decisions) != 2 {
		t.Errorf("Third bears %+v, want its name and the note", told.Decisions)
	}
}
