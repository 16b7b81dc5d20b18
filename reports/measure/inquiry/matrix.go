package inquiry

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
)

// A Kind is what a need tells about a step of the journey.
type Kind string

// The kinds.
const (
	Frustration Kind = "frustration"
	Expectation Kind = "expectation"
	Goal        Kind = "goal"
)

// Kinds returns the kinds in their order.
func Kinds() []Kind { return []Kind{Frustration, Expectation, Goal} }

// stage returns the step of the journey a need belongs to: by the cues of its sentence, then of its
// post, then by its type.
func stage(r *measure.Reading, n data.NeedRow) signs.Sign {
	for _, found := range [][]signs.Sign{r.Quoted(n.Quote).Of(late()), r.Signs(n.ID).Of(late())} {
		if len(found) > 0 {
			return found[0]
		}
	}
	switch n.Type {
	case data.Recommendation:
		return signs.Search
	case data.Problem, data.Complaint:
		return signs.Problem
	case data.Praise, data.Tip:
		return signs.Advocate
	}
	return signs.Use
}

// late returns the steps from the last to the first: the furthest that is named counts.
func late() []signs.Sign {
	s := signs.Stages()
	slices.Reverse(s)
	return s
}

// kindOf returns what a need tells: a frustration where something goes wrong, an expectation where a
// limit or a wish to a maker is stated, else a goal.
func kindOf(r *measure.Reading, n data.NeedRow) Kind {
	limit := func(a signs.Amount) bool { return a.Stance == signs.Limit }
	switch {
	case n.Expectation > 0 || slices.ContainsFunc(r.Quoted(n.Quote).Amounts, limit):
		return Expectation
	case n.Type == data.Problem || n.Type == data.Complaint:
		return Frustration
	case n.Type == data.Wish:
		return Expectation
	}
	return Goal
}

// A Cell is the people who voiced one kind of need at one step.
type Cell struct {
	Stage   signs.Sign
	Kind    Kind
	Authors int
	Quotes  []measure.Quote // at most 3, of different authors
}

// A Matrix lays frustrations, expectations and goals along the journey. Each author counts once in
// the whole matrix, in the cell of most of their needs, so that rows and columns add up to the total.
type Matrix struct {
	Cells  []Cell // by stage, then kind; empty ones included
	Stages []int  // authors per stage, in the order of signs.Stages
	Kinds  []int  // authors per kind
	Total  int
}

// Map returns the matrix of the wanting needs among posts; nil posts means all in the window.
func Map(r *measure.Reading, posts []data.PostID) Matrix {
	var wanted map[data.PostID]bool
	if posts != nil {
		wanted = make(map[data.PostID]bool, len(posts))
		for _, id := range posts {
			wanted[id] = true
		}
	}
	m := blank()
	votes := make(map[data.AuthorID][]int)
	var order []data.AuthorID
	first := make(map[data.AuthorID]map[int]data.NeedRow)
	for _, n := range r.Needs {
		if !n.Lacks() || r.Makers[n.Author] || !r.Window.Contains(n.CreatedAt) || wanted != nil && !wanted[n.ID] {
			continue
		}
		if votes[n.Author] == nil {
			order = append(order, n.Author)
			votes[n.Author], first[n.Author] = make([]int, len(m.Cells)), make(map[int]data.NeedRow)
		}
		c := m.at(stage(r, n), kindOf(r, n))
		votes[n.Author][c]++
		if best, ok := first[n.Author][c]; !ok || sayable(n.Quote) > sayable(best.Quote) {
			first[n.Author][c] = n
		}
	}
	for _, a := range order {
		c := slices.Index(votes[a], slices.Max(votes[a]))
		m.add(c, measure.QuoteOf(first[a][c]))
	}
	for i, c := range m.Cells {
		slices.SortStableFunc(c.Quotes, func(a, b measure.Quote) int { return sayable(b.Text) - sayable(a.Text) })
		m.Cells[i].Quotes = c.Quotes[:min(3, len(c.Quotes))]
	}
	return m
}

// sayable tells how well an interviewer can say words aloud: a whole sentence, neither a stub nor a
// tirade, without the marks of code.
func sayable(quote string) int {
	s, n := 0, len(strings.Fields(quote))
	for _, yes := range []bool{n >= 5 && n <= 25, strings.ContainsAny(quote[max(0, len(quote)-1):], ".?!"), !strings.ContainsAny(quote, "()[]{}=<>#|_"), !strings.Contains(quote, ":")} {
		if yes {
			s++
		}
	}
	return s
}

func blank() Matrix {
	m := Matrix{Stages: make([]int, len(signs.Stages())), Kinds: make([]int, len(Kinds()))}
	for _, s := range signs.Stages() {
		for _, k := range Kinds() {
			m.Cells = append(m.Cells, Cell{Stage: s, Kind: k})
		}
	}
	return m
}

func (m Matrix) at(s signs.Sign, k Kind) int {
	return slices.IndexFunc(m.Cells, func(c Cell) bool { return c.Stage == s && c.Kind == k })
}

func (m *Matrix) add(at int, q measure.Quote) {
	c := &m.Cells[at]
	c.Authors++
	if q.Text != "" {
		c.Quotes = append(c.Quotes, q)
	}
	m.Stages[at/len(Kinds())]++
	m.Kinds[at%len(Kinds())]++
	m.Total++
}
