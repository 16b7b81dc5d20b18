package tribes

import (
	"cmp"
	"slices"

	"tribu/data"
)

// settle makes what is told of the tribes fit who is in them now.
func (o *overlay) settle(needs []data.NeedRow) {
	members := make(map[data.TribeID][]data.Member)
	for _, m := range o.r.Members {
		if m.Tribe != "" {
			members[m.Tribe] = append(members[m.Tribe], m)
		}
	}
	voiced := make(map[data.AuthorID][]data.NeedRow)
	for _, n := range needs {
		voiced[n.Author] = append(voiced[n.Author], n)
	}
	o.r.Tribes = slices.DeleteFunc(o.r.Tribes, func(t data.Tribe) bool { return len(members[t.ID]) == 0 })
	for i := range o.r.Tribes {
		t := &o.r.Tribes[i]
		if !o.changed[t.ID] {
			continue
		}
		in := make(map[data.AuthorID]bool)
		t.People, t.Posts = len(members[t.ID]), 0
		for _, m := range members[t.ID] {
			in[m.Author] = true
			t.Posts += m.Posts
		}
		t.Met = min(t.Met, t.People)
		t.Central = slices.DeleteFunc(slices.Clone(t.Central), func(a data.AuthorID) bool { return !in[a] })
		if needs != nil {
			t.Needs = sharedNeeds(members[t.ID], voiced)
			t.Exemplars = evidence(t.Needs)
		}
	}
	slices.SortStableFunc(o.r.Tribes, func(a, b data.Tribe) int { return cmp.Compare(b.People, a.People) })
	o.retell()
}

// sharedNeeds returns what most of the members lack, each with the post that says it best.
func sharedNeeds(members []data.Member, voiced map[data.AuthorID][]data.NeedRow) []data.TribeNeed {
	type count struct {
		data.TribeNeed
		types map[data.NeedType]int
		best  float64
		last  data.AuthorID
	}
	counts := make(map[string]*count)
	for _, m := range members {
		for _, n := range voiced[m.Author] {
			key, called := n.Subject()
			if key == "" || !n.Lacks() {
				continue
			}
			c := counts[key]
			if c == nil {
				c = &count{TribeNeed: data.TribeNeed{Topic: called, Problem: n.Problem}, types: make(map[data.NeedType]int), best: -1}
				counts[key] = c
			}
			if c.last != m.Author {
				c.People, c.last = c.People+1, m.Author
			}
			c.types[n.Type]++
			if n.Confidence > c.best {
				c.best, c.Evidence = n.Confidence, n.ID
			}
		}
	}
	var out []data.TribeNeed
	for _, c := range counts {
		c.Type = mostFrequent(c.types)
		out = append(out, c.TribeNeed)
	}
	slices.SortFunc(out, func(a, b data.TribeNeed) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Problem, b.Problem))
	})
	return out[:min(mostNeeds, len(out))]
}

func evidence(needs []data.TribeNeed) []data.PostID {
	var out []data.PostID
	for _, n := range needs {
		if len(out) < mostExemplars && !slices.Contains(out, n.Evidence) {
			out = append(out, n.Evidence)
		}
	}
	return out
}

// retell tells the lineage of what the tribes are now: steps of merged tribes are one step.
func (o *overlay) retell() {
	var out []data.Lineage
	at := make(map[[2]data.TribeID]int)
	stays, people := make(map[data.TribeID]bool), make(map[data.TribeID]int)
	for _, m := range o.r.Members {
		people[m.Tribe]++
	}
	for _, l := range o.r.Lineage {
		if l.From != "" {
			l.From = o.now(l.From)
		}
		if l.To != "" {
			l.To = o.now(l.To)
			if o.changed[l.To] {
				l.After = people[l.To]
			}
		}
		if l.From != "" && l.To != "" {
			stays[l.From] = true
		}
		key := [2]data.TribeID{l.From, l.To}
		i, seen := at[key]
		if !seen {
			at[key] = len(out)
			out = append(out, l)
			continue
		}
		out[i].Shared, out[i].Before = min(out[i].Shared+l.Shared, out[i].After), out[i].Before+l.Before
		out[i].Jaccard = rounded(float64(out[i].Shared) / float64(max(1, out[i].Before+out[i].After-out[i].Shared)))
		if l.From == l.To {
			out[i].Event = eventOf(out[i], true)
		}
	}
	o.r.Lineage = slices.DeleteFunc(out, func(l data.Lineage) bool {
		return l.To == "" && (stays[l.From] || o.tribe(l.From) != nil) || l.From == "" && stays[l.To]
	})
}
