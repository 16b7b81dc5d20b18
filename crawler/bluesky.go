package crawler

// Kind bluesky reads what Bluesky's public AppView shows without an account: the posts of whom the
// address names (https://bsky.app/profile/NAME), of Accounts, of the lists and feeds in Lists, and
// the threads below them. Search is closed to visitors.
//
//	/xrpc/app.bsky.feed.getAuthorFeed?actor=…   posts, replies and reposts of an account
//	/xrpc/app.bsky.feed.getListFeed?list=…      posts of a list's members
//	/xrpc/app.bsky.feed.getFeed?feed=…          what a feed generator picks
//	/xrpc/app.bsky.feed.getPostThread?uri=…     what answers a post, when the number of answers changes
//	/xrpc/app.bsky.feed.getPosts?uris=…         what a page or thread lacks: no post means that it is gone
//
// Feeds go down from the newest to an hour below the newest of the run before, once a day to a
// week below; a generator's feed, which has no order, to the first page without news. Posts have
// no edits. Who hides from visitors (!no-unauthenticated) is marked as opted out.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

const (
	bskyPage     = 100
	bskyOverlap  = 3600
	bskyWeb      = "https://bsky.app"
	bskyPlatform = "Bluesky's AppView"
	bskyBelow    = "threads"
)

// bluesky reads some accounts, lists and feeds.
type bluesky struct {
	origin
	streams []string // at:// URIs, handles and DIDs
}

func openBluesky(c SourceConfig, at string, since time.Time) Source {
	at, path, _ := strings.Cut(at, "/profile/")
	if at == bskyWeb || c.API != "" {
		at = trimmedOr(c.API, "https://public.api.bsky.app")
	}
	b := &bluesky{origin: newOrigin(c.Name, at, since)}
	for _, name := range append([]string{bskyStream(path)}, append(slices.Clone(c.Accounts), c.Lists...)...) {
		if name = strings.TrimPrefix(strings.TrimSpace(name), "@"); name != "" && !slices.Contains(b.streams, name) {
			b.streams = append(b.streams, name)
		}
	}
	return b
}

// bskyStream returns what follows /profile/ as the interface names it: an account, or its list or feed.
func bskyStream(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if len(parts) < 3 || parts[2] == "" {
		return parts[0]
	}
	switch parts[1] {
	case "lists":
		return "at://" + parts[0] + "/app.bsky.graph.list/" + parts[2]
	case "feed":
		return "at://" + parts[0] + "/app.bsky.feed.generator/" + parts[2]
	}
	return parts[0]
}

// errNobody says that a place is Bluesky's and nobody is named whose posts are to be read.
var errNobody = errors.New("bluesky needs to know whom to read, as its search is closed to visitors: give the address of a profile, such as https://bsky.app/profile/NAME, or accounts or lists in the settings")

func (b *bluesky) valid() error {
	if len(b.streams) == 0 {
		return fmt.Errorf("open source %s: %w", b.source, errNobody)
	}
	return nil
}

// Seeds starts every feed.
func (b *bluesky) Seeds(cursor string, now time.Time) []data.Task {
	t := readTrail(cursor)
	var tasks []data.Task
	for _, stream := range b.streams {
		down := max(b.since.Unix(), 0)
		if mark, err := strconv.ParseInt(t.Marks[stream], 10, 64); err == nil {
			down = mark - bskyOverlap
		}
		tasks = append(tasks, b.feed(stream, down, math.MaxInt64, "", now))
	}
	return tasks
}

func (b *bluesky) xrpc(method string, q url.Values) string {
	return b.at + "/xrpc/app.bsky.feed." + method + "?" + q.Encode()
}

func generated(stream string) bool { return strings.Contains(stream, "/app.bsky.feed.generator/") }

// feed asks for the page at cursor of a feed that is read down to a moment; what it shows was
// written before another.
func (b *bluesky) feed(stream string, down, before int64, cursor string, due time.Time) data.Task {
	q := url.Values{"limit": {strconv.Itoa(bskyPage)}}
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	method := "getAuthorFeed"
	switch {
	case generated(stream):
		method = "getFeed"
		q.Set("feed", stream)
	case strings.HasPrefix(stream, "at://"):
		method = "getListFeed"
		q.Set("list", stream)
	default:
		q.Set("actor", stream)
		q.Set("filter", "posts_with_replies")
	}
	return b.ask("feed", fmt.Sprintf("f:%d:%d:%s:%s", down, before, secret(cursor), stream), b.xrpc(method, q), 1, due)
}

// Probe asks for the first page of every feed. Where nobody is named, the interface says what it
// lacks, which nobody else does.
func (b *bluesky) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	if len(b.streams) == 0 {
		r, err := fetch(ctx, b.xrpc("getPosts", nil))
		var a struct{ Error string }
		if err == nil && r.Status == http.StatusBadRequest && json.Unmarshal(r.Body, &a) == nil && a.Error == "InvalidRequest" {
			return caps, errNobody
		}
		if err == nil {
			caps.Closed = append(caps.Closed, fmt.Sprintf("/xrpc: HTTP %d", r.Status))
		}
		return caps, err
	}
	for _, stream := range b.streams {
		err := caps.probe(ctx, fetch, b.feed(stream, math.MaxInt64, math.MaxInt64, "", time.Time{}), func(r Response) bool {
			var a bskyFeed
			return json.Unmarshal(r.Body, &a) == nil && a.Feed != nil
		})
		if err != nil {
			return caps, err
		}
	}
	return caps, nil
}

// Parse reads one answer.
func (b *bluesky) Parse(t data.Task, r Response, out *Out) error {
	return b.read(t, r, out, map[string]reader{"feed": b.page, "again": b.page, "thread": b.thread, "check": b.one, "gone": b.one})
}

type bskyFeed struct {
	Feed   *[]json.RawMessage `json:"feed"`
	Cursor string             `json:"cursor"`
}

// A bskyEntry is a post in a feed, with what it answers and who passed it on.
type bskyEntry struct {
	Post  bskyPost `json:"post"`
	Reply *struct {
		Root   bskyPost `json:"root"`
		Parent bskyPost `json:"parent"`
	} `json:"reply"`
	Reason *struct {
		By        bskyAuthor `json:"by"`
		IndexedAt string     `json:"indexedAt"`
	} `json:"reason"`
}

// page reads one page of a feed that goes down.
func (b *bluesky) page(h *harvest) error {
	key := h.task.Key
	if stream, again := strings.CutPrefix(key, "again:"); again {
		mark, _ := strconv.ParseInt(h.trail.Marks[stream], 10, 64)
		key = b.feed(stream, weekBefore(mark), math.MaxInt64, "", h.task.Due).Key
	}
	parts := strings.SplitN(key, ":", 6) // secret has a colon of its own
	if len(parts) < 6 {
		return fmt.Errorf("parse %s: task key %q", plainURL(h.task.URL), h.task.Key)
	}
	stream := parts[5]
	down, err1 := strconv.ParseInt(parts[1], 10, 64)
	before, err2 := strconv.ParseInt(parts[2], 10, 64)
	if err1 != nil || err2 != nil {
		return fmt.Errorf("parse %s: task key %q", plainURL(h.task.URL), h.task.Key)
	}
	var a bskyFeed
	if err := h.json(&a, bskyPlatform); err != nil {
		return err
	}
	if a.Feed == nil {
		return fmt.Errorf("parse %s: no feed: not %s", plainURL(h.task.URL), bskyPlatform)
	}
	newest, oldest, fresh, present := int64(0), before, 0, map[string]bool{}
	entries, err := listed(h, *a.Feed, func(e bskyEntry) bool { return e.Post.open() })
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, known := h.trail.thread(e.Post.URI); !known {
			fresh++
		}
		at := b.entry(h, stream, e, present)
		newest, oldest = max(newest, at), min(oldest, at)
	}
	lo, more := oldest, oldest >= down
	if generated(stream) {
		more = fresh > 0
	}
	if a.Cursor == "" || len(*a.Feed) == 0 {
		lo, more = down-1, false
	}
	if more {
		h.after(b.feed(stream, down, oldest, a.Cursor, h.task.Due))
	}
	if !generated(stream) {
		h.lookFor(stream, lo, before, present, b.single)
	}
	b.mark(h, stream, before, newest)
	return nil
}

// entry keeps a post of a feed with what it answers, and returns when it came into the feed.
func (b *bluesky) entry(h *harvest, stream string, e bskyEntry, present map[string]bool) int64 {
	at, _ := h.moment(e.Post.at())
	if e.Reason != nil && e.Reason.By.DID != "" {
		if by := h.author(e.Reason.By.author()); !by.OptedOut {
			h.out.Batch.Authors = append(h.out.Batch.Authors, by)
			h.trail.boost(e.Post.URI, e.Reason.By.DID)
		}
		if shown, err := time.Parse(time.RFC3339, e.Reason.IndexedAt); err == nil {
			at, _ = h.moment(shown)
		}
	} else {
		present[e.Post.URI] = true
		h.trail.saw(stream, e.Post.URI, at)
	}
	if e.Reply != nil {
		for _, p := range []bskyPost{e.Reply.Root, e.Reply.Parent} {
			if p.open() {
				b.keep(h, p)
			}
		}
	}
	b.keep(h, e.Post)
	b.askForAnswers(h, e.Post)
	return at.Unix()
}

func (b *bluesky) single(uri string) string { return b.xrpc("getPosts", url.Values{"uris": {uri}}) }

func (b *bluesky) askForAnswers(h *harvest, p bskyPost) {
	if at, _ := h.moment(p.at()); p.Replies <= 0 || at.Before(h.since) {
		return
	}
	q := url.Values{"uri": {p.URI}, "depth": {"100"}, "parentHeight": {"0"}}
	h.enqueue(h.ask("thread", fmt.Sprintf("thread:%d:%s", p.Replies, p.URI), b.xrpc("getPostThread", q), 2, h.today()))
}

// mark remembers the newest of a feed, and has the week read again a day from now.
func (b *bluesky) mark(h *harvest, stream string, before, newest int64) {
	newest = h.trail.mark(stream, newest)
	if before == math.MaxInt64 {
		h.tomorrow(stream, newest, b.feed(stream, 0, math.MaxInt64, "", h.now()))
	}
}
