package figures

import (
	"slices"

	"tribu/data"
)

// A Share is how many people of one tribe stand behind a number.
type Share struct {
	Tribe  int // index in Figures.Tribes, or None
	People int
}

// seat returns the index of an author's tribe, one past the last for people in none.
func (f Figures) seat(a data.AuthorID) int {
	if home, ok := f.Home[a]; ok && home != None {
		return home
	}
	return len(f.Tribes)
}

func shares(authors map[data.AuthorID]bool, f Figures) []Share {
	count := make([]int, len(f.Tribes)+1)
	for a := range authors {
		count[f.seat(a)]++
	}
	return sharesOf(count)
}

// sharesOf takes how many people sit in each tribe, those in none last.
func sharesOf(count []int) []Share {
	tribes := len(count) - 1
	var out []Share
	for i, n := range count[:tribes] {
		if n > 0 {
			out = append(out, Share{i, n})
		}
	}
	slices.SortStableFunc(out, func(a, b Share) int { return b.People - a.People })
	if n := count[tribes]; n > 0 {
		out = append(out, Share{None, n})
	}
	return out
}

// Together returns whether two people share a tribe, whichever place it holds for them.
func Together(members []data.Member) func(a, b data.AuthorID) bool {
	in := make(map[data.AuthorID][]data.TribeID)
	for _, m := range members {
		in[m.Author] = append(in[m.Author], m.Tribe)
	}
	return func(a, b data.AuthorID) bool {
		return slices.ContainsFunc(in[a], func(t data.TribeID) bool { return slices.Contains(in[b], t) })
	}
}
