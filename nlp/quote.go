package nlp

import "strings"

// quotedAt reports whether token at of x stands between quotation marks: in somebody else's words.
func quotedAt(d *document, x *sentence, at int) bool {
	opened := false
	for i := x.from; i < x.to; i++ {
		switch t := &d.tokens[i]; {
		case t.kind != mark || !strings.Contains("\"“”«»", t.key):
		case i > at:
			return opened
		default:
			opened = t.key == "“" || t.key == "«" || t.key == "\"" && !opened && !inches(d, x, i)
		}
	}
	return opened && x.end < len(x.sec.text) && strings.ContainsAny(x.sec.text[x.end:min(len(x.sec.text), x.end+3)], "\"”»")
}

// inches reports whether the mark at token i of x stands right behind a number, where no quotation begins.
func inches(d *document, x *sentence, i int) bool {
	return i > x.from && d.tokens[i-1].kind == number && d.tokens[i-1].end == d.tokens[i].start
}
