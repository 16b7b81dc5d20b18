package mail

import (
	"bufio"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"time"
)

type key [16]byte

// Threads tells which message answers which. The zero value is not ready; see NewThreads.
type Threads struct {
	parent   map[key]link
	hint     map[key]key // of messages that are not here, from what others refer to
	subjects map[string]lastSubject
	tags     map[string]int
	total    int
}

type link struct {
	to      key
	guessed bool // by the subject alone
}

type lastSubject struct {
	root key
	at   time.Time
}

const sameSubject = 90 * 24 * time.Hour // an answer without a reference belongs to a subject not older than this

// NewThreads returns Threads that know no message.
func NewThreads() *Threads {
	return &Threads{map[key]link{}, map[key]key{}, map[string]lastSubject{}, map[string]int{}, 0}
}

// ReadThreads returns the threads of an mbox. On an error it holds those of the messages before it.
func ReadThreads(r *bufio.Reader) (*Threads, error) {
	t, messages := NewThreads(), NewReader(r)
	for {
		raw, _, err := messages.Next()
		if errors.Is(err, ErrTooLong) {
			continue
		}
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return t, err
		}
		if m, err := ParseHeader(raw); err == nil {
			t.Add(m)
		}
	}
}

// Add makes m known. An answer that names no message belongs to what was last said on its subject.
func (t *Threads) Add(m Message) {
	id := keyOf(m.ID)
	tag, plain := CutTag(m.Subject)
	t.tags[tag]++
	t.total++
	topic := Topic(plain)
	subject := strings.ToLower(topic)
	for i := 1; i < len(m.References); i++ {
		t.hint[keyOf(m.References[i])] = keyOf(m.References[i-1])
	}
	l := link{}
	if last, known := t.subjects[subject]; m.InReplyTo != "" {
		l.to = keyOf(m.InReplyTo)
	} else if known && topic != plain && subject != "" && m.Date.Sub(last.at).Abs() < sameSubject && last.root != id {
		l = link{last.root, true}
	}
	if _, twice := t.parent[id]; !twice {
		t.parent[id] = l
	}
	t.subjects[subject] = lastSubject{keyOf(t.Root(m.ID)), m.Date}
}

// List returns the tag that more than half of the subjects carry: the list's name.
func (t *Threads) List() string {
	for tag, n := range t.tags {
		if 2*n > t.total {
			return tag
		}
	}
	return ""
}

// Parent returns what a message answers, known or not; guessed where only its subject says so.
func (t *Threads) Parent(id string) (parent string, guessed bool) {
	l := t.parent[keyOf(id)]
	if l.to == (key{}) {
		return "", false
	}
	return hex.EncodeToString(l.to[:]), l.guessed
}

const longestThread = 10000

// Root returns the first message of the thread that id belongs to, known or not. Messages that
// answer each other in a circle are their own.
func (t *Threads) Root(id string) string {
	at := keyOf(id)
	for range longestThread {
		next := t.hint[at]
		if l, here := t.parent[at]; here {
			next = l.to
		}
		if next == (key{}) {
			return hex.EncodeToString(at[:])
		}
		at = next
	}
	return id
}

func keyOf(id string) (k key) {
	_, _ = hex.Decode(k[:], []byte(id)[:min(len(id), 2*len(k))])
	return k
}

// Topic returns what a subject is about: "Re: R: Chains" is about "Chains".
func Topic(subject string) string {
	for {
		head, rest, found := strings.Cut(subject, ":")
		switch strings.ToLower(strings.TrimSpace(head)) {
		case "re", "r", "aw", "antw", "sv", "fw", "fwd", "i", "rif", "wg":
		default:
			return subject
		}
		if !found {
			return subject
		}
		subject = strings.TrimSpace(rest)
	}
}
