package reports

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/stats"
	"tribu/reports/measure/uses"
)

// A houseView says what each function of a house should read, and for which use each tribe is worth
// joining.
type houseView struct {
	Title   []span
	Draw    []span
	Digests []digestView
	Rest    []span // departments with posts, and no need that enough people share
	Cases   []string
	Rows    []caseRow
	Note    []span
}

type digestView struct {
	digest uses.Digest
	first  uses.Topic // of Topics
	Name   string
	What   string
	Count  []span
	Posts  string // where they stand
	Topics []digestTopic
	Finds  []findView
}

type digestTopic struct {
	Topic, People, Href string
	Means               string // in the language of the page, or in which language it is
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
	digestTopics = 4
	leastDigest  = 5 // people who make a need of a digest worth a headline
	leastTopic   = 2 // people who make one outside the scope worth it
	toldBeyond   = 6
	toldRoles    = 3
	leastRoles   = 3 // people who say what something is for
)

func (b *builder) house() *houseView {
	if b.Scene == nil {
		return nil
	}
	v := &houseView{Draw: b.draw("draw")}
	var rest []string
	for _, d := range b.Scene.Digests {
		switch told, ok := b.digest(d); {
		case ok || len(told.Finds) > 0:
			v.Digests = append(v.Digests, told)
		case d.Function != uses.Research && d.Function != uses.Community:
			rest = append(rest, b.text("house.rest.one", "name", told.Name, "n", d.Posts))
		}
	}
	if len(v.Digests) == 0 {
		return nil
	}
	for i, d := range v.Digests {
		if len(d.Topics) == 0 { // who wrote what of a firm is not for a list
			continue
		}
		v.Digests[i].Posts = b.cite(string("house-"+d.digest.Function), b.rich("cite.house", "name", d.Name), d.digest.Evidence, d.digest.Posts)
	}
	slices.SortStableFunc(v.Digests, b.weighsMore)
	if len(rest) > 0 {
		v.Rest = b.rich("house.rest", "list", b.join(rest))
	}
	v.Title = b.houseTitle(v.Digests)
	b.cases(v)
	return v
}

func (b *builder) digest(d uses.Digest) (digestView, bool) {
	key := "house." + string(d.Function)
	v := digestView{Name: b.text(key), What: b.text(key + ".what"), Count: b.rich("house.count", "n", d.Posts, "people", b.text("people", "n", d.People)), Finds: b.finds(d.Function)}
	for _, t := range b.liveFirst(d.Topics) {
		if len(v.Topics) == digestTopics || !b.Options.tells(t.People) || d.Function != uses.CRM && !b.tellable(t) {
			continue
		}
		if shown := b.examples(t); len(shown) > 0 {
			if len(v.Topics) == 0 {
				v.first = t
			}
			v.Topics = append(v.Topics, b.digestTopic(t, shown))
		}
	}
	if len(v.Topics) == 0 {
		return v, false
	}
	v.digest = d
	return v, true
}

// liveFirst puts the topics that somebody voiced of late before the others.
func (b *builder) liveFirst(topics []uses.Topic) []uses.Topic {
	out := slices.Clone(topics)
	slices.SortStableFunc(out, func(x, y uses.Topic) int { return cmp.Compare(asleep(b, x), asleep(b, y)) })
	return out
}

// asleep returns 1 for a need that nobody voiced of late, else 0.
func asleep(b *builder, t uses.Topic) int {
	if i := b.needAt(t.Key); i >= 0 && b.silent(b.Figures.Needs[i]) {
		return 1
	}
	return 0
}

// tellable reports whether a topic is the need of the week, or one that the list of needs tells, by a name of more than one word, which most of its
// people say, or of a problem, which they tell by many words, most say what it is with: what they give tips about, praise
// or are at home in is not sorted so.
func (b *builder) tellable(t uses.Topic) bool {
	i, name := b.needAt(t.Key), b.subjectName(t)
	if !t.Lacked || i < 0 {
		return false
	}
	if _, top := b.topUnmet(); i == top {
		return true
	}
	if !strings.Contains(name, " ") || !b.inList(i) {
		return false
	}
	if n := b.Figures.Needs[i]; n.Mixed && n.Type != data.Problem {
		return false
	}
	said := 0
	for _, n := range t.Needs {
		if n.Quote == "" || namedIn(n.Quote, n.Object) || namedIn(n.Quote, name) {
			said++
		}
	}
	return 4*said >= 3*len(t.Needs)
}

// inList reports whether the list of needs tells need i.
func (b *builder) inList(i int) bool {
	n := b.Figures.Needs[i]
	return n.People >= b.Options.MinNeed && (i < toldNeeds || n.InSoManyWords())
}

// digestTopic tells a topic by the best of what can show it.
func (b *builder) digestTopic(t uses.Topic, shown []*data.NeedRow) digestTopic {
	row := digestTopic{Topic: b.subjectName(t), People: b.text("people", "n", t.People)}
	if i := b.needAt(t.Key); i >= 0 {
		n := b.Figures.Needs[i]
		row.Means, row.Href = b.aside(n), b.needHref(t.Key)
		if row.Href != "" {
			row.People = b.text("people", "n", n.People)
		}
		row.People += b.lately(n) + b.servedWord(i)
	}
	if !b.Options.Anonymise && len(shown) > 0 {
		n := figures.Best(shown, row.Topic)
		q := b.quote(figures.Quote{Post: n.PostMeta, Text: n.Quote, Lang: n.Need.Lang, Answered: true})
		row.Quote = &q
	}
	return row
}

// examples returns what can show a topic: what says a word of its name before what says it in others, and of what is wrong, what
// has happened before what would be.
func (b *builder) examples(t uses.Topic) []*data.NeedRow {
	whole := slices.DeleteFunc(slices.Clone(t.Needs), func(n *data.NeedRow) bool { return !figures.Whole(n.Quote) })
	name := subjects(t.Called + " " + b.subjectName(t))
	if named := slices.DeleteFunc(slices.Clone(whole), func(n *data.NeedRow) bool { return !meets(name, subjects(n.Quote)) }); len(named) > 0 {
		whole = named
	}
	happened := slices.DeleteFunc(slices.Clone(whole), func(n *data.NeedRow) bool {
		return n.Hypothetical && (n.Type == data.Problem || n.Type == data.Complaint)
	})
	if len(happened) > 0 {
		return happened
	}
	return whole
}

// subjectName calls a subject as the needs section does, in the page's language where it can.
func (b *builder) subjectName(t uses.Topic) string {
	if i := b.needAt(t.Key); i >= 0 {
		return b.topic(b.Figures.Needs[i])
	}
	return clean(t.Called)
}

// needAt returns the place of the need counted under key, -1 where there is none.
func (b *builder) needAt(key string) int {
	return slices.IndexFunc(b.Figures.Needs, func(n figures.Need) bool { return n.Key == key })
}

// needHref leads to a need that is told; empty where it is not.
func (b *builder) needHref(key string) string {
	if i := b.needAt(key); i >= 0 && i < toldNeeds && b.Figures.Needs[i].People >= b.Options.MinNeed {
		return "#" + needID(i)
	}
	return ""
}

// cases says for which uses it is worth joining in with each tribe; nothing where all of them are sketches.
func (b *builder) cases(v *houseView) {
	if b.tentative() {
		return
	}
	rows := make(map[data.TribeID]*caseRow)
	known := make(map[data.TribeID]bool)
	for i, t := range b.Figures.Tribes {
		if t.IsTribe() && len(rows) < toldWhen {
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
	if slices.ContainsFunc(b.Scene.Cases, func(c uses.Cell) bool { return c.Tender && rows[c.Tribe] != nil && known[c.Tribe] }) {
		v.Note = append(v.Note, b.rich("house.note.tender")...)
	}
}

func (b *builder) caseCell(c uses.Cell) caseCell {
	if c.State != stats.Known {
		return caseCell{Index: "–", Note: b.text("case.few", "n", c.Posts)}
	}
	cell := caseCell{Index: indexText(c.Index), Word: b.text("verdict." + string(c.Verdict)), Engage: c.Verdict == uses.Engage, Note: b.text("posts.short", "n", c.Posts)}
	if c.Willing.State == stats.Known && c.Willing.K > 0 {
		cell.Note += ", " + b.text("case.willing", "share", b.percent(c.Willing.Value))
	}
	cell.Posts = b.cite("case-"+string(c.Case)+"-"+string(c.Tribe), b.rich("cite.case", "tribe", b.called(b.Figures.Tribes[b.tribeIndex(c.Tribe)].Tribe), "case", b.text("case."+string(c.Case))), c.Evidence, c.Posts)
	return cell
}

const leastConversations = 2 // that say anything about who solves a need
