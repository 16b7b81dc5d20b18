package figures

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"tribu/data"
	"tribu/reports/measure/stats"
)

// A Cause is what can be looked up about a split, a move, a merger or a birth: who moved, with whom they
// talked since the run before, and where most of them met. It tells what happened, never why.
type Cause struct {
	Side       data.Tribe    // the tribe they moved to; at a merger the one they came from
	Since      data.Window   // from the run before to this one
	Moved      int           // people who moved there
	Unattached int           // of them, in no tribe before
	Inside     int           // pairs of those who moved that turned to each other
	Across     int           // pairs of one who moved and one of the other side
	Thread     data.ThreadID // that sets them apart most from the other side, else in which most of them wrote; zero where no three did
	Met        int           // of those who moved, who wrote in Thread,
	MetOthers  int           // and of the other side
	MetLeast   float64       // by how much the share of the former is at least larger; 0 where it is not surely so, or of few
	Posts      []data.PostID // theirs in Thread, newest first
	Began      time.Time     // when Thread did, where that was since the run before; zero elsewhere
	Apart      []Apart       // what those who moved need surely more than the other side, most of them first
	Others     int           // people of the other side
}

// An Apart is a need that sets those who moved apart from the other side.
type Apart struct {
	Key           string  // Need.Key
	Moved, Others int     // people of either who voice it in the window
	Least         float64 // by how much the share of the former is at least larger
}

const (
	leastMet = 3 // of those who moved must write in one conversation to tell it,
	partMet  = 3 // and one in so many of them where it sets them apart: of many conversations some differ by chance
)

// Cause returns what can be looked up about c; false where nobody moved or the run before is unknown.
func (c Change) Cause(story data.Story) (Cause, bool) {
	parent := parentOf(story)
	before := membersOf(parent.Members)
	delete(before, "")
	out := Cause{}
	moved, others := c.sides(before, membersOf(story.Members), &out)
	if out.Moved = len(moved); out.Moved == 0 {
		return out, false
	}
	belonged := union(parent.Tribes, before)
	for a := range moved {
		if !belonged[a] {
			out.Unattached++
		}
	}
	out.Since = data.Window{From: parent.AsOf, To: story.AsOf}
	out.talk(story, moved, others)
	out.part(story, moved, others)
	out.meet(story, moved, others)
	return out, true
}

// sides returns who moved and who is on the other side.
func (c Change) sides(before, after map[data.TribeID][]data.AuthorID, out *Cause) (moved, others map[data.AuthorID]bool) {
	// now returns who is in one of tribes now and was in one of from before.
	now := func(tribes, from []data.Tribe) map[data.AuthorID]bool {
		were, are := union(from, before), union(tribes, after)
		maps.DeleteFunc(are, func(a data.AuthorID, _ bool) bool { return !were[a] })
		return are
	}
	switch {
	case c.Event == data.Split && len(c.From) > 0 && len(c.To) > 1:
		at := slices.IndexFunc(c.To, func(t data.Tribe) bool { return t.ID != c.From[0].ID })
		out.Side = c.To[at]
		moved = now(c.To[at:at+1], c.From)
		others = now(slices.DeleteFunc(slices.Clone(c.To), sameAs(out.Side)), c.From)
	case c.Event == Move && len(c.From) > 0 && len(c.To) > 0:
		out.Side = c.To[0]
		moved, others = now(c.To[:1], c.From[:1]), now(c.To[:1], c.To[:1])
	case c.Event == data.Merge && len(c.From) > 0 && len(c.To) > 0:
		at := max(0, slices.IndexFunc(c.From, func(t data.Tribe) bool { return t.ID != c.To[0].ID }))
		out.Side = c.From[at]
		moved, others = now(c.To[:1], c.From[at:at+1]), union(c.To[:1], after)
	case c.Event == data.Born && len(c.To) > 0:
		out.Side = c.To[0]
		moved = union(c.To[:1], after)
	}
	maps.DeleteFunc(others, func(a data.AuthorID, _ bool) bool { return moved[a] })
	return moved, others
}

// talk counts the pairs that turned to each other.
func (c *Cause) talk(story data.Story, moved, others map[data.AuthorID]bool) {
	seen := make(map[pairKey]bool)
	for _, in := range story.Interactions {
		a, b := in.From, in.To
		if !c.Since.Contains(in.At) || in.Kind == data.Boost || seen[pairOf(a, b)] {
			continue
		}
		seen[pairOf(a, b)] = true
		switch {
		case moved[a] && moved[b]:
			c.Inside++
		case moved[a] && others[b], moved[b] && others[a]:
			c.Across++
		}
	}
}

// part finds what those who moved need surely more than the other side.
func (c *Cause) part(story data.Story, moved, others map[data.AuthorID]bool) {
	c.Others = len(others)
	voices := make(map[string]map[data.AuthorID]bool)
	for i := range story.Needs {
		n := &story.Needs[i]
		if key, _ := n.Subject(); key != "" && n.Lacks() && story.Window.Contains(n.CreatedAt) && (moved[n.Author] || others[n.Author]) {
			if voices[key] == nil {
				voices[key] = make(map[data.AuthorID]bool)
			}
			voices[key][n.Author] = true
		}
	}
	for key, who := range voices {
		a := Apart{Key: key}
		for author := range who {
			if moved[author] {
				a.Moved++
			} else {
				a.Others++
			}
		}
		if a.Least = stats.LeastMore(a.Moved, len(moved), a.Others, len(others)); a.Moved >= leastMet && a.Least > 0 {
			c.Apart = append(c.Apart, a)
		}
	}
	slices.SortFunc(c.Apart, func(x, y Apart) int { return cmp.Or(y.Moved-x.Moved, x.Others-y.Others, cmp.Compare(x.Key, y.Key)) })
}

// meet finds the conversation that sets those who moved apart most from the other side: that in which a larger share of
// them wrote, by the lower end of the difference; where none surely does, that in which most of them wrote.
func (c *Cause) meet(story data.Story, moved, others map[data.AuthorID]bool) {
	type met struct{ moved, others map[data.AuthorID]bool }
	wrote := make(map[data.ThreadID]met)
	for i := range story.Activity {
		p := &story.Activity[i]
		if !moved[p.Author] && !others[p.Author] || !c.Since.Contains(p.CreatedAt) || p.Thread.IsZero() {
			continue
		}
		if wrote[p.Thread].moved == nil {
			wrote[p.Thread] = met{make(map[data.AuthorID]bool), make(map[data.AuthorID]bool)}
		}
		if moved[p.Author] {
			wrote[p.Thread].moved[p.Author] = true
		} else {
			wrote[p.Thread].others[p.Author] = true
		}
	}
	for _, id := range slices.SortedFunc(maps.Keys(wrote), func(x, y data.ThreadID) int { return cmp.Compare(x.String(), y.String()) }) {
		n, of, least := len(wrote[id].moved), len(wrote[id].others), 0.0
		if len(others) > 0 && partMet*n >= len(moved) {
			least = max(0, stats.LeastMore(n, len(moved), of, len(others)))
		}
		if n >= leastMet && (least > c.MetLeast || least == c.MetLeast && n > c.Met) {
			c.Thread, c.Met, c.MetOthers, c.MetLeast = id, n, of, least
		}
	}
	for i := range slices.Backward(story.Activity) {
		p := &story.Activity[i]
		if c.Met > 0 && p.Thread == c.Thread && moved[p.Author] && c.Since.Contains(p.CreatedAt) {
			c.Posts = append(c.Posts, p.ID)
		}
	}
	for i := range story.Activity {
		if p := &story.Activity[i]; c.Met > 0 && p.Thread == c.Thread {
			if p.Parent.IsZero() && c.Since.Contains(p.CreatedAt) {
				c.Began = p.CreatedAt
			}
			break
		}
	}
}
