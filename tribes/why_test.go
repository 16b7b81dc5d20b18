package tribes

import (
	"math"
	"testing"

	"tribu/data"
)

// TestWhyIsWhatFormFound: with nothing taken away, the strength computed for a cause is the one
// that the run stored, for every member.
func TestWhyIsWhatFormFound(t *testing.T) {
	v := threeGroups()
	p := Params{AsOf: monday}
	in := load(t, v, p)
	r, err := Form(in, p)
	if err != nil {
		t.Fatal(err)
	}
	l := buildLayers(in, p.withDefaults())
	checked := 0
	for _, m := range r.Members {
		if m.Tribe == "" {
			continue
		}
		at, _ := in.number(m.Author)
		s := standOf(in, r, p.withDefaults(), at)
		strength, member := s.footings(l)
		if got := strength[s.became[m.Tribe]]; math.Abs(got-m.Strength) > 1e-5 || !member[s.became[m.Tribe]] {
			t.Errorf("%s in %s: got strength %v, member %t; want %v, true", m.Author, m.Tribe, got, member[s.became[m.Tribe]], m.Strength)
		}
		checked++
	}
	if checked < 60 {
		t.Fatalf("checked %d memberships, want most of 75 people", checked)
	}
}

func TestNearest(t *testing.T) {
	r := told("w1", "ta: a b", "tb: c d e", "-: x y z")
	for i := range r.Members {
		m := &r.Members[i]
		m.Placed = map[data.TribeID]int{"ta": 4, "tb": 2}[m.Tribe]
		switch m.Author {
		case person("c"): // in one by a hand, where the run put them elsewhere
			m.Placed = 4
		case person("x"):
			m.Placed = 4
		case person("y"):
			m.Placed = 7
		case person("z"):
			m.Placed = nowhere
		}
	}
	tests := []struct {
		who  string
		want data.TribeID
		near bool
	}{{"a", "ta", true}, {"x", "ta", true}, {"d", "tb", true}, {"y", "", false}, {"z", "", false}, {"stranger", "", false}}
	for _, test := range tests {
		if got, near := Nearest(r, person(test.who)); got != test.want || near != test.near {
			t.Errorf("%s: got %q, %t; want %q, %t", test.who, got, near, test.want, test.near)
		}
	}
}

func TestWhyNamesWhatHoldsAMember(t *testing.T) {
	v := threeGroups()
	// Somebody who writes once about each of two worlds, and answers twice in one of them.
	guest := data.NewAuthorID("v", "guest")
	write := func(native string, like data.AnalyzedPost) {
		p := like
		p.ID, p.Author, p.Thread = data.NewPostID("v", native), guest, data.NewThreadID("v", native)
		v.posts = append(v.posts, p)
	}
	write("compost1", v.posts[3])
	write("compost2", v.posts[8])
	write("bicycle1", v.posts[103])
	for i, to := range []string{"compost1", "compost2"} {
		v.ties = append(v.ties, data.Interaction{Post: data.NewPostID("v", to), Kind: data.Reply, From: guest, To: data.NewAuthorID("v", "compost"+string(rune('3'+i))), At: monday.AddDate(0, 0, -2)})
	}
	p := Params{AsOf: monday}
	in := load(t, v, p)
	r, err := Form(in, p)
	if err != nil {
		t.Fatal(err)
	}
	all, err := Why(in, r, guest)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatalf("guest is in no tribe: %+v", r.Members)
	}
	b := all[0]
	home := data.TribeID("")
	for _, m := range r.Members {
		if m.Author == data.NewAuthorID("v", "compost3") && m.Rank == 0 {
			home = m.Tribe
		}
	}
	if b.Tribe != home || len(b.Posts) == 0 || len(b.Ties) == 0 || b.Tried != 5 {
		t.Fatalf("guest: got %+v, want tribe %s, posts and ties that hold them there, 5 tried", b, home)
	}
	for _, c := range b.Posts {
		if c.Post == data.NewPostID("v", "bicycle1") {
			t.Errorf("the post about the other world holds the guest here: %+v", c)
		}
	}
	for _, c := range append(b.Posts, b.Ties...) {
		if c.Drop <= 0 || math.Abs(b.Strength-c.Drop-c.Strength) > 1e-5 {
			t.Errorf("cause %s: drop %v and %v left do not add up to %v", c.ID, c.Drop, c.Strength, b.Strength)
		}
	}
}
