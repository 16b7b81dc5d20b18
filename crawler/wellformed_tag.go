package crawler

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tagName returns the element that a tag names; 0 for those that are unknown.
func (w *wellFormed) tagName(name string) atom.Atom {
	var room [16]byte
	if len(name) > len(room) {
		return 0
	}
	lower := append(room[:0], name...)
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return atom.Lookup(lower)
}

// startTag reads a tag and all of the element that can be told from it.
func (w *wellFormed) startTag() bool {
	rest := w.text[w.at+1:]
	end := leading(rest, letterOrDigit)
	if end == 0 || end == len(rest) {
		return false
	}
	name := w.tagName(rest[:end])
	w.at += 1 + end
	attrs, closed, ok := w.attributes()
	place := placeOf(name)
	if !ok || closed && !place.empty() || !w.fits(name, place) {
		return false
	}
	if place == boldPlace || place == linkPlace { // as html.Parse leaves them
		slices.SortFunc(attrs, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	}
	n := w.node(html.ElementNode, name.String())
	n.DataAtom, n.Attr = name, attrs
	if place != rawPlace && !place.empty() {
		w.push(n, place)
		return len(w.open) < deepest
	}
	w.top().AppendChild(n)
	return place.empty() || w.rawText(n, name)
}

func (w *wellFormed) push(n *html.Node, p place) {
	w.top().AppendChild(n)
	w.inside[p]++
	w.open = append(w.open, n)
}

// rawText reads what an element holds that holds no elements.
func (w *wellFormed) rawText(n *html.Node, name atom.Atom) bool {
	rest := w.text[w.at:]
	for from := 0; ; {
		i := strings.Index(rest[from:], "</")
		if i < 0 {
			return false
		}
		i += from
		tail := rest[i+2:]
		if size := len(n.Data); len(tail) > size && strings.EqualFold(tail[:size], n.Data) {
			if tail[size] != '>' {
				return false
			}
			w.at += i + len("</>") + size
			rest = rest[:i]
			break
		}
		from = i + 2
	}
	if name == atom.Script && strings.Contains(rest, "<!--") || name == atom.Textarea && strings.HasPrefix(rest, "\n") {
		return false
	}
	if name == atom.Title || name == atom.Textarea {
		rest = html.UnescapeString(rest)
	}
	if rest != "" {
		n.AppendChild(w.node(html.TextNode, rest))
	}
	return true
}

// attributes reads a tag's attributes up to its end, and whether it closes itself.
func (w *wellFormed) attributes() (all []html.Attribute, closed, ok bool) {
	start := len(w.attrs)
	for {
		spaces := leading(w.text[w.at:], htmlBlank)
		w.at += spaces
		rest := w.text[w.at:]
		if strings.HasPrefix(rest, ">") || strings.HasPrefix(rest, "/>") {
			closed = rest[0] == '/'
			w.at += strings.IndexByte(rest, '>') + 1
			return w.attrs[start:len(w.attrs):len(w.attrs)], closed, true
		}
		if spaces == 0 || !w.attribute(rest, start) {
			return nil, false, false
		}
	}
}

// attribute reads one attribute. One that is there twice is not for this reader.
func (w *wellFormed) attribute(rest string, start int) bool {
	end := leading(rest, inAttributeName)
	if end == 0 || end == len(rest) || strings.IndexByte(" \t\n\f=>", rest[end]) < 0 {
		return false
	}
	key, value, rest := strings.ToLower(rest[:end]), "", rest[end:]
	if rest[0] == '=' {
		if len(rest) < 3 {
			return false
		}
		if quote := rest[1]; quote == '"' || quote == '\'' {
			end = strings.IndexByte(rest[2:], quote)
			if end < 0 {
				return false
			}
			value, rest = rest[2:2+end], rest[3+end:]
		} else {
			end = 1 + leading(rest[1:], inPlainValue)
			if end == 1 || end == len(rest) || strings.IndexByte(" \t\n\f>", rest[end]) < 0 {
				return false
			}
			value, rest = rest[1:end], rest[end:]
		}
	}
	value, ok := attributeValue(value)
	if !ok || slices.ContainsFunc(w.attrs[start:], func(a html.Attribute) bool { return a.Key == key }) {
		return false
	}
	w.attrs = append(w.attrs, html.Attribute{Key: key, Val: value})
	w.at = len(w.text) - len(rest)
	return true
}

// attributeValue resolves the entities that are in most addresses and texts; others have rules of
// their own in attributes.
func attributeValue(value string) (string, bool) {
	if strings.IndexByte(value, '&') < 0 {
		return value, true
	}
	for part := range strings.SplitSeq(value[strings.IndexByte(value, '&')+1:], "&") {
		switch name, _, found := strings.Cut(part, ";"); {
		case !found:
			return "", false
		case name != "amp" && name != "quot" && name != "lt" && name != "gt" && name != "#39" && name != "#039":
			return "", false
		}
	}
	return html.UnescapeString(value), true
}
