package archive

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

func looksMbox(head []byte) bool {
	return bytes.HasPrefix(head, []byte("From ")) && bytes.Contains(bytes.ToLower(head), []byte("\nfrom: "))
}

// readMbox reads a mailbox: mboxo, mboxrd, and the archives of Pipermail with their "name at host".
// Threads follow In-Reply-To and References. Addresses are hashed: nobody's is kept as an author's id.
func readMbox(in *input, to rows) error {
	lines := newLineReader(in.text)
	box := mailbox{to: to, threads: map[string]string{}}
	for {
		line, long, err := lines.next()
		if err == io.EOF {
			return box.end()
		}
		if err != nil {
			return err
		}
		if separator(line) {
			if err := box.end(); err != nil {
				return err
			}
			box.open, box.line = true, lines.line
			continue
		}
		box.add(line, long)
	}
}

// separator reports whether line starts a message: "From ", somebody, and the date of C's ctime,
// which may hold a zone.
func separator(line []byte) bool {
	if !bytes.HasPrefix(line, []byte("From ")) || len(line) > 1000 {
		return false
	}
	fields := strings.Fields(string(line))
	for _, layout := range []string{"Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 -0700 2006", "Mon Jan 2 15:04:05 MST 2006", "Mon Jan 2 15:04:05 2006 -0700"} {
		n := strings.Count(layout, " ") + 1
		if len(fields) < n+2 {
			continue
		}
		if _, err := time.Parse(layout, strings.Join(fields[len(fields)-n:], " ")); err == nil {
			return true
		}
	}
	return false
}

// A mailbox collects the lines of one message after the other.
type mailbox struct {
	to      rows
	open    bool
	line    int // where the message starts
	text    []byte
	large   bool
	threads map[string]string
}

func (b *mailbox) add(line []byte, long bool) {
	if !b.open {
		return
	}
	if line = unstuff(line); long || len(b.text)+len(line) > maxLineBytes {
		b.large = true
		return
	}
	b.text = append(append(b.text, line...), '\n')
}

// unstuff takes back the ">" that mailboxes put before a line that starts with "From ".
func unstuff(line []byte) []byte {
	if bytes.HasPrefix(line, []byte(">")) && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
		return line[1:]
	}
	return line
}

func (b *mailbox) end() error {
	text, large, line := b.text, b.large, b.line
	open := b.open
	b.text, b.large, b.open = b.text[:0], false, false
	if !open {
		return nil
	}
	if large {
		return b.to.reject(line, tooLong(), string(text[:min(len(text), rejectTextBytes)]))
	}
	m, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		return b.to.reject(line, "not a mail: "+err.Error(), string(text[:min(len(text), rejectTextBytes)]))
	}
	r, reason := b.row(m)
	if reason != "" {
		return b.to.reject(line, reason, r.start())
	}
	return b.to.row(line, r)
}

func (b *mailbox) row(m *mail.Message) (row, string) {
	r := row{ID: scalar(firstID(m.Header.Get("Message-Id"))), Title: words(m.Header.Get("Subject"))}
	address, name := sender(m.Header.Get("From"))
	if address != "" {
		sum := sha256.Sum256([]byte(strings.ToLower(address)))
		r.Author = scalar("m_" + hex.EncodeToString(sum[:8]))
	}
	r.AuthorName = name
	at, err := mailDate(m.Header.Get("Date"))
	if err != nil {
		return r, "Date " + cut(clean(m.Header.Get("Date")), 60) + ": cannot be read"
	}
	r.CreatedAt = at.UTC().Format(time.RFC3339)
	r.Text, r.HTML = mailBody(mailHeader(m.Header), m.Body, 0)
	b.link(&r, m.Header)
	return r, ""
}

// mailDate reads RFC 5322 and, as old archives have it, the date of C's ctime in UTC.
func mailDate(s string) (time.Time, error) {
	at, err := mail.ParseDate(s)
	if err != nil {
		return time.Parse(time.ANSIC, strings.TrimSpace(s))
	}
	return at, nil
}

// link finds a mail's parent, and its thread: the parent's, or the oldest mail it refers to.
func (b *mailbox) link(r *row, h mail.Header) {
	references := messageIDs(h.Get("References"))
	parent := firstID(h.Get("In-Reply-To"))
	if parent == "" && len(references) > 0 {
		parent = references[len(references)-1]
	}
	oldest := ""
	if len(references) > 0 {
		oldest = references[0]
	}
	thread := cmp.Or(b.threads[parent], b.threads[oldest], oldest, parent, string(r.ID))
	r.ParentID, r.ThreadID = scalar(parent), scalar(thread)
	b.threads[string(r.ID)] = thread
}

// messageIDs returns the ids in angle brackets, without them.
func messageIDs(s string) []string {
	var ids []string
	for {
		_, after, found := strings.Cut(s, "<")
		id, rest, closed := strings.Cut(after, ">")
		if !found || !closed {
			return ids
		}
		if id = strings.Join(strings.Fields(id), ""); id != "" && len(id) < 1000 {
			ids = append(ids, id)
		}
		s = rest
	}
}

func firstID(s string) string {
	if ids := messageIDs(s); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// sender reads "Name <a@b>", "a@b (Name)" and Pipermail's "a at b (Name)".
func sender(from string) (address, name string) {
	from = words(from)
	if a, err := mail.ParseAddress(strings.Replace(from, " at ", "@", 1)); err == nil {
		address, name = a.Address, a.Name
	} else {
		address, name, _ = strings.Cut(from, " (")
		address = strings.Join(strings.Fields(strings.Replace(address, " at ", "@", 1)), " ")
	}
	if _, inner, found := strings.Cut(from, "("); name == "" && found {
		name, _, _ = strings.Cut(inner, ")")
	}
	name = strings.Trim(strings.TrimSuffix(strings.TrimSpace(name), ")"), `"' `)
	if strings.Contains(name, "@") || strings.Contains(name, " at ") {
		name = ""
	}
	return address, name
}

// words decodes a header: RFC 2047, or the bytes of a careless mailer.
func words(s string) string {
	d := mime.WordDecoder{CharsetReader: charsetReader}
	if decoded, err := d.DecodeHeader(s); err == nil {
		s = decoded
	}
	return strings.Join(strings.Fields(legacy(s)), " ")
}

// legacy reads bytes that are no UTF-8 as Windows-1252, the usual case in old mail.
func legacy(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	if decoded, err := charmap.Windows1252.NewDecoder().String(s); err == nil {
		return decoded
	}
	return s
}
