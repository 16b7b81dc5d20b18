package tribes

import (
	"testing"

	"tribu/data"
)

func TestChooseResolution(t *testing.T) {
	tests := []struct {
		name    string
		profile []data.ProfilePoint
		want    float64
	}{
		{"nothing to choose from", nil, 1},
		{"one group is no answer", []data.ProfilePoint{{Resolution: .5, Tribes: 1, Stability: 1}, {Resolution: 2, Tribes: 3, Stability: .6}}, 2},
		{"the finest of the steady", []data.ProfilePoint{{Resolution: .5, Tribes: 3, Stability: .95}, {Resolution: 1, Tribes: 5, Stability: .9}, {Resolution: 2, Tribes: 9, Stability: .7}}, 1},
		{"a steady fine one beyond an unsteady middle", []data.ProfilePoint{{Resolution: 1, Tribes: 3, Stability: .8}, {Resolution: 2, Tribes: 5, Stability: .6}, {Resolution: 3, Tribes: 9, Stability: .9}}, 3},
	}
	for _, test := range tests {
		if got := chooseResolution(test.profile); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestAutoResolutionFindsThePlantedGroups(t *testing.T) {
	p := Params{AsOf: monday, AutoResolution: true}
	r, err := Form(load(t, threeGroups(), p), p)
	if err != nil || len(r.Tribes) != 3 || len(r.Profile) != len(resolutions()) {
		t.Errorf("got %d tribes at resolution %v, a profile of %d points, error %v; want 3 and %d", len(r.Tribes), r.Resolution, len(r.Profile), err, len(resolutions()))
	}
}
