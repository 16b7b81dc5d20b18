package problem

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tribu/data"
	"tribu/nlp"
)

// thin leaves out of a run the words between an article and its noun that only few say: "a decent
// graphics package" is a graphics package. It reports whether there were any.
func (n *naming) thin(short *nlp.Short, words []nlp.Word, all []string) bool {
	fields := strings.Fields(short.Text)
	if len(fields) != len(all) {
		return false
	}
	var out []string
	for i, field := range fields {
		if len(out) > 0 && i+1 < len(all) && n.modifies(words, all, i) {
			continue
		}
		out = append(out, field)
	}
	if len(out) == len(fields) || len(out) < 2 {
		return false
	}
	short.Text = strings.Join(out, " ")
	if n.lang == data.LangEN {
		short.Text = articled(out)
	}
	return true
}

// modifies reports whether word i only says which of the things behind it, and few say so.
func (n *naming) modifies(words []nlp.Word, all []string, i int) bool {
	at := slices.IndexFunc(words, func(w nlp.Word) bool { return w.At == i && w.End == i+1 })
	tells := slices.ContainsFunc(words, func(w nlp.Word) bool { return w.At == i+1 })
	if at < 0 || !tells || !n.config.Words.Leads(n.lang, all[i-1]) || n.heldBy(n.lang, n.grouping.names[n.featureOf(n.lang, words[at])], shareOfSome) {
		return false
	}
	return n.lang == data.LangEN || plainOnset(all[i]) && plainOnset(all[i+1])
}

// articled joins English words, "a" and "an" as the word behind asks.
func articled(words []string) string {
	for i, w := range words[:len(words)-1] {
		if w == "a" || w == "an" {
			if words[i] = "a"; strings.ContainsAny(words[i+1][:1], "aeioAEIO") {
				words[i] = "an"
			}
		}
	}
	return strings.Join(words, " ")
}

// plainOnset reports whether an Italian word takes "il" and "un", not "lo", "uno" or an apostrophe.
func plainOnset(word string) bool {
	if len(word) < 2 || strings.HasPrefix(word, "gn") || strings.HasPrefix(word, "ps") {
		return false
	}
	first, size := utf8.DecodeRuneInString(word)
	return !strings.ContainsRune("aeiouàèéìòùhzxy", first) && (first != 's' || strings.ContainsRune("aeiouàèéìòù", rune(word[size])))
}

// lowerAt returns field i in small letters, "" where there is none.
func lowerAt(fields []string, i int) string {
	if i < 0 {
		return ""
	}
	return strings.ToLower(fields[i])
}

// plainly returns text without the words that point at what was named elsewhere, and with a word
// that is written like a title in small letters where others write it so. Nobody shouts in a name.
func (n *naming) plainly(text string) string {
	if loud(text) {
		text = strings.ToLower(text)
	}
	fields, the := strings.Fields(text), n.config.Words.The(n.lang)
	out := fields[:0]
	for i, f := range fields {
		low := strings.ToLower(f)
		if _, opens := n.config.Words.Holds(n.lang, lowerAt(fields, i-1)); opens && i+1 < len(fields) && strings.Trim(f, "0123456789") == "" {
			continue // into 8 polygons
		}
		switch led := i+1 < len(fields) && n.config.Words.Leads(n.lang, strings.ToLower(fields[i+1])); {
		case led && n.words.Does(n.lang, low, nlp.Points), n.words.Does(n.lang, low, nlp.Pointer):
			continue
		case the != "" && (n.words.Does(n.lang, low, nlp.Points) && (i == 0 || n.config.Words.Leads(n.lang, low)) ||
			n.words.Does(n.lang, low, nlp.Oneself) && n.config.Words.Leads(n.lang, low) && 2*n.written[low] < len(n.voices)):
			f = the
		case titled(f) && 2*n.written[low] >= n.written[f]:
			f = low
		}
		out = append(out, f)
	}
	return strings.Join(out, " ")
}
