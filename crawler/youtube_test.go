package crawler

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data/fuzz"
)

// A screening answers as the YouTube Data API does, three comments to a page, newest first, with up
// to two of their replies.
type screening struct {
	comments []map[string]any
	key      string
	refuses  string // the reason for an error
}

func newScreening() *screening {
	s := &screening{key: "SECRET-key"}
	s.comment("t1", "", 7, "The chain squeaks", 1)
	s.comment("t2", "", 8, "Which pump is that?", 2)
	s.comment("t2.a", "t2", 7, "A track pump", 3)
	for n, text := range []string{"Oil it", "@Bo-B no, wax", "@ada thanks"} {
		s.comment("t1."+string(rune('a'+n)), "t1", 8-n%2, text, 4+n)
	}
	for n := 3; n <= 8; n++ {
		s.comment(fmt.Sprint("t", n), "", 7, "more", n)
	}
	s.comment("t9", "", 0, "from an account that is gone", 9)
	return s
}

func (s *screening) comment(id, parent string, by, text any, hours int) {
	snippet := map[string]any{"channelId": channelOfTests, "videoId": "dQw4w9WgXcQ", "textDisplay": text, "likeCount": 2,
		"publishedAt": newClock().at.Add(time.Duration(hours-40) * time.Hour).Format(time.RFC3339)}
	if name := map[any]string{7: "@ada", 8: "@Bo-B"}[by]; name != "" {
		snippet["authorDisplayName"], snippet["authorChannelId"], snippet["authorChannelUrl"] = name, map[string]any{"value": fmt.Sprint("UC", by)}, "http://www.youtube.com/"+name
	}
	if parent != "" {
		snippet["parentId"] = parent
	}
	s.comments = append(s.comments, map[string]any{"kind": "youtube#comment", "id": id, "snippet": snippet})
}

const channelOfTests = "UC0123456789abcdefghijkl"

func parentOf(c map[string]any) string {
	parent, _ := c["snippet"].(map[string]any)["parentId"].(string)
	return parent
}

func (s *screening) of(parent string) (all []map[string]any) {
	for _, c := range s.comments {
		if parentOf(c) == parent {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b map[string]any) int {
		return -strings.Compare(a["snippet"].(map[string]any)["publishedAt"].(string), b["snippet"].(map[string]any)["publishedAt"].(string))
	})
	return all
}

func (s *screening) edit(id, text string) {
	for _, c := range s.comments {
		if c["id"] == id {
			c["snippet"].(map[string]any)["textDisplay"] = text
		}
	}
}

func (s *screening) remove(id string) {
	s.comments = slices.DeleteFunc(s.comments, func(c map[string]any) bool { return c["id"] == id })
}

func (s *screening) refuse(w http.ResponseWriter, code int, reason string) any {
	w.WriteHeader(code)
	return map[string]any{"error": map[string]any{"code": code, "message": "no", "errors": []any{map[string]any{"domain": "youtube", "reason": reason}}}}
}

func (s *screening) answer(w http.ResponseWriter, r *http.Request) any {
	q := r.URL.Query()
	var all []map[string]any
	switch {
	case strings.HasSuffix(r.URL.Path, "robots.txt"):
		return nil
	case r.Header.Get("X-Goog-Api-Key") != s.key:
		return s.refuse(w, http.StatusBadRequest, "badRequest")
	case s.refuses != "":
		return s.refuse(w, http.StatusForbidden, s.refuses)
	case strings.HasSuffix(r.URL.Path, "/channels") && q.Get("forHandle") == "@bikes":
		return map[string]any{"items": []any{map[string]any{"id": channelOfTests}}}
	case strings.HasSuffix(r.URL.Path, "/channels"):
		return map[string]any{"pageInfo": map[string]any{"totalResults": 0}}
	case strings.HasSuffix(r.URL.Path, "/comments") && q.Get("parentId") != "":
		all = withoutVideo(s.of(q.Get("parentId")))
	case strings.HasSuffix(r.URL.Path, "/comments"):
		all = slices.DeleteFunc(slices.Clone(s.comments), func(c map[string]any) bool { return c["id"] != q.Get("id") })
	case q.Get("videoId") != "dQw4w9WgXcQ" && q.Get("allThreadsRelatedToChannelId") != channelOfTests:
		return s.refuse(w, http.StatusNotFound, "videoNotFound")
	default:
		for _, top := range s.of("") {
			replies := s.of(top["id"].(string))
			thread := map[string]any{"kind": "youtube#commentThread", "id": top["id"], "snippet": map[string]any{"videoId": "dQw4w9WgXcQ", "topLevelComment": top, "totalReplyCount": len(replies)}}
			if len(replies) > 0 {
				thread["replies"] = map[string]any{"comments": replies[:min(2, len(replies))]}
			}
			all = append(all, thread)
		}
	}
	from := atoi(strings.TrimPrefix(q.Get("pageToken"), "p"))
	to := min(from+3, len(all))
	answer := map[string]any{"items": append([]map[string]any{}, all[min(from, to):to]...)}
	if to < len(all) {
		answer["nextPageToken"] = fmt.Sprint("p", to)
	}
	return answer
}

// withoutVideo returns comments as lists of replies give them: which video they are on goes without saying.
func withoutVideo(all []map[string]any) (out []map[string]any) {
	for _, c := range all {
		bare, snippet := maps.Clone(c), maps.Clone(c["snippet"].(map[string]any))
		delete(snippet, "videoId")
		bare["snippet"] = snippet
		out = append(out, bare)
	}
	return out
}

func youtubeSource(url, page string) SourceConfig {
	return SourceConfig{Name: "src", Kind: "youtube", URL: page, API: url + "/youtube/v3", Token: "SECRET-key", Allow: []string{strings.TrimPrefix(url, "http://")}}
}

const videoOfTests = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"

func TestYoutubeIsFollowed(t *testing.T) {
	for _, page := range []string{videoOfTests, "https://www.youtube.com/@bikes"} {
		x := newScreening()
		f := serveFake(t, x.answer)
		c, m, cfg := newClock(), newMemory(), youtubeSource(f.url, page)
		s := f.crawl(t, cfg, c, m)
		if got := f.asked(); s.Saved.New != 13 || s.Stopped != "" || len(got) > 6 {
			t.Errorf("first crawl: %q, %+v, %q; want all 13 in three pages and one of replies", got, s.Saved, s.Notes)
		}
		expectPosts(t, m, map[string]string{"t1": "ada in t1", "t2.a": "ada in t2, reply t2", "t1.a": "Bo-B in t1, reply t1", "t1.b": "ada in t1, topic t1, mention Bo-B", "t9": "[deleted] in t9"})
		if p := m.stored("t2.a"); p.URL != videoOfTests[:strings.IndexByte(videoOfTests, '?')]+"?lc=t2.a&v=dQw4w9WgXcQ" || p.Score != 2 {
			t.Errorf("reply: %+v", p)
		}
		if p := m.stored("t1.c"); p.URL != videoOfTests[:strings.IndexByte(videoOfTests, '?')]+"?lc=t1.c&v=dQw4w9WgXcQ" {
			t.Errorf("reply asked for by itself: %+v", p)
		}

		x.comment("t10", "", 8, "new", 40)
		c.pass(time.Hour)
		if s = f.crawl(t, cfg, c, m); s.Saved.New != 1 || len(f.asked()) > 2 {
			t.Errorf("an hour later: %+v; want 1 new", s.Saved)
		}
		x.edit("t1", "The chain creaks")
		x.comment("t2.b", "t2", 8, "thanks", 41)
		x.remove("t4")
		x.remove("t1.c")
		c.pass(24 * time.Hour)
		if s = f.crawl(t, cfg, c, m); s.Saved.New != 1 || s.Saved.Changed != 1 {
			t.Errorf("a day later: %+v; want a reply and an edit", s.Saved)
		}
		c.pass(2 * time.Hour)
		if s = f.crawl(t, cfg, c, m); m.post("t4") != "gone" || m.post("t1.c") != "gone" || s.Saved.Deleted != 2 {
			t.Errorf("and two hours: %+v, t4 %q, t1.c %q; want both deleted", s.Saved, m.post("t4"), m.post("t1.c"))
		}
	}
}

func TestYoutubeRefuses(t *testing.T) {
	at := newClock().at
	for _, c := range []struct {
		reason, key, page string
		parked            time.Time
		says              string
	}{
		{"quotaExceeded", "SECRET-key", videoOfTests, at.Truncate(24 * time.Hour).Add(youtubeResets), "used up"},
		{"rateLimitExceeded", "SECRET-key", videoOfTests, at.Add(31 * time.Minute), "used up"}, // after 1, 2, 4 and 8 minutes 16 are too long for one run
		{"commentsDisabled", "SECRET-key", videoOfTests, time.Time{}, "switched off"},
		{"forbidden", "SECRET-key", videoOfTests, time.Time{}, "is the key right"},
		{"", "SECRET-other", videoOfTests, time.Time{}, "is the key right"},
		{"", "SECRET-key", "https://youtu.be/aaaaaaaaaaa", time.Time{}, "no such video"},
		{"", "SECRET-key", "https://www.youtube.com/@nobody", time.Time{}, "no channel @nobody"},
	} {
		x := newScreening()
		x.refuses = c.reason
		f := serveFake(t, x.answer)
		k, m, cfg := newClock(), newMemory(), youtubeSource(f.url, c.page)
		cfg.Token = c.key
		s := f.crawl(t, cfg, k, m)
		said := fmt.Sprint(s.Notes, s.Stopped)
		if until := c.parked; !until.IsZero() && !until.After(at) {
			c.parked = until.Add(24 * time.Hour)
		}
		if s.Saved.New != 0 || !strings.Contains(said, c.says) || !s.ParkedTo.Truncate(time.Minute).Equal(c.parked.Truncate(time.Minute)) || strings.Contains(said, "SECRET") {
			t.Errorf("%s, %s: %+v, want %q and a pause until %v", c.reason, c.page, s, c.says, c.parked)
		}
		if x.refuses, c.parked = "", k.now(); c.reason == "quotaExceeded" {
			k.pass(24 * time.Hour)
			if s = f.crawl(t, cfg, k, m); s.Saved.New != 13 {
				t.Errorf("when the quota is new: %+v; want all", s)
			}
		}
	}
}

func TestYoutubesAddresses(t *testing.T) {
	for _, c := range []struct{ url, token, wrong string }{
		{videoOfTests, "k", ""}, {videoOfTests + "&t=10s", "k", ""}, {"https://youtu.be/dQw4w9WgXcQ", "k", ""}, {"https://www.youtube.com/shorts/dQw4w9WgXcQ", "k", ""},
		{"https://www.youtube.com/channel/" + channelOfTests, "k", ""}, {"https://m.youtube.com/@bikes/videos", "k", ""},
		{"https://www.youtube.com", "k", "the url must be"}, {"https://www.youtube.com/watch?v=short", "k", "the url must be"}, {"https://www.youtube.com/c/bikes", "k", "the url must be"},
		{"https://tube.example/watch?v=dQw4w9WgXcQ", "k", "the url must be"}, {videoOfTests, "", "env:YOUTUBE_KEY"},
	} {
		_, at, err := newSource(SourceConfig{Name: "src", Kind: "youtube", URL: c.url, Token: c.token}, time.Time{})
		if c.wrong == "" && (err != nil || at.Host != "www.googleapis.com") || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%s: %v, %v; want %q", c.url, at, err, c.wrong)
		}
	}
}

func FuzzYoutube(target *testing.F) {
	f := fuzz.Of(target)
	x := newScreening()
	get := func(query string) []byte {
		r := httptest.NewRequest(http.MethodGet, query, nil)
		r.Header.Set("X-Goog-Api-Key", x.key)
		b, _ := json.Marshal(x.answer(httptest.NewRecorder(), r))
		return b
	}
	f.Add("threads", get("/commentThreads?videoId=dQw4w9WgXcQ"))
	f.Add("replies", get("/comments?parentId=t1"))
	f.Add("check", get("/comments?id=t1"))
	f.Add("channel", get("/channels?forHandle=@bikes"))
	keys := map[string]string{"threads": "threads:0:", "again": "again:threads", "replies": "replies:3:t1:", "check": "check:t1", "gone": "gone:t1", "channel": "channel"}
	f.Fuzz(func(t *testing.T, task string, body []byte) {
		fuzzOne(t, SourceConfig{Kind: "youtube", URL: videoOfTests, Token: "k"}, task+"#0:1795334400", keys[task], body)
	})
}
