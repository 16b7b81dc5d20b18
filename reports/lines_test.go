package reports

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// A headline tells a need that ten people voice, and three in a hundred of all or a hundred.
func TestHeadlineNeeds(t *testing.T) {
	for _, c := range []struct {
		all, voice int
		told       bool
	}{{200, 10, true}, {200, 9, false}, {400, 11, false}, {400, 12, true}, {9000, 49, false}, {9000, 50, true}} {
		authors := make(map[data.AuthorID]data.Author, c.all)
		for i := range c.all {
			authors[data.NewAuthorID("s", fmt.Sprint(i))] = data.Author{}
		}
		v := View{Story: data.Story{Authors: authors}, Figures: figures.Figures{Needs: []figures.Need{{Key: "k", Label: "a later train", People: c.voice}}}}
		b, err := newBuilder(v, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if _, i := b.topUnmet(); (i == 0) != c.told {
			t.Errorf("%d of %d people voice it: told %v, want %v", c.voice, c.all, i == 0, c.told)
		}
	}
}

// A headline tells a need that somebody voiced this week; one that more people voiced before stays untold.
func TestHeadlineIsOfThisWeek(t *testing.T) {
	week := 7 * 24 * time.Hour
	now := time.Date(2026, 6, 21, 23, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		weeks  int // of the window
		weekly []int
		want   string
	}{
		{"voiced this week", 4, []int{9, 3, 0, 1}, "“A timer that works” is the need voiced most: 40 people brought it up."},
		{"not this week", 4, []int{9, 3, 1, 0}, "“A later train” is the need voiced most this week: 20 people brought it up."},
		{"not this week, of years", 160, []int{9, 3, 1, 0}, "“A timer that works” is the need voiced most: 40 people brought it up."},
	} {
		v := View{Figures: figures.Figures{Needs: []figures.Need{
			{Key: "t", Label: "a timer that works", People: 40, Weekly: c.weekly}, {Key: "d", Label: "a later train", People: 20, Weekly: []int{1, 1, 1, 17}}}}}
		v.Story.AsOf, v.Story.Window = now, data.Window{From: now.Add(-time.Duration(c.weeks) * week), To: now}
		b, err := newBuilder(v, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.needLine().Parts); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// A move says who came from where, and what is left; what else grew is told apart from it.
func TestMoveAddsUp(t *testing.T) {
	buckets, bins := data.Tribe{ID: "g", Letter: "G", Name: "buckets", People: 25}, data.Tribe{ID: "h", Letter: "H", Name: "worm bins", People: 24}
	was, seeds := data.Tribe{ID: "h", Name: "saucers", People: 13}, data.Tribe{ID: "d", Name: "seeds", People: 31}
	first := data.Tribe{ID: "a", Name: "potatoes", People: 57}
	v := View{Figures: figures.Figures{
		Tribes: []figures.Tribe{{Tribe: first, Size: figures.Size{Known: true, Before: 56, Change: 0.02}}, {Tribe: seeds, Size: figures.Size{Known: true, Real: true, Before: 26, Change: 0.19}},
			{Tribe: buckets, Size: figures.Size{Known: true, Before: 39, Change: -0.36, After: figures.Move, Moved: -16, With: "h"}}, {Tribe: bins, Size: figures.Size{Known: true, Then: was, Before: 13, Change: 0.85, After: figures.Move, Moved: 16, With: "g"}}},
		Changes: []figures.Change{{Event: figures.Move, From: []data.Tribe{{ID: "g", Name: "buckets", People: 39}}, To: []data.Tribe{bins}, Before: 39, Came: []int{16}, Stayed: 7, Held: 13, Left: 25, Back: 23}},
	}}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		got  []span
		want string
	}{
		{b.firstFinding(), "16 people leave “Buckets” for “Worm bins”"},
		{b.changeLine().Parts, "16 of the 39 people of “Buckets” and 7 of the 13 of “Saucers” are now “Worm bins”: 24 people. “Buckets” now has 25, 23 of them from before."},
		{b.growthLine().Parts, "Apart from that, the tribe “Seeds” grew most: +19%, to 31 people. The largest is the tribe “Potatoes”."},
		{b.changesView().Title, "16 people went from “Buckets” to “Worm bins”"},
		{[]span{{Text: b.sizeWord(v.Figures.Tribes[3])}}, "16 from G"},
		{[]span{{Text: b.sizeWord(v.Figures.Tribes[2])}}, "16 to H"},
	} {
		if got := plainText(c.got); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
