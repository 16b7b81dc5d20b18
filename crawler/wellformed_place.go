package crawler

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A place is where an element may stand without a repair.
type place int

const (
	placeless    place = iota
	framePlace         // html, head, body
	voidPlace          // has no content
	rulePlace          // hr: neither content nor a place in a paragraph
	headPlace          // in the head, and anywhere in the body
	rawPlace           // holds text alone
	phrasePlace        // anywhere in the body
	boldPlace          // likewise; and html.Parse opens it again where it is left open
	linkPlace          // not within its like
	buttonPlace        // likewise
	formPlace          // likewise
	blockPlace         // ends a paragraph
	titlePlace         // h1 to h6: likewise, and not right within its like
	paraPlace          // p: a block, for which blocks are no place
	entryPlace         // li: in a list
	termPlace          // dt, dd: in a dl
	tablePlace         // a block
	sectionPlace       // of a table
	captionPlace       // of a table
	rowPlace           // in a section
	cellPlace          // in a row
	columnsPlace       // of a table
	columnPlace        // of those
	choicePlace        // select
	groupPlace         // optgroup
	optionPlace        // in a choice or a group
	placeCount
)

func placeOf(a atom.Atom) place {
	switch a {
	case atom.Html, atom.Head, atom.Body:
		return framePlace
	case atom.Br, atom.Img, atom.Input, atom.Wbr, atom.Area:
		return voidPlace
	case atom.Hr:
		return rulePlace
	case atom.Meta, atom.Link, atom.Base:
		return headPlace
	case atom.Script, atom.Style, atom.Title, atom.Textarea, atom.Noscript, atom.Iframe:
		return rawPlace
	case atom.Span, atom.Label, atom.Abbr, atom.Acronym, atom.Bdi, atom.Bdo, atom.Cite, atom.Dfn, atom.Kbd, atom.Mark, atom.Q,
		atom.Samp, atom.Time, atom.Var, atom.Sub, atom.Sup, atom.Data, atom.Del, atom.Ins:
		return phrasePlace
	case atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		return boldPlace
	case atom.A:
		return linkPlace
	case atom.Button:
		return buttonPlace
	case atom.Form:
		return formPlace
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Details, atom.Div, atom.Dl, atom.Fieldset,
		atom.Figcaption, atom.Figure, atom.Footer, atom.Header, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.Section, atom.Summary,
		atom.Ul, atom.Pre:
		return blockPlace
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return titlePlace
	case atom.P:
		return paraPlace
	case atom.Li:
		return entryPlace
	case atom.Dt, atom.Dd:
		return termPlace
	}
	return placeInTable(a)
}

func placeInTable(a atom.Atom) place {
	switch a {
	case atom.Table:
		return tablePlace
	case atom.Tbody, atom.Thead, atom.Tfoot:
		return sectionPlace
	case atom.Caption:
		return captionPlace
	case atom.Tr:
		return rowPlace
	case atom.Td, atom.Th:
		return cellPlace
	case atom.Colgroup:
		return columnsPlace
	case atom.Col:
		return columnPlace
	case atom.Select:
		return choicePlace
	case atom.Optgroup:
		return groupPlace
	case atom.Option:
		return optionPlace
	}
	return placeless
}

// empty reports whether an element there has no content at all.
func (p place) empty() bool {
	return p == voidPlace || p == rulePlace || p == headPlace || p == columnPlace
}

// rowsOnly reports whether an element holds parts of a table and no text.
func rowsOnly(a atom.Atom) bool {
	switch placeOf(a) {
	case tablePlace, sectionPlace, rowPlace, columnsPlace:
		return true
	}
	return false
}

// fits reports whether an element may stand where the page is, and goes there.
func (w *wellFormed) fits(name atom.Atom, p place) bool {
	switch {
	case w.stage == beforeHTML && name == atom.Html:
		w.stage = beforeHead
	case w.stage == beforeHead && name == atom.Head:
		w.stage = inHead
	case w.stage == beforeHead && name == atom.Body:
		head := w.node(html.ElementNode, "head")
		head.DataAtom = atom.Head
		w.top().AppendChild(head)
		w.stage = inBody
	case w.stage == afterHead && name == atom.Body:
		w.stage = inBody
	case w.stage == inHead:
		return p == headPlace || p == rawPlace && name != atom.Textarea && name != atom.Iframe
	default:
		return w.stage == inBody && w.fitsBody(p)
	}
	return true
}

func (w *wellFormed) fitsBody(p place) bool {
	top := w.top().DataAtom
	at := placeOf(top)
	switch at {
	case tablePlace:
		if p == rowPlace { // in a section that no tag opens
			body := w.node(html.ElementNode, "tbody")
			body.DataAtom = atom.Tbody
			w.push(body, sectionPlace)
			return true
		}
		return p == sectionPlace || p == captionPlace || p == columnsPlace
	case sectionPlace:
		return p == rowPlace
	case rowPlace:
		return p == cellPlace
	case columnsPlace:
		return p == columnPlace
	case choicePlace:
		return p == groupPlace || p == optionPlace
	case groupPlace:
		return p == optionPlace
	case optionPlace:
		return false
	}
	switch p {
	case voidPlace, headPlace, rawPlace, phrasePlace, choicePlace:
		return true
	case boldPlace:
		return w.inside[boldPlace] < 3
	case linkPlace, buttonPlace:
		return w.inside[p] == 0
	case formPlace:
		return w.inside[paraPlace]+w.inside[p] == 0
	case blockPlace, paraPlace, tablePlace, rulePlace:
		return w.inside[paraPlace] == 0
	case titlePlace:
		return w.inside[paraPlace] == 0 && at != titlePlace
	case entryPlace:
		return w.inside[paraPlace] == 0 && (top == atom.Ul || top == atom.Ol || top == atom.Menu)
	case termPlace:
		return w.inside[paraPlace] == 0 && top == atom.Dl
	}
	return false
}
