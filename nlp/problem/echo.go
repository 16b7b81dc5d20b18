package problem

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"

	"tribu/data"
)

// What the same words in several conversations are: a signature where one author says them in
// ownTalks, boilerplate where echoPeople do in as many, be it a mailer's footer or the licence of a
// program. Short sentences are not counted, nor what fails: many people meet one error message. A long sentence in words
// alone, the same by several, is a text that was passed on: whoever wrote it first says it.
const (
	ownTalks   = 3
	echoPeople = 4
	echoWords  = 5
	longEcho   = 14 // words of a sentence that no two people write alike
)

// talkOf returns the conversation of n; a post by itself is one.
func talkOf(n *Need) data.ThreadID {
	if n.Thread.IsZero() {
		return data.ThreadID(n.ID)
	}
	return n.Thread
}

// dropEchoes leaves out what nobody there says in so many words of their own.
func (g *grouping) dropEchoes() {
	all, own := make([]mark, 0, len(g.voices)), make([]mark, 0, len(g.voices))
	for i := range g.voices {
		n := g.need(i)
		if strings.Count(n.Quote, " ") < echoWords-1 {
			continue
		}
		key := fnv.New64a()
		key.Write(counted(n.Quote))
		all = append(all, mark{key.Sum64(), int32(i)})
		key.Write(n.Author[:])
		own = append(own, mark{key.Sum64(), int32(i)})
	}
	author := func(v int32) data.AuthorID { return g.need(int(v)).Author }
	thread := func(v int32) data.ThreadID { return talkOf(g.need(int(v))) }
	eachAlike(all, func(voices []mark) {
		g.passedOn(voices)
		if !several(voices, echoPeople, author) || !several(voices, echoPeople, thread) {
			return
		}
		for _, m := range voices {
			g.voices[m.voice].thin = g.voices[m.voice].thin || g.need(int(m.voice)).Type != data.Problem
		}
	})
	eachAlike(own, func(voices []mark) {
		if !several(voices, ownTalks, thread) {
			return
		}
		for _, m := range voices {
			g.voices[m.voice].thin = true
		}
	})
}

// passedOn leaves out those of voices, who say the same, that only pass it on.
func (g *grouping) passedOn(voices []mark) {
	quote := g.need(int(voices[0].voice)).Quote
	if marks, letters := marksIn(quote); strings.Count(quote, " ") < longEcho-1 || 12*marks > letters {
		return
	}
	first := slices.MinFunc(voices, func(a, b mark) int {
		x, y := g.need(int(a.voice)), g.need(int(b.voice))
		return cmp.Or(cmp.Compare(x.At, y.At), compare(x, y))
	})
	for _, m := range voices {
		if g.need(int(m.voice)).Author != g.need(int(first.voice)).Author {
			g.voices[m.voice].thin = true
		}
	}
}

// counted returns text in small letters, every number that stands by itself as 0.
func counted(text string) []byte {
	out := make([]byte, 0, len(text))
	inWord, inNumber := false, false
	for i := range len(text) {
		b := text[i]
		switch {
		case b >= '0' && b <= '9' && !inWord:
			if !inNumber {
				out = append(out, '0')
			}
			inNumber = true
			continue
		case b >= 'A' && b <= 'Z':
			b += 'a' - 'A'
		}
		inWord, inNumber = b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 0x80, false
		out = append(out, b)
	}
	return out
}
