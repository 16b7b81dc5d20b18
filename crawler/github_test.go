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

// A hub answers as GitHub does: what was changed since, oldest change first.
type hub struct {
	entries map[string]map[string]any // by path
	quota   bool                      // is used up
}

func newHub() *hub {
	h := &hub{entries: map[string]map[string]any{}}
	h.issue(1, 7, "Squeak", "it squeaks", 1)
	h.issue(2, 8, "Pumps", "@ada-l see `@nobody`\n> @quoted\nand me@home.example", 2)
	h.comment(11, 1, 8, "oil, @ada-l", 3)
	h.comment(12, 1, 7, "thanks", 4)
	h.comment(13, 2, 9, "automatic", 5)
	return h
}

func (h *hub) put(path string, by, hours int, more map[string]any) {
	at := newClock().at.Add(time.Duration(hours-48) * time.Hour).Format(time.RFC3339)
	e := map[string]any{"created_at": at, "updated_at": at, "path": path,
		"user": map[string]any{"id": by, "login": map[int]string{7: "ada-l", 8: "bo", 9: "helper[bot]"}[by], "type": map[bool]string{true: "Bot", false: "User"}[by == 9]}}
	for k, v := range more {
		e[k] = v
	}
	h.entries[path] = e
}

func (h *hub) issue(number, by int, title, body string, hours int) {
	path := fmt.Sprintf("/repos/o/bikes/issues/%d", number)
	h.put(path, by, hours, map[string]any{"id": 1000 + number, "number": number, "title": title, "body": body, "html_url": fmt.Sprintf("https://github.com/o/bikes/issues/%d", number), "reactions": map[string]any{"total_count": 2}})
}

func (h *hub) comment(id, issue, by int, body string, hours int) {
	h.put(fmt.Sprintf("/repos/o/bikes/issues/comments/%d", id), by, hours, map[string]any{"id": id, "body": body, "issue_url": fmt.Sprintf("https://api/repos/o/bikes/issues/%d", issue)})
}

func (h *hub) edit(path, body string, at time.Time) {
	h.entries[path]["body"], h.entries[path]["updated_at"] = body, at.Format(time.RFC3339)
}

func (h *hub) answer(w http.ResponseWriter, r *http.Request) any {
	if h.quota {
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Reset", fmt.Sprint(newClock().at.Add(40*time.Minute).Unix()))
		w.WriteHeader(http.StatusForbidden)
		return `{"message":"API rate limit exceeded"}`
	}
	for _, e := range h.entries {
		e["url"] = "http://" + r.Host + e["path"].(string)
	}
	path := strings.TrimPrefix(r.URL.Path, "/api")
	if e, ok := h.entries[path]; ok {
		return e
	}
	if path != "/repos/o/bikes/issues" && path != "/repos/o/bikes/issues/comments" {
		return nil
	}
	var all []map[string]any
	q := r.URL.Query()
	for p, e := range h.entries {
		if p[:strings.LastIndexByte(p, '/')] == path && e["updated_at"].(string) >= q.Get("since") {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b map[string]any) int {
		return strings.Compare(a["updated_at"].(string)+a["path"].(string), b["updated_at"].(string)+b["path"].(string))
	})
	per, page := atoi(q.Get("per_page")), atoi(q.Get("page"))
	return append([]map[string]any{}, all[min(len(all), per*(page-1)):min(len(all), per*page)]...)
}

func githubSource(url string) SourceConfig {
	return SourceConfig{Name: "src", Kind: "github", URL: "https://github.com/o/bikes", API: url + "/api", Allow: []string{strings.TrimPrefix(url, "http://")}}
}

func TestGithubIsFollowed(t *testing.T) {
	h := newHub()
	for n := range 150 { // more than a page, many of one second
		h.comment(200+n, 1, 8, "more", 6+2*(n/120))
	}
	f := serveFake(t, h.answer)
	c, m, cfg := newClock(), newMemory(), githubSource(f.url)
	s := f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) != 4 || s.Saved.New != 154 || s.Stopped != "" {
		t.Errorf("first crawl: %q, %+v, %q; want a page of issues and three of comments, of which one second fills more than one, 154 new", got, s.Saved, s.Notes)
	}
	expectPosts(t, m, map[string]string{"i1": "ada-l in i1", "i2": "bo in i2, mention ada-l", "c11": "bo in i1, topic i1, mention ada-l", "c12": "ada-l in i1, topic i1", "c13": "unknown"})
	if p := m.stored("i1"); p.Title != "Squeak" || p.Place != "o/bikes" || p.Score != 2 || p.URL != "https://github.com/o/bikes/issues/1" {
		t.Errorf("issue: %+v", p)
	}

	c.pass(time.Hour)
	h.edit("/repos/o/bikes/issues/comments/12", "edited", c.now())
	h.comment(14, 2, 7, "new", 49)
	if s = f.crawl(t, cfg, c, m); s.Saved.New != 1 || s.Saved.Changed != 1 || len(f.asked()) != 2 {
		t.Errorf("an hour later: %+v; want 1 new, 1 edited in two requests", s.Saved)
	}
	delete(h.entries, "/repos/o/bikes/issues/comments/11")
	h.entries["/repos/o/bikes/issues/2"]["path"] = "/repos/o/pumps/issues/1" // moved to another repository
	moved := h.entries["/repos/o/bikes/issues/2"]
	delete(h.entries, "/repos/o/bikes/issues/2")
	c.pass(24 * time.Hour)
	f.crawl(t, cfg, c, m)
	h.entries["/repos/o/bikes/issues/2"] = moved
	c.pass(2 * time.Hour)
	if s = f.crawl(t, cfg, c, m); m.post("c11") != "gone" || m.post("i2") != "gone" {
		t.Errorf("a day and two hours later: %+v, c11 %q, i2 %q; want both deleted", s.Saved, m.post("c11"), m.post("i2"))
	}
}

func TestGithubsQuotaIsWaitedFor(t *testing.T) {
	h := newHub()
	f := serveFake(t, h.answer)
	c, m, cfg := newClock(), newMemory(), githubSource(f.url)
	h.quota = true
	if s := f.crawl(t, cfg, c, m); s.Saved.New != 0 || s.Dead != 0 || !s.ParkedTo.Equal(newClock().at.Add(40*time.Minute)) {
		t.Errorf("no quota: %+v; want nothing given up, and a pause until it is full again", s)
	}
	h.quota = false
	c.pass(time.Hour)
	if s := f.crawl(t, cfg, c, m); s.Saved.New != 4 {
		t.Errorf("an hour later: %+v, %q, %q; want all four", s.Saved, s.Notes, s.Stopped)
	}
}

func TestATokenIsToldToItsHostAlone(t *testing.T) {
	const token = "SECRET-token"
	var told, elsewhere []string
	other := serveFake(t, func(_ http.ResponseWriter, r *http.Request) any {
		elsewhere = append(elsewhere, r.Header.Get("Authorization"))
		return "[]"
	})
	f := serveFake(t, func(w http.ResponseWriter, r *http.Request) any {
		told = append(told, r.Header.Get("Authorization"))
		if strings.HasSuffix(r.URL.Path, "/comments") {
			http.Redirect(w, r, other.url+"/x", http.StatusFound)
			return ""
		}
		return "no json"
	})
	c, m, cfg := newClock(), newMemory(), githubSource(f.url)
	cfg.Token, cfg.Allow = token, append(cfg.Allow, strings.TrimPrefix(other.url, "http://"))
	s, err := Run(t.Context(), Options{Sources: []SourceConfig{cfg}, Contact: "mailto:us@example.org", Now: c.now, sleep: c.sleep}, m)
	if err != nil || len(told) != 2 || told[0] != "Bearer "+token || len(elsewhere) != 1 || elsewhere[0] != "" {
		t.Errorf("told %q, elsewhere %q, %v", told, elsewhere, err)
	}
	if kept := fmt.Sprintf("%+v %+v %+v %+v", s, m.tasks, m.cursors, m.failures); strings.Contains(kept, token) {
		t.Errorf("the token is kept: %s", kept)
	}
	cfg.Kind, cfg.URL = "lemmy", f.url
	if _, err := Run(t.Context(), Options{Sources: []SourceConfig{cfg}, Now: c.now}, m); err == nil || strings.Contains(err.Error(), token) {
		t.Errorf("a token where none is taken: %v", err)
	}
}

func FuzzGithub(target *testing.F) {
	f := fuzz.Of(target)
	h := newHub()
	issues, _ := json.Marshal([]any{h.entries["/repos/o/bikes/issues/1"], h.entries["/repos/o/bikes/issues/2"]})
	comments, _ := json.Marshal([]any{h.entries["/repos/o/bikes/issues/comments/11"]})
	one, _ := json.Marshal(h.entries["/repos/o/bikes/issues/comments/12"])
	f.Add("list", issues)
	f.Add("again", comments)
	f.Add("check", one)
	keys := map[string]string{"list": "issues:0:1", "again": "again:issues", "check": "check:c12", "gone": "gone:c12"}
	f.Fuzz(func(t *testing.T, task string, body []byte) {
		fuzzOne(t, SourceConfig{Kind: "github", URL: "https://github.com/o/bikes"}, task, keys[task], body)
	})
}
