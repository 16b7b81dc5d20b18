package tribes

import (
	"slices"
	"testing"

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
