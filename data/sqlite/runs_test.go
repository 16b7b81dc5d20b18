package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"

	"github.com/google/go-cmp/cmp"
)

// run is a run of the week that ends days after the epoch.
func run(id string, days int, parent string) data.RunRecord {
	end := epoch.AddDate(0, 0, days)
	anna, bea := data.NewAuthorID("forum", "a1"), data.NewAuthorID("forum", "a2")
	members := []data.Member{
		{Run: id, Author: anna, Tribe: "t00000a", Strength: .1 + .2, Stability: 1, Role: data.RoleCore, Placed: 3, Area: 1, Posts: 4, Why: "answers others"},
		{Run: id, Author: anna, Tribe: "t00000b", Rank: 1, Strength: .3, Role: data.RoleBridge, Placed: 3, Area: -1},
		{Run: id, Author: bea, Placed: -1, Area: -1, Role: data.RoleMember},
	}
	if strings.Compare(anna.String(), bea.String()) > 0 {
		members = []data.Member{members[2], members[0], members[1]}
	}
	return data.RunRecord{
		Run: data.Run{ID: id, Main: true, Week: id[:8], AsOf: end, Window: data.Window{From: end.AddDate(0, 0, -7), To: end}, Params: `{"seed":1}`, Inputs: "abc",
			Code: "1", Annotation: "v1", Parent: parent, People: 2, Posts: 3, Threads: 1, Pairs: 1, Algorithm: "leiden", Resolution: 1, Modularity: 1. / 3,
			Profile: []data.ProfilePoint{{Resolution: .5, Tribes: 2, Coverage: .9}}, Notes: map[string]int{"reposts": 2}},
		Tribes: []data.Tribe{{Run: id, ID: "t00000a", Letter: "A", Name: "flat batteries", Kind: data.KindTribe, Bond: data.BondProblem, People: 2, Stability: .1 + .7,
			Words: []data.Term{{Key: "batteri", Form: "batterie", Count: 2}}, Needs: []data.TribeNeed{{Topic: "battery", Type: data.Problem, People: 2, Evidence: data.NewPostID("forum", "p1")}},
			Exemplars: []data.PostID{data.NewPostID("forum", "p1")}, Central: []data.AuthorID{anna}, Born: id, Parents: []data.TribeID{"t00000c"}},
			{Run: id, ID: "t00000b", Letter: "B", Kind: data.KindCrowd}},
		Members: members,
		Lineage: []data.Lineage{{Run: id, Event: data.Grow, From: "t00000a", To: "t00000a", Shared: 1, Before: 1, After: 2, Jaccard: .5}, {Run: id, Event: data.Born, To: "t00000b", After: 1}},
	}
}

func saveRun(t testing.TB, db *DB, all ...data.RunRecord) {
	t.Helper()
	for _, r := range all {
		if err := db.SaveRun(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRunsComeBackAsTheyWere(t *testing.T) {
	db := create(t)
	want := run("2026-W44-3fa9c1", 0, "")
	saveRun(t, db, want)
	before := digest(t, db)
	saveRun(t, db, want)
	if got := digest(t, db); got != before {
		t.Errorf("digest after saving the same run again = %s, want %s", got, before)
	}
	got, err := db.Record(t.Context(), want.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("run read (-) and written (+):\n%s", d)
	}
}

func TestFindingRuns(t *testing.T) {
	db := create(t)
	if _, err := db.Latest(t.Context(), time.Time{}); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("Latest without runs = %v, want %v", err, data.ErrNotFound)
	}
	first, second, again, side := run("2026-W44-aaaaaa", 0, ""), run("2026-W45-bbbbbb", 7, ""), run("2026-W45-bbcccc", 7, ""), run("2026-W46-dddddd", 14, "")
	side.Main, side.Name = false, "what if"
	saveRun(t, db, second, first, side, again)
	for _, c := range []struct {
		name string
		find func() (data.RunRecord, error)
		want string // id, or a part of the error
	}{
		{"latest of all", func() (data.RunRecord, error) { return db.Latest(t.Context(), time.Time{}) }, again.ID},
		{"latest before the second", func() (data.RunRecord, error) { return db.Latest(t.Context(), second.AsOf) }, first.ID},
		{"latest outside of the second's week", func() (data.RunRecord, error) {
			return db.LatestOutside(t.Context(), second.AsOf.AddDate(0, 0, 1), second.Week)
		}, first.ID},
		{"latest before the first", func() (data.RunRecord, error) { return db.Latest(t.Context(), first.AsOf) }, "not found"},
		{"the week's newest", func() (data.RunRecord, error) { return db.Week(t.Context(), "2026-W45") }, again.ID},
		{"a week with a side run", func() (data.RunRecord, error) { return db.Week(t.Context(), "2026-W46") }, "not found"},
		{"a whole id", func() (data.RunRecord, error) { return db.Record(t.Context(), second.ID) }, second.ID},
		{"the start of one id", func() (data.RunRecord, error) { return db.Record(t.Context(), "2026-W45-bbb") }, second.ID},
		{"the start of two ids", func() (data.RunRecord, error) { return db.Record(t.Context(), "2026-W45") }, "several begin with it: 2026-W45-bbbbbb, 2026-W45-bbcccc"},
		{"an unknown id", func() (data.RunRecord, error) { return db.Record(t.Context(), "2027") }, "not found"},
		{"no id", func() (data.RunRecord, error) { return db.Record(t.Context(), "") }, "not found"},
	} {
		r, err := c.find()
		if got := fmt.Sprint(r.ID, err); !strings.Contains(got, c.want) {
			t.Errorf("%s = %s, want %s", c.name, got, c.want)
		}
	}
	ids := func(all []data.Run, err error) string {
		text := fmt.Sprint(err)
		for _, r := range all {
			text += " " + r.ID
		}
		return text
	}
	if got, want := ids(db.Runs(t.Context())), "<nil> 2026-W46-dddddd 2026-W45-bbcccc 2026-W45-bbbbbb 2026-W44-aaaaaa"; got != want {
		t.Errorf("Runs = %s, want %s", got, want)
	}
	if got, want := ids(db.RunsByWeek(t.Context())), "<nil> 2026-W45-bbcccc 2026-W44-aaaaaa"; got != want {
		t.Errorf("RunsByWeek = %s, want %s", got, want)
	}
}

// TestSilence says which run is the newest where some found no posts, and which one tribes come from.
func TestSilence(t *testing.T) {
	silent := func(id string, days int, parent string) data.RunRecord {
		r := run(id, days, parent)
		r.Posts, r.TooFew, r.Tribes, r.Members, r.Lineage = 0, true, nil, nil, nil
		return r
	}
	few := func(id string, days int, parent string) data.RunRecord {
		r := silent(id, days, parent)
		r.Posts = 7
		return r
	}
	for _, c := range []struct {
		name           string
		runs           []data.RunRecord
		newest, parent string // the second of a run that comes later
	}{
		{"a project's first week", []data.RunRecord{silent("2026-W47-aaaaaa", 21, "")}, "2026-W47-aaaaaa", ""},
		{"posts of years ago after it", []data.RunRecord{silent("2026-W47-aaaaaa", 21, ""), run("2026-W44-bbbbbb", 0, "")}, "2026-W44-bbbbbb", "2026-W44-bbbbbb"},
		{"a silent week after others", []data.RunRecord{run("2026-W44-aaaaaa", 0, ""), silent("2026-W45-bbbbbb", 7, "2026-W44-aaaaaa")}, "2026-W45-bbbbbb", "2026-W44-aaaaaa"},
		{"and people speak again", []data.RunRecord{run("2026-W44-aaaaaa", 0, ""), silent("2026-W45-bbbbbb", 7, "2026-W44-aaaaaa"), run("2026-W46-cccccc", 14, "2026-W44-aaaaaa")}, "2026-W46-cccccc", "2026-W46-cccccc"},
		{"a week of few posts after others", []data.RunRecord{run("2026-W44-aaaaaa", 0, ""), few("2026-W45-bbbbbb", 7, "2026-W44-aaaaaa")}, "2026-W45-bbbbbb", "2026-W44-aaaaaa"},
		{"few posts alone", []data.RunRecord{few("2026-W44-aaaaaa", 0, ""), few("2026-W45-bbbbbb", 7, "2026-W44-aaaaaa")}, "2026-W45-bbbbbb", "2026-W45-bbbbbb"},
		{"a smaller window later in the same week", []data.RunRecord{run("2026-W44-aaaaaa", 0, ""), few("2026-W44-bbbbbb", 2, "2026-W44-aaaaaa")}, "2026-W44-aaaaaa", "2026-W44-aaaaaa"},
	} {
		db := create(t)
		saveRun(t, db, c.runs...)
		week := c.newest[:len("2026-W44")]
		if r, err := db.Week(t.Context(), week); r.ID != c.newest || err != nil {
			t.Errorf("%s: week %s is told by %q, %v; want %s", c.name, week, r.ID, err, c.newest)
		}
		if all, err := db.RunsByWeek(t.Context()); len(all) == 0 || err != nil || !slices.ContainsFunc(all, func(r data.Run) bool { return r.ID == c.newest }) {
			t.Errorf("%s: weeks are told by %+v, %v; want %s among them", c.name, all, err, c.newest)
		}
		if all, err := db.Prunable(t.Context()); err != nil || slices.ContainsFunc(all, func(r data.Run) bool { return r.ID == c.newest }) {
			t.Errorf("%s: %+v may go, %v; want %s kept", c.name, all, err, c.newest)
		}
		if r, err := db.Latest(t.Context(), time.Time{}); r.ID != c.newest || err != nil {
			t.Errorf("%s: the newest is %q, %v; want %s", c.name, r.ID, err, c.newest)
		}
		if r, err := db.Latest(t.Context(), c.runs[0].AsOf.AddDate(0, 1, 0)); r.ID != c.parent || err != nil && c.parent != "" {
			t.Errorf("%s: the next run has the parent %q, %v; want %q", c.name, r.ID, err, c.parent)
		}
	}
}

func TestStory(t *testing.T) {
	db := create(t)
	b := community(60) // minutes 0 to 19
	early, old, late := post("early", "gone", -60*24*50), post("old", "gone", -60*24*70), post("late", "a1", 60)
	b.Posts = append(b.Posts, early, old, late)
	save(t, db, b)
	annotate(t, db, b.Posts[2].ID, early.ID, late.ID)
	err := db.SaveAnnotations(t.Context(), nil, []data.Failure{{Stage: "analyse", Version: "v1", Subject: b.Posts[3].ID.String()}, {Stage: "analyse", Version: "v0", Subject: "x"}, {Stage: "import", Subject: "f:1"}})
	if err != nil {
		t.Fatal(err)
	}
	last := ""
	for i := range 10 {
		id := fmt.Sprintf("2026-W%02d-000000", 34+i)
		saveRun(t, db, run(id, i-20, last))
		last = id
	}
	told := run("2026-W44-3fa9c1", 0, last)
	told.Window = data.Window{From: epoch.Add(-1), To: epoch.Add(30 * time.Minute)}
	saveRun(t, db, told)
	s, err := db.Story(t.Context(), "2026-W44")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(s.RunRecord, told); d != "" {
		t.Errorf("the story's run (-), want (+):\n%s", d)
	}
	if len(s.History) != 7 || s.History[0].ID != "2026-W37-000000" || s.History[6].ID != last || len(s.History[0].Members) != 3 {
		t.Errorf("History has %d runs from %v, want the seven before, oldest first", len(s.History), s.History[0].ID)
	}
	if len(s.Activity) != 61 || s.Activity[0].ID != early.ID || s.Activity[0].Lang != data.LangIT || s.Activity[60].Lang == "" {
		t.Errorf("Activity has %d posts from %+v, want the 60 of the window after the early one", len(s.Activity), s.Activity[0])
	}
	if len(s.Needs) != 2 || s.Needs[0].PostMeta.ID != b.Posts[2].ID || s.Needs[0].Object != "batteria" {
		t.Errorf("Needs = %+v, want the two of one post in the window", s.Needs)
	}
	if len(s.Authors) != 7 || len(s.Threads) != 5 || s.Threads[b.Posts[2].Thread].Title == "" {
		t.Errorf("%d authors and threads %v, want 7 authors and every thread of the activity", len(s.Authors), s.Threads)
	}
	if s.Failed != 1 || s.Rejected != 1 || len(s.Sources) != 1 || s.Sources[0].Posts != 63 {
		t.Errorf("failed %d, rejected %d, sources %+v", s.Failed, s.Rejected, s.Sources)
	}
	var want []data.Interaction
	for in := range db.Interactions(t.Context(), told.Window) {
		want = append(want, in)
	}
	if d := cmp.Diff(s.Interactions, want); d != "" || len(want) == 0 {
		t.Errorf("interactions of the story (-) and of the window (+):\n%s", d)
	}
}
