package figures

import (
	"fmt"
	"testing"
	"time"

	"tribu/data"
)

// A tribe that no tribe carries on has gone quiet where most of its people wrote nothing since the run
// before; where they write elsewhere it has dissolved, and the change tells where they are.
func TestPeopleOfATribeThatIsNoMoreAreFollowed(t *testing.T) {
	before, now := time.Date(2026, 11, 8, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		where []data.TribeID // of the tribe's people now; - for those who wrote nothing, ~ for those in no tribe who wrote
		want  string
	}{
		{[]data.TribeID{"g", "g", "g", "h", "~"}, "dissolve of 5: [g h] [3 1], 1 in none, 0 silent"},
		{[]data.TribeID{"-", "-", "-", "h", "~"}, "dormant of 5: [h] [1], 1 in none, 3 silent"},
		{[]data.TribeID{"~", "~", "-"}, "dissolve of 3: [] [], 2 in none, 1 silent"},
		{nil, "dormant of 0: [] [], 0 in none, 0 silent"},
	} {
		s := data.Story{RunRecord: data.RunRecord{Run: data.Run{ID: "r2", Parent: "r1", AsOf: now}, Tribes: []data.Tribe{{ID: "g", People: 9}, {ID: "h", People: 9}},
			Lineage: []data.Lineage{{Event: data.Dormant, From: "x", Before: 5}}}}
		was := data.RunRecord{Run: data.Run{ID: "r1", AsOf: before}, Tribes: []data.Tribe{{ID: "x", People: 5}}}
		for i, to := range c.where {
			who := author(fmt.Sprint(i))
			was.Members = append(was.Members, data.Member{Author: who, Tribe: "x"})
			if to != "-" {
				s.Activity = append(s.Activity, data.PostMeta{ID: data.NewPostID("f", fmt.Sprint(i)), Author: who, CreatedAt: before.Add(time.Hour)})
			}
			if to != "~" && to != "-" {
				s.Members = append(s.Members, data.Member{Author: who, Tribe: to})
			}
		}
		s.History = []data.RunRecord{was}
		got := changes(s)[0]
		f := got.Fate
		if told := fmt.Sprintf("%s of %d: %v %v, %d in none, %d silent", got.Event, f.People, f.To, f.Went, f.None, f.Silent); told != c.want {
			t.Errorf("people now %v: got %s, want %s", c.where, told, c.want)
		}
	}
}

// A change names tribes of the run before as its readers knew them, and says who joined a part of a split.
func TestASplitIsToldByTheNameItHad(t *testing.T) {
	now := []data.Tribe{{ID: "a", Name: "buckets", People: 5}, {ID: "b", Name: "bin", People: 7}}
	s := data.Story{RunRecord: data.RunRecord{Run: data.Run{ID: "r2", Parent: "r1"}, Tribes: now, Lineage: []data.Lineage{
		{Event: data.Shrink, From: "a", To: "a", Shared: 5, Before: 9, After: 5}, {Event: data.Split, From: "a", To: "b", Shared: 4, Before: 9, After: 7}}},
		History: []data.RunRecord{{Run: data.Run{ID: "r1"}, Tribes: []data.Tribe{{ID: "a", Name: "compost", People: 9}, {ID: "x", Name: "leachate", People: 3}}}}}
	for i, to := range []data.TribeID{"a", "a", "a", "a", "a", "b", "b", "b", "b", "b", "b", "b", "a"} {
		was := data.TribeID("a")
		if i > 8 {
			was = "x"
		}
		s.Members = append(s.Members, data.Member{Author: author(fmt.Sprint(i)), Tribe: to})
		s.History[0].Members = append(s.History[0].Members, data.Member{Author: author(fmt.Sprint(i)), Tribe: was})
	}
	c := changes(s)[0]
	if len(c.From) != 1 || c.From[0].Name != "compost" || len(c.To) != 2 || c.To[0].Name != "buckets" {
		t.Errorf("from %v to %v, want compost to buckets and bin", c.From, c.To)
	}
	if got, want := fmt.Sprint(c.Came, c.Others), "[5 4] [1 0]"; got != want {
		t.Errorf("of the split tribe and others in each part %s, want %s: 5 + 1 and 4 + 3 people", got, want)
	}
	if len(c.Joined) != 1 || c.Joined[0].From.Name != "leachate" || c.Joined[0].People != 3 {
		t.Errorf("joined %+v, want the 3 of leachate in the new part", c.Joined)
	}
}

// People who are the lesser part of a new tribe had one of their own, and it is told where all of them are.
func TestATribeWhosePeopleAreTheLesserPartOfAnotherHasDissolved(t *testing.T) {
	s := data.Story{RunRecord: data.RunRecord{Run: data.Run{ID: "r2", Parent: "r1"}, Tribes: []data.Tribe{{ID: "new", People: 9}}, Lineage: []data.Lineage{
		{Event: data.Split, From: "big", To: "new", Shared: 6, Before: 20, After: 9}, {Event: data.Merge, From: "small", To: "new", Shared: 3, Before: 5, After: 9}}},
		History: []data.RunRecord{{Run: data.Run{ID: "r1"}, Tribes: []data.Tribe{{ID: "big", People: 20}, {ID: "small", People: 5}}}}}
	for i, to := range []data.TribeID{"new", "new", "new", "", ""} {
		s.Members = append(s.Members, data.Member{Author: author(fmt.Sprint(i)), Tribe: to})
		s.History[0].Members = append(s.History[0].Members, data.Member{Author: author(fmt.Sprint(i)), Tribe: "small"})
	}
	for _, c := range changes(s) {
		if c.From[0].ID == "small" && (c.Event != Dissolve || fmt.Sprint(c.Fate.To, c.Fate.Went, c.Fate.Silent) != "[new] [3] 2") {
			t.Errorf("three of five are in a tribe of nine that came from another: got %s, fate %+v", c.Event, c.Fate)
		}
	}
}
