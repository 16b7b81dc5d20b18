package archive

import (
	"bytes"
	"io"
	"slices"
	"strings"
)

// A recordReader joins lines until their quotes are closed.
type recordReader struct {
	lines  *lineReader
	comma  byte // 0: any of comma, semicolon and tab
	queued []physical
}

type physical struct {
	text  []byte
	line  int
	fault string
}

// next returns a record, the number of its first line, and why it cannot be used, if so. The bytes
// hold until the next call.
func (rr *recordReader) next() (record []byte, line int, fault string, err error) {
	first, err := rr.pull()
	if err != nil || first.fault != "" {
		return first.text, first.line, first.fault, err
	}
	open := rr.opens(first.text, false)
	if !open {
		return first.text, first.line, "", nil
	}
	first.text = bytes.Clone(first.text)
	joined := first.text
	var taken []physical
	for open {
		p, err := rr.pull()
		p.text = bytes.Clone(p.text)
		if err == nil {
			taken = append(taken, p)
		}
		if err != nil || p.fault != "" || len(joined)+len(p.text) > maxRecordBytes {
			rr.queued = append(taken, rr.queued...)
			if err != nil && err != io.EOF {
				return nil, 0, "", err
			}
			return first.text, first.line, "a quote is never closed", nil
		}
		joined = append(append(joined, '\n'), p.text...)
		open = rr.opens(p.text, true)
	}
	return joined, first.line, "", nil
}

// opens reports whether line ends inside quotes, when it starts inside them or not.
func (rr *recordReader) opens(line []byte, inside bool) bool {
	if bytes.IndexByte(line, '"') < 0 {
		return inside
	}
	fieldStart := true
	for _, c := range line {
		switch {
		case c == '"' && (inside || fieldStart):
			inside = !inside
			fieldStart = !inside // a doubled quote opens again
		default:
			fieldStart = !inside && (c == rr.comma || rr.comma == 0 && (c == ',' || c == ';' || c == '\t'))
		}
	}
	return inside
}

func (rr *recordReader) pull() (physical, error) {
	if len(rr.queued) > 0 {
		p := rr.queued[0]
		rr.queued = rr.queued[1:]
		return p, nil
	}
	text, long, err := rr.lines.next()
	if err != nil {
		return physical{}, err
	}
	p := physical{text: text, line: rr.lines.line}
	if long {
		p.text, p.fault = p.text[:rejectTextBytes:rejectTextBytes], tooLong()
	}
	return p, nil
}

// splitRecord splits a record whose quotes are balanced. The fields share one string.
func splitRecord(record []byte, comma byte) []string {
	if bytes.IndexByte(record, '"') < 0 {
		return strings.Split(string(record), string(comma))
	}
	plain := make([]byte, 0, len(record))
	var ends []int
	quoted, start := false, 0
	for i := 0; i < len(record); i++ {
		switch c := record[i]; {
		case c == '"' && quoted && i+1 < len(record) && record[i+1] == '"':
			plain = append(plain, '"')
			i++
		case c == '"' && (quoted || len(plain) == start):
			quoted = !quoted
		case c == comma && !quoted:
			start = len(plain)
			ends = append(ends, start)
		default:
			plain = append(plain, c)
		}
	}
	rest, fields := string(plain), make([]string, len(ends)+1)
	for i, end := range slices.Backward(ends) {
		rest, fields[i+1] = rest[:end], rest[end:]
	}
	fields[0] = rest
	return fields
}
