package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/figures"
)

func newNeedsUndo(a *app) *cobra.Command {
	return &cobra.Command{Use: "undo [ID]", Short: "Take the last merger or name back: of all needs, or of one", Args: cobra.MaximumNArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.write(c.Context(), func(db *sqlite.DB) error {
			all, err := db.Decisions(c.Context())
			if err != nil {
				return err
			}
			hidden, err := a.away(c.Context(), db)
			if err != nil {
				return err
			}
			undo, told, err := undoing(all, append(args, "")[0], hidden)
			if err != nil {
				return err
			}
			if !a.dryRun {
				if err := a.settle(c.Context(), db, "needs.undo", undo); err != nil {
					return err
				}
			}
			return a.result("needs.undo", map[string]any{"id": undo.Problem, "says": told, "written": !a.dryRun}, nil, func(w io.Writer) { fmt.Fprintln(w, clean(told)) })
		})
	}}
}

// inForce returns the decisions of which no later one took anything back.
func inForce(all []data.ProblemDecision) (force []data.ProblemDecision) {
	last := func(p data.ProblemID, merger bool) (at int, name string) {
		at = -1
		for i, d := range force {
			if d.Problem == p && (d.Into != "") == merger {
				if at >= 0 {
					name = force[at].Name
				}
				at = i
			}
		}
		return at, name
	}
	for _, d := range all {
		at, name := last(d.Problem, d.Into != "")
		back := d.Into == d.Problem || d.Into == "" && d.Name == name
		switch {
		case back && at >= 0:
			force = slices.Delete(force, at, at+1)
		case !back:
			force = append(force, d)
		}
	}
	return force
}

// undoing returns the decision that takes the last one back, of the problem whose id begins with id where
// that is given, and says what comes of it without a hidden name.
func undoing(all []data.ProblemDecision, id string, hidden figures.Named) (undo data.ProblemDecision, told string, err error) {
	force := inForce(all)
	begun, err := begins(force, id)
	if err != nil {
		return undo, "", err
	}
	for i, d := range slices.Backward(force) {
		if id != "" && d.Problem != begun && d.Into != begun {
			continue
		}
		if d.Into != "" {
			return data.ProblemDecision{Problem: d.Problem, Into: d.Problem}, fmt.Sprintf("%s is no part of %s any more", d.Problem, d.Into), nil
		}
		undo.Problem = d.Problem
		for _, before := range force[:i] {
			if before.Problem == d.Problem && before.Into == "" {
				undo.Name = before.Name
			}
		}
		if hidden.In(d.Name) || hidden.In(undo.Name) {
			return undo, fmt.Sprintf("%s is not called as it was any more", d.Problem), nil
		}
		return undo, fmt.Sprintf("%s is not called %q any more, but %s", d.Problem, d.Name, cmp.Or(undo.Name, "as people say it")), nil
	}
	if id != "" {
		return undo, "", usage("nothing was decided about need %s, or it was taken back", id)
	}
	return undo, "", usage("nothing was decided about needs, or all was taken back")
}

// begins returns the problem that decisions speak of whose id is id, or alone begins with it.
func begins(all []data.ProblemDecision, id string) (data.ProblemID, error) {
	var found []data.ProblemID
	for _, d := range all {
		for _, p := range []data.ProblemID{d.Problem, d.Into} {
			switch {
			case string(p) == id:
				return p, nil
			case len(id) > 2 && strings.HasPrefix(string(p), id) && !slices.Contains(found, p):
				found = append(found, p)
			}
		}
	}
	if len(found) > 1 {
		return "", usage("%q may be %s or %s", id, found[0], found[1]).then("give more of the id")
	}
	return append(found, data.ProblemID(id))[0], nil
}
