package crawler

// Kind telegram reads the public preview of a Telegram channel, https://t.me/s/NAME.
//
//	/s/NAME                  the newest messages, about twenty
//	/s/NAME?before=ID        those before one
//
// A run goes down to the newest message of the run before, and once a day to those of the week
// before; the newest page shows edits at every run. What is missing between others is deleted once
// it is not found twice. Messages are the channel's, or of who signed them; a reply names the one it
// answers. Discussions under a message are not shown to visitors, nor are channels without preview.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tribu/data"
)

// telegram reads one channel.
type telegram struct {
	origin
	channel string
}

func openTelegram(c SourceConfig, at string, since time.Time) Source {
	t := &telegram{origin: newOrigin(c.Name, at, since)}
	u, err := url.Parse(at)
	if err != nil {
		return t
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	switch {
	case len(parts) == 2 && parts[0] == "s":
		t.channel = parts[1]
	case len(parts) == 1 && strings.EqualFold(u.Host, "t.me"):
		t.channel = parts[0]
	}
	t.at = (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/s/" + t.channel}).String()
	return t
}

// valid checks that the URL is that of a channel.
func (t *telegram) valid() error {
	if t.channel == "" || strings.HasPrefix(t.channel, "+") {
		return errors.New("the url must be https://t.me/s/NAME, of a public channel")
	}
	return nil
}

// Seeds asks for the newest messages.
func (t *telegram) Seeds(cursor string, now time.Time) []data.Task {
	down, _ := strconv.ParseInt(readTrail(cursor).Marks["messages"], 10, 64)
	return []data.Task{t.list(down, math.MaxInt64, now)}
}

// list asks for the messages before one, down to another.
func (t *telegram) list(down, before int64, due time.Time) data.Task {
	at := t.at
	if before != math.MaxInt64 {
		at += "?before=" + strconv.FormatInt(before, 10)
	}
	return t.ask("list", fmt.Sprintf("messages:%d:%d", down, before), descending(at, down, before), 1, due)
}

// Probe asks for the newest messages.
func (t *telegram) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	task := t.list(math.MaxInt64, math.MaxInt64, time.Time{})
	err = caps.probe(ctx, fetch, task, func(r Response) bool {
		var out Out
		return t.Parse(task, r, &out) == nil && len(out.Batch.Posts) > 0
	})
	return caps, err
}

// Parse reads one answer.
func (t *telegram) Parse(task data.Task, r Response, out *Out) error {
	return t.read(task, r, out, map[string]reader{"list": t.page, "again": t.page, "check": t.one, "gone": t.one})
}

// A telegramMessage is one message of a page; service messages have no text.
type telegramMessage struct {
	id   int64
	at   time.Time
	node *goquery.Selection
}

// messages returns what a page shows, oldest first. No page of a preview is an error.
func (t *telegram) messages(h *harvest) ([]telegramMessage, error) {
	if h.response.Status != 200 {
		return nil, fmt.Errorf("parse %s: HTTP %d", plainURL(h.task.URL), h.response.Status)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(h.response.Body))
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", plainURL(h.task.URL), err)
	}
	var out []telegramMessage
	doc.Find(".tgme_widget_message[data-post]").Each(func(_ int, s *goquery.Selection) {
		channel, number, _ := strings.Cut(s.AttrOr("data-post", ""), "/")
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil || id <= 0 || id > 1<<40 || !strings.EqualFold(channel, t.channel) {
			h.fail(number, "no message of this channel")
			return
		}
		at, _ := time.Parse(time.RFC3339, s.Find(".tgme_widget_message_date time").Last().AttrOr("datetime", ""))
		out = append(out, telegramMessage{id, at, s})
	})
	if len(out) == 0 && doc.Find(".tgme_channel_info, .tgme_channel_history").Length() == 0 {
		return nil, fmt.Errorf("parse %s: not a channel that shows a preview", plainURL(h.task.URL))
	}
	return out, nil
}

func (t *telegram) keep(h *harvest, m telegramMessage) {
	text := m.node.Find(".tgme_widget_message_text").Not(".tgme_widget_message_reply *").Last()
	body, err := text.Html()
	if err != nil || strings.TrimSpace(text.Text()) == "" || m.node.HasClass("service_message") {
		return
	}
	id := strconv.FormatInt(m.id, 10)
	w := written{id: id, thread: id, at: m.at, body: body, format: data.FormatHTML, url: strings.Replace(t.at, "/s/", "/", 1) + "/" + id, place: t.channel,
		views: countOf(m.node.Find(".tgme_widget_message_views").Text()), threadURL: strings.Replace(t.at, "/s/", "/", 1) + "/" + id,
		author: data.Author{NativeID: t.channel, Handle: t.channel, Name: m.node.Find(".tgme_widget_message_owner_name").First().Text(), URL: t.at}}
	if signed := tidy(m.node.Find(".tgme_widget_message_from_author").First().Text()); signed != "" {
		w.author = data.Author{NativeID: t.channel + ":" + signed, Name: signed}
	}
	if to, err := url.Parse(m.node.Find("a.tgme_widget_message_reply").AttrOr("href", "")); err == nil {
		if parts := strings.Split(strings.Trim(to.Path, "/"), "/"); len(parts) == 2 && strings.EqualFold(parts[0], t.channel) && parts[1] != id && messageNumber(parts[1]) > 0 {
			w.parent, w.by, w.thread, w.threadURL = parts[1], data.Reply, parts[1], ""
			if root, known := h.trail.thread(parts[1]); known {
				w.thread = root
			}
		}
	}
	w.mentions = atNames(body)
	h.keep(w)
}

// messageNumber reads what a link ends in; 0 where that is no message.
func messageNumber(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// countOf reads "987", "1.2K" and "3M".
func countOf(s string) int {
	s = strings.TrimSpace(s)
	times := 1.0
	for suffix, n := range map[string]float64{"K": 1e3, "M": 1e6} {
		if rest, found := strings.CutSuffix(s, suffix); found {
			s, times = rest, n
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || f > 1e6 {
		return 0
	}
	return int(f * times)
}

// page reads one page of the list.
func (t *telegram) page(h *harvest) error {
	down, before, err := descent(h.task.URL)
	if err != nil {
		return err
	}
	if h.task.Kind == "again" {
		down = h.trail.weekOld("messages")
	}
	all, err := t.messages(h)
	if err != nil {
		return err
	}
	oldest, newest, lo, hi, present := before, int64(0), int64(math.MaxInt64), int64(0), map[string]bool{}
	for _, m := range all {
		at, guessed := h.moment(m.at)
		oldest, newest = min(oldest, m.id), max(newest, m.id)
		present[strconv.FormatInt(m.id, 10)] = true
		if !guessed {
			lo, hi = min(lo, at.Unix()), max(hi, at.Unix())
			h.trail.saw("messages", strconv.FormatInt(m.id, 10), at)
		}
		t.keep(h, m)
	}
	if len(all) > 0 && oldest > max(down, 1) && oldest < before && (hi == 0 || lo >= h.since.Unix()) {
		h.enqueue(t.list(down, oldest, h.task.Due))
	}
	h.lookFor("messages", lo, hi, present, func(id string) string {
		n, _ := strconv.ParseInt(id, 10, 64)
		return t.at + "?before=" + strconv.FormatInt(n+1, 10)
	})
	t.mark(h, newest)
	return nil
}

// mark remembers the newest message, and has those of the week before read again a day from now.
func (t *telegram) mark(h *harvest, newest int64) {
	first := h.trail.Marks["messages"] == ""
	h.trail.mark("messages", newest)
	young := h.trail.Young["messages"]
	if len(young) == 0 || !first && h.task.Kind != "again" {
		return
	}
	h.tomorrow("messages", young[len(young)-1].At, t.list(0, math.MaxInt64, h.now()))
}

// weekOld returns the number of the first young post that was written within a week of the newest.
func (t *trail) weekOld(stream string) int64 {
	all := t.Young[stream]
	if len(all) == 0 {
		return 0
	}
	from, _ := t.oldest(stream, time.Unix(weekBefore(all[len(all)-1].At), 0))
	number, _ := strconv.ParseInt(from.ID, 10, 64)
	return number
}

// one reads what became of a message.
func (t *telegram) one(h *harvest) error {
	if h.notFound() {
		return fmt.Errorf("parse %s: HTTP %d", plainURL(h.task.URL), h.response.Status) // the channel, not the message
	}
	all, err := t.messages(h)
	if err != nil {
		return err
	}
	_, id, _ := strings.Cut(h.task.Key, ":")
	for _, m := range all {
		if strconv.FormatInt(m.id, 10) == id {
			return h.whereabouts(false, func() error { t.keep(h, m); return nil })
		}
	}
	return h.whereabouts(true, nil)
}
