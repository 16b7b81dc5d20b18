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
		case r == '?' && !s.plain && s.by.lostBehind(out[first:], start) != "":
			s.restored = true
			out = append(out, token{start: start, end: end, key: s.by.lostBehind(out[first:], start)})
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
	if k := strings.IndexByte(low, '\''); k > 0 && k+1 < len(low) && s.by.elided[low[:k]] && !s.by.contracted(low[k+1:]) {
		out = append(out, token{start: start, end: start + k + 1, key: low[:k], elided: true})
		return s.wordTokens(out, start+k+1, end)
	}
	if k := s.by.glued(low); k > 0 {
		return s.wordTokens(s.wordTokens(out, start, start+k), start+k+1, end)
	}
	t := token{start: start, end: end, key: s.by.wordKey(low)}
	switch behind := s.low[end:]; {
	case strings.HasPrefix(behind, "'"):
		if means, ok := s.by.short[s.low[start:end+1]]; ok {
			t.key, t.end = means, end+1
		}
	case strings.HasPrefix(behind, "?") && !s.plain:
		if letter := s.by.lost(low); letter != "" {
			s.restored = true
			t.key, t.end = low+letter, end+1
		}
	}
	return append(out, t)
}

// glued returns where the apostrophe stands that is typed for an accent and runs into the next word,
// as in "perche'lo"; 0 where none does.
func (r *reader) glued(low string) int {
	k := strings.IndexByte(low, '\'')
	if k > 0 && len(low)-k > 2 && strings.IndexByte("aeiu", low[k-1]) >= 0 && !r.contracted(low[k+1:]) {
		return k
	}
	return 0
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
