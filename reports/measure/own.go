package measure

import (
	"html"
	"slices"
	"strings"

	"tribu/data"
)

// OwnWords returns what the author of a post wrote, as plain text: without the lines they quote and what
// introduces them, their signature, code and markup, nor the title where they answer somebody: that is
// another's. Lines that were only wrapped are joined.
func OwnWords(p data.Post) string {
	body := p.Body
	if p.Format == data.FormatHTML {
		body = plainText(body)
	}
	var out strings.Builder
	if p.Parent.IsZero() {
		out.WriteString(p.Title)
	}
	lines := strings.Split(body, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t\r")
	}
	o := owner{lines: lines}
	gap := true
	for i, line := range lines {
		if line == "--" || strings.HasPrefix(strings.TrimSpace(line), "_____") || strings.HasPrefix(strings.TrimSpace(line), "-----Original") {
			break
		}
		line = strings.TrimSpace(line)
		if line == "" || !o.keeps(i) {
			gap = true
			continue
		}
		if gap {
			out.WriteString("\n")
		} else {
			out.WriteString(" ")
		}
		gap = false
		out.WriteString(line)
	}
	return strings.TrimSpace(out.String())
}

// An owner decides line by line what is the author's own.
type owner struct {
	lines []string
	marks string // by which the post was seen to quote
	skip  int    // lines still to drop
	fence string // what ends the block being dropped
	noted bool   // the line before is an archive's, in place of what it left out
}

func (o *owner) line(i int) string {
	if i >= len(o.lines) {
		return ""
	}
	return strings.TrimSpace(o.lines[i])
}

// keeps reports whether line i, which is not empty, is the author's.
func (o *owner) keeps(i int) bool {
	line := o.line(i)
	switch {
	case o.fence != "":
		if strings.HasPrefix(line, o.fence) {
			o.fence = ""
		}
		return false
	case o.skip > 0:
		o.skip--
		return false
	case strings.HasPrefix(line, "-----BEGIN PGP SIGNED"):
		o.fence = "Hash:"
		return false
	case strings.HasPrefix(line, "-----BEGIN PGP"):
		o.fence = "-----END PGP"
		return false
	case data.Quoted(line) || strings.IndexByte(o.marks, line[0]) >= 0 || strings.HasPrefix(line, "-----") || o.note(line):
		return false
	}
	if n := o.introduction(i); n > 0 {
		o.skip = n - 1
		if mark := data.QuotedBy(line, o.line(i+n), o.line(i+n+1)); mark != 0 {
			o.marks += string(mark)
		}
		return false
	}
	return true
}

// longestIntroduction is how many letters a line has at most that introduces somebody else's words.
const longestIntroduction = 200

// introduction returns how many lines from line i on introduce somebody else's words: "In article … Ann
// writes:", "Il giorno … Anna ha scritto:"; 0 where none do.
func (o *owner) introduction(i int) int {
	line := o.line(i)
	cites := strings.HasPrefix(line, "In article") || strings.HasPrefix(line, "In message")
	switch next := o.line(i + 1); {
	case len(line) < longestIntroduction && introduces(line):
		return 1
	case (cites || strings.ContainsAny(line, "0123456789@<")) && len(next) < longestIntroduction && opensIntroduction(line) && introduces(next):
		return 2
	case cites && strings.ContainsAny(line, "<@"):
		return 1
	}
	return 0
}

// introduces reports whether a line ends like "… wrote:".
func introduces(line string) bool {
	if !strings.HasSuffix(line, ":") && !strings.HasSuffix(line, ":>") {
		return false
	}
	line = strings.TrimRight(line, ":> ")
	return slices.ContainsFunc([]string{"wrote", "writes", "write", "said", "says", "ha scritto", "scrive", "scriveva", "scrisse"}, func(verb string) bool {
		rest, ok := strings.CutSuffix(line, verb)
		return ok && (rest == "" || strings.HasSuffix(rest, " "))
	})
}

// opensIntroduction reports whether a line begins what the next may end: "On Monday, Ann Lee".
func opensIntroduction(line string) bool {
	return slices.ContainsFunc([]string{"In article", "In message", "On ", "From ", "Il ", "In data ", "Da "}, func(opens string) bool { return strings.HasPrefix(line, opens) })
}

// note reports whether a line is what an archive keeps of something it left out.
func (o *owner) note(line string) bool {
	k := strings.IndexByte(line[:min(len(line), 6)], ':')
	rest, scrubbed := strings.CutSuffix(strings.TrimRight(line, ". "), " was scrubbed")
	o.noted = scrubbed && (strings.HasSuffix(rest, " attachment") || strings.HasSuffix(rest, " text") || strings.HasSuffix(rest, " message")) || o.noted && k > 0
	return o.noted
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
