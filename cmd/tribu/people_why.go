package main

import (
	"cmp"
	"context"
	"fmt"
	"io"

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
	Posts    []causeRow   `json:"posts"`
	Ties     []causeRow   `json:"interactions"`
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
		out = append(out, becauseRow{b.Tribe, b.Strength, b.Tried, row(b.Posts), row(b.Ties)})
	}
	return out, nil
}

func writeReasons(w io.Writer, all []becauseRow) {
	for _, b := range all {
		fmt.Fprintf(w, "in %s with strength %.2f; without one of these it would be:\n", b.Tribe, b.Strength)
		for _, c := range b.Posts {
			fmt.Fprintf(w, "  %.2f  post of %s  %s%s\n", c.Strength, c.At.Format("2 Jan"), clean(c.URL), leaves(c))
		}
		for _, c := range b.Ties {
			fmt.Fprintf(w, "  %.2f  %s of %s, %s to %s%s\n", c.Strength, c.Kind, c.At.Format("2 Jan"), clean(c.From), clean(c.To), leaves(c))
		}
		if len(b.Posts)+len(b.Ties) == 0 {
			fmt.Fprintf(w, "  no single post or interaction of %d holds them\n", b.Tried)
		}
	}
}

func leaves(c causeRow) string {
	if c.Leaves {
		return "  (they would not be a member)"
	}
	return ""
}
