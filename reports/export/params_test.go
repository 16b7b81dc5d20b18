package export

import (
	"encoding/json"
	"slices"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

func TestABundleIsRead(t *testing.T) {
	s, o := story(), options()
	o.Preset = All
	maker := s.Members[0].Author
	s.Params = `{"algorithm":"leiden","half_life":-1,"window":2419200000000000,"seed":18446744073709551615,"makers":["` + maker.String() + `"]}`
	alone := s.Needs[0]
	alone.Problem, alone.Called, alone.Concept, alone.Object = "", "", "sundial", "sundial"
	s.Needs = append([]data.NeedRow{alone}, s.Needs...)
	files, _, err := Bundle(CSV, s, o)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string][]byte{}
	for _, f := range files {
		byName[f.Name] = f.Body
	}
	var p struct {
		HalfLife string   `json:"half_life"`
		Window   string   `json:"window"`
		Seed     uint64   `json:"seed"`
		Makers   []string `json:"makers"`
	}
	if err := json.Unmarshal(byName["params.json"], &p); err != nil {
		t.Fatal(err)
	}
	if p.HalfLife != "off" || p.Window != "4w" || p.Seed != 1<<64-1 || !slices.Equal(p.Makers, []string{MemberID(o.Key, maker)}) {
		t.Errorf("params.json: %+v", p)
	}
	known := map[string]bool{}
	for _, r := range records(t, byName["needs.csv"], ',')[1:] {
		known[r[3]] = true
	}
	problems := map[string]bool{}
	for _, n := range s.Needs {
		problems[string(n.Problem)] = n.Problem != ""
	}
	rows := records(t, byName["need_mentions.csv"], ',')
	sundials := 0
	for _, r := range rows[1:] {
		if r[1] != "" && !known[r[1]] && !problems[r[1]] {
			t.Errorf("a need has id %q, which is in no table", r[1])
		}
		if r[3] == "sundial" {
			sundials++
			if r[1] != "" {
				t.Errorf("what one person voices has id %q", r[1])
			}
		}
	}
	if sundials == 0 || len(known) == 0 {
		t.Errorf("%d mentions of what one person voices, %d needs: nothing was tested", sundials, len(known))
	}
}

func TestADissolvedTribeIsToldWhereItsPeopleAre(t *testing.T) {
	l := &list{Story: data.Story{RunRecord: data.RunRecord{Tribes: []data.Tribe{{ID: "g", Name: "bins", People: 24}, {ID: "h", People: 9}}}}}
	c := l.dissolved(figures.Change{Event: figures.Dissolve, Before: 11, Fate: figures.Fate{People: 11, To: []data.TribeID{"g", "gone"}, Went: []int{7, 2}, None: 2}})
	if joined(c.To) != "bins" || c.Before != 11 || c.Kept != 7 || c.Kept+c.New != 24 {
		t.Errorf("to %q, %d of %d are in it, %d in all; want bins, 7 of 11, 24", joined(c.To), c.Kept, c.Before, c.Kept+c.New)
	}
}
