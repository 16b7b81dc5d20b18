package figures

import (
	"cmp"
	"slices"

	"tribu/data"
)

// A Cause is what can be looked up about a split, a move, a merger or a birth: who moved, with whom they
// talked since the run before, and where most of them met. It tells what happened, never why.
type Cause struct {
	Side       data.Tribe    // the tribe they moved to; at a merger the one they came from
	Moved      int           // people who moved there
	Unattached int           // of them, in no tribe before
	Inside     int           // pairs of those who moved that turned to each other
	Across     int           // pairs of one who moved and one of the other side
	Thread     data.ThreadID // in which most of them wrote; zero where no three did
	Met        int           // of those who moved, who wrote in Thread
	Posts      []data.PostID // theirs in Thread, newest first
}

// leastMet is how many of those who moved must write in one conversation to tell it.
const leastMet = 3

// Cause returns what can be looked up about c; false where nobody moved or the run before is unknown.
func (f Figures) Cause(story data.Story, c Change) (Cause, bool) {
	parent := parentOf(story)
	before := homes(parent)
	out := Cause{}
	moved, others := f.sides(c, before, &out)
	if out.Moved = len(moved); out.Moved == 0 {
		return out, false
	}
	for a := range moved {
		if before[a] == "" {
			out.Unattached++
		}
	}
	since := data.Window{From: parent.AsOf, To: story.AsOf}
	out.talk(story, since, moved, others)
	out.meet(story, since, moved)
	return out, true
}

// sides returns who moved and who is on the other side.
func (f Figures) sides(c Change, before map[data.AuthorID]data.TribeID, out *Cause) (moved, others map[data.AuthorID]bool) {
	moved, others = make(map[data.AuthorID]bool), make(map[data.AuthorID]bool)
	put := func(side data.TribeID, from func(data.TribeID) bool, set map[data.AuthorID]bool) {
		for a, home := range f.Home {
			if home != None && f.Tribes[home].ID == side && from(before[a]) {
				set[a] = true
			}
		}
	}
	is := func(t data.Tribe) func(data.TribeID) bool {
		return func(id data.TribeID) bool { return id == t.ID }
	}
	switch {
	case c.Event == data.Split && len(c.From) > 0 && len(c.To) > 1:
		out.Side = c.To[slices.IndexFunc(c.To, func(t data.Tribe) bool { return t.ID != c.From[0].ID })]
		put(out.Side.ID, is(c.From[0]), moved)
		for _, t := range c.To {
			if t.ID != out.Side.ID {
				put(t.ID, is(c.From[0]), others)
			}
		}
	case c.Event == Move && len(c.From) > 0 && len(c.To) > 0:
		out.Side = c.To[0]
		put(out.Side.ID, is(c.From[0]), moved)
		put(out.Side.ID, is(out.Side), others)
	case c.Event == data.Merge && len(c.From) > 0 && len(c.To) > 0:
		at := max(0, slices.IndexFunc(c.From, func(t data.Tribe) bool { return t.ID != c.To[0].ID }))
		out.Side = c.From[at]
		put(c.To[0].ID, is(out.Side), moved)
		put(c.To[0].ID, func(id data.TribeID) bool { return id != out.Side.ID }, others)
	case c.Event == data.Born && len(c.To) > 0:
		out.Side = c.To[0]
		put(out.Side.ID, func(data.TribeID) bool { return true }, moved)
	}
	return moved, others
}

// talk counts the pairs that turned to each other.
func (c *Cause) talk(story data.Story, since data.Window, moved, others map[data.AuthorID]bool) {
	seen := make(map[pairKey]bool)
	for _, in := range story.Interactions {
		a, b := in.From, in.To
		if !since.Contains(in.At) || in.Kind == data.Boost || seen[pairOf(a, b)] {
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

// meet finds the conversation in which most of those who moved wrote.
func (c *Cause) meet(story data.Story, since data.Window, moved map[data.AuthorID]bool) {
	wrote := make(map[data.ThreadID]map[data.AuthorID]bool)
	for i := range story.Activity {
		p := &story.Activity[i]
		if moved[p.Author] && since.Contains(p.CreatedAt) && !p.Thread.IsZero() {
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
		if p.Thread == c.Thread && moved[p.Author] && since.Contains(p.CreatedAt) {
			c.Posts = append(c.Posts, p.ID)
		}
	}
}
