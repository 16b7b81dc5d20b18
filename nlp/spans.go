package nlp

import (
	"strings"
	"unicode/utf8"
)

// A kind says what a token is.
type kind uint8

const (
	word kind = iota
	number
	mark // punctuation
	link
	email
	mention
	hashtag
	emoji
	smile // emoticon of marks
)

// A spot is a range of text that is one token whatever it contains.
type spot struct {
	start, end int
	kind       kind
}

// spots finds links, mail addresses, mentions and hashtags in text, left to right.
func spots(text string) []spot {
	var out []spot
	for i := 0; i < len(text); {
		k := strings.IndexAny(text[i:], ":@#.<;=")
		if k < 0 {
			return out
		}
		at, floor := i+k, 0
		if len(out) > 0 {
			floor = out[len(out)-1].end
		}
		if s, ok := spotAt(text, at, floor); ok {
			out = append(out, s)
			i = s.end
			continue
		}
		i = at + 1
	}
	return out
}

// spotAt returns what the sign at offset at belongs to; nothing starts before floor.
func spotAt(text string, at, floor int) (spot, bool) {
	switch text[at] {
	case ';', '=':
		return face(text, at)
	case ':':
		if s, ok := face(text, at); ok {
			return s, true
		}
		if strings.HasPrefix(text[at:], "://") {
			start := back(text, at, floor, isAlnum)
			if start == at {
				return spot{}, false
			}
			return spot{start, linkEnd(text, at+3), link}, true
		}
		if start := back(text, at, floor, isAlnum); strings.EqualFold(text[start:at], "mailto") {
			return spot{start, linkEnd(text, at+1), email}, true
		}
	case '.':
		return bareLink(text, at, floor)
	case '@':
		return mailOrMention(text, at, floor)
	case '#':
		end := forward(text, at+1, isHandle)
		free := at == floor || !isHandle(text[at-1])
		return spot{at, end, hashtag}, free && end > at+2 && !allDigits(text[at+1:end])
	case '<':
		if strings.HasPrefix(text[at:], "<email>") {
			return spot{at, at + 7, email}, true
		}
		if strings.HasPrefix(text[at:], "<3") {
			return spot{at, at + 2, smile}, true
		}
	}
	return spot{}, false
}

// face finds an emoticon of two or three marks at offset at.
func face(text string, at int) (spot, bool) {
	end := at + 1
	if end < len(text) && (text[end] == '-' || text[end] == '\'' || text[end] == 'o') {
		end++
	}
	if end >= len(text) || mood(text[end]|caseBit(text[end])) == "" || end+1 < len(text) && isAlnum(text[end+1]) && text[end] != ')' && text[end] != '(' {
		return spot{}, false
	}
	if strings.IndexByte("/|[]*", text[end]) >= 0 && end+1 < len(text) && text[end+1] > ' ' {
		return spot{}, false
	}
	if isAlnum(text[end]) && at > 0 && text[at-1] > ' ' {
		return spot{}, false
	}
	return spot{at, end + 1, smile}, true
}

// mood returns the placeholder of a face by its mouth; empty where it is none.
func mood(mouth byte) string {
	switch mouth {
	case ')', 'd', ']', '*', 'p', '3':
		return "<happy>"
	case '(', '[', '/', '\\', '|', 's':
		return "<sad>"
	}
	return ""
}

// bareLink finds www.… and name.tld/… around the dot at offset at.
func bareLink(text string, at, floor int) (spot, bool) {
	start := back(text, at, floor, isHost)
	end := forward(text, at+1, isHost)
	for end > at && (text[end-1] == '.' || text[end-1] == '-') {
		end--
	}
	if start == at || end <= at+1 {
		return spot{}, false
	}
	host := text[start:end]
	tld := host[strings.LastIndexByte(host, '.')+1:]
	if strings.HasPrefix(strings.ToLower(host), "www.") || end < len(text) && text[end] == '/' && len(tld) >= 2 && letters(tld) || commonTLD(tld) && letters(host[:1]) {
		return spot{start, linkEnd(text, end), link}, true
	}
	return spot{}, false
}

func commonTLD(tld string) bool {
	switch strings.ToLower(tld) {
	case "com", "org", "net", "edu", "gov", "mil", "it", "co", "uk", "de", "fr", "eu", "info", "io", "html", "htm", "php", "ly":
		return tld == strings.ToLower(tld) || tld == strings.ToUpper(tld) && tld != "IT"
	}
	return false
}

// mailOrMention tells name@host from @name around the sign at offset at.
func mailOrMention(text string, at, floor int) (spot, bool) {
	start := back(text, at, floor, isMailName)
	end := forward(text, at+1, isHost)
	if start < at && end > at+1 {
		for end > at+1 && text[end-1] == '.' {
			end--
		}
		return spot{start, end, email}, true
	}
	end = forward(text, at+1, isHandle)
	if end < len(text) && text[end] == '@' {
		end = forward(text, end+1, isHost)
	}
	return spot{at, end, mention}, end > at+1
}

func linkEnd(text string, from int) int {
	end := from
	for end < len(text) && end-from < 2048 && text[end] > ' ' && !strings.ContainsRune(`"<>|`, rune(text[end])) {
		end++
	}
	end = whole(text, end)
	for end > from && strings.IndexByte(".,;:!?)'", text[end-1]) >= 0 {
		end--
	}
	return end
}

func back(text string, at, floor int, in func(byte) bool) int {
	limit := max(floor, at-64)
	for at > limit && in(text[at-1]) {
		at--
	}
	return at
}

func forward(text string, at int, in func(byte) bool) int {
	limit := min(len(text), at+256)
	for at < limit && in(text[at]) {
		at++
	}
	return whole(text, at)
}

// whole returns end, or the start of the character that ends behind it.
func whole(text string, end int) int {
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	return end
}

func isAlnum(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}
func isHandle(b byte) bool   { return isAlnum(b) || b == '_' || b >= 0x80 }
func isHost(b byte) bool     { return isAlnum(b) || b == '-' || b == '.' || b == '_' }
func isMailName(b byte) bool { return isHost(b) || b == '+' || b == '%' || b == '!' }

func letters(s string) bool {
	for i := 0; i < len(s); i++ {
		if b := s[i] | 0x20; b < 'a' || b > 'z' {
			return false
		}
	}
	return s != ""
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// caseBit returns the bit that makes an ASCII capital small.
func caseBit(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return 0x20
	}
	return 0
}
