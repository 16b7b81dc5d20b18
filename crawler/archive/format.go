package archive

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// A format is one way to write posts to a file.
type format struct {
	name    string
	endings []string               // of file names
	looks   func(head []byte) bool // by content
	read    func(in *input, to rows) error
}

func formats() []format {
	return []format{
		{"mbox", []string{".mbox", ".mbx"}, looksMbox, readMbox},
		{"stackexchange", []string{".xml"}, looksDump, readDump},
		{"reddit", nil, looksReddit, readReddit},
		{"4cat", nil, looks4CAT, read4CAT},
		{"jsonl", []string{".jsonl", ".ndjson", ".json"}, looksJSONL, readJSONL},
		{"csv", []string{".csv", ".tsv"}, looksCSV, readCSV},
	}
}

// Formats returns the names that Options.Format takes besides "auto".
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

func pick(name string, in *input) (format, error) {
	if name == "" || name == "auto" {
		return detect(in)
	}
	for _, f := range formats() {
		if f.name == name {
			return f, nil
		}
	}
	return format{}, fmt.Errorf("%w %q: want one of auto, %s", ErrFormat, name, strings.Join(Formats(), ", "))
}

// lookalike names the format that what a file begins with looks like; empty: none.
func lookalike(head []byte) string {
	head = bytes.TrimLeft(head, " \t\r\n")
	for _, f := range formats() {
		if f.looks(head) {
			return f.name
		}
	}
	return ""
}

// detect goes by content first: a name may lie, and a header or a brace does not.
func detect(in *input) (format, error) {
	head := bytes.TrimLeft(in.head, " \t\r\n")
	for _, f := range formats() {
		if f.looks(head) {
			return f, nil
		}
	}
	for _, f := range formats() {
		if slices.Contains(f.endings, filepath.Ext(in.name)) {
			return f, nil
		}
	}
	return format{}, fmt.Errorf("read %s: %w: name it with --format (%s)", in.path, ErrFormat, strings.Join(Formats(), ", "))
}
