package figures

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
)

// titleSources is how many sources at most a project without a name is called by.
const titleSources = 3

// Titled returns what a project is called that nobody named: by its sources, whose names are told as a title where they are
// those of files.
func Titled(sources []data.SourceState) string {
	var names []string
	for _, s := range sources[:min(len(sources), titleSources)] {
		names = append(names, readable(s.Name))
	}
	if len(sources) > titleSources {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// readable returns the words of a file's name with a space between them and a capital before: field_notes, Field notes. Other
// names stay as they are.
func readable(name string) string {
	words := strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == ' ' }), " ")
	if words == "" || !strings.Contains(name, "_") {
		return name
	}
	first, n := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[n:]
}
