package crawler

// Kind mailarchive reads a mailing list's public archive. What it is shows on its first page:
//
//	pipermail     links to files of a month, a quarter or a year: 2014-March.txt.gz, 2013q4.txt; a
//	              file is read at every run until a week after its end
//	HyperKitty    links to months, /list/LIST/2026/11/; each is read as the mbox that
//	              …/export/LIST.mbox.gz?start=2026-11-01&end=2026-12-01 gives, likewise
//	public-inbox  a link to new.atom; the first run reads all.mbox.gz, later ones new.atom, back to
//	              what they know (…?t=YYYYMMDDhhmmss), and of each message there MESSAGE/t.mbox.gz, its
//	              thread. Where all.mbox.gz is too large, the same way leads back to the beginning.
//	              Once a day new.atom is read down to a week before its newest message.
//	a newsgroup   nntp://HOST/GROUP or nntps://…; see newsgroup.go
//
// Messages are read by package mail: addresses are hashed, Message-IDs too. Threads follow
// References and In-Reply-To, over the files of two months and more. An edit is what a file or
// new.atom says otherwise than before. A young message that a file lacks is deleted once it is
// missing an hour later too; one that new.atom lacks, once its own page is not found, twice.

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tribu/crawler/mail"
	"tribu/data"
)

// A mailArchive reads one list.
type mailArchive struct {
	origin
	states remembered[mailState]
}

func openMailArchive(c SourceConfig, at string, since time.Time) Source {
	if scheme, _, _ := strings.Cut(at, "://"); isNews(scheme) {
		return &newsgroup{origin: newOrigin(c.Name, at, since)}
	}
	return &mailArchive{origin: newOrigin(c.Name, at, since)}
}

// Seeds asks for the archive's first page.
func (a *mailArchive) Seeds(_ string, now time.Time) []data.Task {
	return []data.Task{a.ask("index", "index", a.at+"/", 0, now)}
}

// A mailState is the cursor.
type mailState struct {
	Done   []string    `json:"done,omitempty"`   // files of months that were over when they were read
	All    bool        `json:"all,omitempty"`    // all.mbox.gz was read
	Newest int64       `json:"newest,omitempty"` // time of the newest message when new.atom was last read to its end
	Top    int64       `json:"top,omitempty"`    // newest in the reading that is under way
	Seen   []string    `json:"seen,omitempty"`   // messages of new.atom, by the start of their address's hash
	Roots  [][2]string `json:"roots,omitempty"`  // threads of answers, by the start of their ids, oldest first

	Months map[string]mailMonth `json:"months,omitempty"` // young messages of files that are still read, by address
	Watch  []inboxLetter        `json:"watch,omitempty"`  // public-inbox: young messages

	Number int64         `json:"number,omitempty"` // newsgroup: the last article that was read
	Step   int64         `json:"step,omitempty"`   // newsgroup: numbers to ask for at once
	Young  []newsArticle `json:"young,omitempty"`  // newsgroup: articles that may still be cancelled, by number
}

const (
	keepAnswers = 3000
	rootIDChars = 16
)

func (st *mailState) root(id string) string {
	for _, r := range slices.Backward(st.Roots) {
		if strings.HasPrefix(id, r[0]) {
			return r[1]
		}
	}
	return ""
}

// A mailing is one answer being read.
type mailing struct {
	*harvest
	state  *mailState
	states *remembered[mailState]
	list   string
	taken  []recent // messages of the answer
}

// Parse reads one answer.
func (a *mailArchive) Parse(t data.Task, r Response, out *Out) error {
	m := newMailing(a.origin, &a.states, t, r, out)
	if t.Kind == "check" || t.Kind == "gone" {
		m.readWhereabouts()
		return m.write()
	}
	if r.Status != 200 {
		if t.Kind != "index" && m.notFound() {
			m.note("HTTP %d", r.Status)
			return nil
		}
		return fmt.Errorf("parse %s: HTTP %d", plainURL(t.URL), r.Status)
	}
	var err error
	switch t.Kind {
	case "index":
		err = m.readIndex()
	case "month", "lost":
		err = m.readMonth()
	case "all", "thread":
		err = m.readMbox()
		m.state.All = m.state.All || t.Kind == "all" // is kept only where all went well
	case "atom", "again":
		err = m.readAtom()
	default:
		err = fmt.Errorf("parse %s: unknown kind %q", plainURL(t.URL), t.Kind)
	}
	if err != nil {
		return err
	}
	return m.write()
}

func newMailing(o origin, states *remembered[mailState], t data.Task, r Response, out *Out) *mailing {
	h := &harvest{origin: o, trail: readTrail(""), kept: map[string]bool{}, task: t, response: r, out: out}
	return &mailing{harvest: h, state: states.take(out.Cursor, readMailState), states: states, list: listName(o.at)}
}

func readMailState(cursor string) *mailState {
	st := &mailState{}
	if json.Unmarshal([]byte(cursor), st) != nil {
		return &mailState{}
	}
	return st
}

// write writes the cursor.
func (m *mailing) write() error {
	if extra := len(m.state.Roots) - keepAnswers; extra > 0 {
		m.state.Roots = slices.Delete(m.state.Roots, 0, extra)
	}
	b, err := json.Marshal(m.state)
	if err == nil {
		m.out.Cursor = string(b)
		m.states.keep(m.out.Cursor, m.state)
	}
	return err
}

// readIndex finds out what archive this is and asks for what is not read yet.
func (m *mailing) readIndex() error {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(m.response.Body))
	if err != nil {
		return fmt.Errorf("parse %s: %w", plainURL(m.task.URL), err)
	}
	base, err := url.Parse(m.response.URL)
	if err != nil {
		return fmt.Errorf("parse %s: %w", plainURL(m.task.URL), err)
	}
	atom, months := "", map[string]string{}
	doc.Find("a[href], link[href]").Each(func(_ int, s *goquery.Selection) {
		u, err := base.Parse(strings.TrimSpace(s.AttrOr("href", "")))
		if err != nil || u.Host != base.Host {
			return
		}
		if strings.HasSuffix(u.Path, "/new.atom") && u.RawQuery == "" {
			atom = u.String()
		}
		if from, address := m.month(u); address != "" && (months[from] == "" || strings.HasSuffix(address, ".gz")) {
			months[from] = address
		}
	})
	switch {
	case len(months) > 0:
		m.askMonths(months)
	case atom != "":
		m.askInbox(strings.TrimSuffix(atom, "new.atom"))
	default:
		return fmt.Errorf("parse %s: neither pipermail, HyperKitty nor public-inbox", plainURL(m.task.URL))
	}
	return nil
}

// readMbox keeps the messages of an mbox, compressed or not.
func (m *mailing) readMbox() error {
	text, err := m.plain()
	if err != nil {
		return fmt.Errorf("parse %s: %w", plainURL(m.task.URL), err)
	}
	if len(bytes.TrimSpace(text)) > 0 && !bytes.HasPrefix(text, []byte("From ")) {
		return fmt.Errorf("parse %s: not an mbox", plainURL(m.task.URL))
	}
	threads, err := mail.ReadThreads(bufio.NewReader(bytes.NewReader(text)))
	if err != nil {
		return fmt.Errorf("parse %s: %w", plainURL(m.task.URL), err)
	}
	for messages := mail.NewReader(bufio.NewReader(bytes.NewReader(text))); ; {
		raw, line, err := messages.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil && !errors.Is(err, mail.ErrTooLong) {
			return fmt.Errorf("parse %s: %w", plainURL(m.task.URL), err)
		}
		var letter mail.Message
		if err == nil {
			letter, err = mail.Parse(raw)
		}
		if err != nil {
			m.fail(strconv.Itoa(line), err.Error())
		} else if !letter.Private {
			m.take(letter, threads)
		}
	}
}

// plain returns the answer's body, decompressed.
func (m *mailing) plain() ([]byte, error) {
	if !bytes.HasPrefix(m.response.Body, []byte{0x1f, 0x8b}) {
		return m.response.Body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(m.response.Body))
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	text, err := io.ReadAll(&capped{r: z, left: defaultLimits().body})
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	return text, nil
}

func (m *mailing) take(letter mail.Message, threads *mail.Threads) {
	m.taken = append(m.taken, recent{letter.ID, letter.Date.Unix()})
	title := letter.Subject
	if tag, rest := mail.CutTag(title); tag != "" && (tag == threads.List() || strings.EqualFold(tag, m.list)) {
		title = rest
	}
	parent, guessed := threads.Parent(letter.ID)
	root := threads.Root(letter.ID)
	if earlier := m.state.root(root); earlier != "" {
		root = earlier
	}
	if parent != "" && len(root) == 32 {
		if known := m.state.root(letter.ID); known != root {
			m.state.Roots = append(m.state.Roots, [2]string{letter.ID[:rootIDChars], root})
		}
	}
	w := written{id: letter.ID, thread: root, parent: parent, by: data.Reply, author: data.Author{NativeID: letter.Author, Handle: letter.Name, Name: letter.Name},
		at: letter.Date, body: letter.Body, format: data.FormatText, place: m.list, threadTitle: mail.Topic(title), threadURL: m.at + "/"}
	if guessed {
		w.by = data.Topic
	}
	if parent == "" {
		w.title = title
	}
	if letter.HTML {
		w.format = data.FormatHTML
	}
	m.keep(w)
}

// Probe asks for the first page and for the newest mbox that it leads to.
func (a *mailArchive) Probe(ctx context.Context, fetch Fetch) (Caps, error) {
	var caps Caps
	var next []data.Task
	index := a.Seeds("", time.Time{})[0]
	first, err := fetch(ctx, index.URL)
	if err == nil && isInboxListing(first) {
		return caps, errUnlisted
	}
	read := func(context.Context, string) (Response, error) { return first, err }
	err = caps.probe(ctx, read, index, func(r Response) bool {
		var out Out
		ok := a.Parse(index, r, &out) == nil
		next = slices.DeleteFunc(out.Batch.Tasks, func(t data.Task) bool { return t.Kind == "all" })
		return ok && len(next) > 0
	})
	for hop := 0; err == nil && caps.Recognised && len(next) > 0 && hop < 2; hop++ {
		t := next[len(next)-1]
		next = nil
		err = caps.probe(ctx, fetch, t, func(r Response) bool {
			var out Out
			ok := a.Parse(t, r, &out) == nil
			next = slices.DeleteFunc(out.Batch.Tasks, func(t data.Task) bool { return t.Kind == "atom" })
			return ok
		})
	}
	return caps, err
}
