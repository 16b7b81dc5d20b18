package atlas

import (
	"fmt"
	"math"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/internal/storytest"
)

// crowd returns a story of tribes of the sizes given and of loose people in none.
func crowd(sizes []int, loose int) data.Story {
	var s data.Story
	s.ID, s.AsOf = "run", storytest.AsOf()
	n := 0
	person := func(tribe data.TribeID, strength float64) {
		s.Members = append(s.Members, data.Member{Author: data.NewAuthorID("x", fmt.Sprint(n)), Tribe: tribe, Strength: strength})
		n++
	}
	for i, size := range sizes {
		id := data.TribeID(fmt.Sprintf("t%06x", i*7919+17))
		s.Tribes = append(s.Tribes, data.Tribe{ID: id, Name: "one, two, three words", People: size, Born: fmt.Sprint(i % 3)})
		for j := range size {
			person(id, float64(j)/float64(size))
		}
	}
	for range loose {
		person("", 0)
	}
	return s
}

func lay(s data.Story, b Box) Map { return Lay(s, figures.Count(s, figures.Params{}), b, nil) }

func TestNothingTouches(t *testing.T) {
	for _, c := range []struct {
		name  string
		sizes []int
		loose int
		fill  float64 // least share of the ground under discs
	}{
		{"none", nil, 10, 0},
		{"one", []int{60}, 10, 0.005},
		{"a few", []int{57, 54, 42, 39, 30, 18}, 80, 0.02},
		{"one giant", []int{1038, 531, 471, 422, 419, 372, 367, 307, 216, 9}, 620, 0.05},
		{"two giants", []int{2200, 1900, 40, 30, 20}, 100, 0.05},
		{"thousands", []int{3000, 2500, 900, 800, 700, 600, 500, 400, 90, 80, 70, 60, 50}, 4000, 0.03},
		{"forty", many(40, 30), 100, 0.02},
	} {
		for _, b := range []Box{Wide(), Tall(len(c.sizes))} {
			m := lay(crowd(c.sizes, c.loose), b)
			if touching(m.Discs, b) {
				t.Errorf("%s on %v×%v: discs or labels touch, or leave the map", c.name, b.Width, b.Height)
			}
			ground := 0.0
			for _, d := range m.Discs {
				ground += math.Pi * d.Radius * d.Radius / (b.Width * b.Height)
			}
			want := c.fill
			if b.Width < b.Height {
				want /= 2 // labels take more of a phone
			}
			if ground < want {
				t.Errorf("%s on %v×%v: discs cover %.3f of the map, want %.3f", c.name, b.Width, b.Height, ground, want)
			}
		}
	}
}

func many(n, size int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = size
	}
	return out
}

func TestOneDotAPerson(t *testing.T) {
	for _, c := range []struct {
		sizes  []int
		loose  int
		perDot int
	}{{[]int{60, 40}, 20, 1}, {[]int{4000, 900}, 100, 1}, {[]int{4000, 900}, 101, 10}} {
		m := lay(crowd(c.sizes, c.loose), Wide())
		if m.PerDot != c.perDot {
			t.Errorf("%v: %d people a dot, want %d", c.sizes, m.PerDot, c.perDot)
		}
		for i, d := range m.Discs {
			if got, want := len(d.Dots), (c.sizes[i]+c.perDot-1)/c.perDot; got != want {
				t.Errorf("%v: tribe %d has %d dots, want %d", c.sizes, i, got, want)
			}
		}
		if got, want := len(m.Loose), (c.loose+c.perDot-1)/c.perDot; got != want {
			t.Errorf("%v: %d grey dots, want %d", c.sizes, got, want)
		}
	}
}

// TestPlacesAreKept compares the anchors and colours of tribes that live on.
func TestPlacesAreKept(t *testing.T) {
	before := crowd([]int{60, 50, 40, 30}, 10)
	after := crowd([]int{70, 45, 40, 30, 20}, 10)
	after.History = []data.RunRecord{before.RunRecord}
	was, is := lay(before, Wide()), lay(after, Wide())
	colours, now := Colours(before), Colours(after)
	for i, tr := range before.Tribes {
		if colours[tr.ID] != now[tr.ID] {
			t.Errorf("%s changed its colour from %d to %d", tr.ID, colours[tr.ID], now[tr.ID])
		}
		a, b := was.Discs[i].Center, is.Discs[i].Center
		if moved := math.Hypot(a.X-b.X, a.Y-b.Y); moved > 0.12*Wide().Width {
			t.Errorf("%s moved by %.0f of %v", tr.ID, moved, Wide().Width)
		}
	}
	seen := make(map[int]bool)
	for _, c := range now {
		if seen[c] {
			t.Errorf("two tribes wear colour %d", c)
		}
		seen[c] = true
	}
}

// TestSeats: who is in no group lies between those they talk to, nearer than anybody else in none.
func TestSeats(t *testing.T) {
	s := crowd([]int{20, 20, 20}, 12)
	last := len(s.Members) - 1
	for i := range 6 {
		s.Interactions = append(s.Interactions, data.Interaction{From: s.Members[last].Author, To: s.Members[i].Author, Kind: data.Reply})
	}
	m := lay(s, Wide())
	at, seated := m.Place[s.Members[last].Author]
	if !seated {
		t.Fatal("nobody in no group has a place")
	}
	away := func(p Point) float64 { return math.Hypot(p.X-m.Discs[0].Center.X, p.Y-m.Discs[0].Center.Y) }
	for _, p := range m.Loose {
		if away(p) < away(at)-2*m.Discs[0].Radius {
			t.Errorf("%v is much nearer to them than %v", p, at)
		}
	}
}
