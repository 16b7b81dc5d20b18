package cpi

import (
	"slices"
	"testing"

	"tribu/data"
	"tribu/reports/measure"
)

// TestSteps: what counts as a step is asked for, missed or praised, not told in passing.
func TestSteps(t *testing.T) {
	for _, c := range []struct {
		words string
		need  data.Need
		want  []Increment
	}{
		{"I want a simpler lamp", wish("lamp", "", ""), []Increment{Ease}},
		{"I took the simpler lamp home, is that right?", wish("lamp", "", ""), nil},
		{"Would a simpler lamp do?", wish("lamp", "", ""), nil},
		{"I want a simpler way to hang the lamp", wish("lamp", "", ""), []Increment{Ease}},
		{"I need a lamp within 3 days", wish("lamp", "Speed", ""), []Increment{Time}},
		{"Within an hour I had the lamp", data.Need{Type: data.Problem, Object: "lamp", Concept: "lamp"}, nil},
		{"How do I get a lamp within an hour?", data.Need{Type: data.HowTo, Object: "lamp", Concept: "lamp"}, []Increment{Time}},
		{"How come, within an hour I managed to break the lamp?", data.Need{Type: data.HowTo, Object: "lamp", Concept: "lamp"}, nil},
		{"The lamp took three weeks", data.Need{Type: data.Complaint, Object: "lamp", Concept: "lamp", Facets: []data.Facet{{Name: "Speed", Direction: -1}}}, []Increment{Time}},
		{"I spent a week with the lamp", data.Need{Type: data.Problem, Object: "lamp", Concept: "lamp"}, nil},
		{"We need three more options for the lamp", wish("lamp", "Choice", ""), []Increment{Options}},
		{"The lamp costs 20 euro less, great", data.Need{Type: data.Praise, Object: "lamp", Concept: "lamp"}, []Increment{Money}},
		{"Thirty kilos of lamp oil, great", data.Need{Type: data.Praise, Object: "lamp", Concept: "lamp"}, []Increment{Quantity}},
		{"The lamp came without a scratch, great", data.Need{Type: data.Praise, Object: "lamp", Concept: "lamp"}, []Increment{Integrity}},
		{"I mended the lamp and nobody ever says thank you", data.Need{Type: data.Complaint, Object: "lamp", Concept: "lamp"}, []Increment{Recognition}},
	} {
		world := newCommunity()
		c.need.Quote, c.need.Lang = c.words, data.LangEN
		id := world.post("a", "a", data.PostID{}, monday, c.words, c.need)
		if got := Steps(measure.Read(world.in), Params{})[id]; !slices.Equal(got, c.want) {
			t.Errorf("%q: steps %v, want %v", c.words, got, c.want)
		}
	}
}
