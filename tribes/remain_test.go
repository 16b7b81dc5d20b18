package tribes

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
	"tribu/tribes/graph"
)

// ring joins neighbours from up to to, and those two apart, with weight 1.
func ring(edges []graph.Edge, from, to uint32) []graph.Edge {
	n := to - from
	for i := range n {
		edges = append(edges, graph.Edge{U: from + i, V: from + (i+1)%n, Weight: 1}, graph.Edge{U: from + i, V: from + (i+2)%n, Weight: 1})
	}
	return edges
}

func TestPlaceRemembers(t *testing.T) {
	const a, b, others = 0, 1, 2
	was := slices.Concat(slices.Repeat([]int{a}, 8), slices.Repeat([]int{b}, 8), slices.Repeat([]int{others}, 40))
	merged := slices.Concat(make([]int, 16), was[16:])
	all, none := slices.Repeat([]bool{true}, len(was)), make([]bool, len(was))
	two := ring(ring(ring(nil, 0, 8), 8, 16), 16, uint32(len(was)))
	join := func(weight float32, pairs ...uint32) []graph.Edge {
		edges := slices.Clone(two)
		for i := 0; i < len(pairs); i += 2 {
			edges = append(edges, graph.Edge{U: pairs[i], V: pairs[i+1], Weight: weight})
		}
		return edges
	}
	quarters := ring(ring(ring(ring([]graph.Edge{{U: 0, V: 4, Weight: .2}}, 0, 4), 4, 8), 8, 16), 16, uint32(len(was)))
	firstEight := []int{0, 1, 2, 3, 4, 5, 6, 7}
	tests := []struct {
		name  string
		edges []graph.Edge
		found []int // by Leiden
		quiet []bool
		with  []int // who is with author 0 in the end
	}{
		{"what stays as it was", two, was, all, firstEight},
		{"quiet people do not merge over a tie or two", join(1, 0, 8, 4, 12), merged, all, firstEight},
		{"they do over many strong ones", join(4, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15), merged, all, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}},
		{"one who left for nothing comes home", two, slices.Concat([]int{a, a, a, b}, was[4:]), none, firstEight},
		{"one who writes goes where more ties are", join(3, 3, 9, 3, 10, 3, 11), slices.Concat([]int{a, a, a, b}, was[4:]), none, []int{0, 1, 2, 4, 5, 6, 7}},
		{"one who is quiet needs more of a reason", join(2, 3, 9, 3, 10, 3, 11), slices.Concat([]int{a, a, a, b}, was[4:]), all, firstEight},
		{"people do not split for a little", two, slices.Concat([]int{a, a, a, a, 3, 3, 3, 3}, was[8:]), all, firstEight},
		{"they do where hardly a tie is left", quarters, slices.Concat([]int{a, a, a, a, 3, 3, 3, 3}, was[8:]), all, firstEight[:4]},
	}
	for _, test := range tests {
		g := graph.New(len(was), test.edges)
		groups := slices.Clone(test.found)
		h := newHomecoming(g, groups, memory{group: was, quiet: test.quiet}, 1)
		h.together(5)
		for v := range groups {
			h.alone(v)
		}
		var with []int
		for v, at := range connected(g, groups) {
			if at == connected(g, groups)[0] {
				with = append(with, v)
			}
		}
		if !slices.Equal(with, test.with) {
			t.Errorf("%s: got %v with author 0, want %v", test.name, with, test.with)
		}
	}
}

func TestPart(t *testing.T) {
	two := ring(ring(nil, 0, 8), 8, 16)
	one := append(slices.Clone(two), graph.Edge{U: 0, V: 8, Weight: 1}, graph.Edge{U: 3, V: 16, Weight: 1}, graph.Edge{U: 11, V: 17, Weight: 2}, graph.Edge{U: 4, V: 17, Weight: 1})
	posts := append(slices.Repeat([]int{2}, 16), 1, 1)
	tests := []struct {
		name  string
		edges []graph.Edge
		want  []int
	}{
		{"a tie alone holds no two halves together; who wrote once goes with their ties", one,
			[]int{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1}},
		{"two ties do", append(slices.Clone(one), graph.Edge{U: 5, V: 13, Weight: 1}), make([]int, 18)},
	}
	for _, test := range tests {
		f := former{p: Params{}.withDefaults(), l: layers{posts: posts, fused: graph.New(18, test.edges)}, groups: make([]int, 18)}
		f.part()
		if !slices.Equal(f.groups, test.want) {
			t.Errorf("%s: got groups %v, want %v", test.name, f.groups, test.want)
		}
	}
}

// TestMemoryTellsTheQuiet has five people of whom each but the first did something in the last week.
func TestMemoryTellsTheQuiet(t *testing.T) {
	then := monday.Add(-7 * 24 * time.Hour)
	in := Input{Window: data.Window{To: monday}, Parent: &data.RunRecord{Run: data.Run{AsOf: then}}}
	for i := range 5 {
		in.authors = append(in.authors, data.AuthorID{byte(i)})
		in.posts = append(in.posts, post{author: uint32(i), at: moment(then.Add(-time.Hour).Unix())})
		in.Parent.Members = append(in.Parent.Members, data.Member{Author: data.AuthorID{byte(i)}, Posts: 1})
	}
	in.posts[1].at = moment(then.Add(time.Hour).Unix()) // another post than the one of then
	in.ties = []tie{{from: 2, to: 3, at: moment(then.Add(time.Hour).Unix())}, {from: 0, to: 1, at: moment(then.Unix())}}
	in.Parent.Members[4].Posts = 2 // one has left the window
	m := priorOf(in).memory(in)
	if want := []bool{true, false, false, false, false}; !slices.Equal(m.quiet, want) {
		t.Errorf("nothing, another post, turned to somebody, was turned to, a post less: got quiet %v, want %v", m.quiet, want)
	}
}
