package tribes

import (
	"testing"
	"time"

	"tribu/tribes/planted"
)

func TestLargeGraphsAreSteadyOnlyWhereThereIsStructure(t *testing.T) {
	tests := []struct {
		scenario    planted.Scenario
		least, most float64 // share of the groups that are steady
	}{
		{planted.None, 0, 0}, {planted.BothFair, .8, 1},
	}
	for _, test := range tests {
		posts, _, err := planted.Posts(planted.Plan{Scenario: test.scenario, Authors: 1500, Weeks: 3, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		p := Params{AsOf: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), Window: 8 * 7 * 24 * time.Hour, Resolution: 1}.withDefaults()
		if test.scenario != planted.None {
			p.Resolution = 3
		}
		l := buildLayers(load(t, hear(posts), p), p)
		l.of = warmRerunNodes + 1 // as if it stood for a large one
		groups, through := refined(l, place(l, p, memory{}), p, memory{})
		all, steady := rerun(l, groups, p, false, through).group, 0.0
		for _, s := range all {
			if s >= leastStability {
				steady++
			}
		}
		if share := steady / float64(len(all)); share < test.least || share > test.most {
			t.Errorf("%s: %.0f of %d groups are steady, want a share of %.2f to %.2f: %.2f", test.scenario, steady, len(all), test.least, test.most, all)
		}
	}
}
