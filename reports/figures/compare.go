package figures

import (
	"cmp"
	"slices"

	"tribu/data"
)

// An Other is another run that a story is held against: what it found and what its people needed.
type Other struct {
	data.RunRecord
	Needs []Need // without their quotes and posts
}

// OtherOf keeps of another run's story what Against needs, so that the story itself can go.
func OtherOf(story data.Story, params Params) Other {
	f := Count(story, params)
	o := Other{RunRecord: story.RunRecord, Needs: f.Needs}
	for i := range o.Needs {
		o.Needs[i].Quotes, o.Needs[i].Posts = nil, nil
	}
	return o
}

// A Comparison is what differs between a story and another run, which need not be its parent.
type Comparison struct {
	Common    int // people of both runs
	Stayed    int // of Common, in tribes that match or in none both times
	Joined    int // of Common, in no tribe there and in one here
	Left      int // of Common, in a tribe there and in none here
	Moved     int // of Common, in tribes that do not match
	Here      int // people of this run alone
	There     int // people of the other run alone
	Matches   []TribeMatch
	New, Gone []data.Tribe // without a match; New of this run, Gone of the other
	Flows     []Flow       // between tribes that do not match, most people first
	Needs     []NeedMatch  // voiced by more or fewer people than chance explains, largest change first
}

// A TribeMatch is two tribes of different runs that are largely the same people.
type TribeMatch struct {
	Here, There data.Tribe
	Shared      int     // people in both
	Jaccard     float64 // Shared to all of either that wrote in both runs
}

// A Flow is people who went from one tribe to another.
type Flow struct {
	From, To data.Tribe
	People   int
}

// A NeedMatch is one need as each run heard it.
type NeedMatch struct {
	Need   Need // of this run where it has it, else of the other
	Index  int  // in Figures.Needs; -1 where only the other run has it
	Here   int  // people
	There  int
	Change int // +1 a larger share of all people, -1 a smaller one
}

const leastJaccard = 0.3 // two tribes with less in common are not the same

// Against holds story against another run. Tribes match one to one, by the people of both runs that
// they share; a need is up or down where its share of all people differs by more than chance
// (two-proportion test, 5 %) and by three people at least.
func (f Figures) Against(story data.Story, other Other) Comparison {
	here, there := homes(story.RunRecord), homes(other.RunRecord)
	c := Comparison{Here: len(here), There: len(there)}
	shared, sizeHere, sizeThere := make(map[[2]data.TribeID]int), make(map[data.TribeID]int), make(map[data.TribeID]int)
	for a, to := range here {
		from, ok := there[a]
		if !ok {
			continue
		}
		c.Common++
		shared[[2]data.TribeID{from, to}]++
		sizeHere[to]++
		sizeThere[from]++
	}
	c.Here, c.There = c.Here-c.Common, c.There-c.Common
	c.match(story.Tribes, other.Tribes, shared, sizeHere, sizeThere)
	c.flow(story.Tribes, other.Tribes, shared)
	c.Needs = f.needsAgainst(story, other)
	return c
}

// homes returns the tribe each author belongs to most; empty for none.
func homes(r data.RunRecord) map[data.AuthorID]data.TribeID {
	known := tribesByID(r)
	out := make(map[data.AuthorID]data.TribeID, len(r.Members))
	for _, m := range r.Members {
		if m.Rank != 0 {
			continue
		}
		out[m.Author] = ""
		if _, ok := known[m.Tribe]; ok {
			out[m.Author] = m.Tribe
		}
	}
	return out
}

func (c *Comparison) match(here, there []data.Tribe, shared map[[2]data.TribeID]int, sizeHere, sizeThere map[data.TribeID]int) {
	var all []TribeMatch
	for _, u := range there {
		for _, t := range here {
			n := shared[[2]data.TribeID{u.ID, t.ID}]
			j := float64(n) / float64(max(sizeHere[t.ID]+sizeThere[u.ID]-n, 1))
			if j >= leastJaccard {
				all = append(all, TribeMatch{t, u, n, j})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b TribeMatch) int {
		return cmp.Or(b.Shared-a.Shared, cmp.Compare(b.Jaccard, a.Jaccard), cmp.Compare(a.Here.ID, b.Here.ID))
	})
	for _, m := range all {
		if !slices.ContainsFunc(c.Matches, func(o TribeMatch) bool { return o.Here.ID == m.Here.ID || o.There.ID == m.There.ID }) {
			c.Matches = append(c.Matches, m)
		}
	}
	slices.SortStableFunc(c.Matches, func(a, b TribeMatch) int { return b.Here.People - a.Here.People })
	for _, t := range here {
		if !slices.ContainsFunc(c.Matches, func(m TribeMatch) bool { return m.Here.ID == t.ID }) {
			c.New = append(c.New, t)
		}
	}
	for _, t := range there {
		if !slices.ContainsFunc(c.Matches, func(m TribeMatch) bool { return m.There.ID == t.ID }) {
			c.Gone = append(c.Gone, t)
		}
	}
}

func (c *Comparison) flow(here, there []data.Tribe, shared map[[2]data.TribeID]int) {
	none := data.Tribe{}
	for _, u := range append(slices.Clone(there), none) {
		for _, t := range append(slices.Clone(here), none) {
			n := shared[[2]data.TribeID{u.ID, t.ID}]
			matched := slices.ContainsFunc(c.Matches, func(m TribeMatch) bool { return m.Here.ID == t.ID && m.There.ID == u.ID })
			switch {
			case n == 0:
			case matched, u.ID == "" && t.ID == "":
				c.Stayed += n
			case u.ID == "":
				c.Joined += n
			case t.ID == "":
				c.Left += n
			default:
				c.Moved += n
				c.Flows = append(c.Flows, Flow{u, t, n})
			}
		}
	}
	slices.SortStableFunc(c.Flows, func(a, b Flow) int { return b.People - a.People })
}

func (f Figures) needsAgainst(story data.Story, other Other) []NeedMatch {
	at := make(map[string]int, len(other.Needs))
	for i, n := range other.Needs {
		at[needKey(n)] = i
	}
	var out []NeedMatch
	seen := make(map[string]bool, len(f.Needs))
	add := func(m NeedMatch) {
		if m.Change = shareChange(m.Here, story.People, m.There, other.People); m.Change != 0 {
			out = append(out, m)
		}
	}
	for i, n := range f.Needs {
		m := NeedMatch{Need: n, Index: i, Here: n.People}
		if j, ok := at[needKey(n)]; ok {
			m.There = other.Needs[j].People
		}
		seen[needKey(n)] = true
		add(m)
	}
	for _, n := range other.Needs {
		if !seen[needKey(n)] {
			add(NeedMatch{Need: n, Index: -1, There: n.People})
		}
	}
	slices.SortStableFunc(out, func(a, b NeedMatch) int {
		return cmp.Or(distance(b)-distance(a), cmp.Compare(needKey(a.Need), needKey(b.Need)))
	})
	return out
}

func distance(m NeedMatch) int { return max(m.Here-m.There, m.There-m.Here) }

func needKey(n Need) string {
	if n.Problem != "" {
		return "problem " + string(n.Problem)
	}
	return "topic " + n.Topic
}

// shareChange compares a of n people with b of m: +1 a larger share, -1 a smaller one, 0 no
// difference worth telling.
func shareChange(a, n, b, m int) int {
	if n == 0 || m == 0 || max(a-b, b-a) < leastPeople {
		return 0
	}
	p, q := float64(a)/float64(n), float64(b)/float64(m)
	pooled := float64(a+b) / float64(n+m)
	variance := pooled * (1 - pooled) * (1/float64(n) + 1/float64(m))
	if d := p - q; d*d <= 1.96*1.96*variance {
		return 0
	} else if d < 0 {
		return -1
	}
	return 1
}
