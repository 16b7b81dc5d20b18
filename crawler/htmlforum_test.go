package crawler

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tribu/data"
)

const captures = "../../shared/data/fixtures/"

// A staticSite serves files, some of them changed, and remembers what was asked for.
type staticSite struct {
	files   fs.FS
	changed map[string]string
	mu      sync.Mutex
	paths   []string
}

func (s *staticSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.paths = append(s.paths, r.URL.RequestURI())
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = "index.html"
	}
	if q := r.URL.RawQuery; q != "" {
		name += "?" + q
	}
	text, ok := s.changed[name]
	if !ok {
		b, err := fs.ReadFile(s.files, name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		text = string(b)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(text))
}

func (s *staticSite) asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := slices.DeleteFunc(s.paths, func(p string) bool { return p == "/robots.txt" })
	s.paths = nil
	return out
}

func serveSite(t testing.TB, s *staticSite) (base string, allow []string) {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	u, _ := url.Parse(server.URL)
	return server.URL, []string{u.Host}
}

func crawlSource(t testing.TB, src SourceConfig, c *clock, m *memory) SourceSummary {
	t.Helper()
	s, err := Run(t.Context(), Options{Sources: []SourceConfig{src}, Contact: "mailto:us@example.org", Now: c.now, sleep: c.sleep}, m)
	if err != nil {
		t.Fatal(err)
	}
	return s.Sources[0]
}

// tally tells in one line what was read.
func (m *memory) tally() string {
	var quotes, topics, replies, none, guessed int
	sum := sha256.New()
	for _, id := range slices.SortedFunc(mapKeys(m.posts), func(a, b data.PostID) int { return slices.Compare(a[:], b[:]) }) {
		p := m.posts[id]
		switch {
		case p.Parent.IsZero():
			none++
		case p.ParentBy == data.Quote:
			quotes++
		case p.ParentBy == data.Topic:
			topics++
		default:
			replies++
		}
		if p.Guessed {
			guessed++
		}
		_, _ = fmt.Fprintf(sum, "%s %v %v %v %s %s\n", p.NativeID, p.Author, p.Thread, p.Parent, p.CreatedAt, p.Body)
	}
	return fmt.Sprintf("%d posts %d authors %d threads; %d first, %d reply, %d quote, %d topic, %d without time; %x", len(m.posts), len(m.authors), len(m.threads), none, replies, quotes, topics, guessed, sum.Sum(nil)[:6])
}

func mapKeys[K comparable, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// captured returns a site of captured pages whose listings lead only to captured topics.
func captured(t *testing.T, folder, topics, row string) *staticSite {
	t.Helper()
	if _, err := os.Stat(captures + folder); err != nil {
		t.Skipf("no captures here: %v", err)
	}
	site := &staticSite{files: os.DirFS(captures + folder), changed: map[string]string{}}
	link := regexp.MustCompile(`(?s)<` + row + `>.*?</` + row + `>`)
	href := regexp.MustCompile(`href="\.\./(` + topics + `/[^"]*)"`)
	_ = fs.WalkDir(site.files, ".", func(path string, d fs.DirEntry, _ error) error {
		if d.IsDir() || strings.HasPrefix(path, topics) {
			return nil
		}
		b, _ := fs.ReadFile(site.files, path)
		site.changed[path] = link.ReplaceAllStringFunc(string(b), func(row string) string {
			if m := href.FindStringSubmatch(row); m != nil {
				if _, err := fs.Stat(site.files, m[1]); err != nil {
					return ""
				}
			}
			return row
		})
		return nil
	})
	return site
}

// edit replaces part of a page.
func (s *staticSite) edit(t *testing.T, page, old, with string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	text, ok := s.changed[page]
	if !ok {
		b, _ := fs.ReadFile(s.files, page)
		text = string(b)
	}
	if strings.Count(text, old) != 1 {
		t.Fatalf("%s: %q stands there %d times, want once", page, old, strings.Count(text, old))
	}
	s.changed[page] = strings.Replace(text, old, with, 1)
}

func TestForumArchives(t *testing.T) {
	type edit struct{ page, old, with string }
	for _, c := range []struct {
		folder, topics, row string
		marker, want        string // marker: once per post in the files
		first, second       int    // requests
		news                []edit
		third               []string
		post                string
	}{
		{"phpbb_archive_html", "thread", "tr", `<div class="post">`, "587 posts 196 authors 60 threads; 60 first, 0 reply, 111 quote, 416 topic, 0 without time; 7f60cc248aa4", 86, 26, []edit{
			{"category/3.html", `<td><a href="../thread/3/6945.html">Gameboy Micro Faceplates have access to power, I think</a></td> <td>Fri Sep 23, 2005 9:10 am </td> <td> 13 `, `<td><a href="../thread/3/6945.html">Gameboy Micro Faceplates have access to power, I think</a></td> <td>Fri Sep 23, 2005 9:10 am </td> <td> 14 `},
			{"thread/3/6945.html", "</div>\n</div>\n\n    </body>", "</div>\n<div class=\"post\"><h4>#99999 - tepples - Wed Nov 23, 2005 4:42 am</h4><div class=\"postbody\">new</div></div></div>\n\n    </body>"},
		}, []string{"/thread/3/6945.html"}, "99999"},
		{"smf_archive_html", "topics", "li", `<article class="post"`, "294 posts 59 authors 60 threads; 59 first, 0 reply, 34 quote, 201 topic, 0 without time; 52a76801ae7b", 81, 1, []edit{
			{"index.html", "10 topics · 12 posts", "10 topics · 13 posts"},
		}, []string{"/", "/boards/20-faqs.html"}, ""},
	} {
		site := captured(t, c.folder, c.topics, c.row)
		count := 0
		_ = fs.WalkDir(site.files, ".", func(path string, d fs.DirEntry, _ error) error {
			if !d.IsDir() {
				b, _ := fs.ReadFile(site.files, path)
				count += strings.Count(string(b), c.marker)
			}
			return nil
		})
		source := SourceConfig{Name: "forum", Kind: "forum"}
		source.URL, source.Allow = serveSite(t, site)
		clock, m := newClock(), newMemory()
		found, err := Detect(t.Context(), SourceConfig{URL: source.URL, Allow: source.Allow}, Options{Now: clock.now, sleep: clock.sleep})
		if err != nil || found[0].Kind != "forum" || found[0].Problem != "" || len(found[0].Posts) == 0 {
			t.Errorf("%s: detected %+v, %v, want a forum with a sample of posts", c.folder, found[:1], err)
		}
		site.asked()
		s := crawlSource(t, source, clock, m)
		if got := m.tally(); got != c.want || len(m.posts) != count || s.Dead != 0 || s.Stopped != "" || len(m.failures) != 0 {
			t.Errorf("%s: %d posts in the files, %d dead, %q, failures %.500v\ngot  %s\nwant %s", c.folder, count, s.Dead, s.Stopped, m.failures, got, c.want)
		}
		if asked := site.asked(); len(asked) != c.first {
			t.Errorf("%s: %d requests, want %d", c.folder, len(asked), c.first)
		}
		clock.pass(24 * time.Hour)
		s = crawlSource(t, source, clock, m)
		if again := site.asked(); len(again) != c.second || s.Saved.New+s.Saved.Changed != 0 {
			t.Errorf("%s, nothing new: %d requests, want %d; saved %+v: %.600q", c.folder, len(again), c.second, s.Saved, again)
		}
		for _, e := range c.news {
			site.edit(t, e.page, e.old, e.with)
		}
		clock.pass(24 * time.Hour)
		s = crawlSource(t, source, clock, m)
		again := site.asked()
		if new := len(again) - c.second; !slices.Contains(again, c.third[len(c.third)-1]) || new != 1 {
			t.Errorf("%s, one thing new: %d more requests than before, %.600q, want one, %s", c.folder, new, again, c.third)
		}
		if _, there := m.posts[data.NewPostID("forum", c.post)]; c.post != "" && (!there || s.Saved.New != 1) {
			t.Errorf("%s: saved %+v, want the new post %s alone", c.folder, s.Saved, c.post)
		}
	}
}

func TestPresetsAndSelectors(t *testing.T) {
	for name := range presets() {
		if _, err := readPickers(name, nil, endings{}); err != nil {
			t.Errorf("preset %s: %v", name, err)
		}
	}
	for _, c := range []struct {
		preset string
		own    map[string]string
	}{{"usenet", nil}, {"smf", map[string]string{"pots": "p"}}, {"smf", map[string]string{"post": "p["}}, {"", map[string]string{"post": "p ~ ("}}} {
		if _, err := readPickers(c.preset, c.own, endings{}); err == nil {
			t.Errorf("preset %q with %v: no error", c.preset, c.own)
		}
	}
}

func TestTopicAddress(t *testing.T) {
	for _, c := range []struct{ link, want string }{
		{"https://x/forum/viewtopic.php?f=2&t=5&start=10", "/forum/viewtopic.php?t=5"},
		{"https://x/viewtopic.php?t=5&p=77#p77", "/viewtopic.php?t=5"},
		{"https://x/index.php?topic=12.30", "/index.php?topic=12"},
		{"https://x/index.php/topic,12.30.html", "/index.php/topic,12.30.html"},
		{"https://x/threads/chains.12/page-3", "/threads/chains.12"},
		{"https://x/threads/chains.12/unread", "/threads/chains.12"},
		{"https://x/threads/chains.12/", "/threads/chains.12"},
		{"https://x/topic/12/chains/40", "/topic/12/chains"},
		{"https://x/topic/12/chains?page=2", "/topic/12/chains"},
		{"https://x/showthread.php/12-Chains/page2", "/showthread.php/12-Chains"},
		{"https://x/showthread.php?t=12&page=2", "/showthread.php?t=12"},
	} {
		if got := topicAddress(c.link); got != c.want {
			t.Errorf("%s: got %s, want %s", c.link, got, c.want)
		}
	}
}

func TestKilledForumCrawlGoesOn(t *testing.T) {
	site := captured(t, "smf_archive_html", "topics", "li")
	src := SourceConfig{Name: "forum", Kind: "forum", Preset: "smf-archive"}
	src.URL, src.Allow = serveSite(t, site)
	whole := newMemory()
	crawlSource(t, src, newClock(), whole)
	for _, stopAt := range []int{1, 2, 7, 31} {
		c, m := newClock(), newMemory()
		for n := 0; ; n++ {
			m.saves, m.stopAt = 0, stopAt+n
			_, err := Run(t.Context(), Options{Sources: []SourceConfig{src}, Contact: "mailto:us@example.org", Now: c.now, sleep: c.sleep}, m)
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
