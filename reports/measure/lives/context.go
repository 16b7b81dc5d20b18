// Package lives reads needs where they live: who solves them, in which conversation and how, and
// which part the things people speak of play in their lives.
package lives

import (
	"strings"

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
	Solved        []Solution // newest first, at most three
}

// A Solution is one conversation with the answer that its asker thanked for.
type Solution struct {
	Request measure.Quote
	Answer  data.PostMeta
	How     string // the words of the answer
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
	requests := r.Requests(r.Window, measure.Week)
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
			out[k].add(r, q, n)
		}
	}
	return out
}

func (c *Context) add(r *measure.Reading, q measure.Request, n *data.NeedRow) {
	solver, answer := solvedBy(r, q)
	c.Conversations++
	c.By[solver]++
	if (solver == Peer || solver == Maker) && len(c.Solved) < toldSolutions && tells(r, answer) {
		c.Solved = append(c.Solved, Solution{Request: measure.QuoteOf(*n), Answer: answer, How: r.Said(answer.ID)})
	}
}

// tells reports whether an answer shows how something was solved: one that offers nothing, asks something itself or
// opens with thanks does not, nor one of which a list's archive kept a note in place of the words.
func tells(r *measure.Reading, answer data.PostMeta) bool {
	return answer.Acts.Has(data.Offering) && !answer.Acts.Has(data.Wondering|data.Pleading) &&
		!r.Thanks(answer.ID) && !r.Polite(answer.ID) && !strings.Contains(r.Said(answer.ID), " was scrubbed...")
}

// solvedBy tells who solved a request: whom its asker thanked, the asker where they said it works
// before anybody had answered, else nobody known.
func solvedBy(r *measure.Reading, q measure.Request) (Solver, data.PostMeta) {
	if a, ok := r.Accepted(q); ok {
		if r.Makers[a.Author] {
			return Maker, a
		}
		return Peer, a
	}
	for _, p := range r.Thread(q.Post.Thread) {
		if p.Author != q.Post.Author {
			break
		}
		if p.ID != q.Post.ID && r.Thanks(p.ID) {
			return Self, p
		}
	}
	if len(q.Answers) > 0 {
		return Silent, data.PostMeta{}
	}
	return Nobody, data.PostMeta{}
}
