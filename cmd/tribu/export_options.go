package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports"
	"tribu/reports/export"
	"tribu/reports/measure/cpi"
)

// exportOptions gathers what an export needs to know: flags, configuration, the project's key, and
// the customer's files.
func (a *app) exportOptions(kind exportKind, f exportFlags) (export.Options, error) {
	key, err := a.secret()
	if err != nil && kind.ofPeople() {
		return export.Options{}, a.keyProblem(err)
	}
	loc, err := a.cfg.Location()
	if err != nil {
		return export.Options{}, err
	}
	o := export.Options{
		Key: key, Location: loc, Dialect: export.Dialect(f.dialect), Tribes: f.tribes, MinMembership: f.minMembership,
		Preset: export.Preset(f.preset), WithText: f.withText, Anonymise: f.anonymise, MinTribe: a.cfg.Report.MinPeopleTribe, Project: a.project(), Lang: a.lang(),
		Makers: a.cfg.Makers, Purpose: export.Purpose(f.purpose), ContactCap: a.cfg.Customer.ContactCap,
	}
	files, err := a.exportFiles(f)
	o.Own, o.OptOuts, o.Match = files.Own, files.OptOuts, files.Match
	return o, err
}

// exportFiles reads the customer's files that an export heeds.
func (a *app) exportFiles(f exportFlags) (o export.Options, err error) {
	a.warnOfStrangers()
	if o.Own, err = customerFile(a, "own_contacts.csv", export.OwnContacts); err != nil {
		return o, err
	}
	if o.OptOuts, err = customerFile(a, "optout.csv", export.OptOuts); err != nil {
		return o, err
	}
	if f.match != "" {
		o.Match, err = a.readMatch(f.match, f.on)
	}
	return o, err
}

func (a *app) keyProblem(err error) error {
	p := &problem{code: exitFailed, next: "put its backup in its place, or remove it: then " + a.initCommand() + " makes a new one; ids in earlier exports will differ", cause: err}
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrNotExist):
		p.what, p.next = "the project's key "+keyFile+" is missing: member ids cannot be made", a.initCommand()+" makes a new one; ids in earlier exports will differ"
	default:
		p.what = plain(err)
	}
	return p
}

// customerFile reads an optional file of the customer's folder; bad lines are said and left out.
func customerFile[T any](a *app, name string, read func(io.Reader) ([]T, []data.Reject, error)) ([]T, error) {
	path := a.path(filepath.Join(a.cfg.Customer.Dir, name))
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &problem{code: exitFailed, what: fmt.Sprintf("cannot read %s: %s", path, plain(err)), cause: err}
	}
	defer f.Close()
	all, bad, err := read(f)
	if err != nil && a.lacking != nil {
		a.lacking[path] = plain(err)
		return nil, nil
	}
	if err != nil {
		return nil, &problem{code: exitUsage, what: fmt.Sprintf("%s: %s", path, plain(err)), next: "mend the file, or take it out of the folder", cause: err}
	}
	for _, b := range bad {
		a.warn("%s:%d: %s", path, b.Line, b.Reason)
	}
	return all, nil
}

func (a *app) readMatch(path, on string) (*export.Match, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unopened(err)
	}
	defer f.Close()
	a.inputs = append(a.inputs, path)
	m, err := export.ReadMatch(filepath.Base(path), f, on)
	if err != nil {
		next := "the file needs a header with handle or url, and email"
		if other := otherColumn(f, err, on); other != "" {
			next = "--on " + other + " would do"
		}
		return nil, &problem{code: exitUsage, what: plain(err), next: next, cause: err}
	}
	return m, nil
}

// otherColumn returns the other column on which the contacts of f could be matched, where err says
// that on is not there; empty where that is not there either.
func otherColumn(f io.ReadSeeker, err error, on string) string {
	other := map[string]string{"handle": "url", "url": "handle"}[on]
	if _, moved := f.Seek(0, io.SeekStart); moved != nil || !errors.Is(err, export.ErrNoKey) {
		return ""
	}
	if _, err := export.ReadMatch("", f, other); err != nil {
		return ""
	}
	return other
}

// measureCPIs measures the outcomes people name, where a report would.
func (a *app) measureCPIs(ctx context.Context, from decided, story data.Story, o *export.Options) error {
	r, err := reports.Listen(ctx, from, story, a.cfg.Makers)
	if err != nil {
		return err
	}
	a.unread(r, story.ID)
	o.Outcomes = cpi.Mine(r, cpi.Params{})
	o.Served = cpi.Perform(r, o.Outcomes, cpi.Params{})
	return nil
}

// storyTexts returns what was written in the activity of a story.
func storyTexts(ctx context.Context, from decided, story data.Story) (map[data.PostID]data.Post, error) {
	all := make(map[data.PostID]data.Post, len(story.Activity))
	for part := range slices.Chunk(story.Activity, 1000) {
		var ids []data.PostID
		for _, p := range part {
			ids = append(ids, p.ID)
		}
		found, err := from.Posts(ctx, ids)
		if err != nil {
			return nil, err
		}
		for id, p := range found {
			all[id] = p
		}
	}
	return all, nil
}

// exportFlags are the flags all exports share.
type exportFlags struct {
	to, run, out, preset, dialect, purpose, match, on string
	tribes                                            []string
	minMembership                                     float64
	withText, anonymise                               bool
	listed                                            bool // the rows stand in the JSON object
}

// format is what --to says, else the name of the file, else the kind's own.
func (f exportFlags) format(kind exportKind) export.Format {
	ext := export.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(f.out), ".")))
	known := []export.Format{export.CSV, export.XLSX, export.JSONL, export.Parquet, export.GEXF, export.GraphML, export.OPML}
	switch {
	case f.to != "":
		return export.Format(f.to)
	case slices.Contains(known, ext):
		return ext
	case ext != "" && kind.write != nil:
		return ext // which is refused by name
	}
	return kind.formats[0]
}

// ofPeople reports whether the lists of a kind hold people; those of tribes and needs hold none.
func (k exportKind) ofPeople() bool { return k.name != "needs" && k.name != "tribes" }

// choices names the formats of a kind.
func (k exportKind) choices(between string) string {
	names := make([]string, len(k.formats))
	for i, f := range k.formats {
		names[i] = string(f)
	}
	return strings.Join(names, between)
}
