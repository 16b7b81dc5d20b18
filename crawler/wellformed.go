package crawler

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parse returns a page's document as html.Parse does; it holds until the next page is read. A page
// to which none of HTML's rules of repair applies, as most are, is read in one pass and in a third
// of the time.
func (w *wellFormed) parse(page []byte) (*html.Node, error) {
	if w.read(page) {
		return w.open[0], nil
	}
	return html.Parse(bytes.NewReader(page))
}

// wellFormed reads a page that says what it means: every element is closed where it was opened and
// stands where it may. It gives up at anything else, and at what is rare.
type wellFormed struct {
	text   string
	at     int
	open   []*html.Node // the document and the elements that are not closed
	inside [placeCount]int
	stage  stage

	nodes [][]html.Node // of this page and, to be used again, of those before
	used  int           // of nodes
	attrs []html.Attribute
}

type stage int

const (
	beforeHTML stage = iota
	beforeHead
	inHead
	afterHead
	inBody
	afterBody
	afterHTML
)

const (
	deepest  = 500 // html.Parse gives up soon after
	longest  = 1 << 20
	together = 128 // nodes that are made at once
)

// leading returns how many bytes at the beginning of s are among some.
func leading(s string, among func(byte) bool) int {
	for i := range len(s) {
		if !among(s[i]) {
			return i
		}
	}
	return len(s)
}

func htmlBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\f' }

func letterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func inAttributeName(c byte) bool { return letterOrDigit(c) || c == '-' || c == '_' || c == ':' }

func inPlainValue(c byte) bool {
	return c > ' ' && c != '>' && c != '"' && c != '\'' && c != '<' && c != '=' && c != '`' && c != '&'
}

// read reports whether page is well-formed.
func (w *wellFormed) read(page []byte) bool {
	if bytes.IndexByte(page, 0) >= 0 || len(page) > longest {
		return false
	}
	w.reset(strings.ReplaceAll(string(page), "\r\n", "\n"))
	if strings.IndexByte(w.text, '\r') >= 0 {
		return false
	}
	for w.at < len(w.text) {
		rest := w.text[w.at:]
		end := strings.IndexByte(rest, '<')
		if end < 0 {
			end = len(rest)
		}
		var ok bool
		switch {
		case end > 0:
			w.at += end
			ok = w.words(rest[:end])
		case strings.HasPrefix(rest, "</"):
			ok = w.endTag(rest[2:])
		case strings.HasPrefix(rest, "<!"):
			ok = w.remark(rest[2:])
		default:
			ok = w.startTag()
		}
		if !ok {
			return false
		}
	}
	return w.stage >= inBody
}

func (w *wellFormed) top() *html.Node { return w.open[len(w.open)-1] }

func (w *wellFormed) reset(text string) {
	for i := 0; i*together < w.used; i++ {
		clear(w.nodes[i])
	}
	w.text, w.at, w.stage, w.used = text, 0, beforeHTML, 0
	w.inside = [placeCount]int{}
	w.attrs = w.attrs[:0]
	w.open = append(w.open[:0], w.node(html.DocumentNode, ""))
}

// node returns a new node. Most of a parser's time goes into making them.
func (w *wellFormed) node(kind html.NodeType, text string) *html.Node {
	if w.used == len(w.nodes)*together {
		w.nodes = append(w.nodes, make([]html.Node, together))
	}
	n := &w.nodes[w.used/together][w.used%together]
	w.used++
	n.Type, n.Data = kind, text
	return n
}

// words adds text where it may stand.
func (w *wellFormed) words(text string) bool {
	blank := leading(text, htmlBlank) == len(text)
	switch {
	case w.stage <= beforeHead:
		return blank // and dropped
	case w.stage != inBody && !blank:
		return false
	case rowsOnly(w.top().DataAtom) && !blank, w.top().DataAtom == atom.Pre && w.top().FirstChild == nil && text[0] == '\n':
		return false
	}
	w.addText(html.UnescapeString(text))
	return true
}

func (w *wellFormed) addText(text string) {
	if last := w.top().LastChild; last != nil && last.Type == html.TextNode {
		last.Data += text
		return
	}
	w.top().AppendChild(w.node(html.TextNode, text))
}

// remark reads a comment or, at the beginning, the doctype, which says nothing that is needed.
func (w *wellFormed) remark(rest string) bool {
	if len(rest) > 7 && strings.EqualFold(rest[:7], "doctype") {
		end := strings.IndexByte(rest, '>')
		w.at += end + len("<!>")
		return w.stage == beforeHTML && end >= 0
	}
	end := strings.Index(rest, "-->")
	if !strings.HasPrefix(rest, "--") || end < 2 {
		return false
	}
	text := rest[2:end]
	if strings.HasPrefix(text, ">") || strings.HasPrefix(text, "-") || strings.HasSuffix(text, "-") || strings.Contains(text, "--") {
		return false
	}
	to := w.top()
	switch w.stage {
	case afterBody:
		to = w.open[1]
	case afterHTML:
		to = w.open[0]
	}
	to.AppendChild(w.node(html.CommentNode, html.UnescapeString(text)))
	w.at += len("<!") + end + len("-->")
	return true
}

// endTag closes the element that was opened last.
func (w *wellFormed) endTag(rest string) bool {
	end := strings.IndexByte(rest, '>')
	if end <= 0 {
		return false
	}
	name := w.tagName(strings.TrimRight(rest[:end], " \t\n\f"))
	w.at += len("</>") + end
	switch {
	case name == 0:
		return false
	case name == atom.Body && w.stage == inBody && w.top().DataAtom == atom.Body:
		w.stage = afterBody
		return true
	case name == atom.Html && w.stage == afterBody:
		w.stage = afterHTML
		return true
	case name == atom.Head && w.stage == inHead && w.top().DataAtom == atom.Head:
		w.stage = afterHead
		w.open = w.open[:2]
		return true
	case w.stage != inBody:
		return false
	}
	if name == atom.Table && w.top().DataAtom == atom.Tbody { // which no tag may have opened
		w.close()
	}
	if w.top().DataAtom != name || name == atom.Body {
		return false
	}
	w.close()
	return true
}

func (w *wellFormed) close() {
	w.inside[placeOf(w.top().DataAtom)]--
	w.open = w.open[:len(w.open)-1]
}
