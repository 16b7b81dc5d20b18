package mail

import (
	"bytes"
	"encoding/base64"
	"mime"
	"strings"
)

const (
	maxNesting = 8
	maxParts   = 200
)

// textOf returns the words of a message or part: its plain text, and its HTML.
func textOf(h header, body []byte, depth int) (text, html string) {
	kind, params := contentType(h.first("Content-Type"))
	if depth > maxNesting || attached(h) {
		return "", ""
	}
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		return textOfParts(kind, params["boundary"], body, depth)
	case kind == "text/html":
		return "", unixLines(decodeCharset(decodeTransfer(h, body), params["charset"]))
	case strings.HasPrefix(kind, "text/plain"), kind == "text":
		return unixLines(decodeCharset(decodeTransfer(h, body), params["charset"])), ""
	}
	return "", ""
}

func contentType(value string) (kind string, params map[string]string) {
	kind, params, err := mime.ParseMediaType(value)
	if err != nil && kind == "" {
		kind, _, _ = strings.Cut(strings.ToLower(value), ";")
		kind = strings.TrimSpace(kind)
	}
	if !strings.Contains(kind, "/") && kind != "text" {
		kind = "text/plain"
	}
	return kind, params
}

func attached(h header) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(h.first("Content-Disposition"))), "attachment")
}

func textOfParts(kind, boundary string, body []byte, depth int) (text, html string) {
	if boundary == "" {
		return unixLines(decodeCharset(body, "")), ""
	}
	var texts, htmls []string
	for _, part := range splitParts(body, boundary) {
		h, inner := readHeader(part)
		t, w := textOf(h, inner, depth+1)
		if strings.TrimSpace(t) != "" {
			texts = append(texts, t)
		}
		if strings.TrimSpace(w) != "" {
			htmls = append(htmls, w)
		}
		if kind == "multipart/alternative" && len(texts) > 0 {
			break
		}
	}
	return strings.Join(texts, "\n"), strings.Join(htmls, "\n")
}

// splitParts returns what stands between the boundary's lines. The last line may be missing.
func splitParts(body []byte, boundary string) [][]byte {
	var parts [][]byte
	mark := []byte("--" + boundary)
	start := -1
	for at := 0; at < len(body) && len(parts) < maxParts; {
		end := bytes.IndexByte(body[at:], '\n')
		next := at + end + 1
		if end < 0 {
			next = len(body)
		}
		line := bytes.TrimRight(body[at:next], " \t\r\n")
		if bytes.HasPrefix(line, mark) && (len(line) == len(mark) || string(line[len(mark):]) == "--") {
			if start >= 0 {
				parts = append(parts, body[start:at])
			}
			start = next
			if len(line) > len(mark) {
				return parts
			}
		}
		at = next
	}
	if start >= 0 && start < len(body) {
		parts = append(parts, body[start:])
	}
	return parts
}

func decodeTransfer(h header, body []byte) []byte {
	switch strings.ToLower(strings.TrimSpace(h.first("Content-Transfer-Encoding"))) {
	case "base64":
		return decodeBase64(body)
	case "quoted-printable":
		return decodeQuoted(body)
	}
	return body
}

// decodeBase64 reads as much as there is; list footers that follow in plain text are left out.
func decodeBase64(body []byte) []byte {
	var letters []byte
	for line := range bytes.Lines(body) {
		line = bytes.TrimSpace(line)
		if bytes.ContainsAny(line, " _.,:;<>()[]@-") {
			break
		}
		letters = append(letters, bytes.TrimRight(line, "=")...)
	}
	if len(letters)%4 == 1 {
		letters = letters[:len(letters)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(letters)))
	n, _ := base64.RawStdEncoding.Decode(out, letters)
	return out[:n]
}

// decodeQuoted reads quoted-printable; what is no escape stays as it is.
func decodeQuoted(body []byte) []byte {
	out := make([]byte, 0, len(body))
	for line := range bytes.Lines(body) {
		ended := bytes.HasSuffix(line, []byte("\n"))
		line = bytes.TrimRight(line, " \t\r\n")
		soft := bytes.HasSuffix(line, []byte("="))
		if soft {
			line = line[:len(line)-1]
		}
		for i := 0; i < len(line); i++ {
			if line[i] == '=' && i+2 < len(line) {
				if high, low := unhex(line[i+1]), unhex(line[i+2]); high >= 0 && low >= 0 {
					out = append(out, byte(high<<4|low))
					i += 2
					continue
				}
			}
			out = append(out, line[i])
		}
		if ended && !soft {
			out = append(out, '\n')
		}
	}
	return out
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func unixLines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\x00", ""), "\r\n", "\n")
}

const maxFooterLines = 8

// listText drops what list software adds to a text: its footer and notes on attachments.
func listText(text string, html bool) string {
	if html {
		return strings.TrimSpace(text)
	}
	lines := strings.Split(text, "\n")
	for i := max(0, len(lines)-maxFooterLines); i < len(lines); i++ {
		if len(lines[i]) >= 40 && strings.Trim(lines[i], "_") == "" && mailingListFooter(lines[i+1:]) {
			lines = lines[:i]
			break
		}
	}
	var kept []string
	for i := 0; i < len(lines); i++ {
		if n := scrubbed(lines[i:]); n > 0 {
			i += n - 1
			continue
		}
		kept = append(kept, unescapeFrom(lines[i]))
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

func mailingListFooter(lines []string) bool {
	for _, l := range lines {
		if strings.Contains(l, "mailing list") || strings.Contains(l, "/listinfo/") || strings.Contains(l, "unsubscribe") {
			return true
		}
	}
	return false
}

// scrubbed returns how many of the lines that lines starts with are a note of pipermail's: that
// a part follows, or that one was taken out.
func scrubbed(lines []string) int {
	switch {
	case strings.TrimSpace(lines[0]) == "[[alternative HTML version deleted]]":
		return 1
	case strings.HasPrefix(lines[0], "-------------- next part --------------"), strings.HasPrefix(lines[0], "Skipped content of type multipart/"):
		return 1
	case !strings.HasSuffix(strings.TrimSpace(lines[0]), " was scrubbed..."):
		return 0
	}
	for i, l := range lines[:min(len(lines), 8)] {
		if strings.HasPrefix(l, "URL:") || strings.HasPrefix(l, "Url :") || strings.HasPrefix(l, "Url:") {
			return i + 1
		}
	}
	return 1
}

// unescapeFrom takes off the ">" that an mbox puts before a line that starts with "From ".
func unescapeFrom(line string) string {
	if strings.HasPrefix(line, ">From ") {
		return line[1:]
	}
	return line
}
