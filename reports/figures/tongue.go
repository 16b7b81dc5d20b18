package figures

import (
	"cmp"
	"slices"

	"tribu/data"
)

// A Tongue is how many people write one language most.
type Tongue struct {
	Lang   data.Lang
	People int
}

// fillTongues counts the people of all tribes, and of each, by the language they write most, most
// people first.
func (f *Figures) fillTongues() {
	all, each := make(map[data.Lang]int), make([]map[data.Lang]int, len(f.Tribes))
	for a, home := range f.Home {
		langs := f.People[a].Langs
		if home == None || len(langs) == 0 {
			continue
		}
		if each[home] == nil {
			each[home] = make(map[data.Lang]int)
		}
		all[langs[0]]++
		each[home][langs[0]]++
	}
	f.Tongues = tongues(all)
	for i := range f.Tribes {
		f.Tribes[i].Tongues = tongues(each[i])
	}
}

func tongues(count map[data.Lang]int) []Tongue {
	out := make([]Tongue, 0, len(count))
	for l, n := range count {
		out = append(out, Tongue{l, n})
	}
	slices.SortFunc(out, func(a, b Tongue) int { return cmp.Or(b.People-a.People, cmp.Compare(a.Lang, b.Lang)) })
	return out
}

// Speaking counts the people of all tongues.
func Speaking(tongues []Tongue) int {
	n := 0
	for _, t := range tongues {
		n += t.People
	}
	return n
}
