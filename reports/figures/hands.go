package figures

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
)

const (
	sameRun     = 8 // words in a row that two people hardly write alike
	shortened   = 3 // letters of a part of a name that may stand for a longer one
	leastOfName = 3 // letters of a part without which two names say too little to be one
)

// hands tell which people may be one, in sources where everybody types a name of their own: their names are
// one but for case, marks, order and what is left out, or they wrote the same words. Nobody is made one
// person by it: what they need counts once.
type hands map[data.AuthorID]hand

type hand struct {
	source string
	parts  []string
}

// handsOf returns the names of people in sources where names are typed by hand.
func handsOf(authors map[data.AuthorID]data.Author) hands {
	sources, out := byHand(authors), make(hands)
	for id, a := range authors {
		if sources[a.Source] && a.URL == "" {
			out[id] = hand{a.Source, plainParts(a.Name)}
		}
	}
	return out
}

// TypesName reports whether somebody types a name by hand, where everybody does.
func (f Figures) TypesName(a data.AuthorID) bool {
	_, typed := f.hands[a]
	return typed
}

// plainParts returns the words of a text in small letters, without marks.
func plainParts(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// one reports whether x and y, who wrote these texts, may be one person.
func (h hands) one(x, y data.AuthorID, said, told string) bool {
	a, typed := h[x]
	b, both := h[y]
	if x == y || !typed || !both || a.source != b.source {
		return x == y
	}
	return mayBeOne(a.parts, b.parts) || echoes(said, told)
}

// mayBeOne reports whether each part of the shorter name is in the longer one, if shortened.
func mayBeOne(a, b []string) bool {
	if strings.Join(a, "") == strings.Join(b, "") {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	left, told := slices.Clone(b), false
	for _, part := range a {
		at := slices.IndexFunc(left, func(other string) bool { return shortFor(part, other) || shortFor(other, part) })
		if at < 0 {
			return false
		}
		told = told || min(utf8.RuneCountInString(part), utf8.RuneCountInString(left[at])) >= leastOfName
		left = slices.Delete(left, at, at+1)
	}
	return told
}

// shortFor reports whether part is a whole, or as few of its first letters as names are shortened to.
func shortFor(part, whole string) bool {
	return part == whole || utf8.RuneCountInString(part) <= shortened && strings.HasPrefix(whole, part)
}

// echoes reports whether two texts share as many words in a row as two people hardly write alike.
func echoes(x, y string) bool {
	a, b := plainParts(x), plainParts(y)
	if len(a) < sameRun || len(b) < sameRun {
		return false
	}
	runs := make(map[string]bool, len(a))
	for i := range len(a) - sameRun + 1 {
		runs[strings.Join(a[i:i+sameRun], " ")] = true
	}
	for i := range len(b) - sameRun + 1 {
		if runs[strings.Join(b[i:i+sameRun], " ")] {
			return true
		}
	}
	return false
}
