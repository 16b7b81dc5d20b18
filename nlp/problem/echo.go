package problem

import (
	"hash/fnv"
	"slices"
	"strings"

	"tribu/data"
)

// What the same words in several conversations are: a signature where one author says them in
// ownTalks, boilerplate where echoPeople do in as many, be it a mailer's footer or the licence of a
// program. Short sentences are not counted, nor what fails: many people meet one error message.
const (
	ownTalks   = 3
	echoPeople = 4
	echoWords  = 5
)

// An echo is who says a sentence where, as far as it matters.
type echo struct {
	authors []data.AuthorID
	threads []data.ThreadID
}

func (e *echo) add(n *Need) {
	if thread := talkOf(n); len(e.threads) < echoPeople && !slices.Contains(e.threads, thread) {
		e.threads = append(e.threads, thread)
	}
	if len(e.authors) < echoPeople && !slices.Contains(e.authors, n.Author) {
		e.authors = append(e.authors, n.Author)
	}
}

// talkOf returns the conversation of n; a post by itself is one.
func talkOf(n *Need) data.ThreadID {
	if n.Thread.IsZero() {
		return data.ThreadID(n.ID)
	}
	return n.Thread
}

// dropEchoes leaves out what nobody there says in so many words of their own.
func (g *grouping) dropEchoes() {
	all, own := map[uint64]*echo{}, map[uint64]*echo{}
	said := make([][2]*echo, len(g.voices))
	for i, v := range g.voices {
		n := &g.needs[v.need]
		if strings.Count(n.Quote, " ") < echoWords-1 {
			continue
		}
		key := fnv.New64a()
		key.Write(counted(n.Quote))
		said[i][0] = heard(all, key.Sum64(), n)
		key.Write(n.Author[:])
		said[i][1] = heard(own, key.Sum64(), n)
	}
	for i, e := range said {
		if e[0] == nil {
			continue
		}
		fails := g.need(i).Type == data.Problem
		many := len(e[0].authors) >= echoPeople && len(e[0].threads) >= echoPeople
		g.voices[i].thin = g.voices[i].thin || len(e[1].threads) >= ownTalks || many && !fails
	}
}

func heard(in map[uint64]*echo, key uint64, n *Need) *echo {
	e := in[key]
	if e == nil {
		e = &echo{}
		in[key] = e
	}
	e.add(n)
	return e
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
