// Package problem groups needs into canonical problems: "people who need X", whatever words they
// choose for X, in English and Italian.
//
// Needs are put into blocks by what their author does (lacking or giving), what they are about
// (concept or object) and the side of the outcome they touch. Inside a block and language they are
// joined by average link (Sokal and Michener 1958, by nearest-neighbour chains: Murtagh 1983) on
// 0.4 TF-IDF of stems and concepts, 0.2 character trigrams and 0.4 word vectors of this corpus: positive
// pointwise mutual information reduced to its strongest directions (Levy and Goldberg 2014; subspace
// iteration). The word that made the block does not count: all share it. Large blocks are joined on
// a sample, the others follow to the nearest group. Groups of different blocks are joined where
// their centres are close and what they are about is said together more often than by chance. Across
// languages only shared ids are compared: concepts, actions and facets, never letters.
//
// Problems are numbered anew at each grouping; Match gives them the ids they had before.
package problem

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync/atomic"

	"tribu/data"
	"tribu/nlp"
)

// Version names what Group finds. It changes whenever a result can.
const Version = "problem-38"

// A Config tunes Group; only Words is required.
type Config struct {
	Words  *nlp.Wording
	Seed   uint64
	Sample int // needs of one block and language that are compared with each other; 0 means 256
}

// A Problem is a group of needs by two or more authors.
type Problem struct {
	Members []int // indices of needs, ascending by post and place in it
	People  int   // distinct authors
	Wanting bool
	Head    string
	Facet   string
	Phrases map[data.Lang]string
	Spoken  int // index of the need that speaks for the group best
	Area    int // problem area; -1 where there are too few problems
}

// Group returns the canonical problems of needs, most people first. Needs that nobody shares are
// in none. The result depends on neither the order of needs nor GOMAXPROCS.
func Group(needs []Need, c Config) []Problem {
	if c.Sample <= 0 {
		c.Sample = 256
	}
	g := grouping{needs: needs, config: c}
	g.read()
	g.weigh()
	heard := g.agree(g.converse(g.join(g.inBlocks())))
	parts := g.part(g.oneNeed(g.plainly(heard, g.doubtless())))
	parts = append(parts, g.part(g.oneNeed(g.plainly(voicesOf(g.gather(parts, g.pairsOf)), g.doubtless())))...)
	parts = g.sought(g.recruited(g.alikeNamed(g.about(g.scarcely(g.wanted(parts))))))
	out := make([]Problem, 0, len(parts))
	for _, members := range parts {
		if p, ok := g.problem(members); ok && !g.debated(members.voices) {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(b.People-a.People, len(b.Members)-len(a.Members), compare(&needs[a.Members[0]], &needs[b.Members[0]]))
	})
	g.areas(out)
	return out
}

// A grouping is the work on one set of needs. Voices stand in the order of their needs' posts.
type grouping struct {
	needs   []Need
	config  Config
	voices  []voice
	voiceOf []int32  // voice of a need that has one
	room    []uint32 // for what voices say
	names   []string // of features
	number  map[string]uint32
	idf     []float32
	space   space
	threads map[data.ThreadID]uint32
	crowd   map[data.ThreadID]bool   // conversations in which nobody answers whoever began them
	talk    map[uint32]float32       // what being in a conversation weighs
	grams   [][]uint32               // of a feature
	breaths []atomic.Pointer[breath] // of voices that were asked, by number
	sayings []*saying                // of a voice, while its group is asked
	sides   map[side]int             // voices that speak of a side of a thing's outcome, or of the thing at all
}

// A side of the outcome of a thing; any where facet is empty.
type side struct {
	head  uint32
	facet string
}

// compare orders needs by post and place, then by what they say.
func compare(a, b *Need) int {
	return cmp.Or(bytes.Compare(a.ID[:], b.ID[:]), int(a.Ord-b.Ord), int(a.Start-b.Start), strings.Compare(string(a.Type), string(b.Type)), strings.Compare(a.Quote, b.Quote))
}

func (g *grouping) feature(name string) uint32 {
	n, ok := g.number[name]
	if !ok {
		n = uint32(len(g.names))
		g.number[name] = n
		g.names = append(g.names, name)
	}
	return n
}
