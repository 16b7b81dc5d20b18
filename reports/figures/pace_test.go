package figures

import (
	"fmt"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/internal/storytest"
)

// TestPaceStaysAsTold: what a week's pace was said to be at its end is what later weeks say of it, but for who turns out to
// have been answered in another conversation of the same title.
func TestPaceStaysAsTold(t *testing.T) {
	story := storytest.Story(storytest.Typical(), 3)
	story.Threads = nil
	paces := func(weeksAgo int) []WeekPace {
		s := story
		s.AsOf = story.AsOf.AddDate(0, 0, -7*weeksAgo)
		s.Window.To = s.AsOf
		s.Activity, s.Needs = nil, nil
		for _, p := range story.Activity {
			if !p.CreatedAt.After(s.AsOf) {
				s.Activity = append(s.Activity, p)
			}
		}
		return Count(s, Params{}).Pace.Weekly
	}
	now := paces(0)
	for ago := 1; ago < 4; ago++ {
		then := paces(ago)
		told, later := then[len(then)-1], now[len(now)-1-ago]
		if told != later || told.Asked == 0 {
			t.Errorf("%d weeks ago the pace was told as %+v, now as %+v", ago, told, later)
		}
	}
}

// TestPaceCountsWhatCanBeJudged leaves out, of every week, what its last two days opened, and what asks nothing.
func TestPaceCountsWhatCanBeJudged(t *testing.T) {
	end := time.Date(2026, 6, 28, 23, 59, 59, 0, time.UTC)
	var story data.Story
	for day := range 14 {
		story.Activity = append(story.Activity, data.PostMeta{ID: data.NewPostID("x", fmt.Sprint(day)), Author: data.NewAuthorID("x", fmt.Sprint(day)),
			Thread: data.NewThreadID("x", fmt.Sprint(day)), CreatedAt: end.Add(-14*24*time.Hour + time.Duration(24*day+1)*time.Hour), Acts: data.Asking})
		story.Activity = append(story.Activity, data.PostMeta{ID: data.NewPostID("x", fmt.Sprint("tells", day)), Author: data.NewAuthorID("x", fmt.Sprint(day)), // asks nothing
			Thread: data.NewThreadID("x", fmt.Sprint("tells", day)), CreatedAt: end.Add(-14*24*time.Hour + time.Duration(24*day+2)*time.Hour), Acts: data.Offering})
	}
	story.AsOf, story.Window = end, data.Window{From: end.AddDate(0, 0, -28), To: end}
	got := Count(story, Params{}).Pace.Weekly
	for _, w := range got[len(got)-2:] {
		if w.Asked != 5 {
			t.Errorf("of seven requests a week, one a day: %d count, want the five older than two days", w.Asked)
		}
	}
}

// TestPaceCountsAllWhoAsk: who asks in somebody else's conversation waits as well, and a request without a reply is one that
// waits all the time there is: by when half have a reply goes by all of them.
func TestPaceCountsAllWhoAsk(t *testing.T) {
	end := time.Date(2026, 6, 28, 23, 59, 59, 0, time.UTC)
	var story data.Story
	post := func(id, thread, author string, at time.Time, acts data.Acts) {
		p := data.PostMeta{ID: data.NewPostID("x", id), Author: data.NewAuthorID("x", author), Thread: data.NewThreadID("x", thread), CreatedAt: at, Acts: acts}
		if id != thread {
			p.Parent = data.NewPostID("x", thread)
		}
		story.Activity = append(story.Activity, p)
	}
	for i := range 12 {
		thread, at := fmt.Sprint(i), end.AddDate(0, 0, -5).Add(time.Duration(i)*time.Minute)
		post(thread, thread, "asker"+thread, at, data.Asking)
		if i < 8 {
			post(thread+"r", thread, "helper"+thread, at.Add(time.Duration(i+1)*time.Hour), 0)
		}
	}
	post("aside", "0", "guest", end.AddDate(0, 0, -4), data.Pleading)
	story.AsOf, story.Window = end, data.Window{From: end.AddDate(0, 0, -28), To: end}
	got := Count(story, Params{}).Pace
	if want := (WeekPace{Asked: 13, Unanswered: 5, Median: 7 * time.Hour}); got.WeekPace != want || got.All != want || !got.Known() || got.Silent() {
		t.Errorf("got %+v of the week and %+v of all, want %+v", got.WeekPace, got.All, want)
	}
}

// TestPaceCountsBadWeeks: bad weeks in a row are counted, and none of them is usual for those that follow, until they are as
// many as the weeks before.
func TestPaceCountsBadWeeks(t *testing.T) {
	week := func(asked, left int, wait time.Duration) WeekPace {
		return WeekPace{Asked: asked, Unanswered: left, Median: wait}
	}
	good, slow, left := week(20, 1, time.Hour), week(30, 3, 5*time.Hour), week(60, 18, time.Hour)
	for _, c := range []struct {
		name    string
		weeks   []WeekPace
		running int
		usual   time.Duration
		open    float64
	}{
		{"a good week", []WeekPace{good, good, good, good, good}, 0, time.Hour, .05},
		{"slow", []WeekPace{good, good, good, good, slow}, 1, time.Hour, .05},
		{"slow, then many without a reply", []WeekPace{good, good, good, good, slow, left, slow}, 3, time.Hour, .05},
		{"nobody asked before", []WeekPace{{}, {}, good, good, good, good, slow}, 1, time.Hour, .05},
		{"over", []WeekPace{good, good, good, good, slow, good}, 0, time.Hour, .05},
		{"usual by now", []WeekPace{good, good, good, good, slow, slow, slow, slow, slow, slow}, 0, 5 * time.Hour, 19. / 230},
		{"too few weeks to tell", []WeekPace{good, good, good, slow}, 0, 0, .05},
		{"too few requests in a week", []WeekPace{good, good, good, good, slow, week(3, 0, time.Hour), slow}, 0, time.Hour, 7. / 113},
	} {
		p := Pace{Weekly: c.weeks, Within: 48 * time.Hour}
		p.usual()
		if got, want := p.Streak(Pace.Slower), min(c.running, 1); got != want {
			t.Errorf("%s: got %d slow weeks in a row, want %d", c.name, got, want)
		}
		if p.Weeks == 0 || p.Before.Asked/p.Weeks < 18 {
			t.Errorf("%s: usual is told by %d requests in %d weeks, want 18 a week or more", c.name, p.Before.Asked, p.Weeks)
		}
		if p.Running != c.running || p.Usual != c.usual || p.WeekPace != c.weeks[len(c.weeks)-1] || p.Before.Open() != c.open {
			t.Errorf("%s: got %d weeks running, usually %v and %.3f, want %d, %v and %.3f", c.name, p.Running, p.Usual, p.Before.Open(), c.running, c.usual, c.open)
		}
	}
}

// TestPaceTellsLateReplies: of requests without a reply in time, those that somebody has replied to since are told apart.
func TestPaceTellsLateReplies(t *testing.T) {
	end := time.Date(2026, 6, 28, 23, 59, 59, 0, time.UTC)
	var story data.Story
	post := func(id, thread, author string, at time.Time, acts data.Acts) {
		p := data.PostMeta{ID: data.NewPostID("x", id), Author: data.NewAuthorID("x", author), Thread: data.NewThreadID("x", thread), CreatedAt: at, Acts: acts}
		if id != thread {
			p.Parent = data.NewPostID("x", thread)
		}
		story.Activity = append(story.Activity, p)
	}
	for i, after := range []time.Duration{time.Hour, 60 * time.Hour, 0} {
		thread, at := fmt.Sprint(i), end.AddDate(0, 0, -6)
		post(thread, thread, "asker"+thread, at, data.Asking)
		if after > 0 {
			post(thread+"r", thread, "helper", at.Add(after), 0)
		}
	}
	story.AsOf, story.Window = end, data.Window{From: end.AddDate(0, 0, -28), To: end}
	if p := Count(story, Params{}).Pace; p.Unanswered != 2 || len(p.Posts) != 2 || len(p.Late) != 1 || p.Late[0] != data.NewPostID("x", "1") {
		t.Errorf("a reply after an hour, one after 60 and none: %d without one in time, late %v", p.Unanswered, p.Late)
	}
}
