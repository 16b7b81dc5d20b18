package crawler

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"tribu/crawler/mail"
)

// An inboxLetter is a message of new.atom that may still be edited or deleted.
type inboxLetter struct {
	Link string `json:"link"`
	At   int64  `json:"at"`
	Sum  string `json:"sum"` // of what it said
}

const keepWatchedMail = 2000

// id returns the message's native id.
func (l inboxLetter) id() string {
	u, err := url.Parse(l.Link)
	if err != nil {
		return ""
	}
	path := strings.TrimSuffix(u.Path, "/")
	return mail.Hash(path[strings.LastIndexByte(path, '/')+1:])
}

// lookOver compares a page of new.atom, all that came after oldest, with what is known of young
// messages: what says something else is read again, what is missing is looked for.
func (m *mailing) lookOver(page []inboxEntry, oldest int64) {
	there, newest := map[string]inboxLetter{}, int64(0)
	for _, e := range page {
		at, err := time.Parse(time.RFC3339, e.Updated)
		if err == nil && m.hasPage(e.Link.Href) {
			there[e.Link.Href] = inboxLetter{e.Link.Href, at.Unix(), mail.Hash(e.Title + "\x00" + e.Content.Text)[:rootIDChars]}
			newest = max(newest, at.Unix())
		}
	}
	if !strings.Contains(m.task.URL, "?") {
		newest = math.MaxInt64 // nothing is newer than this page
	}
	kept := m.state.Watch[:0]
	for _, known := range m.state.Watch {
		now, found := there[known.Link]
		delete(there, known.Link)
		switch {
		case found && now.Sum != known.Sum:
			m.askThread(known.Link, now.Sum)
		case !found && known.At > oldest && known.At <= newest && len(page) > 0:
			m.enqueue(m.ask("check", "check:"+known.id(), known.Link, 5, m.task.Due))
			continue
		case !found:
			now = known
		}
		kept = append(kept, now)
	}
	for _, fresh := range there {
		kept = append(kept, fresh)
	}
	m.keepWatch(kept)
	if !strings.Contains(m.task.URL, "?") && len(m.state.Watch) > 0 {
		m.tomorrow("inbox", m.state.Watch[len(m.state.Watch)-1].At, m.ask("", "", m.task.URL, 2, m.task.Due))
	}
}

// keepWatch keeps the messages of the last week by the newest one's clock, a day to spare.
func (m *mailing) keepWatch(all []inboxLetter) {
	slices.SortFunc(all, func(a, b inboxLetter) int { return byTime(recent{a.Link, a.At}, recent{b.Link, b.At}) })
	if n := len(all); n > 0 {
		old := all[n-1].At - int64((young+readAgain)/time.Second)
		all = slices.DeleteFunc(all, func(l inboxLetter) bool { return l.At < old })
	}
	m.state.Watch = all[max(0, len(all)-keepWatchedMail):]
}

// goDown asks for the page before one whose oldest message is young.
func (m *mailing) goDown(oldest int64, entries int) {
	before := time.Unix(oldest, 0).UTC().Format("20060102150405")
	if n := len(m.state.Watch); n == 0 || entries == 0 || oldest <= weekBefore(m.state.Watch[n-1].At) || m.task.Key == "again:"+before {
		return
	}
	page, _, _ := strings.Cut(m.task.URL, "?")
	m.enqueue(m.ask("again", "again:"+before, page+"?t="+before, 2, m.task.Due))
}

// readWhereabouts reads what became of a message that new.atom lacked.
func (m *mailing) readWhereabouts() {
	_, id, _ := strings.Cut(m.task.Key, ":")
	there := !m.notFound() && m.response.Status != http.StatusMultipleChoices // "not found, perhaps you mean"
	switch {
	case there:
	case m.task.Kind == "gone":
		m.bury(id)
	default:
		m.enqueue(m.ask("gone", "gone:"+id, m.task.URL, 5, m.now().Add(goneAgain)))
	}
}
