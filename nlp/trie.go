package nlp

import (
	"cmp"
	"slices"
	"strings"
)

// A path is the words of a cue, as they stand in a list of all.
type path struct {
	from, to int32
	cue      cue
}

// spellOut returns room with the words of a phrase behind it, new ones entered.
func (b *cueBook) spellOut(phrase string, room []int32) []int32 {
	for w := range strings.FieldsSeq(phrase) {
		w = fold(w) // word by word: è alone keeps its accent
		id, ok := b.words[w]
		if !ok {
			id = int32(len(b.words) + 1)
			b.words[w] = id
		}
		room = append(room, id)
	}
	return room
}

// grow makes the trie of all paths.
func (b *cueBook) grow(all []path, words []int32) {
	type place struct {
		begins uint64 // its first two words, by which most are told apart
		at     int    // among all
	}
	order := make([]place, len(all))
	for i, p := range all {
		order[i] = place{uint64(words[p.from]) << 32, i}
		if p.to > p.from+1 {
			order[i].begins |= uint64(words[p.from+1])
		}
	}
	slices.SortFunc(order, func(a, b place) int {
		if a.begins != b.begins {
			return cmp.Compare(a.begins, b.begins)
		}
		return cmp.Or(slices.Compare(words[all[a.at].from:all[a.at].to], words[all[b.at].from:all[b.at].to]), a.at-b.at)
	})
	parents, keys := []int32{-1}, []int32{0} // by node
	b.cues, b.ends = make([]cue, 0, len(all)), []int32{0}
	var before, nodes []int32 // of the path before: its words, and the nodes behind each
	for _, o := range order {
		i := o.at
		p, shared := words[all[i].from:all[i].to], 0
		for shared < min(len(before), len(p)) && before[shared] == p[shared] {
			shared++
		}
		nodes = nodes[:shared]
		for _, w := range p[shared:] {
			parent := int32(0)
			if n := len(nodes); n > 0 {
				parent = nodes[n-1]
			}
			nodes = append(nodes, int32(len(parents)))
			parents, keys, b.ends = append(parents, parent), append(keys, w), append(b.ends, int32(len(b.cues)))
		}
		b.cues = append(b.cues, all[i].cue)
		b.ends[nodes[len(nodes)-1]] = int32(len(b.cues)) // the last node yet: a path stands before those it leads to
		before = p
	}
	b.from = make([]int32, len(parents)+1)
	for _, parent := range parents[1:] {
		b.from[parent+1]++
	}
	for i := range parents {
		b.from[i+1] += b.from[i]
	}
	b.keys, b.to = make([]int32, len(parents)-1), make([]int32, len(parents)-1)
	free := slices.Clone(b.from)
	for node := 1; node < len(parents); node++ {
		at := &free[parents[node]]
		b.keys[*at], b.to[*at] = keys[node], int32(node)
		*at++
	}
	b.roots = make([]int32, len(b.words)+1)
	for i := b.from[0]; i < b.from[1]; i++ {
		b.roots[b.keys[i]] = b.to[i]
	}
}

// next returns where word leads from node; 0 nowhere.
func (b *cueBook) next(node, word int32) int32 {
	if word == 0 {
		return 0
	}
	if node == 0 {
		return b.roots[word]
	}
	from, to := b.from[node], b.from[node+1]
	for to-from > 8 {
		if middle := (from + to) / 2; b.keys[middle] > word {
			to = middle
		} else {
			from = middle
		}
	}
	for ; from < to; from++ {
		if b.keys[from] == word {
			return b.to[from]
		}
	}
	return 0
}
