package reports

import (
	"slices"
	"strconv"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/lives"
	"tribu/reports/measure/stats"
	"tribu/reports/measure/uses"
)

// A houseView says what each function of a house should read, and for which use each tribe is worth
// joining.
type houseView struct {
	Title   []span
	Draw    []span
	Digests []digestView
	Cases   []string
	Rows    []caseRow
	Note    []span
}

type digestView struct {
	of     uses.Function
	first  uses.Topic // of Topics
	Name   string
	What   string
	Count  []span
	Posts  string // where they stand
	Topics []digestTopic
}

type digestTopic struct {
	Topic, People, Href string
	Quote               *quoteView
}

type caseRow struct {
	Badge badge
	Cells []caseCell
}

type caseCell struct {
	Index, Word, Note string
	Posts             string // where they stand
	Engage            bool
}

const (
	digestTopics = 3
	leastDigest  = 10 // people who make a need of a digest worth its line
	leastTopic   = 2  // people who make one outside the scope worth it
	toldBeyond   = 6
	toldRoles    = 3
	leastRoles   = 3 // people who say what something is for
)

func (b *builder) house() *houseView {
	if b.Scene == nil {
		return nil
	}
	v := &houseView{Draw: b.draw("draw")}
	for _, d := range b.Scene.Digests {
		if told, ok := b.digest(d); ok {
			v.Digests = append(v.Digests, told)
		}
	}
	v.Title = b.houseTitle(v.Digests)
	b.cases(v)
	if len(v.Digests) == 0 && len(v.Rows) == 0 {
		return nil
	}
	return v
}

func (b *builder) digest(d uses.Digest) (digestView, bool) {
	key := "house." + string(d.Function)
	v := digestView{of: d.Function, Name: b.text(key), What: b.text(key + ".what"), Count: b.rich("house.count", "n", d.Posts, "people", b.text("people", "n", d.People))}
	for _, t := range d.Topics {
		if len(v.Topics) < digestTopics && b.Options.tells(t.People) && len(b.examples(t)) > 0 && (d.Function == uses.CRM || t.People >= leastDigest && b.tellable(t)) {
			if len(v.Topics) == 0 {
				v.first = t
			}
			v.Topics = append(v.Topics, b.digestTopic(t))
		}
	}
	if len(v.Topics) == 0 {
		return v, false
	}
	v.Posts = b.cite(string("house-"+d.Function), b.rich("cite.house", "name", v.Name), d.Evidence, d.Posts)
	return v, true
}

// tellable reports whether a topic is a need that is counted and has a name of more than one word, or
// something else than a need, under a name that no need has.
func (b *builder) tellable(t uses.Topic) bool {
	name := b.subjectName(t)
	if !strings.Contains(name, " ") {
		return false
	}
	for _, n := range b.Figures.Needs {
		if n.Key == t.Key || strings.EqualFold(b.topic(n), name) {
			return n.Key == t.Key
		}
	}
	return !t.Lacked
}

func (b *builder) digestTopic(t uses.Topic) digestTopic {
	row := digestTopic{Topic: b.subjectName(t), People: b.text("people", "n", t.People)}
	if i := slices.IndexFunc(b.Figures.Needs, func(n figures.Need) bool { return n.Key == t.Key }); t.Lacked {
		row.Href = b.needHref(t.Key)
		if i >= 0 && row.Href != "" {
			row.People = b.text("people", "n", b.Figures.Needs[i].People)
		}
	} else if len(t.Needs) > 0 {
		row.People = b.text("house.said", "people", row.People, "what", b.text("said."+string(t.Needs[0].Type)))
	}
	if needs := b.examples(t); !b.Options.Anonymise && len(needs) > 0 {
		n := figures.Best(needs, row.Topic)
		q := b.quote(figures.Quote{Post: n.PostMeta, Text: n.Quote, Lang: n.Need.Lang, Answered: true})
		row.Quote = &q
	}
	return row
}

// examples returns what can show a topic: of a tip, what asks nothing and is not heard as something
// that its author lacks too.
func (b *builder) examples(t uses.Topic) []*data.NeedRow {
	return slices.DeleteFunc(slices.Clone(t.Needs), func(n *data.NeedRow) bool {
		return n.Type == data.Tip && (n.Acts.Has(data.Asking|data.Pleading|data.Wondering) || strings.Contains(n.Quote, "?") ||
			slices.ContainsFunc(b.Story.Needs, func(o data.NeedRow) bool { return o.ID == n.ID && o.Quote == n.Quote && o.Type.Wanting() }))
	})
}

// subjectName calls a subject as the needs section does, in the page's language where it can.
func (b *builder) subjectName(t uses.Topic) string {
	for _, n := range b.Figures.Needs {
		if n.Key == t.Key {
			return b.topic(n)
		}
	}
	return clean(t.Called)
}

// needHref leads to a need that is told; empty where it is not.
func (b *builder) needHref(key string) string {
	for i, n := range b.Figures.Needs[:min(len(b.Figures.Needs), toldNeeds)] {
		if n.Key == key && n.People >= b.Options.MinNeed {
			return "#" + needID(i)
		}
	}
	return ""
}

func (b *builder) cases(v *houseView) {
	rows := make(map[data.TribeID]*caseRow)
	known := make(map[data.TribeID]bool)
	for i, t := range b.Figures.Tribes {
		if figures.IsTribe(t.Tribe) && len(rows) < toldWhen {
			rows[t.ID] = &caseRow{Badge: b.badge(i)}
		}
	}
	for _, c := range b.Scene.Cases {
		row := rows[c.Tribe]
		if row == nil {
			continue
		}
		known[c.Tribe] = known[c.Tribe] || c.State == stats.Known
		row.Cells = append(row.Cells, b.caseCell(c))
	}
	for _, t := range b.Figures.Tribes {
		if row := rows[t.ID]; row != nil && known[t.ID] {
			v.Rows = append(v.Rows, *row)
		}
	}
	if len(v.Rows) == 0 {
		return
	}
	for _, c := range uses.Cases() {
		v.Cases = append(v.Cases, b.text("case."+string(c)))
	}
	v.Note = b.rich("house.note")
}

func (b *builder) caseCell(c uses.Cell) caseCell {
	if c.State != stats.Known {
		return caseCell{Index: "–", Note: b.text("case.few", "n", c.Posts)}
	}
	cell := caseCell{Index: indexText(c.Index), Word: b.text("verdict." + string(c.Verdict)), Engage: c.Verdict == uses.Engage, Note: b.text("posts.short", "n", c.Posts)}
	if c.Willing.State == stats.Known {
		cell.Note += ", " + b.text("case.willing", "share", b.percent(c.Willing.Value))
	}
	cell.Posts = b.cite("case-"+string(c.Case)+"-"+string(c.Tribe), b.rich("cite.case", "tribe", b.called(b.Figures.Tribes[b.tribeIndex(c.Tribe)].Tribe), "case", b.text("case."+string(c.Case))), c.Evidence, c.Posts)
	return cell
}

// A beyondView is what people need outside what the project asks about.
type beyondView struct {
	Title string
	Intro []span
	Needs []digestTopic
}

func (b *builder) beyond() *beyondView {
	const mostBeyond = 0.5 // of the requests: words that leave out more are no scope
	if b.Scene == nil || b.Scene.Beyond == nil || b.Scene.Beyond.Share.State != stats.Known || b.Scene.Beyond.Share.Value > mostBeyond {
		return nil
	}
	s := b.Scene.Beyond.Share
	v := &beyondView{Title: b.text("beyond.title", "share", b.percent(s.Value)), Intro: b.rich("beyond.intro", "k", s.K, "n", s.N)}
	for i, t := range b.Scene.Beyond.Needs {
		if i == toldBeyond || t.People < leastTopic {
			break
		}
		v.Needs = append(v.Needs, b.digestTopic(t))
	}
	if len(v.Needs) == 0 {
		return nil
	}
	return v
}

// context says who solves a need, and shows how.
func (b *builder) context(v *needView, i int) {
	if b.Scene == nil || i >= len(b.Scene.Contexts) || !b.Figures.Threads {
		return
	}
	c := b.Scene.Contexts[i]
	if c.Conversations < leastConversations {
		return
	}
	var parts []string
	for _, s := range lives.Solvers() {
		if n := c.By[s]; n > 0 {
			parts = append(parts, b.text("solver."+string(s), "n", n))
		}
		v.Solvers = append(v.Solvers, b.number(c.By[s]))
	}
	v.Conversations = b.number(c.Conversations)
	v.Context = b.rich("context", "n", c.Conversations, "list", b.join(parts))
	if inside := b.Figures.Needs[i].Requests - c.Conversations; inside > 0 && v.Ring != nil {
		v.Context = append(v.Context, b.rich("context.inside", "n", inside)...)
	}
	if b.Options.Anonymise {
		return
	}
	for k, s := range c.Solved {
		answer := b.quote(figures.Quote{Post: s.Answer, Text: answerWords(s.How), Answered: true})
		request := b.quote(figures.Quote{Post: data.PostMeta{Author: s.Request.Author, CreatedAt: s.Request.At, URL: s.Request.URL}, Text: s.Request.Text, Lang: s.Request.Lang, Answered: true})
		v.Solved = append(v.Solved, solvedView{ID: needID(i) + "-solved-" + strconv.Itoa(k+1), Request: request, Answer: answer})
	}
}

const leastConversations = 2 // that say anything about who solves a need

// A solvedView is one request with the answer that its asker thanked for.
type solvedView struct {
	ID              string
	Request, Answer quoteView
}

// A rolesView is what things are for in the lives of one tribe.
type rolesView struct {
	Count  []span
	Posts  string // where they stand
	Quotes []quoteView
}

// roles tells what things are for in the lives of a tribe, of those who name something of their own;
// nil where too few do.
func (b *builder) roles(tribe data.TribeID) *rolesView {
	if b.Scene == nil || b.Options.Anonymise {
		return nil
	}
	people := make(map[data.AuthorID]bool)
	v := &rolesView{}
	for _, tr := range b.Scene.Roles {
		if tr.Tribe != tribe {
			continue
		}
		for _, role := range tr.Roles {
			k := slices.IndexFunc(role.Frames, lives.Frame.Own)
			if k < 0 {
				continue
			}
			for _, f := range role.Frames {
				if f.Own() {
					people[f.Post.Author] = true
				}
			}
			if f := role.Frames[k]; len(v.Quotes) < toldRoles {
				v.Quotes = append(v.Quotes, b.quote(figures.Quote{Post: f.Post, Text: f.Text, Answered: true}))
			}
		}
	}
	if len(people) < leastRoles {
		return nil
	}
	v.Count = b.rich("roles.count", "n", len(people))
	return v
}

// answerWords returns the first lines of an answer without the title of its conversation.
func answerWords(said string) string {
	for i, r := range said {
		if r == '\n' && i < len(said)-20 {
			return said[i+1:]
		}
	}
	return said
}
