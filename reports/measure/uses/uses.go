// Package uses reads needs as work: for which use a tribe is worth joining, which function of a
// house a need belongs to, and which needs lie outside what a project asks about.
package uses

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// A Case is one use that talk can be put to.
type Case string

// The cases.
const (
	Marketing  Case = "marketing"
	Reputation Case = "reputation"
	Support    Case = "support"
	Innovation Case = "innovation"
)

// Cases are all cases, in order.
func Cases() []Case { return []Case{Support, Innovation, Marketing, Reputation} }

// CasesOf returns the cases a need of that type speaks to; none for a tip.
func CasesOf(t data.NeedType) []Case {
	switch t {
	case data.Problem, data.HowTo:
		return []Case{Support}
	case data.Complaint:
		return []Case{Support, Reputation}
	case data.Wish:
		return []Case{Innovation}
	case data.Recommendation, data.Passion, data.Belonging:
		return []Case{Marketing}
	case data.Praise:
		return []Case{Reputation}
	}
	return nil
}

// A Verdict says what a figure advises.
type Verdict string

// The verdicts.
const (
	Engage Verdict = "engage"
	Watch  Verdict = "watch"
	Leave  Verdict = "leave"
)

// fewestPosts is how many posts of a case an index needs.
const fewestPosts = 20

// A Cell is one tribe's interest in one case.
type Cell struct {
	Tribe     data.TribeID
	Case      Case
	Posts     int     // of the tribe that speak to the case
	Index     float64 // 100 × share of the tribe's posts / share of all posts
	Low, High float64 // 95 % interval of Index
	Verdict   Verdict // empty where State is not known
	State     stats.State
	Willing   stats.Share // posts of the case that turn to a maker; insufficient where no maker is named
	Evidence  measure.Evidence
}

// Judge returns what an index advises: to engage where it is at least 120 and surely above 100, to
// leave where it is at most 80 and surely below, else to watch.
func Judge(index, low, high float64) Verdict {
	switch {
	case index >= 120 && low > 100:
		return Engage
	case index <= 80 && high < 100:
		return Leave
	}
	return Watch
}

// Matrix returns the tribes of r by case, in their order and that of Cases.
func Matrix(r *measure.Reading) []Cell {
	posts, total := make(map[data.TribeID]int), 0
	for _, p := range r.Posts {
		if r.Window.Contains(p.CreatedAt) {
			posts[r.Home[p.Author]]++
			total++
		}
	}
	speaks := postsByCase(r)
	turned := turnedToMakers(r)
	var out []Cell
	for _, t := range r.Tribes {
		for _, c := range Cases() {
			cell := Cell{Tribe: t.ID, Case: c, State: stats.Insufficient}
			willing := 0
			for _, p := range speaks[c] {
				if r.Home[p.Author] != t.ID {
					continue
				}
				cell.Posts++
				cell.Evidence = cell.Evidence.Add(p.ID)
				if turned[p.ID] {
					willing++
				}
			}
			if len(r.Makers) > 0 {
				cell.Willing = stats.ShareAt(willing, cell.Posts, fewestPosts)
			} else {
				cell.Willing = stats.Share{State: stats.Insufficient, N: cell.Posts}
			}
			if cell.Posts >= fewestPosts {
				cell.judge(posts[t.ID], float64(len(speaks[c]))/float64(total))
			}
			out = append(out, cell)
		}
	}
	return out
}

func (c *Cell) judge(posts int, all float64) {
	share := stats.ShareAt(c.Posts, posts, 1)
	c.State = stats.Known
	c.Index, c.Low, c.High = 100*share.Value/all, 100*share.Low/all, 100*share.High/all
	c.Verdict = Judge(c.Index, c.Low, c.High)
}

// postsByCase returns the posts of the window that speak to each case, each once, by time.
func postsByCase(r *measure.Reading) map[Case][]data.PostMeta {
	out := make(map[Case][]data.PostMeta)
	seen := make(map[Case]map[data.PostID]bool)
	for _, c := range Cases() {
		seen[c] = make(map[data.PostID]bool)
	}
	for _, n := range r.Needs {
		if !r.Window.Contains(n.CreatedAt) {
			continue
		}
		for _, c := range CasesOf(n.Type) {
			if !seen[c][n.ID] {
				seen[c][n.ID] = true
				out[c] = append(out[c], n.PostMeta)
			}
		}
	}
	return out
}

// turnedToMakers returns the posts that answer, mention or quote a maker.
func turnedToMakers(r *measure.Reading) map[data.PostID]bool {
	out := make(map[data.PostID]bool)
	for _, i := range r.Interactions {
		if r.Makers[i.To] {
			out[i.Post] = true
		}
	}
	return out
}

// A Function is a part of a house that a need is work for.
type Function string

// The functions.
const (
	CRM         Function = "crm"      // turned to a maker by name: somebody waits for an answer
	Development Function = "rd"       // wishes
	Sales       Function = "sales"    // asks what to take
	Relations   Function = "pr"       // complaints and praise
	Promotion   Function = "market"   // passion and belonging
	Help        Function = "support"  // problems and how-to
	Research    Function = "research" // tips: what people found out by themselves
)

// Functions are all functions, in the order in which a report tells them.
func Functions() []Function {
	return []Function{CRM, Help, Development, Sales, Relations, Promotion, Research}
}

// Route returns the one function a need is work for; toMaker says that its post turns to a maker.
func Route(t data.NeedType, toMaker bool) Function {
	if toMaker && t.Wanting() {
		return CRM
	}
	switch t {
	case data.Wish:
		return Development
	case data.Recommendation:
		return Sales
	case data.Complaint, data.Praise:
		return Relations
	case data.Passion, data.Belonging:
		return Promotion
	case data.Tip:
		return Research
	}
	return Help
}

// A Digest is what one function should read.
type Digest struct {
	Function Function
	Posts    int
	People   int
	Topics   []Topic // most people first
	Evidence measure.Evidence
}

// A Topic is one need of a digest.
type Topic struct {
	Key    string // data.Need.Subject
	Called string
	People int
	Needs  []*data.NeedRow // of the reading, one per author, the surest first
}

// Digests routes what people need in the window: each need as a whole to one function, that of most
// of the people who voice it; what has no name by itself. Functions without needs are left out.
func Digests(r *measure.Reading) []Digest {
	turned := turnedToMakers(r)
	rows := make([]*data.NeedRow, 0, len(r.Needs))
	voices := make(map[string]map[Function]map[data.AuthorID]bool)
	for i := range r.Needs {
		n := &r.Needs[i]
		if !r.Window.Contains(n.CreatedAt) || r.Makers[n.Author] {
			continue
		}
		rows = append(rows, n)
		key, _ := n.Subject()
		f := Route(n.Type, turned[n.ID])
		if voices[key] == nil {
			voices[key] = make(map[Function]map[data.AuthorID]bool)
		}
		if voices[key][f] == nil {
			voices[key][f] = make(map[data.AuthorID]bool)
		}
		voices[key][f][n.Author] = true
	}
	by := make(map[Function][]*data.NeedRow)
	for _, n := range rows {
		f := Route(n.Type, turned[n.ID])
		if key, _ := n.Subject(); key != "" && f != CRM {
			f = primary(voices[key])
		}
		by[f] = append(by[f], n)
	}
	var out []Digest
	for _, f := range Functions() {
		if len(by[f]) > 0 {
			out = append(out, digest(f, by[f]))
		}
	}
	return out
}

// primary returns the function of most people; who turned to a maker is cared for apart.
func primary(voices map[Function]map[data.AuthorID]bool) Function {
	best := Help
	for _, f := range Functions() {
		if f != CRM && len(voices[f]) > len(voices[best]) {
			best = f
		}
	}
	return best
}

func digest(f Function, rows []*data.NeedRow) Digest {
	d := Digest{Function: f, Topics: topics(rows)}
	posts, people := make(map[data.PostID]bool), make(map[data.AuthorID]bool)
	for _, n := range rows {
		if !posts[n.ID] {
			posts[n.ID] = true
			d.Evidence = append(d.Evidence, n.ID)
		}
		people[n.Author] = true
	}
	d.Posts, d.People = len(posts), len(people)
	return d
}

// topics groups needs by what they are about; nameless ones stay out.
func topics(rows []*data.NeedRow) []Topic {
	by := make(map[string]*Topic)
	var keys []string
	seen := make(map[string]map[data.AuthorID]int)
	for _, n := range rows {
		key, called := n.Subject()
		if key == "" {
			continue
		}
		t := by[key]
		if t == nil {
			t = &Topic{Key: key, Called: called}
			by[key], seen[key] = t, make(map[data.AuthorID]int)
			keys = append(keys, key)
		}
		if at, ok := seen[key][n.Author]; !ok {
			seen[key][n.Author] = len(t.Needs)
			t.Needs = append(t.Needs, n)
		} else if n.Confidence > t.Needs[at].Confidence {
			t.Needs[at] = n
		}
	}
	out := make([]Topic, 0, len(keys))
	for _, key := range keys {
		t := by[key]
		t.People = len(t.Needs)
		slices.SortStableFunc(t.Needs, func(a, b *data.NeedRow) int { return cmp.Compare(b.Confidence, a.Confidence) })
		out = append(out, *t)
	}
	slices.SortStableFunc(out, func(a, b Topic) int { return cmp.Or(b.People-a.People, cmp.Compare(a.Key, b.Key)) })
	return out
}
