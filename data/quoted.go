package data

import "strings"

const (
	quoteMarks   = ">|]}"        // a line that begins with one of these is quoted
	besideMarks  = "#%:;*!&+~^$" // may stand before it: "#> so", ":|> so"
	learnedMarks = "#%:;!&^="    // by which somebody may quote alone, where an introduction shows it
	mostBeside   = 4
	mostInitials = 12
)

// Quoted reports whether a line of plain text, without the space around it, begins with the marks that
// mailers put before somebody else's words: "> so", "#|> so", ": so", "Jon> so".
func Quoted(line string) bool {
	if line == "" {
		return false
	}
	if strings.IndexByte(quoteMarks, line[0]) >= 0 || line[0] == ':' && !smiles(line) || strings.HasPrefix(line, "=|") {
		return true
	}
	beside := len(line) - len(strings.TrimLeft(line, besideMarks))
	if beside > 0 && beside <= mostBeside && beside < len(line) && (line[beside] == '>' || line[beside] == '|') {
		return true
	}
	return named(line)
}

// named reports whether a line begins with a name and the mark of a quotation, which nothing but initials may do
// without a space: "Jon> so", "JB>so".
func named(line string) bool {
	k := strings.IndexByte(line[:min(len(line), mostInitials)], '>')
	if k <= 0 || k > 5 && strings.IndexByte(line[:k], ' ') >= 0 {
		return false
	}
	for i := range k {
		if b := line[i] | 0x20; (b < 'a' || b > 'z') && line[i] != ' ' {
			return false
		}
	}
	return k+1 == len(line) || line[k+1] == ' ' || line[k+1] == '>' || k > 1 && k < 5 && line[:k] == strings.ToUpper(line[:k])
}

// smiles reports whether a line starts with a smiling colon.
func smiles(line string) bool {
	if len(line) < 2 || !strings.ContainsRune(")(-DdPpOo/|*'x3sS", rune(line[1])) {
		return len(line) < 2
	}
	return len(line) == 2 || line[1] == '-' || line[1] == ')' || line[1] == '(' || line[2] == ' '
}

// QuotedBy returns the mark by which a post quotes where neither says so by itself: that of the line which
// introduces somebody else's words, else of two lines below it; 0 where they begin with none.
func QuotedBy(introduction, first, second string) byte {
	if m := learned(introduction); m != 0 {
		return m
	}
	if m := learned(first); m != 0 && m == learned(second) {
		return m
	}
	return 0
}

func learned(line string) byte {
	if line == "" || strings.IndexByte(learnedMarks, line[0]) < 0 {
		return 0
	}
	return line[0]
}
