package reports

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	hardSpace = "\u00a0" // at which no line ends
	noBreak   = "\u2060" // nor here
)

var (
	counted = regexp.MustCompile(`(\d%?) (\pL)`) // 8 tribes, 1 h, 22 June
	minutes = regexp.MustCompile(`(\d) h (\d)`)  // 1 h 15
	between = regexp.MustCompile(`(\d)(–)(\d)`)  // 19:00–22:00
)

// tied returns text in which no line ends between a number and what it counts, nor within a time or a span of them.
func tied(text string) string {
	if !strings.ContainsAny(text, "0123456789") {
		return text
	}
	text = minutes.ReplaceAllString(text, "$1"+hardSpace+"h"+hardSpace+"$2")
	text = between.ReplaceAllString(text, "$1$2"+noBreak+"$3")
	return counted.ReplaceAllString(text, "$1"+hardSpace+"$2")
}

// tiedSpans does so for a sentence: what others wrote stays as it is.
func tiedSpans(in []span) []span {
	out := make([]span, len(in))
	last := ' ' // letter of what stands before
	for i, s := range in {
		first, n := utf8.DecodeRuneInString(s.Text)
		if !s.Collected {
			s.Text = tied(s.Text)
			next, _ := utf8.DecodeRuneInString(s.Text[min(n, len(s.Text)):])
			switch {
			case !unicode.IsDigit(last) && last != '%':
			case first == ' ' && unicode.IsLetter(next):
				s.Text = hardSpace + s.Text[n:]
			case s.Text == "–":
				s.Text += noBreak
			}
		}
		switch {
		case s.Collected:
			last = ' '
		case s.Text != "":
			last, _ = utf8.DecodeLastRuneInString(s.Text)
		}
		out[i] = s
	}
	return out
}
