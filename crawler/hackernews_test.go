package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tribu/data/fuzz"
)

// An algolia answers as the search of Hacker News does, with a lower cap.
type algolia struct{ all map[int]map[string]any }

func (s *algolia) add(id, parent, story int, author, text string, at time.Time) {
	i := map[string]any{"objectID": strconv.Itoa(id), "created_at_i": at.Unix(), "author": author, "story_id": story, "_tags": []string{"comment"}, "comment_text": text, "parent_id": parent}
	if parent == 0 {
		i = map[string]any{"objectID": strconv.Itoa(id), "created_at_i": at.Unix(), "author": author, "story_id": id, "_tags": []string{"story", "ask_hn"}, "title": "Ask HN: " + text, "story_text": text, "points": 7}
	}
	s.all[id] = i
}

func (s *algolia) answer(_ http.ResponseWriter, r *http.Request) any {
	if id, ok := strings.CutPrefix(r.URL.Path, "/api/v1/items/"); ok {
		if i := s.all[atoi(id)]; i != nil {
			return map[string]any{"id": atoi(id), "author": i["author"], "text": i["comment_text"], "parent_id": i["parent_id"], "story_id": i["story_id"], "created_at_i": i["created_at_i"]}
		}
		return nil
	}
	if r.URL.Path != "/api/v1/search_by_date" {
		return nil
	}
	from, to := int64(0), int64(1)<<60
	_, _ = fmt.Sscanf(r.URL.Query().Get("numericFilters"), "created_at_i>=%d,created_at_i<%d", &from, &to)
	var ids []int
	for id, i := range s.all {
		if at := i["created_at_i"].(int64); at >= from && at < to && strings.Contains(fmt.Sprint(i), r.URL.Query().Get("query")) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	slices.Reverse(ids)
	hits := []any{}
	for _, id := range ids[:min(len(ids), 1000)] {
		hits = append(hits, s.all[id])
	}
	return map[string]any{"hits": hits, "nbHits": len(ids)}
}

func TestHackerNewsIsFollowed(t *testing.T) {
	s := &algolia{all: map[int]map[string]any{}}
	c, m := newClock(), newMemory()
	start := c.now().Add(-3 * time.Hour)
	s.add(1, 0, 1, "ada", "ovens?", start)
	for id := 2; id <= 2500; id++ { // most of them within 42 minutes
		s.add(id, 1+(id-2)/3, 1, fmt.Sprintf("u%d", id%40), fmt.Sprintf("<p>text %d", id), start.Add(time.Duration(id)*time.Second))
	}
	s.add(2501, 2, 1, "bo", "@u2 spam", start.Add(2*time.Hour+50*time.Minute))
	f := serveFake(t, s.answer)
	since := func() SourceSummary {
		sum, err := Run(t.Context(), Options{Sources: []SourceConfig{{Name: "src", Kind: "hackernews", URL: f.url, Allow: []string{strings.TrimPrefix(f.url, "http://")}}},
			Since: start.Add(-time.Minute), Now: c.now, sleep: c.sleep}, m)
		if err != nil {
			t.Fatal(err)
		}
		return sum.Sources[0]
	}
	sum := since()
	if got := len(f.asked()); len(m.posts) != 2501 || got > 14 || sum.Stopped != "" {
		t.Errorf("%d posts in %d requests, %+v; want 2501 in at most 14", len(m.posts), got, sum)
	}
	expectPosts(t, m, map[string]string{"1": "ada in 1", "2": "u2 in 1, reply 1", "2501": "bo in 1, reply 2, mention u2"})
	if p := m.stored("1"); p.Title != "Ask HN: ovens?" || p.Place != "ask_hn" || p.Score != 7 {
		t.Errorf("story: %+v", p)
	}

	delete(s.all, 2501)
	s.add(2502, 1, 1, "cy", "late in the index", c.now().Add(-20*time.Minute))
	c.pass(30 * time.Minute)
	sum = since()
	if got := len(f.asked()); got > 3 || sum.Saved.New != 1 {
		t.Errorf("half an hour later: %d requests, %+v; want at most 3 and 1 new", got, sum.Saved)
	}
	c.pass(2 * time.Hour)
	if sum = since(); sum.Saved.Deleted != 1 || m.post("2501") != "gone" {
		t.Errorf("missing for hours: %+v, want it deleted", sum.Saved)
	}
	s.all[2000]["comment_text"] = "edited"
	c.pass(24 * time.Hour)
	if sum = since(); sum.Saved.Changed != 1 {
		t.Errorf("a day later: %+v, want the edit", sum.Saved)
	}
}

func TestHackerNewsQueries(t *testing.T) {
	s := &algolia{all: map[int]map[string]any{}}
	c, m := newClock(), newMemory()
	s.add(1, 0, 1, "ada", "oven", c.now().Add(-time.Hour))
	s.add(2, 1, 1, "bo", "bread", c.now().Add(-time.Hour))
	s.add(3, 0, 3, "cy", "trains", c.now().Add(-10000*time.Hour))
	f := serveFake(t, s.answer)
	f.crawl(t, SourceConfig{Kind: "hackernews", Query: []string{"oven", "trains"}}, c, m)
	if got := len(f.asked()); len(m.posts) != 2 || got > 64 {
		t.Errorf("%d posts in %d requests; want 2: twenty years in at most 32 each, because windows grow", len(m.posts), got)
	}
}

func TestCapturesOfHackerNews(t *testing.T) {
	for _, c := range []struct{ name, task, key string }{{"hits.json", "window", "w:0:1763600000:1763686400"}, {"item.json", "check", "check:9"}, {"page.html", "window", "w:0:1:2"}} {
		b, err := os.ReadFile(filepath.Join("testdata/hackernews", c.name))
		if err != nil {
			t.Fatal(err)
		}
		compareGolden(t, "hackernews/"+c.name, told(parseOne(SourceConfig{Kind: "hackernews", URL: hnPlace}, c.task, c.key, "", 200, b)))
	}
}

func FuzzHackerNews(target *testing.F) {
	f := fuzz.Of(target)
	for _, name := range []string{"hits", "item"} {
		b, _ := os.ReadFile("testdata/hackernews/" + name + ".json")
		f.Add(name == "hits", b)
	}
	b, _ := json.Marshal(map[string]any{"hits": []any{}, "nbHits": 5000})
	f.Add(true, b)
	f.Fuzz(func(t *testing.T, list bool, body []byte) {
		task, key := "check", "check:9"
		if list {
			task, key = "window", "w:0:1763600000:1763686400"
		}
		fuzzOne(t, SourceConfig{Kind: "hackernews", URL: hnPlace}, task, key, body)
	})
}
