package crawler

// Kind feed reads RSS 0.9 to 2.0, Atom 0.3 and 1.0 and JSON Feed.
//
// A feed shows its newest posts only. Older ones are read where it says where they are (RFC 5005:
// rel="next" and "prev-archive"; JSON Feed: next_url), up to the first page on which everything is
// known. An item's comments are read where it names a feed of them (wfw:commentRss), again when
// their number changes (slash:comments), else once a day. thr:in-reply-to names the parent. A
// changed item under the same id is an edit; only at:deleted-entry (RFC 6721) is a deletion: what
// falls off a feed is merely old. Neither ttl nor Cache-Control is undercut: the next crawls find
// nothing to do until the time is over.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"tribu/data"
)

// feed reads one feed.
type feed struct{ origin }

func openFeed(c SourceConfig, _ string, since time.Time) Source {
	address, _, _ := strings.Cut(c.URL, "#") // the query belongs to a feed's address
	return &feed{newOrigin(c.Name, address, since)}
}

// Seeds asks for the feed.
func (f *feed) Seeds(_ string, now time.Time) []data.Task {
	return []data.Task{f.ask("feed", "feed", f.at, 0, now)}
}

// Probe asks for the feed.
func (f *feed) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	err = caps.probe(ctx, fetch, f.ask("feed", "feed", f.at, 0, time.Time{}), func(r Response) bool {
		_, err := readFeed(r.Body)
		if names := feedsOf(r); err != nil && len(names) > 0 {
			caps.Open = append(caps.Open, names...)
		}
		return err == nil
	})
	return caps, err
}

// Parse reads one page of a feed or of an item's comments.
func (f *feed) Parse(t data.Task, r Response, out *Out) error {
	return f.read(t, r, out, map[string]reader{"feed": feedPage, "page": feedPage, "comments": feedComments})
}

var errNoFeed = errors.New("no feed: no items and no title")

// readFeed reads a feed. Of a date in Greenwich time gofeed would try over a hundred layouts: it is
// given the same date by numbers, unless items are named after what their date says.
func readFeed(body []byte) (*gofeed.Feed, error) {
	quick := body
	for _, zone := range []string{" GMT", " UTC"} {
		quick = bytes.ReplaceAll(quick, []byte(zone+"</pubDate>"), []byte(" +0000</pubDate>"))
	}
	f, err := parseFeed(quick)
	if err == nil && slices.ContainsFunc(f.Items, unnamed) {
		return parseFeed(body)
	}
	return f, err
}

func parseFeed(body []byte) (f *gofeed.Feed, err error) {
	defer func() { // the parser panics on some malformed documents
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("read feed: panic: %v", p)
		}
	}()
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true} // no pictures are wanted
	f, err = p.Parse(bytes.NewReader(body))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read feed: %w", err)
	case len(f.Items) == 0 && strings.TrimSpace(f.Title) == "":
		return nil, errNoFeed
	}
	return f, nil
}

func (h *harvest) feed() (*gofeed.Feed, error) {
	if h.response.Status != http.StatusOK {
		return nil, fmt.Errorf("parse %s: HTTP %d", plainURL(h.task.URL), h.response.Status)
	}
	f, err := readFeed(h.response.Body)
	if err != nil {
		if names := feedsOf(h.response); len(names) > 0 {
			err = fmt.Errorf("%w; this page says its feeds are %s", err, strings.Join(names, ", "))
		}
		return nil, fmt.Errorf("parse %s: %w", plainURL(h.task.URL), err)
	}
	return f, nil
}

// steady tells that a feed's own page says everything about what it holds.
func (f *feed) steady(kind string) bool { return kind == "feed" }

func feedPage(h *harvest) error {
	f, err := h.feed()
	if err != nil {
		return err
	}
	fresh := 0
	for _, i := range f.Items {
		id := feedID(i)
		if _, known := h.trail.thread(id); !known {
			fresh++
		}
	}
	for _, i := range slices.Backward(f.Items) { // the oldest is usually the last: parents come first
		w := h.feedItem(f, i)
		w.thread, w.threadTitle, w.threadURL = w.id, w.title, w.url
		if ref := replyTo(i); ref != "" && ref != w.id {
			w.parent, w.by, w.thread = ref, data.Reply, ref
			if root, known := h.trail.thread(ref); known {
				w.thread = root
			}
			w.threadTitle, w.threadURL = "", ""
		}
		h.keep(w)
		h.askForComments(i, w)
	}
	h.feedDeletions(f)
	for _, u := range olderPages(f) {
		if next := h.resolve(u); next != "" && fresh > 0 {
			h.after(h.ask("page", "page:"+next, next, 1, h.task.Due))
		}
	}
	if h.task.Kind == "feed" {
		h.laterBy(feedPace(f, h.response.Header))
	}
	return nil
}

// laterBy has the task asked again when the feed's own pace allows it, and not before.
func (h *harvest) laterBy(d time.Duration) {
	if d > 0 {
		t := h.task
		t.Due = h.now().Add(min(d, 24*time.Hour))
		h.enqueue(t)
	}
}

// feedPace is how long a feed says that it stays the same.
func feedPace(f *gofeed.Feed, header http.Header) time.Duration {
	var d time.Duration
	if r, ok := f.OriginalFeed().(*rss.Feed); ok {
		minutes, _ := strconv.Atoi(strings.TrimSpace(r.TTL))
		d = time.Duration(min(max(minutes, 0), 24*60)) * time.Minute
	}
	return max(d, maxAge(header))
}

func extension(e ext.Extensions, prefix, name string) []ext.Extension { return e[prefix][name] }

func replyTo(i *gofeed.Item) string {
	for _, e := range extension(i.Extensions, "thr", "in-reply-to") {
		if ref := tidy(e.Attrs["ref"]); ref != "" {
			return ref
		}
	}
	return ""
}

func (h *harvest) askForComments(i *gofeed.Item, w written) {
	for _, name := range []string{"commentRss", "commentRSS"} {
		for _, e := range extension(i.Extensions, "wfw", name) {
			u := h.resolve(e.Value)
			if at, guessed := h.moment(w.at); u == "" || at.Before(h.since) && !guessed {
				continue
			}
			number := ""
			for _, n := range extension(i.Extensions, "slash", "comments") {
				number = strings.TrimSpace(n.Value)
			}
			t := h.ask("comments", "comments:"+number+":"+w.id, u, 2, h.task.Due)
			switch {
			case number == "":
				t.Due = h.today()
			case h.trail.Facts["c:"+w.id] == number || number == "0":
				continue
			}
			h.enqueue(t)
			return
		}
	}
}

// feedComments reads the comments on one item, which is the thread.
func feedComments(h *harvest) error {
	if h.notFound() {
		h.note("no such feed of comments: HTTP %d", h.response.Status)
		return nil
	}
	f, err := h.feed()
	if err != nil {
		return err
	}
	parts := strings.SplitN(h.task.Key, ":", 3)
	if len(parts) < 3 {
		return fmt.Errorf("parse %s: task key %q", plainURL(h.task.URL), h.task.Key)
	}
	thread := parts[2]
	if parts[1] != "" {
		h.trail.Facts["c:"+thread] = parts[1]
	}
	for _, i := range f.Items {
		w := h.feedItem(f, i)
		w.title, w.thread, w.parent, w.by = "", thread, thread, data.Topic
		if ref := replyTo(i); ref != "" {
			w.parent, w.by = ref, data.Reply
		}
		h.keep(w)
	}
	h.feedDeletions(f)
	return nil
}

func (h *harvest) feedDeletions(f *gofeed.Feed) {
	for _, e := range extension(f.Extensions, "at", "deleted-entry") {
		if ref := tidy(e.Attrs["ref"]); ref != "" {
			h.bury(ref)
		}
	}
}
