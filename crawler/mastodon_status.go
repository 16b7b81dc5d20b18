package crawler

import (
	"regexp"
	"strconv"
	"time"

	"tribu/data"
)

// A status is a post as Mastodon sends it.
type status struct {
	ID         string  `json:"id"`
	CreatedAt  string  `json:"created_at"`
	ReplyTo    string  `json:"in_reply_to_id"`
	Visibility string  `json:"visibility"`
	Language   string  `json:"language"`
	URL        string  `json:"url"`
	Spoiler    string  `json:"spoiler_text"`
	Content    string  `json:"content"`
	Replies    int     `json:"replies_count"`
	Favourites int     `json:"favourites_count"`
	Account    account `json:"account"`
	Reblog     *status `json:"reblog"`
	Quote      *struct {
		State  string  `json:"state"`
		Status *status `json:"quoted_status"`
		ID     string  `json:"quoted_status_id"`
	} `json:"quote"`
	Mentions []struct {
		Acct string `json:"acct"`
	} `json:"mentions"`
	Tags []struct {
		Name string `json:"name"`
	} `json:"tags"`
}

type account struct {
	ID        string `json:"id"`
	Acct      string `json:"acct"`
	Name      string `json:"display_name"`
	URL       string `json:"url"`
	Note      string `json:"note"`
	NoIndex   bool   `json:"noindex"`
	Indexable *bool  `json:"indexable"`
}

func (a account) author() data.Author {
	return data.Author{NativeID: a.ID, Handle: a.Acct, Name: a.Name, URL: a.URL, OptedOut: a.NoIndex || a.Indexable != nil && !*a.Indexable || asksToBeLeft(a.Note)}
}

// asksToBeLeft reports whether a profile's own words ask robots to stay away.
func asksToBeLeft(note string) bool {
	return regexp.MustCompile(`(?i)#(nobots?|noindex|noai|nosearch)\b`).MatchString(plainText(note))
}

func (s status) at() time.Time {
	at, err := time.Parse(time.RFC3339, s.CreatedAt)
	if err != nil {
		return time.Time{}
	}
	return at
}

// open reports whether everybody may read s.
func (s status) open() bool { return s.Visibility == "public" || s.Visibility == "unlisted" }

// keep adds s, what it passes on and what it quotes.
func (m *mastodon) keep(h *harvest, s status) {
	switch {
	case !s.open() || s.ID == "" || s.Account.ID == "":
		return
	case s.Reblog != nil && s.Reblog.Reblog == nil:
		if by := h.author(s.Account.author()); !by.OptedOut {
			h.out.Batch.Authors = append(h.out.Batch.Authors, by)
			h.trail.boost(s.Reblog.ID, s.Account.ID)
		}
		m.keep(h, *s.Reblog)
		return
	}
	w := written{id: s.ID, thread: s.ID, parent: s.ReplyTo, by: data.Reply, author: s.Account.author(), at: s.at(), title: s.Spoiler, body: s.Content,
		format: data.FormatHTML, url: s.URL, lang: s.Language, score: s.Favourites}
	if s.ReplyTo != "" {
		w.thread = s.ReplyTo
		if root, known := h.trail.thread(s.ReplyTo); known {
			w.thread = root
		}
		if root, known := h.trail.thread(s.ID); known {
			w.thread = root
		}
	} else {
		w.threadURL = s.URL
	}
	if len(s.Tags) > 0 {
		w.place = "#" + s.Tags[0].Name
	}
	for _, mention := range s.Mentions {
		w.mentions = append(w.mentions, mention.Acct)
	}
	if q := s.Quote; q != nil && q.State == "accepted" {
		w.quotes = append(w.quotes, q.ID)
		if q.Status != nil {
			w.quotes = append(w.quotes, q.Status.ID)
			if q.Status.Quote == nil || q.Status.Quote.Status == nil {
				m.keep(h, *q.Status)
			}
		}
	}
	h.keep(w)
}

// below is the id right before id.
func below(id string) string {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n <= 0 {
		return id
	}
	return strconv.FormatInt(n-1, 10)
}

// higher reports whether id a was given after id b.
func higher(a, b string) bool { return len(a) > len(b) || len(a) == len(b) && a > b }
