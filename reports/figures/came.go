package figures

import (
	"slices"

	"tribu/data"
)

// A Part is people of a tribe who left it.
type Part struct {
	From   data.Tribe
	People int
}

// leastJoined is how many people of another tribe must come into the parts of a split to tell it.
const leastJoined = 3

// A turnover is who was in each tribe in the run before, and who is; and the first tribe of each before.
type turnover struct {
	were, are map[data.TribeID][]data.AuthorID
	home      map[data.AuthorID]data.TribeID
}

func turnoverOf(story data.Story) turnover {
	parent := parentOf(story)
	return turnover{membersOf(parent.Members), membersOf(story.Members), homes(parent)}
}

// Fresh returns the tribes of To that carry on none of From.
func (c Change) Fresh() []data.Tribe {
	return slices.DeleteFunc(slices.Clone(c.To), func(t data.Tribe) bool { return slices.ContainsFunc(c.From, sameAs(t)) })
}

// join tells who came into the parts of a split who were in none of what it split: into the fresh parts from each other
// tribe, each counted for the one they belonged to most, where they are enough; and the others.
func (c *Change) join(who turnover, before map[data.TribeID]data.Tribe) {
	split, fresh, came := union(c.From, who.were), c.Fresh(), make(map[data.TribeID]int)
	for a := range union(fresh, who.are) {
		if from := who.home[a]; from != "" && !split[a] {
			came[from]++
		}
	}
	told := make(map[data.TribeID]bool)
	ids, people := ranked(came)
	for i, id := range ids {
		if people[i] >= leastJoined {
			c.Joined, told[id] = append(c.Joined, Part{before[id], people[i]}), true
		}
	}
	c.Others = make([]int, len(c.To))
	for i, t := range c.To {
		old := !slices.ContainsFunc(fresh, sameAs(t))
		for _, a := range who.are[t.ID] {
			if !split[a] && (old || !told[who.home[a]]) {
				c.Others[i]++
			}
		}
	}
}

// move counts, where a part of one tribe went over to another, who came, who stayed and who is left, each person once.
func (c *Change) move(who turnover) {
	from, to := c.From[0].ID, c.To[0].ID
	was, had := union(c.From[:1], who.were), union(c.To[:1], who.were)
	c.Came, c.Others, c.Stayed, c.Back = []int{0}, []int{0}, 0, 0
	for _, a := range who.are[to] {
		switch {
		case had[a]:
			c.Stayed++
		case was[a]:
			c.Came[0]++
		default:
			c.Others[0]++
		}
	}
	for _, a := range who.are[from] {
		if was[a] {
			c.Back++
		}
	}
	c.Held, c.Left = len(had), len(who.are[from])
}
