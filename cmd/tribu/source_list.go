package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/data/sqlite"
)

// A sourceRow joins what is configured with what was collected.
type sourceRow struct {
	Name    string    `json:"name"`
	Kind    string    `json:"kind"`
	URL     string    `json:"url,omitempty"`
	Paused  bool      `json:"paused,omitempty"`
	Posts   int       `json:"posts"`
	Newest  time.Time `json:"newest,omitzero"`
	Pending int       `json:"pending"`
	Gaps    int       `json:"gaps"`
	Denied  int       `json:"denied"`
	Parked  time.Time `json:"parked_until,omitzero"`
	Next    time.Time `json:"next_visit,omitzero"`
	Error   string    `json:"last_error,omitempty"`
	Robots  string    `json:"robots,omitempty"` // the permission to read past robots.txt

	crawled bool // it is in the settings
	going   bool // its last crawl was interrupted
}

func (a *app) sourceRows(ctx context.Context, db *sqlite.DB) ([]sourceRow, error) {
	states, err := db.SourceStates(ctx)
	if err != nil {
		return nil, err
	}
	visits, err := db.Visits(ctx)
	if err != nil {
		return nil, err
	}
	byName := map[string]data.SourceState{}
	for _, s := range states {
		byName[s.Name] = s
	}
	rows := []sourceRow{}
	for _, s := range a.cfg.Sources {
		rows = append(rows, sourceRow{Name: s.Name, Kind: s.Kind, URL: s.URL, Paused: s.Paused, Robots: s.Robots, crawled: true}.with(byName[s.Name], visits[s.Name]))
		delete(byName, s.Name)
	}
	for _, s := range states {
		if _, left := byName[s.Name]; left && s.Posts > 0 { // of a source that was taken out only what it brought is left
			s.Pending, s.Denied, s.Dead, s.LastError, s.ParkedTo = 0, 0, 0, "", time.Time{}
			rows = append(rows, sourceRow{Name: s.Name, Kind: s.Kind}.with(s, data.Visit{}))
		}
	}
	return rows, nil
}

func (r sourceRow) with(s data.SourceState, v data.Visit) sourceRow {
	r.Posts, r.Newest, r.Pending, r.Gaps, r.Denied, r.Parked, r.Error = s.Posts, s.Newest, s.Pending, s.Dead, s.Denied, s.ParkedTo, s.LastError
	r.Next, r.going = v.Next, !v.Begun.IsZero()
	if v.Ended.IsZero() {
		r.Next = time.Time{}
	}
	return r
}

// writeSources writes a line for every source and, below, what a person should know about it.
func (a *app) writeSources(w io.Writer, rows []sourceRow) {
	if len(rows) == 0 {
		fmt.Fprintln(w, a.located("no sources yet: tribu source add URL, or import a file"))
		return
	}
	var cells [][]string
	for _, r := range rows {
		newest := "never"
		if !r.Newest.IsZero() {
			newest = a.clock(r.Newest)
		}
		cells = append(cells, []string{r.Name, r.Kind, thousands(r.Posts), newest, thousands(r.Gaps), thousands(r.Denied), a.nextVisit(r)})
	}
	table(w, []string{"SOURCE", "KIND", "POSTS", "NEWEST", "GAPS", "DENIED", "NEXT VISIT"}, cells)
	for _, r := range rows {
		for i, note := range a.notes(r) {
			if i == 0 {
				fmt.Fprintf(w, "\n%s\n", clean(r.Name))
			}
			fmt.Fprintf(w, "  %s\n", clean(note))
		}
	}
}

// nextVisit tells in one word or two when r is crawled again.
func (a *app) nextVisit(r sourceRow) string {
	switch now := a.now(); {
	case !r.crawled:
		return "-"
	case r.Paused:
		return "paused"
	case r.Parked.After(now):
		return "parked"
	case r.going || data.Visit{Next: r.Next}.Due(now):
		return "next crawl"
	}
	return a.clock(r.Next)
}

// notes say what stands behind the figures of r, one thing each.
func (a *app) notes(r sourceRow) (all []string) {
	if r.Parked.After(a.now()) && !r.Paused {
		why := ""
		if i := strings.LastIndex(r.Error, " ("); i > 0 && strings.HasSuffix(r.Error, ")") {
			why = r.Error[i:]
		}
		all, r.Error = append(all, "left alone until "+a.clock(r.Parked)+why), ""
	}
	if r.Robots != "" {
		all = append(all, chunks("read past robots.txt by "+r.Robots, 78)...)
	}
	if r.Error != "" {
		all = append(all, chunks("last crawl: "+r.Error, 78)...)
	}
	if r.going {
		all = append(all, "the next crawl goes on where the last one stopped, with "+count(r.Pending, "request"))
	}
	if r.Gaps > 0 {
		all = append(all, fmt.Sprintf("%s could not be read; the next visit tries again what may pass", count(r.Gaps, "page")))
	}
	if r.Denied > 0 {
		all = append(all, fmt.Sprintf("%s left alone: robots.txt, the page or its author asks for it", count(r.Denied, "page")))
	}
	return all
}

// chunks breaks a text between words into lines of at most n characters.
func chunks(text string, n int) (lines []string) {
	rest := []rune(text)
	for len(rest) > n {
		at := n
		for at > n/2 && rest[at] != ' ' {
			at--
		}
		lines, rest = append(lines, string(rest[:at])), rest[at:]
		rest = slices.Clone(trimLeft(rest))
	}
	return append(lines, string(rest))
}

func trimLeft(r []rune) []rune {
	for len(r) > 0 && r[0] == ' ' {
		r = r[1:]
	}
	return r
}

// clock tells a moment in the project's time zone as briefly as it is clear.
func (a *app) clock(at time.Time) string {
	at = a.local(at)
	if now := a.local(a.now()); at.Year() != now.Year() {
		return at.Format("2 Jan 2006")
	}
	return at.Format("2 Jan 15:04")
}

// day says on which day something was, in the project's timezone.
func (a *app) day(at time.Time) string { return a.local(at).Format("2 January 2006") }

// local is at in the project's timezone.
func (a *app) local(at time.Time) time.Time {
	loc, err := a.cfg.Location()
	if err != nil {
		loc = time.UTC
	}
	return at.In(loc)
}
