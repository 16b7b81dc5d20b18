package data

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words returns the runs of letters and digits of a text, in small letters.
func Words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// Called returns the phrases by which others call an author, as Words joined by a space: the handle,
// the display name, and either part of a name such as Ada Rossi. What is shorter than three letters,
// longer than four words or a mere number names nobody.
func (a Author) Called() []string {
	names := []string{a.Handle, a.Name}
	if parts := strings.Fields(a.Name); len(parts) == 2 && capital(parts[0]) && capital(parts[1]) {
		names = append(names, parts...)
	}
	var all []string
	for _, name := range names {
		words := Words(name)
		phrase := strings.Join(words, " ")
		if len(words) <= 4 && utf8.RuneCountInString(phrase) >= 3 && strings.Trim(phrase, "0123456789 ") != "" && !slices.Contains(all, phrase) {
			all = append(all, phrase)
		}
	}
	return all
}

// capital reports whether a word begins with a large letter and goes on in small ones.
func capital(word string) bool {
	first, n := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && strings.IndexFunc(word[n:], unicode.IsLower) >= 0
}
