package figures

import (
	"cmp"
	"slices"

	"tribu/data"
)

// A Voice is a member and how many people they helped.
type Voice struct {
	Author data.AuthorID
	Helped int
	Edge   bool // hardly a member
}

func (f *Figures) countHelp() {
	for i := range f.Tribes {
		for _, m := range f.Tribes[i].Members {
			p := f.People[m.Author]
			if p.HelpedBy > 0 {
				f.Tribes[i].Helped++
				if p.Helped > 0 {
					f.Tribes[i].HelpedSince++
				}
			}
		}
	}
}

// Carriers returns the fewest members who together helped half of all that members helped.
func (t Tribe) Carriers() []Voice {
	all, n := 0, 0
	for _, v := range t.Helpers {
		all += v.Helped
	}
	for i, v := range t.Helpers {
		if n += v.Helped; 2*n >= all {
			return t.Helpers[:i+1]
		}
	}
	return nil
}

func helpers(members []data.Member, people map[data.AuthorID]Person, typed map[data.AuthorID]bool) []Voice {
	var out []Voice
	for _, m := range members {
		if n := people[m.Author].Helped; n > 0 && m.Rank == 0 && !typed[m.Author] {
			out = append(out, Voice{m.Author, n, m.Role == data.RoleEdge})
		}
	}
	slices.SortFunc(out, func(a, b Voice) int {
		return cmp.Or(b.Helped-a.Helped, compareID(a.Author, b.Author))
	})
	return out
}
