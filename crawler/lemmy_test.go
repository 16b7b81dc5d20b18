package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data/fuzz"
)

// A den answers as Lemmy does, four to a page.
type den struct {
	posts, comments map[int]map[string]any
}

func lemmyObject(id, by, hours int, body string) map[string]any {
	return map[string]any{"id": id, "published": time.Date(2026, 11, 18, hours, id%60, 0, 123456000, time.UTC).Format(time.RFC3339Nano), "ap_id": fmt.Sprintf("https://den.example/%d", id),
		"content": body, "body": body, "creator": by}
}

func newDen() *den {
	d := &den{posts: map[int]map[string]any{}, comments: map[int]map[string]any{}}
	for id := 1; id <= 6; id++ {
		d.post(id, 1, id, "**cold**")
	}
	d.posts[6]["published"], d.posts[6]["featured_local"] = "2026-11-01T00:00:00", true
	for id := 11; id <= 18; id++ {
		d.comment(id, 2, 2, id, "0", "text")
	}
	d.comment(19, 3, 2, 19, "0.18", "> @nobody\n@ada [@far@else.example](https://else.example/u/far)")
	return d
}

func (d *den) post(id, by, hours int, body string) {
	d.posts[id] = lemmyObject(id, by, hours, body)
	d.posts[id]["name"] = fmt.Sprintf("Oven %d", id)
}

func (d *den) comment(id, by, post, hours int, above, body string) {
	d.comments[id] = lemmyObject(id, by, hours, body)
	d.comments[id]["post_id"], d.comments[id]["path"] = post, fmt.Sprintf("%s.%d", above, id)
}

func (d *den) view(o map[string]any) map[string]any {
	by := o["creator"].(int)
	name := []string{"", "ada", "bo", "cy"}[by]
	v := map[string]any{"creator": map[string]any{"id": by, "name": name, "actor_id": "https://else.example/u/" + name}, "community": map[string]any{"name": "bread"}, "counts": map[string]any{"score": 3}, "post": o}
	if post, ok := o["post_id"]; ok {
		v["post"], v["comment"] = d.posts[post.(int)], o
	}
	return v
}

func (d *den) answer(w http.ResponseWriter, r *http.Request) any {
	q := r.URL.Query()
	if !strings.HasPrefix(r.URL.Path, "/api/v3/") {
		return nil
	}
	all, word := d.posts, "post"
	if strings.HasPrefix(r.URL.Path, "/api/v3/comment") {
		all, word = d.comments, "comment"
	}
	if q.Get("id") != "" {
		if o := all[atoi(q.Get("id"))]; o != nil {
			return map[string]any{word + "_view": d.view(o)}
		}
		w.WriteHeader(http.StatusNotFound)
		return `{"error":"couldnt_find_` + word + `"}`
	}
	var ids []int
	for id := range all {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	slices.Reverse(ids)
	page, out := atoi(q.Get("page")), []any{}
	for _, id := range ids[min(len(ids), 4*(page-1)):min(len(ids), 4*page)] {
		out = append(out, d.view(all[id]))
	}
	return map[string]any{word + "s": out}
}

func TestLemmyIsFollowed(t *testing.T) {
	d := newDen()
	f := serveFake(t, d.answer)
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "lemmy"}
	s := f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) != 7 || s.Saved.New != 15 || s.Stopped != "" {
		t.Errorf("first crawl: %q, %+v; want 3 pages of posts and 4 of comments, 15 new", got, s.Saved)
	}
	expectPosts(t, m, map[string]string{"p2": "ada@else.example in p2", "c18": "bo@else.example in p2, topic p2", "c19": "cy@else.example in p2, reply c18, mention ada, mention far@else.example"})
	if p := m.stored("p2"); p.Title != "Oven 2" || p.Place != "bread" || p.Score != 3 || p.Body != "**cold**" || p.Format != "text" {
		t.Errorf("post: %+v", p)
	}

	d.comment(20, 1, 2, 20, "0.18.19", "new")
	d.comments[19]["content"] = "edited"
	c.pass(time.Hour)
	s = f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) != 2 || s.Saved.New != 1 || s.Saved.Changed != 1 {
		t.Errorf("an hour later: %q, %+v; want one page of each list, 1 new, 1 changed", got, s.Saved)
	}
	delete(d.comments, 15) // falls between two pages
	delete(d.posts, 1)
	d.comments[12]["deleted"] = true
	d.posts[3]["removed"] = true
	d.posts[4]["body"] = "edited"
	c.pass(24 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Deleted != 2 || s.Saved.Changed != 1 {
		t.Errorf("a day later: %+v; want two that are marked deleted, 1 changed", s.Saved)
	}
	c.pass(2 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Deleted != 2 || m.post("c15") != "gone" || m.post("p1") != "gone" {
		t.Errorf("and two hours: %+v, c15 %s, p1 %s; want both deleted", s.Saved, m.post("c15"), m.post("p1"))
	}
}

func TestLemmyCommunity(t *testing.T) {
	d := newDen()
	f := serveFake(t, d.answer)
	f.crawl(t, SourceConfig{Kind: "lemmy", URL: f.url + "/c/bread"}, newClock(), newMemory())
	for _, uri := range f.asked() {
		if !strings.HasPrefix(uri, "/api/v3/") || !strings.Contains(uri, "community_name=bread") {
			t.Errorf("asked for %s, want only the community", uri)
		}
	}
	r, err := Test(t.Context(), SourceConfig{Name: "src", Kind: "lemmy", URL: f.url, Allow: []string{strings.TrimPrefix(f.url, "http://")}}, Options{Now: newClock().now})
	if err != nil || !r.Recognised || len(r.Open) != 2 || len(r.Posts) != 4 {
		t.Errorf("probe: %+v, %v", r, err)
	}
}

func FuzzLemmy(target *testing.F) {
	f := fuzz.Of(target)
	d := newDen()
	posts, _ := json.Marshal(map[string]any{"posts": []any{d.view(d.posts[1])}})
	comments, _ := json.Marshal(map[string]any{"comments": []any{d.view(d.comments[19])}})
	one, _ := json.Marshal(map[string]any{"comment_view": d.view(d.comments[19])})
	f.Add("list", posts)
	f.Add("again", comments)
	f.Add("check", one)
	keys := map[string]string{"list": "post:0:1:9223372036854775807", "again": "again:comment:5:2:1795334400:2026-11-22", "check": "check:c19", "gone": "gone:c19"}
	f.Fuzz(func(t *testing.T, task string, body []byte) {
		fuzzOne(t, SourceConfig{Kind: "lemmy", URL: "https://den.example"}, task, keys[task], body)
	})
}
