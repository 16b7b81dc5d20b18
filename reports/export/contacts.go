package export

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/measure/customer"
)

// An OwnContact is one line of own_contacts.csv: somebody the customer wrote to, or heard from.
type OwnContact struct {
	Handle, Platform string
	At               time.Time // the customer's last message; zero where there was none
}

// OwnContacts reads own_contacts.csv; lines without a handle or with a date that is none are
// returned as rejects.
func OwnContacts(in io.Reader) ([]OwnContact, []data.Reject, error) {
	t, err := customer.ReadTable("own_contacts.csv", in, "handle")
	if err != nil {
		return nil, nil, err
	}
	var out []OwnContact
	for _, r := range t.Rows {
		at, err := day(r.Cells["contacted_at"])
		if r.Cells["handle"] == "" || err != nil {
			t.Bad = append(t.Bad, data.Reject{File: t.Name, Line: r.Line, Reason: "no handle, or a contacted_at that is no date"})
			continue
		}
		out = append(out, OwnContact{Handle: r.Cells["handle"], Platform: r.Cells["platform"], At: at})
	}
	return out, t.Bad, nil
}

// An OptOut is one line of optout.csv: a handle, or the domain of profiles, that wants no offers.
type OptOut struct{ HandleOrDomain, Platform string }

// OptOuts reads optout.csv.
func OptOuts(in io.Reader) ([]OptOut, []data.Reject, error) {
	t, err := customer.ReadTable("optout.csv", in, "handle_or_domain")
	if err != nil {
		return nil, nil, err
	}
	var out []OptOut
	for _, r := range t.Rows {
		if r.Cells["handle_or_domain"] != "" {
			out = append(out, OptOut{r.Cells["handle_or_domain"], r.Cells["platform"]})
		}
	}
	return out, t.Bad, nil
}

func day(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02 15:04:05", "02/01/2006"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("read date %q: no date", s)
}

// A Contact is one line of the customer's own list.
type Contact struct {
	Line                int
	Email, First, Last  string
	Handle, URL, Source string
}

// A Match is the customer's own list and the column on which people are looked up in it.
type Match struct {
	On       string // handle or url
	Contacts []Contact
	Bad      []data.Reject
}

// ErrNoKey says that a list of contacts lacks the column on which to match.
var ErrNoKey = errors.New("no such column")

// ReadMatch reads the customer's own list, CSV with a header: email, handle (or username), url (or
// profile_url), platform, first_name and last_name, or name, in any order and spelling a CRM uses.
func ReadMatch(name string, in io.Reader, on string) (*Match, error) {
	if on != "handle" && on != "url" {
		return nil, fmt.Errorf("match contacts on %q: %w; there are handle and url", on, ErrChoice)
	}
	t, err := customer.ReadTable(name, in)
	if err != nil {
		return nil, err
	}
	m := &Match{On: on, Bad: t.Bad}
	column := make(map[string]string)
	for _, h := range t.Header {
		if field := fieldOf(h); field != "" && column[field] == "" {
			column[field] = h
		}
	}
	if column[on] == "" {
		return nil, fmt.Errorf("match contacts on %s: %w in %s: its columns are %s", on, ErrNoKey, name, strings.Join(t.Header, ", "))
	}
	for _, r := range t.Rows {
		at := func(field string) string { return r.Cells[column[field]] }
		c := Contact{Line: r.Line, Email: at("email"), First: at("first"), Last: at("last"), Handle: at("handle"), URL: at("url"), Source: at("platform")}
		if c.First == "" && c.Last == "" {
			c.First, c.Last, _ = strings.Cut(at("name"), " ")
		}
		m.Contacts = append(m.Contacts, c)
	}
	return m, nil
}

// fieldOf says which field of a Contact a column holds.
func fieldOf(header string) string {
	switch strings.NewReplacer("_", "", "-", "", " ", "").Replace(header) {
	case "email", "emailaddress", "mail", "e-mail":
		return "email"
	case "handle", "username", "nickname", "account", "accountaddress":
		return "handle"
	case "url", "profileurl", "profile", "link":
		return "url"
	case "platform", "source":
		return "platform"
	case "name", "fullname", "displayname", "nomecompleto", "nomeecognome":
		return "name"
	case "firstname", "nome", "givenname":
		return "first"
	case "lastname", "cognome", "surname", "familyname":
		return "last"
	}
	return ""
}

// matches returns the contacts that are author a and nobody else.
func (l *list) matches(a data.AuthorID) []Contact {
	if l.found == nil {
		l.lookUp()
	}
	return l.found[a]
}

// Of returns the contacts that may be a, on whatever platform.
func (m *Match) Of(a data.Author) (all []Contact) {
	names := []string{bare(a.Handle), bare(a.NativeID), bare(address("mastodon", a.Handle, web(a.URL)))}
	for _, c := range m.Contacts {
		if m.On == "url" && fold(c.URL) != "" && fold(c.URL) == fold(a.URL) || m.On == "handle" && bare(c.Handle) != "" && slices.Contains(names, bare(c.Handle)) {
			all = append(all, c)
		}
	}
	return all
}

// lookUp finds every contact among the people of the window. A contact that could be several
// people is nobody.
func (l *list) lookUp() {
	l.found, l.unfound = make(map[data.AuthorID][]Contact), nil
	byKey := make(map[string][]data.AuthorID)
	for _, m := range l.Story.Members {
		a, ok := l.Authors[m.Author]
		if m.Rank > 0 || !ok || a.OptedOut {
			continue
		}
		for _, key := range l.keys(a) {
			byKey[key] = append(byKey[key], a.ID)
		}
	}
	for _, c := range l.Match.Contacts {
		key, why := l.Match.key(c), ""
		found := byKey[key]
		switch {
		case key == "":
			why = "no " + l.Match.On
		case len(found) == 0:
			why = "nobody in this run"
		case len(found) > 1:
			why = fmt.Sprintf("could be %d people: name the platform", len(found))
		default:
			l.found[found[0]] = append(l.found[found[0]], c)
			continue
		}
		l.unfound = append(l.unfound, unmatched{c, why})
	}
}

type unmatched struct {
	Contact
	why string
}

// keys returns all under which a contact may name a.
func (l *list) keys(a data.Author) []string {
	if l.Match.On == "url" {
		if u := fold(a.URL); u != "" {
			return []string{u}
		}
		return nil
	}
	platform, seen := l.platform(a), make(map[string]bool)
	var out []string
	for _, handle := range []string{a.Handle, a.NativeID, address(platform, a.Handle, web(a.URL))} {
		for _, of := range []string{"", platform, a.Source} {
			key := strings.ToLower(of) + "\x00" + bare(handle)
			if bare(handle) != "" && !seen[key] {
				seen[key] = true
				out = append(out, key)
			}
		}
	}
	return out
}

func (m *Match) key(c Contact) string {
	if m.On == "url" {
		return fold(c.URL)
	}
	if bare(c.Handle) == "" {
		return ""
	}
	return strings.ToLower(c.Source) + "\x00" + bare(c.Handle)
}

// fold writes an address so that two that lead to the same page are equal.
func fold(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimRight(strings.ToLower(u.Path), "/") + cmp.Or(u.RawQuery, "")
}

// mail matches what may be an e-mail address in a row that cannot be read.
var mail = regexp.MustCompile(`[^\s,;"'<>]+@[^\s,;"'<>@]+\.[^\s,;"'<>@]+`)

// Unmatched writes, as CSV, the customer's contacts that no person of the run could be matched
// with, and why; it returns how many.
func Unmatched(w io.Writer, story data.Story, o Options) (int, error) {
	l, err := newList(story, o)
	if err != nil || l.Match == nil {
		return 0, err
	}
	l.lookUp()
	t := table{name: "Unmatched", columns: []column{{"line", whole, 6}, {"email", text, 30}, {"handle", text, 20}, {"url", text, 40}, {"platform", text, 12}, {"reason", text, 40}}}
	for _, u := range l.unfound {
		t.rows = append(t.rows, []any{u.Line, u.Email, u.Handle, u.URL, u.Source, u.why})
	}
	for _, b := range l.Match.Bad {
		t.rows = append(t.rows, []any{b.Line, mail.FindString(b.Text), "", "", "", b.Reason})
	}
	return len(t.rows), writeCSV(w, t, l.Dialect)
}
