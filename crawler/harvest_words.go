package crawler

import (
	"crypto/sha256"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"tribu/data"
)

// webURL returns s if it is an absolute address on the web, else nothing.
func webURL(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// queryOf returns the query of an address; none where it makes no sense.
func queryOf(address string) url.Values {
	u, err := url.Parse(address)
	if err != nil {
		return url.Values{}
	}
	return u.Query()
}

func primaryTag(lang string) data.Lang {
	tag, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(lang)), "_", "-"), "-")
	if len(tag) < 2 || len(tag) > 3 {
		return ""
	}
	return data.Lang(clean(tag))
}

// placeholder reports whether a body only says that there was one.
func placeholder(body string) bool {
	if len(body) > 300 {
		return false
	}
	switch strings.ToLower(tidy(plainText(body))) {
	case "deleted", "[deleted]", "(deleted)", "[removed]", "[deleted by user]", "[eliminato]", "[rimosso]", "[[topic:post-is-deleted]]",
		"this message has been deleted.", "this post has been deleted.", "this comment has been deleted.", "this comment has been removed.",
		"comment deleted by user", "comment removed by moderator", "deleted by creator", "removed by mod",
		"questo messaggio è stato eliminato.", "questo commento è stato eliminato.":
		return true
	}
	return false
}

// secret stands for an e-mail address.
func secret(address string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(address))))
	return fmt.Sprintf("mail:%x", sum[:8])
}

// atNames returns the names a message turns to with an @ in its own words: quotes and code do not count.
func atNames(fragment string) []string {
	if !strings.Contains(fragment, "@") {
		return nil
	}
	name := regexp.MustCompile(`(?:^|[\s(,;:])@([\pL\pN_][\pL\pN_.-]*)`)
	var out []string
	depth := 0
	for z := html.NewTokenizer(strings.NewReader(fragment)); len(out) < maxTurns; {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken:
			if tag, _ := z.TagName(); notOwnWords(string(tag)) {
				depth++
			}
		case html.EndTagToken:
			if tag, _ := z.TagName(); notOwnWords(string(tag)) {
				depth = max(0, depth-1)
			}
		case html.TextToken:
			if depth > 0 {
				continue
			}
			for _, m := range name.FindAllStringSubmatch(string(z.Text()), maxTurns) {
				out = append(out, strings.TrimRight(m[1], ".-"))
			}
		}
	}
	return out
}

func notOwnWords(tag string) bool { return tag == "blockquote" || tag == "code" || tag == "pre" }

// markdownNames returns what name finds in a message's own words: quotes and code do not count.
func markdownNames(markdown string, name *regexp.Regexp) [][]string {
	var out [][]string
	code := false
	for line := range strings.Lines(markdown) {
		switch line := strings.TrimSpace(line); {
		case strings.HasPrefix(line, "```"):
			code = !code
		case code || strings.HasPrefix(line, ">"):
		default:
			out = append(out, name.FindAllStringSubmatch(regexp.MustCompile("`[^`]*`").ReplaceAllString(line, " "), maxTurns)...)
		}
	}
	return out[:min(len(out), maxTurns)]
}
