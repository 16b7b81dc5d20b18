package problem

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"tribu/data"
)

// Shares of the three likenesses.
const (
	wordShare  = 0.4
	gramShare  = 0.2
	spaceShare = 0.4
	talkShare  = 0.15 // on top, for needs of one conversation: the less, the larger a part of all it is
)

// Weights of features beside their inverse document frequency: a facet is a hint.
const (
	facetWeight = 0.7
	actWeight   = 0.8
	titleWeight = 0.5
)

// weigh gives every voice its vectors.
func (g *grouping) weigh() {
	spoken := make([]int, len(g.names))
	for _, v := range g.voices {
		for _, w := range v.words {
			spoken[w]++
		}
		for _, w := range v.title {
			spoken[w]++
		}
	}
	g.idf = make([]float32, len(g.names))
	for i, n := range spoken {
		g.idf[i] = float32(math.Log(float64(len(g.voices)+1)/float64(n+1)) * kindWeight(g.names[i]))
	}
	g.space = newSpace(g, spoken)
	g.threads, g.talk = map[data.ThreadID]uint32{}, map[uint32]float32{}
	g.grams = make([][]uint32, len(g.names))
	for i, name := range g.names {
		if spoken[i] > 0 && !isShared(name) {
			g.grams[i] = trigrams(name)
		}
	}
	size := map[uint32]int{}
	g.sides = map[side]int{}
	for i := range g.voices {
		v := &g.voices[i]
		g.sides[side{head: v.head}]++
		if f := g.need(i).Facet; f != "" {
			g.sides[side{v.head, f}]++
		}
		if t := g.need(i).Thread; !t.IsZero() {
			v.thread = g.thread(t)
			size[v.thread]++
		}
	}
	for t, n := range size {
		g.talk[t] = float32(math.Sqrt(talkShare * (1 - math.Log(float64(n))/math.Log(float64(len(g.voices)+1)))))
	}
}

// A look is the vectors of a voice, made where they are needed: those of all would fill the memory.
type look struct {
	vector sparse // of words and trigrams, without the head
	dense  []float32
}

func (g *grouping) look(v int) look {
	x := &g.voices[v]
	return look{g.vector(x), g.space.place(g.ownVector(x, titleWeight))}
}

func kindWeight(name string) float64 {
	switch {
	case name[0] == '+':
		return facetWeight
	case strings.HasPrefix(name, "=to "):
		return actWeight
	}
	return 1
}

// vector returns the sparse part of v: words and trigrams, each of its own length.
func (g *grouping) vector(v *voice) sparse {
	words := g.ownVector(v, titleWeight)
	var letters []uint32
	for _, w := range v.own {
		letters = append(letters, g.grams[w]...)
	}
	words.to(math.Sqrt(wordShare))
	slices.Sort(letters)
	var tri sparse
	for _, l := range letters {
		if n := len(tri); n > 0 && tri[n-1].column == l {
			tri[n-1].value++
			continue
		}
		tri = append(tri, cell{l, 1})
	}
	tri.to(math.Sqrt(gramShare))
	words = append(words, tri...)
	if v.thread != 0 {
		words = append(words, cell{v.thread, g.talk[v.thread]})
	}
	slices.SortFunc(words, func(a, b cell) int { return cmp.Compare(a.column, b.column) })
	return words
}

// thread returns the column of a conversation.
func (g *grouping) thread(id data.ThreadID) uint32 {
	n, ok := g.threads[id]
	if !ok {
		n = uint32(len(g.threads)) | talk
		g.threads[id] = n
	}
	return n
}

// trigrams returns the hashed trigrams of a feature's stem, its language included.
func trigrams(name string) []uint32 {
	lang, stem, _ := strings.Cut(name, " ")
	padded := "^" + stem + "$"
	all := make([]uint32, 0, len(padded))
	for i := 0; i+3 <= len(padded); i++ {
		h := fnv.New32a()
		h.Write([]byte(lang))
		h.Write([]byte(padded[i : i+3]))
		all = append(all, h.Sum32()|gram)
	}
	return all
}
