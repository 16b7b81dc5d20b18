package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// A rule is one Allow or Disallow line of a robots.txt.
type rule struct {
	pattern string // normalised; * stands for anything, a $ at its end for the end
	allow   bool
}

// A ruleset is what a robots.txt says to one crawler.
type ruleset struct {
	rules []rule
	delay time.Duration
}

// rules returns what a robots.txt that cleanRobots wrote says to tribu: every group that names it
// or, where none does, every group for all. A file that is not there allows everything.
func rules(status int, body string) *ruleset {
	own, all := &ruleset{}, &ruleset{}
	if status >= http.StatusBadRequest {
		return all
	}
	var to []*ruleset
	named, inRules := false, false
	for line := range strings.Lines(body) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if key != "user-agent" {
			inRules = true
			for _, r := range to {
				r.add(key, value)
			}
			continue
		}
		if inRules {
			to, inRules = nil, false
		}
		switch token, _, _ := strings.Cut(strings.ToLower(value), " "); token {
		case robotsAgent:
			to, named = append(to, own), true
		case "*":
			to = append(to, all)
		}
	}
	if named {
		return own
	}
	return all
}

func (s *ruleset) add(key, value string) {
	switch {
	case key == "crawl-delay":
		s.delay = max(s.delay, time.Duration(min(seconds(value), maxDelay.Seconds())*float64(time.Second)))
	case value != "":
		if value[0] != '/' && value[0] != '*' {
			value = "/" + value
		}
		anchored := strings.HasSuffix(value, "$")
		parts := strings.Split(strings.TrimSuffix(value, "$"), "*")
		for i := range parts {
			parts[i] = octets(parts[i])
		}
		pattern := strings.Join(parts, "*")
		if anchored {
			pattern += "$"
		}
		s.rules = append(s.rules, rule{pattern, key == "allow"})
	}
}

// allows reports whether uri, a path with its query, may be asked for: the longest rule that
// matches decides, and Allow where two are equally long.
func (s *ruleset) allows(uri string) bool {
	uri = octets(uri)
	longest, allowed := -1, true
	for _, r := range s.rules {
		if n := len(r.pattern); (n > longest || n == longest && r.allow) && r.matches(uri) {
			longest, allowed = n, r.allow
		}
	}
	return allowed
}

// matches looks for the parts between the stars, each as far left as it goes: linear in both lengths.
func (r rule) matches(uri string) bool {
	pattern, anchored := strings.CutSuffix(r.pattern, "$")
	first, rest, wild := strings.Cut(pattern, "*")
	uri, found := strings.CutPrefix(uri, first)
	if !found || !wild {
		return found && (!anchored || uri == "")
	}
	for {
		part, more, wild := strings.Cut(rest, "*")
		if !wild && anchored {
			return strings.HasSuffix(uri, part)
		}
		i := strings.Index(uri, part)
		if i < 0 || !wild {
			return i >= 0
		}
		uri, rest = uri[i+len(part):], more
	}
}

// octets writes a path so that equal paths have equal octets: what need not be escaped is not, the
// rest is in capitals, and neither * nor $ is left to be taken for a sign.
func octets(path string) string {
	var out strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		escaped := c == '%' && i+2 < len(path) && nibble(path[i+1]) >= 0 && nibble(path[i+2]) >= 0
		if escaped {
			c = byte(nibble(path[i+1])<<4 | nibble(path[i+2]))
			i += 2
		}
		switch plain := c > ' ' && c < 0x7f && c != '*' && c != '$'; {
		case plain && (!escaped || unreserved(c)):
			out.WriteByte(c)
		default:
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}

func nibble(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
