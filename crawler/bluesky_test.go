package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data/fuzz"
)

const skyPost = "/app.bsky.feed.post/"

// A sky answers as the AppView does, three posts to a page, for the accounts ada, bo and cy.
type sky struct {
	all     map[string]map[string]any
	reposts []map[string]any // uri, by, at
	hidden  string           // an account that hides from visitors
}

func skyURI(who, key string) string { return "at://did:plc:" + who + skyPost + key }

func (s *sky) add(who, key string, seconds int, text, parent, root string, more ...any) {
	at := newClock().at.Add(-24*time.Hour + time.Duration(seconds)*time.Second).Format(time.RFC3339)
	record := map[string]any{"$type": "app.bsky.feed.post", "text": text, "createdAt": at, "langs": []string{"it"}}
	if parent != "" {
		record["reply"] = map[string]any{"root": map[string]any{"uri": root}, "parent": map[string]any{"uri": parent}}
	}
	for i := 0; i < len(more); i += 2 {
		record[more[i].(string)] = more[i+1]
	}
	labels := []any{}
	if who == s.hidden {
		labels = append(labels, map[string]any{"val": "!no-unauthenticated"})
	}
	s.all[skyURI(who, key)] = map[string]any{"uri": skyURI(who, key), "author": map[string]any{"did": "did:plc:" + who, "handle": who + ".test", "displayName": strings.ToUpper(who), "labels": labels},
		"record": record, "indexedAt": at, "likeCount": 2}
}

func (s *sky) view(uri string) map[string]any {
	p := copyOf(s.all[uri])
	p["replyCount"] = len(s.answers(uri))
	return p
}

func (s *sky) uris() []string {
	var out []string
	for uri := range s.all {
		out = append(out, uri)
	}
	slices.SortFunc(out, func(a, b string) int {
		return strings.Compare(s.all[b]["indexedAt"].(string)+b, s.all[a]["indexedAt"].(string)+a)
	})
	return out
}

func (s *sky) parent(uri string) string {
	r, _ := s.all[uri]["record"].(map[string]any)["reply"].(map[string]any)
	if r == nil {
		return ""
	}
	return r["parent"].(map[string]any)["uri"].(string)
}

func (s *sky) answers(uri string) []string {
	var out []string
	for _, u := range s.uris() {
		if s.parent(u) == uri {
			out = append(out, u)
		}
	}
	return out
}

func (s *sky) node(uri string) map[string]any {
	replies := []any{}
	for _, u := range s.answers(uri) {
		replies = append(replies, s.node(u))
	}
	replies = append(replies, map[string]any{"$type": "app.bsky.feed.defs#blockedPost", "uri": "at://x", "blocked": true})
	return map[string]any{"post": s.view(uri), "replies": replies}
}

func (s *sky) answer(w http.ResponseWriter, r *http.Request) any {
	q := r.URL.Query()
	switch strings.TrimPrefix(r.URL.Path, "/xrpc/app.bsky.feed.") {
	case "getAuthorFeed", "getListFeed", "getFeed":
		return s.feed(q.Get("actor"), atoi(q.Get("cursor")))
	case "getPostThread":
		if s.all[q.Get("uri")] == nil {
			w.WriteHeader(http.StatusBadRequest)
			return `{"error":"NotFound","message":"Post not found"}`
		}
		return map[string]any{"thread": s.node(q.Get("uri"))}
	case "getPosts":
		if !q.Has("uris") {
			w.WriteHeader(http.StatusBadRequest)
			return `{"error":"InvalidRequest","message":"Error: Params must have the property \"uris\""}`
		}
		posts := []any{}
		if s.all[q.Get("uris")] != nil {
			posts = append(posts, s.view(q.Get("uris")))
		}
		return map[string]any{"posts": posts}
	}
	return nil
}

func (s *sky) feed(actor string, skip int) any {
	all := []any{}
	for _, r := range s.reposts {
		if actor == r["by"] {
			all = append(all, map[string]any{"post": s.view(r["uri"].(string)), "reason": map[string]any{"by": map[string]any{"did": "did:plc:bo", "handle": "bo.test", "displayName": "BO"}, "indexedAt": r["at"]}})
		}
	}
	for _, uri := range s.uris() {
		if actor != "" && !strings.Contains(uri, strings.TrimSuffix(actor, ".test")+"/") {
			continue
		}
		e := map[string]any{"post": s.view(uri)}
		if p := s.parent(uri); p != "" && s.all[p] != nil {
			e["reply"] = map[string]any{"root": map[string]any{"$type": "app.bsky.feed.defs#notFoundPost", "uri": "at://y", "notFound": true}, "parent": s.view(p)}
		}
		all = append(all, e)
	}
	a := map[string]any{"feed": all[min(skip, len(all)):min(len(all), skip+3)]}
	if skip+3 < len(all) {
		a["cursor"] = fmt.Sprint(skip + 3)
	}
	return a
}

func newSky() *sky {
	s := &sky{all: map[string]map[string]any{}, hidden: "cy"}
	for i := 1; i <= 7; i++ {
		s.add("ada", fmt.Sprint("a", i), i*60, "cold oven", "", "")
	}
	root := skyURI("ada", "a2")
	s.add("bo", "b1", 1000, "@ada.test why?", root, root, "facets", []any{map[string]any{"features": []any{map[string]any{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:ada"}, map[string]any{"tag": "oven"}}}})
	s.add("cy", "c1", 1100, "same", skyURI("bo", "b1"), root)
	s.add("ada", "a8", 1200, "see", "", "", "embed", map[string]any{"$type": "app.bsky.embed.record", "record": map[string]any{"uri": skyURI("bo", "b1")}})
	s.reposts = []map[string]any{{"uri": skyURI("ada", "a3"), "by": "bo.test", "at": newClock().at.Add(-time.Hour).Format(time.RFC3339)}}
	return s
}

// TestBlueskyIsDetected: the address of a profile is enough; of the interface alone, whom to read is asked.
func TestBlueskyIsDetected(t *testing.T) {
	f := serveFake(t, newSky().answer)
	host := strings.TrimPrefix(f.url, "http://")
	for _, c := range []struct {
		url   string
		posts int
		near  bool
	}{
		{f.url + "/profile/ada.test", 3, false},
		{f.url + "/profile/ada.test/post/a3", 3, false},
		{"http://bsky.app/profile/ada.test", 3, false},
		{f.url, 0, true},
	} {
		clock := newClock()
		all, err := Detect(t.Context(), SourceConfig{URL: c.url, Allow: []string{host, "bsky.app:80"}, Resolve: map[string]string{"bsky.app:80": host}}, Options{Contact: "mailto:us@example.org", Now: clock.now, sleep: clock.sleep})
		if err != nil {
			t.Fatal(err)
		}
		if got := all[0]; got.Kind != "bluesky" || got.Near != c.near || len(got.Posts) != c.posts || (got.Problem == "") == c.near {
			t.Errorf("%s: %s, near %t, %d posts, problem %q; want bluesky, %t, %d", c.url, got.Kind, got.Near, len(got.Posts), got.Problem, c.near, c.posts)
		}
		if asked := f.asked(); strings.HasPrefix(c.url, "http://bsky.app") && len(asked) != 1 {
			t.Errorf("%s: asked %q, want the feed alone: the address is the platform's own", c.url, asked)
		}
	}
}

// TestBlueskyAddresses: what follows /profile/ is read, with the accounts and lists of the settings.
func TestBlueskyAddresses(t *testing.T) {
	for path, want := range map[string]string{
		"":                             "bo.test",
		"/profile/ada.test":            "ada.test bo.test",
		"/profile/@bo.test":            "bo.test",
		"/profile/did:plc:ada":         "did:plc:ada bo.test",
		"/profile/did:plc:x/lists/3k":  "at://did:plc:x/app.bsky.graph.list/3k bo.test",
		"/profile/did:plc:x/feed/warm": "at://did:plc:x/app.bsky.feed.generator/warm bo.test",
		"/profile/ada.test/post/3k":    "ada.test bo.test",
	} {
		src, at, err := newSource(SourceConfig{Name: "src", Kind: "bluesky", URL: bskyWeb + path, Accounts: []string{"@bo.test"}}, time.Time{})
		if err != nil || at.Host != "public.api.bsky.app" {
			t.Errorf("%s: asks %v, %v", path, at, err)
		} else if got := strings.Join(src.(*bluesky).streams, " "); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

func TestBlueskyIsFollowed(t *testing.T) {
	s := newSky()
	f := serveFake(t, s.answer)
	c, m, cfg := newClock(), newMemory(), SourceConfig{Kind: "bluesky", URL: bskyWeb, API: f.url, Accounts: []string{"@ada.test", "bo.test"}}
	sum := f.crawl(t, cfg, c, m)
	if got := f.asked(); len(got) != 6 || sum.Saved.New != 10 || sum.Stopped != "" {
		t.Errorf("first crawl: %q, %+v; want 3 pages of ada, 1 of bo, 2 threads, 10 new", got, sum.Saved)
	}
	expectPosts(t, m, map[string]string{
		skyURI("ada", "a2"): "ADA in " + skyURI("ada", "a2"),
		skyURI("bo", "b1"):  "BO in " + skyURI("ada", "a2") + ", reply " + skyURI("ada", "a2") + ", mention ADA",
		skyURI("cy", "c1"):  "CY in " + skyURI("ada", "a2") + ", reply " + skyURI("bo", "b1"),
		skyURI("ada", "a8"): "ADA in " + skyURI("ada", "a8") + ", quote " + skyURI("bo", "b1"),
		skyURI("ada", "a3"): "ADA in " + skyURI("ada", "a3") + ", boost ADAfrom BO",
	})
	if p := m.stored(skyURI("bo", "b1")); p.URL != "https://bsky.app/profile/did:plc:bo/post/b1" || p.Place != "#oven" || p.LangHint != "it" || p.Score != 2 {
		t.Errorf("post: %+v", p)
	}
	if !m.authors[m.stored(skyURI("cy", "c1")).Author].OptedOut || m.authors[m.stored(skyURI("bo", "b1")).Author].OptedOut {
		t.Error("!no-unauthenticated is not heard, or heard from everybody")
	}

	s.add("bo", "b2", 23*3600, "new", "", "")
	delete(s.all, skyURI("cy", "c1"))
	delete(s.all, skyURI("ada", "a5"))
	c.pass(time.Hour)
	sum = f.crawl(t, cfg, c, m)
	if got := f.asked(); sum.Saved.New != 1 || len(got) != 5 {
		t.Errorf("an hour later: %q, %+v; want the pages, all from the last hour, and the one that is missing; 1 new", got, sum.Saved)
	}
	for _, wait := range []time.Duration{24 * time.Hour, 2 * time.Hour} {
		c.pass(wait)
		f.crawl(t, cfg, c, m)
	}
	expectPosts(t, m, map[string]string{skyURI("cy", "c1"): "gone", skyURI("ada", "a5"): "gone", skyURI("ada", "a4"): "ADA in " + skyURI("ada", "a4")})
}

func TestBlueskyListsAndFeeds(t *testing.T) {
	s := newSky()
	f := serveFake(t, s.answer)
	c, m := newClock(), newMemory()
	cfg := SourceConfig{Kind: "bluesky", URL: bskyWeb, API: f.url, Lists: []string{"at://did:plc:ada/app.bsky.graph.list/1", "at://did:plc:ada/app.bsky.feed.generator/oven"}}
	f.crawl(t, cfg, c, m)
	asked := strings.Join(f.asked(), " ")
	if len(m.posts) != 10 || !strings.Contains(asked, "getListFeed") || !strings.Contains(asked, "getFeed") {
		t.Errorf("%d posts, %s; want 10 from both", len(m.posts), asked)
	}
	cfg.Name, cfg.Allow = "src", []string{strings.TrimPrefix(f.url, "http://")}
	r, err := Test(t.Context(), cfg, Options{Now: c.now, Contact: "mailto:us@example.org"})
	if err != nil || !r.Recognised || len(r.Open) != 2 || len(r.Posts) != 4 {
		t.Errorf("probe: %+v, %v", r, err)
	}
	if _, err := Test(t.Context(), SourceConfig{Name: "src", Kind: "bluesky", URL: bskyWeb}, Options{Now: c.now}); err == nil || !strings.Contains(err.Error(), "accounts or lists") {
		t.Errorf("nothing to read: %v, want it said", err)
	}
}

func TestCaptureOfBluesky(t *testing.T) {
	b, err := os.ReadFile("../../shared/data/fixtures/bluesky/thread_view_post_with_embed_media.json")
	if err != nil {
		t.Skip("no capture here: ../shared/data/fixtures/bluesky is missing")
	}
	uri := "at://did:plc:kvwvcn5iqfooopmyzvb4qzba/app.bsky.feed.post/3kaheyt6vpc22"
	out, err := parseOne(SourceConfig{Kind: "bluesky", URL: bskyWeb, Accounts: []string{"x"}}, "thread", "thread:0:"+uri, "", 200, b)
	if err != nil {
		t.Fatal(err)
	}
	p, i := out.Batch.Posts, out.Batch.Interactions
	if len(p) != 1 || p[0].NativeID != uri || p[0].CreatedAt.Format(time.RFC3339) != "2023-09-28T12:49:36Z" || len(i) != 1 || i[0].ToPost != idOf(strings.Replace(uri, "3kaheyt6vpc22", "3kahesw26il2z", 1)) {
		t.Errorf("posts %+v, interactions %+v; want one that quotes 3kahesw26il2z", p, i)
	}
}

func FuzzBluesky(target *testing.F) {
	f := fuzz.Of(target)
	s := newSky()
	feed, _ := json.Marshal(s.feed("", 0))
	f.Add("feed", feed)
	thread, _ := json.Marshal(map[string]any{"thread": s.node(skyURI("ada", "a2"))})
	f.Add("thread", thread)
	posts, _ := json.Marshal(map[string]any{"posts": []any{s.view(skyURI("ada", "a8"))}})
	f.Add("check", posts)
	keys := map[string]string{"feed": "f:0:9223372036854775807:mail:e3b0:ada.test", "again": "again:f:5:1795334400:mail:e3b0:at://x/app.bsky.feed.generator/y:2026-11-22", "thread": "thread:2:" + skyURI("ada", "a2"),
		"check": "check:" + skyURI("ada", "a8"), "gone": "gone:" + skyURI("ada", "a8")}
	f.Fuzz(func(t *testing.T, task string, body []byte) {
		fuzzOne(t, SourceConfig{Kind: "bluesky", URL: bskyWeb, Accounts: []string{"ada.test"}}, task, keys[task], body)
	})
}
