package problem

import (
	"cmp"
	"slices"

	"tribu/data"
)

// Joining groups of different blocks.
const (
	closeCentres = 0.55 // cosine from which two centres of one language are close
	closeShared  = 0.45 // the same on shared ids alone, of two languages
	headsMeet    = 0.10 // NPMI from which two heads are said together
	strongest    = 6    // features of a centre by which others find it
	crowded      = 400  // centres beyond which a feature finds nobody
)

// A centre is a group seen as one: the mean of its members' words, heads included, per language.
type centre struct {
	voices    []int
	giving    bool
	fails     bool   // most say that something goes wrong, not what they look for
	wishes    bool   // most say what they wish for
	timed     bool   // most say by when
	facet     string // side of the outcome that most speak of
	head      uint32
	langs     []data.Lang
	full      sparse // what they say, heads included; a unit
	own       sparse // the same without heads and facets
	shared    sparse // the shared features of full; a unit
	ownShared sparse // the shared features of own and the facets; a unit
}

func (g *grouping) centre(voices []int) *centre {
	c := &centre{voices: voices, giving: !g.need(voices[0]).Type.Wanting()}
	heads, facets, failing, wishing, timed := map[uint32]int{}, map[string]int{}, 0, 0, 0
	all, own, ownAndFacet := make([]sparse, len(voices)), make([]sparse, len(voices)), make([]sparse, len(voices))
	for i, v := range voices {
		if g.fails(v) {
			failing++
		}
		if g.need(v).Type != data.HowTo {
			wishing++
		}
		if g.need(v).timed {
			timed++
		}
		facets[g.need(v).Facet]++
		all[i], own[i] = g.wholeVector(&g.voices[v]), g.ownVector(&g.voices[v], 0)
		ownAndFacet[i] = own[i]
		if f := g.need(v).Facet; f != "" {
			n := g.number["+"+f]
			ownAndFacet[i] = total([]sparse{own[i], {{n, g.idf[n] / 4}}})
		}
		heads[g.voices[v].head]++
		if lang := g.need(v).Lang; !slices.Contains(c.langs, lang) {
			c.langs = append(c.langs, lang)
		}
	}
	c.head, c.fails, c.wishes, c.timed = mostFrequent(heads), 2*failing > len(voices), 2*wishing > len(voices), 2*timed > len(voices)
	if facet := mostFrequent(facets); 2*facets[facet] > len(voices) {
		c.facet = facet
	}
	c.full, c.own = total(all), total(own)
	c.shared, c.ownShared = g.sharedOf(c.full), g.sharedOf(total(ownAndFacet))
	c.full.to(1)
	c.own.to(1)
	return c
}

// sharedOf returns the shared features of s as a unit.
func (g *grouping) sharedOf(s sparse) (out sparse) {
	for _, x := range s {
		if isShared(g.names[x.column]) {
			out = append(out, x)
		}
	}
	out.to(1)
	return out
}

// ownVector returns what tells v from others of its block, the words of its conversation's title
// with a share of their weight, as a unit.
func (g *grouping) ownVector(v *voice, title float32) sparse {
	out := make(sparse, 0, len(v.own)+len(v.title))
	for _, w := range v.own {
		out = append(out, cell{w, g.idf[w]})
	}
	for _, w := range v.title {
		if title > 0 || len(v.own) == 0 {
			out = append(out, cell{w, g.idf[w] * max(title, titleWeight)})
		}
	}
	out.sort()
	out.to(1)
	return out
}

// wholeVector returns the words of v, its head included, as a unit.
func (g *grouping) wholeVector(v *voice) sparse {
	out := make(sparse, 0, len(v.words)+1)
	for _, w := range v.words {
		out = append(out, cell{w, g.idf[w]})
	}
	if _, found := slices.BinarySearch(v.words, v.head); !found {
		out = append(out, cell{v.head, g.idf[v.head]})
		out.sort()
	}
	out.to(1)
	return out
}

// join makes one group of those whose centres are close and whose heads meet, closest first.
func (g *grouping) join(groups [][]int) [][]int {
	centres := make([]*centre, len(groups))
	parallel(len(groups), func(i int) { centres[i] = g.centre(groups[i]) })
	pairs := g.candidates(centres)
	owner := make([]int, len(centres))
	for i := range owner {
		owner[i] = i
	}
	find := func(i int) int {
		for owner[i] != i {
			owner[i] = owner[owner[i]]
			i = owner[i]
		}
		return i
	}
	for _, p := range pairs {
		a, b := find(p.a), find(p.b)
		if a == b || !g.close(centres[a], centres[b]) { // what grew meanwhile must still be close
			continue
		}
		a, b = min(a, b), max(a, b)
		owner[b] = a
		centres[a] = g.centre(slices.Concat(centres[a].voices, centres[b].voices))
		centres[b] = nil
	}
	var out [][]int
	for _, c := range centres {
		if c != nil {
			slices.Sort(c.voices)
			out = append(out, c.voices)
		}
	}
	g.space.pairs = nil // nobody asks any more what is said together
	return out
}

type pair struct {
	a, b  int
	score float64
}

// candidates returns the pairs that are close, closest first, found by the strongest features of
// their centres.
func (g *grouping) candidates(centres []*centre) []pair {
	byFeature := map[uint32][]int{}
	for i, c := range centres {
		for _, f := range g.strong(c) {
			byFeature[f] = append(byFeature[f], i)
		}
	}
	found := make([][]pair, len(centres))
	parallel(len(centres), func(i int) {
		var others []int
		for _, f := range g.strong(centres[i]) {
			if with := byFeature[f]; len(with) <= crowded {
				at, _ := slices.BinarySearch(with, i+1)
				others = append(others, with[at:]...)
			}
		}
		slices.Sort(others)
		for _, j := range slices.Compact(others) {
			if len(centres[i].voices) == 1 && len(centres[j].voices) == 1 && g.need(centres[i].voices[0]).Author == g.need(centres[j].voices[0]).Author {
				continue
			}
			if s, ok := g.closeness(centres[i], centres[j]); ok {
				found[i] = append(found[i], pair{i, j, s})
			}
		}
	})
	pairs := slices.Concat(found...)
	slices.SortStableFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.score, x.score), x.a-y.a, x.b-y.b)
	})
	return pairs
}

// strong returns the features in which c is strongest, shared ones among them, and its head.
func (g *grouping) strong(c *centre) []uint32 {
	out := []uint32{c.head}
	for _, from := range []sparse{c.full, c.shared} {
		sorted := slices.Clone(from)
		slices.SortStableFunc(sorted, func(a, b cell) int { return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.column, b.column)) })
		for _, x := range sorted[:min(strongest, len(sorted))] {
			if !slices.Contains(out, x.column) {
				out = append(out, x.column)
			}
		}
	}
	return out
}

func (g *grouping) close(a, b *centre) bool {
	_, ok := g.closeness(a, b)
	return ok
}

// closeness returns how close two centres are, beyond what is asked of them.
func (g *grouping) closeness(a, b *centre) (float64, bool) {
	if a.giving != b.giving {
		return 0, false
	}
	same := a.head == b.head
	if !same && g.space.together(a.head, b.head) < headsMeet && !(a.full.has(b.head) && b.full.has(a.head)) {
		return 0, false
	}
	x, y, asked, common := a.full, b.full, closeCentres, 1
	switch together := sameLanguages(a, b); {
	case together && same:
		x, y = a.own, b.own
	case same:
		x, y, asked = a.ownShared, b.ownShared, closeShared
	case !together:
		x, y, asked, common = a.shared, b.shared, closeShared, 2
	}
	if inCommon(x, y) < common {
		return 0, false
	}
	if same && a.facet == b.facet && (g.oneOutcome(a) && g.oneOutcome(b) || a.facet == "Speed" && (a.timed || b.timed) && a.wishes && b.wishes) {
		return 1, true // from two sides
	}
	if a.fails != b.fails && same && g.onlyFacets(a.ownShared, b.ownShared) {
		return 0, false // one lacks what works, the other asks where to find it
	}
	cosine := dot(x, y)
	return cosine - asked, cosine >= asked
}

// oneOutcome reports whether those of c say of their thing that it costs or takes too much, or wish for
// less: both mean the same. What nearly all say of a thing is part of it, not said of it.
func (g *grouping) oneOutcome(c *centre) bool {
	return (c.facet == "Money" || c.facet == "Speed") && c.wishes && 2*g.sides[side{c.head, c.facet}] <= g.sides[side{head: c.head}]
}

// onlyFacets reports whether all that two vectors have in common is a side of an outcome.
func (g *grouping) onlyFacets(a, b sparse) bool {
	for _, x := range a {
		if g.names[x.column][0] != '+' && b.has(x.column) {
			return false
		}
	}
	return true
}

// inCommon counts the features two vectors have in common.
func inCommon(a, b sparse) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].column < b[j].column:
			i++
		case a[i].column > b[j].column:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

func sameLanguages(a, b *centre) bool {
	return slices.ContainsFunc(a.langs, func(l data.Lang) bool { return slices.Contains(b.langs, l) })
}

func mostFrequent[K cmp.Ordered](count map[K]int) K {
	var best K
	most := 0
	for k, n := range count {
		if n > most || n == most && k < best {
			best, most = k, n
		}
	}
	return best
}
