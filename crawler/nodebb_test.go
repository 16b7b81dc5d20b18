package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data/fuzz"
)

// A barn answers as NodeBB does, two topics and three posts to a page.
type barn struct{ topics map[int][]map[string]any }

func newBarn() *barn {
	b := &barn{topics: map[int][]map[string]any{}}
	for tid := 1; tid <= 3; tid++ {
		for n := range 4 {
			b.post(tid, 10*tid+n, 7+n%2, 40*tid+n-150, fmt.Sprintf("<p>post %d</p>", 10*tid+n))
		}
	}
	b.topics[1][2]["toPid"] = "11"
	b.topics[1][2]["content"] = `<p>so <a class="plugin-mentions-user" href="/user/bo-b">@bo-b</a></p>`
	b.topics[2][1]["deleted"], b.topics[2][1]["content"] = 1, ""
	return b
}

func (b *barn) post(tid, pid, by, hours int, html string) {
	name := map[int]string{7: "ada", 8: "bo b"}[by]
	b.topics[tid] = append(b.topics[tid], map[string]any{"pid": pid, "tid": tid, "content": html, "timestamp": newClock().at.Add(time.Duration(hours) * time.Hour).UnixMilli(), "deleted": 0, "votes": 1,
		"user": map[string]any{"uid": by, "username": name, "displayname": strings.ToUpper(name), "userslug": strings.ReplaceAll(name, " ", "-")}})
}

func (b *barn) topic(tid int) map[string]any {
	posts := b.topics[tid]
	return map[string]any{"tid": tid, "mainPid": 10 * tid, "slug": fmt.Sprintf("%d/topic-%d", tid, tid), "titleRaw": fmt.Sprintf("Topic %d", tid), "title": "x", "lastposttime": posts[len(posts)-1]["timestamp"],
		"deleted": 0, "category": map[string]any{"name": "Bikes"}}
}

func (b *barn) answer(_ http.ResponseWriter, r *http.Request) any {
	page, parts := max(atoi(r.URL.Query().Get("page")), 1), strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch {
	case r.URL.Path == "/api/recent":
		var all []map[string]any
		for tid := range b.topics {
			all = append(all, b.topic(tid))
		}
		slices.SortFunc(all, func(x, y map[string]any) int { return int(y["lastposttime"].(int64) - x["lastposttime"].(int64)) })
		return map[string]any{"topics": all[min(len(all), 2*page-2):min(len(all), 2*page)], "pagination": map[string]any{"currentPage": page, "pageCount": (len(all) + 1) / 2}}
	case len(parts) == 4 && parts[1] == "topic" && b.topics[atoi(parts[2])] != nil:
		t, posts := b.topic(atoi(parts[2])), b.topics[atoi(parts[2])]
		t["posts"], t["pagination"] = posts[min(len(posts), 3*page-3):min(len(posts), 3*page)], map[string]any{"currentPage": page, "pageCount": (len(posts) + 2) / 3}
		return t
	case len(parts) == 4 && parts[2] == "posts":
		for _, posts := range b.topics {
			for _, p := range posts {
				if p["pid"] == atoi(parts[3]) {
					return map[string]any{"status": map[string]any{"code": "ok"}, "response": p}
				}
			}
		}
	}
	return nil
}

func TestNodebbIsFollowed(t *testing.T) {
	b := newBarn()
	f := serveFake(t, b.answer)
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "nodebb"}
	s := f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) != 8 || s.Saved.New != 11 || s.Stopped != "" {
		t.Errorf("first crawl: %q, %+v, %q; want 2 pages of topics and 2 of each, 11 new", got, s.Saved, s.Notes)
	}
	expectPosts(t, m, map[string]string{"10": "ADA in 10", "11": "BO B in 10, topic 10", "12": "ADA in 10, reply 11, mention bo-b", "13": "BO B in 10, topic 10"})
	if p := m.stored("10"); p.Title != "Topic 1" || p.Place != "Bikes" || p.Score != 1 || p.URL != f.url+"/post/10" || m.stored("11").Title != "" {
		t.Errorf("post: %+v", p)
	}

	b.post(3, 34, 7, 1, "<p>new</p>")
	c.pass(2 * time.Hour)
	s = f.crawl(t, cfg, c, m)
	if got := f.asked(); strings.Join(got, " ") != "/api/recent?page=1 /api/topic/3/topic-3?page=2" || s.Saved.New != 1 {
		t.Errorf("two hours later: %q, %+v; want the topics and the last page of one, 1 new", got, s.Saved)
	}
	b.topics[3] = slices.Delete(b.topics[3], 2, 3)
	b.topics[2][2]["content"] = "<p>edited</p>"
	c.pass(24 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Changed != 1 {
		t.Errorf("a day later: %+v, %q; want 1 edited", s.Saved, f.asked())
	}
	c.pass(2 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Deleted != 1 || m.post("32") != "gone" {
		t.Errorf("and two hours: %+v, %s, %q; want post 32 deleted", s.Saved, m.post("32"), f.asked())
	}
}

func FuzzNodebb(target *testing.F) {
	f := fuzz.Of(target)
	b := newBarn()
	ask := func(path string) []byte {
		body, _ := json.Marshal(b.answer(nil, httptest.NewRequest(http.MethodGet, path, nil)))
		return body
	}
	f.Add("list", ask("/api/recent"))
	f.Add("topic", ask("/api/topic/1/topic-1"))
	f.Add("check", ask("/api/v3/posts/11"))
	keys := map[string]string{"list": "topics:0:1", "again": "again:topics", "topic": "topic:1:1:9", "check": "check:11", "gone": "gone:11"}
	f.Fuzz(func(t *testing.T, task string, body []byte) {
		fuzzOne(t, SourceConfig{Kind: "nodebb", URL: "https://place.example"}, task+"#0:0", keys[task], body)
	})
}
