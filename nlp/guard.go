package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxText   = 16 << 10  // bytes of cleaned text a post is heard to
	maxSource = 256 << 10 // bytes of the original looked at
	maxRun    = 3         // equal marks in a row that are kept
	maxWord   = 64        // runes of a token
)

// add cleans s, original bytes from in, and appends it: valid UTF-8 in NFC, typographic quotes and
// spaces made plain, invisible characters dropped, runs of one mark cut to three.
func (c *cleaner) add(s string, in int) {
	for i := 0; i < len(s) && !c.full(); {
		if n := c.plain(s[i:], in+i); n > 0 {
			i += n
			continue
		}
		i += c.addRune(s[i:], in+i)
	}
}

// plain copies the longest run of ASCII letters, digits and single spaces at the start of s.
func (c *cleaner) plain(s string, in int) int {
	n := 0
	for n < len(s) && n < 4096 {
		b := s[n]
		if !(b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9') {
			break
		}
		n++
	}
	if n == 0 || n < len(s) && s[n] >= utf8.RuneSelf && combines(s[n:]) {
		if n < 2 {
			return 0
		}
		n--
	}
	kept := min(n, c.limit-len(c.out))
	c.put(s[:kept], in, kept)
	c.last, c.run = 0, 0
	return n
}

// combines reports whether s starts with a mark that joins the character before it.
func combines(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.M, r)
}

// addRune appends the first character of s as far as the guard lets it through.
func (c *cleaner) addRune(s string, in int) int {
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n <= 1 {
		return 1
	}
	out, n := c.compose(s, r, n)
	if out == "" {
		return n
	}
	r, _ = utf8.DecodeRuneInString(out)
	if r == c.last {
		c.run++
	} else {
		c.last, c.run = r, 1
	}
	limit := maxRun
	switch {
	case r == ' ':
		limit = 1
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		limit = maxWord
	}
	if c.run <= limit && len(c.out)+len(out) <= c.limit {
		c.put(out, in, n)
	} else if c.run <= limit {
		c.limit = len(c.out)
	}
	return n
}

// compose returns the NFC form of the character that starts s and how many bytes it stands for.
func (c *cleaner) compose(s string, r rune, n int) (string, int) {
	if r < utf8.RuneSelf {
		if n < len(s) && s[n] >= utf8.RuneSelf && combines(s[n:]) {
			return c.composed(s)
		}
		if r < ' ' && r != '\n' {
			return " ", n
		}
		return s[:n], n
	}
	if plain, ok := plainMark(r); ok {
		return plain, n
	}
	if n < len(s) && s[n] >= utf8.RuneSelf || unicode.Is(unicode.M, r) || !norm.NFC.IsNormalString(s[:n]) {
		return c.composed(s)
	}
	return s[:n], n
}

// composed returns the NFC form of the first grapheme of s, its marks cut to three.
func (c *cleaner) composed(s string) (string, int) {
	n := norm.NFC.NextBoundaryInString(s, true)
	if n <= 0 {
		_, n = utf8.DecodeRuneInString(s)
	}
	out := norm.NFC.String(s[:n])
	if r, _ := utf8.DecodeRuneInString(out); unicode.Is(unicode.M, r) {
		return "", n
	}
	kept := 0
	for i := range out {
		if kept++; kept > 1+maxRun {
			return out[:i], n
		}
	}
	return out, n
}

// plainMark returns the plain form of typographic marks; empty for invisible characters.
func plainMark(r rune) (string, bool) {
	switch r {
	case '’', '‘', 'ʼ', '´', '`', '′':
		return "'", true
	case '“', '”', '„', '«', '»', '″':
		return `"`, true
	case '–', '—', '‐', '‑', '−':
		return "-", true
	case '…':
		return "...", true
	case '\u00a0', '\u2007', '\u202f', '\u2009', '\u200a', '\u2003', '\u2002', '\u3000':
		return " ", true
	case '\u0085', '\u2028', '\u2029':
		return "\n", true
	case '\u00ad', '\u200b', '\u200c', '\u200e', '\u200f', '\u2060', '\ufeff', '\ufffd', '\ufe0f', '\ufe0e':
		return "", true
	}
	if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || unicode.Is(unicode.Co, r) {
		return "", true
	}
	return "", false
}

// lower returns s in lower case with every byte offset unchanged: runes whose lower case has
// another length stay as they are.
func lower(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] < utf8.RuneSelf
	}
	if plain {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			r = l
		}
		b.WriteRune(r)
	}
	return b.String()
}
