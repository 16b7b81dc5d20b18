package nlp

import (
	"strings"

	"tribu/data"
)

// A line is one line of a plain-text body, [start, end) without its line break.
type line struct{ start, end int }

// cleanText appends the prose of a plain-text body: no quoted lines, attributions, signatures,
// header residue, code or armoured blocks. Lines wrapped by a mailer become one paragraph again.
func (c *cleaner) cleanText(src string) {
	lines := splitLines(src)
	if len(lines) == 1 {
		c.add(src, 0)
		return
	}
	lines = lines[:c.by.ownEnd(src, lines)]
	s := screen{src: src, lines: lines, frames: &c.by.frames}
	for i := range lines {
		if c.full() {
			return
		}
		if !s.keep(i) {
			c.newline(lines[i].start)
			continue
		}
		l := lines[i]
		c.add(src[l.start:l.end], l.start)
		c.endLine(src, l, i+1 < len(lines))
	}
}

// endLine writes the line break behind l: a space where the sentence runs on.
func (c *cleaner) endLine(src string, l line, more bool) {
	if !more {
		return
	}
	mark := "\n"
	if runsOn(src[l.start:l.end], src[l.end:]) {
		mark = " "
	}
	c.add(mark, l.end)
}

// runsOn reports whether a line that is followed by rest was wrapped by a mailer.
func runsOn(text, rest string) bool {
	text = strings.TrimRight(text, " \t\r")
	if len(text) < 45 || strings.HasSuffix(text, ":") {
		return false
	}
	next := strings.TrimLeft(rest, "\r")
	next = strings.TrimPrefix(next, "\n")
	next = strings.TrimLeft(next, " \t")
	if next == "" || strings.ContainsRune("-*+#>|=\r\n", rune(next[0])) {
		return false
	}
	last := text[len(text)-1]
	return last != '.' && last != '!' && last != '?' || next[0] >= 'a' && next[0] <= 'z'
}

func splitLines(src string) []line {
	lines := make([]line, 0, 1+strings.Count(src, "\n"))
	for start := 0; start <= len(src); {
		k := strings.IndexByte(src[start:], '\n')
		if k < 0 {
			return append(lines, line{start, len(src)})
		}
		lines = append(lines, line{start, start + k})
		start += k + 1
	}
	return lines
}

// A screen decides line by line what belongs to the author.
type screen struct {
	src    string
	lines  []line
	frames *frames
	fence  string // what ends the block being dropped
	seen   int    // lines kept
	skip   int    // lines of an attribution still to drop
	marks  string // by which the post was seen to quote
	noted  bool   // the line before is an archive's, in place of what it left out
}

func (s *screen) text(i int) string {
	if i >= len(s.lines) {
		return ""
	}
	return strings.TrimSpace(s.src[s.lines[i].start:s.lines[i].end])
}

// keep reports whether line i is the author's own prose.
func (s *screen) keep(i int) bool {
	t := s.text(i)
	switch {
	case s.inFence(t):
		return false
	case t == "":
		return true
	case s.skip > 0:
		s.skip--
		return false
	case data.Quoted(t) || strings.IndexByte(s.marks, t[0]) >= 0 || s.note(t) || s.frames.isHeader(t, s.seen < 3) || codeLike(t) || artwork(t):
		return false
	}
	if n := s.frames.attribution(t, s.text(i+1)); n > 0 {
		s.skip = n - 1
		if mark := data.QuotedBy(t, s.text(i+n), s.text(i+n+1)); mark != 0 {
			s.marks += string(mark)
		}
		return false
	}
	s.seen++
	return true
}

// note reports whether t is what an archive keeps of something it left out: "An HTML attachment was
// scrubbed...", and what it says of that below.
func (s *screen) note(t string) bool {
	k := strings.IndexByte(t[:min(len(t), 6)], ':')
	s.noted = s.frames.ends(strings.TrimRight(t, ". "), scrubbed) || s.noted && k > 0
	return s.noted
}

// inFence reports whether t lies in, opens or closes a block that is dropped as a whole.
func (s *screen) inFence(t string) bool {
	if s.fence != "" {
		if strings.Contains(t, s.fence) {
			s.fence = ""
		}
		return true
	}
	for _, f := range [...][2]string{{"```", "```"}, {"~~~", "~~~"}, {"[quote", "[/quote]"}, {"[code", "[/code]"},
		{"-----BEGIN PGP SIGNED", "Hash:"}, {"-----BEGIN PGP", "-----END PGP"}, {"begin 644 ", "end"}} {
		if !strings.HasPrefix(t, f[0]) {
			continue
		}
		if !strings.Contains(t[len(f[0]):], f[1]) {
			s.fence = f[1]
		}
		return true
	}
	return false
}
