package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
)

func newNeedsMerge(a *app) *cobra.Command {
	return &cobra.Command{Use: "merge A B", Short: "Say that need B is the same as need A; B's people move to A", Args: cobra.ExactArgs(2), RunE: func(c *cobra.Command, args []string) error {
		return a.decide(c.Context(), "needs.merge", args[0], func(db *sqlite.DB, p data.SharedProblem) (data.ProblemDecision, error) {
			other, err := a.problemNamed(c.Context(), db, args[1])
			if err != nil {
				return data.ProblemDecision{}, err
			}
			if other.ID == p.ID {
				return data.ProblemDecision{}, usage("%s cannot be merged with itself", p.ID)
			}
			if other.Wanting != p.Wanting {
				return data.ProblemDecision{}, usage("one of %s and %s is wanted, the other is given", p.ID, other.ID)
			}
			return data.ProblemDecision{Problem: other.ID, Into: p.ID}, nil
		})
	}}
}

func newNeedsRename(a *app) *cobra.Command {
	return &cobra.Command{Use: "rename ID NAME", Short: "Give a need a name, kept across runs; an empty one takes it back", Args: cobra.ExactArgs(2), RunE: func(c *cobra.Command, args []string) error {
		return a.decide(c.Context(), "needs.rename", args[0], func(_ *sqlite.DB, p data.SharedProblem) (data.ProblemDecision, error) {
			return data.ProblemDecision{Problem: p.ID, Name: strings.TrimSpace(args[1])}, nil
		})
	}}
}

// decide stores what make decides about the problem that is named, groups anew where it matters and
// prints what became of the problem.
func (a *app) decide(ctx context.Context, command, name string, make func(*sqlite.DB, data.SharedProblem) (data.ProblemDecision, error)) error {
	return a.write(ctx, func(db *sqlite.DB) error {
		p, err := a.problemNamed(ctx, db, name)
		if err != nil {
			return err
		}
		d, err := make(db, p)
		if err != nil {
			return err
		}
		if a.dryRun {
			return a.result(command, problemRowOf(p), nil, func(w io.Writer) { fmt.Fprintf(w, "%s would change; nothing was written\n", p.ID) })
		}
		if err := a.settle(ctx, db, command, d); err != nil {
			return err
		}
		a.hint("tribu needs undo")
		if p, err = a.problemNamed(ctx, db, string(p.ID)); err != nil {
			return err
		}
		return a.result(command, problemRowOf(p), nil, func(w io.Writer) {
			fmt.Fprintf(w, "%s  %s: %s, %s\n", p.ID, clean(p.Call(data.LangUnd)), count(p.People, "author"), count(p.Needs, "need"))
		})
	})
}

// settle keeps a decision about a problem and groups anew.
func (a *app) settle(ctx context.Context, db *sqlite.DB, command string, d data.ProblemDecision) error {
	if err := db.Decide(ctx, d); err != nil {
		return err
	}
	if err := db.Audit(ctx, command, fmt.Sprintf("%s %s %q", d.Problem, d.Into, d.Name)); err != nil {
		return err
	}
	return a.group(ctx, db)
}
