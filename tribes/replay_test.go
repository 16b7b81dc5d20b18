package tribes

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestReplay(t *testing.T) {
	v := threeGroups()
	first, _, err := Cluster(ctx, v, v, Params{AsOf: monday.Add(-7 * 24 * time.Hour), Main: true})
	if err != nil {
		t.Fatal(err)
	}
	second, _, err := Cluster(ctx, v, v, Params{AsOf: monday, Main: true})
	if err != nil {
		t.Fatal(err)
	}
	late := *v
	late.posts = v.posts[:len(v.posts)-40]
	orphan := *v
	orphan.saved = map[string]Result{second.ID: second}
	older := *v
	relic := second
	relic.Code = "tribes/0"
	older.saved = map[string]Result{first.ID: first, second.ID: relic}
	tests := []struct {
		name    string
		v       *village
		id      string
		same    bool
		missing string // what it says, in part
	}{
		{"the first run", v, first.ID, true, ""},
		{"a run with a parent", v, second.ID, true, ""},
		{"posts were forgotten", &late, second.ID, false, "have changed"},
		{"the parent was pruned", &orphan, second.ID, false, first.ID + ", is gone"},
		{"another version", &older, second.ID, false, "made by tribes/0"},
	}
	for _, test := range tests {
		got, err := Replay(ctx, test.v, test.v, test.id)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		said := slices.ContainsFunc(got.Missing, func(s string) bool { return strings.Contains(s, test.missing) })
		if got.Same != test.same || said != (test.missing != "") {
			t.Errorf("%s: got %+v, want same %v, missing %q", test.name, got, test.same, test.missing)
		}
	}
}
