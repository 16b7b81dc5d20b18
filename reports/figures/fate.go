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
	There  []int          // of these, who were in it before as well
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
	now, were := homes(after), membersOf(before.Members)
	var out Fate
	went, there := make(map[data.TribeID]int), make(map[data.TribeID]int)
	for _, m := range before.Members {
		if m.Tribe != id {
			continue
		}
		out.People++
		switch to := now[m.Author]; {
		case to != "":
			went[to]++
			if slices.Contains(were[to], m.Author) {
				there[to]++
			}
		case wrote[m.Author]:
			out.None++
		default:
			out.Silent++
		}
	}
	out.To, out.Went = ranked(went)
	for _, to := range out.To {
		out.There = append(out.There, there[to])
	}
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
