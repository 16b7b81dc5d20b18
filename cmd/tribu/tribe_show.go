package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/tribes/gauge"
)

func (a *app) tribeShow(ctx context.Context, db *sqlite.DB, run, name string, all bool) error {
	r, decisions, err := a.decidedRun(ctx, db, run)
	if err != nil {
		return err
	}
	if r, err = a.nameNeeds(ctx, db, r); err != nil {
		return err
	}
	t, err := tribeNamed(r, name)
	if err != nil {
		return err
	}
	w, of, err := a.gaugeWorld(ctx, db, r)
	if err != nil {
		return err
	}
	v := viewOfTribe(t)
	_, says, err := a.saying(ctx, db)
	if err != nil {
		return err
	}
	own := decisionsOn(decisions, t.ID)
	v.Decisions, v.Gauges = decisionRows(own, decisions), gauge.Measure(&w, t.ID)
	for i, d := range own {
		v.Decisions[i].Says = says(d)
	}
	if v.Requests, err = a.requestsOf(ctx, db, r.ID, t.ID); err != nil {
		return err
	}
	if v.Standing, err = standings(ctx, db, v.Gauges.Status); err != nil {
		return err
	}
	return a.result("tribe.show", v, nil, func(w io.Writer) { writeTribe(w, v, a.base(r, t, of), all, a.verbose) })
}

// base says of which time and people the gauges of a tribe are: other ones than the counts beside them.
func (a *app) base(r data.RunRecord, t data.Tribe, of data.Window) string {
	strongest := 0
	for _, m := range r.Members {
		if m.Tribe == t.ID && m.Rank == 0 {
			strongest++
		}
	}
	days, since := "the window", ""
	if of.From.Before(r.Window.From) {
		days, since = "the window and what the run before it took in", ", since "+a.day(of.From.Add(time.Second))
	}
	return fmt.Sprintf("gauges, of %s%s, and of the %s whose strongest tribe it is:", days, since, persons(strongest))
}

// A requestsRow is what became of the requests of a tribe, as the report counts them.
type requestsRow struct {
	Asked    int `json:"asked"`
	ByTribe  int `json:"answered_by_tribe"` // within 48 hours
	ByOthers int `json:"answered_by_others"`
	Open     int `json:"unanswered"` // of those old enough
}

func (a *app) requestsOf(ctx context.Context, db *sqlite.DB, run string, id data.TribeID) (row requestsRow, err error) {
	from, err := a.telling(ctx, db, false)
	if err != nil {
		return row, err
	}
	story, err := from.Story(ctx, run)
	if err != nil {
		return row, err
	}
	loc, err := a.cfg.Location()
	for _, t := range figures.Count(story, figures.Params{Location: loc, Makers: measure.Makers(story.Authors, a.cfg.Makers)}).Tribes {
		if t.ID == id {
			row = requestsRow{t.Asked, t.ByTribe, t.ByOthers, t.Unanswered()}
		}
	}
	return row, err
}

// standings names the leaders and the bridges of a status map.
func standings(ctx context.Context, db *sqlite.DB, all []gauge.Status) ([]standingRow, error) {
	rows, ids := []standingRow{}, []data.AuthorID{}
	for _, s := range all {
		if s.Class == "leader" || s.Class == "bridge" {
			ids = append(ids, s.Author)
			rows = append(rows, standingRow{Author: s.ID, Class: s.Class, Deference: s.Deference})
		}
	}
	known, err := db.AuthorsByID(ctx, ids)
	for i, id := range ids {
		rows[i].Name = cmp.Or(known[id].Name, known[id].Handle, "somebody")
	}
	return rows, err
}

// bond says what holds the tribe together, as far as its people say so: a need that fewer than one in
// ten of them voices is none that does.
func (t tribeView) bond() string {
	if (t.Bond == data.BondProblem || t.Bond == data.BondNeed) && (len(t.Shared) == 0 || 10*t.Shared[0].People < t.People) {
		return "held together by what they talk about"
	}
	return "held together by " + article(string(t.Bond))
}

func article(noun string) string {
	if noun == string(data.BondBelonging) {
		return noun
	}
	return "a " + noun
}

// writeTribe says a tribe in words; with its statistics where all or figures are wanted.
func writeTribe(w io.Writer, t tribeView, base string, all, exact bool) {
	fmt.Fprintf(w, "%s  %s  (%s, %s, %s)\n%s; when the calculation is repeated, %.0f%% of it stays together\n",
		t.Letter, t.Name, t.ID, t.Kind, count(t.People, "member"), t.bond(), 100*t.Strength)
	var needs []string
	for _, n := range t.Shared {
		needs = append(needs, fmt.Sprintf("%s (%d)", n.Topic, n.People))
	}
	fmt.Fprintf(w, "words     %s\nneeds     %s\n", strings.Join(t.Words, ", "), strings.Join(needs, ", "))
	if q := t.Requests; q.Asked > 0 {
		fmt.Fprintf(w, "requests  %s: %d got a reply from the tribe within 48 hours, %d from others only, %d later or none\n", thousands(q.Asked), q.ByTribe, q.ByOthers, q.Open)
	}
	for _, d := range t.Decisions {
		fmt.Fprintf(w, "%s  %s\n", d.ID, clean(d.Says))
	}
	if exact = exact || all; exact {
		fmt.Fprintln(w, base)
		writeGauges(w, t.Gauges, all)
	} else {
		writePlainly(w, t.Gauges)
	}
	if t.Gauges.Stage.Staged {
		fmt.Fprintln(w, "possibly staged: too many copies or posts at once")
	}
	for _, s := range t.Standing[:min(len(t.Standing), 5)] {
		fmt.Fprintln(w, s.line(exact))
	}
	if !exact {
		fmt.Fprintln(w, "with -v: all gauges, with their intervals and how likely as much is by chance")
	}
}

// marks names the decisions that a row of the list rests on.
func marks(all []decisionRow) string {
	var ids []string
	for _, d := range all {
		ids = append(ids, d.ID)
	}
	if len(ids) == 0 {
		return ""
	}
	return " (" + strings.Join(ids, ", ") + ")"
}
