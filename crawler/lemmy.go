package crawler

// Kind lemmy reads posts and comments of a Lemmy server (version 0.19, /api/v3) that were written
// on it, or of one community where the URL ends in /c/NAME.
//
//	/api/v3/post/list?sort=New&limit=50&page=N       posts: each starts a thread
//	/api/v3/comment/list?sort=New&limit=50&page=N    comments; path holds the ancestors, 0 is the post
//	/api/v3/post?id=ID, /api/v3/comment?id=ID        what a page lacks
//
// Lists go down from the newest to an hour below the newest of the run before; once a day to a
// week below. What is marked as deleted or removed is deleted; what is missing, once it is not
// found twice. Bodies are Markdown, kept as text.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

const (
	lemmyPage     = 50
	lemmyOverlap  = 3600
	lemmyPlatform = "a Lemmy server"
)

// lemmy reads one server, or one community of it.
type lemmy struct {
	origin
	host      string
	community string
}

func openLemmy(c SourceConfig, at string, since time.Time) Source {
	l := &lemmy{origin: newOrigin(c.Name, at, since)}
	if i := strings.LastIndex(at, "/c/"); i > 0 {
		l.at, l.community = at[:i], at[i+3:]
	}
	if u, err := url.Parse(l.at); err == nil {
		l.host = u.Host
	}
	return l
}

// Seeds starts both lists.
func (l *lemmy) Seeds(cursor string, now time.Time) []data.Task {
	t := readTrail(cursor)
	var tasks []data.Task
	for _, stream := range []string{"post", "comment"} {
		down := max(l.since.Unix(), 0)
		if mark, err := strconv.ParseInt(t.Marks[stream], 10, 64); err == nil {
			down = mark - lemmyOverlap
		}
		tasks = append(tasks, l.list(stream, down, 1, math.MaxInt64, now))
	}
	return tasks
}

// list asks for a page of a list that is read down to a moment; what it shows was written before
// another. Posts come before their comments.
func (l *lemmy) list(stream string, down int64, page int, before int64, due time.Time) data.Task {
	q := url.Values{"sort": {"New"}, "limit": {strconv.Itoa(lemmyPage)}, "page": {strconv.Itoa(page)}, "type_": {"Local"}}
	if l.community != "" {
		q.Set("community_name", l.community)
		q.Set("type_", "All")
	}
	depth := 1
	if stream == "comment" {
		depth = 2
	}
	return l.ask("list", fmt.Sprintf("%s:%d:%d:%d", stream, down, page, before), l.at+"/api/v3/"+stream+"/list?"+q.Encode(), depth, due)
}

// Probe asks for the first page of both lists.
func (l *lemmy) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	for _, stream := range []string{"post", "comment"} {
		t := l.list(stream, math.MaxInt64, 1, math.MaxInt64, time.Time{})
		err := caps.probe(ctx, fetch, t, func(r Response) bool {
			var a lemmyList
			return json.Unmarshal(r.Body, &a) == nil && (a.Posts != nil || a.Comments != nil)
		})
		if err != nil {
			return caps, err
		}
	}
	return caps, nil
}

// Parse reads one answer.
func (l *lemmy) Parse(t data.Task, r Response, out *Out) error {
	return l.read(t, r, out, map[string]reader{"list": l.page, "again": l.page, "check": l.one, "gone": l.one})
}

type lemmyList struct {
	Posts    *[]json.RawMessage `json:"posts"`
	Comments *[]json.RawMessage `json:"comments"`
}

// A lemmyView is a post, or a comment with the post it is on.
type lemmyView struct {
	Post struct {
		lemmyEntry
		Name       string `json:"name"`
		Body       string `json:"body"`
		Pinned     bool   `json:"featured_local"`
		PinnedHere bool   `json:"featured_community"`
	} `json:"post"`
	Comment *struct {
		lemmyEntry
		Content string `json:"content"`
		Path    string `json:"path"`
	} `json:"comment"`
	Creator struct {
		ID    int    `json:"id"`
		Name  string `json:"name"`
		Shown string `json:"display_name"`
		Actor string `json:"actor_id"`
		Bio   string `json:"bio"`
	} `json:"creator"`
	Community struct {
		Name string `json:"name"`
	} `json:"community"`
	Counts struct {
		Score int `json:"score"`
	} `json:"counts"`
}

// A lemmyEntry is what posts and comments have in common.
type lemmyEntry struct {
	ID        int    `json:"id"`
	Published string `json:"published"`
	Deleted   bool   `json:"deleted"`
	Removed   bool   `json:"removed"`
	Address   string `json:"ap_id"`
}

func (v lemmyView) entry() lemmyEntry {
	if v.Comment != nil {
		return v.Comment.lemmyEntry
	}
	return v.Post.lemmyEntry
}

func (v lemmyView) native() string {
	if v.Comment != nil {
		return "c" + strconv.Itoa(v.Comment.ID)
	}
	return "p" + strconv.Itoa(v.Post.ID)
}

func (e lemmyEntry) at() time.Time {
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05"} { // older servers leave the zone out
		if at, err := time.Parse(form, e.Published); err == nil {
			return at
		}
	}
	return time.Time{}
}

// handle is how people here write an account: without the server where it is this one.
func (l *lemmy) handle(name, server string) string {
	if server == "" || strings.EqualFold(server, l.host) {
		return name
	}
	return name + "@" + server
}

func (l *lemmy) keep(h *harvest, v lemmyView) {
	e := v.entry()
	if e.Deleted || e.Removed {
		h.bury(v.native())
		return
	}
	server := ""
	if u, err := url.Parse(v.Creator.Actor); err == nil {
		server = u.Host
	}
	handle, post := l.handle(v.Creator.Name, server), "p"+strconv.Itoa(v.Post.ID)
	w := written{id: v.native(), thread: post, at: e.at(), title: v.Post.Name, body: v.Post.Body, format: data.FormatText, url: e.Address, place: v.Community.Name, score: v.Counts.Score,
		threadTitle: v.Post.Name, threadURL: v.Post.Address,
		author: data.Author{NativeID: strconv.Itoa(v.Creator.ID), Handle: handle, Name: v.Creator.Shown, URL: v.Creator.Actor, OptedOut: asksToBeLeft(v.Creator.Bio)}}
	if v.Comment != nil {
		w.title, w.body = "", v.Comment.Content
		w.parent, w.by = post, data.Topic
		if path := strings.Split(v.Comment.Path, "."); len(path) > 2 {
			w.parent, w.by = "c"+path[len(path)-2], data.Reply
		}
	}
	w.mentions = l.mentions(w.body)
	h.keep(w)
}

// mentions returns the accounts that a text names outside of quotes and code.
func (l *lemmy) mentions(markdown string) []string {
	var out []string
	for _, m := range markdownNames(markdown, regexp.MustCompile(`(?:^|[\s(\[,;:])@([\pL\pN_]+)(?:@([\pL\pN-]+(?:\.[\pL\pN-]+)+))?`)) {
		out = append(out, l.handle(m[1], m[2]))
	}
	return out
}

// page reads one page of a list that goes down.
func (l *lemmy) page(h *harvest) error {
	var down, before int64
	var page int
	key, again := strings.CutPrefix(h.task.Key, "again:")
	stream, rest, _ := strings.Cut(key, ":")
	if mark, err := strconv.ParseInt(h.trail.Marks[stream], 10, 64); again && err == nil {
		rest = fmt.Sprintf("%d:1:%d", weekBefore(mark), int64(math.MaxInt64))
	}
	if _, err := fmt.Sscanf(rest, "%d:%d:%d", &down, &page, &before); err != nil || stream != "post" && stream != "comment" {
		return fmt.Errorf("parse %s: task key %q", plainURL(h.task.URL), h.task.Key)
	}
	var a lemmyList
	if err := h.json(&a, lemmyPlatform); err != nil {
		return err
	}
	raw := a.Posts
	if stream == "comment" {
		raw = a.Comments
	}
	if raw == nil {
		return fmt.Errorf("parse %s: no list of %ss: not %s", plainURL(h.task.URL), stream, lemmyPlatform)
	}
	newest, oldest, present := int64(0), before, map[string]bool{}
	entries, err := listed(h, *raw, func(v lemmyView) bool { return v.entry().ID > 0 && (v.Comment != nil) == (stream == "comment") })
	if err != nil {
		return err
	}
	for _, v := range entries {
		at, _ := h.moment(v.entry().at())
		if v.Comment != nil || !v.Post.Pinned && !v.Post.PinnedHere { // pinned posts come first, whatever their age
			newest, oldest = max(newest, at.Unix()), min(oldest, at.Unix())
		}
		present[v.native()] = true
		if l.keep(h, v); !v.entry().Deleted && !v.entry().Removed {
			h.trail.saw(stream, v.native(), at)
		}
	}
	lo := oldest
	if len(*raw) == 0 {
		lo = down - 1
	} else if oldest >= down {
		h.enqueue(l.list(stream, down, page+1, oldest, h.task.Due))
	}
	h.lookFor(stream, lo, before, present, func(id string) string { return l.at + "/api/v3/" + stream + "?id=" + id[1:] })
	l.mark(h, stream, page, newest)
	return nil
}

// mark remembers the newest of a list, and has the week read again a day from now.
func (l *lemmy) mark(h *harvest, stream string, page int, newest int64) {
	newest = h.trail.mark(stream, newest)
	if page == 1 {
		h.tomorrow(stream, newest, l.list(stream, 0, 1, math.MaxInt64, h.now()))
	}
}

// one reads what became of a post or comment.
func (l *lemmy) one(h *harvest) error {
	gone := h.notFound() || h.response.Status == http.StatusBadRequest && bytes.Contains(h.response.Body, []byte("couldnt_find"))
	return h.whereabouts(gone, func() error {
		var a struct {
			Post    *lemmyView `json:"post_view"`
			Comment *lemmyView `json:"comment_view"`
		}
		if err := h.json(&a, lemmyPlatform); err != nil {
			return err
		}
		for _, v := range []*lemmyView{a.Post, a.Comment} {
			if v != nil && v.entry().ID > 0 {
				l.keep(h, *v)
			}
		}
		return nil
	})
}
