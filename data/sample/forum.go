package sample

import (
	"cmp"
	"encoding/json"
	"html"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	pageSize   = 50 // posts of /posts.json
	streamSize = 20 // posts of /t/ID.json
)

// A forum shows the community as it stood at a moment, in Discourse's JSON.
type forum struct {
	c      Community
	clock  func() time.Time
	places []string
}

// Forum replays c as a Discourse forum shows itself to visitors: /site.json, /posts.json?before=N,
// /t/ID.json, /t/ID/posts.json?post_ids[]=N and /robots.txt. Only what was written by clock's time
// is there, so that a caller can let weeks pass.
func (c Community) Forum(clock func() time.Time) http.Handler {
	f := &forum{c: c, clock: clock}
	for _, t := range c.Topics {
		if !slices.Contains(f.places, t.Place) {
			f.places = append(f.places, t.Place)
		}
	}
	slices.Sort(f.places)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("User-agent: *\nAllow: /\n"))
	})
	mux.HandleFunc("GET /site.json", f.site)
	mux.HandleFunc("GET /categories.json", f.site)
	mux.HandleFunc("GET /posts.json", f.latest)
	mux.HandleFunc("GET /t/{id}", f.topic)
	mux.HandleFunc("GET /t/{id}/posts.json", f.topicPosts)
	mux.HandleFunc("GET /t/{slug}/{id}", f.page)
	return mux
}

type jsonObject = map[string]any

func (f *forum) site(w http.ResponseWriter, r *http.Request) {
	var categories []jsonObject
	for i, p := range f.places {
		categories = append(categories, jsonObject{"id": i + 1, "name": p, "slug": p})
	}
	if strings.HasPrefix(r.URL.Path, "/categories") {
		send(w, jsonObject{"category_list": jsonObject{"categories": categories}})
		return
	}
	send(w, jsonObject{"categories": categories})
}

// visible returns the posts written by now; posts are in the order of time.
func (f *forum) visible(posts []Post) []Post {
	now := f.clock()
	n, _ := slices.BinarySearchFunc(posts, now, func(p Post, t time.Time) int {
		if p.At.After(t) {
			return 1
		}
		return -1
	})
	return posts[:n]
}

func (f *forum) latest(w http.ResponseWriter, r *http.Request) {
	posts := f.visible(f.c.Posts)
	last := len(posts)
	if s := r.URL.Query().Get("before"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 {
			http.Error(w, "before wants a number", http.StatusBadRequest)
			return
		}
		last = min(last, n)
	}
	var page []jsonObject
	for i := last; i > max(0, last-pageSize); i-- {
		page = append(page, f.post(posts[i-1]))
	}
	send(w, jsonObject{"latest_posts": page})
}

func (f *forum) find(r *http.Request) (Topic, []Post, bool) {
	id, err := strconv.Atoi(strings.TrimSuffix(r.PathValue("id"), ".json"))
	if err != nil || id < 1 || id > len(f.c.Topics) {
		return Topic{}, nil, false
	}
	t := f.c.Topics[id-1]
	posts := f.visible(t.Posts)
	return t, posts, len(posts) > 0
}

func (f *forum) topic(w http.ResponseWriter, r *http.Request) {
	t, posts, ok := f.find(r)
	if !ok {
		http.NotFound(w, r)
		return
	}
	var stream []int
	var shown []jsonObject
	for i, p := range posts {
		stream = append(stream, p.ID)
		if i < streamSize {
			shown = append(shown, f.post(p))
		}
	}
	send(w, jsonObject{
		"id": t.ID, "title": t.Title, "slug": slug(t.Title), "category_id": f.category(t.Place), "posts_count": len(posts),
		"highest_post_number": len(posts), "created_at": stamp(posts[0].At), "last_posted_at": stamp(posts[len(posts)-1].At),
		"post_stream": jsonObject{"posts": shown, "stream": stream},
	})
}

func (f *forum) topicPosts(w http.ResponseWriter, r *http.Request) {
	_, posts, ok := f.find(r)
	if !ok {
		http.NotFound(w, r)
		return
	}
	wanted := r.URL.Query()["post_ids[]"]
	var shown []jsonObject
	for _, p := range posts {
		if slices.Contains(wanted, strconv.Itoa(p.ID)) {
			shown = append(shown, f.post(p))
		}
	}
	send(w, jsonObject{"post_stream": jsonObject{"posts": shown}})
}

// page sends a reader who follows a link from the report to the topic as JSON.
func (f *forum) page(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/t/"+r.PathValue("id")+".json", http.StatusFound)
}

func (f *forum) category(place string) int { return slices.Index(f.places, place) + 1 }

func (f *forum) post(p Post) jsonObject {
	t := f.c.Topics[p.Topic-1]
	o := jsonObject{
		"id": p.ID, "name": p.Author.Name, "username": p.Author.Handle, "created_at": stamp(p.At), "updated_at": stamp(p.At),
		"cooked": cook(p.Text), "post_number": p.Number, "post_type": 1, "topic_id": p.Topic, "topic_slug": slug(t.Title),
		"topic_title": t.Title, "category_id": f.category(t.Place), "version": 1, "reply_to_post_number": nil,
	}
	if p.ReplyTo > 0 {
		to := t.Posts[p.ReplyTo-1].Author
		o["reply_to_post_number"] = p.ReplyTo
		o["reply_to_user"] = jsonObject{"username": to.Handle, "name": to.Name}
	}
	return o
}

func stamp(t time.Time) string { return t.Format("2006-01-02T15:04:05.000Z") }

// cook renders text as Discourse does: paragraphs, line breaks, mentions as links.
func cook(text string) string {
	var b strings.Builder
	for _, para := range strings.Split(text, "\n\n") {
		b.WriteString("<p>")
		for i, line := range strings.Split(strings.TrimSpace(para), "\n") {
			if i > 0 {
				b.WriteString("<br>\n")
			}
			cookLine(&b, line)
		}
		b.WriteString("</p>\n")
	}
	return strings.TrimSpace(b.String())
}

func cookLine(b *strings.Builder, line string) {
	for line != "" {
		at := strings.IndexByte(line, '@')
		end := at + 1
		for at >= 0 && end < len(line) && isHandle(line[end]) {
			end++
		}
		if at < 0 || end == at+1 || (at > 0 && isHandle(line[at-1])) {
			cut := len(line)
			if at >= 0 {
				cut = end
			}
			b.WriteString(html.EscapeString(line[:cut]))
			line = line[cut:]
			continue
		}
		b.WriteString(html.EscapeString(line[:at]))
		b.WriteString(`<a class="mention" href="/u/` + line[at+1:end] + `">` + line[at:end] + `</a>`)
		line = line[end:]
	}
}

func isHandle(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// slug is the title in ASCII words, as it stands in a link.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return cmp.Or(strings.Join(words, "-"), "topic")
}

func send(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(body)
}
