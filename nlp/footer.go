package nlp

import (
	"slices"
	"strings"
)

const (
	footerLines = 14 // a signature is looked for in so many lines from the end
	signedLines = 8  // what follows a greeting is a signature up to so many lines
)

// ownEnd returns the number of lines up to the signature or to a message that was left below.
func (f *frames) ownEnd(src string, lines []line) int {
	end := len(lines)
	for i, l := range lines {
		t := src[l.start:l.end]
		if strings.HasPrefix(t, "--") && f.forwarded(t) {
			end = i
			break
		}
	}
	for end > 0 && strings.TrimSpace(src[lines[end-1].start:lines[end-1].end]) == "" {
		end--
	}
	end = f.cutSignature(src, lines[:end])
	return cutName(src, lines[:end])
}

// forwarded reports whether t says that somebody else's message is below.
func (f *frames) forwarded(t string) bool {
	t = strings.ToLower(strings.TrimLeft(t, "- "))
	return slices.ContainsFunc(f.lines[forwards], func(phrase string) bool { return strings.HasPrefix(t, phrase) })
}

// cutSignature returns where the last lines begin to be a signature.
func (f *frames) cutSignature(src string, lines []line) int {
	from := max(0, len(lines)-4*footerLines)
	for i := from; i < len(lines); i++ {
		t := strings.TrimRight(src[lines[i].start:lines[i].end], " \t\r")
		if t == "--" || i > len(lines)-footerLines && i > 0 && ruler(t) {
			return i
		}
		if i >= len(lines)-signedLines && i > 0 && f.greets(strings.TrimSpace(t)) && !f.goesOn(src, lines[i+1:]) {
			return i
		}
	}
	return len(lines)
}

// ruler reports whether t is a line drawn with marks.
func ruler(t string) bool {
	t = strings.TrimSpace(t)
	if t == "---" || t == "___" {
		return true
	}
	if len(t) < 5 {
		return false
	}
	for i := 0; i < len(t); i++ {
		if !strings.ContainsRune("-_=*~+#. /\\|<>^", rune(t[i])) {
			return false
		}
	}
	return true
}

// greets reports whether t is nothing but a closing formula.
func (f *frames) greets(t string) bool {
	return len(t) > 0 && len(t) <= 34 && f.words[closing][strings.ToLower(strings.TrimRight(t, ",.!- "))]
}

// goesOn reports whether the author goes on below the closing formula.
func (f *frames) goesOn(src string, lines []line) bool {
	return slices.ContainsFunc(lines, func(l line) bool {
		t := strings.TrimSpace(src[l.start:l.end])
		return len(t) > 60 || slices.ContainsFunc(f.lines[postscript], func(mark string) bool { return strings.HasPrefix(t, mark) })
	})
}

// cutName drops a last line that is nothing but a name.
func cutName(src string, lines []line) int {
	n := len(lines)
	for n > 0 && strings.TrimSpace(src[lines[n-1].start:lines[n-1].end]) == "" {
		n--
	}
	if n < 3 {
		return n
	}
	before := strings.TrimSpace(src[lines[n-2].start:lines[n-2].end])
	if before != "" && !strings.HasSuffix(before, ",") {
		return n
	}
	if isName(strings.TrimLeft(strings.TrimSpace(src[lines[n-1].start:lines[n-1].end]), "- ~")) {
		return n - 1
	}
	return n
}

// isName reports whether t is one to three words in capitals' dress and nothing else.
func isName(t string) bool {
	words := 0
	for w := range strings.FieldsSeq(t) {
		w = strings.TrimSuffix(w, ".")
		if words++; words > 3 || w == "" || w[0] < 'A' || w[0] > 'Z' || strings.ContainsAny(w, "?!:;,.0123456789") {
			return false
		}
	}
	return words > 0 && len(t) < 40
}

// codeLike reports whether t is a line of a program, of its output or of data.
func codeLike(t string) bool {
	for _, p := range [...]string{"#include", "#define", "#if", "#endif", "//", "/*", "*/", "$ ", "import ", "<?", "[1] ", "void ", "return ", "int ", "Error in ", "Traceback", "at java.", "library("} {
		if strings.HasPrefix(t, p) {
			return strings.ContainsAny(t, "(){};=<>#*/[]") || p[0] == '$'
		}
	}
	if strings.HasPrefix(t, "==") || strings.HasPrefix(t, "% ") || strings.HasPrefix(t, "##") && strings.ContainsAny(t, "(){}=;<[") {
		return true
	}
	if t[0] == ';' || t[0] == '(' && strings.ContainsAny(t, "\"'") && strings.HasSuffix(t, ")") {
		return true
	}
	letters, digits, signs := 0, 0, 0
	for i := 0; i < len(t); i++ {
		switch b := t[i]; {
		case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80:
			letters++
		case b >= '0' && b <= '9':
			digits++
		case strings.IndexByte("{}[]=<>;_+*/\\|&$#^~%@()", b) >= 0:
			signs++
		}
	}
	total := letters + digits + signs
	switch last := t[len(t)-1]; {
	case total < 4:
		return false
	case last == '{' || last == '}' || last == ';' && signs > 2:
		return true
	case strings.Contains(t, "<-") && signs > 3:
		return true
	case len(t) > 50 && strings.IndexByte(t, ' ') < 0 && !strings.Contains(t, "://"):
		return true
	}
	return signs*6 > total && signs > 2 || digits*2 > total && digits > 5
}

// artwork reports whether t is drawn, not written.
func artwork(t string) bool {
	if len(t) < 6 {
		return false
	}
	letters := 0
	for i := 0; i < len(t); i++ {
		if b := t[i] | 0x20; b >= 'a' && b <= 'z' || t[i] >= 0x80 || t[i] == ' ' || t[i] >= '0' && t[i] <= '9' {
			letters++
		}
	}
	return letters*2 < len(t)
}
