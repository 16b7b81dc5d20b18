package crawler

import (
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tribu/data"
)

// TestMain looks for goroutines that stay behind; not while fuzzing, which leaves its own.
func TestMain(m *testing.M) {
	flag.Parse()
	if flag.Lookup("test.fuzz").Value.String() != "" {
		os.Exit(m.Run())
	}
	goleak.VerifyTestMain(m)
}

var errKilled = errors.New("killed")

func crawl(t testing.TB, f string, allow []string, c *clock, m *memory, change ...func(*Options)) (SourceSummary, error) {
	t.Helper()
	o := Options{Sources: []SourceConfig{{Name: "forum", Kind: "discourse", URL: f, Allow: allow}}, Version: "0.1", Contact: "mailto:us@example.org", Now: c.now, sleep: c.sleep}
	for _, ch := range change {
		ch(&o)
	}
	s, err := Run(t.Context(), o, m)
	if len(s.Sources) == 0 {
		return SourceSummary{}, err
	}
	return s.Sources[0], err
}

func digest(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s)))[:12] }

func TestCapturedForumIsReadWhole(t *testing.T) {
	f := capturedForum(t)
	base, allow := f.serve(t)
	c, m := newClock(), newMemory()
	s, err := crawl(t, base, allow, c, m)
	if err != nil || s.Stopped != "" || s.Dead != 0 {
		t.Fatalf("crawl: %v, stopped %q, %d dead, notes %q", err, s.Stopped, s.Dead, s.Notes)
	}
	exact, topic, none := m.parents()
	got := fmt.Sprintf("%d posts %d authors %d threads; parents: %d exact, %d topic, %d none", len(m.posts), len(m.authors), len(m.threads), exact, topic, none)
	want := "1378 posts 136 authors 92 threads; parents: 734 exact, 552 topic, 92 none"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	content := strings.NewReplacer(base, "BASE", " ThreadTitle: Prior:", "").Replace(m.content()) // only posts read back have those
	if got, want := digest(content), "97f4f5c7bdc4"; got != want {
		t.Errorf("content: digest %s, want %s", got, want)
	}
	if got, want := len(f.asked()), 927; got != want {
		t.Errorf("%d requests, want %d", got, want)
	}

	c.pass(time.Hour)
	s, err = crawl(t, base, allow, c, m)
	if again := f.asked(); err != nil || len(again) > 4 || s.Saved.New+s.Saved.Changed+s.Saved.Deleted != 0 {
		t.Errorf("an hour later, nothing new: requests %q, saved %+v, %v; want categories, newest and at most two pages, and nothing saved", again, s.Saved, err)
	}
}

func TestCrawlInWeeksGivesTheSameAsAtOnce(t *testing.T) {
	f := capturedForum(t)
	f.dense()
	base, allow := f.serve(t)
	c, whole := newClock(), newMemory()
	if _, err := crawl(t, base, allow, c, whole); err != nil {
		t.Fatal(err)
	}
	c, m := newClock(), newMemory()
	ids := f.ids()
	for week := 1; week <= 8; week++ {
		f.until = ids[len(ids)*week/8-1]
		c.pass(7 * 24 * time.Hour)
		if s, err := crawl(t, base, allow, c, m); err != nil || s.Stopped != "" {
			t.Fatalf("week %d: %v, stopped %q", week, err, s.Stopped)
		}
	}
	for _, uri := range f.asked() {
		// These two hold answers to posts that are deleted.
		if strings.HasPrefix(uri, "/t/") && !strings.HasPrefix(uri, "/t/5864") && !strings.HasPrefix(uri, "/t/5872") {
			t.Errorf("%s is asked for although all its posts were seen", uri)
		}
	}
	if got, want := m.content(), whole.content(); got != want {
		t.Errorf("eight weekly crawls differ from one: %s", firstDifference(got, want))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %.600s\nwant %.600s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

func TestKilledCrawlGoesOn(t *testing.T) {
	f := capturedForum(t)
	f.dense()
	base, allow := f.serve(t)
	whole := newMemory()
	if _, err := crawl(t, base, allow, newClock(), whole); err != nil {
		t.Fatal(err)
	}
	for _, stopAt := range []int{1, 2, 3, 5, 9, 17, 33, 65, 129} {
		c, m := newClock(), newMemory()
		for n := 0; ; n++ {
			m.saves, m.stopAt = 0, stopAt+n
			_, err := crawl(t, base, allow, c, m)
			if err == nil {
				break
			}
			if !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			m.reopen()
			c.pass(time.Second)
		}
		if got, want := m.content(), whole.content(); got != want {
			t.Errorf("killed at save %d, %d, …: %s", stopAt, stopAt+1, firstDifference(got, want))
		}
	}
}

func post(id, number int, user, cooked string, extra ...any) map[string]any {
	p := map[string]any{"id": id, "post_number": number, "post_type": 1, "username": user, "name": "", "cooked": cooked, "topic_slug": "chains",
		"created_at": time.Date(2026, 11, 20, 0, 0, id, 0, time.UTC).Format(time.RFC3339)}
	for i := 0; i < len(extra); i += 2 {
		p[extra[i].(string)] = extra[i+1]
	}
	return p
}

func topic(id int, posts ...any) map[string]any {
	return map[string]any{"id": id, "title": "Chains", "category_id": 7, "slug": "chains", "post_stream": map[string]any{"posts": posts}}
}

func (m *memory) get(native string) data.Post { return m.posts[data.NewPostID("forum", native)] }

func TestEditsAndDeletionsAreFollowed(t *testing.T) {
	f := newForum(topic(1, post(1, 1, "ada", "<p>one</p>"), post(2, 2, "bo", "<p>two</p>"), post(3, 3, "cy", "<p>three</p>"), post(4, 4, "di", "<p>four</p>")),
		topic(2, post(5, 1, "ed", "<p>five</p>"), post(6, 2, "flo", "<p>six</p>")))
	base, allow := f.serve(t)
	c, m := newClock(), newMemory()
	if s, err := crawl(t, base, allow, c, m); err != nil || s.Saved.New != 6 {
		t.Fatalf("first crawl: %+v, %v; want 6 new", s.Saved, err)
	}
	f.posts[2]["cooked"] = "<p>two, edited</p>"
	f.posts[3]["user_deleted"], f.posts[3]["cooked"] = true, "<p>(post deleted by author)</p>"
	f.remove(4, 5, 6)
	delete(f.topics, 2)
	c.pass(2 * time.Hour)
	s, err := crawl(t, base, allow, c, m)
	if err != nil || s.Saved.Changed != 1 || s.Saved.Deleted != 2 || m.get("2").Body != "<p>two, edited</p>" {
		t.Errorf("two hours later: %+v, %v, post 2 %q; want 1 changed and 2 deleted (a flag, a missing one)", s.Saved, err, m.get("2").Body)
	}
	c.pass(2 * time.Hour)
	s, err = crawl(t, base, allow, c, m)
	if err != nil || s.Saved.Deleted != 2 {
		t.Errorf("the topic's second 404: %+v, %v; want its 2 posts deleted", s.Saved, err)
	}
}

// TestDiscourseOverlap: a crawl begins below the posts of the newest one's hour, or some ids below it.
func TestDiscourseOverlap(t *testing.T) {
	for _, c := range []struct {
		minutes int // between two of 500 posts
		want    int // the page that is read first begins above this id
	}{{60, 450}, {2, 450}, {1, 400}, {0, 0}} {
		st := readState("")
		for id := 1; id <= 500; id++ {
			st.remember(known{ID: id, Topic: 1, Number: id, At: int64(1e9 + 60*c.minutes*id)})
		}
		st.remember(known{ID: 501, Topic: 2, Number: 1, At: 1e8}) // brought over from elsewhere
		st.Max = 501
		if st.start(); st.At != c.want {
			t.Errorf("a post in %d minutes: from %d, want %d", c.minutes, st.At, c.want)
		}
	}
}

func TestAHiddenPostComesBack(t *testing.T) {
	f := newForum(topic(1, post(1, 1, "ada", "<p>one</p>"), post(2, 2, "bo", "<p>two</p>")))
	base, allow := f.serve(t)
	c, m := newClock(), newMemory()
	for _, step := range []struct {
		hidden bool
		shown  string
		want   string
	}{{false, "<p>two</p>", "<p>two</p>"}, {true, "<p>flagged by the community</p>", ""}, {false, "<p>two</p>", "<p>two</p>"}} {
		f.posts[2]["hidden"], f.posts[2]["cooked"] = step.hidden, step.shown
		s, err := crawl(t, base, allow, c, m)
		if got := m.get("2").Body; err != nil || got != step.want || s.Saved.Deleted != 0 || len(m.posts) != 2 {
			t.Errorf("hidden %v: body %q, %+v, %v; want %q and nothing deleted", step.hidden, got, s.Saved, err, step.want)
		}
		c.pass(time.Hour)
	}
}

func TestUnreachableIsNotDeleted(t *testing.T) {
	f := newForum(topic(1, post(1, 1, "ada", "<p>one</p>"), post(2, 2, "bo", "<p>two</p>")))
	base, allow := f.serve(t)
	c, m := newClock(), newMemory()
	if _, err := crawl(t, base, allow, c, m); err != nil {
		t.Fatal(err)
	}
	f.robots, f.before = "", serverError
	for range 3 {
		c.pass(25 * time.Hour)
		s, err := crawl(t, base, allow, c, m)
		if err != nil || s.Saved.Deleted != 0 || s.Stopped == "" {
			t.Errorf("a forum that answers 500: %+v, %v, stopped %q; want nothing deleted and a reason", s.Saved, err, s.Stopped)
		}
	}
}

func TestParentsOfReplies(t *testing.T) {
	var posts []any
	for i := 1; i <= 60; i++ {
		posts = append(posts, post(i*100, i, fmt.Sprintf("u%d", i%9), "<p>x</p>"))
	}
	posts[49].(map[string]any)["reply_to_post_number"] = 30
	posts[54].(map[string]any)["reply_to_post_number"] = 31 // deleted below
	posts[58].(map[string]any)["reply_to_post_number"] = 58
	f := newForum(topic(1, posts...))
	f.remove(3100, 700)
	base, allow := f.serve(t)
	for _, c := range []struct {
		name  string
		since time.Time
		posts string
	}{
		{"from the start", time.Time{}, "58"},
		{"from post 50 on", time.Date(2026, 11, 20, 0, 0, 5000, 0, time.UTC), "35"}, // 11, the topic's first 20, and 4 that may be a parent
	} {
		m := newMemory()
		s, err := crawl(t, base, allow, newClock(), m, func(o *Options) { o.Since = c.since })
		if err != nil || s.Stopped != "" || fmt.Sprint(len(m.posts)) != c.posts {
			t.Fatalf("%s: %d posts, %v, stopped %q; want %s", c.name, len(m.posts), err, s.Stopped, c.posts)
		}
		for _, want := range []struct {
			post, parent string
			by           data.InteractionKind
		}{{"5000", "3000", data.Reply}, {"5500", "100", data.Topic}, {"5900", "5800", data.Reply}, {"6000", "100", data.Topic}} {
			p := m.get(want.post)
			if p.Parent != data.NewPostID("forum", want.parent) || p.ParentBy != want.by {
				t.Errorf("%s: post %s answers %v by %q, want post %s by %q", c.name, want.post, p.Parent, p.ParentBy, want.parent, want.by)
			}
		}
	}
}

func TestTurnsOfAPost(t *testing.T) {
	cooked := `<aside class="quote no-group" data-username="bo" data-post="2" data-topic="1"><div class="title">bo:</div><blockquote><a class="mention">@zed</a></blockquote></aside>
<aside class="quote" data-username="far" data-post="9" data-topic="77"></aside><p>see <a class="mention" href="/u/di">@di</a> and <a class="mention">@ada</a> <a class="onebox">@no</a></p>`
	f := newForum(topic(1, post(1, 1, "ada", "<p>one</p>"), post(2, 2, "bo", "<p>two</p>"), post(3, 3, "ada", cooked, "reply_to_post_number", 2)))
	base, allow := f.serve(t)
	m := newMemory()
	if _, err := crawl(t, base, allow, newClock(), m); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range m.interactions[data.NewPostID("forum", "3")] {
		to := i.ToHandle
		if i.ToPost == data.NewPostID("forum", "2") {
			to = "post 2"
		}
		got = append(got, string(i.Kind)+" "+to)
	}
	if want := "reply post 2, quote post 2, quote far, mention di"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, ", "), want)
	}
	p := m.get("1")
	if p.Title != "Chains" || p.Place != "Support" || p.URL != base+"/t/chains/1/1" || m.get("2").Title != "" {
		t.Errorf("first post: title %q, place %q, url %q; want Chains, Support, %s/t/chains/1/1", p.Title, p.Place, p.URL, base)
	}
}

func TestBudgets(t *testing.T) {
	f := capturedForum(t)
	base, allow := f.serve(t)
	c, m := newClock(), newMemory()
	s, err := crawl(t, base, allow, c, m, func(o *Options) { o.MaxPosts = 100 })
	if err != nil || s.Saved.New < 100 || s.Saved.New > 200 || s.Stopped == "" {
		t.Errorf("at most 100 posts: %d new, %v, stopped %q", s.Saved.New, err, s.Stopped)
	}
	c.pass(time.Hour)
	if s, err = crawl(t, base, allow, c, m); err != nil || len(m.posts) != 1378 {
		t.Errorf("the crawl after: %d posts, %v; want 1378", len(m.posts), err)
	}
	dry := newMemory()
	f.asked()
	s, err = crawl(t, base, allow, c, dry, func(o *Options) { o.DryRun = true })
	if len(f.asked()) != 0 || dry.saves != 0 || len(s.Planned) != 2 || err != nil {
		t.Errorf("dry run: planned %q, %d saves, %v; want two URLs and nothing done", s.Planned, dry.saves, err)
	}
}
