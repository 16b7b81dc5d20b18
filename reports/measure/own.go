package measure

import (
	"html"
	"strings"

	"tribu/data"
)

// OwnWords returns what the author of a post wrote, as plain text: without the lines they quote,
// their signature, code and markup. Lines that were only wrapped are joined.
func OwnWords(p data.Post) string {
	body := p.Body
	if p.Format == data.FormatHTML {
		body = plainText(body)
	}
	var out strings.Builder
	out.WriteString(p.Title)
	gap := true
	for line := range strings.SplitSeq(body, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case line == "-- " || line == "--" || strings.HasPrefix(trimmed, "_____") || strings.HasPrefix(trimmed, "-----Original"):
			return strings.TrimSpace(out.String())
		case quoted(trimmed) || strings.HasSuffix(trimmed, "wrote:") || strings.HasSuffix(trimmed, "ha scritto:"):
			gap = true
			continue
		case trimmed == "":
			gap = true
			continue
		}
		if gap {
			out.WriteString("\n")
		} else {
			out.WriteString(" ")
		}
		gap = false
		out.WriteString(trimmed)
	}
	return strings.TrimSpace(out.String())
}

// quoted reports whether a line repeats somebody else's: "> so", "Jon> so".
func quoted(line string) bool {
	k := strings.IndexByte(line, '>')
	return k >= 0 && k <= 12 && !strings.ContainsAny(line[:k], " <=-.,(") || strings.HasPrefix(line, "|")
}

// plainText drops tags, and all that stands in quotes, code and scripts.
func plainText(markup string) string {
	var out strings.Builder
	skip := 0
	for len(markup) > 0 {
		k := strings.IndexByte(markup, '<')
		if k < 0 {
			k = len(markup)
		}
		if skip == 0 {
			out.WriteString(markup[:k])
		}
		markup = markup[k:]
		end := strings.IndexByte(markup, '>')
		if end < 0 {
			break
		}
		name, closing := tagName(markup[1:end])
		switch name {
		case "blockquote", "pre", "code", "script", "style", "aside":
			skip = max(0, skip+1-2*closing)
		case "p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol":
			out.WriteString("\n\n")
		}
		markup = markup[end+1:]
	}
	return html.UnescapeString(out.String())
}

// tagName returns the name of a tag, and 1 where it closes.
func tagName(tag string) (name string, closing int) {
	if strings.HasPrefix(tag, "/") {
		tag, closing = tag[1:], 1
	}
	if k := strings.IndexAny(tag, " \t\n/"); k >= 0 {
		tag = tag[:k]
	}
	return strings.ToLower(tag), closing
}
