package figures

import (
	"strings"
	"unicode"

	"tribu/data"
)

const (
	fewestAlike = 5  // people with the name of another, but for case and marks, of a source without accounts
	alikeOf     = 50 // one in so many of its people
)

// byHand returns the sources in which everybody types a name of their own: where accounts are kept, no
// two people's names differ in case or marks only.
func byHand(authors map[data.AuthorID]data.Author) map[string]bool {
	type name struct{ source, folded string }
	people, alike, named := make(map[string]int), make(map[string]int), make(map[name]int)
	for _, a := range authors {
		people[a.Source]++
		named[name{a.Source, foldName(a.Name)}]++
	}
	for n, times := range named {
		if times > 1 && n.folded != "" {
			alike[n.source] += times
		}
	}
	out := make(map[string]bool)
	for source, n := range people {
		out[source] = alike[source] >= max(fewestAlike, n/alikeOf)
	}
	return out
}

// typed returns those whose name is one word, in sources where everybody types a name of their own.
func typed(authors map[data.AuthorID]data.Author) map[data.AuthorID]bool {
	sources := byHand(authors)
	var out map[data.AuthorID]bool
	for id, a := range authors {
		if !sources[a.Source] || a.URL != "" || len(strings.Fields(a.Name)) > 1 {
			continue
		}
		if out == nil {
			out = make(map[data.AuthorID]bool)
		}
		out[id] = true
	}
	return out
}

func foldName(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}
