package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/figures"
	"tribu/tribes"
)

// decided is the database with what people decided about tribes laid over its runs, and names hidden.
type decided struct {
	*sqlite.DB
	hidden figures.Named
	lang   data.Lang                // in which tribes are named
	unlink func(text string) string // what others write, without the handles of who was let go
}

// NeedsIn is that of the database, called by nobody's hidden name.
func (d decided) NeedsIn(ctx context.Context, version string, w data.Window) ([]data.NeedRow, error) {
	needs, err := d.DB.NeedsIn(ctx, version, w)
	return figures.NeedsWithoutNames(d.unlinked(needs), d.hidden), err
}

// unlinked changes what needs quote.
func (d decided) unlinked(needs []data.NeedRow) []data.NeedRow {
	for i := range needs {
		needs[i].Quote, needs[i].Title = d.unlink(needs[i].Quote), d.unlink(needs[i].Title)
	}
	return needs
}

// Posts are those of the database, as far as anybody may read them.
func (d decided) Posts(ctx context.Context, ids []data.PostID) (map[data.PostID]data.Post, error) {
	found, err := d.DB.Posts(ctx, ids)
	for id, p := range found {
		p.Title, p.Body, p.ThreadTitle = d.unlink(p.Title), d.unlink(p.Body), d.unlink(p.ThreadTitle)
		found[id] = p
	}
	return found, err
}

// TribeDecisions are those of the database, without the texts that hold a hidden name.
func (d decided) TribeDecisions(ctx context.Context) ([]data.TribeDecision, error) {
	all, err := d.DB.TribeDecisions(ctx)
	return figures.DecisionsWithoutNames(all, d.hidden), err
}

// Record is that of the database, its tribes called by nobody's hidden name.
func (d decided) Record(ctx context.Context, run string) (data.RunRecord, error) {
	r, err := d.DB.Record(ctx, run)
	return d.told(r), err
}

// told is a run whose tribes are called by nobody's hidden name.
func (d decided) told(r data.RunRecord) data.RunRecord {
	return d.inFirst(figures.RunWithoutNames(r, d.hidden))
}

// inFirst calls the tribes of r in the project's first language, where they have a name there.
func (d decided) inFirst(r data.RunRecord) data.RunRecord {
	r.Tribes = slices.Clone(r.Tribes)
	for i, t := range r.Tribes {
		r.Tribes[i] = t.CalledIn(d.lang)
	}
	return r
}

// Story is that of the database, its runs as people decided.
func (d decided) Story(ctx context.Context, run string) (data.Story, error) {
	usual := debug.SetGCPercent(-1) // all that is read is kept
	s, err := d.DB.Story(ctx, run)
	debug.SetGCPercent(usual)
	if err != nil {
		return s, err
	}
	s.Needs = d.unlinked(s.Needs)
	all, err := d.DB.TribeDecisions(ctx)
	if err != nil {
		return s, err
	}
	s.RunRecord = tribes.Decide(s.RunRecord, s.Needs, all)
	for i := range s.History {
		s.History[i] = tribes.Decide(s.History[i], nil, all)
	}
	s.Decisions = tribes.InForce(all)
	s = figures.WithoutNames(s, d.hidden)
	s.RunRecord, s.History = d.inFirst(s.RunRecord), slices.Clone(s.History)
	for i := range s.History {
		s.History[i] = d.inFirst(s.History[i])
	}
	return s, nil
}

// decidedRun returns the run that is named, or the newest of the main line, as people decided, and
// the decisions in force.
func (a *app) decidedRun(ctx context.Context, db *sqlite.DB, run string) (data.RunRecord, []data.TribeDecision, error) {
	r, err := a.record(ctx, db, run)
	if err != nil {
		return r, nil, err
	}
	return a.withDecisions(ctx, db, r)
}

// withDecisions returns a run as people decided, and the decisions in force.
func (a *app) withDecisions(ctx context.Context, db *sqlite.DB, r data.RunRecord) (data.RunRecord, []data.TribeDecision, error) {
	d, err := a.telling(ctx, db, false)
	if err != nil {
		return r, nil, err
	}
	all, err := db.TribeDecisions(ctx)
	if err != nil || len(all) == 0 {
		return d.told(r), nil, err
	}
	s, err := d.Story(ctx, r.ID)
	return s.RunRecord, s.Decisions, err
}

// tribeNamed returns the tribe of r with that letter, id or name.
func tribeNamed(r data.RunRecord, name string) (data.Tribe, error) {
	for _, t := range r.Tribes {
		if strings.EqualFold(t.Letter, name) || string(t.ID) == name || t.IsCalled(name) {
			return t, nil
		}
	}
	return data.Tribe{}, &problem{code: exitUsage, what: fmt.Sprintf("run %s has no tribe %q", r.ID, name), next: "tribu tribe list names them: give a letter, a name or an id"}
}

// authorsNamed returns the ids of people of r by id, handle, native id or name, in id order.
func authorsNamed(ctx context.Context, db *sqlite.DB, r data.RunRecord, names []string) ([]data.AuthorID, error) {
	var ids, found []data.AuthorID
	for _, m := range r.Members {
		if m.Rank == 0 {
			ids = append(ids, m.Author)
		}
	}
	known, err := db.AuthorsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		var hits []data.AuthorID
		for _, id := range ids {
			a := known[id]
			bare := strings.TrimPrefix(name, "@")
			if id.String() == name || a.NativeID == name || bare != "" && strings.EqualFold(a.Handle, bare) || name != "" && a.Name == name {
				hits = append(hits, id)
			}
		}
		switch len(hits) {
		case 0:
			return nil, usage("nobody who wrote in run %s is known as %q", r.ID, name)
		case 1:
		default:
			return nil, usage("%q is the name of %d people", name, len(hits)).then("give a handle or an id")
		}
		found = append(found, hits[0])
	}
	slices.SortFunc(found, func(a, b data.AuthorID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(found), nil
}

// told says a decision in one line.
func told(d data.TribeDecision) string {
	if d.Text == "" && (d.Kind == data.Rename || d.Kind == data.NoteOn) {
		return fmt.Sprintf("%s: the %s holds the name of somebody who was let go", d.Tribe, d.Kind)
	}
	switch d.Kind {
	case data.Rename:
		return fmt.Sprintf("%s is called %q", d.Tribe, d.Text)
	case data.LockIn:
		if len(d.Authors) == 1 {
			return fmt.Sprintf("1 member stays in %s", d.Tribe)
		}
		return fmt.Sprintf("%s stay in %s", count(len(d.Authors), "member"), d.Tribe)
	case data.MergeInto:
		return fmt.Sprintf("%s is part of %s", d.Tribe, d.Into)
	case data.SplitOff:
		return fmt.Sprintf("%s left %s for %s", count(len(d.Authors), "member"), d.Tribe, d.Into)
	case data.NoteOn:
		return fmt.Sprintf("note on %s: %s", d.Tribe, d.Text)
	case data.Undo:
		return fmt.Sprintf("d%d is undone", d.Undoes)
	}
	return string(d.Kind)
}

// withNames puts the names of tribes before their ids in a sentence.
func withNames(all []data.Tribe, sentence string) string {
	var pairs []string
	for _, t := range all {
		pairs = append(pairs, string(t.ID), fmt.Sprintf("%q (%s)", t.Name, t.ID))
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// decisionsOn returns those that concern the tribe.
func decisionsOn(all []data.TribeDecision, id data.TribeID) []data.TribeDecision {
	var out []data.TribeDecision
	for _, d := range all {
		if d.Tribe == id || d.Into == id {
			out = append(out, d)
		}
	}
	return out
}

var errUndone = errors.New("it is undone already")

// undoable returns the decision that text ("d3", or empty for the last one) names, if it can be undone.
func undoable(all []data.TribeDecision, text string) (data.TribeDecision, error) {
	if last := tribes.InForce(all); text == "" && len(last) > 0 {
		return last[len(last)-1], nil
	}
	undone := map[int]bool{}
	for _, d := range slices.Backward(all) {
		if d.Kind == data.Undo && !undone[d.Num] {
			undone[d.Undoes] = true
		}
	}
	for _, d := range slices.Backward(all) {
		switch {
		case text != "" && fmt.Sprintf("d%d", d.Num) == "d"+strings.TrimPrefix(text, "d"):
			if undone[d.Num] {
				return d, usage("cannot undo d%d: %v", d.Num, errUndone)
			}
			return d, nil
		}
	}
	if text == "" {
		return data.TribeDecision{}, usage("nothing was decided, or all of it is undone")
	}
	return data.TribeDecision{}, usage("there is no decision %q to undo", text).then("tribu tribe decisions")
}
