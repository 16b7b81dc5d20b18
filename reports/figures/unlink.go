package figures

import (
	"regexp"
	"strings"
	"unicode"

	"tribu/data"
)

// handled is what can be a handle and, in what people write, hardly anything else: behind an @, / or ~, a value of an
// address or of the markup of a quote, the heading of one, what a mail address begins with, and a word with a digit or _.
const handled = `[\pL\d_][\pL\d_.+-]*@[\pL\d][\pL\d.-]*|[@/~][\pL\d_][\pL\d_.@-]*|="[\pL\d_][^"<>,/]{0,60}|=[\pL\d_][\pL\d_.-]*|>[\pL\d_][\pL\d_. -]*:<|[\pL_]+[\d_][\pL\d_]*|\d+[\pL_][\pL\d_]*`

// Unlink returns what puts … into a text for every handle, or name, that is what somebody is called and stands where
// it can be nothing else; a handle that reads as a word or a first name stays in sentences.
func (n Named) Unlink() func(text string) string {
	if n == nil {
		return func(text string) string { return text }
	}
	handles := regexp.MustCompile(handled)
	return func(text string) string { return handles.ReplaceAllStringFunc(text, n.unlink) }
}

func (n Named) unlink(found string) string {
	start := strings.IndexFunc(found, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' })
	if start < 0 {
		return found
	}
	bare := strings.TrimRight(found[start:], ".-@:< ")
	user, _, _ := strings.Cut(bare, "@")
	for _, name := range [...]string{bare, user} {
		if n(strings.Join(data.Words(name), " ")) {
			if found[0] == '@' {
				name = bare // of another server, with it
			}
			return found[:start] + "…" + found[start+len(name):]
		}
	}
	return found
}
