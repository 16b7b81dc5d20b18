package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
)

// A board is a phpBB topic, two posts a page, that posts can be deleted from.
type board struct {
	posts  []int
	bodies map[int]string
	gone   bool
	head   string    // of every page
	at     time.Time // of post 1; the others follow by the minute
}

func (b *board) answer(w http.ResponseWriter, r *http.Request) any {
	switch {
	case r.URL.Path == "/":
		last := b.at.Add(time.Duration(len(b.posts)) * time.Minute).Format(time.RFC3339)
		return fmt.Sprintf(`<ul class="topiclist topics"><li class="row"><a class="topictitle" href="/viewtopic.php?t=5">Chains</a><dd class="posts">9</dd><dd class="lastpost"><time datetime="%s"></time></dd></li></ul>`, last[:10])
	case b.gone:
		return nil
	}
	start := atoi(r.URL.Query().Get("start"))
	text := b.head + `<h2 class="topic-title">Chains</h2>`
	for i := start; i < min(start+2, len(b.posts)); i++ {
		n := b.posts[i]
		text += fmt.Sprintf(`<div class="post" id="p%d"><dl class="postprofile"><dt><a class="username" href="/u/%d">author %d</a></dt></dl><p class="author"><time datetime="%s"></time></p><div class="content">%s</div></div>`,
			n, n, n, b.at.Add(time.Duration(n)*time.Minute).Format(time.RFC3339), trimmedOr(b.bodies[n], fmt.Sprintf("post %d", n)))
	}
	if len(b.posts) > start+2 {
		text += fmt.Sprintf(`<a rel="next" href="/viewtopic.php?t=5&start=%d">next</a>`, start+2)
	}
	return text
}

func TestYoungPagesOfAForumAreLookedAtAgain(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*board)
		after  []time.Duration // crawls
		gone   string
		edited string
	}{
		{"nothing changes", func(*board) {}, []time.Duration{time.Hour, 2 * time.Hour, 24 * time.Hour}, "", ""},
		{"an edit that no list tells of", func(b *board) { b.bodies[2] = "post 2, edited" }, []time.Duration{70 * time.Minute}, "", "2"},
		{"a placeholder", func(b *board) { b.bodies[2] = "[deleted]" }, []time.Duration{70 * time.Minute}, "2", ""},
		{"the last post is deleted, once looked for", func(b *board) { b.posts = []int{1, 2, 3, 4, 5} }, []time.Duration{70 * time.Minute}, "", ""},
		{"the last post is deleted, twice looked for", func(b *board) { b.posts = []int{1, 2, 3, 4, 5} }, []time.Duration{70 * time.Minute, 70 * time.Minute}, "6", ""},
		{"an early post is deleted, the others move up", func(b *board) { b.posts = []int{1, 3, 4, 5, 6} }, []time.Duration{70 * time.Minute, 70 * time.Minute, 24 * time.Hour}, "2", ""},
		{"the topic is gone, asked once", func(b *board) { b.gone = true }, []time.Duration{70 * time.Minute}, "", ""},
		{"the topic is gone, asked twice", func(b *board) { b.gone = true }, []time.Duration{70 * time.Minute, 70 * time.Minute}, "1 2 3 4 5 6", ""},
		{"nothing changes, and all pages name one base", func(b *board) { b.head = `<base href="/">` }, []time.Duration{70 * time.Minute, 70 * time.Minute, 24 * time.Hour}, "", ""},
		{"the last post is deleted where all pages name one base", func(b *board) { b.head, b.posts = `<base href="/">`, []int{1, 2, 3, 4, 5} }, []time.Duration{70 * time.Minute, 70 * time.Minute}, "6", ""},
	} {
		clock, m := newClock(), newMemory()
		b := &board{posts: []int{1, 2, 3, 4, 5, 6}, bodies: map[int]string{}, at: clock.now().Add(-10 * time.Minute)}
		f := serveFake(t, b.answer)
		cfg := SourceConfig{Kind: "forum", Preset: "phpbb", URL: f.url}
		if s := f.crawl(t, cfg, clock, m); s.Saved.New != 6 || s.Stopped != "" {
			t.Fatalf("%s: %+v, stopped %q; want 6 posts", c.name, s.Saved, s.Stopped)
		}
		f.mu.Lock()
		c.change(b)
		f.mu.Unlock()
		for _, after := range c.after {
			clock.pass(after)
			f.crawl(t, cfg, clock, m)
		}
		var gone, edited []string
		for n := 1; n <= 6; n++ {
			id := data.NewPostID("src", fmt.Sprint(n))
			switch p := m.posts[id]; {
			case m.gone[id]:
				gone = append(gone, fmt.Sprint(n))
			case p.Body != fmt.Sprintf("post %d", n):
				edited = append(edited, fmt.Sprint(n))
			}
		}
		if got := strings.Join(gone, " "); got != c.gone || strings.Join(edited, " ") != c.edited {
			t.Errorf("%s: deleted %q, edited %q; want %q and %q", c.name, got, strings.Join(edited, " "), c.gone, c.edited)
		}
	}
}

func TestOldPagesOfAForumAreLeftAlone(t *testing.T) {
	clock, m := newClock(), newMemory()
	b := &board{posts: []int{1, 2, 3}, bodies: map[int]string{}, at: clock.now().Add(-10 * time.Minute)}
	f := serveFake(t, b.answer)
	cfg := SourceConfig{Kind: "forum", Preset: "phpbb", URL: f.url}
	asked := func(after time.Duration) string {
		clock.pass(after)
		f.crawl(t, cfg, clock, m)
		return strings.Join(f.asked(), " ")
	}
	for _, step := range []struct {
		after time.Duration
		want  string
	}{
		{0, "/ /viewtopic.php?t=5 /viewtopic.php?t=5&start=2"},
		{30 * time.Minute, "/"},
		{40 * time.Minute, "/ /viewtopic.php?t=5 /viewtopic.php?t=5&start=2"}, // an hour old
		{time.Hour, "/"},
		{24 * time.Hour, "/ /viewtopic.php?t=5 /viewtopic.php?t=5&start=2"}, // a day old
		{24 * time.Hour, "/"},
		{7 * 24 * time.Hour, "/ /viewtopic.php?t=5 /viewtopic.php?t=5&start=2"}, // a week old
		{7 * 24 * time.Hour, "/"},
	} {
		got := strings.Fields(asked(step.after))
		if strings.Join(slices.Sorted(slices.Values(got)), " ") != step.want {
			t.Errorf("%v later: asks for %s, want %s", step.after, strings.Join(slices.Sorted(slices.Values(got)), " "), step.want)
		}
	}
}
