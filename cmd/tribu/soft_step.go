package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// newSoftSteps returns the commands that move a soft KPI on; each needs a note.
func newSoftSteps(a *app, run *string) []*cobra.Command {
	var wording, before string
	note := ""
	define := &cobra.Command{Use: "define TRIBE/MOTIVE", Short: "Put a motive that a tribe shows into your own words", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error {
			return a.softDefine(c.Context(), db, *run, args[0], wording, note)
		})
	}}
	define.Flags().StringVar(&wording, "wording", "", "the soft KPI in your own words")
	convert := &cobra.Command{Use: "convert ID --before RUN", Short: "Close a soft KPI whose need was met, as two runs show", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error {
			return a.softConvert(c.Context(), db, *run, before, args[0], note)
		})
	}}
	convert.Flags().StringVar(&before, "before", "", "the `RUN` from before you did something")
	step := func(use, short string, move func(e soft.Entry, at time.Time) (soft.Entry, error)) *cobra.Command {
		return &cobra.Command{Use: use + " ID", Short: short, Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
			if err := a.loadConfig(); err != nil {
				return err
			}
			return a.softMove("soft."+use, args[0], move)
		}}
	}
	all := []*cobra.Command{
		define,
		step("target", "Say what will be done for it", func(e soft.Entry, at time.Time) (soft.Entry, error) { return e.Target(note, at) }),
		convert,
		step("drop", "Give a soft KPI up", func(e soft.Entry, at time.Time) (soft.Entry, error) { return e.Drop(note, at) }),
	}
	for _, c := range all {
		c.Flags().StringVar(&note, "note", "", "why, for those who read the register later (needed)")
	}
	return all
}

// softMove moves the entry called id on and writes the register; nothing is written where the step
// is refused.
func (a *app) softMove(command, id string, move func(soft.Entry, time.Time) (soft.Entry, error)) error {
	register, err := ownFile(a, softFile, soft.ReadRegister)
	if err != nil {
		return err
	}
	i, err := softNamed(register, id)
	if err != nil {
		return err
	}
	if register[i], err = move(register[i], a.now().UTC().Truncate(time.Second)); err != nil {
		return &problem{code: exitUsage, what: plain(err), kept: softFile + ", as it was", cause: err}
	}
	return a.saveRegister(command, register, i)
}

func (a *app) saveRegister(command string, register []soft.Entry, i int) error {
	path, e := a.customerPath(softFile), register[i]
	if a.dryRun {
		a.log("soft", "would write %s: %s is %s", path, e.ID, e.Stage)
		return nil
	}
	if err := a.writeCustomer(softFile, func(w io.Writer) error { return soft.WriteRegister(w, register) }); err != nil {
		return err
	}
	return a.result(command, softRowOf(e, register), nil, func(w io.Writer) { fmt.Fprintf(w, "%s is %s: %s\n", e.ID, e.Stage, path) })
}

// softDefine defines an entry of the register, or opens one from what a tribe shows.
func (a *app) softDefine(ctx context.Context, db *sqlite.DB, run, name, wording, note string) error {
	if wording == "" {
		return usage("--wording is missing: the motive in your own words").then("tribu soft define --help")
	}
	register, err := ownFile(a, softFile, soft.ReadRegister)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(register, func(e soft.Entry) bool { return e.ID == name })
	if i < 0 {
		e, err := a.detected(ctx, db, run, name)
		if err != nil {
			return err
		}
		if i = slices.IndexFunc(register, func(known soft.Entry) bool { return known.ID == e.ID }); i < 0 {
			i, register = len(register), append(register, e)
		}
	}
	if register[i], err = register[i].Define(wording, note, a.now().UTC().Truncate(time.Second)); err != nil {
		return &problem{code: exitUsage, what: plain(err), kept: softFile + ", as it was", next: "tribu soft define --help", cause: err}
	}
	for _, finding := range soft.Lint(register[i], register) {
		a.warn("%s", finding)
	}
	return a.saveRegister("soft.define", register, i)
}

// detected opens an entry from the words of a tribe, without a way back to who wrote them.
func (a *app) detected(ctx context.Context, db *sqlite.DB, run, name string) (soft.Entry, error) {
	r, err := a.listen(ctx, db, run)
	if err != nil {
		return soft.Entry{}, err
	}
	tribe, motive, err := shownBy(r, name)
	if err != nil {
		return soft.Entry{}, err
	}
	l, err := tellable(r, tribe, motive)
	if err != nil {
		return soft.Entry{}, err
	}
	var quotes []string
	for _, q := range l.Quotes {
		quotes = append(quotes, strings.ReplaceAll(q.Text, "\n", " "))
	}
	return soft.Detect(string(tribe)+"/"+string(motive), string(tribe), motive, nil, quotes, a.now().UTC().Truncate(time.Second)), nil
}

// shownBy reads TRIBE/MOTIVE, the tribe by letter, id or name.
func shownBy(r *measure.Reading, name string) (data.TribeID, signs.Sign, error) {
	who, what, _ := strings.Cut(name, "/")
	if !slices.Contains(signs.Motives(), signs.Sign(what)) {
		return "", "", usage("%q is no TRIBE/MOTIVE", name).then(fmt.Sprintf("name a tribe and one of %v", signs.Motives()))
	}
	for _, t := range r.Tribes {
		if strings.EqualFold(t.Letter, who) || string(t.ID) == who || t.IsCalled(who) {
			return t.ID, signs.Sign(what), nil
		}
	}
	return "", "", &problem{code: exitUsage, what: fmt.Sprintf("there is no tribe %q", who), next: "tribu tribe list"}
}

// tellable returns the label of a motive in a tribe, or why it may not be told.
func tellable(r *measure.Reading, tribe data.TribeID, motive signs.Sign) (soft.Label, error) {
	for _, p := range soft.Read(r, soft.Params{}) {
		for _, l := range p.Labels {
			if p.Tribe == tribe && l.Motive == motive && l.State == stats.Known {
				return l, nil
			}
		}
	}
	return soft.Label{}, &problem{code: exitUsage, what: fmt.Sprintf("refused to define %s of tribe %s: fewer than %d people show it, or too few wrote to say", motive, tribe, measure.Privacy),
		kept: softFile + ", as it was", next: "tribu soft list"}
}

func (a *app) softConvert(ctx context.Context, db *sqlite.DB, run, before, id, note string) error {
	if before == "" {
		return usage("convert needs --before RUN: what it is compared with").then("tribu runs list")
	}
	register, err := customerFile(a, softFile, soft.ReadRegister)
	if err != nil {
		return err
	}
	i, err := softNamed(register, id)
	if err != nil {
		return err
	}
	first, err := a.listen(ctx, db, before)
	if err != nil {
		return err
	}
	second, err := a.listen(ctx, db, run)
	if err != nil {
		return err
	}
	change := soft.Compare(first, second, data.TribeID(register[i].Subject), register[i].Class, 1)
	return a.softMove("soft.convert", id, func(e soft.Entry, at time.Time) (soft.Entry, error) { return e.Convert(change, note, at) })
}
