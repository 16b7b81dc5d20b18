package ways

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
	"tribu/reports/measure"
)

// longPost is how many words make a post a long one.
const longPost = 100

// A worded is how a text is written.
type worded struct {
	words   int
	address bool // a web address is written out
	own     bool // tells the author's own experience
	tu, lei bool // addresses somebody informally or formally, in Italian
}

// wordings are how the posts whose words are at hand are written.
type wordings map[data.PostID]worded

// readWords reads the posts of the window.
func readWords(r *measure.Reading) wordings {
	out := make(wordings, len(r.Words))
	for _, p := range r.Posts {
		if words, ok := r.Words[p.ID]; ok && r.Window.Contains(p.CreatedAt) {
			out[p.ID] = wording(words)
		}
	}
	return out
}

func wording(text string) worded {
	w := worded{address: strings.Contains(text, "://") || strings.Contains(text, "www.")}
	start := true
	last := ""
	for field := range strings.FieldsSeq(text) {
		if bare := letters(field); bare != "" {
			w.words++
			w.read(bare, last, start)
			last = bare
		}
		end, _ := utf8.DecodeLastRuneInString(field)
		start = strings.ContainsRune(".!?:…", end)
	}
	return w
}

// letters returns field without what is no letter at its ends.
func letters(field string) string {
	if n := len(field); n > 0 && plain(field[0]) && plain(field[n-1]) {
		return field
	}
	return strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) })
}

func plain(b byte) bool { return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }

func (w *worded) read(word, last string, start bool) {
	switch word {
	case "Lei", "Suo", "Sua", "Suoi":
		w.lei = w.lei || !start
	case "tu", "ti", "tuo", "tua", "tuoi", "tue", "puoi", "sai":
		w.tu = true
	}
	if !w.own && len(last) <= len("i've") {
		w.own = tellsOwn(strings.ToLower(last), strings.ToLower(word))
	}
}

// tellsOwn reports whether two words in a row tell the author's own experience.
func tellsOwn(a, b string) bool {
	switch a {
	case "i", "i've", "my", "ho", "io", "mio", "mia", "da", "a":
	default:
		return false
	}
	switch a + " " + b {
	case "i had", "i've had", "i use", "i used", "i've used", "i tried", "i've tried", "i did", "i've done", "i grow", "i found", "my case", "my experience",
		"ho provato", "ho usato", "ho fatto", "ho messo", "ho risolto", "io uso", "mio caso", "mia esperienza", "da me", "a me":
		return true
	}
	return false
}
