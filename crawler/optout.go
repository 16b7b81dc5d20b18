package crawler

import (
	"bytes"
	"net/http"
	"strings"

	"golang.org/x/net/html"

	"tribu/data"
)

// optedOut returns the words by which an answer asks not to be collected; empty where it does not.
func optedOut(r Response) string {
	if h := headerOptOut(r.Header); h != "" {
		return h
	}
	if strings.Contains(strings.ToLower(r.Header.Get("Content-Type")), "html") {
		return metaOptOut(r.Body)
	}
	return ""
}

// excused reports whether a word of optedOut is what the platform says of every answer to t,
// wherever it runs, and not what the place says of itself.
func excused(src Source, t data.Task, word string) bool {
	e, ok := src.(interface{ excuses(data.Task, string) bool })
	return ok && e.excuses(t, word)
}

func headerOptOut(h http.Header) string {
	for _, value := range h.Values("X-Robots-Tag") {
		agent, rest, named := strings.Cut(value, ":")
		agent = strings.ToLower(strings.TrimSpace(agent))
		if named && agent != robotsAgent && !strings.Contains(agent, ",") && !knownDirective(agent) {
			continue // speaks to another crawler
		}
		if named && agent == robotsAgent {
			value = rest
		}
		if word := optOutWord(value); word != "" {
			return "X-Robots-Tag: " + word
		}
	}
	if strings.TrimSpace(h.Get("Tdm-Reservation")) == "1" {
		return "tdm-reservation: 1"
	}
	return ""
}

func knownDirective(s string) bool {
	return s == "unavailable_after" || s == "max-snippet" || s == "max-image-preview" || s == "max-video-preview"
}

func optOutWord(directives string) string {
	for _, d := range strings.FieldsFunc(strings.ToLower(directives), func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		switch d {
		case "noindex", "none", "noai", "noarchive":
			return d
		}
	}
	return ""
}

func metaOptOut(body []byte) string {
	if !hasTag(body, "meta") {
		return ""
	}
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.Data == "body" {
				return ""
			}
			if word := metaWord(t); word != "" {
				return word
			}
		}
	}
}

// hasTag reports whether a tag of that name may be in body.
func hasTag(body []byte, name string) bool {
	for {
		at := bytes.IndexByte(body, '<')
		if at < 0 {
			return false
		}
		body = body[at+1:]
		if len(body) > len(name) && strings.EqualFold(string(body[:len(name)]), name) {
			return true
		}
	}
}

func metaWord(t html.Token) string {
	if t.Data != "meta" {
		return ""
	}
	name, content := strings.ToLower(attr(t, "name")), attr(t, "content")
	switch name {
	case "robots", robotsAgent:
		if word := optOutWord(content); word != "" {
			return "meta " + name + ": " + word
		}
	case "tdm-reservation":
		if strings.TrimSpace(content) == "1" {
			return "meta tdm-reservation: 1"
		}
	}
	return ""
}

func attr(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
