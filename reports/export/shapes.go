package export

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"tribu/data"
)

// The bounds other programs set: Mastodon reads so many rows of a list, Mailchimp so many bytes of
// a text.
const (
	mastodonRows   = 20000
	mailchimpBytes = 255
)

var (
	// ErrMatch says that a shape needs the customer's own contacts.
	ErrMatch = errors.New("needs your own contacts: --match FILE --on handle|url")
	// ErrAnonymous says that a shape is about accounts, which an anonymised list does not have.
	ErrAnonymous = errors.New("lists accounts, which an anonymised export does not hold")
)

const consent = "these are your own contacts: write only to those who agreed to hear from you, and say how to leave"

// shape writes the listed members as another program reads them.
func (l *list) shape(w io.Writer, to Format, rows []data.Member, out *Outcome) error {
	if l.Anonymise {
		return fmt.Errorf("export members as %s: %w", to, ErrAnonymous)
	}
	if l.Match == nil && (to == HubSpot || to == Mailchimp) {
		return fmt.Errorf("export members as %s: %w", to, ErrMatch)
	}
	rows = slices.DeleteFunc(slices.Clone(rows), func(m data.Member) bool { return m.Rank > 0 && to != Mastodon })
	switch to {
	case HubSpot:
		out.Warnings = append(out.Warnings, consent)
		return l.matched(w, to, hubspotColumns(), rows, out, l.hubspot)
	case Mailchimp:
		out.Warnings = append(out.Warnings, consent)
		return l.matched(w, to, []string{"Email Address", "First Name", "Last Name", "Tags"}, rows, out, l.mailchimp)
	case Discourse:
		return l.discourse(w, rows, out)
	case Mastodon:
		return l.mastodon(w, rows, out)
	}
	return l.opml(w, rows, out)
}

// matched writes a row per contact that is a listed member and has an address.
func (l *list) matched(w io.Writer, to Format, header []string, rows []data.Member, out *Outcome, cells func(data.Member, Contact) []string) error {
	t := [][]string{header}
	bare, twice, seen := 0, 0, make(map[string]bool)
	for _, m := range rows {
		for _, c := range l.matches(m.Author) {
			if c.Email == "" {
				bare++
				continue
			}
			key := strings.ToLower(c.Email)
			if seen[key] {
				twice++
				continue
			}
			seen[key] = true
			t = append(t, cells(m, c))
		}
	}
	if bare > 0 {
		out.Warnings = append(out.Warnings, fmt.Sprintf("left out of your contacts: %d without an e-mail address, which %s matches on", bare, to))
	}
	if twice > 0 {
		out.Warnings = append(out.Warnings, fmt.Sprintf("left out of your contacts: %d whose address stands there before", twice))
	}
	out.Rows = len(t) - 1
	return plainCSV(w, t)
}

func hubspotColumns() []string {
	return []string{"First name", "Last name", "Email", "Tribe", "Tribe role", "Tribe needs", "Profile URL", "Tribe run"}
}

func (l *list) hubspot(m data.Member, c Contact) []string {
	p := l.figures.People[m.Author]
	return []string{c.First, c.Last, c.Email, l.chosen[m.Tribe].Name, string(m.Role), strings.Join(p.Needs[:min(3, len(p.Needs))], "; "),
		web(l.Authors[m.Author].URL), l.ID}
}

func (l *list) mailchimp(m data.Member, c Contact) []string {
	var tags []string
	if t, ok := l.chosen[m.Tribe]; ok {
		tags = append(tags, "tribe "+tag(t.Name))
	}
	tags = append(tags, "role "+tag(string(m.Role)), "run "+l.Week)
	return []string{c.Email, short(c.First), short(c.Last), short(strings.Join(tags, ","))}
}

// tag makes a text fit to stand among others, with commas between.
func tag(s string) string { return strings.ReplaceAll(s, ",", " ·") }

// short cuts s to what Mailchimp takes.
func short(s string) string {
	for len(s) > mailchimpBytes {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}

// discourse writes e-mail addresses and groups for an invitation where contacts were matched, else
// the names of accounts, one a line.
func (l *list) discourse(w io.Writer, rows []data.Member, out *Outcome) error {
	if l.Match != nil {
		out.Warnings = append(out.Warnings, consent)
		return l.matched(w, Discourse, []string{"email", "groups", "topic_id"}, rows, out, func(m data.Member, c Contact) []string {
			return []string{c.Email, group(l.chosen[m.Tribe]), ""}
		})
	}
	b := bufio.NewWriter(w)
	out.Rows = 0
	for _, m := range rows {
		a := l.Authors[m.Author]
		if name := strings.TrimPrefix(a.Handle, "@"); l.platform(a) == "discourse" && name != "" && Safe(name) == name && !strings.ContainsAny(name, " ,;") {
			fmt.Fprintln(b, name)
			out.Rows++
		}
	}
	if out.Rows == 0 {
		out.Warnings = append(out.Warnings, "no member writes on a Discourse forum: the list is empty")
	}
	return flushed(b, Discourse)
}

// group is a tribe's name as Discourse takes the name of a group.
func group(t data.Tribe) string {
	if t.ID == "" {
		return ""
	}
	return "tribe_" + string(t.ID)
}

func (l *list) mastodon(w io.Writer, rows []data.Member, out *Outcome) error {
	t := [][]string{{"List name", "Account address"}}
	none := make(map[data.AuthorID]bool)
	for _, m := range rows {
		a := l.Authors[m.Author]
		at := address(l.platform(a), strings.TrimPrefix(a.Handle, "@"), web(a.URL))
		if at == "" {
			none[m.Author] = true
			continue
		}
		t = append(t, []string{l.listName(m), at})
	}
	if len(none) > 0 {
		out.Warnings = append(out.Warnings, fmt.Sprintf("left out: %d people without a Mastodon account", len(none)))
	}
	if len(t)-1 > mastodonRows {
		out.Warnings = append(out.Warnings, fmt.Sprintf("Mastodon reads 20,000 rows: %d are left out", len(t)-1-mastodonRows))
		t = t[:mastodonRows+1]
	}
	told := "importing this list makes your account ask to follow everybody on it"
	if out.Rows = len(t) - 1; out.Rows == 0 {
		told = "no member has a Mastodon account: the list is empty"
	}
	out.Warnings = append(out.Warnings, told)
	return plainCSV(w, t)
}

func (l *list) listName(m data.Member) string {
	if t, ok := l.chosen[m.Tribe]; ok {
		return t.Letter + " " + t.Name
	}
	return "no tribe"
}

// plainCSV writes cells as RFC 4180, each one inert.
func plainCSV(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	for _, row := range rows {
		for i := range row {
			row[i] = Safe(row[i])
		}
		if err := out.Write(row); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// opml writes the public feeds of members, a folder per tribe.
func (l *list) opml(w io.Writer, rows []data.Member, out *Outcome) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>%s</title><dateCreated>%s</dateCreated></head>\n<body>\n",
		escape(l.Project+" "+l.Week), l.AsOf.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT"))
	out.Rows = 0
	open, first := data.TribeID(""), true
	for _, m := range rows {
		a := l.Authors[m.Author]
		profile := web(a.URL)
		if profile == "" {
			continue
		}
		if first || m.Tribe != open {
			if !first {
				fmt.Fprintln(b, "</outline>")
			}
			fmt.Fprintf(b, "<outline text=\"%s\">\n", escape(l.listName(m)))
			open, first = m.Tribe, false
		}
		name := escape(a.Name)
		if name == "" {
			name = escape(a.Handle)
		}
		if feed := feedOf(l.platform(a), profile); feed != "" {
			fmt.Fprintf(b, `<outline type="rss" text="%s" xmlUrl="%s" htmlUrl="%s"/>`+"\n", name, escape(feed), escape(profile))
		} else {
			fmt.Fprintf(b, `<outline type="link" text="%s" url="%s"/>`+"\n", name, escape(profile))
		}
		out.Rows++
	}
	if !first {
		fmt.Fprintln(b, "</outline>")
	}
	if out.Rows == 0 {
		out.Warnings = append(out.Warnings, "no member has a public page: the list is empty")
	}
	fmt.Fprint(b, "</body>\n</opml>\n")
	return flushed(b, OPML)
}

// feedOf returns the feed that a platform offers of a profile.
func feedOf(platform, profile string) string {
	switch platform {
	case "mastodon":
		return strings.TrimRight(profile, "/") + ".rss"
	case "discourse":
		return strings.TrimRight(profile, "/") + "/activity.rss"
	}
	return ""
}

func flushed(b *bufio.Writer, to Format) error {
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", to, err)
	}
	return nil
}
