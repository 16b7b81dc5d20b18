package reports

import (
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

// TestPromising: a candidate is told where half of its people weigh it, and not what most only mention beside a fault.
func TestPromising(t *testing.T) {
	b, err := newBuilder(View{Figures: figures.Figures{Needs: []figures.Need{{People: 40}}}}, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		facet                  string
		people, matters, steps int
		want                   bool
	}{
		{"reliability", 12, 7, 0, true},
		{"speed", 12, 3, 10, true},
		{"reliability", 30, 5, 1, false}, // a lock, a hinge: what broke
		{"money", 6, 0, 6, false},        // what is asked for things on sale
		{"reliability", 4, 4, 4, false},
		{"", 12, 12, 12, false},
		{"reliability", 50, 40, 40, false}, // of several needs
	} {
		o := cpi.Outcome{Key: cpi.Key{Facet: c.facet}, Authors: c.people, WithStep: c.steps, Important: stats.ShareOf(c.matters, c.people)}
		if got := b.promising(o); got != c.want {
			t.Errorf("%s of %d people, %d say that it matters, %d in which steps: told %v, want %v", c.facet, c.people, c.matters, c.steps, got, c.want)
		}
	}
}

// TestPromisingOfLate: a candidate that nobody has spoken of for two weeks is not told, but where the window is long.
func TestPromisingOfLate(t *testing.T) {
	asOf := time.Date(2026, 6, 28, 22, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		days int
		long bool
		want bool
	}{{3, false, true}, {20, false, false}, {20, true, true}} {
		post := data.PostMeta{ID: data.NewPostID("s", "p"), CreatedAt: asOf.AddDate(0, 0, -c.days)}
		v := View{Story: data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: asOf}}, Activity: []data.PostMeta{post}}}
		b, err := newBuilder(v, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		b.long = c.long
		o := cpi.Outcome{Key: cpi.Key{Facet: "speed"}, Authors: 12, WithStep: 12, Important: stats.ShareOf(7, 12), Posts: measure.Evidence{post.ID}}
		if got := b.promising(o); got != c.want {
			t.Errorf("spoken of %d days ago, long window %v: told %v, want %v", c.days, c.long, got, c.want)
		}
	}
}
