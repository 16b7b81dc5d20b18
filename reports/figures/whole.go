package figures

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longestWord  = 30 // letters of a word that people write; longer ones are keys, addresses and code
	fewestWords  = 3  // of a sentence that says something
	namesInRow   = 6  // words from which on a list of names shows
	mostlySpoken = 4  // of a sentence, all but one sign in so many are letters and spaces
)

// Whole reports whether text is a whole sentence that somebody wrote to be read: from a capital letter to
// its stop, with its brackets and quotation marks closed, and no address, code, key, log line, heading or list of names.
func Whole(text string) bool {
	if strings.Count(text, `"`)%2 > 0 {
		return false
	}
	text = strings.Trim(strings.TrimSpace(text), `"“”«»‘’'*_ `)
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case !unicode.IsUpper(first) && !unicode.IsDigit(first), !stops(text):
		return false
	case strings.ContainsAny(text, "<>@{}|\\=") || strings.Contains(text, "://") || strings.Contains(text, "www.") || strings.Contains(text, "---"):
		return false
	case strings.Count(text, "(") > strings.Count(text, ")"), strings.Count(text, "[") > strings.Count(text, "]"):
		return false
	}
	return spoken(text)
}

// stops reports whether a sentence ends: not in an abbreviation, nor where something was left out.
func stops(text string) bool {
	text = strings.TrimRight(text, ")]\"”»’' ")
	last, n := utf8.DecodeLastRuneInString(text)
	if !strings.ContainsRune(".!?…", last) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:len(text)-n])
	word := strings.Trim(text[strings.LastIndexFunc(text, unicode.IsSpace)+1:], ".")
	first, size := utf8.DecodeRuneInString(word)
	short := strings.Contains(word, ".") || size == len(word) && unicode.IsUpper(first) && word != "I" // as e.g. or W.
	return !unicode.IsSpace(before) && (last != '.' || !short)
}

// spoken reports whether text is words rather than signs, and they are not mostly names.
func spoken(text string) bool {
	letters, all := 0, 0
	for _, r := range text {
		all++
		if unicode.IsLetter(r) || r == ' ' {
			letters++
		}
	}
	words, names := 0, 0
	for w := range strings.FieldsSeq(text) {
		if utf8.RuneCountInString(w) > longestWord || words == 0 && strings.HasSuffix(w, ":") || strings.Trim(w, "+*#~^") == "" {
			return false
		}
		words++
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) {
			names++
		}
	}
	return words >= fewestWords && mostlySpoken*(all-letters) <= all && (words < namesInRow || 2*names <= words)
}
