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

// TestBridges: whoever joins tribes helps somebody; a role alone makes no bridge that is told.
func TestBridges(t *testing.T) {
	a, z := data.AuthorID{1}, data.AuthorID{2}
	reach := []Share{{Tribe: 1, People: 3}}
	f := Figures{Home: map[data.AuthorID]int{a: 0, z: 0}, People: map[data.AuthorID]Person{a: {Author: a, Reach: reach, Helped: 1}, z: {Author: z, Reach: reach}}}
	got := f.Bridges([]data.Member{{Author: z, Role: data.RoleBridge}})
	if len(got) != 1 || got[0].Author != a {
		t.Errorf("bridges %+v, want who helped alone", got)
	}
}
