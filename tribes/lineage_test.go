package tribes

import (
	"fmt"
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
		{"split", []span{{0, 20}}, []span{{0, 12}, {12, 20}}, []data.TribeID{"t1", ""}, []string{"split t1→A 12", "split t1→B 8"}},
		{"merger", []span{{0, 12}, {12, 20}}, []span{{0, 20}}, []data.TribeID{"t1"}, []string{"merge t1→A 12", "merge t2→A 8"}},
		{"gone", []span{{0, 10}, {10, 20}}, []span{{0, 10}}, []data.TribeID{"t1"}, []string{"continue t1→A 10", "died t2→ 0"}},
		{"other people", []span{{0, 10}}, []span{{9, 30}}, []data.TribeID{""}, []string{"died t1→ 0", "born →A 0"}},
		{"the larger share keeps the id", []span{{0, 20}}, []span{{0, 8}, {8, 20}}, []data.TribeID{"", "t1"}, []string{"split t1→A 8", "split t1→B 12"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var prior *priorRun
			if test.before != nil {
				prior = &priorRun{record: &data.RunRecord{}}
			}
			for i, s := range test.before {
				prior.record.Tribes = append(prior.record.Tribes, data.Tribe{ID: data.TribeID(fmt.Sprintf("t%d", i+1)), Born: "old"})
				prior.sets = append(prior.sets, crowd(s.from, s.to))
			}
			var tribes []data.Tribe
			var sets []map[data.AuthorID]bool
			for i, s := range test.after {
				tribes = append(tribes, data.Tribe{Letter: letter(i)})
				sets = append(sets, crowd(s.from, s.to))
			}
			steps := lineage("now", prior, tribes, sets)
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
