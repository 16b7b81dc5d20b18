package tribes

import (
	"fmt"
	"testing"

	"tribu/data"
)

// runWith is a run whose tribes have these people.
func runWith(id string, groups map[data.TribeID]string) data.RunRecord {
	r := data.RunRecord{Run: data.Run{ID: id}}
	for _, t := range []data.TribeID{"old", "t1", "t2", "t3", "n1", "n2"} {
		people, ok := groups[t]
		if !ok {
			continue
		}
		r.Tribes = append(r.Tribes, data.Tribe{ID: t})
		for _, p := range people {
			r.Members = append(r.Members, data.Member{Author: data.NewAuthorID("s", string(p)), Tribe: t})
		}
	}
	return r
}

func TestDecisionsFollowThePeople(t *testing.T) {
	was := runWith("a", map[data.TribeID]string{"old": "abcdef", "t1": "ghijkl", "t2": "mnopqr", "t3": "stu"})
	is := runWith("b", map[data.TribeID]string{"old": "abcdefstu", "n1": "ghijk", "n2": "mnopqv"})
	who := []data.AuthorID{data.NewAuthorID("s", "m"), data.NewAuthorID("s", "n")}
	part := SplitID("t2", who)
	all := []data.TribeDecision{
		{Num: 1, Kind: data.Rename, Tribe: "t1", Text: "Worms"},
		{Num: 2, Kind: data.NoteOn, Tribe: "old", Text: "stays"},
		{Num: 3, Kind: data.NoteOn, Tribe: "t1", Text: "undone"},
		{Num: 4, Kind: data.Undo, Undoes: 3},
		{Num: 5, Kind: data.SplitOff, Tribe: "t2", Into: part, Authors: who},
		{Num: 6, Kind: data.Rename, Tribe: part, Text: "Part"},
		{Num: 7, Kind: data.MergeInto, Tribe: "t1", Into: "old"},
		{Num: 8, Kind: data.Rename, Tribe: "t3", Text: "Gone"},
		{Num: 9, Kind: data.MergeInto, Tribe: "t2", Into: "t3"},
		{Num: 10, Kind: data.Rename, Tribe: "asleep", Text: "of another week"},
	}
	anew, lost := CarriedOn(was, is, all)
	newPart := SplitID("n2", who)
	got := ""
	for _, d := range anew {
		got += fmt.Sprintf("%s %s %s %s %s %d; ", d.Kind, d.Run, d.Tribe, d.Into, d.Text, d.Num)
	}
	want := fmt.Sprintf("rename b n1  Worms 0; split b n2 %s  0; rename b %s  Part 0; merge b n1 old  0; ", newPart, newPart)
	if got != want {
		t.Errorf("carried on:\n%s, want\n%s", got, want)
	}
	if len(lost) != 2 || lost[0].Num != 8 || lost[1].Num != 9 {
		t.Errorf("lost %v, want d8 and d9", lost)
	}
	for i := range anew {
		anew[i].Num = 11 + i
		all = append(all, anew[i])
	}
	if again, _ := CarriedOn(was, is, append(all, data.TribeDecision{Num: 20, Kind: data.Undo, Undoes: 11})); len(again) > 0 {
		t.Errorf("carried on twice: %v", again)
	}
}
