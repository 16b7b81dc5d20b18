package crawler

// Kind discourse reads a Discourse forum as a visitor sees it. A read goes up through the post
// ids, so that a reply is read after what it answers and one number says how far the read came.
//
// Endpoints, all below the source's URL, all answers JSON:
//
//	/robots.txt                        any answer; read at most once a day
//	/site.json                         once a day; 4xx is fine (then Place is the category's number)
//	/posts.json                        the newest posts: only to learn the highest id, or as the last page
//	/posts.json?before=N               posts with an id in (N-50, N], any order; empty is fine
//	/t/ID.json                         only where an answer's parent is not known from earlier pages, where a
//	                                   known post is missing from a page, and for a topic whose first post is unknown
//	/t/ID/posts.json?post_ids[]=A&…    posts of a topic that /t/ID.json lists but does not show
//
// Fields:
//
//	/site.json       categories[]{id, name}
//	/posts.json      latest_posts[]: a post with topic_title and category_id
//	/t/ID.json       id, title, slug, category_id, post_stream{posts[], stream[]}: stream lists every post id in order
//	/t/ID/posts.json post_stream{posts[]}
//	a post           id, topic_id, topic_slug, topic_title, category_id, post_number, post_type (1: by a person),
//	                 reply_to_post_number, username, name, created_at, cooked, score, reads,
//	                 deleted_at, user_deleted, hidden
//
// A post that is gone: deleted_at or user_deleted set, hidden, a body that is a placeholder, missing
// from /posts.json and from its topic's stream, or in a topic that answers 404 or 410 in two runs. Edits show when
// a page is read again: the newest 50 ids at every run, and once a day all posts that were
// younger than a week at the reading before.

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

const (
	pageIDs      = 50             // ids that /posts.json?before=N spans
	overlapIDs   = 30             // read again at every run: ids may become visible out of order
	seenEmpty    = 400            // pages in a row without a visible post before a run gives in
	readAgain    = 24 * time.Hour // how often young posts are read again
	young        = 7 * 24 * time.Hour
	siteFresh    = 24 * time.Hour
	goneAgain    = time.Hour // between two 404s of a topic that count
	maxTopicTask = 50        // post ids asked for at once
)

// discourse reads one forum.
type discourse struct {
	source string
	at     string // the forum's URL, no slash at the end
	since  time.Time
}

func (d *discourse) task(kind, key, path string, due time.Time) data.Task {
	return data.Task{Source: d.source, Key: key, Kind: kind, URL: d.at + path, State: data.TaskReady, Due: due}
}

func (d *discourse) newest(due time.Time) data.Task {
	return d.task("newest", "newest", "/posts.json", due)
}

func (d *discourse) page(before int, due time.Time) data.Task {
	n := strconv.Itoa(before)
	return d.task("page", "page:"+n, "/posts.json?before="+n, due)
}

func (d *discourse) topic(id int, due time.Time) data.Task {
	n := strconv.Itoa(id)
	return d.task("topic", "t:"+n, "/t/"+n+".json", due)
}

func (d *discourse) posts(topic int, ids []int, due time.Time) data.Task {
	n := strconv.Itoa(topic)
	var query, key strings.Builder
	for i, id := range ids {
		if i > 0 {
			query.WriteByte('&')
		}
		fmt.Fprintf(&query, "post_ids[]=%d", id)
		fmt.Fprintf(&key, ":%d", id)
	}
	return d.task("posts", "p:"+n+key.String(), "/t/"+n+"/posts.json?"+query.String(), due)
}

// Seeds asks for the categories once a day and then for the newest posts.
func (d *discourse) Seeds(cursor string, now time.Time) []data.Task {
	if st := readState(cursor); now.Sub(time.Unix(st.Site, 0)) < siteFresh {
		return []data.Task{d.newest(now)}
	}
	return []data.Task{d.task("site", "site", "/site.json", now)}
}

// Parse reads one answer.
func (d *discourse) Parse(t data.Task, r Response, out *Out) error {
	p := &reading{discourse: d, state: readState(out.Cursor), task: t, response: r, out: out}
	var err error
	switch t.Kind {
	case "site":
		p.readSite()
	case "newest":
		err = p.readNewest()
	case "page":
		err = p.readPage()
	case "seek":
		err = p.readSeek()
	case "sample":
		err = p.readSample()
	case "topic":
		err = p.readTopic()
	case "posts":
		err = p.readPosts()
	default:
		err = fmt.Errorf("parse %s: unknown kind %q", plainURL(t.URL), t.Kind)
	}
	if err != nil {
		return err
	}
	out.Cursor, err = p.state.write()
	return err
}

// A reading is one answer being parsed.
type reading struct {
	*discourse
	state    *state
	task     data.Task
	response Response
	out      *Out
}

func (p *reading) now() time.Time { return p.response.FetchedAt }

func (p *reading) enqueue(t data.Task) { p.out.Batch.Tasks = append(p.out.Batch.Tasks, t) }

func (p *reading) wantOK() error {
	if p.response.Status == 200 {
		return nil
	}
	reason := "not a Discourse forum, or closed to visitors"
	return fmt.Errorf("parse %s: HTTP %d: %s", plainURL(p.task.URL), p.response.Status, reason)
}

func (p *reading) readSite() {
	var site struct {
		Categories []struct {
			ID   int    `json:"id"`
			Name string `json:"name"`
		} `json:"categories"`
	}
	if p.response.Status == 200 && json.Unmarshal(p.response.Body, &site) == nil {
		for _, c := range site.Categories {
			p.state.Places[c.ID] = tidy(c.Name)
		}
	}
	p.state.Site = p.now().Unix()
	p.enqueue(p.newest(p.now()))
}

type latest struct {
	Posts *[]json.RawMessage `json:"latest_posts"`
}

func (p *reading) latestPosts() ([]wirePost, error) {
	if err := p.wantOK(); err != nil {
		return nil, err
	}
	var l latest
	if err := json.Unmarshal(p.response.Body, &l); err != nil {
		return nil, fmt.Errorf("parse %s: %w", plainURL(p.task.URL), err)
	}
	if l.Posts == nil {
		return nil, fmt.Errorf("parse %s: no latest_posts: not a Discourse forum", plainURL(p.task.URL))
	}
	return p.wirePosts(*l.Posts), nil
}

// readNewest learns the highest id and starts the way up to it, or makes it in one step.
func (p *reading) readNewest() error {
	posts, err := p.latestPosts()
	if err != nil {
		return err
	}
	lowest, highest := span(posts)
	st := p.state
	if highest == 0 && st.Max == 0 {
		p.out.Notes = append(p.out.Notes, "the forum shows no post to visitors")
		return nil
	}
	if highest == 0 { // the newest ids are all hidden from visitors
		highest = st.Max + pageIDs
	}
	if st.Top == 0 {
		st.start(p.now())
	}
	st.Top = max(st.Top, highest)
	if st.Seek != nil || st.Max == 0 && st.At == 0 && !p.since.IsZero() {
		st.Seek = &[2]int{0, highest}
		p.seekOn()
		return nil
	}
	if lowest > 0 && lowest <= st.At {
		p.absorb(posts, st.At, max(highest, st.At))
		st.Empty = 0
	}
	p.goOn()
	return nil
}

// readPage reads posts with ids in (before-50, before].
func (p *reading) readPage() error {
	before, err := strconv.Atoi(strings.TrimPrefix(p.task.Key, "page:"))
	if err != nil {
		return fmt.Errorf("parse %s: task key %q: %w", plainURL(p.task.URL), p.task.Key, err)
	}
	posts, err := p.latestPosts()
	if err != nil {
		return err
	}
	st := p.state
	if before != st.At+pageIDs || st.Top == 0 {
		return nil // left over from a way that was already gone
	}
	if st.Empty++; len(posts) > 0 {
		st.Empty = 0
	}
	p.absorb(posts, st.At, before)
	p.goOn()
	return nil
}

// goOn asks for the next page, or ends the way up.
func (p *reading) goOn() {
	st := p.state
	switch {
	case st.At >= st.Top:
		st.Top, st.At, st.Empty = 0, 0, 0
	case st.Empty >= seenEmpty:
		st.Empty = 0
		p.out.Notes = append(p.out.Notes, fmt.Sprintf("%d pages in a row without a visible post: stopped at id %d; the next crawl goes on from there", seenEmpty, st.At))
	default:
		p.enqueue(p.page(st.At+pageIDs, p.now()))
	}
}

// seekOn asks for the page in the middle of what may hold the first wanted post.
func (p *reading) seekOn() {
	lo, hi := p.state.Seek[0], p.state.Seek[1]
	if hi-lo > pageIDs {
		t := p.page((lo+hi)/2, p.now())
		t.Kind, t.Key = "seek", "seek"+strings.TrimPrefix(t.Key, "page")
		p.enqueue(t)
		return
	}
	p.state.Seek = nil
	p.state.At = lo
	p.enqueue(p.page(lo+pageIDs, p.now()))
}

// readSeek narrows the search: a page whose posts are all too old lies below the first wanted
// one. A page without a post says nothing, so the search goes on below it.
func (p *reading) readSeek() error {
	before, err := strconv.Atoi(strings.TrimPrefix(p.task.Key, "seek:"))
	if err != nil {
		return fmt.Errorf("parse %s: task key %q: %w", plainURL(p.task.URL), p.task.Key, err)
	}
	posts, err := p.latestPosts()
	s := p.state.Seek
	if err != nil || s == nil || before <= s[0] || before >= s[1] {
		return err
	}
	old := len(posts) > 0
	for _, w := range posts {
		at, _ := p.when(w)
		old = old && at.Before(p.since)
	}
	if old {
		s[0] = before
	} else {
		s[1] = before
	}
	p.seekOn()
	return nil
}

func span(posts []wirePost) (lowest, highest int) {
	for i, w := range posts {
		if i == 0 || w.ID < lowest {
			lowest = w.ID
		}
		highest = max(highest, w.ID)
	}
	return lowest, highest
}

// Probe asks for the categories and the newest posts. The sample is the newest page.
func (d *discourse) Probe(ctx context.Context, fetch Fetch) (Caps, error) {
	var caps Caps
	for _, path := range []string{"/site.json", "/posts.json"} {
		r, err := fetch(ctx, d.at+path)
		if err != nil {
			return caps, err
		}
		var l latest
		if path == "/posts.json" {
			caps.Sample, caps.SampleTask = r, d.task("sample", "sample", path, r.FetchedAt)
			caps.Recognised = r.Status == 200 && json.Unmarshal(r.Body, &l) == nil && l.Posts != nil
		}
		if r.Status == 200 {
			caps.Open = append(caps.Open, path)
		} else {
			caps.Closed = append(caps.Closed, fmt.Sprintf("%s: HTTP %d", path, r.Status))
		}
	}
	return caps, nil
}

// readSample keeps the posts of a page and asks for nothing more.
func (p *reading) readSample() error {
	posts, err := p.latestPosts()
	for _, w := range posts {
		p.take(w, func(int) {})
	}
	return err
}
