package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// A token is one word, mark or spot of a section.
type token struct {
	start, end int    // bytes of section.text
	key        string // how lexicons spell it: lower case, no accents, contractions written out
	kind       kind
	elided     bool // an Italian or French elision: l', dell', qu'
	roles      Role // of the key
	opens      Role // of its first word
}

// tokens appends the tokens of s.
func (s *section) tokens(out []token) []token {
	at := 0
	for _, sp := range spots(s.text) {
		out = s.words(out, at, sp.start)
		out = append(out, token{start: sp.start, end: sp.end, key: spotKey(s.low, sp), kind: sp.kind})
		at = sp.end
	}
	return s.words(out, at, len(s.text))
}

// spotKey returns the placeholder of a spot; a hashtag is a word.
func spotKey(low string, sp spot) string {
	switch sp.kind {
	case link:
		return "<url>"
	case email:
		return "<email>"
	case mention:
		return "<at>"
	case smile:
		return mood(low[sp.end-1])
	}
	return fold(low[sp.start+1 : sp.end])
}

// words appends the tokens of text[from:to], which holds no spots.
func (s *section) words(out []token, from, to int) []token {
	it := words.FromString(s.text[from:to])
	first := len(out)
	for it.Next() {
		start, end := from+it.Start(), from+it.End()
		if len(out) > first && start < out[len(out)-1].end {
			continue // the apostrophe of "e'", for "è", or the question mark of "pi?", for "più"
		}
		r, _ := utf8.DecodeRuneInString(s.text[start:])
		switch {
		case unicode.IsSpace(r):
		case unicode.IsLetter(r):
			out = s.wordTokens(out, start, cutWord(s.text, start, end))
		case unicode.IsDigit(r):
			out = append(out, token{start: start, end: end, key: s.low[start:end], kind: number})
		case r == '?' && !s.plain && endsElided(out[first:], start):
			s.restored = true
			out = append(out, token{start: start, end: end, key: "è"})
		case r < utf8.RuneSelf || unicode.IsPunct(r) || unicode.Is(unicode.Sc, r):
			out = append(out, token{start: start, end: end, key: s.low[start:end], kind: mark})
		case unicode.IsSymbol(r):
			out = append(out, token{start: start, end: end, key: s.low[start:end], kind: emoji})
		}
	}
	return out
}

// cutWord returns the end of the word [start, end), at most 64 runes on.
func cutWord(text string, start, end int) int {
	if end-start <= maxWord {
		return end
	}
	n := 0
	for i := range text[start:end] {
		if n++; n > maxWord {
			return start + i
		}
	}
	return end
}

// wordTokens appends the word [start, end), an elision in front of it split off.
func (s *section) wordTokens(out []token, start, end int) []token {
	low := s.low[start:end]
	if k := strings.IndexByte(low, '\''); k > 0 && k+1 < len(low) && elides(low[:k]) && !contracted(low[k+1:]) {
		out = append(out, token{start: start, end: start + k + 1, key: low[:k], elided: true})
		return s.wordTokens(out, start+k+1, end)
	}
	if k := glued(low); k > 0 {
		return s.wordTokens(s.wordTokens(out, start, start+k), start+k+1, end)
	}
	t := token{start: start, end: end, key: wordKey(low)}
	if low == "e" && strings.HasPrefix(s.low[end:], "'") {
		t.key, t.end = "è", end+1
	}
	if accent := lost(low); accent != "" && !s.plain && strings.HasPrefix(s.low[end:], "?") {
		s.restored = true
		t.key, t.end = low+accent, end+1
	}
	return append(out, t)
}

// elides reports whether w loses its last vowel before another in Italian or French.
func elides(w string) bool {
	switch w {
	case "l", "un", "c", "d", "s", "n", "m", "t", "v", "qu", "j", "gl",
		"dell", "all", "nell", "sull", "dall", "coll", "quell", "quest", "com", "dov", "cos", "quand", "anch", "bell",
		"nessun", "qualcun", "ciascun", "sant", "senz", "tutt", "mezz", "pover", "quant", "buon", "grand", "alcun", "ognun", "vent", "trent", "cinquant", "neanch", "nient":
		return true
	}
	return false
}

// glued returns where the apostrophe stands that is typed for an accent and runs into the next word,
// as in "perche'lo"; 0 where none does.
func glued(low string) int {
	k := strings.IndexByte(low, '\'')
	if k > 0 && len(low)-k > 2 && strings.IndexByte("aeiu", low[k-1]) >= 0 && !contracted(low[k+1:]) {
		return k
	}
	return 0
}

// contracted reports whether w is what English writes behind an apostrophe.
func contracted(w string) bool {
	switch w {
	case "s", "t", "m", "d", "re", "ve", "ll", "em", "all":
		return true
	}
	return false
}

// wordKey returns the spelling of a lower-case word in the lexicons.
func wordKey(low string) string {
	k := strings.IndexByte(low, '\'')
	if k < 0 {
		return bare(fold(low))
	}
	head, tail := low[:k], low[k+1:]
	if tail == "t" && strings.HasSuffix(head, "n") {
		switch head {
		case "can":
			return "can not"
		case "won":
			return "will not"
		case "shan":
			return "shall not"
		}
		return head[:len(head)-1] + " not"
	}
	switch tail {
	case "m":
		return head + " am"
	case "re":
		return head + " are"
	case "ve":
		return head + " have"
	case "ll":
		return head + " will"
	case "d":
		return head + " would"
	case "s":
		switch head {
		case "it", "that", "what", "there", "here", "he", "she", "who", "where", "how", "when":
			return head + " is"
		case "let":
			return "let us"
		}
		return fold(head)
	}
	return fold(strings.ReplaceAll(low, "'", ""))
}

// bare writes out contractions typed without their apostrophe, and the short forms of chat.
func bare(w string) string {
	if len(w) > 7 || len(w) > 0 && w[0] >= 0x80 && w != "è" {
		return w
	}
	switch w {
	case "dont":
		return "do not"
	case "doesnt":
		return "does not"
	case "didnt":
		return "did not"
	case "cant", "cannot":
		return "can not"
	case "isnt":
		return "is not"
	case "wasnt":
		return "was not"
	case "wont":
		return "will not"
	case "hasnt":
		return "has not"
	case "havent":
		return "have not"
	case "arent":
		return "are not"
	case "couldnt":
		return "could not"
	case "wouldnt":
		return "would not"
	case "im":
		return "i am"
	case "ive":
		return "i have"
	case "pls", "plz":
		return "please"
	case "thx", "thanx":
		return "thanks"
	case "nn":
		return "non"
	case "xke", "xche", "perke":
		return "perche"
	case "cmq":
		return "comunque"
	case "qst":
		return "questo"
	case "ce":
		return "c e"
	}
	return w
}

// fold drops the accents of Latin letters; è alone stays, for it is a verb.
func fold(low string) string {
	if low == "è" {
		return low
	}
	for i := 0; i < len(low); i++ {
		if low[i] >= utf8.RuneSelf {
			return strings.Map(foldRune, low)
		}
	}
	return low
}

func foldRune(r rune) rune {
	switch r {
	case 'à', 'á', 'â', 'ä', 'ã', 'å':
		return 'a'
	case 'è', 'é', 'ê', 'ë':
		return 'e'
	case 'ì', 'í', 'î', 'ï':
		return 'i'
	case 'ò', 'ó', 'ô', 'ö', 'õ':
		return 'o'
	case 'ù', 'ú', 'û', 'ü':
		return 'u'
	case 'ç':
		return 'c'
	case 'ñ':
		return 'n'
	}
	return r
}
