package crawler

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tribu/data"
)

// A forum answers as Discourse does, from topics in memory.
type forum struct {
	mu       sync.Mutex
	topics   map[int]map[string]any
	posts    map[int]map[string]any
	robots   string
	until    int // highest id that is shown; 0: all
	requests []string
	before   func(w http.ResponseWriter, r *http.Request) bool // true: answered
}

func newForum(topics ...map[string]any) *forum {
	f := &forum{topics: map[int]map[string]any{}, posts: map[int]map[string]any{}, robots: "User-agent: *\nDisallow: /admin\n"}
	for _, t := range topics {
		f.add(t)
	}
	return f
}

func (f *forum) add(t map[string]any) {
	id := number(t["id"])
	f.topics[id] = t
	for _, p := range t["post_stream"].(map[string]any)["posts"].([]any) {
		p := p.(map[string]any)
		p["topic_id"] = id
		f.posts[number(p["id"])] = p
	}
}

func number(v any) int {
	switch v := v.(type) {
	case float64:
		return int(v)
	case int:
		return v
	}
	return 0
}

func (f *forum) remove(ids ...int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range ids {
		delete(f.posts, id)
	}
}

func (f *forum) serve(t testing.TB) (base string, allow []string) {
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	u, _ := url.Parse(s.URL)
	return s.URL, []string{u.Host}
}

// ServeHTTP answers one request.
func (f *forum) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, r.URL.RequestURI())
	if f.before != nil && f.before(w, r) {
		return
	}
	var answer any
	switch parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/"); {
	case r.URL.Path == "/robots.txt":
		_, _ = w.Write([]byte(f.robots))
		return
	case r.URL.Path == "/site.json":
		answer = map[string]any{"categories": []any{map[string]any{"id": 7, "name": "Support"}, map[string]any{"id": 10, "name": "Showcase"}}}
	case r.URL.Path == "/posts.json":
		answer = f.latest(r.URL.Query().Get("before"))
	case parts[0] == "t" && len(parts) == 2:
		answer = f.topic(strings.TrimSuffix(parts[1], ".json"))
	case parts[0] == "t" && len(parts) == 3:
		answer = f.chosen(r.URL.Query()["post_ids[]"])
	}
	if answer == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(answer)
}

func (f *forum) ids() []int {
	var ids []int
	for id := range f.posts {
		if f.until == 0 || id <= f.until {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func (f *forum) latest(before string) any {
	ids := f.ids()
	n, err := strconv.Atoi(before)
	if err != nil && len(ids) > 0 {
		n = ids[len(ids)-1]
	}
	page := []any{}
	for _, id := range slices.Backward(ids) {
		if id <= n && id > n-50 {
			p := copyOf(f.posts[id])
			t := f.topics[number(p["topic_id"])]
			p["topic_title"], p["category_id"] = t["title"], t["category_id"]
			page = append(page, p)
		}
	}
	return map[string]any{"latest_posts": page}
}

func copyOf(m map[string]any) map[string]any {
	c := map[string]any{}
	for k, v := range m {
		c[k] = v
	}
	return c
}

func (f *forum) topic(id string) any {
	n, _ := strconv.Atoi(id)
	t := f.topics[n]
	if t == nil {
		return nil
	}
	stream, posts := []int{}, []any{}
	for _, id := range f.ids() {
		if number(f.posts[id]["topic_id"]) == n {
			stream = append(stream, id)
		}
	}
	slices.SortFunc(stream, func(a, b int) int { return number(f.posts[a]["post_number"]) - number(f.posts[b]["post_number"]) })
	for _, id := range stream[:min(20, len(stream))] {
		posts = append(posts, f.posts[id])
	}
	c := copyOf(t)
	c["post_stream"] = map[string]any{"stream": stream, "posts": posts}
	return c
}

func (f *forum) chosen(ids []string) any {
	posts := []any{}
	for _, id := range ids {
		if n, _ := strconv.Atoi(id); f.posts[n] != nil {
			posts = append(posts, f.posts[n])
		}
	}
	return map[string]any{"post_stream": map[string]any{"posts": posts}}
}

// dense numbers the posts from 1 on, in their order.
func (f *forum) dense() {
	posts := map[int]map[string]any{}
	for i, id := range f.ids() {
		posts[i+1] = f.posts[id]
		posts[i+1]["id"] = i + 1
	}
	f.posts = posts
}

// asked returns the requests since the last call.
func (f *forum) asked() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.requests
	f.requests = nil
	return out
}

func capturedForum(t testing.TB) *forum {
	t.Helper()
	names, _ := filepath.Glob("../../shared/data/fixtures/discourse/topic_json/*.json")
	if len(names) == 0 {
		t.Skip("no captures here: ../shared/data/fixtures/discourse/topic_json is missing")
	}
	f := newForum()
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var topic map[string]any
		if err := json.Unmarshal(b, &topic); err != nil {
			t.Fatal(err)
		}
		f.add(topic)
	}
	return f
}

// ServeCaptures serves the captured topics to the tests of the exported API.
func ServeCaptures(t testing.TB) (base string, allow []string) {
	f := capturedForum(t)
	f.dense()
	return f.serve(t)
}

// ServeWeeks serves the captured topics as they grow over eight weeks.
func ServeWeeks(t testing.TB) (show func(week int), base string, allow []string) {
	f := capturedForum(t)
	f.dense()
	ids := f.ids()
	base, allow = f.serve(t)
	return func(week int) {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.until = ids[len(ids)*week/8-1]
	}, base, allow
}

// A memory is a Store that forgets with the process.
type memory struct {
	posts        map[data.PostID]data.Post
	authors      map[data.AuthorID]data.Author
	threads      map[data.ThreadID]data.Thread
	interactions map[data.PostID][]data.Interaction
	gone         map[data.PostID]bool
	tasks        map[string]data.Task
	cursors      map[string]data.Cursor
	hosts        map[string]data.Host
	failures     []data.Failure
	saves        int
	stopAt       int // the save that fails; 0: none
}

func newMemory() *memory {
	return &memory{posts: map[data.PostID]data.Post{}, authors: map[data.AuthorID]data.Author{}, threads: map[data.ThreadID]data.Thread{},
		interactions: map[data.PostID][]data.Interaction{}, gone: map[data.PostID]bool{}, tasks: map[string]data.Task{},
		cursors: map[string]data.Cursor{}, hosts: map[string]data.Host{}}
}

func (m *memory) Save(_ context.Context, b data.Batch) (data.Saved, error) {
	if m.saves++; m.saves == m.stopAt {
		return data.Saved{}, errKilled
	}
	var s data.Saved
	for _, id := range b.Tombstones {
		if !m.gone[id] {
			m.gone[id] = true
			s.Deleted++
		}
	}
	for _, p := range b.Posts {
		old, known := m.posts[p.ID]
		switch {
		case !known:
			s.New++
		case old.Body != p.Body || old.Title != p.Title:
			s.Changed++
		default:
			s.Unchanged++
		}
		m.posts[p.ID], m.interactions[p.ID] = p, nil
	}
	for _, a := range b.Authors {
		m.authors[a.ID] = a
	}
	for _, t := range b.Threads {
		m.threads[t.ID] = t
	}
	for _, i := range b.Interactions {
		m.interactions[i.Post] = append(m.interactions[i.Post], i)
	}
	for _, t := range b.Finished {
		m.tasks[t.Source+" "+t.Key] = t
	}
	for _, t := range b.Tasks {
		if old, ok := m.tasks[t.Source+" "+t.Key]; !ok || (old.State == data.TaskDone || old.State == data.TaskDead) && t.Due.After(old.Due) {
			if t.URL == old.URL {
				t.ETag, t.LastModified, t.BodyHash = old.ETag, old.LastModified, old.BodyHash
			}
			m.tasks[t.Source+" "+t.Key] = t
		}
	}
	if b.Revive {
		for k, t := range m.tasks {
			if t.Source == b.Cursor.Source && t.State == data.TaskDead && t.Tries > 0 {
				t.State, t.Due = data.TaskReady, b.Cursor.Begun
				m.tasks[k] = t
			}
		}
	}
	if b.Cursor != nil {
		m.cursors[b.Cursor.Source] = *b.Cursor
	}
	m.failures = append(m.failures, b.Failures...)
	return s, nil
}

func (m *memory) Cursors(context.Context, ...string) (map[string]data.Cursor, error) {
	return maps.Clone(m.cursors), nil
}

func (m *memory) Lease(_ context.Context, now time.Time, n int, sources ...string) (map[string][]data.Task, error) {
	all := map[string][]data.Task{}
	for _, source := range sources {
		all[source] = m.lease(source, now, n)
	}
	return all, nil
}

func (m *memory) lease(source string, now time.Time, n int) []data.Task {
	var ready []data.Task
	for _, t := range m.tasks {
		if t.Source == source && t.State == data.TaskReady && !t.Due.After(now) {
			ready = append(ready, t)
		}
	}
	slices.SortFunc(ready, func(a, b data.Task) int {
		if c := a.Due.Compare(b.Due); c != 0 {
			return c
		}
		return cmp.Or(a.Depth-b.Depth, strings.Compare(a.Key, b.Key))
	})
	ready = ready[:min(n, len(ready))]
	for _, t := range ready {
		t.State = data.TaskLeased
		m.tasks[t.Source+" "+t.Key] = t
	}
	return ready
}

func (m *memory) Release(string) { m.giveBack() }

func (m *memory) Host(_ context.Context, name string) (data.Host, error) { return m.hosts[name], nil }

func (m *memory) SaveHosts(_ context.Context, all ...data.Host) error {
	for _, h := range all {
		m.hosts[h.Name] = h
	}
	return nil
}

// reopen gives leased tasks back, as opening the store does.
func (m *memory) reopen() {
	m.stopAt = 0
	m.giveBack()
}

func (m *memory) giveBack() {
	for k, t := range m.tasks {
		if t.State == data.TaskLeased {
			t.State = data.TaskReady
			m.tasks[k] = t
		}
	}
}

// content is everything that was kept, in a fixed order.
func (m *memory) content() string {
	var lines []string
	for id, p := range m.posts {
		if m.gone[id] {
			lines = append(lines, "post "+p.NativeID+" gone")
			continue
		}
		lines = append(lines, fmt.Sprintf("post %s %+v", p.NativeID, p))
		for _, i := range m.interactions[id] {
			lines = append(lines, fmt.Sprintf("post %s turns %+v", p.NativeID, i))
		}
	}
	for _, a := range m.authors {
		lines = append(lines, fmt.Sprintf("author %+v", a))
	}
	for _, t := range m.threads {
		lines = append(lines, fmt.Sprintf("thread %+v", t))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func (m *memory) parents() (exact, topic, none int) {
	for _, p := range m.posts {
		switch {
		case p.Parent.IsZero():
			none++
		case p.ParentBy == data.Reply:
			exact++
		default:
			topic++
		}
	}
	return exact, topic, none
}

// A clock is set by hand and moves on where a crawl sleeps.
type clock struct {
	mu    sync.Mutex
	at    time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	c.slept = append(c.slept, d)
	return ctx.Err()
}

func (c *clock) pass(d time.Duration) { _ = c.sleep(context.Background(), d) }
