package reports

import (
	"slices"
	"strconv"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/lives"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

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
		if shown := b.examples(t); len(shown) > 0 && strings.Contains(b.subjectName(t), " ") {
			topic := b.digestTopic(t, shown)
			topic.People += b.mostlyIn(t.Key)
			v.Needs = append(v.Needs, topic)
		}
	}
	if len(v.Needs) == 0 {
		return nil
	}
	return v
}

// mostlyIn says in which tribe most people voice a need; nothing where in none.
func (b *builder) mostlyIn(key string) string {
	if at := b.needAt(key); at >= 0 {
		n := b.Figures.Needs[at]
		for _, s := range n.Within {
			if s.Tribe != figures.None && 2*s.People > n.People && b.Figures.Tribes[s.Tribe].IsTribe() {
				return b.text("beyond.in", "n", s.People, "letter", b.Figures.Tribes[s.Tribe].Letter)
			}
		}
	}
	return ""
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
			said := b.text("solver."+string(s), "n", n)
			if s == lives.Nobody && c.Joined > 0 {
				said += b.text("context.joined", "n", c.Joined)
			}
			parts = append(parts, said)
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
		if !figures.Whole(s.Request.Text) {
			continue
		}
		answer := b.quote(figures.Quote{Post: s.Answer, Text: s.How, Answered: true})
		request := b.quote(b.quoteFrom(s.Request))
		v.Solved = append(v.Solved, solvedView{ID: needID(i) + "-solved-" + strconv.Itoa(k+1), Request: request, Answer: answer})
	}
}

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
			if f := role.Frames[k]; len(v.Quotes) < toldRoles && figures.Whole(f.Text) {
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

// sentences returns the whole sentences of a text; lines that end where a letter wraps are one.
func sentences(text string) []string {
	var joined strings.Builder
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		joined.WriteString(line)
		if wraps := len(line) >= wrappedAt && i+1 < len(lines) && strings.TrimSpace(lines[i+1]) != ""; wraps {
			joined.WriteByte(' ')
			continue
		}
		joined.WriteByte('\n')
	}
	var out []string
	for _, s := range signs.Sentences(joined.String()) {
		if s = clean(s); figures.Whole(s) {
			out = append(out, s)
		}
	}
	return out
}

// wrappedAt is how long a line is that a letter wraps.
const wrappedAt = 50
