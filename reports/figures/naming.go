package figures

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A naming is what a need is called, in each language the words that count.
type naming [][]string

// maxNaming is how many words of one name are looked for.
const maxNaming = 8

// namingOf returns the words of what a need is called.
func namingOf(called []string) naming {
	var out naming
	for _, name := range called {
		var words []string
		for _, w := range strings.FieldsFunc(strings.ToLower(name), apart) {
			if !binds(w) && len(words) < maxNaming && !slices.ContainsFunc(words, func(o string) bool { return SameWord(o, w) }) {
				words = append(words, w)
			}
		}
		if len(words) > 0 && !slices.ContainsFunc(out, func(o []string) bool { return slices.Equal(o, words) }) {
			out = append(out, words)
		}
	}
	return out
}

// A grip is how firmly a sentence holds a need: whether it says by itself what is needed.
type grip int

const (
	loose  grip = iota // the need is known from what stands around the sentence
	partly             // what it is about is said
	firmly             // it says two words of the name, or all of it
	wholly             // it says all of a longer name
)

// grip says how firmly text, which is about object, holds the need of that name.
func (n naming) grip(text, object string) grip {
	best := loose
	for _, words := range n {
		heard := 0
		eachWord(text, func(w string) {
			for i, word := range words {
				if SameWord(w, word) {
					heard |= 1 << i
				}
			}
		})
		said := 0
		for bits := heard; bits > 0; bits &= bits - 1 {
			said++
		}
		switch {
		case said > 2 && said == len(words):
			return wholly
		case said >= min(2, len(words)):
			best = firmly
		case best == loose && said > 0 && saysWord(text, object):
			best = partly
		}
	}
	return best
}

func saysWord(text, phrase string) bool {
	said := false
	for _, word := range strings.FieldsFunc(phrase, apart) {
		eachWord(text, func(w string) { said = said || SameWord(w, word) })
	}
	return said
}

func apart(r rune) bool {
	if r < utf8.RuneSelf {
		return !plain(byte(r))
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// eachWord calls f with each word of text.
func eachWord(text string, f func(string)) {
	start := -1
	for i := 0; i < len(text); {
		between, n := !plain(text[i]), 1
		if text[i] >= utf8.RuneSelf {
			var r rune
			r, n = utf8.DecodeRuneInString(text[i:])
			between = apart(r)
		}
		switch {
		case between && start >= 0:
			f(text[start:i])
			start = -1
		case !between && start < 0:
			start = i
		}
		i += n
	}
	if start >= 0 {
		f(text[start:])
	}
}

// plain reports whether c is a letter or digit of ASCII.
func plain(c byte) bool { return c|' '-'a' < 26 || c-'0' < 10 }

// SameWord reports whether a and b are forms of one word, as far as their beginnings tell: one of
// them with a short ending, or both with different ones.
func SameWord(a, b string) bool {
	if a != "" && b != "" && a[0] < utf8.RuneSelf && b[0] < utf8.RuneSelf && a[0]|' ' != b[0]|' ' {
		return false // most words: not even their first letter
	}
	same := 0
	restA, restB := a, b
	for restA != "" && restB != "" {
		x, n := utf8.DecodeRuneInString(restA)
		y, m := utf8.DecodeRuneInString(restB)
		if x != y && unicode.ToLower(x) != unicode.ToLower(y) {
			break
		}
		restA, restB = restA[n:], restB[m:]
		same++
	}
	overA, overB := utf8.RuneCountInString(restA), utf8.RuneCountInString(restB)
	short, long := min(overA, overB), max(overA, overB)
	switch {
	case long == 0:
		return true
	case same+short <= 3:
		return same == 3 && restA+restB == "s"
	case short == 0:
		return long <= 3
	}
	return short == 1 && (long <= 2 && same >= 3 || long == 3 && same >= 5)
}

// binds reports whether a word only holds others together.
func binds(word string) bool {
	switch word {
	case "a", "an", "the", "my", "your", "of", "to", "in", "on", "for", "and", "or", "with", "is", "not", "no", "do", "it",
		"il", "lo", "la", "i", "gli", "le", "l", "un", "uno", "una", "di", "da", "del", "della", "al", "alla", "e", "o", "con", "per", "che", "non", "mio", "mia":
		return true
	}
	return false
}
