package crawler

// Kind stackexchange reads questions, answers and comments of one Stack Exchange site (its URL)
// through the network's interface, version 2.3, without a key.
//
//	/2.3/questions, /2.3/answers, /2.3/comments   all there is, by creation date; or with Tags:
//	/2.3/questions?tagged=TAG&sort=activity       questions under a tag on which something happened, then
//	/2.3/questions/IDS/answers, /2.3/questions/IDS/comments, /2.3/answers/IDS/comments
//	/2.3/questions/ID, …                          what a page lacks: no item means that it is gone
//	/2.3/answers/IDS, /2.3/comments/IDS           where the thread of comments is not known
//
// Lists go up in time by moving fromdate, because only 25 pages are shown without a key. A run
// starts an hour below the newest that is read, and once a day a week below. The pause that an
// answer asks for (backoff) and the one of a used up quota (throttle_violation) are obeyed.

import (
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
	sePage     = 100
	seOverlap  = 3600
	sePlatform = "the interface of Stack Exchange"
)

// stackexchange reads one site.
type stackexchange struct {
	origin        // at is the interface's address
	site   string // HOST
	web    string // the site's address
	tags   []string
}

func openStackExchange(c SourceConfig, at string, since time.Time) Source {
	s := &stackexchange{origin: newOrigin(c.Name, trimmedOr(c.API, "https://api.stackexchange.com"), since), web: at, tags: c.Tags}
	if u, err := url.Parse(at); err == nil {
		s.site = u.Host
	}
	return s
}

// streams are read one after the other, so that threads are known before what hangs on them.
func (s *stackexchange) streams() []string {
	if len(s.tags) == 0 {
		return []string{"questions", "answers", "comments"}
	}
	var out []string
	for _, t := range s.tags {
		out = append(out, "active "+t)
	}
	return out
}

// Seeds starts every stream where it was read up to.
func (s *stackexchange) Seeds(cursor string, now time.Time) []data.Task {
	t := readTrail(cursor)
	var tasks []data.Task
	for i, stream := range s.streams() {
		from := max(s.since.Unix(), 0)
		if mark, err := strconv.ParseInt(t.Marks[stream], 10, 64); err == nil {
			from = max(mark-seOverlap, 0)
		}
		l := s.list(stream, from, now)
		l.Depth = 1 + min(i, 2)
		tasks = append(tasks, l)
	}
	return tasks
}

func (s *stackexchange) ask(kind, key, path string, q url.Values, depth int, due time.Time) data.Task {
	q.Set("site", s.site)
	q.Set("filter", "withbody")
	q.Set("pagesize", strconv.Itoa(sePage))
	return s.origin.ask(kind, key, s.at+"/2.3/"+path+"?"+q.Encode(), depth, due)
}

// list asks for what was written, or was active, from a moment on.
func (s *stackexchange) list(stream string, from int64, due time.Time) data.Task {
	q := url.Values{"order": {"asc"}, "sort": {"creation"}}
	path, tag, tagged := strings.Cut(stream, " ")
	if tagged {
		q.Set("tagged", tag)
	}
	if tagged && path == "active" {
		q.Set("sort", "activity")
		q.Set("min", strconv.FormatInt(from, 10))
	} else {
		q.Set("fromdate", strconv.FormatInt(from, 10))
	}
	if tagged {
		path = "questions"
	}
	return s.ask("list", fmt.Sprintf("l:%d:%s", from, stream), path, q, 1, due)
}

// Probe asks for the site's newest posts of every kind that would be read.
func (s *stackexchange) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	for _, stream := range s.streams() {
		t := s.list(stream, 0, time.Time{})
		t.URL = strings.Replace(t.URL, "order=asc", "order=desc", 1)
		t.Kind = "sample"
		err := caps.probe(ctx, fetch, t, func(r Response) bool {
			var a seAnswer
			return json.Unmarshal(r.Body, &a) == nil && a.Entries != nil
		})
		if err != nil {
			return caps, err
		}
	}
	return caps, nil
}

// Parse reads one answer.
func (s *stackexchange) Parse(t data.Task, r Response, out *Out) error {
	return s.read(t, r, out, map[string]reader{"list": s.page, "again": s.page, "sample": s.some, "below": s.below, "owners": s.owners, "some": s.some, "check": s.one, "gone": s.one})
}

type seAnswer struct {
	Entries   *[]json.RawMessage `json:"items"`
	More      bool               `json:"has_more"`
	Backoff   int                `json:"backoff"`
	ErrorName string             `json:"error_name"`
	Message   string             `json:"error_message"`
}

// answer reads the wrapper that every answer has. Without an error, no posts and again is true,
// the quota is used up and the same is asked later.
func (s *stackexchange) answer(h *harvest) (posts []sePost, more, again bool, err error) {
	var a seAnswer
	if err := json.Unmarshal(h.response.Body, &a); err != nil {
		return nil, false, false, fmt.Errorf("parse %s: HTTP %d: not %s: %w", plainURL(h.task.URL), h.response.Status, sePlatform, err)
	}
	h.out.Pause = max(h.out.Pause, time.Duration(min(max(a.Backoff, 0), 24*3600))*time.Second)
	switch {
	case a.ErrorName == "throttle_violation":
		h.later(a.Message)
		return nil, false, true, nil
	case a.ErrorName != "" || h.response.Status != http.StatusOK || a.Entries == nil:
		return nil, false, false, fmt.Errorf("parse %s: HTTP %d: %s %.200s", plainURL(h.task.URL), h.response.Status, a.ErrorName, a.Message)
	}
	posts, err = listed(h, *a.Entries, func(p sePost) bool { return p.native() != "" })
	return posts, a.More, false, err
}

// later asks the same again after the seconds that a message names, or an hour.
func (h *harvest) later(message string) {
	wait := time.Hour
	for _, word := range strings.Fields(message) {
		if n, err := strconv.Atoi(word); err == nil && n > 0 {
			wait = time.Duration(min(n, 24*3600)) * time.Second
		}
	}
	h.note("the quota is used up: %s", tidy(message))
	h.out.Pause = max(h.out.Pause, wait)
	t := h.task
	t.Due = h.now().Add(wait)
	h.enqueue(t)
}

// page reads the part of a list that begins at a moment.
func (s *stackexchange) page(h *harvest) error {
	from, stream, err := h.listed()
	if err != nil {
		return err
	}
	posts, more, again, err := s.answer(h)
	if err != nil || again {
		return err
	}
	last, present, active := from, map[string]bool{}, strings.HasPrefix(stream, "active ")
	for _, p := range posts {
		at, _ := h.moment(time.Unix(p.Created, 0))
		moment := at.Unix()
		if active && p.Active > 0 {
			moment = p.Active
		}
		last = max(last, moment)
		present[p.native()] = true
		h.trail.saw(strings.Replace(stream, "active ", "questions ", 1), p.native(), at)
	}
	s.keepAll(h, posts, strings.Contains(stream, " "))
	hi := int64(math.MaxInt64)
	if more {
		next := last
		if hi = last; last == from {
			next = from + 1
		}
		follow := s.list(stream, next, h.task.Due)
		follow.Depth = h.task.Depth
		h.enqueue(follow)
	}
	if path, _, _ := strings.Cut(stream, " "); !active {
		h.lookFor(stream, from, hi, present, func(id string) string { return s.single(path, id) })
	}
	s.mark(h, stream, last, more)
	return nil
}

// listed tells from which moment on the task reads which stream.
func (h *harvest) listed() (from int64, stream string, err error) {
	parts := strings.SplitN(h.task.Key, ":", 3)
	if again, ok := strings.CutPrefix(h.task.Key, "again:"); ok {
		parts = []string{"l", queryOf(h.task.URL).Get("fromdate"), again}
	}
	if len(parts) < 3 {
		return 0, "", fmt.Errorf("parse %s: task key %q", plainURL(h.task.URL), h.task.Key)
	}
	if from, err = strconv.ParseInt(parts[1], 10, 64); err != nil {
		return 0, "", fmt.Errorf("parse %s: task key %q: %w", plainURL(h.task.URL), h.task.Key, err)
	}
	return from, parts[2], nil
}

func (s *stackexchange) single(path, id string) string {
	return s.ask("", "", path+"/"+url.PathEscape(strings.TrimPrefix(id, "c")), url.Values{}, 0, time.Time{}).URL
}

// mark remembers how far a stream is read, and has the week read again a day from now.
func (s *stackexchange) mark(h *harvest, stream string, last int64, more bool) {
	if h.trail.mark(stream, last); h.trail.Marks[stream] == "" {
		h.trail.Marks[stream] = "0"
	}
	again := strings.Replace(stream, "active ", "questions ", 1)
	if all := h.trail.Young[again]; len(all) > 0 && (!more || h.task.Kind == "again") {
		newest := all[len(all)-1].At
		h.tomorrow(again, newest, s.list(again, weekBefore(newest), h.now()))
	}
}
