package nlp

import (
	"html"
	"strings"
)

// skipped are the elements whose content is not the author's own prose.
func skipped(tag, attrs string) bool {
	switch tag {
	case "blockquote", "pre", "code", "script", "style", "head", "svg", "math", "template", "noscript", "kbd", "samp":
		return true
	case "aside", "div", "span", "section":
		return strings.Contains(attrs, "quote") || strings.Contains(attrs, "signature") ||
			strings.Contains(attrs, "onebox")
	}
	return false
}

// breaks reports whether tag ends a line.
func breaks(tag string) bool {
	switch tag {
	case "p", "br", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6",
		"section", "article", "hr", "dl", "dt", "dd", "figure", "figcaption", "blockquote", "pre", "aside", "details", "summary":
		return true
	}
	return false
}

// hasNoEnd reports whether tag is a void element.
func hasNoEnd(tag string) bool {
	switch tag {
	case "br", "img", "hr", "input", "meta", "link", "wbr", "source", "col", "area", "base", "embed", "track", "param":
		return true
	}
	return false
}

// cleanHTML appends the prose of src: no markup, quoted text or code.
func (c *cleaner) cleanHTML(src string) {
	var skip string // element being skipped
	depth := 0
	for i := 0; i < len(src) && !c.full(); {
		switch {
		case src[i] == '<' && markup(src[i+1:]):
			tag, attrs, closing, n := readTag(src[i:])
			skip, depth = c.enter(tag, attrs, closing, skip, depth, i)
			i += n
		case skip != "":
			i += 1 + untilByte(src[i+1:], '<')
		case src[i] == '&':
			i += c.entity(src[i:], i)
		default:
			n := 1 + untilAny(src[i+1:])
			c.addFlow(src[i:i+n], i)
			i += n
		}
	}
}

// markup reports whether what follows a '<' can be a tag.
func markup(s string) bool {
	if s == "" {
		return false
	}
	b := s[0] | 0x20
	return b >= 'a' && b <= 'z' || s[0] == '/' || s[0] == '!' || s[0] == '?'
}

// enter updates what is being skipped after a tag and ends the line where the tag does.
func (c *cleaner) enter(tag, attrs string, closing bool, skip string, depth, at int) (string, int) {
	switch {
	case skip == "" && !closing && !hasNoEnd(tag) && skipped(tag, attrs):
		skip, depth = tag, 1
	case skip != "" && tag == skip && closing:
		if depth--; depth == 0 {
			skip = ""
		}
	case skip != "" && tag == skip:
		depth++
	}
	if breaks(tag) {
		c.newline(at)
	}
	return skip, depth
}

// newline ends the line that is being written.
func (c *cleaner) newline(at int) {
	if n := len(c.out); n > 0 && c.out[n-1] != '\n' {
		c.put("\n", at, 0)
		c.last, c.run = '\n', 1
	}
}

// addFlow appends text in which a line break is a space.
func (c *cleaner) addFlow(s string, in int) {
	for {
		k := strings.IndexByte(s, '\n')
		if k < 0 {
			c.add(s, in)
			return
		}
		c.add(s[:k], in)
		c.add(" ", in+k)
		s, in = s[k+1:], in+k+1
	}
}

// entity appends the character reference at the start of s and returns its length.
func (c *cleaner) entity(s string, in int) int {
	if end := reference(s); end > 0 {
		if text := html.UnescapeString(s[:end]); text != s[:end] && (text == ";" || !strings.HasSuffix(text, ";")) {
			k := cleaner{limit: 16}
			k.add(text, 0)
			if len(k.out) > 0 {
				c.put(string(k.out), in, end)
				c.last, c.run = 0, 0
			}
			return end
		}
	}
	c.add("&", in)
	return 1
}

// reference returns the length of what has the form of one character reference at the start of s, 0 where nothing has.
func reference(s string) int {
	end := 1
	for end < min(len(s), 32) && (s[end] == '#' || s[end] >= '0' && s[end] <= '9' || s[end]|0x20 >= 'a' && s[end]|0x20 <= 'z') {
		end++
	}
	if end < 2 || end == len(s) || s[end] != ';' {
		return 0
	}
	return end + 1
}

// readTag reads the tag at the start of s; n is its length with the brackets.
func readTag(s string) (tag, attrs string, closing bool, n int) {
	if strings.HasPrefix(s, "<!--") {
		if k := strings.Index(s, "-->"); k >= 0 {
			return "", "", false, k + 3
		}
		return "", "", false, len(s)
	}
	end := tagEnd(s)
	inner := strings.TrimSuffix(s[1:end], "/")
	if strings.HasPrefix(inner, "/") {
		inner, closing = inner[1:], true
	}
	k := strings.IndexAny(inner, " \t\n\r")
	if k < 0 {
		k = len(inner)
	}
	return strings.ToLower(inner[:k]), strings.ToLower(inner[k:]), closing, min(end+1, len(s))
}

// tagEnd returns the offset of the '>' that closes the tag, outside of attribute values.
func tagEnd(s string) int {
	var quote byte
	for i := 1; i < len(s) && i < 4096; i++ {
		switch b := s[i]; {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case (b == '"' || b == '\'') && s[i-1] == '=':
			quote = b
		case b == '>':
			return i
		}
	}
	if k := strings.IndexByte(s, '>'); k >= 0 {
		return k
	}
	return len(s)
}

func untilByte(s string, b byte) int {
	if k := strings.IndexByte(s, b); k >= 0 {
		return k
	}
	return len(s)
}

func untilAny(s string) int {
	if k := strings.IndexAny(s, "<&"); k >= 0 {
		return k
	}
	return len(s)
}
