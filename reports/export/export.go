package export

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
)

// A Format is the shape of a file.
type Format string

// The formats. The shapes for other programs hold members only.
const (
	CSV       Format = "csv"
	XLSX      Format = "xlsx"
	JSONL     Format = "jsonl"
	Parquet   Format = "parquet"
	GEXF      Format = "gexf"
	GraphML   Format = "graphml"
	HubSpot   Format = "hubspot"
	Mailchimp Format = "mailchimp"
	Discourse Format = "discourse"
	Mastodon  Format = "mastodon"
	OPML      Format = "opml"
)

// A Preset chooses people.
type Preset string

// The presets: those first seen in the last four weeks, those silent for two, those who helped
// somebody in four, those who talk across tribes, and everyone in the window, in a tribe or not.
const (
	Newcomers Preset = "newcomers"
	GoneQuiet Preset = "gone-quiet"
	Helpers   Preset = "helpers"
	Bridges   Preset = "bridges"
	All       Preset = "all"
)

// A Purpose says what a list of members is for.
type Purpose string

// The purposes. An offer reaches nobody who asked not to be sold to, and no maker.
const (
	Service  Purpose = "service"
	Research Purpose = "research"
	Offer    Purpose = "offer"
)

// Options says what to write. The zero value writes every member of every tribe.
type Options struct {
	Key           []byte         // the project's secret: member ids are keyed with it
	Location      *time.Location // of hours; UTC where nil
	Dialect       Dialect        // of CSV; rfc4180 where empty
	Tribes        []string       // letters, ids or names; all where empty
	MinMembership float64        // 0..1
	Preset        Preset
	WithText      bool      // quotes of needs, texts of posts
	Anonymise     bool      // no names, handles, addresses, links or quotes; no tribe below MinTribe
	MinTribe      int       // people; 5 where 0
	Project       string    // by its sources where empty
	Lang          data.Lang // in which tribes and needs are named, where they have a name there
	Makers        []string  // handles that speak for companies: an offer is none of theirs

	Outcomes []cpi.Outcome     // what people name, as it was measured; may be nil
	Served   []cpi.Performance // of Outcomes, in their order

	Purpose    Purpose
	Texts      map[data.PostID]data.Post // what people wrote, where it is wanted
	Own        []OwnContact              // the customer's contacts with people
	OptOuts    []OptOut                  // who opted out of offers
	ContactCap int                       // contacts in 30 days that keep a member off a list; 1 where 0
	Match      *Match                    // the customer's own contacts; nil: none
}

// ErrFormat says that an export does not come in the format asked for.
var ErrFormat = errors.New("no such format")

const month = 28 * 24 * time.Hour

// MemberID returns the id under which an author is exported: keyed, stable within a project.
func MemberID(key []byte, a data.AuthorID) string {
	mac := hmac.New(sha256.New, key)
	mac.Write(a[:])
	return "m" + hex.EncodeToString(mac.Sum(nil)[:8]) // a letter first: 16 digits, or 312e33, would be a number to a sheet
}

// apart returns the key of anonymised lists: nobody joins them to named ones by their ids.
func apart(key []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("anonymised"))
	return mac.Sum(nil)
}

// when is the time of a post, in an anonymised list its day: the minute would say which post it is.
func (l *list) when(at time.Time) time.Time {
	if l.Anonymise {
		return at.UTC().Truncate(24 * time.Hour)
	}
	return at
}

// stamp writes when something happened; without names, a moment on a public site would name it: the day does.
func (l *list) stamp(at time.Time) string {
	if l.Anonymise {
		return l.day(at).Format(time.DateOnly)
	}
	return at.Format(time.RFC3339)
}

// A list is a story prepared for export.
type list struct {
	data.Story
	Options
	figures figures.Figures
	care    care
	kinds   map[string]string // of sources
	chosen  map[data.TribeID]data.Tribe
	topics  map[string]string           // what the needs of figures are called, by key
	ids     map[data.AuthorID]string    // made so far
	found   map[data.AuthorID][]Contact // matched so far; nil: not yet
	unfound []unmatched
}

func (l *list) id(a data.AuthorID) string {
	id, ok := l.ids[a]
	if !ok {
		id = MemberID(l.Key, a)
		l.ids[a] = id
	}
	return id
}

func newList(story data.Story, o Options) (*list, error) {
	if o.Location == nil {
		o.Location = time.UTC
	}
	if o.Anonymise {
		o.Key = apart(o.Key)
		story = figures.WithoutPhrases(figures.WithoutSmall(story, cmp.Or(o.MinTribe, 5)))
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	o.Project = cmp.Or(o.Project, figures.Titled(story.Sources))
	l := &list{Story: story, Options: o, kinds: make(map[string]string), chosen: make(map[data.TribeID]data.Tribe), ids: make(map[data.AuthorID]string)}
	l.figures = figures.Count(story, figures.Params{Location: o.Location, Lang: o.Lang, Makers: measure.Makers(story.Authors, o.Makers)})
	for _, s := range story.Sources {
		l.kinds[s.Name] = s.Kind
	}
	for _, t := range story.Tribes {
		if len(o.Tribes) == 0 || slices.ContainsFunc(o.Tribes, named(t)) {
			l.chosen[t.ID] = t
		}
	}
	for _, want := range o.Tribes {
		if !slices.ContainsFunc(story.Tribes, func(t data.Tribe) bool { return named(t)(want) }) {
			return nil, fmt.Errorf("choose tribe %q: %w in run %s", want, data.ErrNotFound, story.ID)
		}
	}
	l.topics = make(map[string]string, len(l.figures.Needs))
	for _, n := range l.figures.Needs {
		l.topics[n.Key] = n.Topic
	}
	l.care = newCare(l)
	return l, nil
}

// ErrChoice says that an option has no such value.
var ErrChoice = errors.New("no such choice")

func (o Options) check() error {
	if !slices.Contains([]Preset{"", Newcomers, GoneQuiet, Helpers, Bridges, All}, o.Preset) {
		return fmt.Errorf("choose people: preset %q: %w; there are newcomers, gone-quiet, helpers, bridges and all", o.Preset, ErrChoice)
	}
	if !slices.Contains([]Purpose{"", Service, Research, Offer}, o.Purpose) {
		return fmt.Errorf("choose people: purpose %q: %w; there are service, research and offer", o.Purpose, ErrChoice)
	}
	if !slices.Contains([]Dialect{"", RFC4180, Excel, ExcelIT}, o.Dialect) {
		return fmt.Errorf("write csv: dialect %q: %w; there are rfc4180, excel and excel-it", o.Dialect, ErrChoice)
	}
	return nil
}

func named(t data.Tribe) func(string) bool {
	return func(want string) bool {
		return strings.EqualFold(want, t.Letter) || want == string(t.ID) || t.IsCalled(want)
	}
}

// Members writes the members of tribes as CSV, XLSX (with sheets Read me, Members, Tribes, Needs,
// CPIs and Changes), JSON lines, Parquet, or in the shape another program reads.
func Members(w io.Writer, to Format, story data.Story, o Options) (Outcome, error) {
	l, err := newList(story, o)
	if err != nil {
		return Outcome{}, err
	}
	rows := l.listed()
	out := l.outcome(rows)
	switch to {
	case XLSX:
		sheets := []table{l.members(rows), l.tribes(), l.needs(), l.cpiSheet(), l.changes()}
		return out, writeXLSX(w, append([]table{l.readme(out, sheets...)}, sheets...), story.AsOf)
	case HubSpot, Mailchimp, Discourse, Mastodon, OPML:
		return out, l.shape(w, to, rows, &out)
	}
	return out, l.write(w, to, l.members(rows))
}

// Tribes writes the tribes of the run as CSV, XLSX, JSON lines or Parquet.
func Tribes(w io.Writer, to Format, story data.Story, o Options) (Outcome, error) {
	l, err := newList(story, o)
	if err != nil {
		return Outcome{}, err
	}
	return l.table(w, to, l.tribes())
}

// Needs writes the needs voiced in the window as CSV, XLSX, JSON lines or Parquet, most people first.
func Needs(w io.Writer, to Format, story data.Story, o Options) (Outcome, error) {
	l, err := newList(story, o)
	if err != nil {
		return Outcome{}, err
	}
	return l.table(w, to, l.needs())
}

// Posts writes the posts of the window as CSV, XLSX, JSON lines or Parquet, oldest first; their
// words only with Options.WithText.
func Posts(w io.Writer, to Format, story data.Story, o Options) (Outcome, error) {
	l, err := newList(story, o)
	if err != nil {
		return Outcome{}, err
	}
	out, err := l.table(w, to, l.posts())
	out.Unplaced = l.unplaced()
	return out, err
}

// Edges writes who turned to whom as CSV, XLSX, JSON lines, Parquet, GEXF 1.2 or GraphML; the last
// two hold everyone chosen, also those who talk to nobody, where the report's map shows them.
func Edges(w io.Writer, to Format, story data.Story, o Options) (Outcome, error) {
	l, err := newList(story, o)
	if err != nil {
		return Outcome{}, err
	}
	switch to {
	case GEXF:
		return Outcome{Rows: len(l.nodes()), Unplaced: l.unplaced()}, l.gexf(w)
	case GraphML:
		return Outcome{Rows: len(l.nodes()), Unplaced: l.unplaced()}, l.graphml(w)
	}
	out, err := l.table(w, to, l.edgeTable())
	out.Unplaced = l.unplaced()
	return out, err
}

// Graph writes who turned to whom as GEXF 1.2 or GraphML.
func Graph(w io.Writer, to Format, story data.Story, o Options) (Outcome, error) {
	if to != GEXF && to != GraphML {
		return Outcome{}, fmt.Errorf("export graph as %q: %w", to, ErrFormat)
	}
	return Edges(w, to, story, o)
}

func (l *list) table(w io.Writer, to Format, t table) (Outcome, error) {
	out := Outcome{Rows: len(t.rows)}
	if n := tooLong(t); to == XLSX && n > 0 {
		out.Warnings = append(out.Warnings, fmt.Sprintf("%d texts are longer than a cell of a sheet can hold and are cut: csv, jsonl and parquet hold them whole", n))
	}
	return out, l.write(w, to, t)
}

func (l *list) write(w io.Writer, to Format, t table) error {
	switch to {
	case CSV:
		return writeCSV(w, t, l.Dialect)
	case JSONL:
		return writeJSONL(w, t)
	case Parquet:
		return writeParquet(w, t, l.ID)
	case XLSX:
		return writeXLSX(w, []table{l.readme(Outcome{}, t), t}, l.AsOf)
	}
	return fmt.Errorf("export %s as %q: %w", strings.ToLower(t.name), to, ErrFormat)
}
