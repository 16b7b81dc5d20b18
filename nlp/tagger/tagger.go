// Package tagger tells the parts of speech of English words.
package tagger

import (
	"math"
	"strings"
)

// A Tagger tags English words with the averaged perceptron of prose v2 (Honnibal 2013), whose
// model it reads once into tables by word, by ending and by tag. It gives the tags that prose gives in
// a twentieth of the time, and of two tags with equal votes always the same, which prose leaves to chance.
type Tagger struct {
	tags    []string         // of the Penn Treebank, sorted
	names   map[string]uint8 // numbers of the tags, and of what stands before the first word
	start   [2]uint8         // numbers of what stands before the first word, and before that
	bias    []vote
	first   [256][]vote // by first letter
	words   map[string]*wordVotes
	endings map[string]*endingVotes
	behind  [64]tagVotes // by tag

	noWord   *wordVotes // of words and endings that the model does not know
	noEnding *endingVotes
}

// A vote is how much a feature speaks for a tag, in thousandths, as the model has three decimals, and below that
// in eight bits the tag.
type vote int32

func newVote(weight float64, tag uint8) vote { return vote(math.Round(1000*weight))<<8 | vote(tag) }

// wordVotes are what a word votes for its own tag and for those of the words around it.
type wordVotes struct {
	fixed                                 uint8 // the only tag of words that are written so; 0, or one more than its number
	own, next, overNext, last, beforeLast []vote
	ending                                *endingVotes
	behind                                []struct {
		tag   uint8
		votes []vote
	}
}

// endingVotes are the same for the last three letters of a word.
type endingVotes struct{ own, next, last []vote }

// tagVotes are what the tag of a word votes for those behind it; both with the tag before it.
type tagVotes struct {
	next, overNext []vote
	both           [64][]vote
}

// A place is a word as those around it see it.
type place struct {
	word   *wordVotes
	ending *endingVotes
	other  bool // it is written in another way
}

// Names returns the tags of the Penn Treebank, sorted.
func (p *Tagger) Names() []string { return p.tags }

// None is the tag of what is no word: "*", "0", an emoticon of letters.
const None = 255

// Tag returns the tag of each word of a sentence as its place in Names, or None. Words are ASCII.
func (p *Tagger) Tag(words []string) []uint8 {
	out := make([]uint8, len(words))
	places := make([]place, 0, len(words)+4)
	places = append(places, p.place("-START-"), p.place("-START2-"))
	for _, w := range words {
		general := generalized(w)
		at := p.place(general)
		at.other = general != w
		places = append(places, at)
	}
	places = append(places, p.place("-END-"), p.place("-END2-"))
	last, beforeLast := p.start[0], p.start[1]
	for i, w := range words {
		name, apart := p.apart(w)
		out[i] = None
		if !apart {
			name = p.elect(w, places[i:i+5], last, beforeLast)
			out[i] = name
		}
		last, beforeLast = name, last
	}
	return out
}

func (p *Tagger) place(w string) place {
	if word := p.words[w]; word != nil {
		return place{word: word, ending: word.ending}
	}
	return place{word: p.noWord, ending: p.endingOf(w)}
}

func (p *Tagger) endingOf(w string) *endingVotes {
	if ending := p.endings[ending3(w)]; ending != nil {
		return ending
	}
	return p.noEnding
}

// apart returns the tag of what is no word to prose: a placeholder of ours, or an emoticon of letters.
func (p *Tagger) apart(w string) (uint8, bool) {
	switch w {
	case "*", "0":
		return p.names["-NONE-"], true
	case "8D", "xD", "XDD", "xDD":
		return p.names["SYM"], true
	}
	return 0, false
}

// generalized returns what stands for w in the features of itself and its neighbours.
func generalized(w string) string {
	switch {
	case w[0] != '-' && strings.IndexByte(w, '-') > 0:
		return "!HYPHEN"
	case len(w) == 4 && strings.Trim(w, "0123456789") == "":
		return "!YEAR"
	case w[0] >= '0' && w[0] <= '9':
		return "!DIGITS"
	}
	return strings.ToLower(w)
}

// elect returns the only tag of w, or the one with the most votes for it, the third of five places;
// last and beforeLast are the tags of the two words before it.
func (p *Tagger) elect(w string, around []place, last, beforeLast uint8) uint8 {
	self, ending := around[2].word, around[2].ending
	if around[2].other {
		at := p.place(w)
		if ending = at.ending; at.word.fixed != 0 {
			return at.word.fixed - 1
		}
	} else if self.fixed != 0 {
		return self.fixed - 1
	}
	var sums [64]int32
	count := func(votes []vote) {
		for _, v := range votes {
			sums[v&0x3f] += int32(v >> 8)
		}
	}
	count(p.bias)
	count(ending.own)
	count(p.first[w[0]])
	count(p.behind[last].next)
	count(p.behind[beforeLast].overNext)
	count(p.behind[last].both[beforeLast])
	count(self.own)
	for i := range self.behind {
		if self.behind[i].tag == last {
			count(self.behind[i].votes)
			break
		}
	}
	count(around[1].word.next)
	count(around[1].ending.next)
	count(around[0].word.overNext)
	count(around[3].word.last)
	count(around[3].ending.last)
	count(around[4].word.beforeLast)
	best := 0
	for k := range p.tags {
		if sums[k] > sums[best] {
			best = k
		}
	}
	return uint8(best)
}

func ending3(w string) string { return w[len(w)-min(3, len(w)):] }
