package problem

import (
	"cmp"
	"slices"
)

const (
	pairReach  = 4 // words between a thing and what is said of it
	pairPeople = 3 // who say a pair, for it to be a need of theirs
)

// gather groups the voices that are in no group by what they say next to the thing they speak of,
// what most say first.
func (g *grouping) gather(parts []part) [][]int {
	taken := make([]bool, len(g.voices))
	for _, p := range parts {
		for _, v := range p.voices {
			taken[v] = true
		}
	}
	marks := make([][]mark, len(g.voices))
	parallel(len(g.voices), func(v int) {
		if !taken[v] && !g.voices[v].thin && g.need(v).Type.Wanting() {
			marks[v] = g.pairsOf(v)
		}
	})
	var found [][]int
	eachAlike(slices.Concat(marks...), func(voices []mark) {
		if !several(voices, pairPeople, func(v int32) [16]byte { return g.need(int(v)).Author }) {
			return
		}
		group := make([]int, len(voices))
		for i, m := range voices {
			group[i] = int(m.voice)
		}
		found = append(found, slices.Compact(group))
	})
	slices.SortStableFunc(found, func(a, b []int) int {
		return cmp.Or(len(g.authors(b))-len(g.authors(a)), slices.Compare(a, b))
	})
	var out [][]int
	for _, group := range found {
		group = slices.DeleteFunc(group, func(v int) bool { return taken[v] })
		if len(g.authors(group)) < pairPeople {
			continue
		}
		for _, v := range group {
			taken[v] = true
		}
		out = append(out, group)
	}
	return out
}

// pairsOf returns what v says near to the thing it speaks of, as hashes of both.
func (g *grouping) pairsOf(v int) (out []mark) {
	n, head := g.need(v), g.voices[v].head
	words, _ := g.config.Words.Words(n.Lang, n.Quote)
	for i, w := range words {
		if g.featureOf(n.Lang, w) != head {
			continue
		}
		for j, o := range words {
			f := g.featureOf(n.Lang, o)
			if gap := max(o.At-w.End, w.At-o.End); i != j && f != head && gap <= pairReach {
				out = append(out, mark{uint64(head)<<32 | uint64(f), int32(v)})
			}
		}
	}
	return out
}
