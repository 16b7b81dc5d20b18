package sample

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func community(t *testing.T) Community {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return c
}

func TestCommunityIsLargeEnough(t *testing.T) {
	c := community(t)
	wrote := map[string]bool{}
	words := map[string]bool{}
	for _, p := range c.Posts {
		wrote[p.Author.Handle] = true
		if words[p.Text] {
			t.Errorf("two posts are alike: %q", p.Text)
		}
		words[p.Text] = true
	}
	weeks := c.Posts[len(c.Posts)-1].At.Sub(c.Posts[0].At).Hours() / 24 / 7
	if len(c.Posts) < 1000 || len(wrote) < 240 || weeks < 7 || weeks > 8 {
		t.Errorf("got %d posts by %d people over %.1f weeks, want 1,000 by 240 over eight", len(c.Posts), len(wrote), weeks)
	}
	t.Logf("%d posts, %d people, %d threads", len(c.Posts), len(wrote), len(c.Topics))
}

// TestTribesCutAcrossDemographics: in the file of every tribe there are several cities, genders
// and generations, so that none of these could be what holds it together.
func TestTribesCutAcrossDemographics(t *testing.T) {
	c := community(t)
	cities, genders, decades := map[string]map[string]bool{}, map[string]map[string]bool{}, map[string]map[string]bool{}
	note := func(m map[string]map[string]bool, file, value string) {
		if m[file] == nil {
			m[file] = map[string]bool{}
		}
		m[file][value] = true
	}
	for _, topic := range c.Topics {
		for _, p := range topic.Posts {
			if p.Author.Age == "-" {
				continue
			}
			note(cities, topic.File, p.Author.City)
			note(genders, topic.File, p.Author.Gender)
			note(decades, topic.File, p.Author.Age[:1])
		}
	}
	for file := range cities {
		if len(cities[file]) < 5 || len(genders[file]) < 2 || len(decades[file]) < 4 {
			t.Errorf("%s: %d cities, %d genders, %d decades of age: too alike", file, len(cities[file]), len(genders[file]), len(decades[file]))
		}
	}
}

func TestForumShowsOnlyWhatWasWritten(t *testing.T) {
	c := community(t)
	now := c.Posts[99].At
	server := httptest.NewServer(c.Forum(func() time.Time { return now }))
	defer server.Close()
	var page struct {
		Posts []struct {
			ID       int    `json:"id"`
			Username string `json:"username"`
			Cooked   string `json:"cooked"`
		} `json:"latest_posts"`
	}
	fetch := func(path string) {
		t.Helper()
		res, err := server.Client().Get(server.URL + path)
		if err != nil {
			t.Fatalf("GET %s: %v", path, err)
		}
		defer res.Body.Close()
		page.Posts = nil
		if err := json.NewDecoder(res.Body).Decode(&page); err != nil {
			t.Fatalf("decode %s: %v", path, err)
		}
	}
	fetch("/posts.json")
	if got := page.Posts[0].ID; got != 100 {
		t.Errorf("newest post: got id %d, want 100", got)
	}
	fetch("/posts.json?before=30")
	if got := len(page.Posts); got != 30 {
		t.Errorf("posts before 30: got %d, want 30", got)
	}
	if got := page.Posts[29].Username; got != c.Posts[0].Author.Handle {
		t.Errorf("first author: got %s, want %s", got, c.Posts[0].Author.Handle)
	}
}

func TestCook(t *testing.T) {
	for text, want := range map[string]string{
		"a < b & c":                 "<p>a &lt; b &amp; c</p>",
		"one\n\ntwo\nthree":         "<p>one</p>\n<p>two<br>\nthree</p>",
		"ask @tess_allot14, please": `<p>ask <a class="mention" href="/u/tess_allot14">@tess_allot14</a>, please</p>`,
		"me@example.org @ home":     "<p>me@example.org @ home</p>",
	} {
		if got := cook(text); got != want {
			t.Errorf("cook(%q): got %q, want %q", text, got, want)
		}
	}
}

func TestLoadNamesTheLineAtFault(t *testing.T) {
	people := "ann | Ann | en | 40 | Leeds | f | grows beans\n"
	for _, c := range []struct{ name, people, thread, want string }{
		{"unknown person", people, "=== T | orto\n--- bob | 2026-05-06 10:00\nhi\n", "c.txt:2: bob is in no file of people"},
		{"listed twice", people + people, "", "p.txt:2: ann is listed twice"},
		{"time runs back", people, "=== T | orto\n--- ann | 2026-05-06 10:00\nhi\n\n--- ann | 2026-05-06 09:00\nho\n", "c.txt:5: post of ann"},
		{"answers nobody", people, "=== T | orto\n--- ann | 2026-05-06 10:00 | > bob\nhi\n", "c.txt:2: bob has not written"},
		{"empty post", people, "=== T | orto\n--- ann | 2026-05-06 10:00\n\n--- ann | 2026-05-06 11:00\nho\n", "c.txt:4: post of ann in \"T\" is empty"},
	} {
		_, err := load(fstest.MapFS{"people/p.txt": {Data: []byte(c.people)}, "community/c.txt": {Data: []byte(c.thread)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}
