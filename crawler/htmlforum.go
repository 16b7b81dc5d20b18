package crawler

// Kind forum reads a forum's HTML pages by CSS selectors, given by a preset or one by one; without
// either, the preset that suits a page best is taken. Every page is read the same way: boards and
// topics that it lists are followed, posts are kept, and so is the way to the next page.
//
// A listing shows with every topic a mark that changes with a new post (its number of replies, the
// time of the last). The mark is part of the task's key and the task is always due at the same
// moment: a topic whose mark is as before is known to the frontier and not fetched again. A topic
// that has changed is read from the last page that was read of it. A board's later pages are not
// read where all topics of a page had their last post before the newest one of an earlier, complete
// reading of that board.
//
// What a post quotes is its parent, else the topic's first post is (as data.Topic). Guests are
// "guest:NAME", and by topic where they have no name of their own.

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"tribu/data"
)

// A htmlForum reads one forum.
type htmlForum struct {
	origin
	picks pickers
	any   []pickers // without a preset: all of them, to choose from for each page
	ends  endings   // of what they look for
	marks pageMarks
	wrong error // in the selectors

	pages  wellFormed
	found  markup // in the page that is read
	states remembered[forumState]
}

// pageMarks are selectors for what every page may have.
type pageMarks struct{ base, refresh selector }

func openForum(c SourceConfig, at string, since time.Time) Source {
	f := &htmlForum{origin: newOrigin(c.Name, at, since), ends: endings{}}
	f.marks.base, _ = f.ends.compile("base[href]") // both are CSS
	f.marks.refresh, _ = f.ends.compile("meta[http-equiv=refresh i]")
	f.picks, f.wrong = readPickers(c.Preset, c.Selectors, f.ends)
	if f.wrong != nil || len(f.picks["post"]) > 0 {
		return f
	}
	for _, name := range slices.Sorted(maps.Keys(presets())) {
		preset, err := readPickers(name, c.Selectors, f.ends)
		f.wrong = errors.Join(f.wrong, err)
		f.any = append(f.any, preset)
	}
	return f
}

// suits returns the selectors for a page: those that find the most posts, topics and boards on it.
func (f *htmlForum) suits(page element) pickers {
	best, most := f.picks, 0
	for _, preset := range f.any {
		n := 0
		for _, part := range [][2]string{{"post", "post-id"}, {"topic", "topic-link"}, {"board", "board-link"}} {
			for _, e := range preset[part[0]].all(page) {
				if preset[part[1]].text(e) != "" {
					n++
				}
			}
		}
		if n > most {
			best, most = preset, n
		}
	}
	return best
}

// valid says what is wrong with the preset or the selectors.
func (f *htmlForum) valid() error {
	if f.wrong != nil {
		return fmt.Errorf("open source %s: %w", f.source, f.wrong)
	}
	return nil
}

// Seeds asks for the forum's first page.
func (f *htmlForum) Seeds(_ string, now time.Time) []data.Task {
	return []data.Task{f.ask("page", "index", f.at+"/", 0, now)}
}

// fixedDue is when tasks are due that are made again and again until their mark changes.
func fixedDue() time.Time { return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) }

// A forumPage is one page being read.
type forumPage struct {
	*harvest
	picks pickers
	state *forumState
	base  *url.URL
	here  string // its own address, as links to it are written
	root  element
	marks pageMarks
	mark  string // of the topic this page belongs to
}

// Parse reads one page.
func (f *htmlForum) Parse(t data.Task, r Response, out *Out) error {
	if f.wrong != nil {
		return f.wrong
	}
	p := &forumPage{harvest: &harvest{origin: f.origin, trail: readTrail(""), kept: map[string]bool{}, task: t, response: r, out: out}, picks: f.picks, marks: f.marks, state: f.states.take(out.Cursor, readForumState)}
	if err := p.read(f); err != nil {
		return err
	}
	var err error
	if out.Cursor, err = p.state.write(); err == nil {
		f.states.keep(out.Cursor, p.state)
	}
	return err
}

func (p *forumPage) read(f *htmlForum) error {
	if p.response.Status != http.StatusOK {
		return p.missingPage()
	}
	if err := p.open(f); err != nil {
		return err
	}
	p.picks = f.suits(p.root)
	if p.task.Kind != "page" {
		return p.look()
	}
	_, p.mark, _ = strings.Cut(p.task.Key, "#")
	return p.follow()
}

// open reads the HTML, in whatever charset it is.
func (p *forumPage) open(f *htmlForum) error {
	page, err := readable(p.response)
	if err != nil {
		return fmt.Errorf("parse %s: %w", plainURL(p.task.URL), err)
	}
	doc, err := f.pages.parse(page)
	if err != nil {
		return fmt.Errorf("parse %s: %w", plainURL(p.task.URL), err)
	}
	p.root = f.found.of(doc, f.ends)
	if p.base, err = url.Parse(cmp.Or(p.response.URL, p.task.URL)); err != nil {
		return fmt.Errorf("parse %s: %w", plainURL(p.task.URL), err)
	}
	if bases := p.root.find(p.marks.base); len(bases) > 0 {
		href, _ := bases[0].attribute("href")
		if u, err := p.base.Parse(href); err == nil && u.Host == p.base.Host {
			p.base = u
		}
	}
	p.here = p.link(cmp.Or(p.response.URL, p.task.URL)) // not the base, which pages may share
	return nil
}

// readable returns an answer's text in UTF-8.
func readable(r Response) ([]byte, error) {
	said := r.Header.Get("Content-Type")
	if strings.HasSuffix(strings.ToLower(said), "charset=utf-8") && utf8.Valid(r.Body) {
		return r.Body, nil
	}
	raw, err := charset.NewReader(bytes.NewReader(r.Body), said)
	if err == io.EOF {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return io.ReadAll(raw)
}

// link resolves a page's address on the same host; empty where it leads elsewhere.
func (p *forumPage) link(href string) string {
	u, err := p.base.Parse(strings.TrimSpace(href))
	if href == "" || err != nil || u.Host != p.base.Host || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.Fragment = ""
	u.RawQuery = withoutSession(u.RawQuery)
	return u.String()
}

// withoutSession drops the parameters that name a visit or a way of looking.
func withoutSession(query string) string {
	var kept []string
	for _, part := range strings.FieldsFunc(query, func(r rune) bool { return r == '&' || r == ';' }) {
		key, _, _ := strings.Cut(strings.ToLower(part), "=")
		switch key {
		case "sid", "s", "phpsessid", "view", "highlight", "hilit", "goto", "nojs", "prefixid", "lang":
		default:
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

// topicAddress names a topic however its pages are linked: the path and query without what only
// tells the page or the post.
func topicAddress(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	path := u.Path
	for _, cut := range []string{"/page-", "/page"} {
		if i := strings.LastIndex(path, cut); i > 0 && strings.Trim(path[i+len(cut):], "0123456789/") == "" {
			path = path[:i]
		}
	}
	for _, tail := range []string{"/unread", "/latest"} {
		path = strings.TrimSuffix(path, tail)
	}
	if parts := strings.Split(strings.Trim(path, "/"), "/"); len(parts) == 4 && parts[0] == "topic" { // NodeBB's /topic/ID/slug/POST
		path = "/" + strings.Join(parts[:3], "/")
	}
	var kept []string
	topic := strings.Contains("&"+u.RawQuery, "&t=")
	for _, part := range strings.FieldsFunc(u.RawQuery, func(r rune) bool { return r == '&' || r == ';' }) {
		key, value, _ := strings.Cut(part, "=")
		switch {
		case key == "start", key == "page", key == "pp", key == "post", topic && (key == "f" || key == "p"):
		case key == "topic":
			value, _, _ = strings.Cut(value, ".")
			kept = append(kept, "topic="+value)
		default:
			kept = append(kept, part)
		}
	}
	address := strings.TrimRight(path, "/")
	if len(kept) > 0 {
		address += "?" + strings.Join(kept, "&")
	}
	return address
}

// refreshed follows a page that is nothing but a pointer to another.
func (p *forumPage) refreshed() bool {
	content := ""
	if found := p.root.find(p.marks.refresh); len(found) > 0 {
		content, _ = found[0].attribute("content")
	}
	i := strings.Index(strings.ToLower(content), "url=")
	if i < 0 {
		return false
	}
	link := p.link(strings.Trim(content[i+4:], `'" `))
	if link == "" {
		return false
	}
	p.after(p.ask("page", "page:"+link+"#"+p.mark, link, p.task.Depth+1, p.task.Due))
	return true
}

const mostProbed = 8 // pages

// Probe asks for the first page and, along its boards and topics, for a page with posts; a few may
// be empty or gone.
func (f *htmlForum) Probe(ctx context.Context, fetch Fetch) (Caps, error) {
	var caps Caps
	if f.wrong != nil {
		return caps, f.wrong
	}
	ahead := f.Seeds("", time.Time{})
	for range mostProbed {
		i := slices.Index(ahead, slices.MaxFunc(ahead, func(a, b data.Task) int { return cmp.Or(a.Depth-b.Depth, strings.Compare(b.Key, a.Key)) }))
		t := ahead[i]
		ahead = slices.Delete(ahead, i, i+1)
		var found Out
		err := caps.probe(ctx, fetch, t, func(r Response) bool {
			t.Due = r.FetchedAt
			return f.Parse(t, r, &found) == nil && len(found.Batch.Tasks)+len(found.Batch.Posts) > 0
		})
		ahead = append(ahead, found.Batch.Tasks...)
		if err != nil || len(found.Batch.Posts) > 0 || len(ahead) == 0 {
			return caps, err
		}
	}
	return caps, nil
}
