package figures

import (
	"cmp"
	"slices"

	"tribu/data"
)

// Dissolve is the event of a change where no tribe carries on another, and most of its people still
// write. The lineage calls it dormant.
const Dissolve data.LineageEvent = "dissolve"

// A Fate is what became of the people of a tribe that no tribe carries on.
type Fate struct {
	People int            // who were in it
	To     []data.TribeID // the tribes they belong to first now, most people first
	Went   []int          // to each of To
	None   int            // who are in no tribe, and wrote since
	Silent int            // who wrote nothing since
}

// Event says whether they went quiet, or are elsewhere.
func (f Fate) Event() data.LineageEvent {
	if 2*f.Silent > f.People {
		return data.Dormant
	}
	return Dissolve
}

// FateOf returns what became of the people of a tribe of the run before between that run and after.
// Somebody who is in another tribe now is not silent, whenever they wrote.
func FateOf(story data.Story, before, after data.RunRecord, id data.TribeID) Fate {
	wrote := make(map[data.AuthorID]bool)
	since := data.Window{From: before.AsOf, To: after.AsOf}
	for i := range story.Activity {
		if p := &story.Activity[i]; since.Contains(p.CreatedAt) {
			wrote[p.Author] = true
		}
	}
	now := homes(after)
	var out Fate
	went := make(map[data.TribeID]int)
	for _, m := range before.Members {
		if m.Tribe != id {
			continue
		}
		out.People++
		switch to := now[m.Author]; {
		case to != "":
			went[to]++
		case wrote[m.Author]:
			out.None++
		default:
			out.Silent++
		}
	}
	out.To, out.Went = ranked(went)
	return out
}

// ranked returns the tribes of count, most people first, with their counts.
func ranked(count map[data.TribeID]int) (tribes []data.TribeID, people []int) {
	for id := range count {
		tribes = append(tribes, id)
	}
	slices.SortFunc(tribes, func(a, b data.TribeID) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) })
	for _, id := range tribes {
		people = append(people, count[id])
	}
	return tribes, people
}

// Fresh returns the tribes of To that carry on none of From.
func (c Change) Fresh() []data.Tribe {
	return slices.DeleteFunc(slices.Clone(c.To), func(t data.Tribe) bool { return slices.ContainsFunc(c.From, sameAs(t)) })
}

// join tells who came into the fresh parts of a split from each other tribe.
func (c *Change) join(story data.Story, before map[data.TribeID]data.Tribe) {
	were, are := membersOf(parentOf(story).Members), union(c.Fresh(), membersOf(story.Members))
	came := make(map[data.TribeID]int)
	for from := range before {
		if slices.ContainsFunc(append(c.From[:len(c.From):len(c.From)], c.To...), sameAs(before[from])) {
			continue
		}
		for _, a := range were[from] {
			if are[a] {
				came[from]++
			}
		}
	}
	ids, people := ranked(came)
	for i, id := range ids {
		if people[i] >= leastJoined {
			c.Joined = append(c.Joined, Part{before[id], people[i]})
		}
	}
}

// end tells what became of the people of a tribe that no tribe carries on: one that went quiet, or whose
// people are the lesser part of another, new tribe.
func (c *Change) end(story data.Story) {
	lesser := c.Event == data.Merge && len(c.From) == 1
	if !lesser && c.Event != data.Dormant && c.Event != data.Died || len(c.From) == 0 {
		return
	}
	c.Fate = FateOf(story, parentOf(story), story.RunRecord, c.From[0].ID)
	if lesser || c.Fate.Event() == Dissolve && c.Fate.People > 0 {
		c.Event, c.To = Dissolve, nil
	}
}
