package crawler

// Kind youtube reads the comments on a video (https://www.youtube.com/watch?v=ID), or on all videos
// of a channel (https://www.youtube.com/channel/ID, https://www.youtube.com/@NAME), through the Data
// API, version 3. It needs a key of the operator's own; Google gives 10,000 requests a day to each.
//
//	/channels?part=id&forHandle=@NAME                      the channel's id
//	/commentThreads?part=snippet,replies&order=time&…      comments, newest first, with some of their replies
//	/comments?part=snippet&parentId=ID                     all replies to a comment
//	/comments?part=snippet&id=ID                           what a list lacks
//
// The list goes down from the newest comment to an hour below the newest of the run before; once a
// day to a week below: edits and new replies show, and what is missing is deleted once it is not
// found twice. So replies to comments older than a week are not seen. A comment opens a thread; a
// reply that begins with a name turns to that person, another to the comment.

import (
	"context"
	"encoding/json"
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
	youtubePage     = 100
	youtubeOverlap  = 3600
	youtubePlatform = "the interface of YouTube"
	youtubeResets   = 8 * time.Hour // after midnight UTC: midnight in California, in summer an hour after
)

// youtube reads one video or channel.
type youtube struct {
	origin           // at is the interface's address
	about  [2]string // what the comments are on, as a parameter and its value
	handle string    // of a channel whose id is asked for first
	keyed  bool
}

func openYoutube(c SourceConfig, _ string, since time.Time) Source {
	y := &youtube{origin: newOrigin(c.Name, strings.TrimSuffix(trimmedOr(c.API, "https://www.googleapis.com/youtube/v3"), "/"), since), keyed: c.Token != ""}
	u, err := url.Parse(c.URL)
	if err != nil || !ofYoutube(u.Hostname()) {
		return y
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	last := parts[len(parts)-1]
	video := regexp.MustCompile(`^[A-Za-z0-9_-]{11}$`)
	switch {
	case parts[0] == "watch" && video.MatchString(u.Query().Get("v")):
		y.about = [2]string{"videoId", u.Query().Get("v")}
	case (u.Hostname() == "youtu.be" && len(parts) == 1 || len(parts) == 2 && (parts[0] == "shorts" || parts[0] == "live")) && video.MatchString(last):
		y.about = [2]string{"videoId", last}
	case len(parts) >= 2 && parts[0] == "channel" && regexp.MustCompile(`^UC[A-Za-z0-9_-]{22}$`).MatchString(parts[1]):
		y.about = [2]string{"allThreadsRelatedToChannelId", parts[1]}
	case strings.HasPrefix(parts[0], "@") && len(parts[0]) > 3:
		y.handle = parts[0]
	}
	return y
}

func ofYoutube(host string) bool {
	switch strings.ToLower(host) {
	case "www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be":
		return true
	}
	return false
}

// valid checks that the URL is that of a video or channel, and that there is a key.
func (y *youtube) valid() error {
	switch {
	case y.about[0] == "" && y.handle == "":
		return fmt.Errorf("open source %s: the url must be that of a video or a channel: https://www.youtube.com/watch?v=…, …/channel/UC… or …/@NAME", y.source)
	case !y.keyed:
		return fmt.Errorf(`open source %s: YouTube answers to a key alone: make one at https://console.cloud.google.com, then write the source into the settings with token: "env:YOUTUBE_KEY"`, y.source)
	}
	return nil
}

// Seeds starts the list, or asks for the channel first.
func (y *youtube) Seeds(cursor string, now time.Time) []data.Task {
	t := readTrail(cursor)
	about := y.where(t)
	if about[1] == "" {
		q := url.Values{"part": {"id"}, "forHandle": {y.handle}}
		return []data.Task{y.ask("channel", "channel", y.at+"/channels?"+q.Encode(), 0, now)}
	}
	return []data.Task{y.threads(about, y.down(t), "", math.MaxInt64, now)}
}

// where returns what the comments are on, as far as it is known.
func (y *youtube) where(t *trail) [2]string {
	if y.handle == "" {
		return y.about
	}
	return [2]string{"allThreadsRelatedToChannelId", t.Facts["channel"]}
}

// down is the moment down to which the list is read.
func (y *youtube) down(t *trail) int64 {
	if mark, err := strconv.ParseInt(t.Marks["threads"], 10, 64); err == nil {
		return mark - youtubeOverlap
	}
	return max(y.since.Unix(), 0)
}

// threads asks for a page of the list that is read down to a moment; the page before ended at before.
func (y *youtube) threads(about [2]string, down int64, token string, before int64, due time.Time) data.Task {
	q := url.Values{"part": {"snippet,replies"}, "order": {"time"}, "textFormat": {"plainText"}, "maxResults": {strconv.Itoa(youtubePage)}, about[0]: {about[1]}}
	if token != "" {
		q.Set("pageToken", token)
	}
	return y.ask("threads", fmt.Sprintf("threads:%d:%s", down, token), descending(y.at+"/commentThreads?"+q.Encode(), down, before), 1, due)
}

// replies asks for a page of the replies to a comment on a video, of which there are so many.
func (y *youtube) replies(thread, number, token, video string, due time.Time) data.Task {
	q := url.Values{"part": {"snippet"}, "parentId": {thread}, "textFormat": {"plainText"}, "maxResults": {strconv.Itoa(youtubePage)}}
	if token != "" {
		q.Set("pageToken", token)
	}
	return y.ask("replies", "replies:"+number+":"+thread+":"+token, y.at+"/comments?"+q.Encode()+onVideo+video, 2, due)
}

func (y *youtube) comment(id, video string) string {
	return y.at + "/comments?" + url.Values{"part": {"snippet"}, "id": {id}, "textFormat": {"plainText"}}.Encode() + onVideo + video
}

// onVideo precedes, behind the address of a request, the video that its answer does not name.
const onVideo = "#v="

// Probe asks for the newest comments.
func (y *youtube) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	t := y.Seeds("", time.Time{})[0]
	for range 2 {
		var out Out
		err := caps.probe(ctx, fetch, t, func(r Response) bool {
			return y.Parse(t, r, &out) == nil && len(out.Batch.Posts) > 0
		})
		if err != nil || caps.Recognised || t.Kind != "channel" || len(out.Batch.Tasks) == 0 {
			return caps, err
		}
		t = out.Batch.Tasks[0]
	}
	return caps, nil
}

// A youtubeAnswer is a list, or says what is wrong.
type youtubeAnswer struct {
	Items *[]json.RawMessage `json:"items"`
	Next  string             `json:"nextPageToken"`
	Error struct {
		Errors []struct {
			Reason string `json:"reason"`
		} `json:"errors"`
		Status string `json:"status"`
	} `json:"error"`
}

func (a youtubeAnswer) reason() string {
	if len(a.Error.Errors) > 0 {
		return a.Error.Errors[0].Reason
	}
	return a.Error.Status
}

// Parse reads one answer. A quota that is used up is no answer: the same is asked when it is full again.
func (y *youtube) Parse(t data.Task, r Response, out *Out) error {
	if r.Status == http.StatusOK {
		return y.read(t, r, out, map[string]reader{"channel": y.channel, "threads": y.page, "again": y.page, "replies": y.answers, "check": y.one, "gone": y.one})
	}
	var a youtubeAnswer
	_ = json.Unmarshal(r.Body, &a) // what is no JSON gives no reason
	switch reason := a.reason(); reason {
	case "quotaExceeded", "dailyLimitExceeded":
		return y.read(t, r, out, map[string]reader{t.Kind: func(h *harvest) error { return h.usedUp(reason, untilReset(h.now())) }})
	case "rateLimitExceeded", "userRateLimitExceeded":
		return y.read(t, r, out, map[string]reader{t.Kind: func(h *harvest) error {
			times, _ := strconv.Atoi(h.trail.Facts["limited"])
			h.trail.Facts["limited"] = strconv.Itoa(times + 1)
			return h.usedUp(reason, min(time.Minute<<min(times, 6), time.Hour))
		}})
	case "commentsDisabled":
		out.Notes = append(out.Notes, plainURL(t.URL)+": comments are switched off here")
		return nil
	case "videoNotFound", "channelNotFound", "playlistNotFound":
		return fmt.Errorf("parse %s: YouTube has no such video or channel", plainURL(t.URL))
	case "commentNotFound":
		return y.read(t, r, out, map[string]reader{"replies": func(*harvest) error { return nil }, "check": y.one, "gone": y.one})
	default:
		return fmt.Errorf("parse %s: YouTube refuses (%s): is the key right, and allowed to use the YouTube Data API?", plainURL(t.URL), trimmedOr(line(reason), fmt.Sprint("HTTP ", r.Status)))
	}
}

// usedUp has the task asked again after a pause.
func (h *harvest) usedUp(reason string, pause time.Duration) error {
	t := h.task
	t.Due = h.now().Add(pause)
	h.enqueue(t)
	h.out.Pause = pause
	h.out.Notes = append(h.out.Notes, "the requests that Google gives to this key are used up: "+reason)
	return nil
}

// untilReset is how long it takes until a day's quota is given anew.
func untilReset(now time.Time) time.Duration {
	day := now.UTC().Truncate(24 * time.Hour).Add(youtubeResets)
	if !day.After(now) {
		day = day.Add(24 * time.Hour)
	}
	return day.Sub(now)
}
