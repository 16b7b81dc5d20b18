package tribes

import (
	"fmt"
	"testing"
	"time"

	"tribu/data"
)

// talk makes a corpus in which everybody has one post in a thread of their own.
func talk(people int) *village {
	v := &village{}
	for i := range people {
		v.posts = append(v.posts, data.AnalyzedPost{PostMeta: data.PostMeta{ID: data.NewPostID("i", fmt.Sprint(i)), Author: someone(i), Thread: data.NewThreadID("i", fmt.Sprint(i)), CreatedAt: monday.Add(-time.Hour)}})
	}
	return v
}

func someone(i int) data.AuthorID { return data.NewAuthorID("i", fmt.Sprint(i)) }

func (v *village) turn(from, to int, kind data.InteractionKind) {
	v.ties = append(v.ties, data.Interaction{Post: v.posts[from].ID, Kind: kind, From: someone(from), To: someone(to), At: monday})
}

func TestBroadcastersAreLeftOutOfTheTies(t *testing.T) {
	tests := []struct {
		name    string
		answers int // people whom author 0, heard by 150, turns to
		want    bool
	}{{"never answers", 0, true}, {"answers half", 75, false}}
	for _, test := range tests {
		v := talk(200)
		for i := 1; i <= 150; i++ {
			v.turn(i, 0, data.Reply)
			v.turn(i, i+1, data.Reply)
		}
		for i := 1; i <= test.answers; i++ {
			v.turn(0, i, data.Reply)
		}
		p := Params{AsOf: monday}.withDefaults()
		in := load(t, v, p)
		zero := -1
		for n, id := range in.authors {
			if id == someone(0) {
				zero = n
			}
		}
		got := true
		for _, a := range arcs(in, p) {
			if int(a.from) == zero || int(a.to) == zero {
				got = false
			}
		}
		if got != test.want {
			t.Errorf("%s: left out %v, want %v", test.name, got, test.want)
		}
	}
}

func TestArcs(t *testing.T) {
	week := 7 * 24 * time.Hour
	tests := []struct {
		name string
		set  func(v *village)
		p    Params
		want float64 // of the arc from 0 to 1
	}{
		{"a reply", func(v *village) { v.turn(0, 1, data.Reply) }, Params{}, 1},
		{"two kinds add up", func(v *village) { v.turn(0, 1, data.Quote); v.turn(0, 1, data.Mention) }, Params{}, 1.4},
		{"an answer to a topic is weak", func(v *village) { v.turn(0, 1, data.Topic) }, Params{}, .1},
		{"an old one counts half", func(v *village) { v.turn(0, 1, data.Reply); v.ties[0].At = monday.Add(-week) }, Params{HalfLife: week}, .5},
		{"without decay all count alike", func(v *village) { v.turn(0, 1, data.Reply); v.ties[0].At = monday.Add(-week) }, Params{HalfLife: NoDecay}, 1},
		{"the same thread", func(v *village) { v.posts[1].Thread = v.posts[0].Thread }, Params{HalfLife: NoDecay}, .3},
		{"the same thread, weeks apart", func(v *village) {
			v.posts[1].Thread, v.posts[1].CreatedAt = v.posts[0].Thread, monday.Add(-2*week)
		}, Params{HalfLife: NoDecay}, 0},
		{"nothing", func(*village) {}, Params{}, 0},
	}
	for _, test := range tests {
		v := talk(2)
		test.set(v)
		test.p.AsOf = monday
		p := test.p.withDefaults()
		in := load(t, v, p)
		got := 0.0
		for _, a := range arcs(in, p) {
			if in.authors[a.from] == someone(0) {
				got = a.weight
			}
		}
		if got < test.want-1e-9 || got > test.want+1e-9 {
			t.Errorf("%s: weight %.3f, want %.3f", test.name, got, test.want)
		}
	}
}
