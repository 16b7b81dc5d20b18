package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/customer"
)

// A citation is a number of the report with the posts behind it: a section of the page of posts.
type citation struct {
	id    string
	label []span
	posts []data.PostID
	total int
	from  string // section of the report that tells the number
	need  string // the need they are counted for; empty where it is none
	shows showing
	// those that stand without a name, since what they say tells what moves somebody
	nameless []data.PostID
}

// A showing is what a post stands on the page of posts for.
type showing uint8

const (
	anything showing = iota
	asking           // the sentence in which it asks
	helping          // one in which it helps
)

// citing says what the posts behind a number show, and returns where they stand.
func (b *builder) citing(what showing, id string, label []span, posts []data.PostID, total int) string {
	href := b.cite(id, label, posts, total)
	for i := range b.cited {
		if b.cited[i].id == id {
			b.cited[i].shows = what
		}
	}
	return href
}

// A voiced is a need in a post; any of its needs where the key is empty.
type voiced struct {
	post data.PostID
	key  string
}

const (
	citedPosts = 8    // stand open behind one number
	foldedMost = 400  // and stand there at most, the others in a fold
	pagePosts  = 6000 // of all numbers, so that the page of posts stays light
	postsTable = "posts.csv"
)

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
	b.cited = append(b.cited, citation{id: id, label: label, posts: posts, total: max(total, len(posts)), from: b.section, shows: anything})
	return href
}

// countedFor says that the posts behind a number are counted for a need: there each is shown by what
// it says of that.
func (b *builder) countedFor(id, need string) {
	for i := range b.cited {
		if b.cited[i].id == id {
			b.cited[i].need = need
		}
	}
}

// A postsView is the page of posts.
type postsView struct {
	Lang, Project, Week, Dates, Back, All string
	Sections                              []postsSection
}

type postsSection struct {
	ID    string
	Label []span
	From  string      // where the report tells the number
	Posts []quoteView // that stand open
	Rest  []quoteView // in a fold
	Fold  []span      // how many those are
	More  []span      // how many are not shown, and where they are
}

// postsPage writes the posts behind the numbers of a page; nothing where there are none. said
// returns what a post says, as far as it is known.
func (b *builder) postsPage(p page, said func(data.PostID) string) ([]byte, error) {
	if len(b.cited) == 0 {
		return nil, nil
	}
	all := "data/" + b.Story.Week + "/" + postsTable
	v := postsView{Lang: p.Lang, Project: p.Project, Week: p.Week, Dates: p.Dates, Back: b.Story.Week + "." + string(b.lang) + ".html", All: all}
	most := fair(b.cited)
	metas, quotes := b.citedMetas(most)
	to := b.addressed(metas)
	for i := range b.cited {
		c := &b.cited[i]
		s := postsSection{ID: c.id, Label: c.label, From: v.Back + "#" + c.from}
		for _, id := range c.posts[:min(len(c.posts), most)] {
			if meta, known := metas[id]; known {
				told := b.citedPost(meta, *c, to[id].ToPost, quotes, said)
				if told.Author == "" {
					c.nameless = append(c.nameless, id)
				}
				if turned, known := to[id]; known {
					told.To = string(b.name(turned.To))
				}
				s.Posts = append(s.Posts, told)
			}
		}
		if len(s.Posts) == 0 {
			continue
		}
		if more := c.total - len(s.Posts); more > 0 {
			s.More = b.rich("evidence.more.link", "n", more, "href", all)
		}
		if len(s.Posts) > citedPosts {
			s.Posts, s.Rest = s.Posts[:citedPosts], s.Posts[citedPosts:]
			s.Fold = b.rich("evidence.more", "n", len(s.Rest))
		}
		v.Sections = append(v.Sections, s)
	}
	return b.execute("posts", v)
}

// fair returns how many posts may stand behind each number so that a page of all of them stays light.
func fair(cited []citation) int {
	most := foldedMost
	for sum := pagePosts + 1; sum > pagePosts && most > citedPosts; {
		sum = 0
		for _, c := range cited {
			sum += min(most, len(c.posts))
		}
		if sum > pagePosts {
			most = max(citedPosts, most*3/4)
		}
	}
	return most
}

// citedPost is a post as the page of posts shows it: by the sentence that was counted, else by what it needs, else by how it
// begins; one that helps by the sentence that does, if one does. The title of its conversation stands beside it where nothing
// leads there. to is what it answers.
func (b *builder) citedPost(meta data.PostMeta, c citation, to data.PostID, quotes map[voiced]figures.Quote, said func(data.PostID) string) quoteView {
	title := b.Story.Threads[meta.Thread].Title
	q := figures.Quote{Post: meta, Lang: meta.Lang}
	words, _ := strings.CutPrefix(said(meta.ID), title+"\n")
	switch c.shows {
	case helping:
		q.Text, _ = b.help(b.answers, words, said(to), title)
	case asking:
		q = quotes[voiced{meta.ID, asked}]
	}
	for _, key := range [...]string{c.need, ""} {
		if known, ok := quotes[voiced{meta.ID, key}]; ok && q.Text == "" && c.shows != helping {
			q = known
		}
	}
	if q.Text == "" && c.shows != helping {
		q = figures.Quote{Post: meta, Text: sentence(words), Lang: meta.Lang}
	}
	if q.Text == clean(title) {
		q.Text = ""
	}
	q.Answered = true
	v := b.quote(q)
	if v.URL == "" || v.Text == "" {
		v.Title = cut(clean(title), 120)
	}
	return v
}

// asked is the key of the need in which a post asks.
const asked = "\x00asked"

// citedTable holds every post of v behind a number, in order of time, with the places on the page of
// posts where it stands with a name; no rows where the page cites none.
func citedTable(v View, cited []citation) figureFile {
	f := figureFile{postsTable, [][]string{{"numbers", "post_id", "source", "place", "written_at", "url"}}}
	numbers := make(map[data.PostID][]string)
	for _, c := range cited {
		for _, id := range c.posts {
			if all := numbers[id]; !slices.Contains(c.nameless, id) && (len(all) == 0 || all[len(all)-1] != c.id) {
				numbers[id] = append(all, c.id)
			}
		}
	}
	for i := range v.Story.Activity {
		if p := &v.Story.Activity[i]; numbers[p.ID] != nil {
			f.rows = append(f.rows, []string{strings.Join(numbers[p.ID], " "), p.ID.String(), customer.Cell(p.Source), customer.Cell(p.Place),
				p.CreatedAt.In(v.Options.Location).Format(time.RFC3339), link(p.URL)})
		}
	}
	return f
}

// addressed returns in what each post turns to somebody: of another tribe before others.
func (b *builder) addressed(posts map[data.PostID]data.PostMeta) map[data.PostID]data.Interaction {
	out := make(map[data.PostID]data.Interaction, len(posts))
	for _, in := range b.Story.Interactions {
		if _, wanted := posts[in.Post]; !wanted || in.Kind == data.Boost {
			continue
		}
		if known, told := out[in.Post]; !told || b.Figures.Home[known.To] == b.Figures.Home[in.From] && b.Figures.Home[in.To] != b.Figures.Home[in.From] {
			out[in.Post] = in
		}
	}
	return out
}

// citedMetas returns the first posts behind each number, at most that many, and of those that voice a
// need what they say of it.
func (b *builder) citedMetas(most int) (map[data.PostID]data.PostMeta, map[voiced]figures.Quote) {
	wanted := make(map[data.PostID]bool)
	for _, c := range b.cited {
		for _, id := range c.posts[:min(len(c.posts), most)] {
			wanted[id] = true
		}
	}
	metas, quotes := make(map[data.PostID]data.PostMeta, len(wanted)), make(map[voiced]figures.Quote)
	for i := range b.Story.Activity {
		if p := &b.Story.Activity[i]; wanted[p.ID] {
			metas[p.ID] = *p
		}
	}
	for i := range b.Story.Needs {
		n := &b.Story.Needs[i]
		if !wanted[n.ID] || n.Quote == "" {
			continue
		}
		key, _ := n.Subject()
		if n.Ord == n.Acts.Ord() && n.Acts.Has(data.Asking|data.Pleading) {
			quotes[voiced{n.ID, asked}] = figures.Quote{Post: n.PostMeta, Text: n.Quote, Lang: n.Need.Lang}
		}
		for _, key := range [...]string{"", key} {
			if _, told := quotes[voiced{n.ID, key}]; !told {
				quotes[voiced{n.ID, key}] = figures.Quote{Post: n.PostMeta, Text: n.Quote, Lang: n.Need.Lang}
			}
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
