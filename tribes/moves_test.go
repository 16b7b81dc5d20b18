package tribes

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
)

func TestExplainSaysWhatChangedForWhoMoved(t *testing.T) {
	anna, bruno, carla, dora := person("anna"), person("bruno"), person("carla"), person("dora")
	wrote := func(native string, who data.AuthorID, days int) data.AnalyzedPost {
		return data.AnalyzedPost{PostMeta: data.PostMeta{ID: data.NewPostID("d", native), Author: who, CreatedAt: monday.AddDate(0, 0, days)}}
	}
	met := func(native string, from, to data.AuthorID, days int) data.Interaction {
		return data.Interaction{Post: data.NewPostID("d", native), Kind: data.Reply, From: from, To: to, At: monday.AddDate(0, 0, days)}
	}
	v := &village{posts: []data.AnalyzedPost{wrote("1", anna, -34), wrote("2", bruno, -3), wrote("3", carla, -3), wrote("4", anna, -2), wrote("5", anna, -10), wrote("6", bruno, -10), wrote("7", carla, -10), wrote("8", dora, -10)},
		ties: []data.Interaction{met("1", anna, bruno, -34), met("4", anna, carla, -2), met("5", anna, bruno, -10)}}
	before, after := Params{AsOf: monday.Add(-7 * 24 * time.Hour)}, Params{AsOf: monday}
	x, y := load(t, v, before), load(t, v, after)
	a, b := told("w1", "ta: anna bruno dora", "tb: carla"), told("w2", "ta: bruno dora", "tb: anna carla")
	a.Inputs, b.Inputs = x.Digest, y.Digest
	b.Parent = a.ID
	d := Compare(a, b)
	Explain(&d, a, b, x, y)
	if want := (Keeping{Unaffected: 1, Kept: 1}); d.Keeping == nil || *d.Keeping != want {
		t.Errorf("who stayed: got %+v, want %+v", d.Keeping, want)
	}
	want := "wrote 1 new post; 1 post left the window; met people of ta once (twice before); met people of tb once (never before)"
	if len(d.Moves) != 1 || d.Moves[0].Why != want {
		t.Errorf("moves: got %+v, want one with %q", d.Moves, want)
	}
	b.Inputs, b.Params = a.Inputs, "other"
	Explain(&d, a, b, x, y)
	if want := "the same posts and ties: only the parameters differ"; d.Moves[0].Why != want {
		t.Errorf("moves over the same posts: got %q, want %q", d.Moves[0].Why, want)
	}
}

func TestARunAgreesWithItself(t *testing.T) {
	a := told("w1", "ta: anna bruno carla", "tb: carla dora", "-: enzo")
	d := Compare(a, a)
	want := []Match{{A: "A", B: "A", FromID: "ta", ToID: "ta", Shared: 3, Jaccard: 1}, {A: "B", B: "B", FromID: "tb", ToID: "tb", Shared: 2, Jaccard: 1}}
	if !slices.Equal(d.Matches, want) || d.Moved != 0 {
		t.Errorf("a run against itself: got %+v and %d moved, want %+v and none", d.Matches, d.Moved, want)
	}
}

// TestWhoLeftAndWhoCame: a move to another tribe, out of all and in from none are counted apart, and so is who is in one run alone.
func TestWhoLeftAndWhoCame(t *testing.T) {
	a := told("w1", "ta: anna bruno carla dora enzo", "tb: fabio gino", "-: ida luca")
	b := told("w2", "ta: anna bruno carla", "tb: fabio dora ida nora", "-: enzo luca")
	d := Compare(a, b)
	if d.Changed != 1 || d.Left != 1 || d.Joined != 1 || d.Gone != 1 || d.New != 1 || d.Moved != 3 {
		t.Errorf("got %d in another tribe, %d left, %d came, %d gone, %d new, %d moved; want 1, 1, 1, 1, 1 and 3", d.Changed, d.Left, d.Joined, d.Gone, d.New, d.Moved)
	}
}

// TestATribeFallsAsleepOnce: one that slept in the run before already is not said to fall asleep again; that it died is said.
func TestATribeFallsAsleepOnce(t *testing.T) {
	a, b := told("w2", "ta: anna bruno"), told("w3", "ta: anna bruno")
	b.Parent = a.ID
	asleep := data.Lineage{Event: data.Dormant, From: "tz", Before: 4}
	if b.Lineage = []data.Lineage{asleep}; len(Compare(a, b).Steps) != 0 {
		t.Errorf("a tribe that slept before: got %+v", Compare(a, b).Steps)
	}
	asleep.Event = data.Died
	if b.Lineage = []data.Lineage{asleep}; len(Compare(a, b).Steps) != 1 {
		t.Errorf("a tribe that died: got %+v", Compare(a, b).Steps)
	}
	asleep.Event, asleep.From = data.Dormant, "ta"
	if b.Lineage = []data.Lineage{asleep}; len(Compare(a, b).Steps) != 1 {
		t.Errorf("a tribe that was awake: got %+v", Compare(a, b).Steps)
	}
}

func TestStepsSayWhatTheyRestOn(t *testing.T) {
	a, b := told("w1", "ta: anna bruno carla dora", "-: enzo"), told("w2", "ta: anna bruno", "tb: carla dora", "tc: enzo fabio")
	b.Parent = a.ID
	b.Lineage = []data.Lineage{
		{Event: data.Continue, From: "ta", To: "ta", Shared: 2, Before: 4, After: 2},
		{Event: data.Split, From: "ta", To: "tb", Shared: 2, Before: 4, After: 2},
		{Event: data.Born, To: "tc", After: 2},
	}
	steps := Compare(a, b).Steps
	want := []string{"2 of its 4 members went this way, where they are 2 of 2", "in the run before, of its 2 members 1 in no tribe, 1 who did not write"}
	if len(steps) != len(want) {
		t.Fatalf("a split and a birth: got %+v", steps)
	}
	for i, s := range steps {
		if s.Why != want[i] || len(s.Members) != 2 {
			t.Errorf("%s: got %q with %d people named, want %q with 2", s.Event, s.Why, len(s.Members), want[i])
		}
	}
	if b.Parent = "w0"; len(Compare(a, b).Steps) != 0 {
		t.Error("runs that do not follow each other have steps")
	}
}
