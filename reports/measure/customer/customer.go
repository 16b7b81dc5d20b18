// Package customer reads the customer's own CSV files, all optional: UTF-8 with a header, separated
// by comma, semicolon or tab, unknown columns kept, bad rows listed with their line instead of
// stopping the reading.
package customer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tribu/data"
)

// A Table is a file by rows. Columns it was not asked for are in Row.Cells as well.
type Table struct {
	Name   string
	Header []string
	Rows   []Row
	Bad    []data.Reject
}

// A Row is one line of a file: cells by the name of their column.
type Row struct {
	Line  int
	Cells map[string]string
}

// ErrEmpty says that a file holds not even a header.
var ErrEmpty = errors.New("it is empty")

// ReadTable reads the file called name, which must have the required columns. A row with more or
// fewer cells than the header, or an unreadable one, is bad.
func ReadTable(name string, in io.Reader, required ...string) (Table, error) {
	t := Table{Name: name}
	text := bufio.NewReader(in)
	if head, _ := text.Peek(2); string(head) == "\xff\xfe" || string(head) == "\xfe\xff" {
		return t, fmt.Errorf("read %s: it is UTF-16: save it as CSV in UTF-8", name)
	}
	comma, skipped := separator(text)
	body, err := io.ReadAll(text)
	if err != nil {
		return t, fmt.Errorf("read %s: %w", name, err)
	}
	rows := newRows(body, comma, skipped)
	header, err := rows.Read()
	var syntax *csv.ParseError
	if errors.Is(err, io.EOF) {
		return t, fmt.Errorf("read %s: %w", name, ErrEmpty)
	} else if errors.As(err, &syntax) {
		return t, fmt.Errorf("read header of %s: %s", name, misquoted)
	} else if err != nil {
		return t, fmt.Errorf("read header of %s: %w", name, err)
	}
	for _, h := range header {
		t.Header = append(t.Header, strings.ToLower(strings.TrimSpace(readable(h))))
	}
	for _, want := range required {
		if !slices.Contains(t.Header, want) {
			return t, fmt.Errorf("read %s: there is no column %q; its columns are %s", name, want, strings.Join(t.Header, ", "))
		}
	}
	for {
		cells, err := rows.Read()
		switch {
		case errors.Is(err, io.EOF):
			return t, nil
		case errors.As(err, &syntax):
			line, text := rows.past(syntax.StartLine)
			t.reject(line, misquoted, text)
		case err != nil:
			return t, fmt.Errorf("read %s: %w", name, err)
		default:
			t.take(cells, rows)
		}
	}
}

// misquoted is what is wrong with a row that cannot be told apart into cells.
const misquoted = `a " stands where none may: a cell that holds one begins and ends with ", and has each within twice`

// A rows reads the rows of a file, and goes on behind one that it cannot read.
type rows struct {
	*csv.Reader
	body  []byte // from the line on at which the Reader began
	comma rune
	above int // lines before body
}

func newRows(body []byte, comma rune, above int) *rows {
	r := &rows{csv.NewReader(bytes.NewReader(body)), body, comma, above}
	r.FieldsPerRecord, r.Comma = -1, comma
	return r
}

// past goes on behind the n-th line, on which a row begins that cannot be read: a quote that nobody closed
// takes no more rows with it. It returns that line and its number in the file.
func (r *rows) past(n int) (number int, line string) {
	rest, text := r.body, []byte(nil)
	for range n {
		text, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	number = r.above + n
	*r = *newRows(rest, r.comma, number)
	return number, strings.TrimSpace(string(text))
}

// separator returns what the header is separated by: programs write semicolons where the comma is
// for decimals. A byte order mark is skipped, and so is a first line that names the separator, as
// Excel reads it; skipped counts such lines.
func separator(in *bufio.Reader) (comma rune, skipped int) {
	mark := []byte("\ufeff")
	if first, _ := in.Peek(len(mark)); bytes.Equal(first, mark) {
		_, _ = in.Discard(len(mark))
	}
	head, _ := in.Peek(in.Size()) // as far as there is any
	head, _, _ = bytes.Cut(head, []byte("\n"))
	if named, ok := bytes.CutPrefix(bytes.TrimSpace(head), []byte("sep=")); ok && len(named) == 1 {
		_, _ = in.Discard(len(head) + 1)
		return rune(named[0]), 1
	}
	best := ','
	for _, r := range ";\t" {
		if bytes.Count(head, []byte(string(r))) > bytes.Count(head, []byte(string(best))) {
			best = r
		}
	}
	return best, 0
}

// take adds a row, or what is wrong with it.
func (t *Table) take(cells []string, from *rows) {
	line, _ := from.FieldPos(0)
	line += from.above
	if len(cells) != len(t.Header) {
		noun := "cells"
		if len(cells) == 1 {
			noun = "cell"
		}
		t.reject(line, fmt.Sprintf("has %d %s, the header %d", len(cells), noun, len(t.Header)), strings.Join(cells, ","))
		return
	}
	r := Row{Line: line, Cells: make(map[string]string, len(cells))}
	for i, c := range cells {
		r.Cells[t.Header[i]] = plain(strings.TrimSpace(readable(c)))
	}
	t.Rows = append(t.Rows, r)
}

// readable returns s in UTF-8: bytes that are none are taken as Latin-1, which older programs write.
func readable(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			r = rune(s[i])
		}
		b.WriteRune(r)
		i += n
	}
	return b.String()
}

func (t *Table) reject(line int, reason, text string) {
	t.Bad = append(t.Bad, data.Reject{File: t.Name, Line: line, Reason: reason, Text: strings.ToValidUTF8(text[:min(len(text), 200)], "")})
}

// A reading collects what is wrong with one row.
type reading struct {
	row Row
	bad string
}

func (r *reading) text(column string) string { return r.row.Cells[column] }

func (r *reading) must(column string) string {
	s := r.row.Cells[column]
	if s == "" {
		r.fault("no " + column)
	}
	return s
}

func (r *reading) fault(reason string) {
	if r.bad == "" {
		r.bad = reason
	}
}

// real reads a number; a comma is a decimal point. Empty is nil.
func (r *reading) real(column string) *float64 {
	s := r.row.Cells[column]
	if s == "" {
		return nil
	}
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil {
		r.fault(fmt.Sprintf("%s %q is no number", column, s))
		return nil
	}
	return &v
}

// day reads 2026-11-22; empty is the zero time.
func (r *reading) day(column string) time.Time {
	s := r.row.Cells[column]
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		r.fault(fmt.Sprintf("%s %q is no date such as 2026-11-22", column, s))
	}
	return t
}

func (r *reading) oneOf(column string, allowed ...string) string {
	s := r.row.Cells[column]
	if !slices.Contains(allowed, s) {
		r.fault(fmt.Sprintf("%s %q is none of %s", column, s, strings.Join(allowed, ", ")))
	}
	return s
}

// readAll turns the rows of a table into values; rows with a fault become rejects.
func readAll[T any](t *Table, read func(*reading) T) []T {
	var out []T
	for _, row := range t.Rows {
		r := reading{row: row}
		v := read(&r)
		if r.bad != "" {
			t.reject(row.Line, r.bad, "")
			continue
		}
		out = append(out, v)
	}
	return out
}

const formula = "=+-@\t\r" // what a spreadsheet takes for a formula starts with one of these

// plain undoes what Cell does.
func plain(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte(formula, cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

// Cell returns text as it may stand in a CSV for a spreadsheet: what would be taken for a formula
// begins with an apostrophe.
func Cell(text string) string {
	if text != "" && strings.IndexByte(formula, text[0]) >= 0 {
		return "'" + text
	}
	return text
}
