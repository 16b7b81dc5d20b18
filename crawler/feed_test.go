package crawler

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tribu/data/fuzz"
)

func TestFeedsOfTheWorld(t *testing.T) {
	files := map[string]int{}
	var names []string
	_ = filepath.Walk("../../shared/data/fixtures/feeds", func(name string, f os.FileInfo, err error) error {
		if err == nil && f.Mode().IsRegular() {
			names = append(names, name)
		}
		return nil
	})
	if len(names) == 0 {
		t.Skip("no captures here: ../shared/data/fixtures/feeds is missing")
	}
	posts, empty := 0, 0
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out, err := parseOne(SourceConfig{Kind: "feed", URL: "https://place.example/feed"}, "feed", "feed", "", 200, b)
		switch {
		case err != nil && strings.Contains(err.Error(), "panic"):
			t.Errorf("%s: %v", name, err)
		case err != nil:
			why := "not a feed"
			if errors.Is(err, errNoFeed) {
				why = "empty"
			} else if strings.HasPrefix(filepath.Ext(name), ".x") {
				why = "broken"
			}
			files[why+" "+filepath.Ext(name)]++
			continue
		}
		if err := sound(out); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		files["read "+filepath.Ext(name)]++
		if posts += len(out.Batch.Posts); len(out.Batch.Posts) == 0 {
			empty++
		}
	}
	got := fmt.Sprintf("%d files: %v; %d posts, %d feeds without one", len(names), files, posts, empty)
	if want := "1120 files: map[broken .xml:9 empty .json:386 empty .xml:229 not a feed .gz:1 not a feed .html:4 not a feed .json:15 read .atom:1 read .json:150 read .rss:1 read .xml:324]; 647 posts, 100 feeds without one"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCapturesOfFeeds(t *testing.T) {
	for _, c := range []struct{ name, task, key string }{
		{"rss.xml", "feed", "feed"}, {"comments.xml", "comments", "comments:2:https://blog.example/?p=7"}, {"list.atom", "feed", "feed"},
		{"feed.json", "feed", "feed"}, {"page.html", "feed", "feed"}, {"empty.xml", "feed", "feed"},
	} {
		b, err := os.ReadFile(filepath.Join("testdata/feed", c.name))
		if err != nil {
			t.Fatal(err)
		}
		compareGolden(t, "feed/"+c.name, told(parseOne(SourceConfig{Kind: "feed", URL: "https://blog.example/feed"}, c.task, c.key, "", 200, b)))
	}
}

func rssOf(extra string, items ...string) string {
	return `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>Blog</title>` + extra + strings.Join(items, "") + `</channel></rss>`
}

func rssItem(base string, n, comments int, body string) string {
	return fmt.Sprintf(`<item><guid>%d</guid><title>T%d</title><author>ada@example.org (Ada)</author><pubDate>Fri, 20 Nov 2026 10:%02d:00 GMT</pubDate><description>%s</description>
<slash:comments>%d</slash:comments><wfw:commentRss>%s/comments/%d</wfw:commentRss></item>`, n, n, n, body, comments, base, n)
}

func TestFeedIsFollowed(t *testing.T) {
	comments, body, extra := 1, "one", ""
	var f *fake
	f = serveFake(t, func(_ http.ResponseWriter, r *http.Request) any {
		older := func(page int) string { return fmt.Sprintf(`<atom:link rel="next" href="/feed?page=%d"/>`, page) }
		switch r.URL.RequestURI() {
		case "/feed":
			return rssOf(older(2)+extra, rssItem(f.url, 5, comments, body), rssItem(f.url, 4, 0, "x"))
		case "/feed?page=2":
			return rssOf(older(3), rssItem(f.url, 3, 0, "x"), rssItem(f.url, 2, 0, "x"))
		case "/feed?page=3":
			return rssOf(older(1), rssItem(f.url, 1, 0, "x"))
		case "/comments/5":
			return rssOf("", `<item><guid>c1</guid><title>By: Bo</title><author>Bo</author><description>@Ada thanks</description></item>`)
		}
		return nil
	})
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "feed", URL: f.url + "/feed"}
	f.crawl(t, cfg, c, m)
	if got, want := strings.Join(f.asked(), " "), "/feed /feed?page=2 /feed?page=3 /feed?page=1 /comments/5"; got != want {
		t.Errorf("first crawl asks for %s, want %s", got, want)
	}
	expectPosts(t, m, map[string]string{"1": "Ada in 1", "5": "Ada in 5", "c1": "Bo in 5, topic 5, mention Ada"})

	c.pass(time.Hour)
	if f.crawl(t, cfg, c, m); strings.Join(f.asked(), " ") != "/feed" {
		t.Errorf("nothing new: asks for more than the feed")
	}
	comments, body, extra = 2, "one, edited", "<ttl>120</ttl>"
	c.pass(time.Hour)
	s := f.crawl(t, cfg, c, m)
	if got := strings.Join(f.asked(), " "); got != "/feed /comments/5" || s.Saved.Changed != 1 {
		t.Errorf("an edit and a comment: asks for %s, saved %+v; want /feed /comments/5 and 1 changed", got, s.Saved)
	}
	for _, step := range []struct {
		after time.Duration
		want  int
	}{{time.Hour, 0}, {time.Hour, 1}} {
		c.pass(step.after)
		if f.crawl(t, cfg, c, m); len(f.asked()) != step.want {
			t.Errorf("a ttl of two hours: want %d requests after another %s", step.want, step.after)
		}
	}
}

func TestFeedProbe(t *testing.T) {
	f := serveFake(t, func(_ http.ResponseWriter, r *http.Request) any {
		if r.URL.Path == "/feed" {
			return rssOf("", rssItem("", 1, 0, "x"))
		}
		return `<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>`
	})
	for path, want := range map[string]string{"/feed": "true [/feed]", "/": fmt.Sprintf("false [/ %s/feed]", f.url)} {
		r, err := Test(t.Context(), SourceConfig{Name: "src", Kind: "feed", URL: f.url + path, Allow: []string{strings.TrimPrefix(f.url, "http://")}}, Options{Now: newClock().now})
		if got := fmt.Sprint(r.Recognised, " ", r.Open); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", path, got, err, want)
		}
	}
}

func FuzzFeed(target *testing.F) {
	f := fuzz.Of(target)
	files, _ := filepath.Glob("testdata/feed/*.*")
	for _, name := range files {
		if b, err := os.ReadFile(name); err == nil && !strings.Contains(name, "golden") {
			f.Add(b, true)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte, comments bool) {
		task, key := "feed", "feed"
		if comments {
			task, key = "comments", "comments:1:a"
		}
		out, err := parseOne(SourceConfig{Kind: "feed", URL: "https://place.example/feed"}, task, key, "", 200, body)
		if err == nil {
			err = sound(out)
		} else if !strings.Contains(err.Error(), "panic") {
			err = nil
		}
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestDatesInGreenwichTimeKeepTheirItems(t *testing.T) {
	for _, c := range []struct{ item, id, at string }{
		{`<item><guid>7</guid><pubDate>Fri, 20 Nov 2026 10:05:00 GMT</pubDate></item>`, "7", "2026-11-20T10:05:00Z"},
		{`<item><guid>7</guid><pubDate>Fri, 20 Nov 2026 10:05:00 UTC</pubDate></item>`, "7", "2026-11-20T10:05:00Z"},
		{`<item><guid>7</guid><pubDate>Fri, 20 Nov 2026 10:05:00 EST</pubDate></item>`, "7", "2026-11-20T15:05:00Z"},
		{`<item><title>T</title><pubDate>Fri, 20 Nov 2026 10:05:00 GMT</pubDate></item>`, "sha:d5b17c2aa1828352c53c6ba51a48f7a2", "2026-11-20T10:05:00Z"},
	} {
		f, err := readFeed([]byte(rssOf("", c.item)))
		if err != nil || len(f.Items) != 1 {
			t.Fatalf("%s: %v", c.item, err)
		}
		if id, at := feedID(f.Items[0]), f.Items[0].PublishedParsed.UTC().Format(time.RFC3339); id != c.id || at != c.at {
			t.Errorf("%s: %s at %s, want %s at %s", c.item, id, at, c.id, c.at)
		}
	}
}
