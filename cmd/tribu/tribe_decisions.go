package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
)

func newDecisionList(a *app) *cobra.Command {
	return &cobra.Command{Use: "decisions", Short: "List what people decided, undone decisions included", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error {
			all, says, err := a.saying(c.Context(), db)
			if err != nil {
				return err
			}
			rows := decisionRows(all, tribes.InForce(all))
			return a.result("tribe.decisions", rows, nil, func(w io.Writer) { writeDecisions(w, rows, all, says) })
		})
	}}
}

// saying returns the decisions, and how one reads with the names that tribes had when it was made: those
// its run found, or today's where that is gone, and what people had called them until then.
func (a *app) saying(ctx context.Context, db *sqlite.DB) ([]data.TribeDecision, func(data.TribeDecision) string, error) {
	from, err := a.telling(ctx, db, false)
	if err != nil {
		return nil, nil, err
	}
	all, err := from.TribeDecisions(ctx)
	if err != nil {
		return nil, nil, err
	}
	found := map[string][]data.Tribe{"": nil}
	now, _, err := a.decidedRun(ctx, db, "")
	if err == nil {
		found[""] = now.Tribes
	} else if !errors.Is(err, data.ErrNotFound) {
		return nil, nil, err
	}
	for _, d := range all {
		if _, known := found[d.Run]; known {
			continue
		}
		r, err := from.Record(ctx, d.Run)
		if err != nil && !errors.Is(err, data.ErrNotFound) {
			return nil, nil, err
		}
		found[d.Run] = r.Tribes
	}
	return all, func(d data.TribeDecision) string {
		names := map[data.TribeID]string{}
		for _, t := range slices.Concat(found[""], found[d.Run]) {
			names[t.ID] = t.Name
		}
		for _, before := range tribes.InForce(all[:slices.IndexFunc(all, func(x data.TribeDecision) bool { return x.Num == d.Num })]) {
			switch {
			case before.Text == "":
			case before.Kind == data.Rename:
				names[before.Tribe] = before.Text
			case before.Kind == data.SplitOff:
				names[before.Into] = before.Text
			}
		}
		var known []data.Tribe
		for _, id := range slices.Sorted(maps.Keys(names)) {
			known = append(known, data.Tribe{ID: id, Name: names[id]})
		}
		return withNames(known, told(d))
	}, nil
}

// writeDecisions lists decisions, a line each, as they read when they were made.
func writeDecisions(w io.Writer, rows []decisionRow, all []data.TribeDecision, says func(data.TribeDecision) string) {
	if len(rows) == 0 {
		fmt.Fprintln(w, "nothing was decided yet")
	}
	for i, d := range rows {
		state := ""
		if !d.InForce && d.Kind != data.Undo {
			state = " (undone)"
		}
		fmt.Fprintf(w, "%s  %s%s: %s\n", d.ID, d.Kind, state, flat(says(all[i])))
	}
}
