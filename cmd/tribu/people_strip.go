package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/measure"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// A stripRow is what sets one person apart from their own tribe; it is told of people who agreed alone.
type stripRow struct {
	State string     `json:"state,omitempty"` // why there are no words
	Words []habitRow `json:"words"`
}

type habitRow struct {
	Word  string  `json:"word"`
	Posts int     `json:"posts"`
	Z     float64 `json:"z"`
}

// strip returns the words that set a person apart, if clients.csv says that they agreed.
func (a *app) strip(ctx context.Context, db *sqlite.DB, run string, who data.Author) (stripRow, error) {
	row := stripRow{State: "only of people who agreed: a line with their handle and consent yes in the customer folder's clients.csv", Words: []habitRow{}}
	people, err := customerFile(a, "clients.csv", customer.People)
	if err != nil {
		return row, err
	}
	known := map[data.AuthorID]data.Author{who.ID: who}
	agreed := slices.ContainsFunc(people, func(p customer.Person) bool { return p.Consent && len(measure.Makers(known, []string{p.Handle})) > 0 })
	if !agreed {
		return row, nil
	}
	r, err := a.listen(ctx, db, run)
	if err != nil {
		return row, err
	}
	habits, state := soft.Strip(r, who.ID, map[data.AuthorID]bool{who.ID: true})
	if row.State = ""; state != stats.Known {
		row.State = string(state) + ": ten posts are needed"
	}
	for _, h := range habits {
		row.Words = append(row.Words, habitRow{h.Word, h.Posts, h.Z})
	}
	return row, nil
}

func (s stripRow) write(w io.Writer) {
	if s.State != "" {
		fmt.Fprintf(w, "what sets their words apart: %s\n", s.State)
		return
	}
	var words []string
	for _, h := range s.Words {
		words = append(words, fmt.Sprintf("%s (%s)", h.Word, count(h.Posts, "post")))
	}
	if len(words) == 0 {
		words = []string{"none that the tribe does not use as much"}
	}
	fmt.Fprintf(w, "what sets their words apart from their tribe's: %s\n", clean(strings.Join(words, ", ")))
}
