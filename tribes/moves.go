package tribes

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tribu/data"
)

// Explain gives every move of d, those in its steps too, its reason: what the author wrote and whom they met in the input x
// of the first run and no longer or newly in y of the second; and says who stayed. a and b are those runs.
func Explain(d *Difference, a, b data.RunRecord, x, y Input) {
	before, after := newPast(a, x), newPast(b, y)
	explain := func(moves []Move) {
		for i := range moves {
			m := &moves[i]
			if id, err := data.ParseAuthorID(m.Author); err == nil {
				m.Why = reason(before.of(id), after.of(id), *m, a, b)
			}
		}
	}
	explain(d.Moves)
	for _, s := range d.Steps {
		explain(s.Members)
	}
	if b.Parent == a.ID || b.Replaced == a.ID {
		d.Keeping = kept(a, before, after)
	}
}

// A Keeping says how many members of a run whom nothing happened to kept their tribe in a later one.
type Keeping struct {
	Unaffected int `json:"unaffected"` // members with the same posts and interactions in both windows
	Kept       int `json:"kept"`       // of them, in a tribe of the same id
}

// kept counts the members of run a who did and met the same after it as before.
func kept(a data.RunRecord, before, after past) *Keeping {
	k := &Keeping{}
	for _, m := range a.Members {
		if m.Tribe == "" || m.Rank > 0 || !maps.Equal(before.posts[m.Author], after.posts[m.Author]) || !maps.Equal(before.met[m.Author], after.met[m.Author]) {
			continue
		}
		k.Unaffected++
		if after.tribes[m.Author][m.Tribe] {
			k.Kept++
		}
	}
	return k
}

// A past is what the authors of one run did.
type past struct {
	in      Input
	tribes  map[data.AuthorID]map[data.TribeID]bool
	posts   map[data.AuthorID]map[data.PostID]bool
	contact map[data.AuthorID]map[data.TribeID]int
	met     map[data.AuthorID]map[data.AuthorID]int // how often
}

// A deed is one author's part of a past.
type deed struct {
	posts   map[data.PostID]bool
	contact map[data.TribeID]int // times they turned to members or members to them
}

func newPast(r data.RunRecord, in Input) past {
	p := past{in: in, tribes: make(map[data.AuthorID]map[data.TribeID]bool), posts: make(map[data.AuthorID]map[data.PostID]bool),
		contact: make(map[data.AuthorID]map[data.TribeID]int), met: make(map[data.AuthorID]map[data.AuthorID]int)}
	for _, m := range r.Members {
		if m.Tribe != "" {
			put(p.tribes, m.Author, m.Tribe)
		}
	}
	for _, q := range in.posts {
		put(p.posts, in.authors[q.author], q.id)
	}
	for _, t := range in.ties {
		p.meet(in.authors[t.from], in.authors[t.to])
		p.meet(in.authors[t.to], in.authors[t.from])
	}
	return p
}

func put[K, V comparable](all map[K]map[V]bool, key K, value V) {
	if all[key] == nil {
		all[key] = make(map[V]bool)
	}
	all[key][value] = true
}

func (p past) meet(who, whom data.AuthorID) {
	if p.contact[who] == nil {
		p.contact[who], p.met[who] = make(map[data.TribeID]int), make(map[data.AuthorID]int)
	}
	p.met[who][whom]++
	for t := range p.tribes[whom] {
		p.contact[who][t]++
	}
}

func (p past) of(id data.AuthorID) deed { return deed{p.posts[id], p.contact[id]} }

// reason says in plain words what changed for somebody who moved. Over the same posts nothing
// happened to anybody: the groups were drawn otherwise.
func reason(before, after deed, m Move, a, b data.RunRecord) string {
	switch {
	case a.Inputs == b.Inputs && a.Params != b.Params:
		return "the same posts and ties: only the parameters differ"
	case a.Inputs == b.Inputs:
		return "the same posts, ties and parameters: only the run before differs"
	}
	fresh, gone := missingFrom(after.posts, before.posts), missingFrom(before.posts, after.posts)
	var parts []string
	if fresh > 0 {
		parts = append(parts, "wrote "+some(fresh, "new post"))
	}
	if gone > 0 {
		parts = append(parts, some(gone, "post")+" left the window")
	}
	for _, t := range slices.Compact([]data.TribeID{m.From, m.To}) {
		if then, now := before.contact[t], after.contact[t]; t != "" && then != now {
			parts = append(parts, meetings(t, then, now))
		}
	}
	if len(parts) > 0 {
		return strings.Join(parts, "; ")
	}
	if m.From == "" || m.To == "" {
		return "what they did is the same: membership was near the limit"
	}
	return "what they did is the same: the people around them moved"
}

// meetings says how often somebody met people of a tribe, then and now.
func meetings(t data.TribeID, then, now int) string {
	switch {
	case now == 0:
		return fmt.Sprintf("no longer met people of %s (%s before)", t, often(then))
	case then == 0:
		return fmt.Sprintf("met people of %s %s (never before)", t, often(now))
	}
	return fmt.Sprintf("met people of %s %s (%s before)", t, often(now), often(then))
}

func often(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

func missingFrom(all, other map[data.PostID]bool) int {
	n := 0
	for id := range all {
		if !other[id] {
			n++
		}
	}
	return n
}

func some(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
