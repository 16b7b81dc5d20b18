package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
)

// A causeRow is a post or interaction that holds a person in a tribe.
type causeRow struct {
	tribes.Cause
	URL  string `json:"url"`
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// A becauseRow says what holds a person in one tribe.
type becauseRow struct {
	Tribe    data.TribeID `json:"tribe"`
	Strength float64      `json:"strength"`
	Tried    int          `json:"tried"`
	Refined  bool         `json:"refined"`             // more of their ties and shared needs leads elsewhere
	Other    data.TribeID `json:"elsewhere,omitempty"` // there, where it is a tribe
	Likelier float64      `json:"likelier,omitempty"`  // what they say and whom they meet is here, a natural logarithm
	where    string
	Posts    []causeRow `json:"posts"`
	Ties     []causeRow `json:"interactions"`
}

// reasons computes which posts and interactions hold a person in their tribes of the run.
func (a *app) reasons(ctx context.Context, db *sqlite.DB, run string, who data.AuthorID) ([]becauseRow, error) {
	r, err := a.record(ctx, db, run)
	if err != nil {
		return nil, err
	}
	in, err := a.inputOf(ctx, db, r)
	if err != nil {
		return nil, err
	}
	if r.Parent != "" {
		parent, err := db.Record(ctx, r.Parent)
		switch {
		case err == nil:
			in.Parent = &parent
		case !errors.Is(err, data.ErrNotFound):
			return nil, err
		}
	}
	all, err := tribes.Why(in, r, who)
	if err != nil {
		return nil, err
	}
	var posts []data.PostID
	var people []data.AuthorID
	for _, b := range all {
		for _, c := range append(b.Posts[:len(b.Posts):len(b.Posts)], b.Ties...) {
			posts, people = append(posts, c.Post), append(people, c.From, c.To)
		}
	}
	known, err := db.Posts(ctx, posts)
	if err != nil {
		return nil, err
	}
	named, err := db.AuthorsByID(ctx, people)
	if err != nil {
		return nil, err
	}
	row := func(list []tribes.Cause) []causeRow {
		rows := []causeRow{}
		for _, c := range list {
			from, to := named[c.From], named[c.To]
			rows = append(rows, causeRow{c, known[c.Post].URL, cmp.Or(from.Name, from.Handle), cmp.Or(to.Name, to.Handle)})
		}
		return rows
	}
	out := []becauseRow{}
	for _, b := range all {
		out = append(out, becauseRow{b.Tribe, b.Strength, b.Tried, b.Refined, b.Elsewhere, b.Likelier, lettered(r, b.Elsewhere), row(b.Posts), row(b.Ties)})
	}
	return out, nil
}

// lettered names a tribe of r by its letter; without an id, a group that became none.
func lettered(r data.RunRecord, id data.TribeID) string {
	for _, t := range r.Tribes {
		if t.ID == id {
			return "tribe " + t.Letter
		}
	}
	return "a group that is no tribe"
}

// writeReasons tells what a person's membership of one tribe hangs on. A tribe that people merged or
// split off has the reasons of what the run found.
func (a *app) writeReasons(w io.Writer, all []becauseRow, at station) {
	i := slices.IndexFunc(all, func(b becauseRow) bool { return b.Tribe == at.Tribe })
	if i < 0 {
		i = slices.IndexFunc(all, func(b becauseRow) bool { return b.Strength == at.Membership })
	}
	if i >= 0 && all[i].Refined {
		fmt.Fprintf(w, "  more of their ties and shared needs leads to %s, but what they say\n  and whom they meet is %s likelier of people of this one\n", all[i].where, likelier(all[i].Likelier))
	}
	switch {
	case i < 0:
		return
	case !slices.ContainsFunc(slices.Concat(all[i].Posts, all[i].Ties), causeRow.matters):
		fmt.Fprintf(w, "  of %d posts and interactions, none alone changes it by 0.01\n", all[i].Tried)
		return
	}
	fmt.Fprintln(w, "  membership without any one of these:")
	for _, c := range all[i].Posts {
		if c.matters() {
			fmt.Fprintf(w, "    %s post of %s\n", without(c), a.local(c.At).Format("2 Jan"))
			if c.URL != "" {
				fmt.Fprintf(w, "      %s\n", clean(c.URL))
			}
		}
	}
	for _, c := range all[i].Ties {
		if c.matters() {
			fmt.Fprintf(w, "    %s %s of %s, %s to %s\n", without(c), c.Kind, a.local(c.At).Format("2 Jan"), clean(c.From), clean(c.To))
		}
	}
}

// matters reports whether two digits show what is lost without c.
func (c causeRow) matters() bool { return c.Leaves || c.Drop >= 0.005 }

// without says what the membership would be.
func without(c causeRow) string {
	if c.Leaves {
		return "none "
	}
	return fmt.Sprintf("%.2f ", c.Strength)
}

// likelier says what a natural logarithm is the logarithm of.
func likelier(log float64) string {
	switch x := math.Exp(log); {
	case x >= 1000:
		return "over 1,000 times"
	case x >= 10:
		return fmt.Sprintf("%.0f times", x)
	default:
		return fmt.Sprintf("%.1f times", x)
	}
}
