package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tribu/data"
)

// parseOne has a source of kind read body as the answer to a task.
func parseOne(c SourceConfig, task, key, cursor string, status int, body []byte) (Out, error) {
	c.Name = "src"
	src, _, err := newSource(c, time.Time{})
	if err != nil {
		return Out{}, err
	}
	kind, _, _ := strings.Cut(task, "#")
	t := data.Task{Source: c.Name, Kind: kind, Key: key, URL: "https://place.example/" + task, Due: newClock().at}
	out := Out{Cursor: cursor}
	err = parse(src, t, Response{URL: t.URL, Status: status, Header: http.Header{}, Body: body, FetchedAt: newClock().at}, &out)
	return out, err
}

// told is what a parsed answer holds, in lines that name posts by their native ids.
func told(out Out, err error) []string {
	if err != nil {
		return []string{"error " + err.Error()}
	}
	var lines []string
	name := map[data.PostID]string{}
	who := map[data.AuthorID]string{}
	var st trail
	_ = json.Unmarshal([]byte(out.Cursor), &st)
	for _, r := range st.Roots {
		name[data.NewPostID("src", r[0])], name[data.NewPostID("src", r[1])] = r[0], r[1]
	}
	for _, p := range out.Batch.Posts {
		name[p.ID] = p.NativeID
	}
	for _, a := range out.Batch.Authors {
		who[a.ID] = a.NativeID
		lines = append(lines, fmt.Sprintf("author %s: %q called %q, %s, opted out %v", a.NativeID, a.Handle, a.Name, a.URL, a.OptedOut))
	}
	for _, p := range out.Batch.Posts {
		lines = append(lines, fmt.Sprintf("post %s by %s at %s (guessed %v) answers %q by %q: %q %s %q in %q, %s, %s, score %d", p.NativeID, who[p.Author],
			p.CreatedAt.Format(time.RFC3339), p.Guessed, name[p.Parent], p.ParentBy, p.Title, p.Format, p.Body, p.Place, p.URL, p.LangHint, p.Score))
	}
	for _, t := range out.Batch.Threads {
		lines = append(lines, fmt.Sprintf("thread %s %q %s in %q", t.NativeID, t.Title, t.URL, t.Place))
	}
	for _, i := range out.Batch.Interactions {
		lines = append(lines, fmt.Sprintf("turn %s %s: %s %s%s%s", who[i.From], name[i.Post], i.Kind, name[i.ToPost], i.ToHandle, who[i.To]))
	}
	for _, id := range out.Batch.Tombstones {
		lines = append(lines, "gone "+id.String())
	}
	for _, t := range out.Batch.Tasks {
		lines = append(lines, fmt.Sprintf("task %s %s %s", t.Kind, t.Key, t.URL))
	}
	for _, f := range out.Batch.Failures {
		lines = append(lines, "failure "+f.Subject+": "+f.Reason)
	}
	for _, n := range out.Notes {
		lines = append(lines, "note "+n)
	}
	return append(slices.Compact(lines), "cursor "+out.Cursor)
}

// golden compares lines with testdata/NAME.golden.json, or writes it.
func compareGolden(t *testing.T, name string, lines []string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden.json")
	if *update {
		b, _ := json.MarshalIndent(lines, "", "  ")
		if err := os.WriteFile(file, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("%s: -want +got\n%s", name, diff)
	}
}

// sound is what every parsed answer must be, whatever the bytes were.
func sound(out Out) error {
	authors := map[data.AuthorID]bool{}
	for _, a := range out.Batch.Authors {
		authors[a.ID] = true
	}
	for _, p := range out.Batch.Posts {
		switch at := p.CreatedAt; {
		case at.Unix() < 0 || at.After(newClock().at.Add(24*time.Hour)):
			return fmt.Errorf("time %s", at)
		case !authors[p.Author] || p.Parent == p.ID || p.NativeID == "":
			return fmt.Errorf("author or parent of %+v", p)
		case p.Body != strings.ToValidUTF8(p.Body, "") || strings.ContainsRune(p.Body, 0):
			return fmt.Errorf("body %q", p.Body)
		case p.URL != "" && webURL(p.URL) == "":
			return fmt.Errorf("url %q", p.URL)
		}
	}
	for _, t := range out.Batch.Tasks {
		if webURL(t.URL) == "" || t.Key == "" {
			return fmt.Errorf("task %+v", t)
		}
	}
	if again, err := readTrail(out.Cursor).write(); err != nil || again != out.Cursor {
		return fmt.Errorf("cursor changes by being read: %s, then %s, %v", out.Cursor, again, err)
	}
	return nil
}

// A fake answers GET requests from a function under lock, and remembers them.
type fake struct {
	mu       sync.Mutex
	url      string
	requests []string
	answer   func(w http.ResponseWriter, r *http.Request) any // nil: not found; string: as it is; else JSON
}

func serveFake(t testing.TB, answer func(w http.ResponseWriter, r *http.Request) any) *fake {
	f := &fake{answer: answer}
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	f.url = s.URL
	return f
}

// ServeHTTP answers one request.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.URL.Path == "/robots.txt" {
		return
	}
	uri, _ := url.QueryUnescape(r.URL.RequestURI())
	f.requests = append(f.requests, uri)
	switch v := f.answer(w, r).(type) {
	case nil:
		http.NotFound(w, r)
	case string:
		_, _ = w.Write([]byte(v))
	default:
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = json.NewEncoder(w).Encode(v)
	}
}

// asked returns the requests since the last call.
func (f *fake) asked() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.requests
	f.requests = nil
	return out
}

func (f *fake) crawl(t testing.TB, c SourceConfig, k *clock, m *memory) SourceSummary {
	t.Helper()
	u, _ := url.Parse(f.url)
	c.Name, c.Allow = "src", []string{u.Host}
	if c.URL == "" {
		c.URL = f.url
	}
	s, err := Run(t.Context(), Options{Sources: []SourceConfig{c}, Contact: "mailto:us@example.org", Now: k.now, sleep: k.sleep}, m)
	if err != nil {
		t.Fatal(err)
	}
	return s.Sources[0]
}

// post is how a stored post came to be, in one line.
func (m *memory) post(native string) string {
	id := data.NewPostID("src", native)
	p, ok := m.posts[id]
	if !ok {
		return "unknown"
	}
	if m.gone[id] {
		return "gone"
	}
	name := func(id data.PostID) string { return m.posts[id].NativeID }
	line := fmt.Sprintf("%s in %s", m.authors[p.Author].Name, m.threadOf(p.Thread))
	for _, i := range m.interactions[id] {
		line += fmt.Sprintf(", %s %s%s%s", i.Kind, name(i.ToPost), i.ToHandle, m.authors[i.To].Name)
		if i.From != p.Author {
			line += "from " + m.authors[i.From].Name
		}
	}
	return line
}

func (m *memory) threadOf(id data.ThreadID) string {
	for _, p := range m.posts {
		if data.NewThreadID("src", p.NativeID) == id {
			return p.NativeID
		}
	}
	return m.threads[id].NativeID
}

func expectPosts(t *testing.T, m *memory, want map[string]string) {
	t.Helper()
	for native, line := range want {
		if got := m.post(native); got != line {
			t.Errorf("post %s: got %q, want %q", native, got, line)
		}
	}
}

func idOf(native string) data.PostID { return data.NewPostID("src", native) }

func (m *memory) stored(native string) data.Post { return m.posts[idOf(native)] }

// fuzzOne fails on a panic and on posts that no answer may become.
func fuzzOne(t *testing.T, c SourceConfig, task, key string, body []byte) {
	if key == "" { // no task of this kind
		return
	}
	out, err := parseOne(c, task, key, `{"marks":{"public":"1"},"young":{"public":[["1",1763600000]]}}`, 200, body)
	if err == nil {
		err = sound(out)
	} else if !strings.Contains(err.Error(), "panic") {
		err = nil
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestAnotherTongue: a list of which nothing can be read is an error and no empty list; one odd
// entry is a failure.
func TestAnotherTongue(t *testing.T) {
	const good, odd = `{"tid":7,"mainPid":1,"slug":"7/chains","lastposttime":1795384674260}`, `{"tid":"8","mainPid":"1","slug":"8/oil"}`
	for _, c := range []struct {
		topics          string
		wrong           bool
		tasks, failures int
	}{
		{good + "," + good, false, 1, 0},
		{good + "," + odd, false, 1, 1},
		{odd + "," + odd, true, 0, 0},
		{odd, false, 0, 1},
		{"", false, 0, 0},
	} {
		out, err := parseOne(SourceConfig{Kind: "nodebb", URL: "https://x.example"}, "list#0:0", "topics:0:1", "", 200, []byte(`{"topics":[`+c.topics+`]}`))
		topics := 0
		for _, task := range out.Batch.Tasks {
			if task.Kind == "topic" {
				topics++
			}
		}
		if (err != nil) != c.wrong || err == nil && (topics == 0) != (c.tasks == 0) || err == nil && len(out.Batch.Failures) != c.failures {
			t.Errorf("[%s]: %v, %d topics, failures %v; want an error: %t, topics %d, failures %d", c.topics, err, topics, out.Batch.Failures, c.wrong, c.tasks, c.failures)
		}
	}
}

// TestOddParts: where no part of one thread or topic can be read, that is its parts' failure, not
// the answer's.
func TestOddParts(t *testing.T) {
	for _, c := range []struct{ kind, task, key, body string }{
		{"mastodon", "context", "context:7", `{"ancestors":[{"id":1}],"descendants":[{"id":2}]}`},
		{"nodebb", "topic", "topic:7:1", `{"tid":7,"mainPid":1,"slug":"7/chains","posts":[{"pid":"1"},{"pid":"2"}]}`},
	} {
		out, err := parseOne(SourceConfig{Kind: c.kind, URL: "https://x.example"}, c.task, c.key, "", 200, []byte(c.body))
		if err != nil || len(out.Batch.Posts) != 0 || len(out.Batch.Failures) != 2 {
			t.Errorf("%s %s: %v, posts %v, failures %v; want two failures alone", c.kind, c.body, err, out.Batch.Posts, out.Batch.Failures)
		}
	}
}
