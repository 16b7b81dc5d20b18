package sqlite

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tribu/data"
)

func TestDecisionsAreKeptAndOnlyAddedTo(t *testing.T) {
	db := create(t)
	before, err := db.Digest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	anna, bruno := data.NewAuthorID("s", "anna"), data.NewAuthorID("s", "bruno")
	both := []data.AuthorID{anna, bruno}
	slices.SortFunc(both, func(a, b data.AuthorID) int { return slices.Compare(a[:], b[:]) })
	want := []data.TribeDecision{
		{Num: 1, Kind: data.Rename, Run: "2026-W47-000001", Tribe: "t00000a", Text: "Wheel menders"},
		{Num: 2, Kind: data.LockIn, Run: "2026-W47-000001", Tribe: "t00000a", Authors: both},
		{Num: 3, Kind: data.Undo, Run: "2026-W47-000001", Tribe: "t00000a", Undoes: 1},
	}
	for _, d := range want {
		num, err := db.DecideTribe(t.Context(), d)
		if err != nil || num != d.Num {
			t.Fatalf("decision %d: got number %d, %v", d.Num, num, err)
		}
	}
	got, err := db.TribeDecisions(t.Context())
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v, decisions (-want +got):\n%s", err, diff)
	}
	for _, text := range []string{`UPDATE tribe_decision SET text = 'x'`, `DELETE FROM tribe_decision`} {
		if _, err := db.pool.ExecContext(t.Context(), text); err == nil {
			t.Errorf("%s: got no error, want decisions kept", text)
		}
	}
	after, err := db.Digest(t.Context())
	if err != nil || after == before {
		t.Errorf("digest with decisions: got %s, %v, want another than without", after, err)
	}
	if _, err := db.OptOut(t.Context(), anna, nil); err != nil {
		t.Fatal(err)
	}
	got, err = db.TribeDecisions(t.Context())
	if err != nil || !slices.Equal(got[1].Authors, []data.AuthorID{bruno}) {
		t.Errorf("authors locked after one left: got %v, %v, want %v", got[1].Authors, err, bruno)
	}
}

func TestPrunableKeepsWhatSomebodyNeeds(t *testing.T) {
	db := create(t)
	runs := []data.Run{
		{ID: "2026-W46-00000a", Main: true, Week: "2026-W46"},
		{ID: "2026-W46-00000b", Main: true, Week: "2026-W46"},                               // newest of its week
		{ID: "2026-W47-00000c", Main: true, Week: "2026-W47", Parent: "2026-W46-00000a"},    // replaced, nobody's parent
		{ID: "2026-W47-00000d", Main: true, Week: "2026-W47", Parent: "2026-W46-00000a"},    // newest of its week
		{ID: "2026-W47-00000e", Name: "finer", Week: "2026-W47", Parent: "2026-W46-00000a"}, // pinned
		{ID: "2026-W47-00000f", Name: "coarser", Week: "2026-W47", Parent: "2026-W46-00000a"},
		{ID: "2026-W48-000010", Main: true, Week: "2026-W48"},                              // one before the one that is replaced
		{ID: "2026-W48-000011", Main: true, Week: "2026-W48", Replaced: "2026-W48-000010"}, // its week's rests on it
		{ID: "2026-W48-000012", Main: true, Week: "2026-W48", Replaced: "2026-W48-000011"}, // newest of its week
	}
	for _, r := range runs {
		if err := db.SaveRun(t.Context(), data.RunRecord{Run: r}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.PinRun(t.Context(), "2026-W47-00000e", true); err != nil {
		t.Fatal(err)
	}
	found, err := db.Prunable(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range found {
		got = append(got, r.ID)
	}
	slices.Sort(got)
	if want := []string{"2026-W47-00000c", "2026-W47-00000f", "2026-W48-000010"}; !slices.Equal(got, want) {
		t.Errorf("prunable: got %v, want %v", got, want)
	}
	if err := db.DropRuns(t.Context(), got); err != nil {
		t.Fatal(err)
	}
	left, err := db.Runs(t.Context())
	if err != nil || len(left) != 6 {
		t.Errorf("runs left: got %d, %v, want 6", len(left), err)
	}
}
