package reports

import (
	"fmt"
	"slices"

	"tribu/data"
	"tribu/reports/figures"
)

// A citation is a number of the report with the posts behind it: a section of the page of posts.
type citation struct {
	id    string
	label []span
	posts []data.PostID
	total int
}

// citedPosts is how many posts stand behind one number.
const citedPosts = 8

// postsFile is the name of the page of posts of a week.
func postsFile(week string, lang data.Lang) string {
	return fmt.Sprintf("%s.posts.%s.html", week, lang)
}

// cite puts posts, out of total, behind a number on the page of posts, and returns where they stand;
// nothing where there are none to show.
func (b *builder) cite(id string, label []span, posts []data.PostID, total int) string {
	if b.Options.Anonymise || len(posts) == 0 {
		return ""
	}
	href := postsFile(b.Story.Week, b.lang) + "#" + id
	if slices.ContainsFunc(b.cited, func(c citation) bool { return c.id == id }) {
		return href
	}
	b.cited = append(b.cited, citation{id, label, posts[:min(len(posts), citedPosts)], max(total, len(posts))})
	return href
}

// A postsView is the page of posts.
type postsView struct {
	Lang, Project, Week, Dates, Back string
	Sections                         []postsSection
}

type postsSection struct {
	ID    string
	Label []span
	Posts []quoteView
	More  []span
}

// postsPage writes the posts behind the numbers of a page; nothing where there are none. said
// returns what a post says, as far as it is known.
func (b *builder) postsPage(p page, said func(data.PostID) string) ([]byte, error) {
	if len(b.cited) == 0 {
		return nil, nil
	}
	v := postsView{Lang: p.Lang, Project: p.Project, Week: p.Week, Dates: p.Dates, Back: b.Story.Week + "." + string(b.lang) + ".html"}
	metas, quotes := b.citedMetas()
	for _, c := range b.cited {
		s := postsSection{ID: c.id, Label: c.label}
		for _, id := range c.posts {
			meta, known := metas[id]
			if !known {
				continue
			}
			q, voiced := quotes[id]
			if !voiced {
				q = figures.Quote{Post: meta, Text: sentence(said(id)), Lang: meta.Lang}
			}
			if q.Text == "" {
				q.Text = clean(b.Story.Threads[meta.Thread].Title)
			}
			q.Answered = true
			s.Posts = append(s.Posts, b.quote(q))
		}
		if more := c.total - len(s.Posts); more > 0 {
			s.More = b.rich("evidence.more", "n", more)
		}
		if len(s.Posts) > 0 {
			v.Sections = append(v.Sections, s)
		}
	}
	return b.execute("posts", v)
}

// citedMetas returns the posts that are cited, and of those that voice a need what they say.
func (b *builder) citedMetas() (map[data.PostID]data.PostMeta, map[data.PostID]figures.Quote) {
	wanted := make(map[data.PostID]bool)
	for _, c := range b.cited {
		for _, id := range c.posts {
			wanted[id] = true
		}
	}
	metas, quotes := make(map[data.PostID]data.PostMeta, len(wanted)), make(map[data.PostID]figures.Quote)
	for i := range b.Story.Activity {
		if p := &b.Story.Activity[i]; wanted[p.ID] {
			metas[p.ID] = *p
		}
	}
	for i := range b.Story.Needs {
		n := &b.Story.Needs[i]
		if _, told := quotes[n.ID]; wanted[n.ID] && !told && n.Quote != "" {
			quotes[n.ID] = figures.Quote{Post: n.PostMeta, Text: n.Quote, Lang: n.Need.Lang}
		}
	}
	return metas, quotes
}

// idsOf returns the posts of quotes.
func idsOf(quotes []figures.Quote) []data.PostID {
	out := make([]data.PostID, len(quotes))
	for i, q := range quotes {
		out[i] = q.Post.ID
	}
	return out
}
