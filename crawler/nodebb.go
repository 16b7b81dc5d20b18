package crawler

// Kind nodebb reads a NodeBB forum through the JSON that its own pages are made of.
//
//	/api/recent?page=N                topics, the last answered first
//	/api/topic/TID/SLUG?page=N        a page of a topic
//	/api/v3/posts/PID                 what a page lacks
//
// A run goes down the topics to an hour below the last answer of the run before, once a day to a
// week below, and reads of each the pages that may hold something new: from the one that was the
// last before, or, once a day, from the one with the topic's first young post. Edits show there;
// posts that are marked as deleted are deleted, and so is what such a page lacks, once it is not
// found twice. A reply names the post it answers; others answer the topic's first.

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

const (
	nodebbOverlap  = 3600
	nodebbPage     = 20 // posts on a page, unless an administrator chose another number
	nodebbPlatform = "a NodeBB forum"
)

// nodebbForum reads one forum.
type nodebbForum struct{ origin }

func openNodebb(c SourceConfig, at string, since time.Time) Source {
	return &nodebbForum{newOrigin(c.Name, at, since)}
}

// Seeds asks for the topics that were answered last.
func (n *nodebbForum) Seeds(cursor string, now time.Time) []data.Task {
	down := max(n.since.Unix(), 0)
	if mark, err := strconv.ParseInt(readTrail(cursor).Marks["topics"], 10, 64); err == nil {
		down = mark - nodebbOverlap
	}
	return []data.Task{n.list(down, 1, now)}
}

// list asks for a page of the topics, down to a moment.
func (n *nodebbForum) list(down int64, page int, due time.Time) data.Task {
	return n.ask("list", fmt.Sprintf("topics:%d:%d", down, page), descending(n.at+"/api/recent?page="+strconv.Itoa(page), down, 0), 1, due)
}

// topic asks for a page of a topic, because of its last answer.
func (n *nodebbForum) topic(slug string, page int, why string, due time.Time) data.Task {
	parts := strings.Split(slug, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	at := n.at + "/api/topic/" + strings.Join(parts, "/") + "?page=" + strconv.Itoa(page)
	return n.ask("topic", fmt.Sprintf("topic:%s:%d:%s", parts[0], page, why), at, 2, due)
}

// Probe asks for the topics that were answered last, and for the first of them.
func (n *nodebbForum) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	var next []data.Task
	t := n.list(math.MinInt64, 1, time.Time{})
	err = caps.probe(ctx, fetch, t, func(r Response) bool {
		var out Out
		ok := n.Parse(t, r, &out) == nil
		next = out.Batch.Tasks
		return ok && len(next) > 0
	})
	if err != nil || !caps.Recognised {
		return caps, err
	}
	err = caps.probe(ctx, fetch, next[0], func(r Response) bool {
		var out Out
		return n.Parse(next[0], r, &out) == nil
	})
	return caps, err
}

// Parse reads one answer.
func (n *nodebbForum) Parse(t data.Task, r Response, out *Out) error {
	return n.read(t, r, out, map[string]reader{"list": n.topics, "again": n.topics, "topic": n.posts, "check": n.one, "gone": n.one})
}

// A nodebbTopic is a topic as lists show it, and with its posts as its own page does.
type nodebbTopic struct {
	ID       int               `json:"tid"`
	Main     int               `json:"mainPid"`
	Slug     string            `json:"slug"`
	Title    string            `json:"titleRaw"`
	Escaped  string            `json:"title"`
	Last     int64             `json:"lastposttime"` // milliseconds
	Deleted  int               `json:"deleted"`
	Posts    []json.RawMessage `json:"posts"`
	Category struct {
		Name string `json:"name"`
	} `json:"category"`
	Pagination struct {
		Current int `json:"currentPage"`
		Count   int `json:"pageCount"`
	} `json:"pagination"`
}

func (t nodebbTopic) sound() bool {
	return t.ID > 0 && t.Main > 0 && t.Slug != "" && !strings.Contains(t.Slug, "..")
}

func (t nodebbTopic) title() string {
	if t.Title != "" {
		return t.Title
	}
	return plainText(t.Escaped)
}

// A nodebbPost is one post of a topic.
type nodebbPost struct {
	ID      int             `json:"pid"`
	Text    string          `json:"content"`
	At      int64           `json:"timestamp"` // milliseconds
	To      json.RawMessage `json:"toPid"`     // a number or a text
	Deleted int             `json:"deleted"`
	Votes   int             `json:"votes"`
	User    struct {
		ID    int    `json:"uid"`
		Name  string `json:"username"`
		Shown string `json:"displayname"`
		Slug  string `json:"userslug"`
	} `json:"user"`
}

func (p nodebbPost) native() string { return strconv.Itoa(p.ID) }

// topics reads one page of the list.
func (n *nodebbForum) topics(h *harvest) error {
	down, _, err := descent(h.task.URL)
	if err != nil {
		return err
	}
	again := h.task.Kind == "again"
	mark, _ := strconv.ParseInt(h.trail.Marks["topics"], 10, 64)
	if again {
		down = weekBefore(mark)
	}
	var a struct {
		Topics     *[]json.RawMessage `json:"topics"`
		Pagination struct {
			Count int `json:"pageCount"`
		} `json:"pagination"`
	}
	if err := h.json(&a, nodebbPlatform); err != nil {
		return err
	}
	if a.Topics == nil {
		return fmt.Errorf("parse %s: no topics: not %s", plainURL(h.task.URL), nodebbPlatform)
	}
	newest, oldest := mark, int64(math.MaxInt64)
	topics, err := listed(h, *a.Topics, nodebbTopic.sound)
	if err != nil {
		return err
	}
	for _, t := range topics {
		last := t.Last / 1000
		newest, oldest = max(newest, last), min(oldest, last)
		if last >= down && t.Deleted == 0 {
			n.readTopic(h, t, again || strings.Contains(h.task.URL, "&week"))
		}
	}
	page, _ := strconv.Atoi(queryOf(h.task.URL).Get("page"))
	if len(*a.Topics) > 0 && oldest >= down && page < a.Pagination.Count {
		next := n.list(down, page+1, h.task.Due)
		if again || strings.Contains(h.task.URL, "&week") {
			next.Key, next.URL = "week:"+next.Key, strings.Replace(next.URL, "#", "&week#", 1)
		}
		h.enqueue(next)
	}
	first := mark == 0
	h.trail.Marks["topics"] = strconv.FormatInt(newest, 10)
	if first || again {
		h.tomorrow("topics", newest, n.list(weekBefore(newest), 1, h.now()))
	}
	return nil
}

// readTopic asks for a topic from the page on that may hold something new.
func (n *nodebbForum) readTopic(h *harvest, t nodebbTopic, week bool) {
	main := strconv.Itoa(t.Main)
	page, _ := strconv.Atoi(h.trail.Facts["c:"+main])
	why := strconv.FormatInt(t.Last, 10)
	if week {
		young := 0
		for _, y := range h.trail.Young["posts"] {
			if root, _ := h.trail.thread(y.ID); root == main {
				young++
			}
		}
		page, why = page-(young+nodebbPage-1)/nodebbPage, "week"
	}
	h.enqueue(n.topic(t.Slug, max(page, 1), why, h.task.Due))
}

// posts reads one page of a topic.
func (n *nodebbForum) posts(h *harvest) error {
	if h.notFound() {
		h.note("the topic is gone: HTTP %d", h.response.Status)
		return nil
	}
	var t nodebbTopic
	if err := h.json(&t, nodebbPlatform); err != nil {
		return err
	}
	if !t.sound() {
		return fmt.Errorf("parse %s: no topic: not %s", plainURL(h.task.URL), nodebbPlatform)
	}
	main := strconv.Itoa(t.Main)
	present, lo, hi := map[string]bool{}, int64(math.MaxInt64), int64(0)
	for _, p := range each(h, t.Posts, func(p nodebbPost) bool { return p.ID > 0 }) {
		at, _ := h.moment(time.UnixMilli(p.At))
		present[p.native()] = true
		if p.native() != main { // the first post is on every page of some themes
			lo, hi = min(lo, at.Unix()), max(hi, at.Unix())
		}
		n.keep(h, t, p)
	}
	page, _ := strconv.Atoi(queryOf(h.task.URL).Get("page"))
	if page < t.Pagination.Count && len(t.Posts) > 0 {
		_, why, _ := strings.Cut(strings.TrimPrefix(h.task.Key, "topic:"), ":")
		_, why, _ = strings.Cut(why, ":")
		h.enqueue(n.topic(t.Slug, page+1, why, h.task.Due))
	}
	if known, _ := strconv.Atoi(h.trail.Facts["c:"+main]); page > known {
		h.trail.Facts["c:"+main] = strconv.Itoa(page)
	}
	for _, id := range h.trail.missing("posts", lo, hi, present) {
		if root, _ := h.trail.thread(id); root == main {
			h.enqueue(h.ask("check", "check:"+id, n.at+"/api/v3/posts/"+id, 5, h.task.Due))
		}
	}
	return nil
}

func (n *nodebbForum) keep(h *harvest, t nodebbTopic, p nodebbPost) {
	if p.Deleted != 0 {
		h.bury(p.native())
		return
	}
	main := strconv.Itoa(t.Main)
	web := n.at + "/topic/" + strconv.Itoa(t.ID)
	w := written{id: p.native(), thread: main, at: time.UnixMilli(p.At), body: p.Text, format: data.FormatHTML, url: n.at + "/post/" + p.native(), place: plainText(t.Category.Name), score: p.Votes,
		threadTitle: t.title(), threadURL: web, mentions: atNames(p.Text),
		author: data.Author{NativeID: strconv.Itoa(p.User.ID), Handle: p.User.Slug, Name: plainText(p.User.Shown), URL: n.at + "/user/" + url.PathEscape(p.User.Slug)}}
	if w.author.Name == "" {
		w.author.Name = p.User.Name
	}
	if p.native() == main {
		w.title = t.title()
	} else {
		w.parent, w.by = main, data.Topic
		if to, err := strconv.Atoi(strings.Trim(string(p.To), `"`)); err == nil && to > 0 && to != p.ID {
			w.parent, w.by = strconv.Itoa(to), data.Reply
		}
	}
	at, _ := h.moment(w.at)
	h.trail.saw("posts", p.native(), at)
	h.keep(w)
}

// one reads what became of a post.
func (n *nodebbForum) one(h *harvest) error {
	var a struct {
		Post nodebbPost `json:"response"`
	}
	if !h.notFound() {
		if err := h.json(&a, nodebbPlatform); err != nil {
			return err
		}
	}
	_, id, _ := strings.Cut(h.task.Key, ":")
	return h.whereabouts(h.notFound() || a.Post.native() == id && a.Post.Deleted != 0, func() error { return nil })
}
