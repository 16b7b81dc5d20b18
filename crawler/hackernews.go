package crawler

// Kind hackernews reads stories and comments of Hacker News through Algolia's public search, all of
// them or, with Query, what matches.
//
//	/api/v1/search_by_date?tags=(story,comment,poll)&numericFilters=created_at_i>=A,created_at_i<B&hitsPerPage=1000
//	/api/v1/items/ID                 what a window lacks
//
// A search shows at most 1,000 hits, so a run goes up through windows of time: one that has more
// is halved and read again, the one after a sparse one is twice as long. A run starts an hour
// below the end of the one before, and once a day a week below. The index drops what is deleted.

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

const (
	hnHits     = 1000
	hnFirst    = 1160418080 // when the oldest story was written
	hnOverlap  = 3600
	hnWindow   = 3600
	hnLongest  = 400 * 24 * 3600
	hnPlace    = "https://news.ycombinator.com"
	hnPlatform = "the search of Hacker News"
)

// hackernews reads all of Hacker News, or what matches its queries.
type hackernews struct {
	origin
	queries []string
}

func openHackerNews(c SourceConfig, at string, since time.Time) Source {
	if at == hnPlace || c.API != "" {
		at = trimmedOr(c.API, "https://hn.algolia.com")
	}
	queries := c.Query
	if len(queries) == 0 {
		queries = []string{""}
	}
	return &hackernews{newOrigin(c.Name, at, since), queries}
}

// trimmedOr returns address a without a slash at its end, or b where it is empty.
func trimmedOr(a, b string) string {
	if a = strings.TrimSuffix(a, "/"); a != "" {
		return a
	}
	return b
}

// Seeds starts every query where it was read up to.
func (s *hackernews) Seeds(cursor string, now time.Time) []data.Task {
	t := readTrail(cursor)
	var tasks []data.Task
	for i, q := range s.queries {
		from := max(s.since.Unix(), hnFirst)
		if mark, err := strconv.ParseInt(t.Marks["q:"+q], 10, 64); err == nil {
			from = mark - hnOverlap
		}
		tasks = append(tasks, s.window(t, i, from, now))
	}
	return tasks
}

// window asks for what was written from a moment on, for as long as promises less than a full
// answer, into the future too: what is asked depends on no clock.
func (s *hackernews) window(t *trail, query int, from int64, due time.Time) data.Task {
	long, err := strconv.ParseInt(t.Facts["window:"+s.queries[query]], 10, 64)
	if err != nil || long <= 0 || long > hnLongest {
		long = hnWindow
	}
	to := from + long
	v := url.Values{"tags": {"(story,comment,poll)"}, "hitsPerPage": {strconv.Itoa(hnHits)}, "numericFilters": {fmt.Sprintf("created_at_i>=%d,created_at_i<%d", from, to)}}
	if q := s.queries[query]; q != "" {
		v.Set("query", q)
	}
	return s.ask("window", fmt.Sprintf("w:%d:%d:%d", query, from, to), s.at+"/api/v1/search_by_date?"+v.Encode(), 1, due)
}

// Probe asks for the last hour.
func (s *hackernews) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	t := s.ask("window", "w:0:0:0", s.at+"/api/v1/search_by_date?tags=(story,comment)&hitsPerPage=20", 1, time.Time{})
	err = caps.probe(ctx, fetch, t, func(r Response) bool {
		var a hnAnswer
		return json.Unmarshal(r.Body, &a) == nil && a.Hits != nil
	})
	return caps, err
}

// Parse reads one answer.
func (s *hackernews) Parse(t data.Task, r Response, out *Out) error {
	return s.read(t, r, out, map[string]reader{"window": s.hits, "again": s.hits, "check": s.one, "gone": s.one})
}

type hnAnswer struct {
	Hits  []json.RawMessage `json:"hits"`
	Total int               `json:"nbHits"`
}

// An hnItem is a story or comment, as a search and as an answer about one of them have it.
type hnItem struct {
	ObjectID  string   `json:"objectID"`
	ID        int      `json:"id"`
	CreatedAt int64    `json:"created_at_i"`
	Author    string   `json:"author"`
	Title     string   `json:"title"`
	StoryText string   `json:"story_text"`
	Comment   string   `json:"comment_text"`
	Text      string   `json:"text"`
	Story     int      `json:"story_id"`
	Parent    int      `json:"parent_id"`
	Points    int      `json:"points"`
	Tags      []string `json:"_tags"`
}

func (i hnItem) native() string {
	if i.ObjectID != "" {
		return i.ObjectID
	}
	return strconv.Itoa(i.ID)
}

func (s *hackernews) keep(h *harvest, i hnItem) {
	w := written{id: i.native(), at: time.Unix(i.CreatedAt, 0), title: plainText(i.Title), body: i.StoryText + i.Comment + i.Text, format: data.FormatHTML,
		url: hnPlace + "/item?id=" + url.QueryEscape(i.native()), score: i.Points,
		author: data.Author{NativeID: i.Author, Handle: i.Author, Name: i.Author, URL: hnPlace + "/user?id=" + url.QueryEscape(i.Author)}}
	w.mentions = atNames(w.body)
	w.thread = w.id
	if i.Parent > 0 {
		w.parent, w.by, w.title = strconv.Itoa(i.Parent), data.Reply, ""
		w.thread = strconv.Itoa(i.Parent)
		if i.Story > 0 {
			w.thread = strconv.Itoa(i.Story)
		}
	} else {
		w.threadTitle, w.threadURL = w.title, w.url
	}
	for _, tag := range []string{"ask_hn", "show_hn", "poll"} {
		if slices.Contains(i.Tags, tag) {
			w.place = tag
		}
	}
	h.keep(w)
}

// hits reads one window.
func (s *hackernews) hits(h *harvest) error {
	query, from, to, err := s.asked(h.task)
	if err != nil {
		return err
	}
	var a hnAnswer
	if err := h.json(&a, hnPlatform); err != nil {
		return err
	}
	if a.Hits == nil {
		return fmt.Errorf("parse %s: no hits: not %s", plainURL(h.task.URL), hnPlatform)
	}
	stream := "q:" + s.queries[query]
	full := max(a.Total, len(a.Hits)) > len(a.Hits) || len(a.Hits) >= hnHits
	if full && to-from > 1 {
		h.trail.Facts["window:"+s.queries[query]] = strconv.FormatInt((to-from)/2, 10)
		h.after(s.window(h.trail, query, from, h.task.Due))
		return nil
	}
	if full && to > 0 {
		h.note("more than %d posts in one second: some are not shown", hnHits)
	}
	newest, present := int64(0), map[string]bool{}
	hits, err := listed(h, a.Hits, func(i hnItem) bool { return i.native() != "0" })
	if err != nil {
		return err
	}
	for _, i := range slices.Backward(hits) {
		present[i.native()] = true
		if i.Author == "" {
			continue
		}
		at, _ := h.moment(time.Unix(i.CreatedAt, 0))
		newest = max(newest, at.Unix())
		h.trail.saw(stream, i.native(), at)
		s.keep(h, i)
	}
	if to > 0 { // not a sample
		h.lookFor(stream, from-1, to, present, func(id string) string { return s.at + "/api/v1/items/" + url.PathEscape(id) })
		s.goOn(h, query, from, to, len(a.Hits) < hnHits/4, h.trail.mark(stream, min(newest, to)))
	}
	return nil
}

// asked tells which query a task is about, from when to when; to is 0 for a sample.
func (s *hackernews) asked(t data.Task) (query int, from, to int64, err error) {
	if again, ok := strings.CutPrefix(t.Key, "again:q:"); ok {
		query = slices.Index(s.queries, again)
		_, err = fmt.Sscanf(queryOf(t.URL).Get("numericFilters"), "created_at_i>=%d,created_at_i<%d", &from, &to)
	} else {
		_, err = fmt.Sscanf(t.Key, "w:%d:%d:%d", &query, &from, &to)
	}
	if err != nil || query < 0 || query >= len(s.queries) {
		return 0, 0, 0, fmt.Errorf("parse %s: task key %q", plainURL(t.URL), t.Key)
	}
	return query, from, to, nil
}

// goOn asks for the window after this one, until the moment the run began; then the week before
// the newest post is read again tomorrow.
func (s *hackernews) goOn(h *harvest, query int, from, to int64, sparse bool, newest int64) {
	q := s.queries[query]
	past := to <= h.task.Due.Unix()
	if sparse && past {
		h.trail.Facts["window:"+q] = strconv.FormatInt(min(2*(to-from), hnLongest), 10)
	}
	if past {
		h.enqueue(s.window(h.trail, query, to, h.task.Due))
	}
	if !past || h.task.Kind == "again" {
		h.tomorrow("q:"+q, newest, s.window(h.trail, query, max(weekBefore(newest), s.since.Unix()), h.now()))
	}
}

// one reads what became of a story or comment.
func (s *hackernews) one(h *harvest) error {
	var i hnItem
	if !h.notFound() {
		if err := h.json(&i, hnPlatform); err != nil {
			return err
		}
	}
	_, id, _ := strings.Cut(h.task.Key, ":")
	return h.whereabouts(h.notFound() || i.Author == "", func() error {
		if i.native() == id {
			s.keep(h, i)
		}
		return nil
	})
}
