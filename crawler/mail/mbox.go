package mail

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// MaxMessageBytes bounds one message of an mbox.
const MaxMessageBytes = 32 << 20

// ErrTooLong says that a message is larger than MaxMessageBytes.
var ErrTooLong = errors.New("message is longer than 32 MiB")

// A Reader splits an mbox into its messages, one at a time.
type Reader struct {
	r       *bufio.Reader
	line    int
	started bool
	next    []byte // the "From " line of the next message
	nextAt  int
}

// NewReader returns a Reader of the mbox that r holds. What stands before its first message is skipped.
func NewReader(r *bufio.Reader) *Reader { return &Reader{r: r} }

// Next returns the next message with its "From " line, and that line's number. It is io.EOF after
// the last. Of a message that is too long only the start is returned, with ErrTooLong; the one
// after it can be read.
func (m *Reader) Next() (raw []byte, line int, err error) {
	for !m.started {
		text, err := m.pull(MaxMessageBytes)
		if err != nil {
			return nil, 0, err
		}
		if m.started = Separates(text); m.started {
			m.next, m.nextAt = bytes.Clone(text), m.line
		}
	}
	if m.next == nil {
		return nil, 0, io.EOF
	}
	raw, line, m.next = m.next, m.nextAt, nil
	afterBlank, long := false, false
	for {
		text, err := m.pull(MaxMessageBytes)
		if errors.Is(err, ErrTooLong) {
			long = true
			continue
		}
		if err != nil && err != io.EOF {
			return nil, line, err
		}
		if err == io.EOF || Separates(text) && (afterBlank || m.headerFollows()) {
			if err == nil {
				m.next, m.nextAt = bytes.Clone(text), m.line
			}
			if long {
				return raw[:min(len(raw), 200)], line, ErrTooLong
			}
			return raw, line, nil
		}
		afterBlank = len(bytes.TrimRight(text, "\r\n")) == 0
		if long = long || len(raw)+len(text) > MaxMessageBytes; !long {
			raw = append(raw, text...)
		}
	}
}

// headerFollows tells a separator that no empty line precedes from a line of text.
func (m *Reader) headerFollows() bool {
	ahead, _ := m.r.Peek(len("From: "))
	return string(ahead) == "From: "
}

// pull reads one line with its end; a line of more than limit bytes is skipped with ErrTooLong.
func (m *Reader) pull(limit int) ([]byte, error) {
	var out []byte
	long := false
	for {
		part, err := m.r.ReadSlice('\n')
		if long = long || len(out)+len(part) > limit; !long {
			out = append(out, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(out) == 0 && !long && len(part) == 0:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, err
		}
		m.line++
		if long {
			return nil, ErrTooLong
		}
		return out, nil
	}
}

// Separates reports whether a line begins a message in an mbox.
func Separates(line []byte) bool {
	if !bytes.HasPrefix(line, []byte("From ")) || len(line) > 500 {
		return false
	}
	_, ok := separatorDate(string(bytes.TrimRight(line, "\r\n")))
	return ok
}
