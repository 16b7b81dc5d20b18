package problem

import (
	"cmp"
	"slices"
)

const (
	pairReach  = 4 // words between a thing and what is said of it
	pairPeople = 3 // who say a pair, for it to be a need of theirs
)

// A refrain is what several voices say in one breath, as its hash.
type refrain struct {
	said   uint64
	voices []int
}

// gather groups the voices that are in no group by what they say in one breath, what most say first; said
// returns the hashes of what a voice says.
func (g *grouping) gather(parts []part, said func(v int) []mark) []refrain {
	taken := g.taken(parts)
	marks := make([][]mark, len(g.voices))
	parallel(len(g.voices), func(v int) {
		if !taken[v] && g.mayJoin(v) {
			marks[v] = said(v)
		}
	})
	var found []refrain
	eachAlike(slices.Concat(marks...), func(voices []mark) {
		if !several(voices, pairPeople, func(v int32) [16]byte { return g.need(int(v)).Author }) {
			return
		}
		group := make([]int, len(voices))
		for i, m := range voices {
			group[i] = int(m.voice)
		}
		found = append(found, refrain{voices[0].hash, slices.Compact(group)})
	})
	slices.SortStableFunc(found, func(a, b refrain) int {
		return cmp.Or(len(g.authors(b.voices))-len(g.authors(a.voices)), slices.Compare(a.voices, b.voices))
	})
	var out []refrain
	for _, r := range found {
		group := slices.DeleteFunc(r.voices, func(v int) bool { return taken[v] })
		if len(g.authors(group)) < pairPeople {
			continue
		}
		for _, v := range group {
			taken[v] = true
		}
		out = append(out, refrain{r.said, group})
	}
	return out
}

// taken returns, voice by voice, who is in one of parts.
func (g *grouping) taken(parts []part) []bool {
	taken := make([]bool, len(g.voices))
	for _, p := range parts {
		for _, v := range p.voices {
			taken[v] = true
		}
	}
	return taken
}

// mayJoin reports whether v, who is in no part, wants something and says enough of it to join one.
func (g *grouping) mayJoin(v int) bool { return !g.voices[v].thin && g.need(v).Type.Wanting() }

// voicesOf returns the groups of refrains.
func voicesOf(refrains []refrain) [][]int {
	out := make([][]int, len(refrains))
	for i, r := range refrains {
		out[i] = r.voices
	}
	return out
}

// pairsOf returns what v says near to the thing it speaks of, as hashes of both.
func (g *grouping) pairsOf(v int) (out []mark) {
	if g.voices[v].bare {
		return nil
	}
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
