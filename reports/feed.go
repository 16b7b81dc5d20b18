package reports

import (
	"encoding/xml"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

// An atomFeed is an Atom feed (RFC 4287) of all weeks in one language.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	Title   string   `xml:"title"`
	ID      string   `xml:"id"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Type string `xml:"type,attr"`
}

// writeFeeds writes feed.xml in the first language and feed.LANG.xml in the others.
func writeFeeds(dir string, o Options) error {
	found, err := reportsIn(dir)
	if err != nil {
		return err
	}
	for i, lang := range o.Langs {
		name := "feed.xml"
		if i > 0 {
			name = "feed." + string(lang) + ".xml"
		}
		if err := writeFeed(filepath.Join(dir, name), found, lang, o); err != nil {
			return err
		}
	}
	return nil
}

// writeFeed writes an entry per week with its five lines, dated by the week's last day.
func writeFeed(path string, found []foundReport, lang data.Lang, o Options) error {
	p, err := newPrinter(lang, o.Location)
	if err != nil {
		return err
	}
	project := clean(o.Project)
	feed := atomFeed{Lang: string(lang), Title: project, ID: urn(project), Author: "tribu", Updated: time.Unix(0, 0).UTC().Format(time.RFC3339)}
	if lang != o.Langs[0] {
		feed.ID = urn(project, string(lang))
	}
	for _, f := range found {
		if f.lang != string(lang) {
			continue
		}
		_, sunday := weekDays(f.week, p.loc)
		at := sunday.AddDate(0, 0, 1).Format(time.RFC3339)
		week := p.indexWeek(found, f.week)
		lines := []string{week.Name + " · " + week.Dates}
		for i, line := range f.lines {
			lines = append(lines, strconv.Itoa(i+1)+". "+line)
		}
		feed.Entries = append(feed.Entries, atomEntry{
			Title: f.headline, ID: feed.ID + ":" + f.week, Updated: at, Summary: strings.Join(lines, "\n"),
			Link: atomLink{Href: f.week + "." + f.lang + ".html", Type: "text/html"},
		})
		feed.Updated = feed.Entries[0].Updated
	}
	b, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return fmt.Errorf("write feed: %w", err)
	}
	return replace(path, append([]byte(xml.Header), append(b, '\n')...))
}

// urn names a thing of this program for all time.
func urn(parts ...string) string {
	var out []string
	for _, s := range parts {
		out = append(out, strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
				return r
			}
			return '-'
		}, s))
	}
	return "urn:tribu:" + strings.Join(out, ":")
}
