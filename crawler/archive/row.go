package archive

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"tribu/data"
)

// A row is one post as a file gives it.
type row struct {
	ID         scalar   `json:"id"`
	Source     string   `json:"source"`
	Author     scalar   `json:"author"`
	AuthorName string   `json:"author_name"`
	ParentID   scalar   `json:"parent_id"`
	ThreadID   scalar   `json:"thread_id"`
	CreatedAt  string   `json:"created_at"`
	Title      string   `json:"title"`
	Text       string   `json:"text"`
	HTML       string   `json:"html"`
	URL        string   `json:"url"`
	Lang       string   `json:"lang"`
	Score      float64  `json:"score"`
	Views      float64  `json:"views"`
	Mentions   []scalar `json:"mentions"`
	Quotes     []scalar `json:"quotes"`
	Boosts     []scalar `json:"boosts"`
	ParentKind string   `json:"parent_kind"`
	Place      string   `json:"place"`

	ownRow

	at     time.Time
	handle string // what others type to name the author, where it is not Author
	file   string // "NAME: " where the row is not in the imported file but beside it
	topic  string // the thread's title, where Title is empty because only the first post carries one
}

func rowKeys() []string {
	return []string{"id", "source", "author", "author_name", "parent_id", "thread_id", "created_at", "title", "text", "html", "url",
		"lang", "score", "views", "mentions", "quotes", "boosts", "parent_kind", "place"}
}

// A scalar is a string that a file may also write as a number.
type scalar string

// UnmarshalJSON takes a string, a number or null.
func (s *scalar) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		return nil
	}
	if b[0] == '"' {
		var text string
		err := json.Unmarshal(b, &text)
		*s = scalar(text)
		return err
	}
	if b[0] == '-' || b[0] >= '0' && b[0] <= '9' {
		*s = scalar(b)
		return nil
	}
	return fmt.Errorf("an id is a string or a number, not %s", cut(string(b), 20))
}

// An ownRow is what a list of posts by tribu itself has beside: ids that are made already, and what else
// brings a post back as it was.
type ownRow struct {
	PostID      string `json:"post_id"`
	MemberID    string `json:"member_id"`
	Handle      string `json:"handle"`
	Thread      string `json:"thread"`
	ThreadTitle string `json:"thread_title"`
	Format      string `json:"format"`
	TurnedTo    string `json:"turned_to"`

	parent, thread data.PostID // of parent_id and thread_id
}

const withoutWords = "a list of posts without their words: tribu export posts --with-text writes one that can be imported"

// ownKeys are the columns of such a list that no other file's have a meaning here.
func ownKeys() []string {
	return []string{"run_id", "post_id", "member_id", "tribe_letter", "platform", "language", "needs", "handle", "thread", "thread_title", "format", "turned_to"}
}

// own reports whether r is of a list by tribu itself.
func (r *row) own() bool { return r.PostID != "" && r.MemberID != "" }

// checkOwn takes what a list by tribu itself says otherwise than other files, and says why it cannot be taken, if so.
func (r *row) checkOwn() string {
	if r.ID == "" || r.Author == "" {
		return withoutWords
	}
	if want, err := data.ParsePostID(r.PostID); err != nil || want != data.NewPostID(r.Source, string(r.ID)) {
		return "post_id is not that of source and id"
	}
	var err error
	if r.ParentID != "" {
		if r.parent, err = data.ParsePostID(string(r.ParentID)); err != nil {
			return "parent_id: " + err.Error()
		}
	}
	if r.thread, err = data.ParsePostID(string(r.ThreadID)); err != nil {
		return "thread_id: " + err.Error()
	}
	if r.Format == string(data.FormatHTML) {
		r.HTML, r.Text = r.Text, ""
	}
	r.handle, r.topic = clean(r.Handle), strings.TrimSpace(clean(r.ThreadTitle))
	return ""
}

// check cleans r, fills in what follows from the rest and says why r cannot be taken, if so.
func (r *row) check(source string, latest time.Time) string {
	r.clean()
	if r.Source == "" {
		r.Source = source
	}
	if r.own() {
		if reason := r.checkOwn(); reason != "" {
			return reason
		}
	}
	for _, required := range []struct{ key, value string }{{"id", string(r.ID)}, {"author", string(r.Author)}, {"created_at", r.CreatedAt}} {
		if required.value == "" {
			return required.key + " is missing"
		}
	}
	if blank(r.Text) && blank(r.HTML) && blank(r.Title) {
		return "the post is empty: no text, html or title"
	}
	if r.ParentID == r.ID {
		r.ParentID = ""
	}
	if r.ThreadID == "" {
		r.ThreadID = firstOf(r.ParentID, r.ID)
	}
	if reason := r.checkKind(); reason != "" {
		return reason
	}
	return r.checkDate(latest)
}

func (r *row) clean() {
	for _, s := range []*string{&r.Source, &r.AuthorName, &r.CreatedAt, &r.URL, &r.Lang, &r.Place, &r.ParentKind} {
		*s = strings.TrimSpace(clean(*s))
	}
	for _, s := range []*scalar{&r.ID, &r.Author, &r.ParentID, &r.ThreadID} {
		*s = scalar(strings.TrimSpace(clean(string(*s))))
	}
	r.Title, r.Text, r.HTML = strings.TrimSpace(clean(r.Title)), clean(r.Text), clean(r.HTML)
	r.handle, r.topic = clean(r.handle), strings.TrimSpace(clean(r.topic))
	r.Thread = strings.TrimSpace(clean(r.Thread))
	if r.URL != "" && !webURL(r.URL) {
		r.URL = ""
	}
}

func (r *row) checkKind() string {
	switch kind := data.InteractionKind(r.ParentKind); kind {
	case "":
		r.ParentKind = string(data.Reply)
	case data.Reply, data.Quote, data.Mention, data.Name, data.Topic:
	default:
		return fmt.Sprintf("parent_kind %q: want reply, quote, mention, name or topic", cut(r.ParentKind, 40))
	}
	return ""
}

func (r *row) checkDate(latest time.Time) string {
	at, err := time.Parse(time.RFC3339, r.CreatedAt)
	if err != nil {
		return fmt.Sprintf("created_at %q: want a date such as 2026-01-31T12:00:00Z", cut(r.CreatedAt, 40))
	}
	r.at = at.UTC().Truncate(time.Second)
	if r.at.Unix() < 0 || r.at.After(latest) {
		return fmt.Sprintf("created_at %q: outside 1970 … now + 1 day", cut(r.CreatedAt, 40))
	}
	return ""
}

func (r *row) start() string { return firstOf(r.Text, r.HTML, r.Title) }

func (r *row) body() (string, data.Format) {
	if blank(r.Text) && !blank(r.HTML) {
		return r.HTML, data.FormatHTML
	}
	return r.Text, data.FormatText
}

func (r *row) post(ids *latestIDs) data.Post {
	body, format := r.body()
	p := data.Post{
		Source: r.Source, NativeID: string(r.ID), Author: data.NewAuthorID(r.Source, string(r.Author)),
		CreatedAt: r.at, Title: r.Title, Body: body, Format: format, URL: r.URL,
		LangHint: langHint(r.Lang), Score: whole(r.Score), Views: whole(r.Views), Place: r.Place,
	}
	if r.ParentID != "" {
		p.Parent, p.ParentBy = ids.of(r.Source, string(r.ParentID)), data.InteractionKind(r.ParentKind)
	}
	p.Thread = data.ThreadID(ids.of(r.Source, string(r.ThreadID)))
	p.ID = ids.of(r.Source, string(r.ID))
	if r.own() {
		p.Parent, p.Thread = r.parent, data.ThreadID(r.thread)
	}
	return p
}

// latestIDs keeps the ids that were asked for last. Posts and threads have ids of one kind, and in most
// files a post stands next to its parent and to others of its thread.
type latestIDs struct {
	known [4]struct {
		source, native string
		id             data.PostID
	}
	next int
}

func (l *latestIDs) of(source, native string) data.PostID {
	for i := range l.known {
		if k := &l.known[i]; k.native == native && k.source == source {
			return k.id
		}
	}
	k := &l.known[l.next%len(l.known)]
	l.next++
	k.source, k.native, k.id = source, native, data.NewPostID(source, native)
	return k.id
}

func (r *row) author(id data.AuthorID) data.Author {
	return data.Author{ID: id, Source: r.Source, NativeID: string(r.Author),
		Handle: strings.TrimPrefix(firstOf(r.handle, string(r.Author)), "@"), Name: firstOf(r.AuthorName, string(r.Author))}
}

func (r *row) threadOf(id data.ThreadID) data.Thread {
	if r.own() {
		return data.Thread{ID: id, Source: r.Source, NativeID: firstOf(r.Thread, string(r.ThreadID)), Title: r.topic, Place: r.Place}
	}
	return data.Thread{ID: id, Source: r.Source, NativeID: string(r.ThreadID),
		Title: firstOf(r.Title, r.topic), Place: r.Place}
}

func langHint(tag string) data.Lang {
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	primary, _, _ = strings.Cut(primary, "_")
	return data.Lang(cut(primary, 8))
}

func whole(f float64) int {
	if math.IsNaN(f) || math.Abs(f) > math.MaxInt32 {
		return 0
	}
	return int(f)
}

func webURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// clean returns s as valid UTF-8 without NUL.
func clean(s string) string {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

// cut returns the start of s, at most n bytes, on a rune's edge.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func firstOf[S ~string](values ...S) S {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
