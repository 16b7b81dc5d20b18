package figures

import (
	"cmp"
	"slices"

	"tribu/data"
)

// A Link joins two tribes whose people turn to each other.
type Link struct {
	A, B  int           // indices in Figures.Tribes, A < B
	Pairs []PersonPair  // distinct pairs of people, those who turned to each other most often first
	Posts []data.PostID // by which they did, newest first
}

// A PersonPair is one person of A and one of B, and how often they turned to each other.
type PersonPair struct {
	A, B  data.AuthorID
	Times int
}

type pairKey struct{ a, b data.AuthorID }

// links returns who talks across tribes, which people in no group turned to somebody in one or the other way about, and
// how many pairs talk within one.
func links(interactions []data.Interaction, f Figures) (across []Link, free []PersonPair, inside int) {
	within, apart := make(map[pairKey]bool), make(map[pairKey]int)
	times, posts := make(map[pairKey]int), make(map[[2]int][]data.PostID)
	for _, in := range slices.Backward(interactions) {
		a, okA := f.Home[in.From]
		b, okB := f.Home[in.To]
		switch {
		case !okA || !okB || in.Kind == data.Boost || in.From == in.To || a == None && b == None:
			continue
		case a == None:
			apart[pairKey{in.From, in.To}]++
			continue
		case b == None:
			apart[pairKey{in.To, in.From}]++
			continue
		case a == b:
			within[pairOf(in.From, in.To)] = true
			continue
		}
		key := pairKey{in.From, in.To}
		if a > b {
			key = pairKey{in.To, in.From}
		}
		times[key]++
		tribes := [2]int{f.Home[key.a], f.Home[key.b]}
		if all := posts[tribes]; len(all) == 0 || all[len(all)-1] != in.Post {
			posts[tribes] = append(all, in.Post)
		}
	}
	grouped := make(map[[2]int][]PersonPair)
	for k, n := range times {
		tribes := [2]int{f.Home[k.a], f.Home[k.b]}
		grouped[tribes] = append(grouped[tribes], PersonPair{k.a, k.b, n})
	}
	out := make([]Link, 0, len(grouped))
	for tribes, pairs := range grouped {
		sortPairs(pairs)
		out = append(out, Link{tribes[0], tribes[1], pairs, posts[tribes]})
	}
	slices.SortFunc(out, func(x, y Link) int {
		return cmp.Or(len(y.Pairs)-len(x.Pairs), x.A-y.A, x.B-y.B)
	})
	for k, n := range apart {
		free = append(free, PersonPair{k.a, k.b, n})
	}
	sortPairs(free)
	return out, free, len(within)
}

func sortPairs(pairs []PersonPair) {
	slices.SortFunc(pairs, func(x, y PersonPair) int {
		return cmp.Or(y.Times-x.Times, compareID(x.A, y.A), compareID(x.B, y.B))
	})
}

// pairOf returns two people in one order.
func pairOf(a, b data.AuthorID) pairKey {
	if compareID(b, a) < 0 {
		a, b = b, a
	}
	return pairKey{a, b}
}
