package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tribu/data/fuzz"
)

func TestCapturesOfMastodon(t *testing.T) {
	names, _ := filepath.Glob("../../shared/data/fixtures/mastodon/*.json")
	if len(names) == 0 {
		t.Skip("no captures here: ../shared/data/fixtures/mastodon is missing")
	}
	kinds := []struct{ name, path, key string }{{"instance", `/api/v2/instance/?$`, "instance"}, {"page", `/timelines/(public|tag)`, "page:public:0"},
		{"context", `/context$`, "context:110446983926957470:1"}, {"status", `/statuses/\d+$`, "status:1"}}
	count := map[string]int{}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var c struct {
			Request  struct{ URI string }
			Response struct {
				Status int
				Body   json.RawMessage
			}
		}
		if err := json.Unmarshal(b, &c); err != nil {
			t.Fatal(err)
		}
		for _, k := range kinds {
			if !regexp.MustCompile(k.path).MatchString(c.Request.URI) {
				continue
			}
			out, err := parseOne(SourceConfig{Kind: "mastodon", URL: "https://m.example"}, k.name, k.key, "", c.Response.Status, c.Response.Body)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			} else if err := sound(out); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			count[k.name]++
			count["posts"] += len(out.Batch.Posts)
			count["turns"] += len(out.Batch.Interactions)
			count["closed"] += len(out.Notes)
			for _, a := range out.Batch.Authors {
				if a.OptedOut {
					count["opted out"]++
				}
			}
		}
	}
	if got, want := fmt.Sprint(count), "map[closed:11 context:2 instance:18 opted out:39 page:9 posts:86 status:20 turns:10]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A tusk is a status of the fake server.
func tusk(id, replyTo int, acct, content string, more ...any) map[string]any {
	s := map[string]any{"id": strconv.Itoa(id), "created_at": time.Date(2026, 11, 20, 0, 0, id, 0, time.UTC).Format(time.RFC3339Nano), "visibility": "public",
		"language": "it", "url": fmt.Sprintf("https://m.example/@%s/%d", acct, id), "content": content, "replies_count": 0, "in_reply_to_id": nil, "mentions": []any{}, "tags": []any{},
		"account": map[string]any{"id": "a-" + acct, "acct": acct, "display_name": strings.ToUpper(acct), "url": "https://m.example/@" + acct, "note": "", "indexable": true}}
	if replyTo > 0 {
		s["in_reply_to_id"] = strconv.Itoa(replyTo)
	}
	for i := 0; i < len(more); i += 2 {
		s[more[i].(string)] = more[i+1]
	}
	return s
}

// A herd answers as Mastodon does: the public timeline has the posts that answer nothing.
type herd struct {
	all    map[int]map[string]any
	access string
	limit  string // X-RateLimit-Remaining
}

func (s *herd) answer(w http.ResponseWriter, r *http.Request) any {
	w.Header().Set("X-RateLimit-Remaining", s.limit)
	w.Header().Set("X-RateLimit-Reset", newClock().at.Add(5*time.Minute).Format(time.RFC3339))
	q := r.URL.Query()
	parts := strings.Split(r.URL.Path, "/")
	switch {
	case r.URL.Path == "/api/v2/instance":
		return map[string]any{"domain": "m.example", "version": "4.5.0", "configuration": map[string]any{"timelines_access": map[string]any{
			"live_feeds": map[string]any{"local": s.access}, "hashtag_feeds": map[string]any{"local": s.access}}}}
	case r.URL.Path == "/api/v1/timelines/public" && q.Get("local") == "true":
		return s.timeline(w, q.Get("min_id"), func(m map[string]any) bool { return m["in_reply_to_id"] == nil })
	case strings.HasPrefix(r.URL.Path, "/api/v1/timelines/tag/"):
		return s.timeline(w, q.Get("min_id"), func(m map[string]any) bool { return strings.Contains(fmt.Sprint(m["tags"]), parts[5]) })
	case strings.HasSuffix(r.URL.Path, "/context"):
		return s.context(parts[4])
	case strings.HasPrefix(r.URL.Path, "/api/v1/statuses/"):
		if m := s.all[number(atoi(parts[4]))]; m != nil {
			return m
		}
	}
	return nil
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func (s *herd) ids() []int {
	var ids []int
	for id := range s.all {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (s *herd) timeline(w http.ResponseWriter, above string, wanted func(map[string]any) bool) any {
	page := []any{}
	for _, id := range s.ids() {
		if id > atoi(above) && wanted(s.all[id]) && len(page) < 40 {
			page = append([]any{s.all[id]}, page...)
		}
	}
	w.Header().Set("Link", `<https://m.example/elsewhere?min_id=1>; rel="prev"`)
	return page
}

func (s *herd) context(id string) any {
	if s.all[atoi(id)] == nil {
		return nil
	}
	up, down := []any{}, []any{}
	for m := s.all[atoi(id)]; m["in_reply_to_id"] != nil; {
		if m = s.all[atoi(m["in_reply_to_id"].(string))]; m == nil {
			break
		}
		up = append([]any{m}, up...)
	}
	below := map[string]bool{id: true}
	for _, n := range s.ids() {
		if p := s.all[n]["in_reply_to_id"]; p != nil && below[p.(string)] {
			below[strconv.Itoa(n)] = true
			down = append(down, s.all[n])
		}
	}
	return map[string]any{"ancestors": up, "descendants": down}
}

func newHerd() *herd {
	s := &herd{all: map[int]map[string]any{}, limit: "299", access: "public"}
	for id := 1; id <= 90; id++ {
		s.all[id] = tusk(id, 0, "ada", "<p>one</p>")
	}
	s.all[7]["replies_count"] = 2
	s.all[101] = tusk(101, 7, "bo", "<p>@ada</p>", "mentions", []any{map[string]any{"acct": "ada"}, map[string]any{"acct": "far@else.example"}}, "replies_count", 1)
	s.all[102] = tusk(102, 101, "cy", "<p>x</p>", "tags", []any{map[string]any{"name": "pane"}})
	s.all[103] = tusk(103, 0, "di", "<p>q</p>", "quote", map[string]any{"state": "accepted", "quoted_status": s.all[101]})
	s.all[104] = tusk(104, 0, "ed", "secret", "visibility", "private")
	s.all[105] = tusk(105, 0, "flo", "<p>leave me</p>")
	s.all[105]["account"].(map[string]any)["note"] = `<p>baker <a href="x">#<span>nobot</span></a></p>`
	return s
}

func TestMastodonIsFollowed(t *testing.T) {
	s := newHerd()
	f := serveFake(t, s.answer)
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "mastodon"}
	sum := f.crawl(t, cfg, c, m)
	if got, want := len(f.asked()), 5; got != want || sum.Stopped != "" || sum.Dead > 0 {
		t.Errorf("first crawl: %d requests, want %d (settings, 3 pages, 1 thread); stopped %q, notes %q", got, want, sum.Stopped, sum.Notes)
	}
	expectPosts(t, m, map[string]string{"7": "ADA in 7", "101": "BO in 7, reply 7, mention ada, mention far@else.example", "102": "CY in 7, reply 101",
		"103": "DI in 103, quote 101", "104": "unknown", "90": "ADA in 90"})
	if !m.authors[m.posts[idOf("105")].Author].OptedOut {
		t.Error("#nobot in a description is not heard")
	}

	s.all[200] = tusk(200, 0, "bo", "<p>new</p>")
	s.all[80]["content"] = "<p>edited, but not among the newest</p>"
	s.all[103]["content"] = "<p>edited</p>"
	delete(s.all, 88)
	c.pass(time.Hour)
	sum = f.crawl(t, cfg, c, m)
	if got := len(f.asked()); got != 3 || sum.Saved.New != 1 || sum.Saved.Changed != 1 {
		t.Errorf("an hour later: %d requests, %+v; want 3 (settings, a page, the one that is missing), 1 new, 1 changed", got, sum.Saved)
	}
	c.pass(2 * time.Hour)
	if sum = f.crawl(t, cfg, c, m); sum.Saved.Deleted != 1 || m.post("88") != "gone" {
		t.Errorf("missing for hours: %+v, want it deleted", sum.Saved)
	}

	delete(s.all, 5)
	delete(s.all, 102)
	s.all[7]["replies_count"] = 1
	c.pass(25 * time.Hour)
	if sum = f.crawl(t, cfg, c, m); sum.Saved.Changed != 1 || m.stored("80").Body == "<p>one</p>" {
		t.Errorf("a day later: %+v, post 80 %q; want its edit read", sum.Saved, m.stored("80").Body)
	}
	c.pass(2 * time.Hour)
	if sum = f.crawl(t, cfg, c, m); sum.Saved.Deleted != 2 {
		t.Errorf("after a day and two hours: %+v, want posts 5 and 102 deleted", sum.Saved)
	}
}

// TestMastodonIsReadAgainAfterAnHour: what is written after many others is read again an hour later.
func TestMastodonIsReadAgainAfterAnHour(t *testing.T) {
	c, m, s := newClock(), newMemory(), &herd{all: map[int]map[string]any{}, limit: "299", access: "public"}
	for id := 1; id <= 55; id++ {
		s.all[id] = tusk(id, 0, "ada", "<p>one</p>", "created_at", c.at.Add(time.Duration(id-56)*time.Minute).Format(time.RFC3339))
	}
	f := serveFake(t, s.answer)
	f.crawl(t, SourceConfig{Kind: "mastodon"}, c, m)
	s.all[20]["content"] = "<p>edited</p>"
	delete(s.all, 21)
	c.pass(10 * time.Minute)
	if sum := f.crawl(t, SourceConfig{Kind: "mastodon"}, c, m); sum.Saved.Changed != 0 {
		t.Errorf("ten minutes later: %+v, want nothing read but the newest", sum.Saved)
	}
	c.pass(time.Hour)
	if sum := f.crawl(t, SourceConfig{Kind: "mastodon"}, c, m); sum.Saved.Changed != 1 || m.stored("20").Body != "<p>edited</p>" {
		t.Errorf("an hour later: %+v, want the edit", sum.Saved)
	}
	c.pass(time.Hour)
	if sum := f.crawl(t, SourceConfig{Kind: "mastodon"}, c, m); sum.Saved.Deleted != 1 || m.post("21") != "gone" {
		t.Errorf("two hours later: %+v, want what is gone twice deleted", sum.Saved)
	}
}

func TestMastodonTags(t *testing.T) {
	s := newHerd()
	f := serveFake(t, s.answer)
	m := newMemory()
	f.crawl(t, SourceConfig{Kind: "mastodon", Tags: []string{"#pane"}}, newClock(), m)
	if got, want := len(f.asked()), 4; got != want {
		t.Errorf("%d requests, want %d: settings, a page, the thread of the answer in it, the answer again", got, want)
	}
	expectPosts(t, m, map[string]string{"7": "ADA in 7", "101": "BO in 7, reply 7, mention ada, mention far@else.example", "102": "CY in 7, reply 101"})
}

func TestMastodonThatIsClosed(t *testing.T) {
	s := newHerd()
	s.access = "authenticated"
	f := serveFake(t, s.answer)
	sum := f.crawl(t, SourceConfig{Kind: "mastodon"}, newClock(), newMemory())
	if got := f.asked(); len(got) != 1 || len(sum.Notes) != 1 || !strings.Contains(sum.Notes[0], "authenticated") {
		t.Errorf("requests %q, notes %q; want only the settings and a note", got, sum.Notes)
	}
}

func TestMastodonRateLimitIsObeyed(t *testing.T) {
	s := newHerd()
	s.limit = "0"
	f := serveFake(t, s.answer)
	c := newClock()
	f.crawl(t, SourceConfig{Kind: "mastodon"}, c, newMemory())
	if len(c.slept) == 0 || c.slept[0] != 5*time.Minute {
		t.Errorf("slept %v, want 5m first: nothing remained until then", c.slept)
	}
}

func FuzzMastodon(target *testing.F) {
	f := fuzz.Of(target)
	b, _ := json.Marshal([]any{tusk(1, 0, "ada", "x"), tusk(2, 1, "bo", "@ada")})
	f.Add("page", b)
	c, _ := json.Marshal(newHerd().context("101"))
	f.Add("context", c)
	q, _ := json.Marshal(newHerd().all[103])
	f.Add("status", q)
	keys := map[string]string{"instance": "instance", "page": "page:public:0", "again": "again:page:tag/x:1:2026-11-22", "context": "context:7:2", "status": "status:1", "check": "check:1", "gone": "gone:1", "sample": "page:public:"}
	f.Fuzz(func(t *testing.T, task string, body []byte) {
		fuzzOne(t, SourceConfig{Kind: "mastodon", URL: "https://m.example"}, task, keys[task], body)
	})
}
