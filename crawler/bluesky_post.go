package crawler

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"tribu/data"
)

// A bskyPost is a post as the AppView shows it. What is not found or blocked has no record.
type bskyPost struct {
	URI     string     `json:"uri"`
	Author  bskyAuthor `json:"author"`
	Record  bskyRecord `json:"record"`
	Replies int        `json:"replyCount"`
	Likes   int        `json:"likeCount"`
	Indexed string     `json:"indexedAt"`
}

type bskyAuthor struct {
	DID    string `json:"did"`
	Handle string `json:"handle"`
	Name   string `json:"displayName"`
	Labels []struct {
		Value string `json:"val"`
	} `json:"labels"`
}

type bskyRef struct {
	URI string `json:"uri"`
}

type bskyRecord struct {
	Text    string   `json:"text"`
	Created string   `json:"createdAt"`
	Langs   []string `json:"langs"`
	Tags    []string `json:"tags"`
	Reply   *struct {
		Root   bskyRef `json:"root"`
		Parent bskyRef `json:"parent"`
	} `json:"reply"`
	Facets []struct {
		Features []struct {
			DID string `json:"did"`
			Tag string `json:"tag"`
		} `json:"features"`
	} `json:"facets"`
	Embed struct {
		Record struct {
			bskyRef
			Record bskyRef `json:"record"`
		} `json:"record"`
	} `json:"embed"`
}

func (a bskyAuthor) author() data.Author {
	hides := slices.ContainsFunc(a.Labels, func(l struct {
		Value string `json:"val"`
	}) bool {
		return l.Value == "!no-unauthenticated"
	})
	return data.Author{NativeID: a.DID, Handle: a.Handle, Name: a.Name, URL: bskyWeb + "/profile/" + url.PathEscape(a.DID), OptedOut: hides}
}

// open reports whether p is there for everybody to read.
func (p bskyPost) open() bool {
	return strings.HasPrefix(p.URI, "at://") && p.Author.DID != "" && p.Record.Created != ""
}

// at is when p was written, as its author's program says; never after the AppView saw it.
func (p bskyPost) at() time.Time {
	seen, errSeen := time.Parse(time.RFC3339, p.Indexed)
	at, err := time.Parse(time.RFC3339, p.Record.Created)
	if err != nil || at.Unix() < 0 || errSeen == nil && at.After(seen) {
		at = seen
	}
	return at
}

func (b *bluesky) keep(h *harvest, p bskyPost) {
	w := written{id: p.URI, thread: p.URI, author: p.Author.author(), at: p.at(), body: p.Record.Text, format: data.FormatText, score: p.Likes,
		url: bskyWeb + "/profile/" + url.PathEscape(p.Author.DID) + "/post/" + url.PathEscape(p.URI[strings.LastIndexByte(p.URI, '/')+1:])}
	if len(p.Record.Langs) > 0 {
		w.lang = p.Record.Langs[0]
	}
	if r := p.Record.Reply; r != nil && r.Parent.URI != "" {
		w.parent, w.by, w.thread = r.Parent.URI, data.Reply, r.Parent.URI
		if r.Root.URI != "" {
			w.thread = r.Root.URI
		}
	} else {
		w.threadURL = w.url
	}
	for _, f := range p.Record.Facets {
		for _, feature := range f.Features {
			if feature.DID != "" {
				w.to = append(w.to, data.Author{NativeID: feature.DID})
			}
			if feature.Tag != "" && w.place == "" {
				w.place = "#" + feature.Tag
			}
		}
	}
	for _, q := range []string{p.Record.Embed.Record.URI, p.Record.Embed.Record.Record.URI} {
		if strings.Contains(q, "/app.bsky.feed.post/") {
			w.quotes = append(w.quotes, q)
		}
	}
	h.keep(w)
}
