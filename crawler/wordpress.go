package crawler

// Kind wordpress reads the articles of a WordPress site and the comments on them through its REST
// interface, as a visitor sees it.
//
//	/wp-json/wp/v2/posts?after=…&order=asc&_embed=author   articles: each starts a thread
//	/wp-json/wp/v2/comments?after=…&order=asc              comments; parent 0 is an answer to the article
//	/wp-json/wp/v2/posts/ID, /wp-json/wp/v2/comments/ID    what a page lacks
//
// WordPress itself marks every answer of its interface as noindex, whatever its owner wants: that
// says that JSON is nothing for a search page. What the owner wants is on the front page, which is
// asked first: where that says noindex, or robots.txt forbids, nothing is read.
//
// Both lists go up in time, 100 to a page, X-WP-TotalPages pages. A run starts an hour below the
// newest that is read, and once a day a week below: comments keep the time of writing while they
// wait for a moderator, and edits and deletions show. What is gone, or taken back by a moderator
// (401 rest_cannot_read), is deleted once it is so twice.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

const (
	wpPage    = 100
	wpOverlap = time.Hour
)

// wordpress reads one site.
type wordpress struct{ origin }

func openWordpress(c SourceConfig, at string, since time.Time) Source {
	return &wordpress{newOrigin(c.Name, at, since)}
}

// Seeds asks for the front page; the lists follow unless it wants to be left alone.
func (s *wordpress) Seeds(_ string, now time.Time) []data.Task { return []data.Task{s.home(now)} }

func (s *wordpress) home(due time.Time) data.Task { return s.ask("home", "home", s.at+"/", 0, due) }

// excuses tells that the interface's own noindex is not the owner's.
func (s *wordpress) excuses(t data.Task, word string) bool {
	return t.Kind != "home" && word == "X-Robots-Tag: noindex"
}

// start asks for what was written since the last run, a little overlapping.
func (s *wordpress) start(h *harvest) error {
	for _, stream := range []string{"posts", "comments"} {
		after := s.since
		if at, err := time.Parse(time.RFC3339, h.trail.Marks[stream]); err == nil {
			after = at.Add(-wpOverlap)
		}
		h.enqueue(s.list(stream, after, 1, 0, h.task.Due))
	}
	return nil
}

// list asks for a page of what was written after a moment; the page before ends at above. Articles
// come before their comments.
func (s *wordpress) list(stream string, after time.Time, page int, above int64, due time.Time) data.Task {
	q := url.Values{"order": {"asc"}, "per_page": {strconv.Itoa(wpPage)}, "page": {strconv.Itoa(page)}}
	depth := 2
	if stream == "posts" {
		q.Set("_embed", "author")
		depth = 1
	}
	unix := max(after.Unix(), 0)
	if unix > 0 {
		q.Set("after", time.Unix(unix, 0).UTC().Format(time.RFC3339))
	}
	return s.ask("list", fmt.Sprintf("%s:%d:%d:%d", stream, unix, page, max(above, unix)), s.at+"/wp-json/wp/v2/"+stream+"?"+q.Encode(), depth, due)
}

// Probe asks for the front page and the first page of both lists.
func (s *wordpress) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	r, err := fetch(ctx, s.at+"/")
	if err != nil {
		return caps, err
	}
	if word := optedOut(r); word != "" {
		caps.Closed = append(caps.Closed, "/: the site asks not to be collected: "+word)
		return caps, nil
	}
	for _, stream := range []string{"posts", "comments"} {
		err := caps.probe(ctx, fetch, s.list(stream, time.Time{}, 1, 0, time.Time{}), func(r Response) bool {
			return r.Header.Get("X-Wp-Totalpages") != "" && json.Unmarshal(r.Body, new([]json.RawMessage)) == nil
		})
		if err != nil {
			return caps, err
		}
	}
	return caps, nil
}

// Parse reads one answer.
func (s *wordpress) Parse(t data.Task, r Response, out *Out) error {
	return s.read(t, r, out, map[string]reader{"home": s.start, "list": s.page, "again": s.page, "check": s.one, "gone": s.one})
}

// A wpEntry is an article or a comment as WordPress sends it.
type wpEntry struct {
	ID      int    `json:"id"`
	Post    int    `json:"post"` // comments only
	Parent  int    `json:"parent"`
	Author  int    `json:"author"`
	Name    string `json:"author_name"`
	Site    string `json:"author_url"`
	Written string `json:"date_gmt"`
	Link    string `json:"link"`
	Title   struct {
		Rendered string `json:"rendered"`
	} `json:"title"`
	Content struct {
		Rendered  string `json:"rendered"`
		Protected bool   `json:"protected"`
	} `json:"content"`
	Avatars  json.RawMessage `json:"author_avatar_urls"`
	Embedded struct {
		Author []struct {
			Name string `json:"name"`
			Slug string `json:"slug"`
			Link string `json:"link"`
		} `json:"author"`
	} `json:"_embedded"`
}

func (e wpEntry) at() time.Time {
	at, err := time.Parse("2006-01-02T15:04:05", strings.TrimSuffix(e.Written, "Z"))
	if err != nil {
		return time.Time{}
	}
	return at
}

func (e wpEntry) native(stream string) string { return stream[:1] + strconv.Itoa(e.ID) }

// author is an account, or the name that a visitor gave. Visitors of one name are told apart by
// their pictures, whose addresses are made from their mail addresses: what is kept is a hash.
func (e wpEntry) author() data.Author {
	a := data.Author{NativeID: "u" + strconv.Itoa(e.Author), Name: e.Name, URL: e.Site}
	if len(e.Embedded.Author) > 0 && e.Embedded.Author[0].Name != "" {
		a.Name, a.Handle, a.URL = e.Embedded.Author[0].Name, e.Embedded.Author[0].Slug, e.Embedded.Author[0].Link
	}
	if e.Author == 0 {
		a.NativeID = "n:" + tidy(e.Name) + ":" + secret(string(e.Avatars))[len("mail:"):]
	}
	if tidy(a.Name) == "" {
		a.Name = a.NativeID
	}
	if a.Handle == "" {
		a.Handle = strings.ReplaceAll(tidy(a.Name), " ", "")
	}
	return a
}

func (s *wordpress) keep(h *harvest, stream string, e wpEntry) {
	w := written{id: e.native(stream), author: e.author(), at: e.at(), body: e.Content.Rendered, format: data.FormatHTML, url: e.Link, mentions: atNames(e.Content.Rendered)}
	if stream == "posts" {
		w.thread, w.title = w.id, plainText(e.Title.Rendered)
		w.threadTitle, w.threadURL, w.mentions = w.title, e.Link, nil
	} else {
		w.thread = "p" + strconv.Itoa(e.Post)
		w.parent, w.by = w.thread, data.Topic
		if e.Parent > 0 {
			w.parent, w.by = "c"+strconv.Itoa(e.Parent), data.Reply
		}
	}
	if !e.Content.Protected {
		h.keep(w)
	}
}

// page reads one page of a list that goes up in time.
func (s *wordpress) page(h *harvest) error {
	stream, after, page, lo, err := s.where(h)
	if err != nil {
		return err
	}
	if page > 1 && h.response.Status == http.StatusBadRequest && bytes.Contains(h.response.Body, []byte("invalid_page_number")) {
		return nil // deletions left fewer pages than there were
	}
	var raw []json.RawMessage
	if err := h.json(&raw, "a WordPress site"); err != nil {
		return err
	}
	hi, present := lo, map[string]bool{}
	entries, err := listed(h, raw, func(e wpEntry) bool { return e.ID > 0 })
	if err != nil {
		return err
	}
	for _, e := range entries {
		at, _ := h.moment(e.at())
		hi = max(hi, at.Unix())
		present[e.native(stream)] = true
		h.trail.saw(stream, e.native(stream), at)
		s.keep(h, stream, e)
	}
	pages, _ := strconv.Atoi(h.response.Header.Get("X-Wp-Totalpages"))
	if page < pages && len(raw) > 0 {
		h.enqueue(s.list(stream, time.Unix(after, 0), page+1, hi, h.task.Due))
	} else {
		hi = math.MaxInt64
	}
	h.lookFor(stream, lo, hi, present, func(id string) string { return s.at + "/wp-json/wp/v2/" + stream + "/" + id[1:] + "?_embed=author" })
	s.mark(h, stream, hi == math.MaxInt64)
	return nil
}

// where tells which page of what the task asked for.
func (s *wordpress) where(h *harvest) (stream string, after int64, page int, above int64, err error) {
	key, again := strings.CutPrefix(h.task.Key, "again:")
	stream, rest, _ := strings.Cut(key, ":")
	if again {
		from, _ := time.Parse(time.RFC3339, queryOf(h.task.URL).Get("after"))
		_, rest, _ = strings.Cut(s.list(stream, from, 1, 0, h.task.Due).Key, ":")
	}
	if _, err := fmt.Sscanf(rest, "%d:%d:%d", &after, &page, &above); err != nil || stream != "posts" && stream != "comments" {
		return "", 0, 0, 0, fmt.Errorf("parse %s: task key %q", plainURL(h.task.URL), h.task.Key)
	}
	return stream, after, page, above, nil
}

// mark remembers how far a list is read, and has the week read again a day from now.
func (s *wordpress) mark(h *harvest, stream string, last bool) {
	newest, read := h.trail.readTo(stream)
	if read && (last || h.task.Kind == "again") {
		h.tomorrow(stream, newest, s.list(stream, time.Unix(weekBefore(newest), 0), 1, 0, h.now()))
	}
}

// one reads what became of an article or comment.
func (s *wordpress) one(h *harvest) error {
	_, id, _ := strings.Cut(h.task.Key, ":")
	stream := "posts"
	if strings.HasPrefix(id, "c") {
		stream = "comments"
	}
	refused := h.response.Status == http.StatusUnauthorized || h.response.Status == http.StatusForbidden
	taken := refused && (bytes.Contains(h.response.Body, []byte(`"rest_cannot_read"`)) || bytes.Contains(h.response.Body, []byte(`"rest_forbidden"`)))
	return h.whereabouts(h.notFound() || taken, func() error {
		var e wpEntry
		if err := h.json(&e, "a WordPress site"); err != nil || e.ID <= 0 || e.native(stream) != id {
			return err
		}
		s.keep(h, stream, e)
		return nil
	})
}
