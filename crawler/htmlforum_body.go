package crawler

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// bodyHTML returns a post's own markup: without signatures, notes on edits and what drop names,
// and with every quote as a blockquote.
func bodyHTML(body element, drop, quote picker) string {
	c := excerpt{body.node(), map[*html.Node]bool{}, map[*html.Node]bool{}}
	for _, o := range drop {
		if o.find != nil {
			for _, e := range body.find(o.find) {
				c.dropped[e.node()] = true
			}
		}
	}
	for _, o := range quote {
		for _, e := range o.in(body) {
			if !c.drops(e.node()) {
				c.quotes[e.node()] = true
			}
		}
		if len(c.quotes) > 0 {
			break
		}
	}
	kept := c.body
	if len(c.dropped)+len(c.quotes) > 0 || c.signed() {
		kept = c.copy(kept)
	}
	text := &body.in.text
	text.Reset()
	for n := range kept.ChildNodes() {
		if render(text, n) != nil {
			return ""
		}
	}
	return string(bytes.TrimSpace(text.Bytes()))
}

// render is html.Render, which takes long over what most bodies consist of: plain text and line breaks.
func render(w *bytes.Buffer, n *html.Node) error {
	switch {
	case n.Type == html.TextNode && leading(n.Data, asIs) == len(n.Data):
		w.WriteString(n.Data)
	case n.Type == html.ElementNode && n.DataAtom == atom.Br && n.FirstChild == nil && len(n.Attr) == 0:
		w.WriteString("<br/>")
	default:
		return html.Render(w, n)
	}
	return nil
}

func asIs(c byte) bool {
	return c != '&' && c != '<' && c != '>' && c != '"' && c != '\'' && c != '\r'
}

// An excerpt is what is kept of a body.
type excerpt struct {
	body            *html.Node
	dropped, quotes map[*html.Node]bool
}

// drops reports whether n is within what is dropped.
func (c excerpt) drops(n *html.Node) bool {
	for ; n != nil && n != c.body; n = n.Parent {
		if c.dropped[n] {
			return true
		}
	}
	return false
}

// signed reports whether a signature follows under a line.
func (c excerpt) signed() bool {
	for n := range c.body.Descendants() {
		if n.Parent != c.body && signatureLine(n) {
			return true
		}
	}
	return false
}

func (c excerpt) copy(n *html.Node) *html.Node {
	m := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: n.Attr}
	if c.quotes[n] {
		m.Data, m.DataAtom, m.Attr = "blockquote", 0, nil
	}
	for child := range n.ChildNodes() {
		switch {
		case c.dropped[child]:
			continue
		case n != c.body && signatureLine(child):
			return m
		}
		m.AppendChild(c.copy(child))
	}
	return m
}

// signatureLine reports whether n is the line that some forums draw above a signature.
func signatureLine(n *html.Node) bool {
	if n.Type != html.TextNode || !strings.Contains(n.Data, "_____") {
		return false
	}
	text := strings.TrimSpace(n.Data)
	return len(text) > 10 && strings.Trim(text, "_ \n\r\t") == ""
}
