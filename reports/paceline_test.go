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
		want, told  string
	}{
		{"slower", 35, 9, 10 * time.Hour, 5, 0, "People wait longer for a reply: half of the requests had one within 10 h, usually 2 h. Nobody replied within 48 hours to 9 of 35.", " Without a reply: 26% (usually 20%). 5 of these are about “a later train”."},
		{"sooner, and more left", 15, 5, 30 * time.Minute, 0, 0, "Replies come as fast as usual, but not to everybody: half of the 15 new requests had one within 30 min. Nobody replied within 48 hours to 5 of 15.", " Without a reply: 33% (usually 20%)."},
		{"sooner", 20, 1, 30 * time.Minute, 0, 0, "Replies come sooner: half of the requests had one within 30 min, usually 2 h. Nobody replied within 48 hours to 1 of 20.", " Without a reply: 5% (usually 20%)."},
		{"as soon, and surely more left", 60, 20, 2 * time.Hour, 20, 0, "More requests than usual stay without a reply: 20 of 60 new ones had none within 48 hours (33%, usually 20%).", " Without a reply: 33% (usually 20%). All of these are about “a later train”."},
		{"as usual", 20, 0, 2 * time.Hour, 0, 0, "Replies come as fast as usual: half of the 20 new requests had one within 2 h.", ""},
		{"bad for three weeks", 60, 18, 10 * time.Hour, 0, 3, "People wait longer for a reply: half of the requests had one within 10 h, usually 2 h. Nobody replied within 48 hours to 18 of 60.", " Without a reply: 30% (40% the week before, usually 20%), for the third week running. Requests have grown from a usual 20 a week to 60 (30 the week before), those with a reply only from 16 to 42."},
		{"bad for three weeks, most left in the last two", 20, 12, within, 0, -3, "Most requests get no reply: 12 of 20 new ones had none within 48 hours (60%, usually 20%).", " Without a reply: 60% (60% the week before, usually 20%), for the second week running."},
		{"most left", 20, 12, within, 0, 0, "Most requests get no reply: 12 of 20 new ones had none within 48 hours (60%, usually 20%).", " Without a reply: 60% (usually 20%)."},
		{"too few this week", 3, 0, time.Hour, 0, 0, "Of all 200 requests, 70% got a reply within 48 hours, half within 5 h.", ""},
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
		got, told := plainText(b.paceLine().Parts), plainText(b.paceTold(f.Pace))
		if got != c.want || told != c.told || b.problem != nil {
			t.Errorf("%s: got %q and %q, want %q and %q (%v)", c.name, got, told, c.want, c.told, b.problem)
		}
	}
}

// TestDueTo: where much of what has grown is about one need, the line tells how the other requests fare; where the need was
// as much of them before, or is little of them now, it does not.
func TestDueTo(t *testing.T) {
	const within = 48 * time.Hour
	// posts are requests of a week, so many of them open, from an id on.
	posts := func(week, n, open, from int) (ids []data.PostID, all []figures.Request) {
		for i := range n {
			id := data.PostID{byte(week), byte(from + i)}
			ids, all = append(ids, id), append(all, figures.Request{ID: id, Week: week, Open: i < open})
		}
		return ids, all
	}
	for _, c := range []struct {
		name                string
		about, open, before int // about the need: of 60 requests of this week, of 15 without a reply, and of 20 in each week before
		want                string
	}{
		{"due", 30, 12, 0, " Requests have grown from a usual 20 a week to 60: 30 of them, and 12 of the 15 without a reply, are about “a later train”; of the other 30, 3 had none (10%)."},
		{"all with a reply", 30, 0, 0, " Requests have grown from a usual 20 a week to 60: 30 of them are about “a later train” and had a reply; of the other 30, 15 had none (50%)."},
		{"as much before", 30, 12, 10, ""},
		{"few", 8, 3, 0, ""},
		{"too few to tell", 4, 4, 0, ""},
	} {
		need := figures.Need{Label: "a later train", People: 30}
		p := figures.Pace{WeekPace: figures.WeekPace{Asked: 60, Unanswered: 15, Median: 9 * time.Hour}, Usual: time.Hour, High: time.Hour, Within: within,
			Before: figures.WeekPace{Asked: 80, Unanswered: 8}, Weeks: 4, Until: 4, Weekly: slices.Repeat([]figures.WeekPace{{Asked: 20, Unanswered: 2}}, 5)}
		for week := range 5 {
			n, open := c.before, 0
			if week == 4 {
				n, open = c.about, c.open
			}
			ids, all := posts(week, n, open, 0)
			need.Posts, p.Requests = append(need.Posts, ids...), append(p.Requests, all...)
		}
		b, err := newBuilder(View{Figures: figures.Figures{Pace: p, Needs: []figures.Need{need}}, Options: Options{MinNeed: 5}}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.dueTo(p)); got != c.want || b.problem != nil {
			t.Errorf("%s: got %q, want %q (%v)", c.name, got, c.want, b.problem)
		}
	}
}
