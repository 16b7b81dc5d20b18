package figures

import (
	"slices"
	"testing"
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
