package tribes

import (
	"slices"
	"strings"

	"tribu/data"
)

const (
	headShare   = 0.3  // of its phrases of two words, in which the name of a thing is what the phrase is about
	pairedShare = 0.38 // in which one is that stands beside another
	leastHeaded = 10   // phrases from which that tells
)

// heads returns how often each word is what a phrase is about, of all phrases of two words that hold it:
// in English the last word, in Italian the first. What describes (medical, spatial) names nothing alone.
// It is 1 where too few phrases tell.
func (in *Input) heads() []float64 {
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
	out := make([]float64, len(in.words))
	for w, n := range all {
		out[w] = 1
		if n >= leastHeaded {
			out[w] = float64(heads[w]) / float64(n)
		}
	}
	return out
}
