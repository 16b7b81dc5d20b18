package nlp

import (
	"strings"
	"unicode"

	"tribu/data"
)

// A denial is what a sentence says of something that its writer does not lack: solved, known, or not the question.
type denial struct {
	words    string // with a space behind, in lower case
	opposite bool   // of another that they hold
}

// readDenied returns the denials of lang by their first words.
func readDenied(from wordLists, lang data.Lang) (map[string][]denial, error) {
	entries, err := from.Load(string(lang) + "/denied.txt")
	if err != nil {
		return nil, err
	}
	out := map[string][]denial{}
	for _, e := range entries {
		first, _, _ := strings.Cut(e.Phrase, " ")
		out[first] = append(out[first], denial{e.Phrase + " ", len(e.Attrs) > 0})
	}
	return out, nil
}

// Denied returns what a sentence of lang says that its writer does not lack, up to where it turns to something else;
// empty where it says no such thing, or asks.
func (w *Wording) Denied(lang data.Lang, sentence string) string {
	if strings.HasSuffix(sentence, "?") || len(w.denied[lang]) == 0 {
		return ""
	}
	words := strings.FieldsFunc(strings.ReplaceAll(lower(sentence), "’", "'"), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
	text, at, found := strings.Join(words, " ")+" ", 0, ""
	for _, word := range words {
		for _, d := range w.denied[lang][word] {
			if !strings.HasPrefix(text[at:], d.words) {
				continue
			}
			if d.opposite {
				return ""
			}
			if found == "" {
				found = text[at:]
			}
		}
		at += len(word) + 1
	}
	said := strings.Fields(found)
	for i, word := range said {
		if i > 0 && w.Turns(lang, word) {
			said = said[:i]
			break
		}
	}
	return strings.Join(said, " ")
}
