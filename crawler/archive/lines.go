package archive

import (
	"bufio"
	"bytes"
	"io"
)

// maxLineBytes bounds one row of a file; what is longer is rejected and skipped without being held.
const maxLineBytes = 8 << 20

// A lineReader reads lines of any length in bounded memory.
type lineReader struct {
	r    *bufio.Reader
	max  int
	line int // number of the line last read, from 1
	buf  []byte
}

func newLineReader(r *bufio.Reader) *lineReader { return &lineReader{r: r, max: maxLineBytes} }

// next returns the next line without its end. The bytes hold until the next call. Of a line
// longer than max only the start is returned, with long set. A line that an error other than
// io.EOF cuts off is not returned.
func (l *lineReader) next() (line []byte, long bool, err error) {
	l.buf = l.buf[:0]
	for {
		part, err := l.r.ReadSlice('\n')
		room := l.max - len(l.buf)
		if len(part) > room {
			part, long = part[:max(room, 0)], true
		}
		if err == nil && len(l.buf) == 0 && !long {
			l.line++
			return trimEnd(part), false, nil
		}
		l.buf = append(l.buf, part...)
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(l.buf) == 0:
			return nil, false, io.EOF
		case err != nil && err != io.EOF:
			return nil, false, err
		}
		l.line++
		return trimEnd(l.buf), long, nil
	}
}

func trimEnd(line []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
}
