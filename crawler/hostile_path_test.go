package crawler

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

// A wanderer is a source that takes every line of an answer for a link, or for a post where it
// starts with #. What it has read it asks for again at every run.
type wanderer struct{ origin }

// Probe finds nothing out.
func (w wanderer) Probe(context.Context, Fetch) (Caps, error) { return Caps{}, nil }

// Seeds starts at the front page.
func (w wanderer) Seeds(_ string, now time.Time) []data.Task {
	return []data.Task{w.ask("page", "/", w.at+"/", 0, now)}
}

// Parse reads posts and follows links.
func (w wanderer) Parse(t data.Task, r Response, out *Out) error {
	if r.Status != http.StatusOK {
		return fmt.Errorf("parse %s: HTTP %d", plainURL(t.URL), r.Status)
	}
	return w.read(t, r, out, map[string]reader{"page": func(h *harvest) error {
		for line := range strings.Lines(string(r.Body)) {
			line = strings.TrimSpace(line)
			if id, isPost := strings.CutPrefix(line, "#"); isPost {
				h.keep(written{id: id, thread: "1", author: data.Author{NativeID: "ada", Handle: "ada"}, at: newClock().at, body: id})
			} else if at := join(r.URL, line); at != "" {
				h.enqueue(w.ask("page", at, at, t.Depth+1, r.FetchedAt))
			}
		}
		return nil
	}})
}

func join(page, ref string) string {
	at, err := url.Parse(page)
	if err != nil {
		return ""
	}
	if at, err = at.Parse(ref); err != nil {
		return ""
	}
	return at.String()
}

// stroll lets a wanderer read cfg's server.
func (s *scene) stroll(o Options, cfg SourceConfig, m *memory) (SourceSummary, SourceSummary, error) {
	o.Sources = []SourceConfig{cfg, s.beside}
	jobs, err := plan(o)
	if err != nil {
		return SourceSummary{}, SourceSummary{}, err
	}
	jobs[0].src = wanderer{newOrigin(cfg.Name, cfg.URL, time.Time{})}
	sum, err := runAll(s.t.Context(), o, jobs, m)
	if err != nil {
		return SourceSummary{}, SourceSummary{}, err
	}
	return sum.Sources[0], sum.Sources[1], nil
}

// right is what the forum answers.
func (s *scene) right(r *http.Request) []byte {
	w := httptest.NewRecorder()
	s.forum.ServeHTTP(w, r)
	return w.Body.Bytes()
}

// shuffled answers with the forum's posts in another order, or each three times.
func (s *scene) shuffled(w http.ResponseWriter, r *http.Request, reversed, thrice bool) {
	var page map[string][]json.RawMessage
	if err := json.NewDecoder(bytes.NewReader(s.right(r))).Decode(&page); err != nil {
		s.t.Error(err)
	}
	posts := page["latest_posts"]
	if reversed {
		slices.Reverse(posts)
	}
	if thrice {
		posts = append(append(posts, posts...), posts...)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"latest_posts": posts})
}

// invented answers with posts for whatever is asked, or with none.
func invented(full bool) answer {
	return func(_ *scene, w http.ResponseWriter, r *http.Request) {
		const last = 1 << 40
		before, err := strconv.Atoi(r.URL.Query().Get("before"))
		posts := []any{}
		if err != nil {
			before = last
		}
		if full || err != nil {
			p := post(before, 1, "bot", "<p>made up</p>", "topic_id", before, "topic_title", "t", "created_at", "2026-11-20T00:00:00Z")
			posts = append(posts, p)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"latest_posts": posts})
	}
}

// links answers every path with what of returns for it.
func links(of func(s *scene, path string) []string) answer {
	return func(s *scene, w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "#1")
		for _, l := range of(s, r.URL.RequestURI()) {
			fmt.Fprintln(w, l)
		}
	}
}

func paths() []misdeed {
	budget := func(o *Options) { o.MaxPages = 300 }
	return []misdeed{
		{name: "pages without end, all empty", on: "/posts.json", do: invented(false), want: stopped, says: "next crawl goes on", adds: true, change: budget},
		{name: "pages without end, all invented", on: "/posts.json", do: invented(true), want: stopped, says: "are enough for one run", adds: true, change: budget},
		{name: "links in a circle", on: "/", wander: true, want: complete, do: links(func(_ *scene, path string) []string {
			if path == "/a" {
				return []string{"/b"}
			}
			return []string{"/a"}
		})},
		{name: "paths that grow with every link", on: "/", wander: true, want: gap, says: "lead too deep or in circles",
			do: links(func(_ *scene, path string) []string { return []string{path + "forum/"} })},
		{name: "a calendar without end", on: "/", wander: true, want: gap, says: "lead too deep or in circles", do: links(func(s *scene, _ string) []string {
			return []string{fmt.Sprintf("/cal?day=%d", s.calls.Load())}
		})},
		{name: "a page of five thousand links", on: "/", wander: true, want: stopped, says: "next crawl goes on", adds: true, change: budget,
			do: links(func(_ *scene, path string) (all []string) {
				for i := range 5000 {
					if path == "/" {
						all = append(all, fmt.Sprintf("/p%d", i))
					}
				}
				return all
			})},
		{name: "links to private addresses", on: "/", wander: true, want: gap, says: "private or reserved", do: links(func(s *scene, _ string) []string {
			_, port, _ := strings.Cut(s.trap, ":")
			return []string{"http://" + s.trap + "/", "http://localhost:" + port + "/", "http://[::ffff:127.0.0.1]:" + port + "/", "http://169.254.169.254/latest/meta-data/"}
		})},
		{name: "links that are not the web", on: "/", wander: true, want: gap, says: "no address on the web", do: links(func(_ *scene, _ string) []string {
			return []string{"file:///etc/passwd", "javascript:alert(1)", "mailto:ada@example.org", "gopher://127.0.0.1:70/", "http://ada:SECRET@127.0.0.1/", ":", "\x00"}
		})},
		{name: "links to a host whose robots.txt cannot be read: a friend is down", on: "/", wander: true, want: stopped, says: "robots.txt cannot be read",
			do: links(func(s *scene, path string) []string {
				if path != "/" {
					return nil
				}
				return []string{s.friend + "/1", s.friend + "/2", "/here"}
			})},
	}
}
