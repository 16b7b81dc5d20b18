package main

import (
	"time"

	"tribu/crawler"
	"tribu/data"
)

// A probe is a report on a source as source test --json gives it.
type probe struct {
	Name       string        `json:"name"`
	Kind       string        `json:"kind"`
	URL        string        `json:"url"`
	Reachable  bool          `json:"reachable"`
	Robots     string        `json:"robots"`
	Recognised bool          `json:"recognised"`
	Open       []string      `json:"open"`
	Closed     []string      `json:"closed"`
	Requests   int           `json:"requests"`
	Problem    string        `json:"problem"`
	Posts      []probePost   `json:"posts"`
	Authors    []probeAuthor `json:"authors"`
	Threads    []probeThread `json:"threads"`
}

type probePost struct {
	ID        string    `json:"id"`
	Author    string    `json:"author"`
	Thread    string    `json:"thread"`
	Parent    string    `json:"parent,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	Title     string    `json:"title,omitempty"`
	Text      string    `json:"text"`
	Format    string    `json:"format"`
	URL       string    `json:"url,omitempty"`
	Place     string    `json:"place,omitempty"`
}

type probeAuthor struct {
	ID     string `json:"id"`
	Handle string `json:"handle"`
	Name   string `json:"name"`
	URL    string `json:"url,omitempty"`
}

type probeThread struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
	Place string `json:"place,omitempty"`
}

// probes are reports under the native ids of their sources.
func probes(all []crawler.Report) []probe {
	out := []probe{}
	for _, r := range all {
		p := probe{r.Name, r.Kind, r.URL, r.Reachable, r.Robots, r.Recognised, append([]string{}, r.Open...), append([]string{}, r.Closed...), r.Requests, r.Problem,
			[]probePost{}, []probeAuthor{}, []probeThread{}}
		authors, threads, posts := map[data.AuthorID]string{}, map[data.ThreadID]string{}, map[data.PostID]string{}
		for _, a := range r.Authors {
			authors[a.ID] = a.NativeID
			p.Authors = append(p.Authors, probeAuthor{a.NativeID, a.Handle, a.Name, a.URL})
		}
		for _, t := range r.Threads {
			threads[t.ID] = t.NativeID
			p.Threads = append(p.Threads, probeThread{t.NativeID, t.Title, t.URL, t.Place})
		}
		for _, m := range r.Posts {
			posts[m.ID] = m.NativeID
		}
		for _, m := range r.Posts {
			p.Posts = append(p.Posts, probePost{m.NativeID, authors[m.Author], threads[m.Thread], posts[m.Parent], m.CreatedAt, m.Title, m.Body, string(m.Format), m.URL, m.Place})
		}
		out = append(out, p)
	}
	return out
}
