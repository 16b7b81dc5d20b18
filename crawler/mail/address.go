package mail

import (
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
	before, comment, found := strings.Cut(value, "(")
	if found && strings.Contains(before, "<") || !addressed(before) {
		found = false
	}
	if open := strings.LastIndexByte(value, '<'); open >= 0 && !found {
		inside, _, _ := strings.Cut(value[open+1:], ">")
		s.address, s.name = inside, value[:open]
	} else if found {
		comment, _, _ = strings.Cut(comment, "<")
		s.address, s.name = before, strings.TrimRight(strings.TrimSpace(comment), ")")
	} else if addressed(value) {
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

func addressed(s string) bool { return strings.Contains(s, "@") || strings.Contains(s, " at ") }

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
	if name == "" || strings.Contains(name, "@") || maskAround(name, " at ") == Masked {
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

// Masked stands where an address was.
const Masked = "[address]"

// mask replaces every address in s; with spelled also the form "ada at example.org".
func mask(s string, spelled bool) string {
	s = maskAround(s, "@")
	if spelled {
		s = maskAround(s, " at ")
	}
	return s
}

func maskAround(s, sign string) string {
	var out strings.Builder
	done := 0 // bytes of s that are written
	for from := 0; ; {
		i := strings.Index(s[from:], sign)
		if i < 0 {
			break
		}
		i += from
		from = i + len(sign)
		start := i
		for start > done && localByte(s[start-1]) {
			start--
		}
		end := from + domainLength(s[from:])
		if start == i || end == from || sign != "@" && strings.HasPrefix(s[from:], "www.") {
			continue
		}
		out.WriteString(s[done:start])
		out.WriteString(Masked)
		done, from = end, end
	}
	return out.String() + s[done:]
}

func localByte(c byte) bool { return hostByte(c) || strings.IndexByte("._%+='", c) >= 0 }

func hostByte(c byte) bool {
	return c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// domainLength returns the length of the domain name that s starts with; 0 where it starts with none.
func domainLength(s string) int {
	end, dots := 0, 0
	for end < len(s) && (hostByte(s[end]) || s[end] == '.' && end > 0 && s[end-1] != '.') {
		if s[end] == '.' {
			dots++
		}
		end++
	}
	if end > 0 && s[end-1] == '.' {
		end, dots = end-1, dots-1
	}
	for ; dots > 0; dots-- {
		dot := strings.LastIndexByte(s[:end], '.')
		top := strings.IndexAny(s[dot+1:end]+"0", "0123456789") // digits may follow without a space
		if top > 1 {
			return dot + 1 + top
		}
		end = dot
	}
	return 0
}
