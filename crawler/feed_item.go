package crawler

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	jsonfeed "github.com/mmcdole/gofeed/json"
	"golang.org/x/net/html"

	"tribu/data"
)

// feedItem is what all items have; whose thread they belong to is the caller's to say.
func (h *harvest) feedItem(f *gofeed.Feed, i *gofeed.Item) written {
	w := written{id: feedID(i), title: plainText(i.Title), body: i.Content, url: h.resolve(i.Link), format: data.FormatHTML, lang: f.Language, author: h.feedAuthor(f, i)}
	if w.body == "" {
		w.body = i.Description
	}
	if !marked(w.body) {
		w.format = data.FormatText
	}
	for _, at := range []*time.Time{i.UpdatedParsed, i.PublishedParsed} {
		if at != nil {
			w.at = *at
		}
	}
	if len(i.Categories) > 0 {
		w.place = i.Categories[0]
	}
	w.mentions = atNames(w.body)
	return w
}

// marked reports whether a text holds a tag or an entity.
func marked(text string) bool {
	return strings.ContainsAny(text, "<&") && regexp.MustCompile(`<[A-Za-z/!]|&[#A-Za-z][0-9A-Za-z]*;`).MatchString(text)
}

func feedID(i *gofeed.Item) string {
	if id := namedID(i); id != "" {
		return id
	}
	sum := sha256.Sum256([]byte(i.GUID + "\x00" + i.Title + "\x00" + i.Published + "\x00" + i.Description + i.Content))
	return fmt.Sprintf("sha:%x", sum[:16])
}

// namedID returns the id or the address that an item gives itself; none where it gives none.
func namedID(i *gofeed.Item) string {
	for _, id := range []string{i.GUID, i.Link} {
		if id = tidy(id); id != "" && len(id) <= 1000 {
			return id
		}
	}
	return ""
}

func unnamed(i *gofeed.Item) bool { return namedID(i) == "" }

// feedAuthor is whoever the item names, else whoever the feed names, else the feed itself. A mail
// address alone is kept as a hash.
func (h *harvest) feedAuthor(f *gofeed.Feed, i *gofeed.Item) data.Author {
	for _, p := range append(append([]*gofeed.Person{}, i.Authors...), f.Authors...) {
		if p == nil {
			continue
		}
		name, mail := tidy(p.Name), strings.TrimSpace(p.Email)
		if strings.Contains(name, "@") && mail == "" {
			mail, name = name, ""
		}
		if name != "" {
			return data.Author{NativeID: name, Handle: strings.ReplaceAll(name, " ", ""), Name: name}
		}
		if mail != "" {
			return data.Author{NativeID: secret(mail), Name: secret(mail)}
		}
	}
	name := tidy(plainText(f.Title))
	if u, err := url.Parse(h.at); err == nil && name == "" {
		name = u.Host
	}
	return data.Author{NativeID: "feed:", Name: name, URL: h.resolve(f.Link)}
}

// resolve returns an absolute address on the web; relative to the answer's where it is relative.
func (h *harvest) resolve(ref string) string {
	at, err := url.Parse(h.response.URL)
	if err != nil || strings.TrimSpace(ref) == "" {
		return ""
	}
	u, err := at.Parse(strings.TrimSpace(ref))
	if err != nil {
		return ""
	}
	return webURL(u.String())
}

// olderPages returns where a feed says its older items are.
func olderPages(f *gofeed.Feed) []string {
	var out []string
	add := func(rel, href string) {
		if rel = strings.ToLower(strings.TrimSpace(rel)); (rel == "next" || rel == "prev-archive") && href != "" && len(out) < 2 {
			out = append(out, href)
		}
	}
	switch o := f.OriginalFeed().(type) {
	case *atom.Feed:
		for _, l := range o.Links {
			add(l.Rel, l.Href)
		}
	case *jsonfeed.Feed:
		add("next", o.NextURL)
	}
	for _, prefix := range []string{"atom", "atom10", "a10"} {
		for _, e := range extension(f.Extensions, prefix, "link") {
			add(e.Attrs["rel"], e.Attrs["href"])
		}
	}
	return out
}

// feedsOf returns the feeds that a page in HTML names.
func feedsOf(r Response) []string {
	var out []string
	at, err := url.Parse(r.URL)
	z := html.NewTokenizer(bytes.NewReader(r.Body))
	for err == nil && len(out) < 5 {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			kind := strings.ToLower(attr(t, "type"))
			if t.Data != "link" || kind != "application/rss+xml" && kind != "application/atom+xml" && kind != "application/feed+json" {
				continue
			}
			if u, err := at.Parse(attr(t, "href")); err == nil && webURL(u.String()) != "" {
				out = append(out, u.String())
			}
		}
	}
	return out
}
