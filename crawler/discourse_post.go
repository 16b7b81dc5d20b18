package crawler

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"tribu/data"
)

// A wirePost is a post as Discourse sends it.
type wirePost struct {
	ID          int     `json:"id"`
	Topic       int     `json:"topic_id"`
	TopicSlug   string  `json:"topic_slug"`
	TopicTitle  string  `json:"topic_title"`
	Category    int     `json:"category_id"`
	Number      int     `json:"post_number"`
	Type        int     `json:"post_type"`
	ReplyTo     int     `json:"reply_to_post_number"`
	Username    string  `json:"username"`
	Name        string  `json:"name"`
	CreatedAt   string  `json:"created_at"`
	Cooked      string  `json:"cooked"`
	Score       float64 `json:"score"`
	Reads       int     `json:"reads"`
	DeletedAt   string  `json:"deleted_at"`
	UserDeleted bool    `json:"user_deleted"`
	Hidden      bool    `json:"hidden"`
}

// wirePosts reads the posts of an answer. One that makes no sense becomes a failure.
func (p *reading) wirePosts(raw []json.RawMessage) []wirePost {
	var out []wirePost
	for _, r := range raw {
		var w wirePost
		err := json.Unmarshal(r, &w)
		if err == nil && (w.ID <= 0 || w.ID > maxPostID || w.Topic <= 0 || w.Number <= 0) {
			err = fmt.Errorf("no id, topic_id or post_number")
		}
		if err != nil {
			p.fail(plainURL(p.task.URL)+"#"+strconv.Itoa(w.ID), "post makes no sense: "+err.Error())
			continue
		}
		out = append(out, w)
	}
	return out
}

func (p *reading) fail(subject, reason string) {
	p.out.Batch.Failures = append(p.out.Batch.Failures, data.Failure{Stage: "crawl", Subject: subject, Reason: reason})
}

const typeRegular = 1

// gone reports whether the forum says that w is no longer there to read.
func (w *wirePost) gone() bool {
	return w.DeletedAt != "" || w.UserDeleted || placeholder(w.Cooked) || withdrawn(w.Cooked)
}

// withdrawn reports whether a body is what Discourse leaves of a post that its author takes back.
func withdrawn(cooked string) bool {
	if len(cooked) > 300 {
		return false
	}
	text := strings.ToLower(strings.TrimSpace(plainText(cooked)))
	for _, start := range []string{"(post deleted by author", "(post withdrawn by author", "(topic deleted by author", "(topic withdrawn by author",
		"(post eliminato dall'autore", "(post ritirato dall'autore", "(messaggio eliminato dall'autore", "(messaggio ritirato dall'autore"} {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	return false
}

func plainText(fragment string) string {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.String()
		case html.TextToken:
			out.Write(z.Text())
		}
	}
}

// when returns the time w was written; the time of fetching where w's own is of no use.
func (p *reading) when(w wirePost) (at time.Time, guessed bool) {
	at, err := time.Parse(time.RFC3339, w.CreatedAt)
	if err != nil || at.Unix() < 0 || at.After(p.now().Add(24*time.Hour)) {
		return p.now(), true
	}
	return at.UTC().Truncate(time.Second), false
}

func (p *reading) id(post int) data.PostID { return data.NewPostID(p.source, strconv.Itoa(post)) }

// keep adds w to the batch with all that follows from it. parent is the id of the post that w
// answers, 0 where it is unknown.
func (p *reading) keep(w wirePost, parent int, by data.InteractionKind) {
	at, guessed := p.when(w)
	author := data.Author{ID: data.NewAuthorID(p.source, w.Username), Source: p.source, NativeID: w.Username, Handle: w.Username,
		Name: tidy(w.Name), URL: p.discourse.at + "/u/" + url.PathEscape(w.Username)}
	if author.Name == "" {
		author.Name = w.Username
	}
	post := data.Post{
		ID: p.id(w.ID), Source: p.source, NativeID: strconv.Itoa(w.ID), Author: author.ID, Thread: data.NewThreadID(p.source, strconv.Itoa(w.Topic)),
		CreatedAt: at, Guessed: guessed, Body: clean(w.Cooked), Format: data.FormatHTML, URL: p.topicURL(w) + "/" + strconv.Itoa(w.Number),
		Score: whole(w.Score), Views: max(w.Reads, 0), Place: p.place(w.Category),
	}
	if w.Number == 1 {
		post.Title = tidy(w.TopicTitle)
	}
	if parent != 0 {
		post.Parent, post.ParentBy = p.id(parent), by
	}
	b := &p.out.Batch
	b.Posts = append(b.Posts, post)
	b.Authors = append(b.Authors, author)
	if w.TopicTitle != "" {
		b.Threads = append(b.Threads, data.Thread{ID: post.Thread, Source: p.source, NativeID: strconv.Itoa(w.Topic),
			Title: tidy(w.TopicTitle), URL: p.topicURL(w), Place: post.Place})
	}
	p.interactions(w, post, parent)
}

func (p *reading) topicURL(w wirePost) string {
	slug := url.PathEscape(w.TopicSlug)
	if slug == "" {
		slug = "-"
	}
	return p.discourse.at + "/t/" + slug + "/" + strconv.Itoa(w.Topic)
}

func (p *reading) place(category int) string {
	if name := p.state.Places[category]; name != "" || category == 0 {
		return name
	}
	return strconv.Itoa(category)
}

func (p *reading) interactions(w wirePost, post data.Post, parent int) {
	add := func(i data.Interaction) {
		i.Post, i.From, i.At = post.ID, post.Author, post.CreatedAt
		p.out.Batch.Interactions = append(p.out.Batch.Interactions, i)
	}
	if parent != 0 {
		add(data.Interaction{Kind: post.ParentBy, ToPost: post.Parent})
	}
	quotes, mentions := turnedTo(w.Cooked)
	for _, q := range quotes {
		if id := p.state.post(q.topic, q.number); id != 0 && id != w.ID {
			add(data.Interaction{Kind: data.Quote, ToPost: p.id(id)})
		} else if id == 0 && q.username != "" && !strings.EqualFold(q.username, w.Username) {
			add(data.Interaction{Kind: data.Quote, ToHandle: q.username})
		}
	}
	for _, handle := range mentions {
		if !strings.EqualFold(handle, w.Username) {
			add(data.Interaction{Kind: data.Mention, ToHandle: handle})
		}
	}
}

type quote struct {
	username      string
	topic, number int
}

const maxTurns = 100 // quotes and mentions taken from one post

// turnedTo returns whom a post quotes and mentions in its own words, each once, in their order.
func turnedTo(cooked string) (quotes []quote, mentions []string) {
	if !strings.Contains(cooked, "<aside") && !strings.Contains(cooked, "mention") {
		return nil, nil
	}
	seen := map[any]bool{}
	depth, mention := 0, false
	z := html.NewTokenizer(strings.NewReader(cooked))
	for len(seen) < maxTurns {
		switch z.Next() {
		case html.ErrorToken:
			return quotes, mentions
		case html.StartTagToken:
			t := z.Token()
			mention = t.Data == "a" && depth == 0 && hasClass(t, "mention")
			if !quoting(t.Data) {
				continue
			}
			if q, ok := quoteOf(t); ok && depth == 0 && !seen[q] {
				seen[q] = true
				quotes = append(quotes, q)
			}
			depth++
		case html.EndTagToken:
			if name, _ := z.TagName(); quoting(string(name)) {
				depth = max(0, depth-1)
			}
		case html.TextToken:
			handle, isHandle := strings.CutPrefix(strings.TrimSpace(string(z.Text())), "@")
			if mention && isHandle && handle != "" && len(handle) <= 100 && !seen[handle] {
				seen[handle] = true
				mentions = append(mentions, clean(handle))
			}
			mention = false
		}
	}
	return quotes, mentions
}

func quoting(tag string) bool { return tag == "aside" || tag == "blockquote" }

func hasClass(t html.Token, class string) bool {
	for _, c := range strings.Fields(attr(t, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

func quoteOf(t html.Token) (quote, bool) {
	if t.Data != "aside" || !hasClass(t, "quote") {
		return quote{}, false
	}
	topic, _ := strconv.Atoi(attr(t, "data-topic"))
	number, _ := strconv.Atoi(attr(t, "data-post"))
	q := quote{clean(attr(t, "data-username")), topic, number}
	return q, q.username != "" || topic > 0 && number > 0
}

// tidy returns s on one line, without NUL and broken UTF-8.
func tidy(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\ufffd")
}

func whole(f float64) int {
	if math.IsNaN(f) || math.Abs(f) > math.MaxInt32 {
		return 0
	}
	return int(f)
}
