package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
)

// lost returns the letter that an Italian word lacks where a question mark was put for the accented one at its
// end, as in "pi?" and "perch?"; empty for any other word.
func lost(low string) string {
	switch low {
	case "perch", "poich", "finch", "affinch", "purch", "anzich", "giacch":
		return "e"
	case "pi":
		return "u"
	case "pu":
		return "o"
	case "cos":
		return "i"
	case "gi", "citt", "libert", "realt", "verit", "societ":
		return "a"
	case "luned", "marted", "mercoled", "gioved", "venerd":
		return "i"
	}
	if hasEnding(low, "alit", "ilit", "ocit", "ersit", "tivit", "munit", "essit", "ovit") {
		return "a"
	}
	return ""
}

// endsElided reports whether tokens end with an elided word and its apostrophe right before byte at: "c'?" for "c'è".
func endsElided(tokens []token, at int) bool {
	n := len(tokens)
	if n < 2 || tokens[n-1].key != "'" || tokens[n-1].end != at || tokens[n-2].end != tokens[n-1].start {
		return false
	}
	switch tokens[n-2].key {
	case "c", "cos", "com", "dov", "quand":
		return true
	}
	return false
}

// misread reports whether d was given accents that its language does not have.
func (d *document) misread() bool { return d.restored && d.lang != data.LangIT }

// restored reports whether a token was given the accent it had lost, and what is behind goes on.
func restored(s *section, t token) bool {
	if t.kind != word || s.text[t.end-1] != '?' {
		return false
	}
	rest := strings.TrimLeft(s.text[t.end:], " ")
	first, _ := utf8.DecodeRuneInString(rest)
	return rest != "" && !unicode.IsUpper(first) && !strings.HasPrefix(rest, "\n")
}
