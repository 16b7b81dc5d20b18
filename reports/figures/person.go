package figures

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"tribu/data"
)

// A Person is what one author did in the open.
type Person struct {
	Author      data.AuthorID
	First, Last time.Time // posts in the activity at hand, not ever
	Posts28     int       // in the last 28 days
	Questions28 int       // of these, requests, as data.Remark tells it
	Answers28   int       // of these, posts that answer somebody
	Helped      int       // people whose requests this person helped with, as data.Helps tells it; 0 for companies
	Helped28    int       // the same in the last 28 days
	HelpedBy    int       // people who helped with this person's requests
	HelpedBack  int       // people this person helped who helped them too
	Asked       int       // requests, in the window
	Reach       []Share   // other tribes, no mere groups, with people this person talks to, most people first
	Hours       [24]int   // posts by hour of the day, project time
	Needs       []string  // needs of this person that are in Figures.Needs, by their name, most voiced first
	Langs       []data.Lang
	Examples    []data.PostID // answers that helped, newest first
	helped      map[data.AuthorID]bool
	helped28    map[data.AuthorID]bool
	helpedBy    map[data.AuthorID]bool
	talked      map[data.AuthorID]bool
	wants       map[string]int // by Need.Key
	langs       map[data.Lang]int
}

// answers reports whether kind is one author answering another.
func answers(kind data.InteractionKind) bool {
	switch kind {
	case data.Reply, data.Quote, data.Name, data.Topic:
		return true
	}
	return false
}

func people(story data.Story, f Figures, t talk) map[data.AuthorID]Person {
	acc := make(map[data.AuthorID]*Person, len(story.Authors))
	for a := range f.Home {
		acc[a] = &Person{Author: a}
	}
	month := story.AsOf.Add(-28 * 24 * time.Hour)
	countActivity(acc, story, f, month)
	countNeeds(acc, story, t, month)
	countTalk(acc, story, t, t.remarks(f.Params.Makers), month)
	out := make(map[data.AuthorID]Person, len(acc))
	together := Together(story.Members)
	for a, p := range acc {
		maps.DeleteFunc(p.talked, func(other data.AuthorID, _ bool) bool { return together(a, other) })
		p.finish(acc, f)
		out[a] = *p
	}
	return out
}

func countActivity(acc map[data.AuthorID]*Person, story data.Story, f Figures, month time.Time) {
	for _, post := range story.Activity {
		p := acc[post.Author]
		if p == nil {
			continue
		}
		if p.First.IsZero() {
			p.First = post.CreatedAt
		}
		p.Last = post.CreatedAt
		p.Hours[post.CreatedAt.In(f.Params.Location).Hour()]++
		if post.CreatedAt.After(month) {
			p.Posts28++
		}
		if post.Lang == data.LangUnd || post.Lang == "" {
			continue
		}
		if p.langs == nil {
			p.langs = make(map[data.Lang]int)
		}
		p.langs[post.Lang]++
	}
}

func countNeeds(acc map[data.AuthorID]*Person, story data.Story, t talk, month time.Time) {
	last := int32(noPost) // the needs of one post follow each other
	for i := range story.Needs {
		row, post := &story.Needs[i], t.voiced[i]
		p := acc[row.Author]
		if p == nil || !row.Type.Wanting() {
			continue
		}
		if key, called := row.Subject(); called != "" && row.Lacks() {
			if p.wants == nil {
				p.wants = make(map[string]int)
			}
			p.wants[key]++
		}
		if post == last || !t.asking[i] {
			continue
		}
		last = post
		p.Asked++
		if row.CreatedAt.After(month) {
			p.Questions28++
		}
	}
}

func countTalk(acc map[data.AuthorID]*Person, story data.Story, t talk, said []data.Remark, month time.Time) {
	var counted, examples marks
	for _, in := range slices.Backward(story.Interactions) {
		from, to := acc[in.From], acc[in.To]
		if from == nil || to == nil || in.From == in.To {
			continue
		}
		add(&from.talked, in.To)
		add(&to.talked, in.From)
		if !answers(in.Kind) {
			continue
		}
		i := t.post(in.Post)
		if i == noPost {
			continue
		}
		recent := in.At.After(month)
		if counted.set(i) && recent {
			from.Answers28++
		}
		asker, wrote := t.authors[in.To]
		if !wrote {
			continue
		}
		if request := t.answeredBy(i, asker); request == noPost || !data.Helps(said[i], said[request]) {
			continue
		}
		add(&from.helped, in.To)
		add(&to.helpedBy, in.From)
		if recent {
			add(&from.helped28, in.To)
		}
		if examples.set(i) {
			from.Examples = append(from.Examples, in.Post)
		}
	}
}

func add(set *map[data.AuthorID]bool, a data.AuthorID) {
	if *set == nil {
		*set = make(map[data.AuthorID]bool)
	}
	(*set)[a] = true
}

func (p *Person) finish(acc map[data.AuthorID]*Person, f Figures) {
	p.Helped, p.Helped28, p.HelpedBy = len(p.helped), len(p.helped28), len(p.helpedBy)
	for a := range p.helped {
		if acc[a].helped[p.Author] {
			p.HelpedBack++
		}
	}
	p.Langs = byCount(p.langs)
	home, ok := f.Home[p.Author]
	if !ok {
		home = None
	}
	for _, s := range shares(p.talked, f) {
		if s.Tribe != None && s.Tribe != home && f.Tribes[s.Tribe].IsTribe() {
			p.Reach = append(p.Reach, s)
		}
	}
}

// nameNeeds tells the needs of each person that were counted, by the names they are told under.
func (f *Figures) nameNeeds() {
	called := make(map[string]string, len(f.Needs))
	for _, n := range f.Needs {
		called[n.Key] = n.Topic
	}
	for a, p := range f.People {
		for _, key := range byCount(p.wants) {
			if name, counted := called[key]; counted && !slices.Contains(p.Needs, name) {
				p.Needs = append(p.Needs, name)
			}
		}
		if p.Needs != nil {
			f.People[a] = p
		}
	}
}

func byCount[K ~string](count map[K]int) []K {
	out := make([]K, 0, len(count))
	for k := range count {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b K) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) })
	return out
}

// Outside returns how many people of other tribes a person talks to.
func (p Person) Outside() int {
	n := 0
	for _, s := range p.Reach {
		n += s.People
	}
	return n
}

const (
	fewReached  = 2 // people of other tribes that whoever has the role of a bridge talks to or, of several, helps, at least
	someReached = 3 // that anybody else does who joins tribes
)

// In returns the indexes of all tribes a person belongs to; groups that are none do not count.
func (f Figures) In(a data.AuthorID) []int {
	return slices.DeleteFunc(slices.Clone(f.in[a]), func(i int) bool { return !f.Tribes[i].IsTribe() })
}

// Bridges returns the people who join tribes, whoever reaches most tribes first: those who talk to at least three
// people of other tribes, or two where they hold the role of a bridge; those in no tribe who talk to people of
// several; and those who hold the role by belonging to several. None who helped nobody.
func (f Figures) Bridges(members []data.Member) []Person {
	var out []Person
	role := make(map[data.AuthorID]bool)
	for _, m := range members {
		if m.Role == data.RoleBridge {
			role[m.Author] = true
		}
	}
	for a, p := range f.People {
		if !f.Typed[a] && p.Helped > 0 && f.joins(p, role[a]) {
			out = append(out, p)
		}
	}
	spans := func(p Person) int { return len(f.In(p.Author)) + len(p.Reach) }
	slices.SortFunc(out, func(a, b Person) int {
		return cmp.Or(spans(b)-spans(a), b.Outside()-a.Outside(), b.Helped-a.Helped, boolOrder(role[a.Author], role[b.Author]), compareID(a.Author, b.Author))
	})
	return out
}

// joins reports whether p joins tribes; role says that they hold the role of a bridge.
func (f Figures) joins(p Person, role bool) bool {
	switch n, in := p.Outside(), len(f.In(p.Author)); {
	case in == 0:
		return n >= someReached && len(p.Reach) > 1
	case role && in > 1:
		return p.Helped >= fewReached || n >= fewReached
	default:
		return n >= someReached || role && n >= fewReached
	}
}

// Named returns at most n bridges, no more than two of one tribe: those a report tells of.
func (f Figures) Named(members []data.Member, n int) []Person {
	perTribe := make(map[int]int)
	var out []Person
	for _, p := range f.Bridges(members) {
		home := f.Home[p.Author]
		if len(out) == n || perTribe[home] == 2 {
			continue
		}
		perTribe[home]++
		out = append(out, p)
	}
	return out
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
