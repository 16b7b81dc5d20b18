package tribes

import (
	"slices"
	"strings"

	"tribu/data"
)

const (
	headShare   = 0.3 // of its phrases of two words, in which the name of a thing is what the phrase is about
	leastHeaded = 10  // phrases from which that tells
)

// modifiers returns the words that mostly describe others: in English they stand before what a phrase
// is about (medical, spatial), in Italian behind it. Alone they name nothing.
func (in *Input) modifiers() []bool {
	posts := make([][2]int, len(in.words)) // in English, in Italian
	for i := range in.posts {
		tongue := slices.Index([]data.Lang{data.LangEN, data.LangIT}, in.langs[in.posts[i].lang])
		for _, f := range in.posts[i].features {
			if f.kind == isTopic && tongue >= 0 {
				posts[f.word][tongue]++
			}
		}
	}
	heads, all := make([]int, len(in.words)), make([]int, len(in.words))
	for w, n := range posts {
		first, second, two := strings.Cut(in.words[w], " ")
		if n[0]+n[1] == 0 || !two || strings.Contains(second, " ") {
			continue
		}
		for side, key := range []string{second, first} {
			if at, ok := slices.BinarySearch(in.words, key); ok {
				heads[at], all[at] = heads[at]+n[side], all[at]+n[0]+n[1]
			}
		}
	}
	out := make([]bool, len(in.words))
	for w, n := range all {
		out[w] = n >= leastHeaded && float64(heads[w]) < headShare*float64(n)
	}
	return out
}
