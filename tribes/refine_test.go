package tribes

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
	"tribu/tribes/graph"
	"tribu/tribes/planted"
)

// TestRefined: two groups of twenty, who say 0 to 2 or 3 to 5 and meet among themselves; the last is
// told to be of the first.
func TestRefined(t *testing.T) {
	ours, theirs := []uint32{0, 1, 2}, []uint32{3, 4, 5}
	tests := []struct {
		name  string
		words []uint32
		meets []uint32
		came  int // from which group of the run before; nowhere without
		quiet bool
		want  int
	}{
		{"says and meets what the group does", ours, ours, nowhere, false, 0},
		{"says and meets what the other does", theirs, []uint32{20, 21, 22}, nowhere, false, 1},
		{"left clearly", theirs, []uint32{20, 21, 22}, 0, false, 1},
		{"was here before, and nothing happened since", theirs, []uint32{20, 21, 22}, 0, true, 0},
		{"says nothing, meets nobody", nil, nil, nowhere, false, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, groups := twoCircles(test.words, test.meets)
			past := memory{}
			if test.came != nowhere {
				past = memory{group: slices.Clone(groups), member: make([]bool, 41), quiet: make([]bool, 41), steady: make([]float64, 41)}
				past.quiet[40] = test.quiet
			}
			got, _ := refined(l, groups, Params{}.withDefaults(), past)
			if same := got[40] == got[0]; same != (test.want == 0) || got[0] == got[20] {
				t.Errorf("words %v, meets %v: got %v; want the last in the group of the %d. of them", test.words, test.meets, got, 20*test.want+1)
			}
		})
	}
}

// twoCircles returns the layers of forty-one people, of whom the last says words and meets others, and
// the groups they are told to be in.
func twoCircles(words, meets []uint32) (layers, []int) {
	l := layers{words: &sparse{columns: 6, terms: 6, offsets: []int{0}, factor: slices.Repeat([]float32{1}, 6)}, points: graph.NewMatrix(41, 2), posts: slices.Repeat([]int{2}, 41)}
	groups := make([]int, 41)
	var edges []graph.Edge
	for v := range uint32(41) {
		say := words
		if v < 40 {
			groups[v] = int(v / 20)
			first := 3 * (v / 20)
			say = []uint32{first + v%3, first + (v+1)%3}
			if v%20 > 0 {
				l.met = append(l.met, arc{v - 1, v, 1})
			}
			edges = append(edges, graph.Edge{U: v, V: 40, Weight: .1})
		}
		for _, c := range say {
			l.words.column, l.words.value = append(l.words.column, c), append(l.words.value, 1)
		}
		l.words.offsets = append(l.words.offsets, len(l.words.column))
	}
	for _, to := range meets {
		l.met = append(l.met, arc{to, 40, 1})
	}
	l.fused = graph.New(41, append(edges, bothWays(l.met)...))
	return l, groups
}

// plantedWorld returns the layers of a planted world of 500 people, and who is known to be where.
func plantedWorld(t *testing.T, s planted.Scenario) (layers, known, Params) {
	t.Helper()
	posts, truth, err := planted.Posts(planted.Plan{Scenario: s, Authors: 500, Seed: 4})
	if err != nil {
		t.Fatal(err)
	}
	groups := map[data.AuthorID]string{}
	for a, g := range truth {
		groups[data.NewAuthorID("g", a)] = g
	}
	p := Params{AsOf: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), Window: 8 * 7 * 24 * time.Hour, Resolution: 3}.withDefaults()
	in := load(t, hear(posts), p)
	return buildLayers(in, p), knownGroups(in, groups), p
}

func TestRefiningTellsMore(t *testing.T) {
	for _, s := range []planted.Scenario{planted.BothFair, planted.TextWeak, planted.InteractionWeak, planted.HalfSilent} {
		l, k, p := plantedWorld(t, s)
		placed := place(l, p, memory{})
		before, _ := k.score(placed)
		groups, _ := refined(l, placed, p, memory{})
		after, _ := k.score(groups)
		if after.AMIAll < before.AMIAll+.01 {
			t.Errorf("%s: AMI %.3f placed, %.3f refined; want .01 more", s, before.AMIAll, after.AMIAll)
		}
	}
}

// Groups that are there are found again, by reruns that look as the run did.
func TestRerunsAreRefinedLikeGroups(t *testing.T) {
	for _, s := range []planted.Scenario{planted.BothFair, planted.TextWeak} {
		l, _, p := plantedWorld(t, s)
		groups, through := refined(l, place(l, p, memory{}), p, memory{})
		steady := func(through lens) (people float64) {
			again := rerun(l, groups, p, false, through)
			for g, members := range membersOf(groups) {
				people += again.group[g] * float64(len(members)) / float64(len(groups))
			}
			return people
		}
		if bare, same := steady(lens{}), steady(through); same < bare+.05 {
			t.Errorf("%s: groups are %.3f steady in reruns that are not refined, %.3f in others; want .05 more", s, bare, same)
		}
	}
}
