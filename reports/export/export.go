package export

import (
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
)

// A Format is the shape of a file.
type Format string

// The formats. Members and edges come in all that suit them; see Members and Edges.
const (
	CSV     Format = "csv"
	XLSX    Format = "xlsx"
	JSONL   Format = "jsonl"
	GEXF    Format = "gexf"
	GraphML Format = "graphml"
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

// Options says what to write. The zero value writes every member of every tribe.
type Options struct {
	Key           []byte         // the project's secret: member ids are keyed with it
	Location      *time.Location // of hours; UTC where nil
	Dialect       Dialect        // of CSV; rfc4180 where empty
	Tribes        []string       // letters, ids or names; all where empty
	MinMembership float64        // 0..1
	Preset        Preset
	WithText      bool // quotes of needs
	Anonymise     bool // no names, handles, addresses or links
	Project       string
}

// ErrFormat says that an export does not come in the format asked for.
var ErrFormat = errors.New("no such format")

const month = 28 * 24 * time.Hour

// MemberID returns the id under which an author is exported: keyed, stable within a project.
func MemberID(key []byte, a data.AuthorID) string {
	mac := hmac.New(sha256.New, key)
	mac.Write(a[:])
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// A list is a story prepared for export.
type list struct {
	data.Story
	Options
	figures figures.Figures
	kinds   map[string]string // of sources
	chosen  map[data.TribeID]data.Tribe
	ids     map[data.AuthorID]string // made so far
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
	switch o.Preset {
	case "", Newcomers, GoneQuiet, Helpers, Bridges, All:
	default:
		return nil, fmt.Errorf("choose people: unknown preset %q", o.Preset)
	}
	l := &list{Story: story, Options: o, kinds: make(map[string]string), chosen: make(map[data.TribeID]data.Tribe), ids: make(map[data.AuthorID]string)}
	l.figures = figures.Count(story, figures.Params{Location: o.Location})
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
	return l, nil
}

func named(t data.Tribe) func(string) bool {
	return func(want string) bool {
		return strings.EqualFold(want, t.Letter) || want == string(t.ID) || strings.EqualFold(want, t.Name)
	}
}

// Members writes the members of tribes as CSV, XLSX (with sheets Read me, Members, Tribes, Needs
// and Changes) or JSON lines.
func Members(w io.Writer, to Format, story data.Story, o Options) error {
	l, err := newList(story, o)
	if err != nil {
		return err
	}
	if to == XLSX {
		return writeXLSX(w, []table{l.readme(), l.members(), l.tribes(), l.needs(), l.changes()}, story.AsOf)
	}
	return l.write(w, to, l.members())
}

// Tribes writes the tribes of the run as CSV, XLSX or JSON lines.
func Tribes(w io.Writer, to Format, story data.Story, o Options) error {
	l, err := newList(story, o)
	if err != nil {
		return err
	}
	return l.write(w, to, l.tribes())
}

// Needs writes the needs voiced in the window as CSV, XLSX or JSON lines, most people first.
func Needs(w io.Writer, to Format, story data.Story, o Options) error {
	l, err := newList(story, o)
	if err != nil {
		return err
	}
	return l.write(w, to, l.needs())
}

// Edges writes who turned to whom as CSV, XLSX, JSON lines, GEXF 1.2 or GraphML; the last two hold
// everyone chosen, also those who talk to nobody, where the report's map shows them.
func Edges(w io.Writer, to Format, story data.Story, o Options) error {
	l, err := newList(story, o)
	if err != nil {
		return err
	}
	switch to {
	case GEXF:
		return l.gexf(w)
	case GraphML:
		return l.graphml(w)
	}
	return l.write(w, to, l.edgeTable())
}

func (l *list) write(w io.Writer, to Format, t table) error {
	switch to {
	case CSV:
		return writeCSV(w, t, l.Dialect)
	case JSONL:
		return writeJSONL(w, t)
	case XLSX:
		return writeXLSX(w, []table{l.readme(), t}, l.AsOf)
	}
	return fmt.Errorf("export %s as %q: %w", strings.ToLower(t.name), to, ErrFormat)
}

// includes reports whether the options choose m.
func (l *list) includes(m data.Member) bool {
	author, ok := l.Authors[m.Author]
	if ok && author.OptedOut {
		return false
	}
	if _, ok := l.chosen[m.Tribe]; !ok && (m.Tribe != "" || l.Preset != All || len(l.Options.Tribes) > 0) {
		return false
	}
	if m.Tribe != "" && m.Strength < l.MinMembership {
		return false
	}
	p := l.figures.People[m.Author]
	switch l.Preset {
	case Newcomers:
		return m.Role == data.RoleNewcomer || p.First.After(l.AsOf.Add(-month))
	case GoneQuiet:
		return !p.Last.IsZero() && p.Last.Before(l.AsOf.Add(-month/2))
	case Helpers:
		return p.Helped28 > 0
	case Bridges:
		return m.Role == data.RoleBridge || p.Outside() >= 3
	}
	return true
}
