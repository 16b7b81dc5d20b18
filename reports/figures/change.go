package figures

import (
	"cmp"
	"math"
	"slices"

	"tribu/data"
)

// Move is the event of a change where a part of one tribe is now in another, and both go on. The
// lineage calls it a split.
const Move data.LineageEvent = "move"

// A Change is what became of tribes since the run before: one parent with its children at a split,
// one child with its parents at a merger, one tribe otherwise.
type Change struct {
	Event  data.LineageEvent
	From   []data.Tribe
	To     []data.Tribe
	Came   []int  // at a split or a move, people of From who are in each of To; at a move, who were not before
	Others []int  // at a split or a move, people of each of To whom neither Came nor Joined nor Stayed counts
	Weight int    // people it concerns
	Before int    // people of From, each once
	Kept   int    // of these, people who are in To
	New    int    // people of To who were not in From
	Joined []Part // at a split, those of other tribes who are in its fresh parts now, where they are enough
	Stayed int    // at a move, people who were in To and are
	Held   int    // at a move, people of To in the run before
	Left   int    // at a move, people of From now
	Back   int    // at a move, of these, who were in it
	Fate   Fate   // of a tribe that no tribe carries on
}

// changes returns what the lineage tells but sizes, which grown adds with the counts of people. Tribes
// of From have the names of the run before, those of To the names of now.
func changes(story data.Story) []Change {
	before, after := tribesByID(parentOf(story)), tribesByID(story.RunRecord)
	who := turnoverOf(story)
	type key struct {
		event data.LineageEvent
		tribe data.TribeID
	}
	groups := make(map[key]*Change)
	stayed := make(map[data.TribeID]int)
	var order []key
	for _, l := range story.Lineage {
		if l.From == l.To {
			stayed[l.To] = l.Shared
			continue // sizes are judged against the tribe's own wobble
		}
		k := key{l.Event, cmp.Or(l.To, l.From)}
		if l.Event == data.Split {
			k.tribe = l.From
			if _, there := before[l.To]; there {
				k = key{Move, l.From + l.To}
			}
		}
		g := groups[k]
		if g == nil {
			g = &Change{Event: k.event}
			groups[k] = g
			order = append(order, k)
		}
		g.add(l, before, after)
	}
	out := make([]Change, 0, len(order))
	for _, k := range order {
		g := groups[k]
		if t, ok := after[k.tribe]; ok && k.event == data.Split {
			g.To, g.Came = append([]data.Tribe{t}, g.To...), append([]int{stayed[t.ID]}, g.Came...)
		}
		switch {
		case k.event == data.Split:
			g.join(who, before)
		case k.event == Move && len(g.From) > 0 && len(g.To) > 0:
			g.move(who)
		}
		if t, ok := before[k.tribe]; ok && k.event == data.Merge {
			g.From = append([]data.Tribe{t}, g.From...)
		}
		g.end(story)
		out = append(out, *g)
	}
	return out
}

// membersOf returns who is in each tribe.
func membersOf(members []data.Member) map[data.TribeID][]data.AuthorID {
	out := make(map[data.TribeID][]data.AuthorID)
	for _, m := range members {
		out[m.Tribe] = append(out[m.Tribe], m.Author)
	}
	return out
}

// count counts who was there, who stayed and who is new, each person once.
func (c *Change) count(before, after map[data.TribeID][]data.AuthorID) {
	were, are := union(c.From, before), union(c.To, after)
	c.Before = len(were)
	for a := range were {
		if are[a] {
			c.Kept++
		}
	}
	c.New = len(are) - c.Kept
}

func union(tribes []data.Tribe, members map[data.TribeID][]data.AuthorID) map[data.AuthorID]bool {
	out := make(map[data.AuthorID]bool)
	for _, t := range tribes {
		for _, a := range members[t.ID] {
			out[a] = true
		}
	}
	return out
}

// explain marks the tribes whose size comes from a split, a move or a merger: they did not grow or shrink.
func (f *Figures) explain(changes []Change) []Change {
	for _, c := range changes {
		touched := c.To
		switch c.Event {
		case Move:
			touched = append(slices.Clone(c.To), c.From...)
		case data.Split, data.Merge:
		default:
			continue
		}
		for i, to := range c.To {
			if c.Event != data.Merge && len(c.From) > 0 && to.ID != c.From[0].ID {
				f.moved(to.ID, c.From[0].ID, c.Came[i])
				f.moved(c.From[0].ID, to.ID, -c.Came[i])
			}
		}
		for i := range f.Tribes {
			if slices.ContainsFunc(touched, sameAs(f.Tribes[i].Tribe)) {
				f.Tribes[i].Size.After, f.Tribes[i].Size.Real = c.Event, false
			}
		}
	}
	return changes
}

// moved notes that people came from a tribe, or went there; of several moves the largest.
func (f *Figures) moved(tribe, with data.TribeID, people int) {
	i := slices.IndexFunc(f.Tribes, func(t Tribe) bool { return t.ID == tribe })
	if i < 0 {
		return
	}
	if s := &f.Tribes[i].Size; max(people, -people) > max(s.Moved, -s.Moved) {
		s.Moved, s.With = people, with
	}
}

// grown adds the tribes whose size changed more than usual, leaves out what concerns no tribe, and
// counts the people.
func grown(changes []Change, tribes []Tribe, story data.Story) []Change {
	out := slices.Clone(changes)
	for _, t := range tribes {
		if !t.Size.Real {
			continue
		}
		event := data.Grow
		if t.Size.Change < 0 {
			event = data.Shrink
		}
		was := t.Tribe
		if was.People = t.Size.Before; t.Size.Then.Name != "" {
			was.Name, was.Told = t.Size.Then.Name, t.Size.Then.Told
		}
		out = append(out, Change{Event: event, From: []data.Tribe{was}, To: []data.Tribe{t.Tribe}, Weight: max(t.People-t.Size.Before, t.Size.Before-t.People)})
	}
	out = slices.DeleteFunc(out, func(c Change) bool {
		return !slices.ContainsFunc(append(c.From[:len(c.From):len(c.From)], c.To...), data.Tribe.IsTribe)
	})
	before, after := membersOf(parentOf(story).Members), membersOf(story.Members)
	for i := range out {
		out[i].count(before, after)
	}
	slices.SortStableFunc(out, func(a, b Change) int {
		return cmp.Or(importance(b.Event)-importance(a.Event), b.Weight-a.Weight)
	})
	return out
}

func (c *Change) add(l data.Lineage, before, after map[data.TribeID]data.Tribe) {
	if t, ok := before[l.From]; ok && !slices.ContainsFunc(c.From, sameAs(t)) {
		c.From = append(c.From, t)
	}
	if t, ok := after[l.To]; ok && !slices.ContainsFunc(c.To, sameAs(t)) {
		c.To, c.Came = append(c.To, t), append(c.Came, l.Shared)
	}
	c.Weight = max(c.Weight, l.Before, l.After)
}

func sameAs(t data.Tribe) func(data.Tribe) bool {
	return func(u data.Tribe) bool { return t.ID == u.ID }
}

// importance orders events; how many people a tribe grew or shrank by counts more than which it did.
func importance(e data.LineageEvent) int {
	if e == data.Shrink {
		e = data.Grow
	}
	return slices.Index([]data.LineageEvent{data.Continue, data.Grow, Move, data.Dormant, data.Died, data.Born, Dissolve, data.Merge, data.Split}, e)
}

// parentOf returns the run the story's lineage starts from; the zero record where it is unknown.
func parentOf(story data.Story) data.RunRecord {
	for _, r := range story.History {
		if r.ID == story.Parent {
			return r
		}
	}
	return data.RunRecord{}
}

// first reports whether there is no earlier run with tribes to compare with.
func first(story data.Story) bool {
	return story.Parent == "" || parentOf(story).TooFew
}

func tribesByID(r data.RunRecord) map[data.TribeID]data.Tribe {
	out := make(map[data.TribeID]data.Tribe, len(r.Tribes))
	for _, t := range r.Tribes {
		out[t.ID] = t
	}
	return out
}

const (
	leastWobble  = 0.05 // no tribe is steadier than that
	unknownUsual = 0.20 // where too few weeks are known
	youngWeeks   = 2    // in which a tribe takes shape: they do not count as its usual
	leastPeople  = 3    // a difference of fewer people is none
	leastMoved   = 5    // a tribe that fewer people more or less make is as it was
)

// sizeOf compares a tribe with itself in the runs before.
func sizeOf(t data.Tribe, story data.Story) Size {
	var sizes []int
	for _, r := range story.History {
		if old, ok := tribesByID(r)[t.ID]; ok && old.People > 0 {
			sizes = append(sizes, old.People)
		}
	}
	if len(sizes) == 0 {
		return Size{}
	}
	last := sizes[len(sizes)-1]
	s := Size{Before: last, Known: true, Change: float64(t.People-last) / float64(last), Then: tribesByID(parentOf(story))[t.ID]}
	usual := unknownUsual
	if grown := sizes[min(youngWeeks, len(sizes)):]; len(grown) > 3 {
		sum := 0.0
		for i := youngWeeks + 1; i < len(sizes); i++ {
			d := float64(sizes[i]-sizes[i-1]) / float64(sizes[i-1])
			sum += d * d
		}
		s.Usual = math.Sqrt(sum / float64(len(grown)-1))
		usual = max(s.Usual, leastWobble)
	}
	people := t.People - last
	beyond := func(change float64) bool { return math.Round(100*math.Abs(change)) > math.Round(100*usual) }
	lately := slices.Sorted(slices.Values(sizes[max(0, len(sizes)-4):]))
	unseen := t.People < lately[0] || t.People > lately[len(lately)-1] // what it was a few weeks ago is no news
	s.Real = unseen && beyond(s.Change) && beyond(float64(t.People)/middle(lately)-1) && max(people, -people) >= leastMoved
	return s
}

// middle returns the median of sorted sizes.
func middle(sizes []int) float64 {
	n := len(sizes)
	return float64(sizes[(n-1)/2]+sizes[n/2]) / 2
}
