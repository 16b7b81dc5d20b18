package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tribu/data/fuzz"
)

// A blog answers as WordPress does.
type blog struct {
	posts, comments map[int]map[string]any
	head            string
	held            map[int]bool // comments that wait for a moderator
	perPage         int
}

func newBlog() *blog {
	b := &blog{posts: map[int]map[string]any{}, comments: map[int]map[string]any{}, held: map[int]bool{}, perPage: 3}
	for id := 1; id <= 4; id++ {
		b.posts[id] = wpObject(id, fmt.Sprintf("<p>article %d</p>", id))
		b.posts[id]["title"] = map[string]any{"rendered": fmt.Sprintf("Bread &#038; <b>butter</b> %d", id)}
		b.posts[id]["author"] = 1
		b.posts[id]["_embedded"] = map[string]any{"author": []any{map[string]any{"name": "Ada Rossi", "slug": "ada", "link": "https://b.example/author/ada"}}}
	}
	for id := 11; id <= 17; id++ {
		b.comment(id, 1+id%2, 0, "Bo", "x")
	}
	b.comment(18, 1, 17, "Cy", "<p>@Bo yes, <code>@no</code></p>")
	return b
}

func wpObject(id int, body string) map[string]any {
	return map[string]any{"id": id, "date_gmt": time.Date(2026, 11, 18, 10, id, 0, 0, time.UTC).Format("2006-01-02T15:04:05"), "link": fmt.Sprintf("https://b.example/%d", id),
		"content": map[string]any{"rendered": body}}
}

func (b *blog) comment(id, post, parent int, name, body string) {
	c := wpObject(id, body)
	c["post"], c["parent"], c["author"], c["author_name"] = post, parent, 0, name
	c["author_avatar_urls"] = map[string]any{"24": "https://gravatar.example/" + name}
	b.comments[id] = c
}

func (b *blog) answer(w http.ResponseWriter, r *http.Request) any {
	if r.URL.Path == "/" {
		w.Header().Set("Content-Type", "text/html")
		return "<html><head>" + b.head + "</head></html>"
	}
	if !strings.HasPrefix(r.URL.Path, "/wp-json/wp/v2/") {
		return nil
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	parts := strings.Split(r.URL.Path, "/")
	all := b.posts
	if len(parts) > 4 && parts[4] == "comments" {
		all = b.comments
	}
	if len(parts) == 6 {
		o := all[atoi(parts[5])]
		switch {
		case b.held[atoi(parts[5])]:
			w.WriteHeader(http.StatusUnauthorized)
			return `{"code":"rest_cannot_read","data":{"status":401}}`
		case o == nil:
			return nil
		}
		return o
	}
	return b.list(w, all, r.URL.Query().Get("after"), atoi(r.URL.Query().Get("page")))
}

func (b *blog) list(w http.ResponseWriter, all map[int]map[string]any, after string, page int) any {
	var ids []int
	for id, o := range all {
		if o["date_gmt"].(string)+"Z" > after && !b.held[id] {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	pages := (len(ids) + b.perPage - 1) / b.perPage
	w.Header().Set("X-WP-TotalPages", strconv.Itoa(pages))
	out := []any{}
	if page > max(pages, 1) {
		w.WriteHeader(http.StatusBadRequest)
		return `{"code":"rest_post_invalid_page_number"}`
	}
	for _, id := range ids[min(len(ids), (page-1)*b.perPage):min(len(ids), page*b.perPage)] {
		out = append(out, all[id])
	}
	return out
}

func TestWordPressIsFollowed(t *testing.T) {
	b := newBlog()
	b.held[15] = true
	f := serveFake(t, b.answer)
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "wordpress"}
	s := f.crawl(t, cfg, c, m)
	if got, want := len(f.asked()), 6; got != want || s.Saved.New != 11 || s.Dead > 0 {
		t.Errorf("first crawl: %d requests, %+v, notes %q; want %d (front page, 2 of articles, 3 of comments) and 11 new", got, s.Saved, s.Notes, want)
	}
	expectPosts(t, m, map[string]string{"p1": "Ada Rossi in p1", "c12": "Bo in p1, topic p1", "c18": "Cy in p1, reply c17, mention Bo", "c15": "unknown"})
	if p := m.stored("p1"); p.Title != "Bread & butter 1" || m.stored("c18").Body != "<p>@Bo yes, <code>@no</code></p>" {
		t.Errorf("title %q, body %q", p.Title, m.stored("c18").Body)
	}

	b.comment(19, 2, 18, "Di", "new")
	b.comments[18]["content"] = map[string]any{"rendered": "edited"}
	delete(b.comments, 17)
	b.held = map[int]bool{16: true} // 15 is let through with its own time, 16 is taken back
	c.pass(time.Hour)
	s = f.crawl(t, cfg, c, m)
	if got := len(f.asked()); got != 8 || s.Saved.New != 2 || s.Saved.Changed != 1 {
		t.Errorf("an hour later: %d requests, %+v; want 8 (front page, 2 + 3 of lists, 2 that are missing), 2 new, 1 changed", got, s.Saved)
	}
	c.pass(2 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Deleted != 2 || m.post("c17") != "gone" || m.post("c16") != "gone" {
		t.Errorf("missing for hours: %+v; want c17 (deleted) and c16 (taken back) deleted", s.Saved)
	}
	f.asked()
	delete(b.comments, 13) // falls between two pages
	b.posts[2]["content"] = map[string]any{"rendered": "edited"}
	c.pass(24 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Changed != 1 {
		t.Errorf("a day later: %+v; want the edited article", s.Saved)
	}
	c.pass(2 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Deleted != 1 || m.post("c13") != "gone" {
		t.Errorf("and two hours: %+v, c13 %s; want it deleted", s.Saved, m.post("c13"))
	}
}

func TestWordPressThatWantsToBeLeftAlone(t *testing.T) {
	b := newBlog()
	b.head = `<meta name="robots" content="noindex, nofollow">`
	f := serveFake(t, b.answer)
	s := f.crawl(t, SourceConfig{Kind: "wordpress"}, newClock(), newMemory())
	if got := f.asked(); len(got) != 1 || s.Denied != 1 || s.Saved.New != 0 {
		t.Errorf("requests %q, denied %d, %+v; want the front page only", got, s.Denied, s.Saved)
	}
	r, err := Test(t.Context(), SourceConfig{Name: "src", Kind: "wordpress", URL: f.url, Allow: []string{strings.TrimPrefix(f.url, "http://")}}, Options{Now: newClock().now})
	if err != nil || r.Recognised || len(r.Closed) != 1 {
		t.Errorf("probe: %+v, %v; want it closed", r, err)
	}
	b.head = ""
	r, err = Test(t.Context(), SourceConfig{Name: "src", Kind: "wordpress", URL: f.url, Allow: []string{strings.TrimPrefix(f.url, "http://")}}, Options{Now: newClock().now})
	if err != nil || !r.Recognised || r.Problem != "" || len(r.Posts) != 3 {
		t.Errorf("probe of an open site: %+v, %v; want a sample of 3", r, err)
	}
}

func FuzzWordPress(target *testing.F) {
	f := fuzz.Of(target)
	b := newBlog()
	one, _ := json.Marshal(b.comments[18])
	f.Add("check", one)
	list, _ := json.Marshal([]any{b.comments[17], b.comments[18]})
	f.Add("list", list)
	articles, _ := json.Marshal([]any{b.posts[1]})
	f.Add("again", articles)
	keys := map[string]string{"home": "home", "list": "comments:0:1:0", "again": "again:posts:1763600000:1:1763600000:2026-11-22", "check": "check:c18", "gone": "gone:c18"}
	f.Fuzz(func(t *testing.T, task string, body []byte) {
		fuzzOne(t, SourceConfig{Kind: "wordpress", URL: "https://b.example"}, task, keys[task], body)
	})
}
