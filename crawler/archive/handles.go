package archive

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

const (
	maxHandles      = 50  // taken from one post
	maxHandleBytes  = 64  // of one handle
	maxAttribution  = 300 // bytes of a line that names who is quoted
	fewestForHandle = 2   // bytes: "@a" is more often code than a person
)

// handles returns whom a post's own words mention, and whom its attribution lines
// ("@handle (Real Name) writes:") quote. Quoted text and e-mail addresses name nobody.
func handles(body string, isHTML bool, self string) (mentioned, quoted []string) {
	if strings.IndexByte(body, '@') < 0 {
		return nil, nil
	}
	if isHTML {
		body = ownWords(body)
	}
	depth := 0
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		opened := quoteTags(line, &depth)
		if opened || strings.HasPrefix(line, ">") || strings.IndexByte(line, '@') < 0 {
			continue
		}
		to := &mentioned
		if attributes(line) {
			to = &quoted
		}
		eachHandle(line, func(h string) {
			if len(mentioned)+len(quoted) < maxHandles && !strings.EqualFold(h, self) && !slices.Contains(*to, h) {
				*to = append(*to, h)
			}
		})
	}
	return slices.DeleteFunc(mentioned, func(h string) bool { return slices.Contains(quoted, h) }), quoted
}

// quoteTags follows [quote] and [/quote] and reports whether any of line stands between them.
func quoteTags(line string, depth *int) (quoted bool) {
	quoted = *depth > 0
	for rest := line; ; {
		i := strings.IndexByte(rest, '[')
		if i < 0 {
			return quoted
		}
		rest = rest[i+1:]
		switch {
		case foldPrefix(rest, "/quote]"):
			*depth = max(0, *depth-1)
		case foldPrefix(rest, "quote]"), foldPrefix(rest, "quote="):
			*depth++
			quoted = true
		}
	}
}

func foldPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// attributes reports whether line says who wrote the quotation below it.
func attributes(line string) bool {
	if len(line) > maxAttribution || !strings.HasSuffix(line, ":") {
		return false
	}
	line = strings.TrimSpace(strings.TrimSuffix(line, ":"))
	for _, verb := range []string{"writes", "wrote", "ha scritto", "scrive", "scrisse", "scriveva"} {
		if len(line) > len(verb) && strings.EqualFold(line[len(line)-len(verb):], verb) {
			return true
		}
	}
	return false
}

func eachHandle(line string, visit func(string)) {
	for i := 0; i < len(line); i++ {
		if line[i] != '@' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(line[:i])
		h := handleAt(line[i+1:])
		joined := i > 0 && (handleRune(before) || strings.ContainsRune("./@+~", before))
		if !joined && len(h) >= fewestForHandle {
			visit(h)
		}
		i += len(h)
	}
}

func handleAt(s string) string {
	end := len(s)
	for i, r := range s {
		if i > maxHandleBytes {
			return ""
		}
		if !handleRune(r) && r != '.' {
			end = i
			break
		}
	}
	return strings.TrimRight(s[:end], ".-")
}

func handleRune(r rune) bool {
	return r == '_' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// ownWords returns the text of an HTML body without its quotations and code, a line per block.
func ownWords(body string) string {
	var out strings.Builder
	z := html.NewTokenizer(strings.NewReader(body))
	for depth := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out.String()
		}
		if kind == html.TextToken && depth == 0 {
			out.Write(z.Text())
		}
		name, _ := z.TagName()
		switch string(name) {
		case "blockquote", "aside", "pre", "code":
			if kind == html.StartTagToken {
				depth++
			} else if kind == html.EndTagToken {
				depth = max(0, depth-1)
			}
		case "p", "br", "div", "li", "tr":
			out.WriteByte('\n')
		}
	}
}
