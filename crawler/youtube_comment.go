package crawler

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

// A youtubeComment is a comment or a reply.
type youtubeComment struct {
	ID      string `json:"id"`
	Snippet struct {
		Video   string `json:"videoId"`
		Parent  string `json:"parentId"` // of a reply
		Text    string `json:"textDisplay"`
		Name    string `json:"authorDisplayName"`
		Web     string `json:"authorChannelUrl"`
		Channel struct {
			ID string `json:"value"`
		} `json:"authorChannelId"`
		Likes int    `json:"likeCount"`
		At    string `json:"publishedAt"`
	} `json:"snippet"`
}

func (c youtubeComment) at() time.Time {
	at, _ := time.Parse(time.RFC3339, c.Snippet.At)
	return at
}

func (c youtubeComment) sound() bool { return c.ID != "" }

// A youtubeThread is a comment with some of its replies.
type youtubeThread struct {
	ID      string `json:"id"`
	Snippet struct {
		Video   string         `json:"videoId"`
		Top     youtubeComment `json:"topLevelComment"`
		Replies int            `json:"totalReplyCount"`
	} `json:"snippet"`
	Replies struct {
		Comments []youtubeComment `json:"comments"`
	} `json:"replies"`
}

func (h *harvest) youtube() (youtubeAnswer, error) {
	var a youtubeAnswer
	if err := h.json(&a, youtubePlatform); err != nil {
		return a, err
	}
	delete(h.trail.Facts, "limited")
	if a.Items == nil {
		a.Items = &[]json.RawMessage{} // as for a channel that there is not
	}
	return a, nil
}

// channel reads the id of the channel and starts its list.
func (y *youtube) channel(h *harvest) error {
	a, err := h.youtube()
	if err != nil {
		return err
	}
	for _, c := range each(h, *a.Items, youtubeComment.sound) {
		h.trail.Facts["channel"] = c.ID
		h.enqueue(y.threads(y.where(h.trail), y.down(h.trail), "", math.MaxInt64, h.task.Due))
		return nil
	}
	return fmt.Errorf("parse %s: YouTube has no channel %s", plainURL(h.task.URL), y.handle)
}

// page reads one page of the list.
func (y *youtube) page(h *harvest) error {
	down, before, err := descent(h.task.URL)
	if err != nil {
		return err
	}
	a, err := h.youtube()
	if err != nil {
		return err
	}
	newest, oldest, present := int64(0), before, map[string]bool{}
	threads, err := listed(h, *a.Items, func(t youtubeThread) bool { return t.ID != "" && t.Snippet.Top.ID == t.ID })
	if err != nil {
		return err
	}
	for _, t := range threads {
		at, _ := h.moment(t.Snippet.Top.at())
		newest, oldest, present[t.ID] = max(newest, at.Unix()), min(oldest, at.Unix()), true
		h.trail.saw("threads", t.ID, at)
		y.keep(h, t.Snippet.Top, t.Snippet.Video)
		y.repliesOf(h, t)
	}
	lo := oldest
	if a.Next == "" {
		lo = down - 1
	} else if oldest >= down {
		h.after(y.threads(y.where(h.trail), down, a.Next, oldest, h.task.Due))
	}
	h.lookFor("threads", lo, before, present, func(id string) string { return y.comment(id, "") })
	y.mark(h, newest)
	return nil
}

// repliesOf keeps the replies that come with a comment and, where they are not all, asks for all.
func (y *youtube) repliesOf(h *harvest, t youtubeThread) {
	number := strconv.Itoa(t.Snippet.Replies)
	if t.Snippet.Replies > len(t.Replies.Comments) {
		if h.trail.Facts["c:"+t.ID] != number {
			h.enqueue(y.replies(t.ID, number, "", t.Snippet.Video, h.task.Due))
		}
		return
	}
	for _, c := range t.Replies.Comments {
		if c.sound() {
			y.reply(h, c, t.ID, t.Snippet.Video)
		}
	}
	y.missing(h, t.ID, t.Snippet.Video, t.Replies.Comments)
}

// answers reads one page of the replies to a comment.
func (y *youtube) answers(h *harvest) error {
	a, err := h.youtube()
	if err != nil {
		return err
	}
	parts := strings.SplitN(h.task.Key, ":", 4)
	if len(parts) < 4 {
		return fmt.Errorf("parse %s: task key %q", plainURL(h.task.URL), h.task.Key)
	}
	number, thread := parts[1], parts[2]
	_, video, _ := strings.Cut(h.task.URL, onVideo)
	all := each(h, *a.Items, youtubeComment.sound)
	for _, c := range all {
		y.reply(h, c, thread, video)
	}
	if a.Next != "" {
		h.after(y.replies(thread, number, a.Next, video, h.task.Due))
		return nil
	}
	h.trail.Facts["c:"+thread] = number
	if parts[3] == "" {
		y.missing(h, thread, video, all)
	}
	return nil
}

// missing asks for the young replies to a comment that all does not hold, where it holds all.
func (y *youtube) missing(h *harvest, thread, video string, all []youtubeComment) {
	present := map[string]bool{}
	for _, c := range all {
		present[c.ID] = true
	}
	for _, id := range h.trail.missing("replies", 0, math.MaxInt64, present) {
		if of, known := h.trail.thread(id); known && of == thread {
			h.enqueue(h.ask("check", "check:"+id, y.comment(id, video), 5, h.task.Due))
		}
	}
}

func (y *youtube) reply(h *harvest, c youtubeComment, thread, video string) {
	at, _ := h.moment(c.at())
	if h.now().Sub(at) < young {
		h.trail.saw("replies", c.ID, at)
	}
	c.Snippet.Parent = thread
	y.keep(h, c, video)
}

func (y *youtube) keep(h *harvest, c youtubeComment, video string) {
	s := c.Snippet
	w := written{id: c.ID, thread: c.ID, at: c.at(), body: s.Text, format: data.FormatText, score: s.Likes,
		author: data.Author{NativeID: s.Channel.ID, Handle: strings.TrimPrefix(s.Name, "@"), URL: s.Web}}
	if s.Channel.ID == "" { // the account is gone
		w.author = data.Author{NativeID: "0", Name: "[deleted]"}
	}
	if video = cmp.Or(s.Video, video, y.video()); video != "" {
		w.url = "https://www.youtube.com/watch?" + url.Values{"v": {video}, "lc": {c.ID}}.Encode()
	}
	for _, m := range regexp.MustCompile(`(?:^|\s)@([\pL\pN][\pL\pN_.·-]{2,29})`).FindAllStringSubmatch(s.Text, maxTurns) {
		w.mentions = append(w.mentions, m[1])
	}
	if s.Parent == "" {
		w.threadURL = w.url
	} else {
		w.thread, w.parent, w.by = s.Parent, s.Parent, data.Reply
		if strings.HasPrefix(s.Text, "@") {
			w.by = data.Topic
		}
	}
	h.keep(w)
}

// video returns the id of the video all comments are on; empty for a channel.
func (y *youtube) video() string {
	if y.about[0] == "videoId" {
		return y.about[1]
	}
	return ""
}

// mark remembers the newest, and has the week read again a day from now.
func (y *youtube) mark(h *harvest, newest int64) {
	first := h.trail.Marks["threads"] == ""
	newest = h.trail.mark("threads", newest)
	if first || h.task.Kind == "again" {
		h.tomorrow("threads", newest, y.threads(y.where(h.trail), weekBefore(newest), "", math.MaxInt64, h.now()))
	}
}

// one reads what became of a comment.
func (y *youtube) one(h *harvest) error {
	a := youtubeAnswer{Items: &[]json.RawMessage{}}
	if !h.notFound() {
		var err error
		if a, err = h.youtube(); err != nil {
			return err
		}
	}
	_, id, _ := strings.Cut(h.task.Key, ":")
	_, video, _ := strings.Cut(h.task.URL, onVideo)
	for _, c := range each(h, *a.Items, youtubeComment.sound) {
		if c.ID == id {
			return h.whereabouts(false, func() error { y.keep(h, c, video); return nil })
		}
	}
	return h.whereabouts(true, nil)
}
