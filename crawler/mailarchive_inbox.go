package crawler

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"tribu/crawler/mail"
)

const (
	slowMail = 24 * 3600 // seconds by which a message may be older than one that came before it
	keepSeen = 500
)

// askInbox asks for everything once, and for what is new.
func (m *mailing) askInbox(inbox string) {
	if !m.state.All && m.state.Newest == 0 {
		m.enqueue(m.ask("all", "all", inbox+"all.mbox.gz", 1, m.task.Due))
	}
	m.enqueue(m.ask("atom", "atom", inbox+"new.atom", 2, m.task.Due))
}

// An inboxFeed is what new.atom says.
type inboxFeed struct {
	Entries []inboxEntry `xml:"entry"`
}

type inboxEntry struct {
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
	Link    struct {
		Href string `xml:"href,attr"`
	} `xml:"link"`
	InReplyTo struct {
		Href string `xml:"href,attr"`
	} `xml:"in-reply-to"`
	Content struct {
		Text string `xml:",innerxml"`
	} `xml:"content"`
}

// readAtom asks for the threads of new messages, and for the page before while it may hold more.
func (m *mailing) readAtom() error {
	var feed inboxFeed
	d := xml.NewDecoder(bytes.NewReader(m.response.Body))
	d.CharsetReader = charset.NewReaderLabel
	if err := d.Decode(&feed); err != nil {
		return fmt.Errorf("parse %s: %w", plainURL(m.task.URL), err)
	}
	oldest := int64(0)
	top := map[string]string{} // message → the one above it on this page
	var fresh []string
	for _, e := range feed.Entries {
		at, err := time.Parse(time.RFC3339, e.Updated)
		if err != nil {
			continue
		}
		if m.task.Kind == "atom" {
			m.state.Top = max(m.state.Top, at.Unix())
		}
		if oldest == 0 || at.Unix() < oldest {
			oldest = at.Unix()
		}
		top[e.Link.Href] = e.InReplyTo.Href
		if m.task.Kind == "atom" && at.Unix() > m.state.Newest-slowMail && !at.Before(m.since) && m.unseen(e.Link.Href) {
			fresh = append(fresh, e.Link.Href+"\x00"+e.Updated)
		}
	}
	m.lookOver(feed.Entries, oldest)
	first := m.task.Key == "atom"
	if m.state.All && m.state.Newest == 0 && first { // everything was read a moment ago
		m.state.Newest, m.state.Top = m.state.Top, 0
		return nil
	}
	if m.task.Kind == "again" {
		m.goDown(oldest, len(feed.Entries))
		return nil
	}
	m.askThreads(fresh, top)
	before := time.Unix(oldest, 0).UTC().Format("20060102150405")
	if oldest <= m.state.Newest || oldest < m.since.Unix() || len(feed.Entries) == 0 || m.task.Key == "atom:"+before {
		m.state.Newest, m.state.Top = max(m.state.Newest, m.state.Top), 0
		return nil
	}
	page, _, _ := strings.Cut(m.task.URL, "?")
	m.enqueue(m.ask("atom", "atom:"+before, page+"?t="+before, 2, m.task.Due))
	return nil
}

// unseen reports whether a message of new.atom was not there before.
func (m *mailing) unseen(link string) bool {
	id := mail.Hash(link)[:rootIDChars]
	if slices.Contains(m.state.Seen, id) {
		return false
	}
	m.state.Seen = append(m.state.Seen, id)
	if extra := len(m.state.Seen) - keepSeen; extra > 0 {
		m.state.Seen = slices.Delete(m.state.Seen, 0, extra)
	}
	return true
}

// askThreads asks for each thread of a page once, by the message that no other on it is above of.
func (m *mailing) askThreads(fresh []string, top map[string]string) {
	asked := map[string]bool{}
	for _, entry := range fresh {
		link, updated, _ := strings.Cut(entry, "\x00")
		for range len(top) {
			above, here := top[link]
			if _, known := top[above]; !here || !known {
				break
			}
			link = above
		}
		if asked[link] {
			continue
		}
		asked[link] = true
		m.askThread(link, updated)
	}
}

// askThread asks for the thread of a message, once for every mark.
func (m *mailing) askThread(link, mark string) {
	if m.hasPage(link) {
		m.enqueue(m.ask("thread", "thread:"+link+"#"+mark, link+"t.mbox.gz", 3, fixedDue()))
	}
}

// hasPage reports whether link is the page of a message in this archive's place.
func (m *mailing) hasPage(link string) bool {
	u, err := url.Parse(webURL(link))
	home, _ := url.Parse(m.at)
	return err == nil && home != nil && u.Host == home.Host && strings.HasSuffix(link, "/")
}
