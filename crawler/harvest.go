package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"tribu/data"
)

// An origin is what all of one source is named after.
type origin struct {
	source string
	at     string    // its URL, no slash at the end
	since  time.Time // older posts are not wanted
	trails *remembered[trail]
}

func newOrigin(source, at string, since time.Time) origin {
	return origin{source, at, since, &remembered[trail]{}}
}

func (o origin) address() string { return o.at }

// ask returns a task. Tasks of one run share the moment they are due, so that depth decides.
func (o origin) ask(kind, key, u string, depth int, due time.Time) data.Task {
	return data.Task{Source: o.source, Key: key, Kind: kind, URL: u, Depth: depth, State: data.TaskReady, Due: due}
}

// A reader makes posts of one kind of answer.
type reader func(*harvest) error

// read gives an answer to the reader of its task's kind and writes the cursor.
func (o origin) read(t data.Task, r Response, out *Out, readers map[string]reader) error {
	f := readers[t.Kind]
	if f == nil {
		return fmt.Errorf("parse %s: unknown kind %q", plainURL(t.URL), t.Kind)
	}
	h := &harvest{origin: o, trail: o.trails.take(out.Cursor, readTrail), task: t, response: r, out: out, kept: map[string]bool{}}
	if err := f(h); err != nil {
		return err
	}
	for _, limit := range []string{"X-Ratelimit-", "Ratelimit-"} {
		if r.Header.Get(limit+"Remaining") == "0" {
			out.Pause = max(out.Pause, rateLimitReset(r.Header.Get(limit+"Reset"), r.FetchedAt))
		}
	}
	var err error
	if out.Cursor, err = h.trail.write(); err == nil {
		o.trails.keep(out.Cursor, h.trail)
	}
	return err
}

// A harvest is one answer on its way to posts.
type harvest struct {
	origin
	trail    *trail
	task     data.Task
	response Response
	out      *Out
	kept     map[string]bool // native ids of the posts in out
	told     data.Thread     // the last thread in out, as its platform writes it
}

// written is a message in the words of its platform: ids are native ones.
type written struct {
	id, thread, parent string
	by                 data.InteractionKind // what parent rests on
	author             data.Author          // NativeID, Handle, Name, URL, OptedOut
	at                 time.Time            // zero where the platform's own is of no use
	title, body        string
	format             data.Format
	url, place, lang   string
	score, views       int
	quotes             []string      // posts
	mentions           []string      // handles
	to                 []data.Author // mentioned, known by more than a handle
	threadTitle        string        // with threadURL: makes the thread known
	threadURL          string
}

func (h *harvest) now() time.Time { return h.response.FetchedAt }

func (h *harvest) enqueue(t data.Task) { h.out.Batch.Tasks = append(h.out.Batch.Tasks, t) }

func (h *harvest) note(format string, args ...any) {
	h.out.Notes = append(h.out.Notes, plainURL(h.task.URL)+": "+fmt.Sprintf(format, args...))
}

// fail tells of a part of the answer that makes no sense.
func (h *harvest) fail(id, reason string) {
	h.out.Batch.Failures = append(h.out.Batch.Failures, data.Failure{Stage: "crawl", Subject: plainURL(h.task.URL) + "#" + id, Reason: reason})
}

func (h *harvest) id(native string) data.PostID { return data.NewPostID(h.source, native) }

// bury marks a post as deleted at its source.
func (h *harvest) bury(native string) {
	h.out.Batch.Tombstones = append(h.out.Batch.Tombstones, h.id(native))
	h.trail.forget(native)
}

// json reads the answer into v; anything but a 200 is an error that says why in words.
func (h *harvest) json(v any, platform string) error {
	if h.response.Status != http.StatusOK {
		return fmt.Errorf("parse %s: HTTP %d: not %s, or closed to visitors", plainURL(h.task.URL), h.response.Status, platform)
	}
	if err := json.Unmarshal(h.response.Body, v); err != nil {
		return fmt.Errorf("parse %s: not %s: %w", plainURL(h.task.URL), platform, err)
	}
	return nil
}

// each reads every element of raw; one that makes no sense becomes a failure.
func each[T any](h *harvest, raw []json.RawMessage, ok func(T) bool) []T {
	all, _ := listed(h, raw, ok)
	return all
}

// listed reads one page of a source's list as each does. Where none of several entries makes sense,
// the page is of no use: the platform speaks otherwise than is understood here.
func listed[T any](h *harvest, raw []json.RawMessage, ok func(T) bool) (all []T, err error) {
	strange := 0
	for i, r := range raw {
		var v T
		if wrong := json.Unmarshal(r, &v); wrong != nil {
			if strange++; strange > 1 && strange == len(raw) {
				err = fmt.Errorf("parse %s: none of %d entries makes sense: %w", plainURL(h.task.URL), strange, wrong)
			}
			h.fail(fmt.Sprint(i), "makes no sense: "+wrong.Error())
		} else if !ok(v) {
			h.fail(fmt.Sprint(i), "has no id")
		} else {
			all = append(all, v)
		}
	}
	return all, err
}

// moment returns at, or the time of fetching where at is of no use.
func (h *harvest) moment(at time.Time) (_ time.Time, guessed bool) {
	if at.Unix() < 0 || at.After(h.now().Add(24*time.Hour)) {
		return h.now(), true
	}
	return at.UTC().Truncate(time.Second), false
}

// makeRoom prepares the batch for n more posts.
func (h *harvest) makeRoom(n int) {
	b := &h.out.Batch
	b.Posts, b.Authors = slices.Grow(b.Posts, n), slices.Grow(b.Authors, n)
	b.Interactions = slices.Grow(b.Interactions, n)
}

// keep adds w to the batch with all that follows from it, unless it is older than wanted. A body
// that only says that there was one is a deletion.
func (h *harvest) keep(w written) {
	at, guessed := h.moment(w.at)
	if at.Before(h.since) && !guessed || h.kept[w.id] {
		return
	}
	h.kept[w.id] = true
	if placeholder(w.body) {
		h.bury(w.id)
		return
	}
	author := h.author(w.author)
	p := data.Post{ID: h.id(w.id), Source: h.source, NativeID: w.id, Author: author.ID, Thread: data.NewThreadID(h.source, w.thread),
		CreatedAt: at, Guessed: guessed, Title: tidy(w.title), Body: clean(w.body), Format: w.format, URL: webURL(w.url),
		LangHint: primaryTag(w.lang), Score: w.score, Views: max(w.views, 0), Place: tidy(w.place)}
	if w.parent != "" && w.parent != w.id {
		p.Parent, p.ParentBy = h.id(w.parent), w.by
	}
	b := &h.out.Batch
	b.Posts, b.Authors = append(b.Posts, p), append(b.Authors, author)
	if w.threadTitle != "" || w.threadURL != "" {
		h.thread(data.Thread{ID: p.Thread, Source: h.source, NativeID: w.thread, Title: w.threadTitle, URL: w.threadURL, Place: p.Place})
	}
	h.trail.root(w.id, w.thread)
	h.turns(w, p)
}

// thread adds t to the batch, unless the post before told the same.
func (h *harvest) thread(t data.Thread) {
	if t == h.told {
		return
	}
	h.told = t
	t.Title, t.URL = tidy(t.Title), webURL(t.URL)
	h.out.Batch.Threads = append(h.out.Batch.Threads, t)
}

func (h *harvest) author(a data.Author) data.Author {
	a.NativeID, a.Handle, a.Name = clean(a.NativeID), tidy(a.Handle), tidy(a.Name)
	if a.Name == "" {
		a.Name = a.Handle
	}
	a.ID, a.Source, a.URL = data.NewAuthorID(h.source, a.NativeID), h.source, webURL(a.URL)
	return a
}

func (h *harvest) turns(w written, p data.Post) {
	seen := map[string]bool{"@" + strings.ToLower(p.NativeID): true, "@" + strings.ToLower(w.author.Handle): true}
	add := func(key string, i data.Interaction) {
		if !seen[key] && len(seen) < maxTurns {
			seen[key] = true
			i.Post, i.From, i.At = p.ID, p.Author, p.CreatedAt
			h.out.Batch.Interactions = append(h.out.Batch.Interactions, i)
		}
	}
	if !p.Parent.IsZero() {
		add("parent", data.Interaction{Kind: p.ParentBy, ToPost: p.Parent})
	}
	for _, q := range w.quotes {
		if q != "" && q != w.id {
			add("quote "+q, data.Interaction{Kind: data.Quote, ToPost: h.id(q)})
		}
	}
	for _, m := range w.mentions {
		if m = tidy(m); m != "" && len(m) <= 200 {
			add("@"+strings.ToLower(m), data.Interaction{Kind: data.Mention, ToHandle: m})
		}
	}
	for _, a := range w.to {
		if a = h.author(a); a.ID != p.Author {
			if a.Name != "" {
				h.out.Batch.Authors = append(h.out.Batch.Authors, a)
			}
			add("to "+a.NativeID, data.Interaction{Kind: data.Mention, To: a.ID})
		}
	}
	for _, b := range h.trail.boosts(w.id) {
		h.out.Batch.Interactions = append(h.out.Batch.Interactions, data.Interaction{Kind: data.Boost, Post: p.ID, From: data.NewAuthorID(h.source, b), To: p.Author, At: p.CreatedAt})
	}
}

// after asks for next, the page that follows on this one, unless it is this one.
func (h *harvest) after(next data.Task) {
	if next.Key != h.task.Key {
		h.enqueue(next)
	}
}

// tomorrow has t, which reads the week before the newest post of a stream, asked a day from now,
// while that post is young. There is one such task for every stream.
func (h *harvest) tomorrow(stream string, newest int64, t data.Task) {
	if h.now().Sub(time.Unix(newest, 0)) > young {
		return
	}
	t.Kind, t.Key, t.Depth, t.Due = "again", "again:"+stream, max(t.Depth, 1), h.now().Add(readAgain)
	h.enqueue(t)
}

// weekBefore is a week before the newest post: the moment down to which posts are read again. It
// depends on posts alone, so that it is the same however often a crawl was interrupted.
func weekBefore(newest int64) int64 { return max(newest-int64(young/time.Second), 0) }

// today is when a task is due that is to be done once a day, however often it is asked for.
func (h *harvest) today() time.Time { return h.task.Due.Truncate(24 * time.Hour) }

// lookFor asks for young posts of a stream that a page lacks although it shows all between lo and hi.
func (h *harvest) lookFor(stream string, lo, hi int64, present map[string]bool, address func(id string) string) {
	for _, id := range h.trail.missing(stream, lo, hi, present) {
		h.enqueue(h.ask("check", "check:"+id, address(id), 5, h.task.Due))
	}
}

// whereabouts reads what became of a post that a page lacked. There is called if it is still
// there; it is deleted once it is found gone twice, an hour apart.
func (h *harvest) whereabouts(gone bool, there func() error) error {
	_, id, _ := strings.Cut(h.task.Key, ":")
	h.trail.forget(id)
	switch {
	case !gone:
		return there()
	case h.task.Kind == "gone":
		h.bury(id)
	default:
		h.enqueue(h.ask("gone", "gone:"+id, h.task.URL, 5, h.now().Add(goneAgain)))
	}
	return nil
}

func (h *harvest) notFound() bool {
	return h.response.Status == http.StatusNotFound || h.response.Status == http.StatusGone
}
