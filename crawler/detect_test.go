package crawler

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestDetect: what a place is, whatever else is tried there, asking no address twice.
func TestDetect(t *testing.T) {
	feed := `<rss version="2.0"><channel><title>T</title><item><title>One</title><link>https://a.example/1</link><guid>1</guid><pubDate>Tue, 05 May 2026 10:00:00 GMT</pubDate><description>text</description></item></channel></rss>`
	for _, c := range []struct {
		name   string
		pages  map[string]string
		kind   string // best match; empty: none
		robots string // of the first
	}{
		{"a feed", map[string]string{"/": feed}, "feed", "allowed"},
		{"a page that points to its feed", map[string]string{"/": `<link rel="alternate" type="application/rss+xml" href="/news"><a href="/forum">`, "/news": feed}, "feed", "allowed"},
		{"nothing", map[string]string{"/": "<p>hello"}, "", "allowed"},
		{"all forbidden", map[string]string{"/robots.txt": "User-agent: *\nDisallow: /", "/": feed}, "", "forbidden"},
		{"robots.txt is down", map[string]string{"/robots.txt": "500"}, "", "unreadable: nothing is fetched until it can be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asked []string
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.URL.RequestURI())
				switch page, ok := c.pages[r.URL.Path]; {
				case !ok:
					http.NotFound(w, r)
				case page == "500":
					http.Error(w, "down", http.StatusInternalServerError)
				default:
					_, _ = w.Write([]byte(page))
				}
			}))
			defer s.Close()
			clock := newClock()
			all, err := Detect(t.Context(), SourceConfig{URL: s.URL, Allow: []string{strings.TrimPrefix(s.URL, "http://")}}, Options{Now: clock.now, sleep: clock.sleep})
			if err != nil || len(all) == 0 {
				t.Fatalf("got %v, %v", all, err)
			}
			got := ""
			if all[0].Recognised && all[0].Problem == "" {
				got = all[0].Kind
			}
			robots := slices.ContainsFunc(all, func(r Report) bool { return r.Robots == c.robots })
			if got != c.kind || !robots {
				t.Errorf("got %q, %+v; want %q, robots %q", got, all, c.kind, c.robots)
			}
			slices.Sort(asked)
			if twice := len(asked) - len(slices.Compact(slices.Clone(asked))); twice > 0 && c.pages["/robots.txt"] != "500" {
				t.Errorf("%d addresses were asked twice: %q", twice, asked)
			}
		})
	}
}

// TestDetectTellsNobodyElse: the interface of another host is not asked about a private place, nor
// about one that is recognised.
func TestDetectTellsNobodyElse(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	allow := strings.TrimPrefix(s.URL, "http://")
	clock := newClock()
	all, err := Detect(t.Context(), SourceConfig{URL: s.URL, Allow: []string{allow}}, Options{Now: func() time.Time { return clock.now() }, sleep: clock.sleep})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if r.Kind == "stackexchange" {
			t.Errorf("its interface was asked about %s", s.URL)
		}
	}
}

// TestDetectFindsLists: an archive is found from where its server's first page is, or would be.
func TestDetectFindsLists(t *testing.T) {
	letter := "From x Thu Nov 12 10:00:00 2026\nFrom: Ada <ada@b.example>\nMessage-ID: <1@b.example>\nDate: Thu, 12 Nov 2026 10:00:00 +0000\nSubject: Chains\n\nThey squeak.\n"
	hub := `<a href="/hyperkitty/list/a@b.example/">a</a><a href="/hyperkitty/list/a@b.example/latest">new</a><a href="/hyperkitty/list/z@b.example/">z</a>`
	list := `<a href="/hyperkitty/list/a@b.example/2026/11/">November</a>`
	kitty := map[string]string{"/hyperkitty/": hub, "/hyperkitty/list/a@b.example/": list, "/hyperkitty/list/a@b.example/export/a@b.example.mbox.gz": letter}
	inboxes := func(links string) string {
		return "<html><head><title>public-inbox listing</title></head><pre>" + links
	}
	atom := `<feed xmlns="http://www.w3.org/2005/Atom"><entry><updated>2026-11-12T10:00:00Z</updated><link href="HOST/tribe/1@b/"/></entry></feed>`
	for _, c := range []struct {
		name, at  string
		pages     map[string]string
		url, also string // that are found, without the host
		near      bool
	}{
		{"HyperKitty, no first page", "/", kitty, "/hyperkitty/list/a@b.example", "/hyperkitty/list/z@b.example", false},
		{"HyperKitty's first page", "/hyperkitty/", kitty, "/hyperkitty/list/a@b.example", "/hyperkitty/list/z@b.example", false},
		{"public-inbox's first page", "/", map[string]string{"/": inboxes(`<a href="/tribe">tribe</a>`), "/tribe/": `<a href="new.atom">`, "/tribe/new.atom": atom, "/tribe/1@b/t.mbox.gz": letter}, "/tribe", "", false},
		{"public-inbox that lists none", "/", map[string]string{"/": inboxes("no inboxes, yet")}, "", "", true},
		{"a first page without lists", "/", map[string]string{"/": `<a href="/list/">lists</a>`}, "", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := httptest.NewUnstartedServer(nil)
			s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if page, ok := c.pages[r.URL.Path]; ok {
					_, _ = w.Write([]byte(strings.ReplaceAll(page, "HOST", s.URL)))
				} else {
					http.NotFound(w, r)
				}
			})
			s.Start()
			defer s.Close()
			clock := newClock()
			all, err := Detect(t.Context(), SourceConfig{URL: s.URL + c.at, Allow: []string{strings.TrimPrefix(s.URL, "http://")}}, Options{Now: clock.now, sleep: clock.sleep})
			if err != nil {
				t.Fatal(err)
			}
			got, also := "", strings.Join(all[0].Beside, " ")
			if all[0].Recognised && len(all[0].Posts) == 1 {
				got = all[0].URL
			}
			if near := got == "" && slices.ContainsFunc(all, func(r Report) bool { return r.Near }); strings.TrimPrefix(got, s.URL) != c.url || strings.TrimPrefix(also, s.URL) != c.also || near != c.near {
				t.Errorf("found %q, beside %q, near %t; want %q, %q, %t", got, also, near, c.url, c.also, c.near)
			}
		})
	}
}

func TestDetectRefuses(t *testing.T) {
	for at, want := range map[string]string{"https://forum.example": "contact is needed", "ftp://x": "must be http", "http://u:p@x": "must be http"} {
		if _, err := Detect(t.Context(), SourceConfig{URL: at}, Options{Now: newClock().now}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", at, err, want)
		}
	}
}

// TestDetectEveryFake: each platform whose interface is at its own address is taken for what it is.
func TestDetectEveryFake(t *testing.T) {
	for name, serve := range platforms() {
		_, c := serve(t)
		if c.API != "" { // elsewhere: its URL alone tells
			continue
		}
		clock := newClock()
		all, err := Detect(t.Context(), SourceConfig{URL: c.URL, Allow: c.Allow}, Options{Now: clock.now, sleep: clock.sleep})
		if err != nil || len(all) == 0 || all[0].Kind != name || all[0].Problem != "" || len(all[0].Posts) == 0 {
			t.Errorf("%s: got %+v, %v", name, all[:min(1, len(all))], err)
		}
	}
}
