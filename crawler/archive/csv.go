package archive

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

func looksCSV(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	_, err := newTable(inUTF8(trimEnd(line)))
	return err == nil
}

// A table is the header of a CSV file: which column holds which key.
type table struct {
	comma   byte
	columns []string
}

// newTable reads a header. It must name id, author, created_at and one of text, html and title. An error is
// about the columns by the separator that parts it most.
func newTable(header []byte) (table, error) {
	var most table
	for _, comma := range []byte{',', ';', '\t'} {
		t := table{comma, splitRecord(header, comma)}
		for i, c := range t.columns {
			t.columns[i] = strings.ToLower(strings.TrimSpace(c))
		}
		if len(t.lacking()) == 0 {
			return t, nil
		}
		if len(t.columns) > len(most.columns) {
			most = t
		}
	}
	if most.has("post_id") && most.has("member_id") {
		return table{}, fmt.Errorf("%w: %s", ErrFormat, withoutWords)
	}
	return table{}, fmt.Errorf("%w: the header names no %s; its columns are %s", ErrFormat, strings.Join(most.lacking(), ", no "), cut(strings.Join(most.columns, ", "), 200))
}

// inUTF8 returns record in UTF-8: bytes that are none are taken for Windows-1252, as spreadsheets write it.
func inUTF8(record []byte) []byte {
	if utf8.Valid(record) {
		return record
	}
	out := make([]byte, 0, len(record)+len(record)/8)
	for len(record) > 0 {
		r, n := utf8.DecodeRune(record)
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(record[0])
		}
		out = utf8.AppendRune(out, r)
		record = record[n:]
	}
	return out
}

// lacking returns the required columns that a header has none of.
func (t table) lacking() (without []string) {
	for _, key := range []string{"id", "author", "created_at"} {
		if !t.has(key) {
			without = append(without, key)
		}
	}
	if !t.has("text") && !t.has("html") && !t.has("title") {
		without = append(without, "text (or html, or title)")
	}
	return without
}

func (t table) has(key string) bool { return slices.Contains(t.columns, key) }

// maxRecordBytes bounds a record that spans lines, so that one stray quote costs one row.
const maxRecordBytes = 1 << 20

// readCSV reads a header and records with RFC 4180 quotes; comma, semicolon or tab separate.
func readCSV(in *input, to rows) error {
	records := recordReader{lines: newLineReader(in.text)}
	header, _, _, err := records.next()
	header = inUTF8(header)
	if err == io.EOF && len(header) == 0 {
		return nil
	}
	if err != nil && err != io.EOF {
		return err
	}
	t, err := newTable(header)
	if err != nil {
		return fmt.Errorf("read %s: %w", in.path, err)
	}
	records.comma = t.comma
	var r row
	for {
		record, line, fault, err := records.next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case fault != "":
			err = to.reject(line, fault, string(record[:min(len(record), 2*rejectTextBytes)]))
		case len(bytes.TrimSpace(record)) > 0:
			err = t.take(splitRecord(inUTF8(record), t.comma), line, &r, to)
		}
		if err != nil {
			return err
		}
	}
}

func (t table) take(fields []string, line int, r *row, to rows) error {
	if len(fields) != len(t.columns) {
		return to.reject(line, fmt.Sprintf("%d fields where the header has %d", len(fields), len(t.columns)), strings.Join(fields, ","))
	}
	*r = row{}
	for i, key := range t.columns {
		if reason := r.set(key, fields[i], to); reason != "" {
			return to.reject(line, reason, strings.Join(fields, ","))
		}
	}
	return to.row(line, r)
}

// set gives key its value from a text field and says why it cannot, if so.
func (r *row) set(key, value string, to rows) string {
	if text := r.textField(key); text != nil {
		*text = value
	} else if id := r.idField(key); id != nil {
		*id = scalar(value)
	} else if list := r.listField(key); list != nil {
		*list = splitList(value)
	} else if number := r.numberField(key); number != nil {
		return parseNumber(key, value, number)
	} else {
		to.unknown(key)
	}
	return ""
}

func (r *row) textField(key string) *string {
	switch key {
	case "source":
		return &r.Source
	case "author_name":
		return &r.AuthorName
	case "created_at":
		return &r.CreatedAt
	case "title":
		return &r.Title
	case "text":
		return &r.Text
	case "html":
		return &r.HTML
	case "url":
		return &r.URL
	case "lang":
		return &r.Lang
	case "parent_kind":
		return &r.ParentKind
	case "place":
		return &r.Place
	case "post_id":
		return &r.PostID
	case "member_id":
		return &r.MemberID
	case "handle":
		return &r.Handle
	case "thread":
		return &r.Thread
	case "thread_title":
		return &r.ThreadTitle
	case "format":
		return &r.Format
	case "turned_to":
		return &r.TurnedTo
	}
	return nil
}

func (r *row) idField(key string) *scalar {
	switch key {
	case "id":
		return &r.ID
	case "author":
		return &r.Author
	case "parent_id":
		return &r.ParentID
	case "thread_id":
		return &r.ThreadID
	}
	return nil
}

func (r *row) listField(key string) *[]scalar {
	switch key {
	case "mentions":
		return &r.Mentions
	case "quotes":
		return &r.Quotes
	case "boosts":
		return &r.Boosts
	}
	return nil
}

func (r *row) numberField(key string) *float64 {
	switch key {
	case "score":
		return &r.Score
	case "views":
		return &r.Views
	}
	return nil
}

func parseNumber(key, value string, to *float64) string {
	value = strings.TrimSpace(value)
	if value == "" {
		return ""
	}
	f, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return fmt.Sprintf("%s %q: want a number", key, cut(value, 40))
	}
	*to = f
	return ""
}

// splitList reads "a b", "a,b", "a;b", "a|b" and ["a","b"]. It is never nil: the column is there.
func splitList(value string) []scalar {
	out := []scalar{}
	for _, f := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" ,;|[]\"\t\n", r) }) {
		out = append(out, scalar(f))
	}
	return out
}
