package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/export"
)

// An exporter writes one kind of export.
type exporter func(io.Writer, export.Format, data.Story, export.Options) error

// exportFlags are the flags all exports share.
type exportFlags struct {
	to, run, out, preset, dialect string
	tribes                        []string
	minMembership                 float64
	withText, anonymise           bool
}

func newExport(a *app) *cobra.Command {
	c := &cobra.Command{Use: "export", Short: "Write lists and graphs for other programs"}
	for _, kind := range []struct {
		name, short string
		write       exporter
	}{
		{"members", "The people of the tribes, with the reason each is in (csv, xlsx, jsonl)", export.Members},
		{"tribes", "The tribes (csv, jsonl)", export.Tribes},
		{"needs", "The needs (csv, jsonl)", export.Needs},
		{"edges", "Who turned to whom (csv, jsonl, gexf, graphml)", export.Edges},
	} {
		c.AddCommand(newExportKind(a, kind.name, kind.short, kind.write))
	}
	return c
}

func newExportKind(a *app, name, short string, write exporter) *cobra.Command {
	var f exportFlags
	c := &cobra.Command{Use: name, Short: short, Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error { return a.export(c.Context(), db, name, f, write) })
	}}
	c.Flags().StringVar(&f.to, "to", "", "format (default from the name of -o, else csv)")
	c.Flags().StringVar(&f.run, "run", "", "run id (default the newest of the main line)")
	c.Flags().StringVarP(&f.out, "output", "o", "-", "file; - is standard output")
	c.Flags().StringSliceVar(&f.tribes, "tribe", nil, "only these tribes, by letter or id")
	c.Flags().StringVar(&f.preset, "preset", "", "newcomers|gone-quiet|helpers|bridges|all")
	c.Flags().Float64Var(&f.minMembership, "min-membership", 0, "only people whose membership is at least this strong, 0 to 1")
	c.Flags().StringVar(&f.dialect, "dialect", "rfc4180", "of csv: rfc4180|excel|excel-it")
	c.Flags().BoolVar(&f.withText, "with-text", false, "quotes too")
	c.Flags().BoolVar(&f.anonymise, "anonymise", false, "no names, handles, addresses or links")
	return c
}

func (a *app) export(ctx context.Context, db *sqlite.DB, kind string, f exportFlags, write exporter) error {
	r, err := a.record(ctx, db, f.run)
	if err != nil {
		return err
	}
	story, err := decided{db}.Story(ctx, r.ID)
	if err != nil {
		return err
	}
	o, err := a.exportOptions(f)
	if err != nil {
		return err
	}
	to := export.Format(f.to)
	if to == "" {
		to = export.Format(strings.TrimPrefix(filepath.Ext(f.out), "."))
	}
	if to == "" {
		to = export.CSV
	}
	if a.dryRun {
		a.log("export", "would write %s of run %s as %s to %s", kind, r.ID, to, f.out)
		return nil
	}
	err = writeFile(a, f.out, func(w io.Writer) error { return write(w, to, story, o) })
	if errors.Is(err, export.ErrFormat) {
		return usage("%v", err)
	}
	if err == nil && f.out != "-" {
		a.log("export", "%s of run %s written to %s", kind, r.ID, f.out)
	}
	return err
}

func (a *app) exportOptions(f exportFlags) (export.Options, error) {
	key, err := a.secret()
	if err != nil {
		return export.Options{}, &problem{code: exitFailed, what: plain(err), next: fmt.Sprintf("tribu init %s makes one", show(a.dir)), cause: err}
	}
	loc, err := a.cfg.Location()
	return export.Options{
		Key: key, Location: loc, Dialect: export.Dialect(f.dialect), Tribes: f.tribes, MinMembership: f.minMembership,
		Preset: export.Preset(f.preset), WithText: f.withText, Anonymise: f.anonymise, Project: a.cfg.Project,
	}, err
}
