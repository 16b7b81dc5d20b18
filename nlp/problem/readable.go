package problem

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
	"tribu/nlp"
)

// readable says how well a sentence reads by itself: whole, of a line or so, in somebody's own words,
// without a greeting before it or marks of a program, a log or an address in it.
func readable(n *Need, words *nlp.Wording) float64 {
	quote := n.Quote
	score := lasts(quote) + opening(n.Lang, quote, words)
	if loud(quote) {
		score -= 0.3
	}
	if refers(n.Lang, quote, words) {
		score -= 0.2
	}
	if marks, letters := marksIn(quote); 12*marks > letters {
		score -= 0.4
	}
	if strings.ContainsAny(quote, "@<>") || strings.Contains(quote, "://") || digits(quote) > 6 {
		score -= 0.4
	}
	return score
}

// lasts judges the length of a sentence and how it ends.
func lasts(quote string) float64 {
	score := 0.0
	switch n := utf8.RuneCountInString(quote); {
	case n >= 25 && n <= 120:
		score = 0.3
	case n > 120 && n <= 180:
		score = 0.15
	case n < 15:
		score = -0.3
	}
	if strings.Count(quote, " ") < 4 {
		score -= 0.3
	}
	last, size := utf8.DecodeLastRuneInString(quote)
	switch before := quote[:len(quote)-size]; {
	case last == '…' || strings.HasSuffix(quote, ".."):
		score -= 0.3
	case !strings.ContainsRune(".!?", last) || strings.HasSuffix(before, " "):
		score -= 0.4 // cut off, or leads to what is not quoted
	}
	return score
}

// opening judges how a sentence begins.
func opening(lang data.Lang, quote string, words *nlp.Wording) float64 {
	score := 0.0
	switch first, _ := utf8.DecodeRuneInString(quote); {
	case unicode.IsLower(first):
		score -= 0.15
	case !unicode.IsUpper(first):
		score -= 0.3 // cut off, or counted
	}
	first, _, _ := strings.Cut(strings.ToLower(quote), " ")
	switch first = strings.TrimRight(first, ",.!:;"); {
	case words.Does(lang, first, nlp.Greets):
		score -= 0.2
	case words.Does(lang, first, nlp.Thanks):
		score--
	case words.Does(lang, first, nlp.GoesOn):
		score -= 0.1
	}
	return score
}

// refers reports whether a sentence ends with what an earlier one named.
func refers(lang data.Lang, quote string, words *nlp.Wording) bool {
	quote = strings.TrimRight(quote, ".!?… ")
	return words.Does(lang, strings.ToLower(quote[strings.LastIndexByte(quote, ' ')+1:]), nlp.Refers)
}

// loud reports whether most letters of text are capitals.
func loud(text string) bool {
	upper, letters := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return letters > 5 && 2*upper > letters
}

// marksIn counts the marks that people's sentences hold few of, and the letters.
func marksIn(text string) (marks, letters int) {
	for _, r := range text {
		switch {
		case unicode.IsLetter(r):
			letters++
		case strings.ContainsRune("<>|/\\_=*#{}[]()~^@$;:\"", r), unicode.IsDigit(r):
			marks++
		}
	}
	return marks, letters
}

func digits(text string) (n int) {
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			n++
		}
	}
	return n
}
