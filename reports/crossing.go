package reports

import (
	"cmp"
	"maps"
	"slices"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
)

// A Crossing is what passed in the window between a bridge and people of tribes that are not theirs, as the posts show it.
type Crossing struct {
	Gave   Across // answers that helped them, or of which they said so
	Worked int    // people who said that one worked
	Opened Across // the conversation that the bridge opened in which most of them turned to the bridge
	Shared Across // a need that the bridge and they voice to each other
	Talk   Across // all that they wrote to each other
}

// An Across is one way in which a bridge and people of other tribes met.
type Across struct {
	Tribes  []int           // those of the people, most people first
	People  int             // each once
	Key     string          // the need that half of them met about; empty where there is none
	Threads []data.ThreadID // where, most people first
	Langs   []data.Lang     // in which the bridge wrote, most posts first
	Posts   []data.PostID   // by time
	said    []string        // in each of them, as plainWords writes it; of answers that helped
}

// A meeting gathers an Across.
type meeting struct {
	people  map[data.AuthorID]int
	threads map[data.ThreadID]map[data.AuthorID]bool
	keys    map[string]map[data.AuthorID]bool
	langs   map[data.Lang]int
	posts   map[data.PostID]data.PostMeta
	said    []string
}

// add takes in a post that somebody of a tribe met the bridge in, and reports whether it is a new one.
func (m *meeting) add(who data.AuthorID, tribe int, post data.PostMeta, keys []string) bool {
	if m.people == nil {
		m.people, m.threads = make(map[data.AuthorID]int), make(map[data.ThreadID]map[data.AuthorID]bool)
		m.keys, m.langs = make(map[string]map[data.AuthorID]bool), make(map[data.Lang]int)
		m.posts = make(map[data.PostID]data.PostMeta)
	}
	m.people[who] = tribe
	note(m.threads, post.Thread, who)
	for _, k := range keys {
		note(m.keys, k, who)
	}
	if _, told := m.posts[post.ID]; told {
		return false
	}
	m.posts[post.ID] = post
	m.langs[post.Lang]++
	return true
}

func note[K comparable](all map[K]map[data.AuthorID]bool, key K, who data.AuthorID) {
	if all[key] == nil {
		all[key] = make(map[data.AuthorID]bool)
	}
	all[key][who] = true
}

func (m *meeting) across() Across {
	tribes := make(map[int]int)
	for _, t := range m.people {
		tribes[t]++
	}
	out := Across{People: len(m.people), said: m.said}
	for _, p := range slices.SortedFunc(maps.Values(m.posts), byTime) {
		out.Posts = append(out.Posts, p.ID)
	}
	out.Tribes = slices.SortedFunc(maps.Keys(tribes), func(x, y int) int { return cmp.Or(tribes[y]-tribes[x], x-y) })
	out.Threads = slices.SortedFunc(maps.Keys(m.threads), func(x, y data.ThreadID) int {
		return cmp.Or(len(m.threads[y])-len(m.threads[x]), slices.Compare(x[:], y[:]))
	})
	out.Langs = slices.SortedFunc(maps.Keys(m.langs), func(x, y data.Lang) int { return cmp.Or(m.langs[y]-m.langs[x], cmp.Compare(x, y)) })
	keys := slices.SortedFunc(maps.Keys(m.keys), func(x, y string) int { return cmp.Or(len(m.keys[y])-len(m.keys[x]), cmp.Compare(x, y)) })
	if len(keys) > 0 && 2*len(m.keys[keys[0]]) >= len(m.people) {
		out.Key = keys[0]
	}
	return out
}

func byTime(x, y data.PostMeta) int {
	return cmp.Or(x.CreatedAt.Compare(y.CreatedAt), slices.Compare(x.ID[:], y.ID[:]))
}

// crossings returns what passed between each bridge of v and people of other tribes.
func crossings(r *measure.Reading, v View) map[data.AuthorID]Crossing {
	out, counted, together := make(map[data.AuthorID]Crossing), make(map[string]bool), figures.Together(v.Story.Members)
	for _, n := range v.Figures.Needs {
		counted[n.Key] = n.People >= v.Options.MinNeed
	}
	for _, p := range v.bridges() {
		out[p.Author] = crossingOf(r, v, p.Author, counted, together)
	}
	return out
}

// crossingOf returns what passed between one bridge and people of other tribes; counted are the needs that enough people voice,
// together says of two people whether they share a tribe.
func crossingOf(r *measure.Reading, v View, bridge data.AuthorID, counted map[string]bool, together func(a, b data.AuthorID) bool) Crossing {
	c := crossing{r: r, counted: counted, titles: v.Story.Threads, bridge: bridge, worked: make(map[data.AuthorID]bool)}
	for _, in := range v.Story.Interactions {
		other := in.To
		if in.To == bridge {
			other = in.From
		}
		home, homed := v.Figures.Home[other]
		if (in.From == bridge) == (in.To == bridge) || !homed || home == figures.None || !v.Figures.Tribes[home].IsTribe() || together(bridge, other) {
			continue
		}
		c.read(in, other, home)
	}
	return c.told()
}

// A crossing reads a Crossing.
type crossing struct {
	r                  *measure.Reading
	counted            map[string]bool // needs that enough people voice
	titles             map[data.ThreadID]data.Thread
	bridge             data.AuthorID
	gave, shared, talk meeting
	opened             map[data.ThreadID]*meeting
	worked             map[data.AuthorID]bool
}

// read takes in what passed between the bridge and other, who is at home in a tribe.
func (c *crossing) read(in data.Interaction, other data.AuthorID, home int) {
	post, known := c.r.Post(in.Post)
	if !known || in.Kind == data.Boost {
		return
	}
	to, _ := c.r.Post(in.ToPost)
	asked, said := c.needs(in.ToPost), c.needs(in.Post)
	c.talk.add(other, home, post, nil)
	if both := slices.DeleteFunc(slices.Clone(said), func(k string) bool { return !slices.Contains(asked, k) }); len(both) > 0 {
		c.shared.add(other, home, post, both)
	}
	switch {
	case in.From == c.bridge && data.Helps(c.r.Remark(post), c.r.Remark(to)):
		c.give(other, home, post, asked)
	case in.To == c.bridge && to.Author == c.bridge && !to.Parent.IsZero() && !c.r.Remark(to).Asks() && c.r.Solves(in.Post): // not to who asks: "X worked for me" is an answer
		c.worked[other] = true
		request, _ := c.r.Post(to.Parent)
		c.give(other, home, to, c.needs(request.ID))
	}
	if in.To == c.bridge && c.openedBy(post.Thread) {
		if c.opened == nil {
			c.opened = make(map[data.ThreadID]*meeting)
		}
		if c.opened[post.Thread] == nil {
			c.opened[post.Thread] = &meeting{}
		}
		c.opened[post.Thread].add(other, home, post, nil)
	}
}

// openedBy reports whether the bridge opened a conversation that has a title: of one that began before what is read the first
// post opens nothing.
func (c *crossing) openedBy(thread data.ThreadID) bool {
	all := c.r.Thread(thread)
	return len(all) > 0 && all[0].Author == c.bridge && all[0].Parent.IsZero() && clean(c.titles[thread].Title) != ""
}

// give takes in an answer that helped somebody who voices needs.
func (c *crossing) give(other data.AuthorID, home int, answer data.PostMeta, needs []string) {
	if c.gave.add(other, home, answer, needs) {
		c.gave.said = append(c.gave.said, plainWords(c.r.Said(answer.ID)))
	}
}

// needs returns the needs voiced in a post that enough people voice.
func (c *crossing) needs(id data.PostID) (keys []string) {
	for _, n := range c.r.NeedsOf(id) {
		if key, _ := n.Subject(); c.counted[key] && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func (c *crossing) told() Crossing {
	out := Crossing{Gave: c.gave.across(), Worked: len(c.worked), Shared: c.shared.across(), Talk: c.talk.across()}
	ids := slices.SortedFunc(maps.Keys(c.opened), func(x, y data.ThreadID) int {
		return cmp.Or(len(c.opened[y].people)-len(c.opened[x].people), slices.Compare(x[:], y[:]))
	})
	if len(ids) > 0 {
		out.Opened = c.opened[ids[0]].across()
	}
	return out
}
