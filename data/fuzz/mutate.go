package fuzz

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// odd is what texts break on: controls, marks, wide and combining characters, halves of characters.
var odd = []string{"\x00", "\t", "\r\n", "\n\n", " ", "\u00a0", "\u00ad", "\u200b", "\u200d", "\u202e", "\ufeff", "\u0301", "é", "İ", "ß", "Ⱥ", "ŉ", "ﬁ", "中", "🙂", "👩\u200d👩\u200d👦", "\U0010ffff", "\xc3", "\xe2\x80", "\xf0\x9f", "\xff", "\ufffd",
	"'", "’", "\"", "«", "“", "<", ">", "</p>", "<pre>", "&amp;", "&#0;", "&", "...", "…", "?!", "-", "—", "@", "#", "/", "\\", "http://x.it/a?b", "0", "1,5", "-1", "99999999999999999999", "1e9", "%", "€", "{", "}", "[", "]", "(", ")", "|", ":", ";", ",", "=", "*", "_", "`", "$", "^"}

// mutated returns v changed in one place.
func (m *mutator) mutated(v any) any {
	switch v := v.(type) {
	case string:
		return string(m.text([]byte(v)))
	case []byte:
		return m.text(bytes.Clone(v))
	case bool:
		return !v
	case int:
		return []int{-v, v + 1, v - 1, 0, int(m.rand.Uint64()), m.rand.IntN(1000)}[m.rand.IntN(6)]
	}
	panic(fmt.Sprintf("mutate a %T: not known how", v))
}

// text returns b, which it may overwrite, changed in one place.
func (m *mutator) text(b []byte) []byte {
	at, end := m.span(len(b))
	switch m.rand.IntN(9) {
	case 0: // left out
		return slices.Delete(b, at, end)
	case 1: // said twice
		return slices.Insert(b, end, bytes.Clone(b[at:end])...)
	case 2: // elsewhere
		part := bytes.Clone(b[at:end])
		b = slices.Delete(b, at, end)
		return slices.Insert(b, m.rand.IntN(len(b)+1), part...)
	case 3:
		return slices.Insert(b, at, []byte(odd[m.rand.IntN(len(odd))])...)
	case 4:
		return slices.Replace(b, at, end, []byte(odd[m.rand.IntN(len(odd))])...)
	case 5: // one byte is another
		if len(b) > 0 {
			b[min(at, len(b)-1)] = byte(m.rand.Uint32())
		}
		return b
	case 6: // a run
		return slices.Insert(b, at, bytes.Repeat([]byte(odd[m.rand.IntN(len(odd))]), 1+m.rand.IntN(40))...)
	}
	piece := m.pieces[m.rand.IntN(len(m.pieces))]
	from, to := m.span(len(piece))
	if m.rand.IntN(2) == 0 { // whole words
		from, to = strings.LastIndexByte(piece[:from], ' ')+1, to+max(0, strings.IndexByte(piece[to:], ' '))
	}
	if m.rand.IntN(2) == 0 {
		end = at
	}
	return slices.Replace(b, at, end, []byte(piece[from:to])...)
}

// span returns a part of n bytes, more often a short one.
func (m *mutator) span(n int) (from, to int) {
	from = m.rand.IntN(n + 1)
	return from, from + m.rand.IntN(min(n-from, 1<<m.rand.IntN(8))+1)
}

// header is the first line of a file of go test -fuzz.
const header = "go test fuzz v1\n"

// encode writes input as go test -fuzz does.
func encode(input []any) []byte {
	b := []byte(header)
	for _, v := range input {
		if text, ok := v.([]byte); ok {
			b = fmt.Appendf(b, "[]byte(%q)\n", text)
		} else {
			b = fmt.Appendf(b, "%T(%#v)\n", v, v)
		}
	}
	return b
}

// nameOf returns the name under which go test -fuzz keeps raw.
func nameOf(raw []byte) string { return fmt.Sprintf("%x", sha256.Sum256(raw))[:16] }

// decode reads what encode wrote.
func decode(raw []byte) ([]any, error) {
	rest, ok := strings.CutPrefix(string(raw), header)
	if !ok {
		return nil, fmt.Errorf("read an input: no %q", header)
	}
	var input []any
	for line := range strings.Lines(rest) {
		v, err := value(strings.TrimSpace(line))
		if err != nil {
			return nil, fmt.Errorf("read an input: %s: %w", line, err)
		}
		input = append(input, v)
	}
	return input, nil
}

// value reads one of the types that the targets take, written as a conversion.
func value(line string) (any, error) {
	kind, rest, _ := strings.Cut(line, "(")
	literal, ok := strings.CutSuffix(rest, ")")
	if !ok {
		return nil, fmt.Errorf("no conversion")
	}
	switch kind {
	case "string":
		return strconv.Unquote(literal)
	case "[]byte":
		s, err := strconv.Unquote(literal)
		return []byte(s), err
	case "bool":
		return strconv.ParseBool(literal)
	case "int":
		return strconv.Atoi(literal)
	}
	return nil, fmt.Errorf("no type of a target: %s", kind)
}
