package figures

import (
	"regexp"
	"strings"

	"tribu/data"
)

// Unlink returns what puts … into a text for every handle that is what somebody is called: behind an @, in the
// address of a profile, or as a word that can be nothing else.
func (n Named) Unlink() func(text string) string {
	if n == nil {
		return func(text string) string { return text }
	}
	handles := regexp.MustCompile(`[@/][\pL\d_][\pL\d_.@-]*|[\pL\d]+_[\pL\d_]+`)
	return func(text string) string {
		if !strings.ContainsAny(text, "@/_") {
			return text
		}
		return handles.ReplaceAllStringFunc(text, n.unlink)
	}
}

func (n Named) unlink(found string) string {
	handle := strings.TrimLeft(found, "@/")
	bare := strings.TrimRight(handle, ".-@")
	user, _, _ := strings.Cut(bare, "@")
	for _, name := range [...]string{bare, user} {
		if n(strings.Join(data.Words(name), " ")) {
			return strings.TrimSuffix(found, handle) + "…" + handle[len(bare):]
		}
	}
	return found
}
