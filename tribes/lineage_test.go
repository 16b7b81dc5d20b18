package tribes

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
)

// crowd returns a set of people by number, from … to−1.
func crowd(from, to int) map[data.AuthorID]bool {
	set := make(map[data.AuthorID]bool)
	for i := from; i < to; i++ {
		set[data.NewAuthorID("l", fmt.Sprint(i))] = true
	}
	return set
}

func TestLineage(t *testing.T) {
	type span struct{ from, to int }
	tests := []struct {
		name          string
		before, after []span
		ids           []data.TribeID // of the tribes after; "" for a new one
		want          []string
	}{
		{"first run", nil, []span{{0, 10}}, []data.TribeID{""}, []string{"born →A 0"}},
		{"the same people", []span{{0, 10}}, []span{{0, 10}}, []data.TribeID{"t1"}, []string{"continue t1→A 10"}},
		{"some come", []span{{0, 10}}, []span{{0, 15}}, []data.TribeID{"t1"}, []string{"grow t1→A 10"}},
		{"some go", []span{{0, 15}}, []span{{0, 10}}, []data.TribeID{"t1"}, []string{"shrink t1→A 10"}},
		{"split", []span{{0, 20}}, []span{{0, 12}, {12, 20}}, []data.TribeID{"t1", ""}, []string{"shrink t1→A 12", "split t1→B 8"}},
		{"merger", []span{{0, 12}, {12, 20}}, []span{{0, 20}}, []data.TribeID{"t1"}, []string{"grow t1→A 12", "merge t2→A 8"}},
		{"not found", []span{{0, 10}, {10, 20}}, []span{{0, 10}}, []data.TribeID{"t1"}, []string{"continue t1→A 10", "dormant t2→ 0"}},
		{"other people", []span{{0, 10}}, []span{{9, 30}}, []data.TribeID{""}, []string{"dormant t1→ 0", "born →A 0"}},
		{"a few leave for a small new one", []span{{0, 30}}, []span{{0, 27}, {27, 32}}, []data.TribeID{"t1", ""}, []string{"continue t1→A 27", "born →B 0"}},
		{"a part leaves for one that goes on", []span{{0, 30}, {30, 110}}, []span{{0, 14}, {14, 110}}, []data.TribeID{"t1", "t2"}, []string{"shrink t1→A 14", "split t1→B 16", "grow t2→B 80"}},
		{"most of a tribe came from another", []span{{0, 38}, {38, 51}}, []span{{0, 21}, {21, 45}}, []data.TribeID{"t1", ""}, []string{"shrink t1→A 21", "split t1→B 17", "merge t2→B 7"}},
		{"the larger share keeps the id", []span{{0, 20}}, []span{{0, 8}, {8, 20}}, []data.TribeID{"", "t1"}, []string{"split t1→A 8", "shrink t1→B 12"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var prior *priorRun
			if test.before != nil {
				prior = &priorRun{asOf: monday, awake: len(test.before)}
			}
			for i, s := range test.before {
				prior.tribes = append(prior.tribes, data.Tribe{ID: data.TribeID(fmt.Sprintf("t%d", i+1)), Born: "old", People: s.to - s.from})
				prior.seen = append(prior.seen, monday.Add(-7*24*time.Hour))
				prior.sets, prior.whole = append(prior.sets, crowd(s.from, s.to)), append(prior.whole, crowd(s.from, s.to))
			}
			var tribes []data.Tribe
			var sets []map[data.AuthorID]bool
			for _, s := range test.after {
				tribes = append(tribes, data.Tribe{People: s.to - s.from})
				sets = append(sets, crowd(s.from, s.to))
			}
			steps := lineage("now", prior, tribes, sets, sets)
			names := map[data.TribeID]string{"": ""}
			for i, tr := range tribes {
				want, born := test.ids[i], "old"
				if want == "" {
					want, born = newTribeID("now", tr.Letter), "now"
				}
				if tr.ID != want || tr.Born != born {
					t.Errorf("tribe %s: got id %s born %s, want %s, %s", tr.Letter, tr.ID, tr.Born, want, born)
				}
				names[tr.ID] = tr.Letter
			}
			var got []string
			for _, s := range steps {
				got = append(got, fmt.Sprintf("%s %s→%s %d", s.Event, s.From, names[s.To], s.Shared))
			}
			if fmt.Sprint(got) != fmt.Sprint(test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestARunGoesOnFromAnEarlierWeek: who runs twice in a week is told what changed since the week before, not since a minute ago.
func TestARunGoesOnFromAnEarlierWeek(t *testing.T) {
	v := threeGroups()
	var parents []string
	for _, at := range []time.Duration{-7*24*time.Hour - time.Minute, -7 * 24 * time.Hour, -time.Minute, 0} {
		r, _, err := Cluster(ctx, v, v, Params{AsOf: monday.Add(at), Week: WeekOf(monday.Add(at - 12*time.Hour)), Main: true})
		if err != nil {
			t.Fatal(err)
		}
		week := ""
		if r.Parent != "" {
			week = v.saved[r.Parent].Week
		}
		parents = append(parents, week)
	}
	before := WeekOf(monday.AddDate(0, 0, -8))
	if want := []string{"", "", before, before}; !slices.Equal(parents, want) {
		t.Errorf("two runs a week have parents of the weeks %q, want %q", parents, want)
	}
}

func TestTribesKeepTheirIDsFromWeekToWeek(t *testing.T) {
	v := threeGroups()
	v.settle("garden", 25, 4, vocabulary("garden", 30), monday.Add(7*24*time.Hour), 9)
	first, _, err := Cluster(ctx, v, v, Params{AsOf: monday.Add(-7 * 24 * time.Hour), Main: true})
	if err != nil {
		t.Fatal(err)
	}
	second, _, err := Cluster(ctx, v, v, Params{AsOf: monday, Main: true})
	if err != nil {
		t.Fatal(err)
	}
	if second.Parent != first.ID {
		t.Fatalf("parent %q, want %q", second.Parent, first.ID)
	}
	after := map[data.TribeID]string{}
	for _, tr := range second.Tribes {
		after[tr.ID] = tr.Born
	}
	for _, tr := range first.Tribes {
		if after[tr.ID] != first.ID {
			t.Errorf("tribe %s of %d people: a week later born %q, want %q; lineage %+v", tr.ID, tr.People, after[tr.ID], first.ID, second.Lineage)
		}
	}
}

// TestTribesSleepBeforeTheyDie follows a tribe of ten that is not found for some weeks.
func TestTribesSleepBeforeTheyDie(t *testing.T) {
	tests := []struct {
		name  string
		found []bool // week after week
		want  string
	}{
		{"a week away", []bool{true, false, true}, "born | dormant | continue"},
		{"three weeks away", []bool{true, false, false, false, true}, "born | dormant | dormant | dormant | continue"},
		{"gone", []bool{true, false, false, false, false, false}, "born | dormant | dormant | dormant | died | "},
		{"back too late", []bool{true, false, false, false, false, true}, "born | dormant | dormant | dormant | died | born"},
	}
	for _, test := range tests {
		var earlier []data.RunRecord // newest first
		var got []string
		for week, found := range test.found {
			r := data.RunRecord{Run: data.Run{ID: fmt.Sprint("w", week), AsOf: monday.AddDate(0, 0, 7*week)}}
			in := Input{Window: data.Window{To: r.AsOf}}
			if len(earlier) > 0 {
				in.Parent, in.Earlier = &earlier[0], earlier[1:]
			}
			var sets []map[data.AuthorID]bool
			if found {
				r.Tribes, sets = []data.Tribe{{People: 10}}, append(sets, crowd(0, 10))
			}
			r.Lineage = lineage(r.ID, priorOf(in), r.Tribes, sets, sets)
			events := ""
			for _, l := range r.Lineage {
				events += string(l.Event)
			}
			got = append(got, events)
			for _, tr := range r.Tribes {
				for id := range sets[0] {
					r.Members = append(r.Members, data.Member{Author: id, Tribe: tr.ID})
				}
			}
			earlier = append([]data.RunRecord{r}, earlier...)
		}
		if strings.Join(got, " | ") != test.want {
			t.Errorf("%s: got %q, want %q", test.name, strings.Join(got, " | "), test.want)
		}
	}
}

// A name stays as long as most of a tribe's people and its words do, and goes with the words.
func TestTribesKeepTheirNames(t *testing.T) {
	v := threeGroups()
	first, _, err := Cluster(ctx, v, v, Params{AsOf: monday.Add(-7 * 24 * time.Hour), Main: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range first.Tribes {
		first.Tribes[i].Name = first.Tribes[i].Words[2].Form + " and " + first.Tribes[i].Words[1].Form
	}
	v.saved[first.ID] = first
	second, _, err := Cluster(ctx, v, v, Params{AsOf: monday, Main: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(first.Tribes) == 0 || len(second.Tribes) == 0 {
		t.Fatalf("%d tribes, then %d", len(first.Tribes), len(second.Tribes))
	}
	for _, tr := range second.Tribes {
		at := slices.IndexFunc(first.Tribes, func(was data.Tribe) bool { return was.ID == tr.ID })
		if at < 0 || tr.Name != first.Tribes[at].Name {
			t.Errorf("tribe %s of %d people: named anew %q", tr.ID, tr.People, tr.Name)
		}
	}
}

// TestRunsBeforeReadsTwo: however many runs a week has, the one they go on from and the newest of the week are read, and no other.
func TestRunsBeforeReadsTwo(t *testing.T) {
	v := &village{saved: map[string]data.RunRecord{}}
	save := func(id, week string, at time.Time) {
		r := data.RunRecord{}
		r.ID, r.Week, r.AsOf, r.Main = id, week, at, true
		v.saved[id] = r
	}
	save("before", "2026-W20", monday.AddDate(0, 0, -8))
	for i := range 6 {
		save(fmt.Sprint("run", i), "2026-W21", monday.Add(time.Duration(i-6)*time.Hour))
	}
	parent, replaced, err := runsBefore(ctx, v, Params{AsOf: monday, Week: "2026-W21"})
	if err != nil || parent == nil || replaced == nil || parent.ID != "before" || replaced.ID != "run5" {
		t.Fatalf("got parent %v, replaced %v, %v; want before and run5", parent, replaced, err)
	}
	if v.asked != 2 {
		t.Errorf("%d runs were read, want 2", v.asked)
	}
	if parent, replaced, err = runsBefore(ctx, v, Params{AsOf: monday, Week: "2026-W22"}); err != nil || parent == nil || parent.ID != "run5" || replaced != nil {
		t.Errorf("a new week: got parent %v, replaced %v, %v; want run5 and none", parent, replaced, err)
	}
}

// TestATribeBornInAWeekKeepsItsID: whoever keeps a list by ids finds the tribes of a week that is run once more.
func TestATribeBornInAWeekKeepsItsID(t *testing.T) {
	v := threeGroups()
	ids := func(r data.RunRecord) (out []string) {
		for _, t := range r.Tribes {
			out = append(out, string(t.ID)+" "+t.Letter+" "+t.Name+" "+t.Born)
		}
		slices.Sort(out)
		return out
	}
	runAt := func(at time.Time) data.RunRecord {
		r, _, err := Cluster(ctx, v, v, Params{AsOf: at, Week: WeekOf(monday), Main: true})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := runAt(monday.Add(-time.Hour))
	second := runAt(monday)
	if a, b := ids(first), ids(second); len(a) != 3 || !slices.Equal(a, b) {
		t.Errorf("tribes of a week are %q, and once more %q", a, b)
	}
	if second.Replaced != first.ID || second.Parent != "" {
		t.Errorf("the second run has the parent %q and replaces %q, want %q", second.Parent, second.Replaced, first.ID)
	}
	for _, l := range second.Lineage {
		if l.Event != data.Born {
			t.Errorf("%s: %s → %s, want births alone in the first week", l.Event, l.From, l.To)
		}
	}
	again, err := Replay(ctx, v, v, second.ID)
	if err != nil || !again.Same {
		t.Errorf("Replay = %+v, %v, want the same", again, err)
	}
}

// TestATribeThatSplitOffInAWeekKeepsItsID: so does one that split off another since the week before, and has won more of its people.
func TestATribeThatSplitOffInAWeekKeepsItsID(t *testing.T) {
	members := func(run string, of map[data.TribeID]map[data.AuthorID]bool) data.RunRecord {
		r := data.RunRecord{Run: data.Run{ID: run, AsOf: monday}}
		for _, id := range slices.Sorted(maps.Keys(of)) {
			r.Tribes = append(r.Tribes, data.Tribe{ID: id, Letter: string(id), Born: "born " + string(id)})
			for a := range of[id] {
				r.Members = append(r.Members, data.Member{Author: a, Tribe: id})
			}
		}
		return r
	}
	parent := members("week 1", map[data.TribeID]map[data.AuthorID]bool{"A": crowd(0, 100)})
	replaced := members("week 2", map[data.TribeID]map[data.AuthorID]bool{"A": crowd(0, 60), "B": crowd(60, 100)})
	prior := priorOf(Input{Parent: &parent, Replaced: &replaced})
	sets, tribes := []map[data.AuthorID]bool{crowd(0, 55), crowd(55, 100)}, make([]data.Tribe, 2)
	lineage("now", prior, tribes, sets, sets)
	for i, id := range []data.TribeID{"A", "B"} {
		if tribes[i].ID != id || tribes[i].Letter != string(id) || tribes[i].Born != "born "+string(id) {
			t.Errorf("tribe %d is %s, %s, %s, want %s as it was", i, tribes[i].ID, tribes[i].Letter, tribes[i].Born, id)
		}
	}
	if want := []data.TribeID{"A"}; !slices.Equal(tribes[1].Parents, want) {
		t.Errorf("B split off %q, want %q", tribes[1].Parents, want)
	}
}
