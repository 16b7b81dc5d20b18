package archive

import (
	"bytes"
	"io"
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

// next returns a record, the number of its first line, and why it cannot be used, if so.
func (rr *recordReader) next() (record []byte, line int, fault string, err error) {
	first, err := rr.pull()
	if err != nil || first.fault != "" {
		return first.text, first.line, first.fault, err
	}
	joined, open := first.text, rr.opens(first.text, false)
	var taken []physical
	for open {
		p, err := rr.pull()
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
	p := physical{text: bytes.Clone(text), line: rr.lines.line}
	if long {
		p.text, p.fault = p.text[:rejectTextBytes:rejectTextBytes], tooLong()
	}
	return p, nil
}

// splitRecord splits a record whose quotes are balanced.
func splitRecord(record []byte, comma byte) []string {
	var fields []string
	var field []byte
	quoted := false
	for i := 0; i < len(record); i++ {
		switch c := record[i]; {
		case c == '"' && quoted && i+1 < len(record) && record[i+1] == '"':
			field = append(field, '"')
			i++
		case c == '"' && (quoted || len(field) == 0):
			quoted = !quoted
		case c == comma && !quoted:
			fields = append(fields, string(field))
			field = field[:0]
		default:
			field = append(field, c)
		}
	}
	return append(fields, string(field))
}
