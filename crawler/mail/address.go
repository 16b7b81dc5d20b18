package mail

import (
	"regexp"
	"strings"
)

// A sender is who a From line names.
type sender struct {
	address    string // lower case, with @
	name       string
	obfuscated bool // written "ada at example.org", as pipermail does
}

// parseAddress reads `Ada <ada@x.example>`, `ada@x.example (Ada)` and `ada at x.example (Ada)`.
func parseAddress(value string) sender {
	var s sender
	if open := strings.LastIndexByte(value, '<'); open >= 0 {
		inside, _, _ := strings.Cut(value[open+1:], ">")
		s.address, s.name = inside, value[:open]
	} else if before, comment, found := strings.Cut(value, "("); found {
		s.address, s.name = before, strings.TrimRight(strings.TrimSpace(comment), ")")
	} else if strings.Contains(value, "@") || strings.Contains(value, " at ") {
		s.address = value
	} else {
		s.name = value
	}
	s.address = strings.TrimSpace(s.address)
	if local, domain, found := strings.Cut(s.address, " at "); found && !strings.Contains(s.address, "@") {
		s.address, s.obfuscated = strings.TrimSpace(local)+"@"+strings.TrimSpace(domain), true
	}
	s.address = strings.ToLower(strings.Join(strings.Fields(s.address), ""))
	s.name = strings.TrimSpace(strings.Trim(strings.TrimSpace(s.name), `"'`))
	s.name = strings.ReplaceAll(s.name, `\"`, `"`)
	return s
}

// author returns the hash that stands for s: of the address, or of the name where there is none.
func (s sender) author() string {
	if s.address == "" {
		return Hash("name\x00" + s.name)
	}
	return Hash(s.address)
}

// display returns a name without an address in it.
func (s sender) display() string {
	name := viaList(s.name)
	if name == "" || strings.Contains(name, "@") || nameAt.MatchString(name) {
		return "author " + s.author()[:6]
	}
	return name
}

// viaList drops what lists append to a name: "Ada via R-help".
func viaList(name string) string {
	if before, _, found := strings.Cut(name, " via "); found && strings.TrimSpace(before) != "" {
		return strings.TrimSpace(strings.Trim(before, `"' `))
	}
	return name
}

var (
	nameAt  = regexp.MustCompile(`(?i)^\S+ at [a-z0-9-]+(\.[a-z0-9-]+)+$`)
	address = regexp.MustCompile(`[A-Za-z0-9._%+=-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)
	spelled = regexp.MustCompile(`[A-Za-z0-9._%+=-]+ at [A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)
)

// Masked stands where an address was.
const Masked = "[address]"

// mask replaces every address in s; with spelled also the form "ada at example.org".
func mask(s string, withSpelled bool) string {
	if strings.IndexByte(s, '@') >= 0 {
		s = address.ReplaceAllLiteralString(s, Masked)
	}
	if withSpelled && strings.Contains(s, " at ") {
		s = spelled.ReplaceAllStringFunc(s, func(found string) string {
			if strings.Contains(found, " at www.") {
				return found
			}
			return Masked
		})
	}
	return s
}
