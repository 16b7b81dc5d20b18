package tribes

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
	"tribu/tribes/planted"
)

func TestChooseFindsWhatWasPlanted(t *testing.T) {
	tests := []struct {
		plan    planted.Plan
		weights []float64 // that are right
		finest  float64
		coarse  float64
	}{
		{planted.Plan{Scenario: planted.BothFair, Authors: 600, Seed: 1}, needWeights(), 8, 1.5},
		{planted.Plan{Scenario: planted.TextWeak, Authors: 600, Seed: 1}, []float64{.25, .5}, 8, 1},
		{planted.Plan{Scenario: planted.InteractionWeak, Authors: 600, Seed: 1}, []float64{.5, .75}, 8, 1},
	}
	for _, test := range tests {
		t.Run(string(test.plan.Scenario), func(t *testing.T) {
			_, r := formPlanted(t, test.plan, Params{AutoResolution: true, AutoWeight: true})
			if !slices.Contains(test.weights, r.NeedWeight) || r.Resolution < test.coarse || r.Resolution > test.finest || r.Agreement < leastAgreement {
				t.Errorf("got need weight %v, resolution %v, agreement %.2f; want one of %v, %v–%v", r.NeedWeight, r.Resolution, r.Agreement, test.weights, test.coarse, test.finest)
			}
			p, err := ParamsOf(r.Run)
			if err != nil || p.NeedWeight != r.NeedWeight || p.Resolution != r.Resolution {
				t.Errorf("parameters of the run: got %+v, error %v; want what was chosen", p, err)
			}
		})
	}
}

func TestWhatNothingConfirmsStaysUsual(t *testing.T) {
	_, r := formPlanted(t, planted.Plan{Scenario: planted.None, Authors: 300, Seed: 1}, Params{AutoResolution: true, AutoWeight: true})
	if r.NeedWeight != .5 || r.Resolution != 1 || r.Agreement != 0 {
		t.Errorf("no groups: got need weight %v, resolution %v, agreement %v; want .5, 1, 0", r.NeedWeight, r.Resolution, r.Agreement)
	}
}

func TestTheChoiceIsFrozen(t *testing.T) {
	auto := Params{AutoResolution: true, AutoWeight: true, AsOf: monday}.withDefaults()
	made := func(p Params, agreement float64) *data.RunRecord {
		return &data.RunRecord{Run: data.Run{Params: p.JSON(), Resolution: 3, NeedWeight: .25, Agreement: agreement}}
	}
	wider := auto
	wider.Window *= 2
	tests := []struct {
		name   string
		parent *data.RunRecord
		want   bool
	}{
		{"the first run", nil, false},
		{"the run before chose", made(auto, .4), true},
		{"the run before had nothing to choose by", made(auto, 0), false},
		{"the run before had another window", made(wider, .4), false},
		{"the run before was told", made(Params{AsOf: monday}, .4), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, _, got := frozen(test.parent, auto)
			if got != test.want || got && s != (setting{.25, 3}) {
				t.Errorf("got %v, frozen %v; want %v", s, got, test.want)
			}
		})
	}
}

// TestARunDoneOnceMoreKeepsItsChoice: the run whose place is taken decides between settings that are as likely,
// and not against one that is likelier.
func TestARunDoneOnceMoreKeepsItsChoice(t *testing.T) {
	posts, _, err := planted.Posts(planted.Plan{Scenario: planted.BothFair, Authors: 600, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	p := Params{AutoResolution: true, AutoWeight: true, AsOf: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), Window: 8 * 7 * 24 * time.Hour}.withDefaults()
	in := load(t, hear(posts), p)
	l := buildLayers(in, p)
	chosen := func(replaced *data.RunRecord) setting {
		in.Replaced = replaced
		return choose(in, l, p).setting
	}
	first := chosen(nil)
	tried := newTrial(in, l, p)
	tried.whole.credit = tried.credit()
	likeliest := tried.likelihood(first)
	stays, leaves := 0, 0
	for _, r := range resolutions() {
		s := setting{first.needWeight, r}
		near := tried.likelihood(s) > .99*likeliest
		far := tried.likelihood(s) < .9*likeliest
		if s == first || !(near && stays == 0 || far && leaves == 0) {
			continue
		}
		got := chosen(&data.RunRecord{Run: data.Run{Params: p.JSON(), Resolution: s.resolution, NeedWeight: s.needWeight, Agreement: .5}})
		switch {
		case near:
			stays++
			if got != s {
				t.Errorf("%v is as likely as %v: done once more got %v, want it to stay", s, first, got)
			}
		case far:
			leaves++
			if got != first {
				t.Errorf("%v is far less likely than %v: done once more got %v", s, first, got)
			}
		}
	}
	if stays == 0 || leaves == 0 {
		t.Errorf("%d settings as likely and %d far less so, want one of both", stays, leaves)
	}
}
