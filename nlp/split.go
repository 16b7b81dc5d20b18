package nlp

import (
	"strings"
	"unicode"
)

// Split cuts a sentence into its words in lower case; addresses and numbers are left out as "".
func Split(sentence string) []string {
	out := make([]string, 0, 2+strings.Count(sentence, " "))
	sentence = lower(sentence)
	addressed := strings.Contains(sentence, "://") || strings.Contains(sentence, "www.") || strings.IndexByte(sentence, '@') >= 0
	for field := range strings.FieldsSeq(sentence) {
		if addressed && (strings.Contains(field, "://") || strings.Contains(field, "@") || strings.HasPrefix(field, "www.")) {
			out = append(out, "")
			continue
		}
		out = appendWords(out, field)
	}
	return out
}

// appendWords cuts field at everything that is neither letter, digit nor inner hyphen.
func appendWords(out []string, field string) []string {
	start := -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		word := strings.Trim(field[start:end], "-")
		if strings.IndexFunc(word, unicode.IsLetter) < 0 {
			word = ""
		}
		out, start = append(out, word), -1
	}
	for i, r := range field {
		inside := r >= 'a' && r <= 'z' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
		switch {
		case inside && start < 0:
			start = i
		case !inside:
			flush(i)
		}
	}
	flush(len(field))
	return out
}
