package crawler

// Kind flarum reads the posts of a Flarum forum through its JSON:API.
//
//	/api/posts?filter[type]=comment&sort=-createdAt&page[limit]=50&page[offset]=N    all posts
//	/api/posts?filter[discussion]=D&filter[number]=N                                 what a page lacks
//
// The list goes down from the newest to an hour below the newest of the run before; once a day to
// a week below: edits show, and what is missing is deleted once it is not found twice. A post is
// known by its discussion and its number there, so that the first of a discussion is known to all
// others. Mentions of posts, which Flarum writes for replies and quotes, give the parent.

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tribu/data"
)

const (
	flarumPage     = 50
	flarumOverlap  = 3600
	flarumPlatform = "a Flarum forum"
)

// flarum reads one forum.
type flarum struct{ origin }

func openFlarum(c SourceConfig, at string, since time.Time) Source {
	return &flarum{newOrigin(c.Name, at, since)}
}

// Seeds starts the list.
func (f *flarum) Seeds(cursor string, now time.Time) []data.Task {
	down := max(f.since.Unix(), 0)
	if mark, err := strconv.ParseInt(readTrail(cursor).Marks["posts"], 10, 64); err == nil {
		down = mark - flarumOverlap
	}
	return []data.Task{f.list(down, 0, math.MaxInt64, now)}
}

// list asks for a page of the list that is read down to a moment; the page before ended at before.
func (f *flarum) list(down int64, offset int, before int64, due time.Time) data.Task {
	q := url.Values{"filter[type]": {"comment"}, "sort": {"-createdAt"}, "page[limit]": {strconv.Itoa(flarumPage)}, "page[offset]": {strconv.Itoa(offset)}}
	return f.ask("list", fmt.Sprintf("posts:%d:%d", down, offset), descending(f.at+"/api/posts?"+q.Encode(), down, before), 1, due)
}

// Probe asks for the newest posts.
func (f *flarum) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	t := f.list(math.MaxInt64, 0, math.MaxInt64, time.Time{})
	err = caps.probe(ctx, fetch, t, func(r Response) bool {
		var out Out
		return f.Parse(t, r, &out) == nil && len(out.Batch.Posts) > 0
	})
	return caps, err
}

// Parse reads one answer.
func (f *flarum) Parse(t data.Task, r Response, out *Out) error {
	return f.read(t, r, out, map[string]reader{"list": f.page, "again": f.page, "check": f.one, "gone": f.one})
}

// A flarumAnswer is a list of posts with the people and discussions they belong to.
type flarumAnswer struct {
	Data     *[]json.RawMessage `json:"data"`
	Included []flarumEntry      `json:"included"`
}

// A flarumRef names another entry.
type flarumRef struct {
	Data struct {
		ID string `json:"id"`
	} `json:"data"`
}

// A flarumEntry is a post, a person or a discussion.
type flarumEntry struct {
	Type       string `json:"type"`
	ID         string `json:"id"`
	Attributes struct {
		Number      int    `json:"number"` // posts
		CreatedAt   string `json:"createdAt"`
		ContentType string `json:"contentType"`
		HTML        string `json:"contentHtml"`
		Hidden      bool   `json:"isHidden"`
		Username    string `json:"username"` // people
		Shown       string `json:"displayName"`
		Title       string `json:"title"` // discussions
		Slug        string `json:"slug"`
	} `json:"attributes"`
	Relationships struct {
		User       flarumRef `json:"user"`
		Discussion flarumRef `json:"discussion"`
	} `json:"relationships"`
}

func (e flarumEntry) native() string {
	return e.Relationships.Discussion.Data.ID + "/" + strconv.Itoa(e.Attributes.Number)
}

func (e flarumEntry) sound() bool {
	discussion, err := strconv.Atoi(e.Relationships.Discussion.Data.ID)
	return e.Type == "posts" && err == nil && discussion > 0 && e.Attributes.Number > 0
}

// about returns the entries that others are about, by type and id.
func (a flarumAnswer) about() map[string]flarumEntry {
	known := map[string]flarumEntry{}
	for _, e := range a.Included {
		known[e.Type+" "+e.ID] = e
	}
	return known
}

func (f *flarum) keep(h *harvest, e flarumEntry, known map[string]flarumEntry) {
	discussion := e.Relationships.Discussion.Data.ID
	about, person := known["discussions "+discussion], known["users "+e.Relationships.User.Data.ID]
	at, _ := time.Parse(time.RFC3339, e.Attributes.CreatedAt)
	web := f.at + "/d/" + discussion
	w := written{id: e.native(), thread: discussion + "/1", at: at, body: e.Attributes.HTML, format: data.FormatHTML, url: web + "/" + strconv.Itoa(e.Attributes.Number),
		threadTitle: about.Attributes.Title, threadURL: web, author: data.Author{NativeID: "0", Name: "[deleted]"}}
	if person.ID != "" {
		w.author = data.Author{NativeID: person.ID, Handle: person.Attributes.Username, Name: person.Attributes.Shown, URL: f.at + "/u/" + url.PathEscape(person.Attributes.Username)}
	}
	if e.Attributes.Number == 1 {
		w.title = about.Attributes.Title
	} else {
		w.parent, w.by = w.thread, data.Topic
	}
	f.turns(&w)
	h.keep(w)
}

// turns finds whom a post turns to: a post that it mentions is what it answers, more are quoted.
func (f *flarum) turns(w *written) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(w.body))
	if err != nil {
		return
	}
	place := regexp.MustCompile(`/d/(\d+)(?:-[^/]*)?/(\d+)$`)
	doc.Find("a.PostMention").EachWithBreak(func(n int, s *goquery.Selection) bool {
		if m := place.FindStringSubmatch(s.AttrOr("href", "")); m != nil {
			if to := m[1] + "/" + m[2]; w.by != data.Reply && to != w.id {
				w.parent, w.by = to, data.Reply
			} else {
				w.quotes = append(w.quotes, to)
			}
		}
		return n < maxTurns
	})
	doc.Find("a.UserMention").EachWithBreak(func(n int, s *goquery.Selection) bool {
		u := s.AttrOr("href", "")
		if name, err := url.PathUnescape(u[strings.LastIndexByte(u, '/')+1:]); err == nil && strings.Contains(u, "/u/") {
			w.mentions = append(w.mentions, name)
		}
		return n < maxTurns
	})
}

func (h *harvest) flarum() (flarumAnswer, error) {
	var a flarumAnswer
	if err := h.json(&a, flarumPlatform); err != nil {
		return a, err
	}
	if a.Data == nil {
		return a, fmt.Errorf("parse %s: no data: not %s", plainURL(h.task.URL), flarumPlatform)
	}
	return a, nil
}

// page reads one page of the list.
func (f *flarum) page(h *harvest) error {
	down, before, err := descent(h.task.URL)
	if err != nil {
		return err
	}
	a, err := h.flarum()
	if err != nil {
		return err
	}
	known, newest, oldest, present := a.about(), int64(0), before, map[string]bool{}
	entries, err := listed(h, *a.Data, flarumEntry.sound)
	if err != nil {
		return err
	}
	for _, e := range entries {
		written, _ := time.Parse(time.RFC3339, e.Attributes.CreatedAt)
		at, _ := h.moment(written)
		newest, oldest, present[e.native()] = max(newest, at.Unix()), min(oldest, at.Unix()), true
		switch {
		case e.Attributes.Hidden:
			h.bury(e.native())
		case e.Attributes.ContentType == "comment":
			h.trail.saw("posts", e.native(), at)
			f.keep(h, e, known)
		}
	}
	lo := oldest
	if len(*a.Data) == 0 {
		lo = down - 1
	} else if oldest >= down {
		offset, _ := strconv.Atoi(queryOf(h.task.URL).Get("page[offset]"))
		h.enqueue(f.list(down, offset+len(*a.Data), oldest, h.task.Due))
	}
	h.lookFor("posts", lo, before, present, f.entry)
	f.mark(h, newest)
	return nil
}

// entry is where a post is asked for by its native id.
func (f *flarum) entry(id string) string {
	discussion, number, _ := strings.Cut(id, "/")
	return f.at + "/api/posts?" + url.Values{"filter[discussion]": {discussion}, "filter[number]": {number}}.Encode()
}

// mark remembers the newest, and has the week read again a day from now.
func (f *flarum) mark(h *harvest, newest int64) {
	first := h.trail.Marks["posts"] == ""
	newest = h.trail.mark("posts", newest)
	if first || h.task.Kind == "again" {
		h.tomorrow("posts", newest, f.list(weekBefore(newest), 0, math.MaxInt64, h.now()))
	}
}

// one reads what became of a post.
func (f *flarum) one(h *harvest) error {
	if h.notFound() {
		return h.whereabouts(true, nil)
	}
	a, err := h.flarum()
	if err != nil {
		return err
	}
	_, id, _ := strings.Cut(h.task.Key, ":")
	for _, e := range each(h, *a.Data, flarumEntry.sound) {
		if e.native() == id && !e.Attributes.Hidden {
			return h.whereabouts(false, func() error { f.keep(h, e, a.about()); return nil })
		}
	}
	return h.whereabouts(true, nil)
}
