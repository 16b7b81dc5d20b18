package reports

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
)

// A personView is a bridge or a voice.
type personView struct {
	Name    string
	URL     string
	Badges  []badge
	Note    []span
	Role    []span     // what a bridge carries between which tribes
	Carried *quoteView // what they told whom they helped: a bridge, in another tribe
	Given   int        // of 1000 units
	Start   int
	Asked   int
	Title   []span
	ShowBar bool
}

// A peopleView is who joins tribes and who holds them.
type peopleView struct {
	Title           []span
	Bridges, Voices []personView
	Without         []span // tribes without a voice
	Table           *evidence
}

const (
	toldBridges = 6
	toldTribes  = 12 // that a bridge joins
	leastHelped = 3  // people helped that make a voice
)

func (b *builder) people() *peopleView {
	if !b.Figures.Threads || b.Options.Anonymise {
		return nil
	}
	v := &peopleView{}
	bridges := b.bridges()
	voices, without := b.voices()
	v.Title = b.peopleTitle(bridges, voices)
	most := 1
	for _, p := range append(slices.Clone(bridges), voices...) {
		most = max(most, p.Helped+p.Asked)
	}
	for _, p := range bridges {
		v.Bridges = append(v.Bridges, b.person(p, most, true))
	}
	for _, p := range voices {
		voice := b.person(p, most, false)
		if slices.ContainsFunc(bridges, func(q figures.Person) bool { return q.Author == p.Author }) {
			voice.Carried = nil // it stands beside, where they are a bridge
		}
		v.Voices = append(v.Voices, voice)
	}
	if len(without) > 0 {
		v.Without = b.rich("people.without", "n", len(without), "letters", b.letters(without), "least", leastHelped)
	}
	if len(v.Bridges)+len(v.Voices) == 0 {
		return nil
	}
	return v
}

// voices returns who helps most people of each tribe, whoever helped most first, and the letters of tribes without such a one.
func (v View) voices() (voices []figures.Person, without []string) {
	for i, t := range v.Figures.Tribes {
		if !t.IsTribe() || i >= toldTribes {
			continue
		}
		voice, ok := t.Voice()
		if !ok || voice.Helped < leastHelped {
			without = append(without, t.Letter)
			continue
		}
		voices = append(voices, v.Figures.People[voice.Author])
	}
	byHelp(voices)
	return voices, without
}

// bridges returns those to tell of who join tribes, whoever helped most people first.
func (v View) bridges() []figures.Person {
	all := v.Figures.Named(v.Story.Members, toldBridges)
	byHelp(all)
	return all
}

// byHelp puts whoever helped most people first.
func byHelp(people []figures.Person) {
	slices.SortStableFunc(people, func(x, y figures.Person) int { return y.Helped - x.Helped })
}

func (b *builder) person(p figures.Person, most int, bridge bool) personView {
	author := b.Story.Authors[p.Author]
	v := personView{Name: string(b.name(p.Author)), URL: link(author.URL), ShowBar: p.Helped+p.Asked > 0}
	if home, ok := b.Figures.Home[p.Author]; ok && home != figures.None {
		v.Badges = append(v.Badges, b.badge(home))
	}
	if bridge {
		for _, i := range b.bridged(p) {
			v.Badges = append(v.Badges, b.badge(i))
		}
	}
	v.Given, v.Asked = p.Helped*1000/most, p.Asked*1000/most
	v.Start = v.Given + 4
	title := b.text("people.helped", "n", p.Helped) + " · " + b.text("people.asked", "n", p.Asked)
	if role := b.role(p.Author); role != "" && len(b.Figures.In(p.Author)) > 0 {
		title += " · " + role
	}
	helped, rest, _ := strings.Cut(title, " · ")
	v.Title = []span{{Text: helped, Href: b.citing(helping, "help-"+p.Author.String(), b.rich("cite.help", "name", b.name(p.Author), "n", p.Helped), p.Examples, 0)}, {Text: " · " + rest}}
	if bridge {
		v.Note, v.Role = b.bridgeNote(p), b.bridgeRole(p)
	}
	if b.Scene == nil || b.Scene.Carried[p.Author].Said == "" {
		return v
	}
	c := b.Scene.Carried[p.Author]
	q := b.quote(figures.Quote{Post: c.Post, Text: c.Said, Lang: c.Post.Lang, Answered: true})
	if q.Author == "" { // it would stand below the name of who said it
		return v
	}
	q.Author, q.Place = string(b.name(c.To)), ""
	v.Carried = &q
	return v
}

// bridged returns the tribes beside their own that somebody belongs to or reaches, the first of them.
func (b *builder) bridged(p figures.Person) []int {
	var out []int
	for _, i := range b.Figures.In(p.Author) {
		if i != b.Figures.Home[p.Author] {
			out = append(out, i)
		}
	}
	for _, s := range p.Reach {
		out = append(out, s.Tribe)
	}
	return out[:min(len(out), toldTribes)]
}

// bridgeNote says how somebody joins tribes.
func (b *builder) bridgeNote(p figures.Person) []span {
	in := len(b.Figures.In(p.Author))
	if in == 0 {
		return b.rich("people.between", "n", p.Outside(), "tribes", len(p.Reach))
	}
	var note []span
	if in > 1 {
		note = b.rich("people.several", "n", in)
	}
	if p.Outside() == 0 {
		return note
	}
	if note != nil {
		note = append(note, span{Text: " · "})
	}
	return append(note, b.rich("people.outside", "n", p.Outside())...)
}

// role says what somebody does for the tribe they belong to most, where a word tells more than that
// they are a member of it or stand between two.
func (b *builder) role(author data.AuthorID) string {
	for _, m := range b.Story.Members {
		if m.Author != author || m.Rank > 0 {
			continue
		}
		switch m.Role {
		case data.RoleCore, data.RoleHelper, data.RoleVoice, data.RoleNewcomer, data.RoleEdge:
			return b.text("person." + string(m.Role))
		}
	}
	return ""
}
