package figures

import (
	"fmt"
	"testing"

	"tribu/data"

	"github.com/google/go-cmp/cmp"
)

// member returns n authors, from first on, in a tribe.
func crowd(tribe data.TribeID, first, n int) (out []data.Member) {
	for i := range n {
		out = append(out, data.Member{Author: data.NewAuthorID("s", fmt.Sprint(first+i)), Tribe: tribe})
	}
	return out
}

func recordOf(tribes []data.Tribe, members ...[]data.Member) (r data.RunRecord) {
	r.Tribes = tribes
	for _, m := range members {
		r.Members = append(r.Members, m...)
	}
	r.People = len(r.Members)
	return r
}

// TestAgainst holds a run in which tribe a split, b is gone and d appeared against the run before.
func TestAgainst(t *testing.T) {
	there := recordOf([]data.Tribe{{ID: "a", People: 40}, {ID: "b", People: 10}}, crowd("a", 0, 40), crowd("b", 40, 10), crowd("", 50, 50))
	here := recordOf([]data.Tribe{{ID: "x", People: 25}, {ID: "y", People: 15}, {ID: "d", People: 12}},
		crowd("x", 0, 25), crowd("y", 25, 15), crowd("", 40, 12), crowd("d", 52, 8), crowd("d", 200, 4))
	c := Figures{Needs: []Need{{Topic: "tap", People: 30}, {Topic: "shade", People: 10}}}.Against(
		data.Story{RunRecord: here}, Other{RunRecord: there, Needs: []Need{{Topic: "tap", People: 10}, {Topic: "shade", People: 12}, {Topic: "key", People: 9}}})
	got := map[string]int{"common": c.Common, "stayed": c.Stayed, "joined": c.Joined, "left": c.Left, "moved": c.Moved, "here": c.Here, "there": c.There}
	want := map[string]int{"common": 60, "stayed": 25 + 2, "joined": 8, "left": 10, "moved": 15, "here": 4, "there": 40}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("people (-want +got):\n%s", d)
	}
	if len(c.Matches) != 1 || c.Matches[0].Here.ID != "x" || c.Matches[0].There.ID != "a" || c.Matches[0].Shared != 25 || c.Matches[0].Jaccard != 0.625 {
		t.Errorf("matches %+v, want x = a with 25 of 40", c.Matches)
	}
	if len(c.New) != 2 || c.New[0].ID != "y" || c.New[1].ID != "d" || len(c.Gone) != 1 || c.Gone[0].ID != "b" {
		t.Errorf("new %v gone %v, want y and d, and b", c.New, c.Gone)
	}
	if len(c.Flows) != 1 || c.Flows[0].People != 15 || c.Flows[0].To.ID != "y" {
		t.Errorf("flows %+v, want 15 from a to y", c.Flows)
	}
	var needs []string
	for _, n := range c.Needs {
		needs = append(needs, fmt.Sprintf("%s %d %d %+d @%d", n.Need.Topic, n.There, n.Here, n.Change, n.Index))
	}
	if d := cmp.Diff([]string{"tap 10 30 +1 @0", "key 9 0 -1 @-1"}, needs); d != "" {
		t.Errorf("needs (-want +got):\n%s", d)
	}
}
