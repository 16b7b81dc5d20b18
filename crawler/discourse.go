package crawler

// Kind discourse reads a Discourse forum as a visitor sees it. A read goes up through the post
// ids, so that a reply is read after what it answers and one number says how far the read came.
//
// Endpoints, all below the source's URL, all answers JSON:
//
//	/robots.txt                        any answer; read at most once a day
//	/site.json                         once a run; 4xx is fine (then Place is the category's number)
//	/posts.json                        the newest posts: only to learn the highest id, or as the last page
//	/posts.json?before=N               posts with an id in (N-50, N], any order; empty is fine; N is a multiple of 50
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
// A post that is gone: deleted_at or user_deleted set, a body that is a placeholder, missing
// from /posts.json and from its topic's stream, or in a topic that answers 404 or 410 in two runs. Edits show when
// a page is read again: the newest 50 ids at every run, and once a day all posts that were
// younger than a week at the reading before. A post that is hidden, mostly for a while, keeps its
// place without its words until it is shown again.

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
	idsBack      = 1000           // ids by which the newest may fall, as posts are deleted, before it is another forum
	readAgain    = 24 * time.Hour // how often young posts are read again
	young        = 7 * 24 * time.Hour
	goneAgain    = time.Hour // between two 404s of a topic that count
	maxTopicTask = 50        // post ids asked for at once
)

// discourse reads one forum.
type discourse struct {
	source string
	at     string // the forum's URL, no slash at the end
	since  time.Time
	states remembered[state]
}

// Tasks of one run share the moment they are due, so that depth decides: first the categories, then
// pages, topics, then single posts, in whatever moment a process dies and another goes on.
func (d *discourse) task(kind, key, path string, depth int, due time.Time) data.Task {
	return data.Task{Source: d.source, Key: key, Kind: kind, URL: d.at + path, Depth: depth, State: data.TaskReady, Due: due}
}

func (d *discourse) newest(due time.Time) data.Task {
	return d.task("newest", "newest", "/posts.json", 1, due)
}

func (d *discourse) page(before int, due time.Time) data.Task {
	n := strconv.Itoa(before)
	return d.task("page", "page:"+n, "/posts.json?before="+n, 1, due)
}

func (d *discourse) topic(id int, due time.Time) data.Task {
	n := strconv.Itoa(id)
	return d.task("topic", "t:"+n, "/t/"+n+".json", 2, due)
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
	return d.task("posts", "p:"+n+key.String(), "/t/"+n+"/posts.json?"+query.String(), 3, due)
}

// Seeds asks for the categories and then for the newest posts.
func (d *discourse) Seeds(_ string, now time.Time) []data.Task {
	return []data.Task{d.task("site", "site", "/site.json", 0, now), d.newest(now)}
}

// Parse reads one answer.
func (d *discourse) Parse(t data.Task, r Response, out *Out) error {
	p := &reading{discourse: d, state: d.states.take(out.Cursor, readState), task: t, response: r, out: out}
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
	case "young":
		p.readYoung()
	case "topic", "gone":
		err = p.readTopic()
	case "posts":
		err = p.readPosts()
	default:
		err = fmt.Errorf("parse %s: unknown kind %q", plainURL(t.URL), t.Kind)
	}
	if err != nil {
		return err
	}
	if out.Cursor, err = p.state.write(); err == nil {
		d.states.keep(out.Cursor, p.state)
	}
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
			caps.Sample, caps.SampleTask = r, d.task("sample", "sample", path, 0, r.FetchedAt)
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
