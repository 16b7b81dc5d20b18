package reports

import (
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// A headline without a change or a need tells how requests fare, where that is told of tribes that are sure.
func TestHeadlineWeighs(t *testing.T) {
	tribe := func(id, name string, asked, replied int) figures.Tribe {
		return figures.Tribe{Tribe: data.Tribe{ID: data.TribeID(id), Name: name, People: 40, Stability: 0.9}, Asked: asked, ByTribe: replied}
	}
	apart := []figures.Tribe{tribe("a", "pond", 100, 90), tribe("b", "hens", 90, 40)}
	alike := []figures.Tribe{tribe("a", "pond", 100, 90), tribe("b", "hens", 90, 80)}
	for _, c := range []struct {
		name    string
		tribes  []figures.Tribe
		silent  int // of 200 requests
		threads bool
		first   bool
		want    string
	}{
		{"most are left", apart, 130, true, true, "Two tribes have taken shape, and 65% of requests get no reply within 48 hours"},
		{"one served best", apart, 70, true, true, "Two tribes have taken shape, and “Pond” is served best, “Hens” least"},
		{"a quiet week", apart, 70, true, false, "A quiet week for every tribe, and “Pond” is served best, “Hens” least"},
		{"all alike", alike, 70, true, true, "Two tribes have taken shape: “Pond” and “Hens”"},
		{"no threads", apart, 130, false, true, "Two tribes have taken shape: “Pond” and “Hens”"},
	} {
		var f figures.Figures
		f.Tribes, f.Threads, f.First = c.tribes, c.threads, c.first
		f.Pace.All = figures.WeekPace{Asked: 200, Unanswered: c.silent}
		b, err := newBuilder(View{Figures: f}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.headline()); got != c.want || b.problem != nil {
			t.Errorf("%s: got %q, want %q (%v)", c.name, got, c.want, b.problem)
		}
	}
}

// A change that is tentative leaves the headline to a wait that is sure; one that is more does not, and a week without
// any is told by it.
func TestHeadlineTakesTheStronger(t *testing.T) {
	pond := func(stability float64, people int) data.Tribe {
		return data.Tribe{ID: "p", Name: "pond", People: people, Stability: stability}
	}
	const hour = time.Hour
	longer := figures.Pace{WeekPace: figures.WeekPace{Asked: 60, Unanswered: 6, Median: 14 * hour}, Within: 48 * hour, Usual: hour, Low: hour, High: 2 * hour, Running: 2,
		Before: figures.WeekPace{Asked: 60, Unanswered: 6}}
	longer.Weekly = []figures.WeekPace{longer.Before, longer.WeekPace, longer.WeekPace}
	for _, c := range []struct {
		name    string
		changes []figures.Change
		pace    figures.Pace
		want    string
	}{
		{"four people, and all wait", []figures.Change{{Event: data.Born, To: []data.Tribe{pond(.5, 10)}}}, longer, "People wait longer for a reply, for the second week running"},
		{"four people", []figures.Change{{Event: data.Born, To: []data.Tribe{pond(.5, 10)}}}, figures.Pace{}, "A new tribe: “Pond”"},
		{"forty people, and all wait", []figures.Change{{Event: data.Born, To: []data.Tribe{pond(.9, 40)}}}, longer, "A new tribe: “Pond”"},
		{"nobody, and all wait", nil, longer, "People wait longer for a reply, for the second week running"},
	} {
		var f figures.Figures
		f.Threads, f.Hours, f.Changes, f.Pace = true, true, c.changes, c.pace
		b, err := newBuilder(View{Figures: f, Options: Options{Strength: Strength{SolidStability: .8, LikelyStability: .65, SolidPeople: 30, LikelyPeople: 20}}}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.headline()); got != c.want || b.problem != nil {
			t.Errorf("%s: got %q, want %q (%v)", c.name, got, c.want, b.problem)
		}
	}
}
