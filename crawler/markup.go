package crawler

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// A markup is an HTML document that knows where the elements are that its selectors may find: by
// the tag, class or id that each selector ends with. So a selector tries few elements, not all.
type markup struct {
	nodes []*html.Node // the document, then its elements in its order
	ends  []int        // behind the last element within each
	named [][]int      // by the number of a name: the elements of that tag, class or id

	text bytes.Buffer // room for what is written of it
}

// endings number what selectors end with: "p", ".post", "#p12".
type endings map[string]int

// of reads a document and returns it as an element; what m held before is forgotten.
func (m *markup) of(doc *html.Node, known endings) element {
	m.nodes, m.ends = m.nodes[:0], m.ends[:0]
	m.named = slices.Grow(m.named[:0], len(known))[:len(known)]
	for i := range m.named {
		m.named[i] = m.named[i][:0]
	}
	m.read(doc, known)
	return element{m, 0}
}

func (m *markup) read(n *html.Node, known endings) {
	at := len(m.nodes)
	m.nodes, m.ends = append(m.nodes, n), append(m.ends, 0)
	if n.Type == html.ElementNode {
		m.note(at, known, "", n.Data)
		for _, a := range n.Attr {
			switch a.Key {
			case "class":
				for class := range strings.FieldsFuncSeq(a.Val, htmlSpace) {
					m.note(at, known, ".", class)
				}
			case "id":
				m.note(at, known, "#", a.Val)
			}
		}
	}
	for child := range n.ChildNodes() {
		if child.Type == html.ElementNode {
			m.read(child, known)
		}
	}
	m.ends[at] = len(m.nodes)
}

func (m *markup) note(at int, known endings, sign, name string) {
	var room [64]byte
	if number, is := known[string(append(append(room[:0], sign...), name...))]; is {
		if all := m.named[number]; len(all) == 0 || all[len(all)-1] != at {
			m.named[number] = append(all, at)
		}
	}
}

func htmlSpace(r rune) bool { return strings.ContainsRune(" \t\r\n\f", r) }

// An element is one of a markup's. The zero element is none.
type element struct {
	in *markup
	at int
}

func (e element) node() *html.Node { return e.in.nodes[e.at] }

// within reports whether e is inside of other.
func (e element) within(other element) bool {
	return e.at > other.at && e.at < e.in.ends[other.at]
}

// attribute returns the value of an attribute, and whether there is one.
func (e element) attribute(name string) (string, bool) {
	for _, a := range e.node().Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// text returns all text within e.
func (e element) text() string {
	var b strings.Builder
	for n := range e.node().Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

// A selector is a group of CSS selectors.
type selector []oneSelector

type oneSelector struct {
	match cascadia.Sel
	name  int  // that everything it finds has; -1: none is known
	whole bool // it asks for nothing else
}

// compile reads a group of CSS selectors and numbers the names that they end with.
func (known endings) compile(css string) (selector, error) {
	group, err := cascadia.ParseGroup(css)
	if err != nil {
		return nil, err
	}
	parts := splitOutside(css, ",")
	var out selector
	for i, match := range group {
		one := oneSelector{match, -1, false}
		if len(parts) == len(group) {
			part := strings.TrimSpace(parts[i])
			if name := nameOf(part); name != "" {
				number, is := known[name]
				if !is {
					number = len(known)
					known[name] = number
				}
				one.name, one.whole = number, name == part
			}
		}
		out = append(out, one)
	}
	return out, nil
}

// nameOf returns a class, id or tag that whatever a CSS selector finds must have; none where it
// is not plain to see.
func nameOf(css string) string {
	if strings.Contains(css, `\`) {
		return ""
	}
	steps := splitOutside(css, " \t\r\n\f>+~")
	plain, _, _ := strings.Cut(steps[len(steps)-1], "[")
	plain, _, _ = strings.Cut(plain, ":")
	if i := strings.IndexAny(plain, ".#"); i >= 0 {
		rest, more := plain[i+1:], ""
		if end := strings.IndexAny(rest, ".#"); end >= 0 {
			rest, more = rest[:end], rest[end+1:]
		}
		if strings.Trim(rest+more, nameSigns+".#") != "" {
			return ""
		}
		return plain[i:i+1] + rest
	}
	if strings.Trim(plain, nameSigns) != "" {
		return ""
	}
	return strings.ToLower(plain)
}

// nameSigns are what names in CSS consist of, where nothing is escaped.
const nameSigns = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

// splitOutside splits a CSS selector at signs that are not in brackets or quotes.
func splitOutside(css, signs string) []string {
	var parts []string
	depth, start, quote := 0, 0, byte(0)
	for i := range len(css) {
		switch c := css[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case depth == 0 && strings.IndexByte(signs, c) >= 0:
			parts, start = append(parts, css[start:i]), i+1
		}
	}
	return append(parts, css[start:])
}

// find returns what s finds within e, in the order of the document.
func (e element) find(s selector) []element {
	var out []element
	for _, one := range s {
		out = one.appendTo(out, e)
	}
	if len(s) > 1 {
		slices.SortFunc(out, func(a, b element) int { return cmp.Compare(a.at, b.at) })
		out = slices.Compact(out)
	}
	return out
}

func (one oneSelector) appendTo(out []element, scope element) []element {
	m, end := scope.in, scope.in.ends[scope.at]
	if one.name < 0 {
		for at := scope.at + 1; at < end; at++ {
			if one.match.Match(m.nodes[at]) {
				out = append(out, element{m, at})
			}
		}
		return out
	}
	all := m.named[one.name]
	first, _ := slices.BinarySearch(all, scope.at+1)
	for _, at := range all[first:] {
		if at >= end {
			break
		}
		if one.whole || one.match.Match(m.nodes[at]) {
			out = append(out, element{m, at})
		}
	}
	return out
}
