package crawler

// Kind github reads the issues and pull requests of one repository (https://github.com/OWNER/NAME)
// and the comments on them, through the REST interface, version 3. A token is not needed; with one,
// GitHub answers 5,000 requests an hour instead of 60.
//
//	/repos/OWNER/NAME/issues?state=all&sort=updated&direction=asc&since=…    each starts a thread
//	/repos/OWNER/NAME/issues/comments?sort=updated&direction=asc&since=…     comments
//	/repos/OWNER/NAME/issues/N, /repos/OWNER/NAME/issues/comments/ID         what a page lacks
//
// Lists go up by the time of the last change, moving since: edits come by themselves. A run starts
// an hour below the newest change that is read, and once a day a week below, where what is missing
// is deleted once it is not found twice. What programs write (accounts of type Bot) is left out.

import (
	"context"
	"encoding/json"
	"errors"
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
	ghPage     = 100
	ghOverlap  = time.Hour
	ghPlatform = "the interface of GitHub"
	ghHost     = "github.com"
)

// github reads one repository.
type github struct {
	origin        // at is the interface's address of the repository
	place  string // OWNER/NAME
}

func openGithub(c SourceConfig, at string, since time.Time) Source {
	g := &github{origin: newOrigin(c.Name, "", since)}
	u, err := url.Parse(at)
	if err != nil {
		return g
	}
	parts := strings.Split(strings.Trim(strings.TrimSuffix(u.Path, ".git"), "/"), "/")
	if len(parts) < 2 || parts[0] == "" || !strings.EqualFold(strings.TrimPrefix(u.Hostname(), "www."), ghHost) && c.API == "" {
		return g
	}
	g.place = parts[0] + "/" + parts[1]
	g.at = trimmedOr(c.API, "https://api.github.com") + "/repos/" + g.place
	return g
}

// valid checks that the URL is that of a repository.
func (g *github) valid() error {
	if g.place == "" {
		return errors.New("the url must be https://github.com/OWNER/NAME; on another host, api says where its interface is")
	}
	return nil
}

// Seeds starts both lists.
func (g *github) Seeds(cursor string, now time.Time) []data.Task {
	t := readTrail(cursor)
	var tasks []data.Task
	for _, stream := range []string{"issues", "comments"} {
		since := g.since
		if at, err := time.Parse(time.RFC3339, t.Marks[stream]); err == nil {
			since = at.Add(-ghOverlap)
		}
		tasks = append(tasks, g.list(stream, max(since.Unix(), 0), 1, now))
	}
	return tasks
}

// list asks for a page of what was changed at a moment or later. Issues come before their comments.
func (g *github) list(stream string, since int64, page int, due time.Time) data.Task {
	q := url.Values{"sort": {"updated"}, "direction": {"asc"}, "per_page": {strconv.Itoa(ghPage)}, "page": {strconv.Itoa(page)},
		"since": {time.Unix(since, 0).UTC().Format(time.RFC3339)}}
	path, depth := "/issues/comments", 2
	if stream == "issues" {
		path, depth = "/issues", 1
		q.Set("state", "all")
	}
	return g.ask("list", fmt.Sprintf("%s:%d:%d", stream, since, page), g.at+path+"?"+q.Encode(), depth, due)
}

// Probe asks for the newest of both lists.
func (g *github) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	for _, stream := range []string{"issues", "comments"} {
		t := g.list(stream, 0, 1, time.Time{})
		t.URL = strings.Replace(t.URL, "direction=asc", "direction=desc", 1)
		err := caps.probe(ctx, fetch, t, func(r Response) bool {
			var out Out
			return g.Parse(t, r, &out) == nil && len(out.Batch.Posts) > 0
		})
		if err != nil {
			return caps, err
		}
	}
	return caps, nil
}

// Parse reads one answer. A quota that is used up is no answer: the same is asked when it is full again.
func (g *github) Parse(t data.Task, r Response, out *Out) error {
	if r.Status == http.StatusForbidden && (r.Header.Get("X-Ratelimit-Remaining") == "0" || r.Header.Get("Retry-After") != "") {
		wait := max(retryAfter(r.Header.Get("Retry-After"), r.FetchedAt), rateLimitReset(r.Header.Get("X-Ratelimit-Reset"), r.FetchedAt), time.Minute)
		t.Due = r.FetchedAt.Add(wait)
		out.Batch.Tasks, out.Pause = append(out.Batch.Tasks, t), wait
		return nil
	}
	return g.read(t, r, out, map[string]reader{"list": g.page, "again": g.page, "check": g.one, "gone": g.one})
}

// A ghEntry is an issue, a pull request or a comment as GitHub sends it.
type ghEntry struct {
	ID      int64  `json:"id"`
	Number  int    `json:"number"` // issues only
	Title   string `json:"title"`
	Body    string `json:"body"`
	Created string `json:"created_at"`
	Updated string `json:"updated_at"`
	URL     string `json:"url"`
	Web     string `json:"html_url"`
	Issue   string `json:"issue_url"` // comments only
	User    *struct {
		ID    int64  `json:"id"`
		Login string `json:"login"`
		Type  string `json:"type"`
		Web   string `json:"html_url"`
	} `json:"user"`
	Reactions struct {
		Total int `json:"total_count"`
	} `json:"reactions"`
}

func (e ghEntry) native() string {
	if e.Issue == "" {
		return "i" + strconv.Itoa(e.Number)
	}
	return "c" + strconv.FormatInt(e.ID, 10)
}

func (e ghEntry) changed() time.Time {
	at, err := time.Parse(time.RFC3339, e.Updated)
	if err != nil {
		at, _ = time.Parse(time.RFC3339, e.Created)
	}
	return at
}

func (e ghEntry) bot() bool { return e.User != nil && e.User.Type == "Bot" }

func (g *github) keep(h *harvest, e ghEntry) {
	if e.bot() {
		return
	}
	at, _ := time.Parse(time.RFC3339, e.Created)
	w := written{id: e.native(), thread: e.native(), at: at, title: e.Title, body: e.Body, format: data.FormatText, url: e.Web, place: g.place, score: e.Reactions.Total,
		threadTitle: e.Title, threadURL: e.Web, author: data.Author{NativeID: "0", Handle: "ghost", Name: "ghost"}}
	if e.User != nil { // accounts that are gone have none
		w.author = data.Author{NativeID: strconv.FormatInt(e.User.ID, 10), Handle: e.User.Login, URL: e.User.Web}
	}
	if e.Issue != "" {
		w.thread = "i" + e.Issue[strings.LastIndexByte(e.Issue, '/')+1:]
		w.parent, w.by, w.title, w.threadTitle, w.threadURL = w.thread, data.Topic, "", "", ""
	}
	for _, m := range markdownNames(e.Body, regexp.MustCompile(`(?:^|[\s(\[,;:])@([A-Za-z0-9](?:-?[A-Za-z0-9]){0,38})(?:$|[^/\w])`)) {
		w.mentions = append(w.mentions, m[1])
	}
	h.keep(w)
}

// here reports whether e is of this repository: an issue that was moved leads to another.
func (g *github) here(e ghEntry) bool {
	return strings.Contains(strings.ToLower(e.URL), strings.ToLower("/repos/"+g.place+"/"))
}

// where tells which page of what a task asked for.
func (g *github) where(h *harvest) (stream string, since int64, page int) {
	q, stream := queryOf(h.task.URL), "issues"
	if strings.Contains(h.task.URL, "/issues/comments?") {
		stream = "comments"
	}
	at, _ := time.Parse(time.RFC3339, q.Get("since"))
	page, _ = strconv.Atoi(q.Get("page"))
	return stream, max(at.Unix(), 0), max(page, 1)
}

// page reads one page of a list that goes up.
func (g *github) page(h *harvest) error {
	stream, since, page := g.where(h)
	var raw []json.RawMessage
	if err := h.json(&raw, ghPlatform); err != nil {
		return err
	}
	last, present := since, map[string]bool{}
	entries, err := listed(h, raw, func(e ghEntry) bool { return e.ID > 0 && (e.Issue == "") == (stream == "issues") })
	if err != nil {
		return err
	}
	for _, e := range entries {
		at, _ := h.moment(e.changed())
		last = max(last, at.Unix())
		present[e.native()] = true
		if !e.bot() {
			h.trail.forget(e.native()) // it was changed at another time before
			h.trail.saw(stream, e.native(), at)
		}
		g.keep(h, e)
	}
	hi := int64(math.MaxInt64)
	if len(raw) >= ghPage {
		hi = last
		if next := g.list(stream, last, 1, h.task.Due); last > since {
			h.after(next)
		} else {
			h.after(g.list(stream, since, page+1, h.task.Due))
		}
	}
	if page == 1 {
		h.lookFor(stream, since-1, hi, present, func(id string) string { return g.entry(id) })
	}
	g.mark(h, stream, hi == math.MaxInt64)
	return nil
}

func (g *github) entry(id string) string {
	if strings.HasPrefix(id, "c") {
		return g.at + "/issues/comments/" + url.PathEscape(id[1:])
	}
	return g.at + "/issues/" + url.PathEscape(id[1:])
}

// mark remembers how far a list is read, and has the week read again a day from now.
func (g *github) mark(h *harvest, stream string, last bool) {
	newest, read := h.trail.readTo(stream)
	if read && (last || h.task.Kind == "again") {
		h.tomorrow(stream, newest, g.list(stream, weekBefore(newest), 1, h.now()))
	}
}

// one reads what became of an issue or comment.
func (g *github) one(h *harvest) error {
	var e ghEntry
	if !h.notFound() {
		if err := h.json(&e, ghPlatform); err != nil {
			return err
		}
	}
	_, id, _ := strings.Cut(h.task.Key, ":")
	return h.whereabouts(h.notFound() || !g.here(e), func() error {
		if e.native() == id {
			g.keep(h, e)
		}
		return nil
	})
}
