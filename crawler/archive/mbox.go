package archive

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"time"

	"tribu/crawler/mail"
)

func looksMbox(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	return mail.Separates(line)
}

// readMbox reads a mailing list's mbox twice: first how its messages hang together, then their
// words. Memory grows with the number of messages, not with their length.
func readMbox(in *input, to rows) error {
	index, err := indexMbox(in.path)
	if err != nil && !isDamaged(err) {
		return err
	}
	messages := mail.NewReader(in.text)
	for {
		raw, line, err := messages.Next()
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, mail.ErrTooLong):
			err = to.reject(line, err.Error(), string(raw))
		case err != nil:
			return err
		default:
			err = takeMail(raw, line, index, to)
		}
		if err != nil {
			return err
		}
	}
}

func takeMail(raw []byte, line int, index *mailIndex, to rows) error {
	m, err := mail.Parse(raw)
	if err != nil {
		return to.reject(line, err.Error(), m.Subject)
	}
	if m.Private {
		to.skip("asks not to be archived")
		return nil
	}
	r := row{ID: scalar(m.ID), Author: scalar(m.Author), AuthorName: m.Name, handle: m.Name, CreatedAt: m.Date.Format(time.RFC3339), Text: m.Body}
	if m.HTML {
		r.Text, r.HTML = "", m.Body
	}
	title := m.Subject
	if tag, rest := mail.CutTag(title); tag != "" && tag == index.list {
		r.Place, title = tag, rest
	}
	parent, guessed := index.parentOf(m.ID)
	r.ParentID, r.ThreadID, r.topic = scalar(parent), scalar(index.rootOf(m.ID)), replyTitle(title)
	if guessed {
		r.ParentKind = "topic"
	}
	if parent == "" || blank(m.Body) {
		r.Title = title
	}
	return to.row(line, r)
}

type mailKey [16]byte

// A mailIndex tells which message answers which.
type mailIndex struct {
	list   string // the tag that most subjects carry
	parent map[mailKey]link
	hint   map[mailKey]mailKey // of messages that are not in the file, from what others refer to
}

type link struct {
	to      mailKey
	guessed bool // by the subject alone
}

const sameSubject = 90 * 24 * time.Hour // an answer without a reference belongs to a subject not older than this

type lastSubject struct {
	root mailKey
	at   time.Time
}

func indexMbox(path string) (*mailIndex, error) {
	ix := &mailIndex{parent: map[mailKey]link{}, hint: map[mailKey]mailKey{}}
	in, err := open(path)
	if err != nil {
		return ix, err
	}
	defer in.close()
	subjects, tags, total := map[string]lastSubject{}, map[string]int{}, 0
	messages := mail.NewReader(in.text)
	for {
		raw, _, err := messages.Next()
		if errors.Is(err, mail.ErrTooLong) {
			continue
		}
		if err != nil {
			ix.list = mostOf(tags, total)
			if err == io.EOF {
				err = nil
			}
			return ix, err
		}
		if m, err := mail.ParseHeader(raw); err == nil {
			ix.add(m, subjects)
			tag, _ := mail.CutTag(m.Subject)
			tags[tag]++
			total++
		}
	}
}

// mostOf returns the tag that more than half of the subjects carry.
func mostOf(tags map[string]int, total int) string {
	for tag, n := range tags {
		if 2*n > total {
			return tag
		}
	}
	return ""
}

func (ix *mailIndex) add(m mail.Message, subjects map[string]lastSubject) {
	id := keyOf(m.ID)
	_, plain := mail.CutTag(m.Subject)
	title := replyTitle(plain)
	subject := strings.ToLower(title)
	for i := 1; i < len(m.References); i++ {
		ix.hint[keyOf(m.References[i])] = keyOf(m.References[i-1])
	}
	l := link{}
	if last, known := subjects[subject]; m.InReplyTo != "" {
		l.to = keyOf(m.InReplyTo)
	} else if known && title != plain && subject != "" && m.Date.Sub(last.at).Abs() < sameSubject && last.root != id {
		l = link{last.root, true}
	}
	if _, twice := ix.parent[id]; !twice {
		ix.parent[id] = l
	}
	subjects[subject] = lastSubject{keyOf(ix.rootOf(m.ID)), m.Date}
}

func (ix *mailIndex) parentOf(id string) (parent string, guessed bool) {
	l := ix.parent[keyOf(id)]
	if l.to == (mailKey{}) {
		return "", false
	}
	return hex.EncodeToString(l.to[:]), l.guessed
}

const longestThread = 10000

// rootOf returns the first message of the thread that id belongs to. Messages that answer each
// other in a circle are their own.
func (ix *mailIndex) rootOf(id string) string {
	at := keyOf(id)
	for range longestThread {
		next := ix.hint[at]
		if l, here := ix.parent[at]; here {
			next = l.to
		}
		if next == (mailKey{}) {
			return hex.EncodeToString(at[:])
		}
		at = next
	}
	return id
}

func keyOf(id string) (k mailKey) {
	_, _ = hex.Decode(k[:], []byte(id)[:min(len(id), 2*len(k))])
	return k
}
