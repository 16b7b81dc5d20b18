package crawler

// Kind mastodon reads a server that speaks Mastodon's API as a visitor sees it.
//
//	/api/v2/instance                      once a run: which timelines visitors may read (configuration.timelines_access)
//	/api/v1/timelines/public?local=true   posts that start threads, upwards from min_id; or with Tags:
//	/api/v1/timelines/tag/TAG             posts under a tag
//	/api/v1/statuses/ID/context           answers to a post, when their number has changed; ancestors of an answer
//	/api/v1/statuses/ID                   a post that a page lacks; an answer whose thread was not known
//
// Posts are read again an hour after them, and those of the last week once a day: that shows edits
// and deletions. Accounts
// with noindex, without indexable, or with #nobot, #noindex or #noai in their description are
// marked as opted out.

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
	statusPage    = 40 // statuses in a page
	statusOverlap = 10 // read again at every run
	contextStream = "context"
)

// mastodon reads one server.
type mastodon struct {
	origin
	tags []string
}

func openMastodon(c SourceConfig, at string, since time.Time) Source {
	return &mastodon{newOrigin(c.Name, at, since), c.Tags}
}

// Seeds asks what visitors may read; the timelines follow from the answer.
func (m *mastodon) Seeds(_ string, now time.Time) []data.Task {
	return []data.Task{m.ask("instance", "instance", m.at+"/api/v2/instance", 0, now)}
}

// Probe asks for the server's settings and the first page of what would be read.
func (m *mastodon) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	err = caps.probe(ctx, fetch, m.ask("instance", "instance", m.at+"/api/v2/instance", 0, time.Time{}), func(r Response) bool {
		var i instance
		return json.Unmarshal(r.Body, &i) == nil && i.Domain != "" && i.Version != ""
	})
	if err != nil || !caps.Recognised {
		return caps, err
	}
	for _, stream := range m.streams() {
		t := m.ask("sample", "page:"+stream+":", m.at+"/api/v1/timelines/"+m.path(stream)+"limit=40", 0, time.Time{})
		err := caps.probe(ctx, fetch, t, func(r Response) bool { return json.Unmarshal(r.Body, new([]json.RawMessage)) == nil })
		if err != nil {
			return caps, err
		}
	}
	return caps, nil
}

// Parse reads one answer.
func (m *mastodon) Parse(t data.Task, r Response, out *Out) error {
	return m.read(t, r, out, map[string]reader{"instance": m.instance, "page": m.page, "again": m.page, "sample": m.sample,
		"context": m.context, "status": m.status, "check": m.status, "gone": m.status})
}

func (m *mastodon) streams() []string {
	if len(m.tags) == 0 {
		return []string{"public"}
	}
	var out []string
	for _, t := range m.tags {
		out = append(out, "tag/"+strings.TrimPrefix(t, "#"))
	}
	return out
}

func (m *mastodon) path(stream string) string {
	if stream == "public" {
		return "public?local=true&"
	}
	return "tag/" + url.PathEscape(strings.TrimPrefix(stream, "tag/")) + "?"
}

func (m *mastodon) after(stream, id string, due time.Time) data.Task {
	u := fmt.Sprintf("%s/api/v1/timelines/%slimit=%d&min_id=%s", m.at, m.path(stream), statusPage, url.QueryEscape(id))
	return m.ask("page", "page:"+stream+":"+id, u, 1, due)
}

type instance struct {
	Domain        string `json:"domain"`
	Version       string `json:"version"`
	Configuration struct {
		Access struct {
			Live struct {
				Local string `json:"local"`
			} `json:"live_feeds"`
			Tags struct {
				Local string `json:"local"`
			} `json:"hashtag_feeds"`
		} `json:"timelines_access"`
	} `json:"configuration"`
}

// instance starts the timelines that are open to visitors. A server that does not tell is asked
// for all of them.
func (m *mastodon) instance(h *harvest) error {
	var i instance
	if h.response.Status == http.StatusOK {
		if err := h.json(&i, "a Mastodon server"); err != nil {
			return err
		}
	}
	for _, stream := range m.streams() {
		access := i.Configuration.Access.Tags.Local
		if stream == "public" {
			access = i.Configuration.Access.Live.Local
		}
		if access != "" && access != "public" {
			h.note("the timeline %s is %s: not open to visitors", stream, access)
			continue
		}
		h.enqueue(m.after(stream, m.start(h, stream), h.task.Due))
	}
	return nil
}

// start is the id above which a run begins: a little below the newest that is read. Ids begin with
// the milliseconds since 1970, so that a time is an id as well.
func (m *mastodon) start(h *harvest, stream string) string {
	all := h.trail.Young[stream]
	switch {
	case len(all) > 0:
		return below(all[max(0, len(all)-statusOverlap)].ID)
	case h.trail.Marks[stream] != "":
		return h.trail.Marks[stream]
	case m.since.IsZero() || m.since.Unix() < 0:
		return "0"
	}
	return strconv.FormatInt(m.since.UnixMilli()<<16, 10)
}

func (m *mastodon) sample(h *harvest) error {
	all, err := m.statuses(h)
	for _, s := range all {
		m.keep(h, s)
	}
	return err
}

func (m *mastodon) statuses(h *harvest) ([]status, error) {
	var raw []json.RawMessage
	if err := h.json(&raw, "a Mastodon timeline"); err != nil {
		return nil, err
	}
	return listed(h, raw, func(s status) bool { return s.ID != "" })
}

// page reads the posts right above an id and asks for the ones above them.
func (m *mastodon) page(h *harvest) error {
	all, err := m.statuses(h)
	if err != nil {
		return err
	}
	parts := strings.SplitN(h.task.Key, ":", 3)
	if when, stream, ok := strings.Cut(h.task.Key, ":"); ok && when != "page" {
		parts = []string{"page", stream, queryOf(h.task.URL).Get("min_id")}
	}
	if len(parts) < 3 {
		return fmt.Errorf("parse %s: task key %q", plainURL(h.task.URL), h.task.Key)
	}
	stream, from := parts[1], parts[2]
	lo, hi, top, present := int64(0), int64(math.MaxInt64), from, map[string]bool{}
	for _, y := range h.trail.Young[stream] {
		if below(y.ID) == from {
			lo = y.At - 1
		}
	}
	for i := len(all) - 1; i >= 0; i-- { // the oldest is the last
		s := all[i]
		at, _ := h.moment(s.at())
		if present[s.ID] = true; higher(s.ID, top) {
			top, hi = s.ID, at.Unix()
		}
		h.trail.saw(stream, s.ID, at)
		m.keep(h, s)
		m.askForAnswers(h, s)
	}
	if len(all) < statusPage {
		hi = math.MaxInt64
	} else if top != from {
		h.enqueue(m.after(stream, top, h.task.Due))
	}
	if lo > 0 || from == "0" {
		h.lookFor(stream, lo, hi, present, m.statusURL)
	}
	m.lookAgain(h, stream, top, hi == math.MaxInt64)
	return nil
}

// lookAgain has the last hour's posts read again an hour after the newest, the week's a day from now.
func (m *mastodon) lookAgain(h *harvest, stream, top string, last bool) {
	if mark := h.trail.Marks[stream]; mark == "" || higher(top, mark) {
		h.trail.Marks[stream] = top
	}
	all := h.trail.Young[stream]
	if len(all) == 0 || !last && h.task.Kind != "again" {
		return
	}
	newest := all[len(all)-1].At
	hour := time.Unix(newest, 0).Add(time.Hour)
	if y, ok := h.trail.oldest(stream, hour.Add(-2*time.Hour)); ok && hour.After(h.now()) {
		t := m.after(stream, below(y.ID), hour)
		t.Kind, t.Key = "again", "hour:"+stream
		h.enqueue(t)
	}
	if y, ok := h.trail.oldest(stream, time.Unix(weekBefore(newest), 0)); ok {
		h.tomorrow(stream, newest, m.after(stream, below(y.ID), h.now()))
	}
}

func (m *mastodon) statusURL(id string) string {
	return m.at + "/api/v1/statuses/" + url.PathEscape(id)
}

func (m *mastodon) askForAnswers(h *harvest, s status) {
	_, rooted := h.trail.thread(s.ReplyTo)
	if at, _ := h.moment(s.at()); at.Before(h.since) || s.Replies <= 0 && (s.ReplyTo == "" || rooted) {
		return
	}
	h.enqueue(h.ask("context", fmt.Sprintf("context:%s:%d", s.ID, s.Replies), m.statusURL(s.ID)+"/context", 2, h.today()))
}

// context reads what a post answers and what answers it.
func (m *mastodon) context(h *harvest) error {
	if h.response.Status != http.StatusOK {
		if !h.notFound() {
			h.note("answers are not open to visitors: HTTP %d", h.response.Status)
		}
		return nil
	}
	var c struct {
		Ancestors, Descendants []json.RawMessage
	}
	if err := h.json(&c, "a Mastodon thread"); err != nil {
		return err
	}
	id := strings.Split(h.task.Key, ":")[1]
	root, present := id, map[string]bool{id: true}
	for i, s := range each(h, append(c.Ancestors, c.Descendants...), func(s status) bool { return s.ID != "" }) {
		if present[s.ID] = true; i == 0 && len(c.Ancestors) > 0 {
			root = s.ID
		}
		h.trail.root(s.ID, root)
		m.keep(h, s)
		if at, _ := h.moment(s.at()); s.open() {
			h.trail.saw(contextStream, s.ID, at)
		}
	}
	if known, ok := h.trail.thread(id); !ok || known != root {
		h.trail.root(id, root)
		h.enqueue(h.ask("status", "status:"+id, m.statusURL(id), 3, h.task.Due))
	}
	for _, y := range h.trail.Young[contextStream] {
		if thread, _ := h.trail.thread(y.ID); thread == id && !present[y.ID] { // where id is the root, all is shown
			h.enqueue(h.ask("check", "check:"+y.ID, m.statusURL(y.ID), 5, h.task.Due))
		}
	}
	return nil
}

// status reads one post.
func (m *mastodon) status(h *harvest) error {
	return h.whereabouts(h.notFound(), func() error {
		var s status
		if err := h.json(&s, "a Mastodon post"); err != nil || s.ID == "" {
			return err
		}
		m.keep(h, s)
		return nil
	})
}
