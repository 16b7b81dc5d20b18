package archive

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"strings"
	"time"
)

// looksReddit knows Pushshift's dumps by the keys that only they have together.
func looksReddit(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return bytes.HasPrefix(line, []byte("{")) && bytes.Contains(line, []byte(`"created_utc"`)) && bytes.Contains(line, []byte(`"subreddit"`))
}

// A redditRow is a submission or a comment, as Pushshift and its successors write them.
type redditRow struct {
	ID         scalar  `json:"id"`
	Author     scalar  `json:"author"`
	CreatedUTC scalar  `json:"created_utc"`
	Title      string  `json:"title"`
	Selftext   *string `json:"selftext"`
	Body       *string `json:"body"`
	ParentID   scalar  `json:"parent_id"`
	LinkID     scalar  `json:"link_id"`
	Subreddit  string  `json:"subreddit"`
	Permalink  string  `json:"permalink"`
	Score      float64 `json:"score"`
}

func readReddit(in *input, to rows) error {
	return eachObject(in, to, func(line int, object []byte) error {
		var w redditRow
		if err := json.Unmarshal(object, &w); err != nil {
			return to.reject(line, jsonReason(err), string(object[:min(len(object), 2*rejectTextBytes)]))
		}
		if w.Author == "[deleted]" || w.Body != nil && gone(*w.Body) || w.Body == nil && w.Title != "" && gone(w.Title) {
			to.skip("deleted")
			return nil
		}
		r := w.row()
		return to.row(line, &r)
	})
}

// eachObject visits the lines of NDJSON that hold something. Lines that are too long are rejected.
func eachObject(in *input, to rows, visit func(line int, object []byte) error) error {
	lines := newLineReader(in.text)
	for {
		line, long, err := lines.next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case long:
			err = to.reject(lines.line, tooLong(), string(line[:rejectTextBytes]))
		case len(bytes.TrimSpace(line)) > 0:
			err = visit(lines.line, bytes.TrimSpace(line))
		}
		if err != nil {
			return err
		}
	}
}

func gone(text string) bool {
	text = strings.TrimSpace(text)
	return text == "[deleted]" || text == "[removed]" || strings.HasPrefix(text, "[ Removed by ") || text == "[deleted by user]"
}

// row names posts as reddit does: t3_ID for a submission, t1_ID for a comment.
func (w *redditRow) row() row {
	r := row{Author: w.Author, CreatedAt: unixInstant(w.CreatedUTC), Score: w.Score, Place: w.Subreddit}
	if w.Body == nil && w.LinkID == "" {
		r.ID, r.Title = prefixed("t3_", w.ID), w.Title
		if w.Selftext != nil && !gone(*w.Selftext) {
			r.Text = *w.Selftext
		}
	} else {
		r.ID, r.ParentID, r.ThreadID = prefixed("t1_", w.ID), w.ParentID, w.LinkID
		if w.Body != nil {
			r.Text = *w.Body
		}
	}
	r.URL = w.url()
	if strings.Contains(r.Text, "/u/") || strings.Contains(r.Text, "u/") {
		r.Mentions = redditMentions(r.Text)
	}
	if r.Mentions == nil {
		r.Mentions = []scalar{} // "@name" names nobody on reddit
	}
	return r
}

func (w *redditRow) url() string {
	link := strings.TrimPrefix(string(w.LinkID), "t3_")
	switch {
	case strings.HasPrefix(w.Permalink, "/r/"):
		return "https://www.reddit.com" + w.Permalink
	case w.Subreddit == "" || w.ID == "":
		return ""
	case link != "":
		return "https://www.reddit.com/r/" + w.Subreddit + "/comments/" + link + "/_/" + string(w.ID) + "/"
	}
	return "https://www.reddit.com/r/" + w.Subreddit + "/comments/" + string(w.ID) + "/"
}

func prefixed(prefix string, id scalar) scalar {
	if id == "" || strings.HasPrefix(string(id), prefix) {
		return id
	}
	return scalar(prefix) + id
}

// unixInstant writes seconds since 1970, perhaps with decimals, as RFC 3339; what is no number stays.
func unixInstant(s scalar) string {
	f := number(string(s))
	if f <= 0 || f > math.MaxInt32*10 || strings.ContainsAny(string(s), "-:T") {
		return string(s)
	}
	return time.Unix(int64(f), 0).UTC().Format(time.RFC3339)
}

// redditMentions returns the names after u/ outside quotations.
func redditMentions(text string) []scalar {
	var out []scalar
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), ">") || strings.HasPrefix(line, "&gt;") {
			continue
		}
		for i := 0; i < len(line) && len(out) < maxHandles; i++ {
			if !strings.HasPrefix(line[i:], "u/") {
				continue
			}
			before := strings.TrimSuffix(line[:i], "/")
			name := handleAt(line[i+2:])
			if len(name) > 2 && (before == "" || strings.ContainsAny(before[len(before)-1:], " \t(,;*\"")) {
				out = append(out, scalar(name))
			}
		}
	}
	return out
}
