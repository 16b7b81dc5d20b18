package figures

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tribu/data"
)

// A Need is one thing people lack, with everyone who said so.
type Need struct {
	Key        string               // under which its people were counted: the problem, else what it is about
	Topic      string               // what Problem is called, else the word for what it is about
	Problem    data.ProblemID       // the canonical problem; empty in a story without any
	Labels     map[data.Lang]string // the word for it, by each language that some of those people write
	Label      string               // the most frequent of them
	Lang       data.Lang            // of Label
	Type       data.NeedType        // the most frequent
	People     int                  // distinct authors
	ByTribe    []Share              // adds up to People; people in no tribe last
	Within     []Share              // of tribes: who is in several counts in each
	Requests   int                  // posts that voice it
	Old        int                  // of these, old enough to have got a reply
	Unanswered int                  // of Old, without a reply in time
	Weekly     []int                // distinct people a week, oldest first
	Trend      int                  // +1 more people than in the weeks before, -1 fewer, 0 as usual
	Mixed      bool                 // more than half of those whose words are kept do not say what it is called, and nobody gave it that name
	Stale      bool                 // nobody voiced it in the last two weeks, of a window of weeks
	Quotes     []Quote              // the best first, one per author, at most maxQuotes
	Posts      []data.PostID        // the Requests, newest first
}

type needCount struct {
	rows   []int32 // places in story.Needs
	labels tally[string]
	langs  []langCount
	types  tally[data.NeedType]
	shown  map[string]string // what stands for a name that is kept back
}

type langCount struct {
	lang  data.Lang
	words tally[string]
	rows  int
}

// A needCounter counts one need after the other; its marks are used again for each.
type needCounter struct {
	story   data.Story
	f       Figures
	talk    talk
	counted []int32                 // rows by which people whose names are typed are counted
	stands  map[data.AuthorID]int32 // by whom each of them is
	authors marks
	weekly  [Weeks]marks
}

// needs counts people by canonical problem: those whose need nobody shares stand alone, those who
// share one that nobody named and that their own sentences do not say stay unnamed. A story without
// problems is counted by topic.
func needs(story data.Story, f Figures, t talk) (all []Need, nameless, single int) {
	grouped := slices.ContainsFunc(story.Needs, func(n data.NeedRow) bool { return n.Problem != "" })
	byTopic := make(map[string]*needCount)
	var topics []string
	var unnamed, alone, told marks
	for i := range story.Needs {
		row := &story.Needs[i]
		if !row.Lacks() || f.Params.Makers[row.Author] {
			continue
		}
		topic, _ := row.Subject()
		who := t.by[t.voiced[i]]
		switch {
		case topic == "":
			unnamed.set(who)
			continue
		case grouped && row.Problem == "":
			alone.set(who)
			continue
		}
		c := byTopic[topic]
		if c == nil {
			c = &needCount{}
			byTopic[topic] = c
			topics = append(topics, topic)
		}
		c.add(int32(i), row)
	}
	slices.Sort(topics)
	counter := needCounter{story: story, f: f, talk: t, stands: make(map[data.AuthorID]int32)}
	all = make([]Need, 0, len(topics))
	for _, topic := range topics {
		who := &unnamed
		if n, spoken := counter.need(topic, byTopic[topic]); spoken {
			all, who = append(all, n), &told
		}
		for _, i := range byTopic[topic].rows {
			who.set(t.by[t.voiced[i]])
		}
	}
	order := make([]*Need, len(all))
	for i := range all {
		order[i] = &all[i]
	}
	slices.SortFunc(order, compareNeeds)
	out := make([]Need, len(order))
	for i, n := range order {
		out[i] = *n
	}
	for who := range int32(len(t.authors)) {
		switch {
		case told.has(who):
		case unnamed.has(who):
			nameless++
		case alone.has(who):
			single++
		}
	}
	return out, nameless, single
}

// compareNeeds orders needs: most people first.
func compareNeeds(a, b *Need) int {
	return cmp.Or(b.People-a.People, b.Requests-a.Requests, cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Key, b.Key))
}

func (c *needCount) add(i int32, row *data.NeedRow) {
	c.rows = append(c.rows, i)
	c.types.add(row.Type)
	word := row.Object
	if row.Problem != "" {
		word = cmp.Or(row.Spoken, row.Called)
	} else if word == "" {
		word = row.Topic()
	}
	if row.Spoken != "" {
		if c.shown == nil {
			c.shown = make(map[string]string)
		}
		c.shown[row.Spoken] = row.Called
	}
	c.labels.add(word)
	at := slices.IndexFunc(c.langs, func(l langCount) bool { return l.lang == row.Need.Lang })
	if at < 0 {
		at = len(c.langs)
		c.langs = append(c.langs, langCount{lang: row.Need.Lang})
	}
	c.langs[at].words.add(word)
	c.langs[at].rows++
}

// ownWords is how many rows must be in a language whose word for the need counts.
const ownWords = 2

// need counts one need, and reports whether it is spoken.
func (c *needCounter) need(topic string, from *needCount) (Need, bool) {
	n := Need{Key: topic, Topic: topic, Label: from.labels.top(), Type: from.types.top(), Labels: make(map[data.Lang]string, len(from.langs))}
	called, most := []string{n.Label}, 0
	for _, l := range from.langs {
		word := l.words.top()
		if l.rows >= min(ownWords, len(from.rows)) {
			n.Labels[l.lang] = word
			called = append(called, word)
		}
		if word == n.Label && l.rows > most {
			n.Lang, most = l.lang, l.rows
		}
	}
	n.Problem = c.story.Needs[from.rows[0]].Problem
	from.show(&n, c.f.Params.Lang)
	c.count(&n, from.rows)
	n.Weekly = n.Weekly[coveredFrom(c.f.Weeks, c.story.Window):]
	n.Trend, n.Stale = trend(n.Weekly), stale(n.Weekly, c.story.Window)
	name := namingOf(called)
	n.Quotes, n.Mixed = quotes(c.story.Needs, from.rows, name, c.f, c.talk)
	if c.story.Needs[from.rows[0]].Given {
		n.Mixed = false
		return n, true // a name that somebody gave need not be said
	}
	if of := len(from.rows); len(name) > 0 && len(name[0]) == 1 && 5*from.types.most() < 3*of {
		return n, false // all speak of one thing, each wanting something else of it
	}
	spoken := n.spoken(name)
	n.Quotes = wholeOf(n.Quotes)
	return n, spoken
}

// show calls n what it is called where names are shown, its topic in lang.
func (c *needCount) show(n *Need, lang data.Lang) {
	for lang, word := range n.Labels {
		n.Labels[lang] = cmp.Or(c.shown[word], word)
	}
	n.Label = cmp.Or(c.shown[n.Label], n.Label)
	if n.Problem != "" {
		n.Topic = n.In(lang)
	}
}

// In returns the word for a need in lang, unless there is none or that names a bare thing and another
// says what is wanted of it.
func (n Need) In(lang data.Lang) string {
	if own := n.Labels[lang]; own != "" && (strings.Contains(own, " ") || !strings.Contains(n.Label, " ")) {
		return own
	}
	return n.Label
}

// count counts people and posts; the needs of one post follow each other.
func (c *needCounter) count(n *Need, rows []int32) {
	homes, within := make([]int, len(c.f.Tribes)+1), make([]int, len(c.f.Tribes)+1)
	n.Weekly = make([]int, len(c.f.Weeks))
	c.authors.clear()
	c.counted = c.counted[:0]
	clear(c.stands)
	for w := range c.weekly {
		c.weekly[w].clear()
	}
	last, said := int32(noPost), make([]int32, 0, len(rows))
	for _, i := range rows {
		row, post := &c.story.Needs[i], c.talk.voiced[i]
		who := c.person(i)
		if c.authors.set(who) {
			n.People++
			homes[c.f.seat(row.Author)]++
			for _, i := range c.f.in[row.Author] {
				within[i]++
			}
		}
		if w := weekOf(c.f.Weeks, row.CreatedAt); w >= 0 && c.weekly[w].set(who) {
			n.Weekly[w]++
		}
		if post == last {
			continue
		}
		last = post
		n.Requests++
		said = append(said, i)
		if within := c.f.Params.ReplyWithin; c.talk.asks(post) && c.story.AsOf.Sub(row.CreatedAt) >= within && !c.talk.settledBy(post, within) {
			n.Old++
			if _, ok := c.talk.answered(post, within); !ok {
				n.Unanswered++
			}
		}
	}
	n.ByTribe, n.Within, n.Posts = sharesOf(homes), sharesOf(within), c.newest(said)
}

// person returns who voices a row: of people who may be one, whoever was counted first.
func (c *needCounter) person(i int32) int32 {
	row, who := &c.story.Needs[i], c.talk.by[c.talk.voiced[i]]
	if _, typed := c.f.hands[row.Author]; !typed {
		return who
	}
	if first, known := c.stands[row.Author]; known {
		return first
	}
	at := slices.IndexFunc(c.counted, func(j int32) bool {
		first := &c.story.Needs[j]
		return c.f.hands.one(first.Author, row.Author, first.Quote, row.Quote)
	})
	if at >= 0 {
		who = c.stands[c.story.Needs[c.counted[at]].Author]
	} else {
		c.counted = append(c.counted, i)
	}
	c.stands[row.Author] = who
	return who
}

// newest returns the posts of rows, newest first.
func (c *needCounter) newest(rows []int32) []data.PostID {
	slices.SortFunc(rows, func(x, y int32) int {
		a, b := &c.story.Needs[x], &c.story.Needs[y]
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), compareID(a.ID, b.ID))
	})
	out := make([]data.PostID, len(rows))
	for i, row := range rows {
		out[i] = c.story.Needs[row].ID
	}
	return out
}

// coveredFrom returns the first week that lies wholly in the window: needs are known only there.
func coveredFrom(weeks []data.Window, w data.Window) int {
	for i, week := range weeks {
		if !week.From.Before(w.From) {
			return i
		}
	}
	return len(weeks) - 1
}

// LongWindow is from which window on a report tells of that window and no longer of its last weeks.
const LongWindow = 12 * 7 * 24 * time.Hour

// stale reports whether nobody voiced a need in the last two weeks.
func stale(weekly []int, w data.Window) bool {
	const alive = 2
	if w.To.Sub(w.From) > LongWindow || len(weekly) <= alive {
		return false
	}
	return slices.Max(weekly[len(weekly)-alive:]) == 0
}

// trend compares the last count with the mean of those before: a difference counts where it is
// larger than chance (twice the root of the mean) and at least three. Fewer than three counts say 0.
func trend(weekly []int) int {
	if len(weekly) < 3 {
		return 0
	}
	sum := 0
	for _, n := range weekly[:len(weekly)-1] {
		sum += n
	}
	before := len(weekly) - 1
	diff := weekly[len(weekly)-1]*before - sum // everything times before: integers only
	if abs := max(diff, -diff); abs < 3*before || abs*abs <= 4*sum*before {
		return 0
	}
	if diff > 0 {
		return 1
	}
	return -1
}
