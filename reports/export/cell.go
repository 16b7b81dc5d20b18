// Package export writes what a run found as lists that people can use: members, tribes, needs and
// ties as CSV, XLSX, JSON lines, GEXF and GraphML. Equal runs and keys give equal bytes; people who
// opted out never appear; nothing in a file is ever a formula.
package export

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A Dialect is how a CSV file is written.
type Dialect string

// The dialects: RFC 4180; the same with a byte-order mark for Excel; and Excel in Italian, with
// semicolons and decimal commas.
const (
	RFC4180 Dialect = "rfc4180"
	Excel   Dialect = "excel"
	ExcelIT Dialect = "excel-it"
)

// A kind says what a column holds.
type kind int

const (
	text kind = iota
	whole
	decimal
	counted // a whole number that may be unknown
	maybe   // a decimal that may be unknown
	date
	moment
)

// A column of a table, with its width on a sheet in characters.
type column struct {
	name  string
	kind  kind
	width float64
}

// A table is what an export writes: every row has a cell per column, of its kind: string, int,
// float64 or time.Time; nil where nothing is known.
type table struct {
	name    string
	columns []column
	rows    [][]any
}

// starters are the characters a formula can begin with, full-width forms included.
const starters = "=+-@＝＋－＠﹦﹢﹣﹫"

// Safe makes a cell inert in a spreadsheet: one that a program could read as a formula, full-width
// forms included, gets an apostrophe in front; control characters go. What would start a cell for
// a program that splits the line at another separator gets one too.
func Safe(s string) string {
	s = inner(printable(s))
	if s == "" {
		return s
	}
	if strings.ContainsRune("\t\r\n", rune(s[0])) {
		return "'" + s
	}
	if strings.IndexAny(strings.TrimLeftFunc(s, invisible), starters) == 0 {
		return "'" + s
	}
	return s
}

// inner disarms formulas behind a separator inside s.
func inner(s string) string {
	if !strings.ContainsAny(s, ",;\t\r\n") {
		return s
	}
	var b strings.Builder
	open := false // a separator, and nothing but quotes since
	for i, r := range s {
		if open && strings.ContainsRune(starters, r) {
			b.WriteByte('\'')
		}
		open = strings.ContainsRune(",;\t\r\n", r) && i > 0 || r == ',' || r == ';' || open && r == '"'
		b.WriteRune(r)
	}
	return b.String()
}

// invisible reports whether r shows nothing in front of what follows.
func invisible(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// printable drops what no cell can hold.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// write returns a cell of kind k as text.
func write(cell any, k kind, decimalMark string) string {
	switch v := cell.(type) {
	case string:
		return Safe(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", decimalMark, 1)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		if k == moment {
			return v.UTC().Format(time.RFC3339)
		}
		return v.Format(time.DateOnly)
	}
	return ""
}
