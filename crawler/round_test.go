package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tribu/data"
)

func TestAnAnswerThatTellsNothingNewIsNotReadTwice(t *testing.T) {
	for _, c := range []struct {
		name   string
		header string
		status int // of the second answer
	}{{"ETag", "ETag", 304}, {"Last-Modified", "Last-Modified", 304}, {"only the same bytes", "", 200}} {
		body, status := "one", 0
		f := serveFake(t, func(w http.ResponseWriter, r *http.Request) any {
			stamp := fmt.Sprintf("%q", body)
			if c.header != "" {
				w.Header().Set(c.header, stamp)
			}
			status = http.StatusOK
			if r.Header.Get("If-None-Match") == stamp || r.Header.Get("If-Modified-Since") == stamp {
				status = http.StatusNotModified
				w.WriteHeader(status)
				return ""
			}
			return rssOf("", `<item><guid>1</guid><author>Ada</author><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><description>`+body+`</description></item>`)
		})
		clock, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "feed", URL: f.url + "/feed"}
		for step, want := range []struct {
			body               string
			new, changed, same int
		}{{"one", 1, 0, 0}, {"one", 0, 0, 1}, {"two", 0, 1, 0}, {"two", 0, 0, 1}} {
			body = want.body
			s := f.crawl(t, cfg, clock, m)
			if s.Saved.New != want.new || s.Saved.Changed != want.changed || s.Same != want.same || s.Stopped != "" {
				t.Errorf("%s, crawl %d: %+v, %d told nothing new, stopped %q; want %+v", c.name, step, s.Saved, s.Same, s.Stopped, want)
			}
			if want.same == 1 && status != c.status {
				t.Errorf("%s, crawl %d: HTTP %d, want %d", c.name, step, status, c.status)
			}
			clock.pass(time.Hour)
		}
	}
}

func TestA304ThatWasNotAskedForIsNoAnswer(t *testing.T) {
	f := serveFake(t, func(w http.ResponseWriter, _ *http.Request) any { w.WriteHeader(http.StatusNotModified); return "" })
	if s := f.crawl(t, SourceConfig{Kind: "feed", URL: f.url + "/feed"}, newClock(), newMemory()); s.Dead != 1 || s.Same != 0 || s.Stopped == "" {
		t.Errorf("%+v, want a gap", s)
	}
}

func TestWhatDiedIsTriedAgain(t *testing.T) {
	fails := true
	f := serveFake(t, func(w http.ResponseWriter, r *http.Request) any {
		switch {
		case r.URL.Path == "/":
			return `<ul class="topiclist topics"><li class="row"><a class="topictitle" href="/viewtopic.php?t=5">Chains</a><dd class="posts">1</dd><dd class="lastpost"><time datetime="2026-11-02T10:00:00Z"></time></dd></li></ul>`
		case fails:
			w.WriteHeader(http.StatusInternalServerError)
			return ""
		}
		return longTopic(2, 0)
	})
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "forum", Preset: "phpbb", URL: f.url}
	for _, step := range []struct {
		fails     bool
		dead, new int
	}{{true, 1, 0}, {true, 1, 0}, {false, 0, 2}, {false, 0, 0}} {
		fails = step.fails
		if s := f.crawl(t, cfg, c, m); s.Dead != step.dead || s.Saved.New != step.new {
			t.Errorf("the topic fails %v: %d dead, %d new; want %d and %d", step.fails, s.Dead, s.Saved.New, step.dead, step.new)
		}
		c.pass(3 * time.Hour)
	}
}

func TestIntervals(t *testing.T) {
	begun := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name     string
		every    time.Duration
		pace     float64
		allowed  bool
		min, max time.Duration
	}{
		{"as configured", 6 * time.Hour, 1000, true, 6 * time.Hour, 6 * time.Hour},
		{"a quiet place", 0, 0.1, false, 21 * time.Hour, 24 * time.Hour},
		{"a place without a post", 0, 0, false, 21 * time.Hour, 24 * time.Hour},
		{"40 posts a day", 0, 40, false, 5 * time.Hour, 7 * time.Hour},
		{"a post every second", 0, 86400, false, 5 * time.Minute, 6 * time.Minute},
		{"an allowed private address", 0, 1, true, 0, 0},
	} {
		j := &job{cfg: SourceConfig{Every: c.every}, home: "h:80", guard: &guard{wire: &wire{allow: map[string]bool{"h:80": c.allowed}}}}
		at := data.Cursor{Source: "s", Visit: data.Visit{Begun: begun, Pace: c.pace}}
		if got := j.interval(at); got < c.min || got > c.max || got != j.interval(at) {
			t.Errorf("%s: %v, want %v to %v", c.name, got, c.min, c.max)
		}
	}
}

func TestOnlyAFirstPagePutsTheNextVisitOff(t *testing.T) {
	begun := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		what string
		task data.Task
		want time.Time
	}{
		{"a feed that says that it stays the same for two hours", data.Task{Key: "feed", Due: begun.Add(2 * time.Hour)}, begun.Add(2 * time.Hour)},
		{"young posts that are read again tomorrow", data.Task{Key: "again:posts", Depth: 1, Due: begun.Add(24 * time.Hour)}, time.Time{}},
	} {
		j := &job{src: &feed{}, o: Options{Now: func() time.Time { return begun }}}
		asked := c.task
		asked.Due = begun
		j.finish(&asked, Response{}, []data.Task{c.task}, "")
		if !j.floor.Equal(c.want) || asked.State != data.TaskReady {
			t.Errorf("%s: no visit before %v, want %v; the task is %s", c.what, j.floor, c.want, asked.State)
		}
	}
}

func TestAVisitIsDue(t *testing.T) {
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	visited := data.Visit{Ended: noon.Add(-6 * time.Hour), Next: noon}
	interrupted := visited
	interrupted.Begun = noon.Add(-time.Hour)
	for _, c := range []struct {
		name string
		v    data.Visit
		now  time.Time
		want bool
	}{
		{"never visited", data.Visit{}, noon, true},
		{"an hour early", visited, noon.Add(-time.Hour), false},
		{"a moment early, as a clock that strikes every six hours is", visited, noon.Add(-time.Second), true},
		{"late", visited, noon.Add(time.Hour), true},
		{"interrupted", interrupted, noon.Add(-time.Hour), true},
	} {
		if got := c.v.Due(c.now); got != c.want {
			t.Errorf("%s: due %v, want %v", c.name, got, c.want)
		}
	}
}

func TestASourceThatSaysHowLongItStaysTheSame(t *testing.T) {
	f := serveFake(t, func(w http.ResponseWriter, _ *http.Request) any {
		w.Header().Set("Cache-Control", "public, max-age=7200")
		return rssOf("", `<item><guid>1</guid><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><description>x</description></item>`)
	})
	c, m := newClock(), newMemory()
	f.crawl(t, SourceConfig{Kind: "feed", URL: f.url + "/feed"}, c, m)
	for _, cur := range m.cursors {
		if wait := cur.Next.Sub(c.now()); wait < 119*time.Minute || wait > 2*time.Hour || !cur.Begun.IsZero() || cur.Ended.IsZero() {
			t.Errorf("next visit in %v, begun %v, ended %v; want in two hours, and a reading that ended", wait, cur.Begun, cur.Ended)
		}
	}
	if len(m.cursors) != 1 || strings.Contains(m.content(), "gone") {
		t.Errorf("%d cursors", len(m.cursors))
	}
}
