package mail

import (
	"bytes"
	"io"
	"mime"
	"net/textproto"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// A header holds the lines before a message's or part's body, the first of each name.
type header map[string]string

func (h header) first(name string) string { return h[textproto.CanonicalMIMEHeaderKey(name)] }

// text returns a header's value with its encoded words decoded, on one line.
func (h header) text(name string) string {
	value := h.first(name)
	words := mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) {
		raw, err := io.ReadAll(r)
		return strings.NewReader(decodeCharset(raw, charset)), err
	}}
	if decoded, err := words.DecodeHeader(value); err == nil {
		value = decoded
	}
	return strings.Join(strings.Fields(decodeCharset([]byte(value), "")), " ")
}

const maxHeaderBytes = 256 << 10

// readHeader splits a message at its first empty line. Folded lines are joined; a line that is
// none of a header's ends it.
func readHeader(raw []byte) (header, []byte) {
	h, name := header{}, ""
	rest, start := raw, len(raw)
	for len(rest) > 0 && start-len(rest) < maxHeaderBytes {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			return h, after
		}
		if line[0] == ' ' || line[0] == '\t' {
			if name != "" {
				h[name] += " " + string(bytes.TrimSpace(line))
			}
			rest = after
			continue
		}
		key, value, found := bytes.Cut(line, []byte(":"))
		if !found || !token(key) {
			if bytes.HasPrefix(line, []byte(">From ")) {
				rest = after
				continue
			}
			return h, rest
		}
		name = textproto.CanonicalMIMEHeaderKey(string(bytes.TrimSpace(key)))
		if _, known := h[name]; known {
			name = ""
		} else {
			h[name] = string(bytes.TrimSpace(value))
		}
		rest = after
	}
	return h, rest
}

func token(key []byte) bool {
	key = bytes.TrimRight(key, " \t")
	for _, c := range key {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return len(key) > 0 && len(key) < 100
}

// decodeCharset returns raw as UTF-8. Without a known charset, what is no UTF-8 is Windows-1252.
func decodeCharset(raw []byte, charset string) string {
	charset = strings.ToLower(strings.Trim(strings.TrimSpace(charset), `"'`))
	valid := string(bytes.ToValidUTF8(raw, nil)) == string(raw)
	if charset == "utf-8" || charset == "utf8" || charset == "us-ascii" || charset == "" {
		if valid {
			return string(raw)
		}
		charset = "windows-1252"
	}
	enc, err := htmlindex.Get(charset)
	if err != nil {
		if valid {
			return string(raw)
		}
		if enc, err = htmlindex.Get("windows-1252"); err != nil {
			return strings.ToValidUTF8(string(raw), "\ufffd")
		}
	}
	decoded, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\ufffd")
	}
	return string(bytes.ToValidUTF8(decoded, []byte("\ufffd")))
}
