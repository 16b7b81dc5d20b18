// Package uses reads needs as work: for which use a tribe is worth joining, which function of a
// house a need belongs to, and which needs lie outside what a project asks about.
package uses

import (
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

// casesOf returns the cases a need of that type speaks to; none for a tip.
func casesOf(t data.NeedType) []Case {
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
	Tender    bool        // the tribe speaks of what no offer has a place beside
	Willing   stats.Share // posts of the case that turn to a maker; insufficient where no maker is named
	Evidence  measure.Evidence
}

// judge returns what an index advises: to engage where it is at least 120 and surely above 100, to
// leave where it is at most 80 and surely below, else to watch.
func judge(index, low, high float64) Verdict {
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
				if (c == Reputation && willing == 0 || c == Marketing && len(r.Makers) == 0) && cell.Verdict == Engage {
					cell.Verdict = Watch // they speak of each other, not of makers
				}
			}
			out = append(out, cell)
		}
	}
	return out
}

// Spare leaves alone, in every use, the tribes that speak of what no offer has a place beside.
func Spare(cells []Cell, tender func(data.TribeID) bool) []Cell {
	for i := range cells {
		c := &cells[i]
		c.Tender = tender(c.Tribe)
		if c.Tender && c.State == stats.Known {
			c.Verdict = Leave
		}
	}
	return cells
}

func (c *Cell) judge(posts int, all float64) {
	share := stats.ShareAt(c.Posts, posts, 1)
	c.State = stats.Known
	c.Index, c.Low, c.High = 100*share.Value/all, 100*share.Low/all, 100*share.High/all
	c.Verdict = judge(c.Index, c.Low, c.High)
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
		for _, c := range casesOf(n.Type) {
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
