package reports

import (
	"slices"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// TestPaceLine: quick replies to some do not make good for none to others, and the line says what most of these ask.
func TestPaceLine(t *testing.T) {
	const within = 48 * time.Hour
	left := func(n int) (out []data.PostID) {
		for i := range n {
			out = append(out, data.PostID{byte(i + 1)})
		}
		return out
	}
	for _, c := range []struct {
		name        string
		asked, left int
		wait        time.Duration
		about       int // of left, about one need
		running     int // below 0: so many weeks, slow in the first and silent in the others
		want        string
	}{
		{"slower", 35, 9, 10 * time.Hour, 5, 0, "People wait longer for a reply: half of the 35 new requests had one within 10 h, usually 2 h. Nobody replied within 48 hours to 9 of them (26%, usually 20%), 5 of them about “a later train”."},
		{"sooner, and more left", 15, 5, 30 * time.Minute, 0, 0, "Replies come as fast as usual, but not to everybody: half of the 15 new requests had one within 30 min. Nobody replied within 48 hours to 5 of them (33%, usually 20%)."},
		{"sooner", 20, 1, 30 * time.Minute, 0, 0, "Replies come sooner: half of the 20 new requests had one within 30 min, usually 2 h. Nobody replied within 48 hours to 1 of them (5%, usually 20%)."},
		{"as soon, and surely more left", 60, 20, 2 * time.Hour, 20, 0, "More requests than usual stay without a reply: 20 of 60 new ones had none within 48 hours (33%, usually 20%), all about “a later train”."},
		{"as usual", 20, 0, 2 * time.Hour, 0, 0, "Replies come as fast as usual: half of the 20 new requests had one within 2 h."},
		{"bad for three weeks", 60, 18, 10 * time.Hour, 0, 3, "People wait longer for a reply, for the third week running: half of the 60 new requests had one within 10 h, usually 2 h. Nobody replied within 48 hours to 18 of them (30%, 40% the week before, usually 20%). Requests have grown from a usual 20 a week to 60, those with a reply only from 16 to 42."},
		{"bad for three weeks, most left in the last two", 20, 12, within, 0, -3, "Most requests get no reply, for the second week running: 12 of 20 new ones had none within 48 hours (60%, 60% the week before, usually 20%)."},
		{"most left", 20, 12, within, 0, 0, "Most requests get no reply: 12 of 20 new ones had none within 48 hours (60%, usually 20%)."},
		{"too few this week", 3, 0, time.Hour, 0, 0, "Of all 200 requests, 70% got a reply within 48 hours, half within 5 h."},
	} {
		weekly := slices.Repeat([]figures.WeekPace{{Asked: 30, Unanswered: 12, Median: c.wait}}, max(c.running, 1))
		if c.running < 0 {
			c.running = -c.running
			weekly = append([]figures.WeekPace{{Asked: 30, Unanswered: 12, Median: within / 2}}, slices.Repeat([]figures.WeekPace{{Asked: c.asked, Unanswered: c.left, Median: within}}, c.running-1)...)
		}
		var f figures.Figures
		f.Hours, f.Threads, f.Params.ReplyWithin = true, true, within
		f.Pace = figures.Pace{WeekPace: figures.WeekPace{Asked: c.asked, Unanswered: c.left, Median: c.wait}, Usual: 2 * time.Hour, Low: time.Hour, High: 3 * time.Hour,
			Before: figures.WeekPace{Asked: 200, Unanswered: 40}, Weeks: 4 + 2*c.running, Running: c.running, Weekly: weekly, Posts: left(c.left), All: figures.WeekPace{Asked: 200, Unanswered: 60, Median: 5 * time.Hour}, Within: within}
		f.Needs = []figures.Need{{Label: "a later train", People: 9, Posts: left(c.about)}}
		b, err := newBuilder(View{Figures: f, Options: Options{MinNeed: 5}}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.paceLine().Parts); got != c.want || b.problem != nil {
			t.Errorf("%s: got %q, want %q (%v)", c.name, got, c.want, b.problem)
		}
	}
}
