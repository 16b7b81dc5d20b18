package figures

import (
	"cmp"
	"maps"
	"slices"

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
	Thread     data.ThreadID // in which most of them wrote; zero where no three did
	Met        int           // of those who moved, who wrote in Thread
	Posts      []data.PostID // theirs in Thread, newest first
	Apart      []Apart       // what those who moved need surely more than the other side, most of them first
	Others     int           // people of the other side
}

// An Apart is a need that sets those who moved apart from the other side.
type Apart struct {
	Key           string // Need.Key
	Moved, Others int    // people of either who voice it in the window
}

// leastMet is how many of those who moved must write in one conversation to tell it.
const leastMet = 3

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
	out.meet(story, moved)
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
		if a.Moved >= leastMet && stats.SurelyMore(a.Moved, len(moved), a.Others, len(others)) {
			c.Apart = append(c.Apart, a)
		}
	}
	slices.SortFunc(c.Apart, func(x, y Apart) int { return cmp.Or(y.Moved-x.Moved, x.Others-y.Others, cmp.Compare(x.Key, y.Key)) })
}

// meet finds the conversation in which most of those who moved wrote.
func (c *Cause) meet(story data.Story, moved map[data.AuthorID]bool) {
	wrote := make(map[data.ThreadID]map[data.AuthorID]bool)
	for i := range story.Activity {
		p := &story.Activity[i]
		if moved[p.Author] && c.Since.Contains(p.CreatedAt) && !p.Thread.IsZero() {
			if wrote[p.Thread] == nil {
				wrote[p.Thread] = make(map[data.AuthorID]bool)
			}
			wrote[p.Thread][p.Author] = true
		}
	}
	for id, who := range wrote {
		if len(who) > c.Met || len(who) == c.Met && cmp.Compare(id.String(), c.Thread.String()) < 0 {
			c.Thread, c.Met = id, len(who)
		}
	}
	if c.Met < leastMet {
		c.Thread, c.Met = data.ThreadID{}, 0
		return
	}
	for i := range slices.Backward(story.Activity) {
		p := &story.Activity[i]
		if p.Thread == c.Thread && moved[p.Author] && c.Since.Contains(p.CreatedAt) {
			c.Posts = append(c.Posts, p.ID)
		}
	}
}
