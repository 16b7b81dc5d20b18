// Package lives reads needs where they live: who solves them, in which conversation and how, and
// which part the things people speak of play in their lives.
package lives

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
)

// A Solver is who solved a request, as far as its conversation shows.
type Solver string

// The solvers. Silent is a request with answers whose asker never said whether they helped.
const (
	Peer   Solver = "peer"
	Maker  Solver = "maker"
	Self   Solver = "self"
	Silent Solver = "silent"
	Nobody Solver = "nobody"
)

// Solvers are all solvers, in order.
func Solvers() []Solver { return []Solver{Peer, Maker, Self, Silent, Nobody} }

// A Context is where one need arises and how it is solved.
type Context struct {
	Key           string // data.Need.Subject
	Conversations int    // opened with the need in the window
	By            map[Solver]int
	Joined        int        // of those of Nobody, in which others wrote that they ask for the same
	Solved        []Solution // that tell how first, then newest; at most three, one of them without words
}

// A Solution is one conversation with the answer of which its asker said that it helped.
type Solution struct {
	Request measure.Quote
	Answer  data.PostMeta
	By      Solver // Peer or Maker
	How     string // the words of the answer that tell how; empty where no line of it does
}

const toldSolutions = 3

// Contexts returns the context of each of keys, in their order.
func Contexts(r *measure.Reading, keys []string) []Context {
	at := make(map[string]int, len(keys))
	out := make([]Context, len(keys))
	for i, k := range keys {
		at[k] = i
		out[i] = Context{Key: k, By: make(map[Solver]int)}
	}
	requests, g := r.Requests(r.Window, measure.Week), newGuide(r)
	for i := len(requests) - 1; i >= 0; i-- {
		q := requests[i]
		seen := make(map[int]bool)
		for _, n := range q.Needs {
			key, _ := n.Subject()
			k, ok := at[key]
			if !ok || key == "" || seen[k] {
				continue
			}
			seen[k] = true
			out[k].add(r, q, n, g)
		}
	}
	for i := range out {
		out[i].pick()
	}
	return out
}

func (c *Context) add(r *measure.Reading, q measure.Request, n *data.NeedRow, g guide) {
	solver, answer := solvedBy(r, q)
	c.Conversations++
	c.By[solver]++
	if solver == Nobody && slices.ContainsFunc(r.Thread(q.Post.Thread), func(p data.PostMeta) bool { return p.Author != q.Post.Author }) {
		c.Joined++
	}
	if solver != Peer && solver != Maker {
		return
	}
	x := Solution{Request: measure.QuoteOf(*n), Answer: answer, By: solver}
	if tells(r, answer) {
		x.How = g.how(r.Said(q.Post.ID)+"\n"+n.Quote, r.Said(answer.ID))
	}
	c.Solved = append(c.Solved, x)
}

// pick keeps the solutions to tell.
func (c *Context) pick() {
	slices.SortStableFunc(c.Solved, func(a, b Solution) int { return cmp.Compare(min(1, len(b.How)), min(1, len(a.How))) })
	told := slices.IndexFunc(c.Solved, func(s Solution) bool { return s.How == "" })
	if told >= 0 {
		c.Solved = c.Solved[:told+1]
	}
	c.Solved = c.Solved[:min(len(c.Solved), toldSolutions)]
}

// solvedBy tells who solved a request: whose answer helped, as its asker says, the asker where they said it works
// before anybody had answered, else nobody known.
func solvedBy(r *measure.Reading, q measure.Request) (Solver, data.PostMeta) {
	if a, ok := r.Accepted(q, q.Solved); ok {
		if r.Makers[a.Author] {
			return Maker, a
		}
		return Peer, a
	}
	for _, p := range r.Thread(q.Post.Thread) {
		if p.Author != q.Post.Author {
			break
		}
		if p.ID != q.Post.ID && r.Solves(p.ID) {
			return Self, p
		}
	}
	if len(q.Answers) > 0 {
		return Silent, data.PostMeta{}
	}
	return Nobody, data.PostMeta{}
}
