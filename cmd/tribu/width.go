package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

const (
	lineWidth = 80 // characters of a line where no terminal says otherwise
	leastLine = 40 // and at least, on the narrowest terminal
)

// A prose is where a command writes what people read: lines that do not fit are broken at spaces,
// and go on two columns further right.
type prose struct {
	to   io.Writer
	wide int
	rest []byte // a line whose end is not written yet
	err  error
}

// newProse returns a page on w, as wide as the terminal that w may be.
func newProse(w io.Writer) *prose { return &prose{to: w, wide: widthOf(w)} }

// widthOf returns how many columns a line to w may have.
func widthOf(w io.Writer) int {
	if p, ok := w.(*prose); ok {
		return p.wide
	}
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return max(n, leastLine)
		}
	}
	return lineWidth
}

func (p *prose) Write(b []byte) (int, error) {
	p.rest = append(p.rest, b...)
	for {
		line, rest, ended := bytes.Cut(p.rest, []byte("\n"))
		if !ended {
			return len(b), p.err
		}
		s := string(line)
		p.put(wrap(s, p.wide, len(s)-len(strings.TrimLeft(s, " "))+2) + "\n")
		p.rest = rest
	}
}

func (p *prose) put(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.to, s)
	}
}

// close writes a last line that has no end and returns what could not be written.
func (p *prose) close() error {
	p.put(string(p.rest))
	p.rest = nil
	if p.err != nil {
		return fmt.Errorf("write result: %w", p.err)
	}
	return nil
}

// verbatim writes a line that is copied into the next command, such as a path: it is never broken.
func verbatim(w io.Writer, line string) {
	if p, ok := w.(*prose); ok {
		p.put(line + "\n")
		return
	}
	fmt.Fprintln(w, line)
}

// tell writes a message to standard error, broken where a terminal ends; logs keep it in one line.
func (a *app) tell(message string, hang int) {
	if f, ok := a.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		message = wrap(message, widthOf(f), hang)
	}
	fmt.Fprintln(a.err, message)
}

// flat is text in one line, without what could drive a terminal.
func flat(text string) string { return strings.Join(strings.Fields(clean(text)), " ") }

// wrap breaks s at spaces into lines of at most wide columns, the second and later ones indented by
// hang. A word that is longer than a line stays whole.
func wrap(s string, wide, hang int) string {
	var b strings.Builder
	for s = strings.TrimRight(s, " "); columns(s) > wide; {
		at := breakAt(s, wide)
		if at < 0 {
			break
		}
		b.WriteString(strings.TrimRight(s[:at], " ") + "\n")
		s = strings.Repeat(" ", hang) + strings.TrimLeft(s[at:], " ")
	}
	return b.String() + s
}

// breakAt returns the last space behind a word within wide columns, or else the first one after; -1
// where there is none.
func breakAt(s string, wide int) int {
	at, used, word := -1, 0, false
	for i, r := range s {
		if r == ' ' && word && (at < 0 || used <= wide) {
			at = i
		}
		if used > wide && at >= 0 {
			return at
		}
		used, word = used+columnsOf(r), word || r != ' '
	}
	return at
}

// columns returns how many columns of a terminal s fills.
func columns(s string) (n int) {
	for _, r := range s {
		n += columnsOf(r)
	}
	return n
}

func columnsOf(r rune) int {
	if r < 0x300 {
		return 1
	}
	switch k := width.LookupRune(r).Kind(); {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case k == width.EastAsianWide || k == width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// table prints rows under a header, padded to columns. Where a line of w does not hold them, the
// widest column is cut.
func table(w io.Writer, header []string, rows [][]string) {
	all := append([][]string{header}, rows...)
	size := make([]int, len(header))
	for _, row := range all {
		for i, cell := range row {
			row[i] = strings.ReplaceAll(clean(cell), "\n", " ")
			size[i] = max(size[i], columns(row[i]))
		}
	}
	narrow(size, widthOf(w)-2*(len(size)-1))
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row {
			cell = cut(cell, size[i])
			line.WriteString(cell + strings.Repeat(" ", size[i]-columns(cell)+2))
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

// narrow takes from the widest column, the last of equal ones, until all fit into wide.
func narrow(size []int, wide int) {
	sum := 0
	for _, n := range size {
		sum += n
	}
	for ; sum > wide; sum-- {
		most := 0
		for i, n := range size {
			if n >= size[most] {
				most = i
			}
		}
		if size[most] <= 1 {
			return
		}
		size[most]--
	}
}

// cut shortens s to n columns with an ellipsis.
func cut(s string, n int) string {
	if columns(s) <= n {
		return s
	}
	used := 0
	for i, r := range s {
		if used += columnsOf(r); used > n-1 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}
