package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/export"
)

// An exporter writes one kind of export.
type exporter func(io.Writer, export.Format, data.Story, export.Options) (export.Outcome, error)

// exportKind is one command of export.
type exportKind struct {
	name, short string
	formats     []export.Format // the first where neither --to nor the name of the file says one
	write       exporter        // nil: a bundle
	texts       bool            // reads what people wrote
}

func newExport(a *app) *cobra.Command {
	c := &cobra.Command{Use: "export", Short: "Write lists and graphs for other programs"}
	sheets := []export.Format{export.CSV, export.XLSX, export.JSONL, export.Parquet}
	graphs := []export.Format{export.GEXF, export.GraphML}
	lists := []export.Format{export.HubSpot, export.Mailchimp, export.Discourse, export.Mastodon, export.OPML}
	for _, kind := range []exportKind{
		{"members", "The people of the tribes, with the reason each is in", slices.Concat(sheets, lists), export.Members, true},
		{"tribes", "The tribes", sheets, export.Tribes, false},
		{"needs", "The needs", sheets, export.Needs, false},
		{"edges", "Who turned to whom", slices.Concat(sheets, graphs), export.Edges, false},
		{"graph", "Who turned to whom, with the people and their places on the map", graphs, export.Graph, false},
		{"posts", "The posts of the window; their words only --with-text", sheets, export.Posts, false},
		{"bundle", "All tables, the CPIs and runs too, with their description, as a folder or .zip", []export.Format{export.CSV, export.JSONL, export.Parquet}, nil, true},
	} {
		c.AddCommand(newExportKind(a, kind))
	}
	return c
}

func newExportKind(a *app, kind exportKind) *cobra.Command {
	f := exportFlags{dialect: string(export.RFC4180), on: "handle"}
	c := &cobra.Command{Use: kind.name, Short: kind.short, Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		if f.anonymise && f.withText {
			return usage("what people wrote can be searched for: give either --anonymise or --with-text")
		}
		if f.minMembership < 0 || f.minMembership > 1 {
			return usage("--min-membership %g: want 0 to 1", f.minMembership)
		}
		if !kind.ofPeople() && (f.preset != "" || f.minMembership > 0) {
			return usage("--preset and --min-membership choose people: they are for members, edges, graph, posts and bundle")
		}
		if c.Flags().Changed("on") && f.match == "" {
			return usage("--on says how --match FILE is matched, and there is none")
		}
		if f.dialect != string(export.RFC4180) && (kind.write == nil || f.format(kind) != export.CSV) {
			return usage("--dialect is of csv lists, and this is none")
		}
		return a.read(c.Context(), func(db *sqlite.DB) error { return a.export(c.Context(), db, kind, f) })
	}}
	if kind.write == nil {
		c.SuggestFor = []string{"cpi", "cpis", "runs", "lineage", "people"}
	}
	c.Flags().StringVar(&f.to, "to", "", kind.choices("|")+" (default from the name of -o)")
	c.Flags().StringVar(&f.run, "run", "", "`RUN`, by id or name (default the newest of the main line)")
	c.Flags().StringVarP(&f.out, "output", "o", "-", "`FILE`; - is standard output")
	c.Flags().StringSliceVar(&f.tribes, "tribe", nil, "only these `TRIBES`, by letter or id")
	c.Flags().Var(&choice{&f.preset, []string{"", "newcomers", "gone-quiet", "helpers", "bridges", "all"}}, "preset", "newcomers|gone-quiet|helpers|bridges|all: newcomers were first seen in the last 28 days, who has gone quiet wrote nothing for 14, "+
		"helpers helped somebody in 28, bridges talk to three people of other tribes or hold that role, all takes in who is in no tribe")
	c.Flags().Float64Var(&f.minMembership, "min-membership", 0, "only people whose membership is at least this strong, 0 to 1")
	c.Flags().Var(&choice{&f.dialect, []string{"rfc4180", "excel", "excel-it"}}, "dialect", "of csv: rfc4180|excel|excel-it")
	c.Flags().BoolVar(&f.withText, "with-text", false, "what people wrote, too")
	c.Flags().BoolVar(&f.anonymise, "anonymise", false, "no names, handles, addresses, links or quotes, days instead of times, ids of their own; no tribe of fewer than five")
	kind.hideIdle(c)
	if kind.name == "members" {
		c.Flags().Var(&choice{&f.purpose, []string{"", "service", "research", "offer"}}, "purpose", "service|research|offer: an offer goes to nobody who asked not to be sold to, and to no maker")
		c.Flags().StringVar(&f.match, "match", "", "your own contacts, a CSV `FILE`: only people among them; the others go to unmatched.csv")
		c.Flags().Var(&choice{&f.on, []string{"handle", "url"}}, "on", "how your contacts are matched: handle|url")
	}
	return c
}

// hideIdle takes the flags out of the help that are nothing to this kind.
func (k exportKind) hideIdle(c *cobra.Command) {
	idle := []string{}
	if !k.ofPeople() {
		idle = append(idle, "preset", "min-membership")
	}
	if !slices.Contains(k.formats, export.CSV) || k.write == nil {
		idle = append(idle, "dialect")
	}
	for _, name := range idle {
		_ = c.Flags().MarkHidden(name)
	}
}

func (a *app) export(ctx context.Context, db *sqlite.DB, kind exportKind, f exportFlags) error {
	r, err := a.record(ctx, db, f.run)
	if err != nil {
		return err
	}
	if err := a.leftOut(ctx, db, r.ID); err != nil {
		return err
	}
	from, err := a.telling(ctx, db, f.anonymise)
	if err != nil {
		return err
	}
	story, err := from.Story(ctx, r.ID)
	if err != nil {
		return err
	}
	for _, name := range f.tribes {
		if _, err := tribeNamed(story.RunRecord, name); err != nil {
			return err
		}
	}
	o, err := a.exportOptions(kind, f)
	if err != nil {
		return err
	}
	if kind.texts || kind.name == "posts" && f.withText {
		if o.Texts, err = storyTexts(ctx, from, story); err != nil {
			return err
		}
	}
	to := f.format(kind)
	if a.json && f.out == "-" && f.to != "" && to != export.JSONL {
		return &problem{code: exitUsage, what: fmt.Sprintf("--json prints one object, and --to %s another text on the same output", f.to), next: "leave one of them out, or name a file with -o"}
	}
	if f.listed = a.json && f.out == "-"; f.listed {
		if to = export.JSONL; kind.write == nil || !slices.Contains(kind.formats, to) {
			return usage("export %s is no list that a JSON object could hold", kind.name).then("leave --json out, or name a file with -o")
		}
	}
	if f.out == "-" && !a.dryRun && a.watched() && (kind.write == nil || to == export.XLSX || to == export.Parquet) {
		name := kind.name + "." + string(to)
		if kind.write == nil {
			name = "bundle.zip"
		}
		return &problem{code: exitUsage, what: "that is no text: a terminal cannot show it", next: fmt.Sprintf("name a file with -o %s, or send it to a program", name)}
	}
	if kind.write == nil || kind.name == "members" && to == export.XLSX {
		if err := a.measureCPIs(ctx, from, story, &o); err != nil {
			return err
		}
	}
	if a.dryRun {
		a.log("export", "would write %s of run %s as %s to %s", kind.name, r.ID, to, f.out)
		return nil
	}
	var list bytes.Buffer
	out, err := a.writeExport(kind, to, story, o, f, &list)
	if err != nil {
		return exportProblem(kind, err)
	}
	a.auditExport(ctx, kind, to, r.ID, f, out)
	return a.exported(kind, to, r.ID, f, out, list.Bytes())
}

// exportProblem makes a matter of usage what the flags asked for and cannot be.
func exportProblem(kind exportKind, err error) error {
	for _, wrong := range []error{export.ErrFormat, export.ErrChoice, export.ErrMatch, export.ErrAnonymous, data.ErrNotFound} {
		if errors.Is(err, wrong) {
			var p *problem
			if errors.As(err, &p) && p.cause != nil {
				err = p.cause
			}
			next := "tribu export " + kind.name + " --help"
			if wrong == export.ErrFormat {
				next = "--to is one of " + kind.choices(", ")
			}
			what := plain(err)
			if wrong == data.ErrNotFound { // the run has it
				what = "an anonymised list tells of no tribe as small as the one asked for: its people could be told by it"
			}
			return &problem{code: exitUsage, what: what, next: next, cause: err}
		}
	}
	return err
}

// exported says what was written and why that is not everybody.
func (a *app) exported(kind exportKind, to export.Format, run string, f exportFlags, out export.Outcome, list []byte) error {
	for _, w := range out.Warnings {
		a.warn("%s", w)
	}
	fewer := whyFewer(out, f)
	for _, line := range fewer {
		a.log("export", "%s", line)
	}
	if to == export.Mastodon && f.out != "-" && !strings.HasPrefix(filepath.Base(f.out), "lists") {
		a.warn("Mastodon knows a list by a file name that starts with lists: call it lists.csv")
	}
	told := map[string]any{"run": run, "file": f.out, "format": to, "rows": out.Rows, "why_fewer": fewer}
	if out.People > 0 {
		told["people"] = out.People
	}
	if f.listed {
		rows := []json.RawMessage{}
		for line := range bytes.Lines(list) {
			rows = append(rows, json.RawMessage(line))
		}
		told["list"] = rows
	} else if f.out == "-" {
		return nil
	}
	rows := count(out.Rows, "row")
	if to == export.GEXF || to == export.GraphML {
		rows = persons(out.Rows) + " and the ties between them"
	}
	if 0 < out.People && out.People < out.Rows {
		rows += fmt.Sprintf(" for %s, a row for each tribe they are in", persons(out.People))
	}
	if kind.write == nil {
		rows = count(out.Rows, "row") + " of people, and the other tables"
	}
	a.log("export", "%s of run %s written to %s: %s", kind.name, run, f.out, rows)
	return a.result("export."+kind.name, told, nil, nil)
}

// whyFewer says who is not on a list.
func whyFewer(out export.Outcome, f exportFlags) []string {
	lines := []string{}
	switch {
	case out.Unplaced == 0:
	case f.preset != "":
		lines = append(lines, fmt.Sprintf("left out: %s of the preset %s in no tribe (--preset all lists everybody)", persons(out.Unplaced), f.preset))
	default:
		lines = append(lines, fmt.Sprintf("left out: %s in no tribe (--preset all takes them in)", persons(out.Unplaced)))
	}
	return append(lines, out.Lines()...)
}

func (a *app) auditExport(ctx context.Context, kind exportKind, to export.Format, run string, f exportFlags, out export.Outcome) {
	path := f.out
	if path != "-" {
		path = absolute(path)
	}
	matched := ""
	if f.match != "" {
		matched = fmt.Sprintf(" match=%q on=%s", absolute(f.match), f.on)
	}
	a.note(ctx, "export", fmt.Sprintf("%s %s run=%s rows=%d anonymised=%v purpose=%s%s to=%s", kind.name, to, run, out.Rows, f.anonymise, f.purpose, matched, path))
}

// note writes a line into the audit log of a database that is only read.
func (a *app) note(ctx context.Context, action, detail string) {
	if err := sqlite.Note(ctx, a.dbPath(), a.now, action, detail); err != nil {
		a.warn("the audit log has no line for this %s: %s", action, plain(err))
	}
}
