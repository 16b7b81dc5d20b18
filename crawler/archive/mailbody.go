package archive

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"

	"golang.org/x/net/html/charset"
)

const (
	maxParts = 50 // of one multipart
	maxNests = 5  // multiparts in multiparts
)

// mailHeader is what bodies need of a header.
type mailHeader map[string][]string

func (h mailHeader) get(key string) string {
	if v := h[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// mailBody returns the words of a mail: its first plain text, or else its first HTML.
func mailBody(h mailHeader, body io.Reader, depth int) (text, html string) {
	kind, params, err := mime.ParseMediaType(h.get("Content-Type"))
	if err != nil {
		kind, params = "text/plain", nil
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		return partsBody(multipart.NewReader(body, params["boundary"]), depth)
	}
	if kind != "text/plain" && kind != "text/html" || strings.HasPrefix(h.get("Content-Disposition"), "attachment") {
		return "", ""
	}
	words := decode(body, h.get("Content-Transfer-Encoding"), params["charset"])
	if kind == "text/html" {
		return "", words
	}
	return words, ""
}

func partsBody(parts *multipart.Reader, depth int) (text, html string) {
	if depth >= maxNests {
		return "", ""
	}
	for range maxParts {
		p, err := parts.NextRawPart()
		if err != nil {
			break
		}
		t, h := mailBody(mailHeader(p.Header), p, depth+1)
		if t != "" {
			return t, ""
		}
		html = firstOf(html, h)
	}
	return "", html
}

// decode undoes a transfer encoding and a charset. What it cannot undo it leaves out or as it is.
func decode(r io.Reader, encoding, label string) string {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	}
	raw, _ := io.ReadAll(io.LimitReader(r, maxLineBytes))
	if label != "" && !strings.EqualFold(label, "utf-8") && !strings.EqualFold(label, "us-ascii") {
		if converted, err := charsetReader(label, strings.NewReader(string(raw))); err == nil {
			if b, err := io.ReadAll(converted); err == nil {
				return string(b)
			}
		}
	}
	return legacy(string(raw))
}

func charsetReader(label string, r io.Reader) (io.Reader, error) {
	return charset.NewReaderLabel(label, r)
}
