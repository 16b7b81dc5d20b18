package crawler

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data/fuzz"
)

// An exchange answers as the interface of Stack Exchange does, five posts to a page, always in gzip.
type exchange struct {
	all     map[string][]map[string]any // questions, answers, comments, by time
	backoff int
	empty   bool // the quota is used up
}

func (x *exchange) add(what string, id, on, by, seconds int, body string, more ...any) {
	key := map[string]string{"questions": "question_id", "answers": "answer_id", "comments": "comment_id"}[what]
	p := map[string]any{key: id, "creation_date": newClock().at.Add(-48*time.Hour).Unix() + int64(seconds), "body": body, "score": 1,
		"owner": map[string]any{"user_id": by, "display_name": fmt.Sprintf("U %d", by), "link": fmt.Sprintf("https://x.example/users/%d", by)}}
	p["last_activity_date"] = p["creation_date"]
	switch what {
	case "questions":
		p["title"], p["tags"], p["link"] = "Why &amp; how", []string{"oven", "bread"}, fmt.Sprintf("https://x.example/questions/%d", id)
	case "answers":
		p["question_id"] = on
	case "comments":
		p["post_id"] = on
	}
	for i := 0; i < len(more); i += 2 {
		p[more[i].(string)] = more[i+1]
	}
	x.all[what] = append(x.all[what], p)
}

func (x *exchange) remove(what string, id int) {
	x.all[what] = slices.DeleteFunc(x.all[what], func(p map[string]any) bool { return x.id(p) == id })
}

func (x *exchange) id(p map[string]any) int {
	for _, key := range []string{"comment_id", "answer_id", "question_id"} {
		if n := number(p[key]); n > 0 {
			return n
		}
	}
	return 0
}

func (x *exchange) answer(w http.ResponseWriter, r *http.Request) any {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	defer z.Close()
	if x.empty {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = z.Write([]byte(`{"error_id":502,"error_name":"throttle_violation","error_message":"too many requests from this IP, more requests available in 7200 seconds"}`))
		return ""
	}
	a := map[string]any{"items": x.find(r), "has_more": false, "quota_remaining": 9}
	if all := a["items"].([]any); len(all) > 5 {
		a["items"], a["has_more"] = all[:5], true
	}
	if x.backoff > 0 {
		a["backoff"] = x.backoff
	}
	_ = json.NewEncoder(z).Encode(a)
	return ""
}

func (x *exchange) find(r *http.Request) []any {
	q, parts := r.URL.Query(), strings.Split(strings.TrimPrefix(r.URL.Path, "/2.3/"), "/")
	out := []any{}
	if q.Get("site") != "x.example" || q.Get("filter") != "withbody" {
		return out
	}
	what, wanted := parts[0], func(p map[string]any) bool {
		return p["creation_date"].(int64) >= int64(atoi(q.Get("fromdate"))) && p["last_activity_date"].(int64) >= int64(atoi(q.Get("min")))
	}
	if len(parts) > 1 {
		ids := strings.Split(parts[1], ";")
		wanted = func(p map[string]any) bool { return slices.Contains(ids, fmt.Sprint(x.id(p))) }
		if len(parts) > 2 {
			what = parts[2]
			wanted = func(p map[string]any) bool {
				return slices.Contains(ids, fmt.Sprint(p["question_id"])) || slices.Contains(ids, fmt.Sprint(p["post_id"]))
			}
		}
	}
	skip := max(0, atoi(q.Get("page"))-1) * 5
	for _, p := range x.all[what] {
		if tag := q.Get("tagged"); wanted(p) && (tag == "" || slices.Contains(p["tags"].([]string), tag)) {
			if skip--; skip < 0 {
				out = append(out, p)
			}
		}
	}
	return out
}

func newExchange() *exchange {
	x := &exchange{all: map[string][]map[string]any{}}
	for id := 1; id <= 7; id++ {
		x.add("questions", id, 0, 1, id*10, "<p>Why?</p>")
	}
	x.add("questions", 20, 0, 1, 900, "x", "tags", []string{"trains"})
	x.add("answers", 11, 3, 2, 100, "<p>because</p>")
	x.add("comments", 21, 11, 3, 200, "@U2 really?")
	x.add("comments", 22, 11, 2, 210, "@U3 yes", "reply_to_user", map[string]any{"user_id": 3, "display_name": "U 3"})
	x.add("comments", 23, 3, 4, 220, "same here")
	x.add("comments", 24, 3, 0, 230, "gone account", "owner", map[string]any{"user_type": "does_not_exist", "display_name": "user99"})
	return x
}

func TestStackExchangeIsFollowed(t *testing.T) {
	x := newExchange()
	f := serveFake(t, x.answer)
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "stackexchange", URL: "https://x.example", API: f.url}
	s := f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) != 4 || s.Saved.New != 13 || s.Stopped != "" {
		t.Errorf("first crawl: %q, %+v, notes %q; want 2 pages of questions, answers, comments; 13 new", got, s.Saved, s.Notes)
	}
	expectPosts(t, m, map[string]string{"3": "U 1 in 3", "11": "U 2 in 3, reply 3", "c21": "U 3 in 3, reply 11, mention U2", "c22": "U 2 in 3, reply 11, mention U 3",
		"c23": "U 4 in 3, reply 3", "c24": "user99 in 3, reply 3"})
	if p := m.stored("3"); p.Title != "Why & how" || p.Place != "oven" || m.stored("c21").URL != "https://x.example/q/11#comment21_11" {
		t.Errorf("question %+v, comment at %s", p, m.stored("c21").URL)
	}

	x.add("comments", 25, 11, 4, 3600, "new")
	x.remove("comments", 23)
	x.all["questions"][7]["body"] = "edited, the newest"
	c.pass(time.Hour)
	s = f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) != 5 || s.Saved.New != 1 || s.Saved.Changed != 1 {
		t.Errorf("an hour later: %q, %+v; want 2 pages of questions, 2 lists and the one that is missing; 1 new, 1 changed", got, s.Saved)
	}
	c.pass(2 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Deleted != 1 || m.post("c23") != "gone" {
		t.Errorf("missing for hours: %+v; want it deleted", s.Saved)
	}
	x.all["answers"][0]["body"] = "edited"
	x.remove("questions", 5)
	c.pass(24 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Changed != 1 {
		t.Errorf("a day later: %+v; want the edited answer", s.Saved)
	}
	c.pass(2 * time.Hour)
	if s = f.crawl(t, cfg, c, m); s.Saved.Deleted != 1 || m.post("5") != "gone" {
		t.Errorf("and two hours: %+v; want question 5 deleted", s.Saved)
	}
}

func TestStackExchangeCommentsOnOldAnswers(t *testing.T) {
	x := newExchange()
	f := serveFake(t, x.answer)
	m := newMemory()
	u := strings.TrimPrefix(f.url, "http://")
	_, err := Run(t.Context(), Options{Sources: []SourceConfig{{Name: "src", Kind: "stackexchange", URL: "https://x.example", API: f.url, Allow: []string{u}}}, Now: newClock().now,
		Since: time.Unix(newClock().at.Add(-48*time.Hour).Unix()+150, 0), sleep: newClock().sleep}, m)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(f.asked()); got != 5 {
		t.Errorf("%d requests, want 5: three lists, the answer that comments are on, these comments", got)
	}
	if p := m.stored("c21"); m.threadOf(p.Thread) != "" && p.Thread != m.stored("c24").Thread {
		t.Errorf("comments on a question and its answer are in different threads: %+v, %+v", p, m.stored("c24"))
	}
}

func TestStackExchangeTags(t *testing.T) {
	x := newExchange()
	f := serveFake(t, x.answer)
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "stackexchange", URL: "https://x.example", API: f.url, Tags: []string{"oven"}}
	s := f.crawl(t, cfg, c, m)
	if s.Saved.New != 12 || m.post("20") != "unknown" {
		t.Errorf("%+v, notes %q, %q; want 12 new and nothing of other tags", s.Saved, s.Notes, f.asked())
	}
	expectPosts(t, m, map[string]string{"11": "U 2 in 3, reply 3", "c22": "U 2 in 3, reply 11, mention U 3"})
	x.remove("comments", 21)
	x.add("answers", 12, 3, 5, 3000, "late")
	x.all["questions"][2]["last_activity_date"] = x.all["answers"][1]["creation_date"]
	for _, wait := range []time.Duration{time.Hour, 2 * time.Hour} {
		c.pass(wait)
		f.crawl(t, cfg, c, m)
	}
	expectPosts(t, m, map[string]string{"12": "U 5 in 3, reply 3", "c21": "gone"})
}

func TestStackExchangePausesAreObeyed(t *testing.T) {
	x := newExchange()
	x.backoff = 10
	f := serveFake(t, x.answer)
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "stackexchange", URL: "https://x.example", API: f.url}
	if f.crawl(t, cfg, c, m); len(c.slept) != 3 || c.slept[0] != 10*time.Second {
		t.Errorf("slept %v, want 10s between the four requests", c.slept)
	}
	x.empty = true
	f.asked()
	c.pass(time.Hour)
	s := f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) != 1 || s.Dead > 0 || s.ParkedTo.Sub(c.now()) < 119*time.Minute {
		t.Errorf("quota used up: %d requests, %+v; want one, nothing given up, parked for two hours", len(got), s)
	}
	x.empty = false
	x.add("answers", 12, 3, 5, 3000, "late")
	c.pass(2*time.Hour + time.Minute)
	if s = f.crawl(t, cfg, c, m); s.Saved.New != 1 || s.Stopped != "" {
		t.Errorf("after the pause: %+v; want the new answer", s)
	}
}

func TestCapturesOfStackExchange(t *testing.T) {
	for _, c := range []struct{ name, task, key string }{{"questions.json", "list", "l:1763600000:questions"}, {"comments.json", "list", "l:1763600000:comments"}, {"error.json", "list", "l:0:answers"}} {
		b, err := os.ReadFile(filepath.Join("testdata/stackexchange", c.name))
		if err != nil {
			t.Fatal(err)
		}
		compareGolden(t, "stackexchange/"+c.name, told(parseOne(SourceConfig{Kind: "stackexchange", URL: "https://x.example"}, c.task, c.key, "", 200, b)))
	}
}

func FuzzStackExchange(target *testing.F) {
	f := fuzz.Of(target)
	for _, name := range []string{"questions", "comments", "error"} {
		b, _ := os.ReadFile("testdata/stackexchange/" + name + ".json")
		f.Add("list", b)
		f.Add("below", b)
		f.Add("check", b)
	}
	keys := map[string]string{"list": "l:0:questions", "again": "again:l:5:active x:2026-11-22", "below": "b:questions:comments:1:7;8", "owners": "owners:21;22", "some": "some:1", "check": "check:c8", "gone": "gone:8", "sample": "x"}
	f.Fuzz(func(t *testing.T, task string, body []byte) {
		fuzzOne(t, SourceConfig{Kind: "stackexchange", URL: "https://x.example"}, task, keys[task], body)
	})
}
