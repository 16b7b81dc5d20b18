package reports

import (
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

// A quoteView is what somebody wrote, with where and when.
type quoteView struct {
	Title  string // of its conversation, where the words alone say too little
	Text   string
	Lang   string
	Author string
	To     string // whom it answers or names, on the page of posts
	Place  string
	When   string
	URL    string
	Open   bool // nobody replied in time,
	Late   bool // but since
	Part   bool // and replies are missing here
}

// An evidence is the posts behind a number.
type evidence struct {
	ID    string
	Label []span
	Read  []span // Label as something to do, where it counts posts
	Posts []quoteView
	More  []span // how many are not shown, and where they are
}

// evidence shows at most limit of quotes about something, and links to all of posts.
func (b *builder) evidence(id string, about, label []span, quotes []figures.Quote, limit int, posts []data.PostID) *evidence {
	if b.Options.Anonymise || len(quotes) == 0 {
		return nil
	}
	e := &evidence{ID: id, Label: label}
	for _, q := range quotes[:min(limit, len(quotes))] {
		e.Posts = append(e.Posts, b.quote(q))
	}
	e.More = b.more(id, about, label, len(e.Posts), posts)
	return e
}

// reads invites to read what the label counts.
func (e *evidence) reads(b *builder) {
	if e != nil {
		e.Read = b.rich("evidence.read", "what", e.Label)
	}
}

// more says how many posts are not shown, and leads to them: first those that are quoted.
func (b *builder) more(id string, about, label []span, shown int, posts []data.PostID) []span {
	n := len(posts) - shown
	if n <= 0 {
		return nil
	}
	return b.rich("evidence.more.link", "n", n, "href", b.cite(id, b.rich("cite.about", "about", about, "what", label), posts, 0))
}

// quotedFirst returns all posts, those of quotes before the others.
func quotedFirst(quotes []figures.Quote, all []data.PostID) []data.PostID {
	out := idsOf(quotes)
	seen := make(map[data.PostID]bool, len(out))
	for _, id := range out {
		seen[id] = true
	}
	for _, id := range all {
		if !seen[id] {
			out = append(out, id)
		}
	}
	return out
}

// mostQuoted is how many letters of what somebody said are quoted.
const mostQuoted = 280

func (b *builder) quote(q figures.Quote) quoteView {
	if b.veiled[q.Post.ID] || b.intimate.holds(q.Post.ID, q.Text) {
		return quoteView{Text: unquoted(cutSaid(clean(q.Text), mostQuoted)), Lang: langTag(q.Lang, q.Post.Lang)}
	}
	place := ""
	if !b.onePlace {
		place = b.placeName(figures.PlaceShare{Source: q.Post.Source, Place: q.Post.Place})
	}
	return quoteView{
		Text: unquoted(cutSaid(clean(q.Text), mostQuoted)), Lang: langTag(q.Lang, q.Post.Lang), Author: string(b.name(q.Post.Author)),
		Place: cut(clean(place), 60), When: b.moment(q.Post.CreatedAt, b.Figures.Hours), URL: link(q.Post.URL),
		Open: b.Figures.Threads && !q.Answered, Late: q.Late, Part: b.Figures.Parts.Partial(),
	}
}

// langTag returns the first tag that names a language; empty where none does.
func langTag(langs ...data.Lang) string {
	for _, l := range langs {
		tag := strings.ToLower(string(l))
		if tag == "" || tag == string(data.LangUnd) || len(tag) > 8 {
			continue
		}
		if strings.Trim(tag, "abcdefghijklmnopqrstuvwxyz-") == "" {
			return tag
		}
	}
	return ""
}

// words returns what a post without a need says: its title, else the first sentence of plain text.
func words(p data.Post) string {
	if t := clean(p.Title); t != "" {
		return t
	}
	if p.Format == data.FormatText {
		return sentence(p.Body)
	}
	return ""
}
