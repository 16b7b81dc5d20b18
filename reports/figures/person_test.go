package figures

import (
	"slices"
	"testing"

	"tribu/data"
)

// TestPeopleNeed reads what each person needs, by the names of the needs that are told.
func TestPeopleNeed(t *testing.T) {
	f := Count(garden(), Params{})
	for _, c := range []struct {
		who  string
		want []string
	}{{"ada", []string{"water"}}, {"bo", []string{"soil"}}, {"cy", []string{"water"}}, {"nobody", nil}} {
		if got := f.People[author(c.who)].Needs; !slices.Equal(got, c.want) {
			t.Errorf("%s: needs %q, want %q", c.who, got, c.want)
		}
	}
}

func TestPeople(t *testing.T) {
	f := Count(garden(), Params{})
	for _, c := range []struct {
		who                                       string
		helped, by, back, asked, answers, outside int
	}{
		{"ada", 1, 1, 0, 1, 2, 1},
		{"bo", 1, 0, 0, 1, 1, 0},
		{"cy", 0, 2, 0, 2, 0, 1},
		{"dee", 1, 0, 0, 1, 1, 1},
	} {
		p := f.People[author(c.who)]
		got := []int{p.Helped, p.HelpedBy, p.HelpedBack, p.Asked, p.Answers28, p.Outside()}
		if want := []int{c.helped, c.by, c.back, c.asked, c.answers, c.outside}; !slices.Equal(got, want) {
			t.Errorf("%s: helped, helped by, back, asked, answers, outside: got %v, want %v", c.who, got, want)
		}
	}
}

// TestTogether: two people of whom one is a guest in the other's tribe are of one tribe.
func TestTogether(t *testing.T) {
	ada, bea, cy := data.AuthorID{1}, data.AuthorID{2}, data.AuthorID{3}
	together := Together([]data.Member{{Author: ada, Tribe: "a"}, {Author: ada, Tribe: "c", Rank: 1}, {Author: bea, Tribe: "b"}, {Author: cy, Tribe: "c"}})
	for _, c := range []struct {
		a, b data.AuthorID
		want bool
	}{{ada, cy, true}, {cy, ada, true}, {ada, bea, false}, {bea, data.AuthorID{9}, false}} {
		if got := together(c.a, c.b); got != c.want {
			t.Errorf("%v and %v: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// TestBridges: whoever joins tribes helps somebody; a role alone makes no bridge that is told. Those in no tribe who
// talk to people of several join them, and stand first where they reach most. Groups that are no tribes do not count.
func TestBridges(t *testing.T) {
	id := func(n byte) data.AuthorID { return data.AuthorID{n} }
	to := func(tribes ...int) (out []Share) {
		for _, i := range tribes {
			out = append(out, Share{Tribe: i, People: 3})
		}
		return out
	}
	group := func(kind data.TribeKind) Tribe { return Tribe{Tribe: data.Tribe{Kind: kind}} }
	f := Figures{
		Tribes: []Tribe{group(data.KindTribe), group(data.KindTribe), group(data.KindTribe), group(data.KindCrowd)},
		Home:   map[data.AuthorID]int{id(1): 0, id(2): 0, id(3): None, id(4): None, id(5): 0, id(6): 0, id(7): 3, id(8): 0},
		in:     map[data.AuthorID][]int{id(1): {0}, id(2): {0}, id(5): {0, 1}, id(6): {0, 1}, id(7): {3}, id(8): {0, 3}},
		People: map[data.AuthorID]Person{
			id(1): {Author: id(1), Reach: to(1), Helped: 1},       // of one tribe, talks to another
			id(2): {Author: id(2), Reach: to(1)},                  // helped nobody
			id(3): {Author: id(3), Reach: to(0, 1, 2), Helped: 9}, // of none, talks to three
			id(4): {Author: id(4), Reach: to(0), Helped: 9},       // of none, talks to one
			id(5): {Author: id(5), Helped: 7},                     // of two
			id(6): {Author: id(6), Helped: 1},                     // of two, helped one
			id(7): {Author: id(7), Reach: to(0), Helped: 9},       // of a crowd, talks to one
			id(8): {Author: id(8), Helped: 9},                     // of one and of a crowd
		},
	}
	var got []byte
	for _, p := range f.Bridges([]data.Member{{Author: id(2), Role: data.RoleBridge}, {Author: id(5), Role: data.RoleBridge}, {Author: id(6), Role: data.RoleBridge}, {Author: id(8), Role: data.RoleBridge}}) {
		got = append(got, p.Author[0])
	}
	if want := []byte{3, 1, 5}; !slices.Equal(got, want) {
		t.Errorf("bridges %v, want %v", got, want)
	}
}
