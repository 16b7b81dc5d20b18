package signs

import (
	"strings"
	"unicode"
)

// Words returns the words of text in lower case, accents and apostrophes undone; the end of a
// clause is a word of its own, ".".
func Words(text string) []string {
	folded := fold(text)
	var out []string
	start := -1
	for i, r := range folded {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+' ||
			(r == '.' || r == ',') && start >= 0 && digitAt(folded, i-1) && digitAt(folded, i+1)
		if inside && start < 0 {
			start = i
		}
		if !inside && start >= 0 {
			out = append(out, folded[start:i])
			start = -1
		}
		if !inside {
			out = appendMark(out, r)
		}
	}
	if start >= 0 {
		out = append(out, folded[start:])
	}
	return out
}

func appendMark(out []string, r rune) []string {
	switch r {
	case '.', ',', ';', ':', '!', '?', '\n', '(', ')':
		if len(out) > 0 && out[len(out)-1] != "." {
			return append(out, ".")
		}
	case '€', '$', '£', '%':
		return append(out, string(r))
	}
	return out
}

// Stem returns word without the ending that tells one of a thing from many: an Italian vowel, an
// English s. Words of four letters or fewer stay as they are.
func Stem(word string) string {
	if strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && len(word) > 3 {
		word = word[:len(word)-1]
	}
	if len(word) > 4 && strings.ContainsRune("aeio", rune(word[len(word)-1])) {
		return word[:len(word)-1]
	}
	return word
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

// fold lowers text, undoes accents, and takes contractions and elisions apart: "we'll" → "we ll",
// "c'è" → "c e".
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\'', '’', '‘', '`', '-', '_', '/':
			return ' '
		case 'à', 'á', 'À', 'Á':
			return 'a'
		case 'è', 'é', 'È', 'É':
			return 'e'
		case 'ì', 'í', 'Ì', 'Í':
			return 'i'
		case 'ò', 'ó', 'Ò', 'Ó':
			return 'o'
		case 'ù', 'ú', 'Ù', 'Ú':
			return 'u'
		}
		return unicode.ToLower(r)
	}, text)
}

// Sentences returns the sentences of text, trimmed and at most 280 runes long.
func Sentences(text string) []string {
	var out []string
	start := 0
	end := func(to int) {
		if s := strings.Join(strings.Fields(text[start:to]), " "); s != "" {
			if runes := []rune(s); len(runes) > 280 {
				s = string(runes[:279]) + "…"
			}
			out = append(out, s)
		}
		start = to
	}
	for i, r := range text {
		last := i+1 >= len(text) || text[i+1] == ' ' || text[i+1] == '\n'
		if r == '\n' || (r == '.' || r == '!' || r == '?') && last {
			end(i + 1)
		}
	}
	end(len(text))
	return out
}

// Adjectives returns the adjectives by which people judge a firm or a product, in both languages.
func Adjectives() []string {
	text, err := lists.ReadFile("cues/adjectives.txt")
	if err != nil {
		panic("read embedded adjectives: " + err.Error()) // cannot happen: the list is compiled in
	}
	var out []string
	for line := range strings.SplitSeq(string(text), "\n") {
		if line != "" && line[0] != '#' {
			out = append(out, strings.Fields(line)...)
		}
	}
	return out
}
