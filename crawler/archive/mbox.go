package archive

import (
	"bytes"
	"errors"
	"io"
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
	first, err := open(in.path)
	if err != nil {
		return err
	}
	threads, err := mail.ReadThreads(first.text)
	first.close()
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
			err = takeMail(raw, line, threads, to)
		}
		if err != nil {
			return err
		}
	}
}

func takeMail(raw []byte, line int, threads *mail.Threads, to rows) error {
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
	if tag, rest := mail.CutTag(title); tag != "" && tag == threads.List() {
		r.Place, title = tag, rest
	}
	parent, guessed := threads.Parent(m.ID)
	r.ParentID, r.ThreadID, r.topic = scalar(parent), scalar(threads.Root(m.ID)), mail.Topic(title)
	if guessed {
		r.ParentKind = "topic"
	}
	if parent == "" || blank(m.Body) {
		r.Title = title
	}
	return to.row(line, &r)
}
