package reports

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes what somebody wrote fit to show: one line, valid UTF-8, no control characters and
// none that turn the direction of text.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, isBidi(r), r == '\u00ad', r == '\ufeff':
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Co, r), r >= '\U000e0000' && r <= '\U000e007f':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// isBidi reports whether r changes the direction of what follows.
func isBidi(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u200e' || r == '\u200f' || r == '\u061c'
}

// cut shortens s to at most n runes, at a space where one is near.
func cut(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	end := n - 1
	for i := end; i > end*2/3; i-- {
		if runes[i] == ' ' {
			end = i
			break
		}
	}
	return strings.TrimRight(string(runes[:end]), " ,;:.") + "…"
}

// cutSaid shortens what somebody said to n runes, and what was cut before: behind a sentence of it, where one ends beyond a
// third, else as cut does.
func cutSaid(s string, n int) string {
	runes := []rune(s)
	if broken := strings.HasSuffix(s, "…") && 3*len(runes) > 2*n; len(runes) <= n && !broken {
		return s
	}
	for i := min(n, len(runes)) - 2; i > max(n/3, 3); i-- {
		word := unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i-2]) && unicode.IsLetter(runes[i-3]) // and not Mr.
		if word && strings.ContainsRune("?!.", runes[i]) && (runes[i+1] == ' ' || unicode.IsUpper(runes[i+1])) {
			return string(runes[:i+1]) + " […]"
		}
	}
	return cut(s, n)
}

// link returns raw where it is an absolute http(s) address without credentials, else nothing.
func link(raw string) string {
	if raw == "" {
		return "" // as a post of most archives
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	for _, r := range u.Host {
		if isBidi(r) || unicode.IsControl(r) || unicode.IsSpace(r) {
			return ""
		}
	}
	return u.String()
}

// unquoted drops a quotation mark at the beginning of s that nothing closes, and those that stand
// around all of it.
func unquoted(s string) string {
	for _, pair := range [...][2]string{{"\"", "\""}, {"“", "”"}, {"«", "»"}, {"‘", "’"}} {
		rest, open := strings.CutPrefix(s, pair[0])
		if !open {
			continue
		}
		if inner, closed := strings.CutSuffix(rest, pair[1]); closed && !strings.Contains(inner, pair[1]) {
			return strings.TrimSpace(inner)
		}
		if !strings.Contains(rest, pair[1]) {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// sentence returns the first sentence of a text, cut where it runs on.
func sentence(text string) string {
	text = clean(text)
	for i, r := range text {
		end := i + utf8.RuneLen(r)
		if strings.ContainsRune(".!?…", r) && i >= 24 && (end == len(text) || text[end] == ' ') {
			return cut(text[:end], 200)
		}
	}
	return cut(text, 200)
}
