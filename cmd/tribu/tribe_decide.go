package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/tribes"
)

// A decisionRow is a decision as JSON gives it.
type decisionRow struct {
	ID      string            `json:"id"`
	Kind    data.DecisionKind `json:"kind"`
	Run     string            `json:"run"`
	Tribe   data.TribeID      `json:"tribe,omitempty"`
	Into    data.TribeID      `json:"into,omitempty"`
	Authors []string          `json:"authors,omitempty"`
	Text    string            `json:"text,omitempty"`
	Undoes  string            `json:"undoes,omitempty"`
	InForce bool              `json:"in_force"`
	Says    string            `json:"says"`
}

func decisionRows(all, force []data.TribeDecision) []decisionRow {
	holds := map[int]bool{}
	for _, d := range force {
		holds[d.Num] = true
	}
	rows := []decisionRow{}
	for _, d := range all {
		row := decisionRow{ID: fmt.Sprintf("d%d", d.Num), Kind: d.Kind, Run: d.Run, Tribe: d.Tribe, Into: d.Into, Text: d.Text, InForce: holds[d.Num], Says: told(d)}
		if d.Undoes > 0 {
			row.Undoes = fmt.Sprintf("d%d", d.Undoes)
		}
		for _, a := range d.Authors {
			row.Authors = append(row.Authors, a.String())
		}
		rows = append(rows, row)
	}
	return rows
}

// A decider makes a decision of the arguments, on a run as people decided so far.
type decider func(ctx context.Context, db *sqlite.DB, r data.RunRecord, args []string) (data.TribeDecision, error)

func (a *app) decision(use, short string, args cobra.PositionalArgs, run *string, make decider) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: args, RunE: func(c *cobra.Command, args []string) error {
		return a.write(c.Context(), func(db *sqlite.DB) error {
			r, _, err := a.decidedRun(c.Context(), db, *run)
			if err != nil {
				return err
			}
			d, err := make(c.Context(), db, r, args)
			if err != nil {
				return err
			}
			d.Run = r.ID
			known := r.Tribes
			if d.Kind == data.SplitOff && d.Text != "" {
				known = append(slices.Clone(known), data.Tribe{ID: d.Into, Name: d.Text})
			}
			return a.keepDecision(c.Context(), db, d, withNames(known, told(d)))
		})
	}}
}

// keepDecision keeps a decision, and says its id and what was decided.
func (a *app) keepDecision(ctx context.Context, db *sqlite.DB, d data.TribeDecision, what string) (err error) {
	if a.dryRun {
		a.log("tribe", "would decide: %s", clean(what))
		return nil
	}
	if d.Num, err = db.DecideTribe(ctx, d); err != nil {
		return err
	}
	if err := db.Audit(ctx, "tribe "+string(d.Kind), fmt.Sprintf("d%d", d.Num)); err != nil {
		return err
	}
	a.hint("tribu tribe undo d%d", d.Num)
	rows := decisionRows([]data.TribeDecision{d}, []data.TribeDecision{d})
	return a.result("tribe."+string(d.Kind), rows[0], nil, func(w io.Writer) { fmt.Fprintf(w, "d%d  %s\n", d.Num, clean(what)) })
}

// newDecisions are the commands by which people decide about tribes.
func newDecisions(a *app, run *string) []*cobra.Command {
	return []*cobra.Command{
		a.decision("rename TRIBE NAME", "Give a tribe a name that stays", cobra.ExactArgs(2), run, renameTribe),
		a.decision("note TRIBE TEXT", "Write down what is worth knowing about a tribe", cobra.ExactArgs(2), run, noteTribe),
		a.decision("lock TRIBE [AUTHOR...]", "Keep people in a tribe, whatever later runs find (default all its members)", cobra.MinimumNArgs(1), run, lockTribe),
		a.decision("merge TRIBE INTO", "Count one tribe as part of another", cobra.ExactArgs(2), run, mergeTribe),
		newSplit(a, run), newUndo(a), newDecisionList(a),
	}
}

func renameTribe(_ context.Context, _ *sqlite.DB, r data.RunRecord, args []string) (data.TribeDecision, error) {
	t, err := tribeNamed(r, args[0])
	if err == nil {
		err = nameable(r, t.ID, args[1])
	}
	return data.TribeDecision{Kind: data.Rename, Tribe: t.ID, Text: args[1]}, err
}

// letterLike matches what could be taken for a tribe's letter or id.
var letterLike = regexp.MustCompile(`^([A-Za-z]{1,2}|t[0-9a-f]{6})$`)

// longestName is how many characters the name of a tribe may have.
const longestName = 60

// nameable refuses a name for tribe t of r that is none, or that means another tribe.
func nameable(r data.RunRecord, t data.TribeID, name string) error {
	switch {
	case clean(name) != name || strings.TrimSpace(name) == "" || strings.ContainsAny(name, "\n\t"):
		return usage("a name needs letters, in one line and without control characters")
	case utf8.RuneCountInString(name) > longestName:
		return usage("a name has %d letters at most: lists and maps have no room for more", longestName).then("tribu tribe note keeps what is longer")
	case letterLike.MatchString(name):
		return usage("%q would be taken for the letter or the id of a tribe", name).then("take a longer name")
	}
	for _, other := range r.Tribes {
		if other.ID != t && other.IsCalled(name) {
			return usage("tribe %s is called %q already: nobody could tell the two apart", other.Letter, name).then("take another name, or tribu tribe merge")
		}
	}
	return nil
}

func noteTribe(_ context.Context, _ *sqlite.DB, r data.RunRecord, args []string) (data.TribeDecision, error) {
	t, err := tribeNamed(r, args[0])
	text := flat(args[1])
	if err == nil && text == "" {
		err = usage("the note says nothing").then("tribu tribe undo takes an earlier one back")
	}
	return data.TribeDecision{Kind: data.NoteOn, Tribe: t.ID, Text: text}, err
}

func lockTribe(ctx context.Context, db *sqlite.DB, r data.RunRecord, args []string) (d data.TribeDecision, err error) {
	t, err := tribeNamed(r, args[0])
	if err != nil {
		return d, err
	}
	d = data.TribeDecision{Kind: data.LockIn, Tribe: t.ID}
	if len(args) > 1 {
		d.Authors, err = authorsNamed(ctx, db, r, args[1:])
		return d, err
	}
	for _, m := range r.Members {
		if m.Tribe == t.ID {
			d.Authors = append(d.Authors, m.Author)
		}
	}
	return d, nil
}

func mergeTribe(_ context.Context, _ *sqlite.DB, r data.RunRecord, args []string) (d data.TribeDecision, err error) {
	from, err := tribeNamed(r, args[0])
	if err != nil {
		return d, err
	}
	into, err := tribeNamed(r, args[1])
	if err == nil && from.ID == into.ID {
		err = usage("%s and %s are the same tribe", args[0], args[1])
	}
	return data.TribeDecision{Kind: data.MergeInto, Tribe: from.ID, Into: into.ID}, err
}

func newSplit(a *app, run *string) *cobra.Command {
	var members, around []string
	var name string
	c := a.decision("split TRIBE", "Make a tribe of some members of another", cobra.ExactArgs(1), run,
		func(ctx context.Context, db *sqlite.DB, r data.RunRecord, args []string) (d data.TribeDecision, err error) {
			t, err := tribeNamed(r, args[0])
			if err != nil {
				return d, err
			}
			if name != "" {
				if err := nameable(r, "", name); err != nil {
					return d, err
				}
			}
			if (len(members) == 0) == (len(around) == 0) {
				return d, usage("nobody is named who leaves").then("--members A,B,… for exactly those, or --around A,… for those and who is closest to them")
			}
			d = data.TribeDecision{Kind: data.SplitOff, Tribe: t.ID, Text: name}
			if d.Authors, err = authorsNamed(ctx, db, r, append(members, around...)); err != nil {
				return d, err
			}
			if len(members) > 0 {
				if err := allIn(ctx, db, r, t, d.Authors); err != nil {
					return d, err
				}
			}
			if len(around) > 0 {
				d.Authors, err = a.leaving(ctx, db, r, t.ID, d.Authors)
			}
			d.Into = tribes.SplitID(t.ID, d.Authors)
			return d, err
		})
	c.Flags().StringSliceVar(&members, "members", nil, "exactly these `PEOPLE` leave")
	c.Flags().StringSliceVar(&around, "around", nil, "these `PEOPLE` leave, and who is closer to them than to the rest")
	c.Flags().StringVar(&name, "name", "", "of the new tribe")
	return c
}

// allIn refuses to let somebody leave a tribe who is not in it.
func allIn(ctx context.Context, db *sqlite.DB, r data.RunRecord, t data.Tribe, authors []data.AuthorID) error {
	var out []data.AuthorID
	for _, id := range authors {
		if !slices.ContainsFunc(r.Members, func(m data.Member) bool { return m.Author == id && m.Tribe == t.ID }) {
			out = append(out, id)
		}
	}
	if len(out) == 0 {
		return nil
	}
	known, err := db.AuthorsByID(ctx, out)
	if err != nil {
		return err
	}
	var names []string
	for _, id := range out {
		names = append(names, cmp.Or(known[id].Handle, known[id].NativeID))
	}
	return usage("not in %s (%s): %s", t.Letter, t.Name, strings.Join(names, ", ")).then("tribu export members --tribe " + t.Letter + " lists who is")
}

// leaving asks the run's own graph who goes with those it is split around.
func (a *app) leaving(ctx context.Context, db *sqlite.DB, r data.RunRecord, t data.TribeID, seeds []data.AuthorID) ([]data.AuthorID, error) {
	in, err := a.inputOf(ctx, db, r)
	if err != nil {
		return nil, err
	}
	out, err := tribes.LeavingWith(in, r, t, seeds)
	if err != nil {
		return nil, usage("%v", err)
	}
	return out, nil
}

func newUndo(a *app) *cobra.Command {
	return &cobra.Command{Use: "undo [DECISION]", Short: "Undo a decision, by default the last one in force", Args: cobra.MaximumNArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.write(c.Context(), func(db *sqlite.DB) error {
			all, says, err := a.saying(c.Context(), db)
			if err != nil {
				return err
			}
			d, err := undoable(all, append(args, "")[0])
			if err != nil {
				return err
			}
			undo := data.TribeDecision{Kind: data.Undo, Run: d.Run, Tribe: d.Tribe, Undoes: d.Num}
			return a.keepDecision(c.Context(), db, undo, fmt.Sprintf("%s; it was: %s%s", told(undo), says(d), restedOn(all, undo)))
		})
	}}
}

// restedOn names the decisions that count no more once undo is made, beside the one it undoes.
func restedOn(all []data.TribeDecision, undo data.TribeDecision) string {
	undo.Num = all[len(all)-1].Num + 1
	left := tribes.InForce(append(slices.Clone(all), undo))
	var lost []string
	for _, d := range tribes.InForce(all) {
		if d.Num != undo.Undoes && !slices.ContainsFunc(left, func(o data.TribeDecision) bool { return o.Num == d.Num }) {
			lost = append(lost, fmt.Sprintf("d%d", d.Num))
		}
	}
	if len(lost) == 0 {
		return ""
	}
	return "; what rested on it counts no more: " + strings.Join(lost, ", ")
}
