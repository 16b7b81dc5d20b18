package sqlite

import (
	"context"
	"errors"
	"strconv"
	"strings"
)

// Reading many rows one by one costs more than finding them: every cell is an allocation and a
// call. A packed query answers with one text for thousands of rows. Its rows follow each other
// without anything between; ids come first as their 16 bytes, numbers and the program's own words
// end with the unit separator, and a text that people wrote follows its length in bytes.
const unitSeparator = '\x1f'

var errPacked = errors.New("damaged rows")

// packedRows answers a query of one packed text.
func packedRows(ctx context.Context, q querier, text string, args ...any) (*packed, error) {
	p := &packed{}
	return p, q.QueryRowContext(ctx, text, args...).Scan(&p.rest)
}

// A packed is what is left of a packed text. Strings read from it share its memory.
type packed struct {
	rest string
	bad  bool
}

// more reports whether another row follows.
func (p *packed) more() bool { return len(p.rest) > 0 && !p.bad }

// err tells of a row that could not be read.
func (p *packed) err() error {
	if p.bad {
		return errPacked
	}
	return nil
}

func (p *packed) id() (id [16]byte) {
	copy(id[:], p.take(len(id)))
	return id
}

// word reads up to the next unit separator.
func (p *packed) word() string {
	n := strings.IndexByte(p.rest, unitSeparator)
	if n < 0 {
		p.bad = true
		return ""
	}
	word := p.rest[:n]
	p.rest = p.rest[n+1:]
	return word
}

func (p *packed) int() int64 {
	n := int64(0)
	word := p.word()
	digits, negative := strings.CutPrefix(word, "-")
	p.bad = p.bad || digits == ""
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' || i > 18 {
			p.bad = true
			return 0
		}
		n = 10*n + int64(digits[i]-'0')
	}
	if negative {
		return -n
	}
	return n
}

func (p *packed) real() float64 {
	f, err := strconv.ParseFloat(p.word(), 64)
	p.bad = p.bad || err != nil
	return f
}

func (p *packed) text() string { return p.take(int(p.int())) }

func (p *packed) take(n int) string {
	if n < 0 || n > len(p.rest) {
		p.bad = true
		return ""
	}
	s := p.rest[:n]
	p.rest = p.rest[n:]
	return s
}
