// Package mail reads the messages of public mailing lists and newsgroups: header lines, MIME
// bodies in any charset, and mbox files as archives write them. It is tolerant as archives need
// it: what is malformed is read as far as it makes sense. Addresses are hashed at once; none
// leaves this package.
package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/mail"
	"strings"
	"time"
)

// A Message is one letter to a list or newsgroup.
type Message struct {
	ID         string // hash of its Message-ID, or of all of it where it has none
	Author     string // hash of the sender's address
	Name       string // as the sender gives it; never an address
	Date       time.Time
	Subject    string
	InReplyTo  string   // hash of the message it answers; empty where it names none
	References []string // hashes of the messages before it, oldest first
	Supersedes string   // hash of the message that it replaces; empty where it names none
	Body       string
	HTML       bool // the body is HTML: there was no plain text
	Private    bool // the sender asks not to be archived
}

var (
	// ErrNoSender says that a message does not tell who wrote it.
	ErrNoSender = errors.New("message has no sender")
	// ErrNoDate says that a message does not tell when it was written.
	ErrNoDate = errors.New("message has no date that makes sense")
)

// Hash returns the 32 hexadecimal digits that stand for a Message-ID, written with or without
// brackets, or an address.
func Hash(s string) string {
	sum := sha256.Sum256([]byte(strings.Trim(strings.TrimSpace(s), "<>")))
	return hex.EncodeToString(sum[:16])
}

// Parse reads one message, with or without the "From " line that begins it in an mbox.
func Parse(raw []byte) (Message, error) {
	m, h, body, err := parseHeader(raw)
	if err != nil {
		return m, err
	}
	text, html := textOf(h, body, 0)
	if strings.TrimSpace(text) == "" && html != "" {
		m.HTML, text = true, html
	}
	m.Body = mask(listText(text, m.HTML), parseAddress(h.text("From")).obfuscated)
	return m, nil
}

// ParseHeader is Parse without the body.
func ParseHeader(raw []byte) (Message, error) {
	m, _, _, err := parseHeader(raw)
	return m, err
}

func parseHeader(raw []byte) (Message, header, []byte, error) {
	envelope, rest := envelopeDate(raw)
	h, body := readHeader(rest)
	m := h.threading(raw)
	m.Subject = mask(h.text("Subject"), false)
	from := parseAddress(h.text("From"))
	if from.address == "" && from.name == "" {
		return m, h, body, ErrNoSender
	}
	m.Author, m.Name = from.author(), from.display()
	m.Date = envelope
	if at, ok := ParseDate(h.first("Date")); ok {
		m.Date = at
	}
	if m.Date.IsZero() {
		return m, h, body, ErrNoDate
	}
	m.Private = strings.EqualFold(strings.TrimSpace(h.first("X-No-Archive")), "yes") || strings.EqualFold(strings.TrimSpace(h.first("Archive")), "no")
	return m, h, body, nil
}

// CutTag takes the list's name off a subject: "Re: [R-sig-Geo] rasters" is "R-sig-Geo" and "Re: rasters".
func CutTag(subject string) (tag, rest string) {
	open := strings.IndexByte(subject, '[')
	length := strings.IndexByte(subject[max(open, 0):], ']')
	if open < 0 || length < 2 || length > 40 || open > 0 && strings.TrimRight(subject[:open], " ") != "" && !strings.HasSuffix(strings.TrimRight(subject[:open], " "), ":") {
		return "", subject
	}
	return subject[open+1 : open+length], strings.TrimSpace(strings.TrimSpace(subject[:open]) + " " + strings.TrimSpace(subject[open+length+1:]))
}

// threading reads what ties a message to others.
func (h header) threading(raw []byte) Message {
	var m Message
	if ids := messageIDs(h.first("Message-ID")); len(ids) > 0 {
		m.ID = ids[0]
	} else if id := strings.TrimSpace(h.first("Message-ID")); id != "" {
		m.ID = Hash(id)
	} else {
		m.ID = Hash("message\x00" + string(raw))
	}
	for _, id := range messageIDs(h.first("References")) {
		if id != m.ID {
			m.References = append(m.References, id)
		}
	}
	for _, id := range messageIDs(h.first("In-Reply-To")) {
		if id != m.ID {
			m.InReplyTo = id
			break
		}
	}
	if ids := messageIDs(h.first("Supersedes")); len(ids) > 0 && ids[0] != m.ID {
		m.Supersedes = ids[0]
	}
	if m.InReplyTo == "" && len(m.References) > 0 {
		m.InReplyTo = m.References[len(m.References)-1]
	}
	return m
}

const maxReferences = 100

// messageIDs returns the hashes of the <ids> in a header's value.
func messageIDs(value string) []string {
	var out []string
	for len(out) < maxReferences {
		start := strings.IndexByte(value, '<')
		if start < 0 {
			return out
		}
		end := strings.IndexByte(value[start:], '>')
		if end < 0 {
			return out
		}
		id := strings.Join(strings.Fields(value[start+1:start+end]), "")
		id = strings.ReplaceAll(id, "<", "")
		if id != "" && !strings.HasPrefix(id, "mailto:") {
			out = append(out, Hash(id))
		}
		value = value[start+end+1:]
	}
	return out
}

// envelopeDate takes the mbox line off raw and returns its date.
func envelopeDate(raw []byte) (time.Time, []byte) {
	if !bytes.HasPrefix(raw, []byte("From ")) {
		return time.Time{}, raw
	}
	line, rest, _ := bytes.Cut(raw, []byte("\n"))
	at, ok := separatorDate(string(bytes.TrimRight(line, "\r")))
	if !ok {
		return time.Time{}, rest
	}
	return at, rest
}

// separatorDate reads the date at the end of "From a at b.example  Sun Mar  2 02:50:54 2014".
func separatorDate(line string) (time.Time, bool) {
	words := strings.Fields(line)
	for i := 1; i+4 < len(words); i++ {
		if len(words[i]) != 3 || !strings.Contains("MonTueWedThuFriSatSun", words[i]) {
			continue
		}
		at := numericZone(strings.Join(words[i:], " "))
		for _, layout := range []string{"Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 2006 -0700", "Mon Jan 2 15:04 2006", "Mon Jan 2 15:04:05 -0700 2006"} {
			if t, err := time.Parse(layout, at); err == nil {
				return plausible(t)
			}
		}
	}
	return time.Time{}, false
}

// ParseDate reads the value of a Date header; false where it makes no sense.
func ParseDate(value string) (time.Time, bool) {
	value = strings.Join(strings.Fields(value), " ")
	if i := strings.IndexByte(value, '('); i > 0 {
		value = strings.TrimSpace(value[:i])
	}
	value = numericZone(value)
	if t, err := mail.ParseDate(value); err == nil {
		return plausible(t)
	}
	for _, layout := range []string{"Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 -0700 2006", "Mon, 2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04:05",
		"Mon, 2 Jan 06 15:04:05 -0700", "Monday, 2 January 2006 15:04:05 -0700", time.RFC3339} {
		if t, err := time.Parse(layout, value); err == nil {
			return plausible(t)
		}
	}
	return time.Time{}, false
}

// numericZone writes the name of a zone as its offset: what time.Parse makes of a name depends on
// where the machine stands. An unknown name is UTC.
func numericZone(date string) string {
	words := strings.Fields(date)
	for i := len(words) - 1; i > 2; i-- {
		if w := words[i]; len(w) >= 2 && len(w) <= 5 && strings.Trim(w, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
			words[i] = zoneOffset(w)
			break
		}
	}
	return strings.Join(words, " ")
}

func zoneOffset(name string) string {
	switch name {
	case "EST", "CDT":
		return "-0500"
	case "EDT":
		return "-0400"
	case "CST", "MDT":
		return "-0600"
	case "MST", "PDT":
		return "-0700"
	case "PST":
		return "-0800"
	case "BST", "CET", "MET", "WEST":
		return "+0100"
	case "CEST", "MEST", "EET", "SAST":
		return "+0200"
	case "EEST", "MSK":
		return "+0300"
	case "JST", "KST":
		return "+0900"
	case "AEST":
		return "+1000"
	case "AEDT":
		return "+1100"
	case "NZST":
		return "+1200"
	case "NZDT":
		return "+1300"
	}
	return "+0000"
}

func plausible(t time.Time) (time.Time, bool) {
	return t.UTC().Truncate(time.Second), t.Year() >= 1970 && t.Year() < 10000
}
