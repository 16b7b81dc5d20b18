package nlp

import (
	"sort"

	"tribu/data"
)

// A piece maps outLen bytes of cleaned text to inLen bytes of the original. Pieces of equal length
// map byte for byte, others as a whole.
type piece struct{ out, outLen, in, inLen int }

// A section is the title or the body of a post after cleaning: what its author wrote, in NFC.
type section struct {
	inTitle bool
	text    string
	low     string // text in lower case, byte for byte as long
	pieces  []piece
	by      *reader

	plain    bool // no lost accent is restored
	restored bool // one was
}

// A cleaner builds the text of a section and remembers where each byte came from.
type cleaner struct {
	by     *reader // of the lines of a plain text, and of what is made of all
	out    []byte
	pieces []piece
	limit  int
	last   rune // last rune written
	run    int  // how often in a row
}

// full reports whether the cap on cleaned text is reached.
func (c *cleaner) full() bool { return len(c.out) >= c.limit }

// put appends s, which stands for n original bytes from in.
func (c *cleaner) put(s string, in, n int) {
	if k := len(c.pieces) - 1; k >= 0 && len(s) == n {
		p := &c.pieces[k]
		if p.outLen == p.inLen && p.in+p.inLen == in && p.out+p.outLen == len(c.out) {
			p.outLen += n
			p.inLen += n
			c.out = append(c.out, s...)
			return
		}
	}
	c.pieces = append(c.pieces, piece{len(c.out), len(s), in, n})
	c.out = append(c.out, s...)
}

// section returns what was built.
func (c *cleaner) section(inTitle bool) *section {
	text := string(c.out)
	return &section{inTitle: inTitle, text: text, low: lower(text), pieces: c.pieces, by: c.by}
}

// span returns the original bytes of text[start:end].
func (s *section) span(start, end int) data.Span {
	if start >= end || end > len(s.text) {
		return data.Span{InTitle: s.inTitle}
	}
	return data.Span{InTitle: s.inTitle, Start: s.origin(start, false), End: s.origin(end-1, true)}
}

// origin returns the original offset of the byte at pos, or just behind it.
func (s *section) origin(pos int, behind bool) int {
	i := sort.Search(len(s.pieces), func(i int) bool { return s.pieces[i].out > pos }) - 1
	p := s.pieces[i]
	switch {
	case p.outLen == p.inLen && behind:
		return p.in + pos - p.out + 1
	case p.outLen == p.inLen:
		return p.in + pos - p.out
	case behind:
		return p.in + p.inLen
	}
	return p.in
}
