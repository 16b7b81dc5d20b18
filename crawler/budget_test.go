package crawler

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"tribu/data"
)

func TestPathsInCircles(t *testing.T) {
	for _, c := range []struct {
		url  string
		want bool
	}{
		{"https://f.example/a/b/c", false}, {"https://f.example/a/a/b", false}, {"https://f.example/a/a/a", true}, {"https://f.example/x/a/a/a/", true},
		{"https://f.example/a/b/a/b", false}, {"https://f.example/a/b/a/b/a/b", true}, {"https://f.example/a/b/c/a/b/c/a/b/c/d", true},
		{"https://f.example/?p=a/a/a", false}, {"https://f.example/2026/11/11/x", false}, {"://", true},
	} {
		if got := circular(c.url); got != c.want {
			t.Errorf("circular(%s): got %v, want %v", c.url, got, c.want)
		}
	}
}

func TestOneRunEndsSomewhere(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Options)
		says   string
		new    int // posts
	}{
		{"no limit", func(*Options) {}, "", 119},
		{"three requests", func(o *Options) { o.MaxPages = 3 }, "3 requests are enough for one run; the next crawl goes on", 0},
		{"a full disk", func(o *Options) { o.Free = func() (uint64, error) { return 499 << 20, nil } }, "499 MB of disk are free and a crawl stops below 500", 0},
		{"room on the disk", func(o *Options) { o.Free = func() (uint64, error) { return 500 << 20, nil } }, "", 119},
		{"a disk that cannot be asked", func(o *Options) { o.Free = func() (uint64, error) { return 0, errors.New("no") } }, "", 119},
		{"answers without anything new", func(o *Options) { o.adjust = func(g *guard) { g.fruitless = 2 } }, "2 answers in a row held nothing new", 0},
	} {
		f := hostileForum()
		base, allow := f.serve(t)
		k, m := newClock(), newMemory()
		s, err := crawl(t, base, allow, k, m, c.change)
		if err != nil || s.Saved.New != c.new || !strings.Contains(s.Stopped, c.says) || c.says == "" && s.Stopped != "" {
			t.Errorf("%s: got %d new, stopped %q, %v; want %d and %q", c.name, s.Saved.New, s.Stopped, err, c.new, c.says)
		}
		k.pass(time.Hour)
		if s, err = crawl(t, base, allow, k, m); err != nil || s.Stopped != "" || len(m.posts) != 119 {
			t.Errorf("%s, the run after: got %d posts, stopped %q, %v; want 119", c.name, len(m.posts), s.Stopped, err)
		}
	}
}

// TestTheTimeOfARunHoldsForWaiting: a host's pause that ends after the run is not waited for.
func TestTheTimeOfARunHoldsForWaiting(t *testing.T) {
	for _, c := range []struct {
		pause   time.Duration
		max     time.Duration
		stopped bool
	}{{10 * time.Minute, time.Minute, true}, {10 * time.Minute, 20 * time.Minute, false}, {10 * time.Minute, 0, false}, {0, time.Minute, false}} {
		f := newForum(topic(1, post(1, 1, "ada", "<p>one</p>")))
		base, allow := f.serve(t)
		k, m := newClock(), newMemory()
		m.hosts[allow[0]] = data.Host{Name: allow[0], NextAllowed: k.now().Add(c.pause)}
		s, err := crawl(t, base, allow, k, m, func(o *Options) { o.MaxTime = c.max })
		waited := k.now().Sub(newClock().at)
		if err != nil || (s.Stopped != "") != c.stopped || s.Enough != c.stopped || !s.ParkedTo.IsZero() || c.stopped && waited > c.max || !c.stopped && waited < c.pause {
			t.Errorf("a pause of %v in a run of %v: stopped %q, waited %v, %v; want stopped %v", c.pause, c.max, s.Stopped, waited, err, c.stopped)
		}
		k.pass(time.Hour)
		if s, err = crawl(t, base, allow, k, m); err != nil || len(m.posts) != 1 {
			t.Errorf("an hour later: %+v, %v; want the post", s, err)
		}
	}
}

// TestEveryPutOffTaskIsAwaited: two requests that fail at different times are both made again.
func TestEveryPutOffTaskIsAwaited(t *testing.T) {
	f := hostileForum()
	failed := map[string]bool{}
	f.before = func(w http.ResponseWriter, r *http.Request) bool {
		uri := r.URL.RequestURI()
		if uri == "/robots.txt" || failed[uri] {
			return false
		}
		failed[uri] = true
		w.WriteHeader(http.StatusBadGateway)
		return true
	}
	base, allow := f.serve(t)
	m := newMemory()
	s, err := crawl(t, base, allow, newClock(), m)
	if err != nil || s.Stopped != "" || len(m.posts) != 119 {
		t.Errorf("every page fails once: got %d posts, stopped %q, %v; want 119", len(m.posts), s.Stopped, err)
	}
}

// TestAForumThatStartsAnew: where the newest id falls far, what is known of the ids is worth nothing.
func TestAForumThatStartsAnew(t *testing.T) {
	old := newForum(topic(1, post(1500, 1, "ada", "<p>old</p>"), post(1501, 2, "bo", "<p>older</p>")))
	base, allow := old.serve(t)
	c, m := newClock(), newMemory()
	if s, err := crawl(t, base, allow, c, m); err != nil || len(m.posts) != 2 {
		t.Fatalf("the old forum: %+v, %v", s, err)
	}
	fresh := hostileForum()
	old.mu.Lock()
	old.posts, old.topics = fresh.posts, fresh.topics
	old.mu.Unlock()
	c.pass(time.Hour)
	s, err := crawl(t, base, allow, c, m)
	if said := fmt.Sprint(s.Notes); err != nil || s.Saved.New != 119 || !strings.Contains(said, "read again from the start") {
		t.Errorf("the new forum: got %d new, notes %s, %v; want 119 and a word about it", s.Saved.New, said, err)
	}
}
