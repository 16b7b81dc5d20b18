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

// A terrace answers as Flarum does, four posts to a page, newest first.
type terrace struct{ posts []map[string]any }

func newTerrace() *terrace {
	f := &terrace{}
	f.post(1, 1, "Chains", 7, `<p>squeak</p>`)
	f.post(1, 2, "Chains", 8, `<p><a href="http://x/d/1-chains/1" class="PostMention" data-id="1">ada</a> oil</p>`)
	f.post(1, 3, "Chains", 0, `<p><a href="http://x/u/Bo%20B" class="UserMention">@Bo</a> wax</p>`)
	f.post(2, 1, "Pumps", 8, `<p>air</p>`)
	for number := 2; number <= 8; number++ {
		f.post(2, number, "Pumps", 7, `<p>more</p>`)
	}
	f.posts = append(f.posts, map[string]any{"type": "posts", "id": "99", "attributes": map[string]any{"number": 4, "createdAt": "2026-11-20T08:00:00+00:00", "contentType": "discussionRenamed", "content": []any{"a", "b"}},
		"relationships": map[string]any{"discussion": map[string]any{"data": map[string]any{"type": "discussions", "id": "1"}}}})
	return f
}

func (f *terrace) post(discussion, number int, title string, by int, html string) {
	at := newClock().at.Add(time.Duration(100*discussion+10*number-400) * time.Minute)
	f.posts = append(f.posts, map[string]any{"type": "posts", "id": fmt.Sprint(len(f.posts) + 1), "title": title, "by": by,
		"attributes": map[string]any{"number": number, "createdAt": at.Format("2006-01-02T15:04:05-07:00"), "contentType": "comment", "contentHtml": html, "isHidden": false},
		"relationships": map[string]any{"discussion": map[string]any{"data": map[string]any{"type": "discussions", "id": fmt.Sprint(discussion)}},
			"user": map[string]any{"data": map[string]any{"type": "users", "id": fmt.Sprint(by)}}}})
}

func (f *terrace) remove(discussion, number int) {
	f.posts = slices.DeleteFunc(f.posts, func(p map[string]any) bool { return f.is(p, discussion, number) })
}

func (f *terrace) is(p map[string]any, discussion, number int) bool {
	a, _ := json.Marshal(p["relationships"])
	return p["attributes"].(map[string]any)["number"] == number && strings.Contains(string(a), fmt.Sprintf(`"id":"%d","type":"discussions"`, discussion))
}

func (f *terrace) answer(_ http.ResponseWriter, r *http.Request) any {
	if r.URL.Path != "/api/posts" {
		return nil
	}
	q := r.URL.Query()
	var all []map[string]any
	for _, p := range f.posts {
		switch {
		case p["attributes"].(map[string]any)["contentType"] != "comment" && q.Get("filter[type]") == "comment":
		case q.Get("filter[discussion]") != "" && !f.is(p, atoi(q.Get("filter[discussion]")), atoi(q.Get("filter[number]"))):
		default:
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b map[string]any) int {
		return -strings.Compare(a["attributes"].(map[string]any)["createdAt"].(string), b["attributes"].(map[string]any)["createdAt"].(string))
	})
	offset := min(atoi(q.Get("page[offset]")), len(all))
	all = all[offset:min(len(all), offset+4)]
	included := []any{}
	for _, p := range all {
		if by, _ := p["by"].(int); by > 0 {
			name := map[int]string{7: "ada", 8: "Bo B"}[by]
			included = append(included, map[string]any{"type": "users", "id": fmt.Sprint(by), "attributes": map[string]any{"username": name, "displayName": strings.ToUpper(name)}})
		}
		included = append(included, map[string]any{"type": "discussions", "id": p["relationships"].(map[string]any)["discussion"].(map[string]any)["data"].(map[string]any)["id"], "attributes": map[string]any{"title": p["title"]}})
	}
	return map[string]any{"links": map[string]any{}, "data": append([]map[string]any{}, all...), "included": included}
}

func TestFlarumIsFollowed(t *testing.T) {
	x := newTerrace()
	f := serveFake(t, x.answer)
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "flarum"}
	s := f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) != 4 || s.Saved.New != 11 || s.Stopped != "" {
		t.Errorf("first crawl: %q, %+v, %q; want 4 pages, 11 new", got, s.Saved, s.Notes)
	}
	expectPosts(t, m, map[string]string{"1/1": "ADA in 1/1", "1/2": "BO B in 1/1, reply 1/1", "1/3": "[deleted] in 1/1, topic 1/1, mention Bo B", "2/5": "ADA in 2/1, topic 2/1"})
	if p := m.stored("1/1"); p.Title != "Chains" || p.URL != f.url+"/d/1/1" || m.stored("1/2").Title != "" {
		t.Errorf("post: %+v", p)
	}

	x.post(2, 30, "Pumps", 8, `<p>new</p>`)
	x.posts[10]["attributes"].(map[string]any)["contentHtml"] = "<p>edited</p>"
	c.pass(time.Hour)
	s = f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) > 3 || s.Saved.New != 1 || s.Saved.Changed != 1 {
		t.Errorf("an hour later: %q, %+v; want what is young alone, 1 new, 1 edited", got, s.Saved)
	}
	x.remove(1, 2)
	x.posts[0]["attributes"].(map[string]any)["contentHtml"] = "<p>edited too</p>"
	c.pass(24 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Changed != 1 {
		t.Errorf("a day later: %+v; want 1 edited", s.Saved)
	}
	c.pass(2 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Deleted != 1 || m.post("1/2") != "gone" {
		t.Errorf("and two hours: %+v, %s; want 1/2 deleted", s.Saved, m.post("1/2"))
	}
}

func FuzzFlarum(target *testing.F) {
	f := fuzz.Of(target)
	x := newTerrace()
	page, _ := json.Marshal(x.answer(nil, httptest.NewRequest(http.MethodGet, "/api/posts?filter[type]=comment", nil)))
	f.Add("list", page)
	f.Add("check", page)
	keys := map[string]string{"list": "posts:0:0", "again": "again:posts", "check": "check:1/1", "gone": "gone:1/1"}
	f.Fuzz(func(t *testing.T, task string, body []byte) {
		fuzzOne(t, SourceConfig{Kind: "flarum", URL: "https://place.example"}, task+"#0:1795334400", keys[task], body)
	})
}
