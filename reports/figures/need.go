package figures

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"tribu/data"
)

// A Need is one thing people lack, with everyone who said so.
type Need struct {
	Topic      string               // what Problem is called, else the word for what it is about
	Problem    data.ProblemID       // the canonical problem; empty in a story without any
	Labels     map[data.Lang]string // the word for it, by the language it was said in
	Label      string               // the most frequent of them
	Type       data.NeedType        // the most frequent
	People     int                  // distinct authors
	ByTribe    []Share              // adds up to People; people in no tribe last
	Requests   int                  // posts that voice it
	Old        int                  // of these, old enough to have got a reply
	Unanswered int                  // of Old, without a reply in time
	Weekly     []int                // distinct people a week, oldest first
	Trend      int                  // +1 more people than in the weeks before, -1 fewer, 0 as usual
	Quotes     []Quote              // the best first, one per author, at most maxQuotes
}

// A Share is how many people of one tribe stand behind a number.
type Share struct {
	Tribe  int // index in Figures.Tribes, or None
	People int
}

// A Quote is what somebody wrote, in their own words.
type Quote struct {
	Post     data.PostMeta
	Text     string
	Lang     data.Lang
	Answered bool
	score    float64
}

type needCount struct {
	rows   []data.NeedRow
	labels map[string]int
	byLang map[data.Lang]map[string]int
	types  map[data.NeedType]int
}

// needs counts people by canonical problem: those whose need nobody shares stand alone. A story
// without problems is counted by topic.
func needs(story data.Story, f Figures, t talk) (all []Need, nameless, single int) {
	grouped := slices.ContainsFunc(story.Needs, func(n data.NeedRow) bool { return n.Problem != "" })
	byTopic := make(map[string]*needCount)
	var topics []string
	unnamed, alone, with := make(map[data.AuthorID]bool), make(map[data.AuthorID]bool), make(map[data.AuthorID]bool)
	for _, row := range story.Needs {
		if !row.Type.Wanting() {
			continue
		}
		topic, _ := row.Subject()
		switch {
		case topic == "":
			unnamed[row.Author] = true
			continue
		case grouped && row.Problem == "":
			alone[row.Author] = true
			continue
		}
		with[row.Author] = true
		c := byTopic[topic]
		if c == nil {
			c = &needCount{labels: map[string]int{}, byLang: map[data.Lang]map[string]int{}, types: map[data.NeedType]int{}}
			byTopic[topic] = c
			topics = append(topics, topic)
		}
		c.add(row)
	}
	slices.Sort(topics)
	out := make([]Need, 0, len(topics))
	for _, topic := range topics {
		out = append(out, byTopic[topic].need(topic, f, t, story))
	}
	slices.SortStableFunc(out, func(a, b Need) int {
		return cmp.Or(b.People-a.People, b.Requests-a.Requests, cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Problem, b.Problem))
	})
	maps.DeleteFunc(alone, func(a data.AuthorID, _ bool) bool { return with[a] })
	return out, len(unnamed), len(alone)
}

func (c *needCount) add(row data.NeedRow) {
	c.rows = append(c.rows, row)
	c.types[row.Type]++
	word := row.Object
	if row.Problem != "" {
		word = row.Called
	} else if word == "" {
		word = row.Topic()
	}
	c.labels[word]++
	lang := row.Need.Lang
	if c.byLang[lang] == nil {
		c.byLang[lang] = map[string]int{}
	}
	c.byLang[lang][word]++
}

func (c *needCount) need(topic string, f Figures, t talk, story data.Story) Need {
	n := Need{Topic: topic, Label: mostFrequent(c.labels), Type: mostFrequent(c.types), Labels: map[data.Lang]string{}}
	for lang, words := range c.byLang {
		n.Labels[lang] = mostFrequent(words)
	}
	if n.Problem = c.rows[0].Problem; n.Problem != "" {
		n.Topic = n.Label
	}
	authors, posts := make(map[data.AuthorID]bool), make(map[data.PostID]bool)
	weekly := make([]map[data.AuthorID]bool, len(f.Weeks))
	for i := range weekly {
		weekly[i] = make(map[data.AuthorID]bool)
	}
	for _, row := range c.rows {
		authors[row.Author] = true
		if w := weekOf(f.Weeks, row.CreatedAt); w >= 0 {
			weekly[w][row.Author] = true
		}
		if posts[row.ID] {
			continue
		}
		posts[row.ID] = true
		if story.AsOf.Sub(row.CreatedAt) >= f.Params.ReplyWithin {
			n.Old++
			if !answered(row.PostMeta, f, t) {
				n.Unanswered++
			}
		}
	}
	n.People, n.Requests = len(authors), len(posts)
	n.ByTribe = shares(authors, f)
	for _, w := range weekly {
		n.Weekly = append(n.Weekly, len(w))
	}
	n.Weekly = n.Weekly[coveredFrom(f.Weeks, story.Window):]
	n.Trend = Trend(n.Weekly)
	n.Quotes = quotes(c.rows, n.Label, f, t)
	return n
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

func answered(p data.PostMeta, f Figures, t talk) bool {
	r, ok := t.first(p)
	return ok && r.At.Sub(p.CreatedAt) <= f.Params.ReplyWithin
}

func shares(authors map[data.AuthorID]bool, f Figures) []Share {
	count := make([]int, len(f.Tribes)+1)
	for a := range authors {
		home, ok := f.Home[a]
		if !ok || home == None {
			home = len(f.Tribes)
		}
		count[home]++
	}
	var out []Share
	for i, n := range count[:len(f.Tribes)] {
		if n > 0 {
			out = append(out, Share{i, n})
		}
	}
	slices.SortStableFunc(out, func(a, b Share) int { return b.People - a.People })
	if n := count[len(f.Tribes)]; n > 0 {
		out = append(out, Share{None, n})
	}
	return out
}

// Trend compares the last count with the mean of those before: a difference counts where it is
// larger than chance (twice the root of the mean) and at least three. Fewer than three counts say 0.
func Trend(weekly []int) int {
	if len(weekly) < 3 {
		return 0
	}
	sum := 0
	for _, n := range weekly[:len(weekly)-1] {
		sum += n
	}
	before := len(weekly) - 1
	last := weekly[len(weekly)-1] * before // everything times before: integers only
	diff := last - sum
	if abs := max(diff, -diff); abs < 3*before || abs*abs <= 4*sum*before {
		return 0
	}
	if diff > 0 {
		return 1
	}
	return -1
}

// maxQuotes is how many quotes of a need are kept: more than any page shows.
const maxQuotes = 24

func quotes(rows []data.NeedRow, label string, f Figures, t talk) []Quote {
	all := make([]Quote, 0, len(rows))
	for _, r := range rows {
		if r.Quote == "" {
			continue
		}
		q := Quote{Post: r.PostMeta, Text: r.Quote, Lang: r.Need.Lang, score: score(r.Need, label)}
		if label != "" && r.Speaks {
			q.score++
		}
		all = append(all, q)
	}
	slices.SortFunc(all, func(a, b Quote) int {
		return cmp.Or(cmp.Compare(b.score, a.score), compareID(a.Post.ID, b.Post.ID), cmp.Compare(a.Text, b.Text))
	})
	seen := make(map[data.AuthorID]bool)
	said := make(map[string]bool)
	out := make([]Quote, 0, min(len(all), maxQuotes))
	for _, q := range all {
		if len(out) == maxQuotes {
			break
		}
		if seen[q.Post.Author] || said[q.Text] {
			continue
		}
		seen[q.Post.Author], said[q.Text] = true, true
		q.Answered = answered(q.Post, f, t)
		out = append(out, q)
	}
	return out
}

// score prefers sure, self-contained sentences that name the thing and read at a glance.
func score(n data.Need, label string) float64 {
	s := n.Confidence
	switch runes := utf8.RuneCountInString(n.Quote); {
	case runes >= 30 && runes <= 110:
		s += 0.5
	case runes > 110 && runes <= 160:
		s += 0.2
	case runes < 15:
		s -= 0.5
	}
	if label != "" && strings.Contains(strings.ToLower(n.Quote), strings.ToLower(label)) {
		s += 0.4
	}
	if n.Type.Wanting() {
		s += 0.3
	}
	if n.Negated || n.Hypothetical {
		s -= 0.2
	}
	if strings.HasSuffix(n.Quote, "…") || strings.HasSuffix(n.Quote, "...") {
		s -= 0.2
	}
	return s
}

func mostFrequent[K ~string](count map[K]int) K {
	var best K
	most := 0
	for k, n := range count {
		if n > most || n == most && k < best {
			best, most = k, n
		}
	}
	return best
}
