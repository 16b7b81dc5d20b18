package crawler

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// platforms are the fakes of every kind with an interface for programs.
func platforms() map[string]func(t testing.TB) (*fake, SourceConfig) {
	simple := func(kind string, answer func(w http.ResponseWriter, r *http.Request) any) func(testing.TB) (*fake, SourceConfig) {
		return func(t testing.TB) (*fake, SourceConfig) {
			f := serveFake(t, answer)
			return f, SourceConfig{Name: "src", Kind: kind, URL: f.url, API: map[bool]string{true: f.url}[kind == "stackexchange" || kind == "bluesky"], Allow: []string{strings.TrimPrefix(f.url, "http://")}}
		}
	}
	hn := &algolia{all: map[int]map[string]any{}}
	for id := 1; id <= 100; id++ {
		hn.add(id, id-1, 1, fmt.Sprintf("u%d", id%7), "@u3 x", newClock().at.Add(time.Duration(id-2000)*time.Second))
	}
	return map[string]func(t testing.TB) (*fake, SourceConfig){
		"feed": simple("feed", func(_ http.ResponseWriter, r *http.Request) any {
			switch page := atoi(r.URL.Query().Get("page")); {
			case r.URL.Path != "/":
				return rssOf("", `<item><guid>c1</guid><author>Bo</author><pubDate>Fri, 20 Nov 2026 11:00:00 GMT</pubDate><description>@Ada thanks</description></item>`)
			default:
				return rssOf(fmt.Sprintf(`<atom:link rel="next" href="/?page=%d"/>`, min(page+1, 5)), rssItem("http://"+r.Host, 10-page, 1, "x"))
			}
		}),
		"mastodon":   simple("mastodon", newHerd().answer),
		"wordpress":  simple("wordpress", newBlog().answer),
		"hackernews": simple("hackernews", hn.answer),
		"stackexchange": func(t testing.TB) (*fake, SourceConfig) {
			x := newExchange()
			f, c := simple("stackexchange", x.answer)(t)
			c.URL = "https://x.example"
			return f, c
		},
		"lemmy":  simple("lemmy", newDen().answer),
		"nodebb": simple("nodebb", newBarn().answer),
		"flarum": simple("flarum", newTerrace().answer),
		"telegram": func(t testing.TB) (*fake, SourceConfig) {
			f, c := simple("telegram", newLoudspeaker().answer)(t)
			c.URL += "/s/bikes"
			return f, c
		},
		"github": func(t testing.TB) (*fake, SourceConfig) {
			f := serveFake(t, newHub().answer)
			return f, githubSource(f.url)
		},
		"youtube": func(t testing.TB) (*fake, SourceConfig) {
			f := serveFake(t, newScreening().answer)
			return f, youtubeSource(f.url, videoOfTests)
		},
		"bluesky": func(t testing.TB) (*fake, SourceConfig) {
			f, c := simple("bluesky", newSky().answer)(t)
			c.Accounts = []string{"ada.test", "bo.test"}
			return f, c
		},
	}
}

func TestKilledCrawlOfEveryKindGoesOn(t *testing.T) {
	for name, serve := range platforms() {
		f, cfg := serve(t)
		crawl := func(m *memory) error {
			c := newClock()
			_, err := Run(t.Context(), Options{Sources: []SourceConfig{cfg}, Contact: "mailto:us@example.org", Now: c.now, sleep: c.sleep}, m)
			return err
		}
		whole := newMemory()
		if err := crawl(whole); err != nil || len(whole.posts) < 4 {
			t.Fatalf("%s: %d posts, %v", name, len(whole.posts), err)
		}
		f.asked()
		for _, stopAt := range []int{1, 2, 3, 5, 8} {
			m := newMemory()
			for n := 0; ; n++ {
				m.saves, m.stopAt = 0, stopAt+n
				err := crawl(m)
				if err == nil {
					break
				}
				if !errors.Is(err, errKilled) {
					t.Fatalf("%s: %v", name, err)
				}
				m.reopen()
			}
			if got, want := m.content(), whole.content(); got != want {
				t.Errorf("%s, killed at save %d, %d, …: %s", name, stopAt, stopAt+1, firstDifference(got, want))
			}
		}
	}
}

func TestUnreachableIsNotDeletedAnywhere(t *testing.T) {
	for name, serve := range platforms() {
		f, cfg := serve(t)
		c, m := newClock(), newMemory()
		run := func() SourceSummary {
			s, err := Run(t.Context(), Options{Sources: []SourceConfig{cfg}, Contact: "mailto:us@example.org", Now: c.now, sleep: c.sleep}, m)
			if err != nil {
				t.Fatal(err)
			}
			return s.Sources[0]
		}
		run()
		f.mu.Lock()
		f.answer = func(w http.ResponseWriter, _ *http.Request) any {
			w.WriteHeader(http.StatusForbidden)
			return `{"error":"closed"}`
		}
		f.mu.Unlock()
		for range 3 {
			c.pass(25 * time.Hour)
			if s := run(); s.Saved.Deleted != 0 || s.Saved.New != 0 {
				t.Errorf("%s answers 403: %+v; want nothing deleted", name, s.Saved)
			}
		}
	}
}

func TestEveryKindRecognisesItselfAlone(t *testing.T) {
	for name, serve := range platforms() {
		f, cfg := serve(t)
		for _, kind := range Kinds() {
			if kind == "forum" || kind == "mailarchive" { // pages, which are told apart elsewhere
				continue
			}
			c := SourceConfig{Name: "src", Kind: kind, URL: f.url, API: cfg.API, Allow: cfg.Allow, Accounts: []string{"ada.test"}}
			if kind == name {
				c.URL, c.Token = cfg.URL, cfg.Token
			}
			if _, _, err := newSource(c, time.Time{}); err != nil && kind != name {
				continue // cannot be an address of this kind
			}
			r, err := Test(t.Context(), c, Options{Now: newClock().now, Contact: "mailto:us@example.org"})
			if err != nil || r.Recognised != (kind == name) || r.Recognised && len(r.Posts) == 0 {
				t.Errorf("a %s site taken for %s: %v with %d posts, %q, %v", name, kind, r.Recognised, len(r.Posts), r.Problem, err)
			}
		}
	}
}

// ServePlatforms serves a fake of every kind to the tests of the exported API.
func ServePlatforms(t testing.TB) []SourceConfig {
	out := []SourceConfig{serveSmallDiscourse(t), serveSmallForum(t), serveSmallArchive(t)}
	for _, serve := range platforms() {
		_, c := serve(t)
		out = append(out, c)
	}
	var kinds []string
	for i := range out {
		out[i].Name = out[i].Kind
		kinds = append(kinds, out[i].Kind)
	}
	for _, kind := range Kinds() {
		if !slices.Contains(kinds, kind) {
			t.Errorf("no fake of kind %s: what a crash does to it is not tested", kind)
		}
	}
	slices.SortFunc(out, func(a, b SourceConfig) int { return strings.Compare(a.Name, b.Name) })
	return out
}

func serveSmallDiscourse(t testing.TB) SourceConfig {
	var posts []any
	for i := 1; i <= 60; i++ {
		posts = append(posts, post(i*10, i, fmt.Sprintf("u%d", i%9), "<p>x</p>", "reply_to_post_number", i-2))
	}
	base, allow := newForum(topic(1, posts...), topic(2, post(605, 1, "ed", "<p>five</p>"), post(606, 2, "flo", "<p>six</p>"))).serve(t)
	return SourceConfig{Kind: "discourse", URL: base, Allow: allow}
}

func serveSmallForum(t testing.TB) SourceConfig {
	site := &staticSite{files: os.DirFS(t.TempDir()), changed: map[string]string{
		"index.html":        `<ul class="topiclist forums"><li class="row"><a class="forumtitle" href="/viewforum.php?f=2">Bikes</a></li></ul>`,
		"viewforum.php?f=2": `<ul class="topiclist topics"><li class="row"><a class="topictitle" href="/viewtopic.php?t=5">Chains</a><dd class="posts">8</dd><dd class="lastpost"><time datetime="2026-11-09T10:00:00Z"></time></dd></li></ul>`,
		"viewtopic.php?t=5": longTopic(9, 0),
	}}
	for page := 1; page <= 4; page++ {
		site.changed[fmt.Sprintf("viewtopic.php?t=5&start=%d", 2*page)] = longTopic(9, page)
	}
	base, allow := serveSite(t, site)
	return SourceConfig{Kind: "forum", Preset: "phpbb", URL: base, Allow: allow}
}

func serveSmallArchive(t testing.TB) SourceConfig {
	site := &staticSite{files: os.DirFS(t.TempDir()), changed: map[string]string{
		"pipermail/bikes/":                      `<a href="2026-November.txt">x</a><a href="2026-October.txt.gz">x</a><a href="2026-September.txt.gz">x</a>`,
		"pipermail/bikes/2026-September.txt.gz": packed(september()),
		"pipermail/bikes/2026-October.txt.gz":   packed(october()),
		"pipermail/bikes/2026-November.txt":     november(),
	}}
	base, allow := serveSite(t, site)
	return SourceConfig{Kind: "mailarchive", URL: base + "/pipermail/bikes", Allow: allow}
}
