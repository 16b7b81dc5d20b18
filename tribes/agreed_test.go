package tribes

import (
	"reflect"
	"testing"

	"tribu/tribes/graph"
	"tribu/tribes/planted"
)

func TestOpenSettings(t *testing.T) {
	tests := []struct {
		name string
		p    Params
		want int
	}{
		{"both", Params{AutoResolution: true, AutoWeight: true}, 15},
		{"the resolution", Params{AutoResolution: true}, 5},
		{"the weight", Params{AutoWeight: true}, 3},
		{"the finest resolutions", Params{AutoResolution: true, Resolution: 8}, 3},
		{"nothing", Params{}, 1},
	}
	for _, test := range tests {
		if got := open(test.p.withDefaults()); len(got) != test.want {
			t.Errorf("%s left open: %v, want %d settings", test.name, got, test.want)
		}
	}
}

// joinedCircles are of six people each, with one tie between them, which every setting parts.
func joinedCircles(p Params) layers {
	ties := append(ring(nil, 0, 6), ring(nil, 6, 12)...)
	ties = append(ties, graph.Edge{U: 0, V: 6, Weight: .1})
	l := layers{need: graph.New(12, nil), tie: graph.New(12, ties), points: graph.NewMatrix(12, 1)}
	for range 12 {
		l.posts = append(l.posts, corePosts)
	}
	return l.weighed(p.NeedWeight)
}

// TestRerunsOfFew hands reruns of few people a core thinned for one setting: each has a setting of its own.
func TestRerunsOfFew(t *testing.T) {
	p := Params{AutoResolution: true, AutoWeight: true}.withDefaults()
	l := joinedCircles(p)
	groups := place(l, p, memory{})
	want := rerun(l, groups, p, true, lens{}).outcomes
	for range p.Repeats {
		l.thin = append(l.thin, graph.New(12, nil))
	}
	if got := rerun(l, groups, p, true, lens{}).outcomes; !reflect.DeepEqual(got, want) {
		t.Errorf("reruns beside thinned cores: got %v, want those without, %v", got, want)
	}
	if got := rerun(l, groups, p, false, lens{}).outcomes; reflect.DeepEqual(got, want) {
		t.Error("reruns of one setting take no heed of the core that was thinned for it")
	}
}

func TestAgreedTies(t *testing.T) {
	p := Params{AutoResolution: true, AutoWeight: true}.withDefaults()
	l := joinedCircles(p)
	before, after := l.core.EdgeList(), l.agreed(p).core.EdgeList()
	if len(after) >= len(before) {
		t.Errorf("%d ties became %d, want the one between the circles gone", len(before), len(after))
	}
	for _, e := range after {
		if e.U < 6 != (e.V < 6) {
			t.Errorf("tie %v joins the circles, want none", e)
		}
	}
}

func TestFewPeople(t *testing.T) {
	tests := []struct {
		scenario planted.Scenario
		people   int
		nmi      float64 // at least; 0 where there is nothing to find
	}{
		{planted.BothFair, 120, .75}, {planted.TextWeak, 120, .65}, {planted.None, 120, 0}, {planted.None, 60, 0},
	}
	for _, test := range tests {
		for seed := range uint64(3) {
			a, r := formPlanted(t, planted.Plan{Scenario: test.scenario, Authors: test.people, Seed: seed}, Params{AutoResolution: true, AutoWeight: true})
			if r.Agreement != 0 {
				t.Errorf("%s of %d people, seed %d: agreement %.2f, want too few to tell", test.scenario, test.people, seed, r.Agreement)
			}
			if a.Placed.NMI < test.nmi {
				t.Errorf("%s of %d people, seed %d: NMI %.3f, want at least %.2f", test.scenario, test.people, seed, a.Placed.NMI, test.nmi)
			}
			if test.nmi == 0 && len(r.Tribes) > 0 {
				t.Errorf("%s of %d people, seed %d: %d tribes, want none", test.scenario, test.people, seed, len(r.Tribes))
			}
		}
	}
}
