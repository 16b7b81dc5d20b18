package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"tribu/cmd/tribu/config"
	"tribu/data"
	"tribu/data/sqlite"
	"tribu/nlp"
	"tribu/nlp/lexicon"
	"tribu/reports"
)

// reportOptions are the choices of one report; the zero value follows tribu.yaml.
type reportOptions struct {
	langs     []string
	dir       string
	anonymise bool
	against   string
}

func newReport(a *app) *cobra.Command {
	var o reportOptions
	var run, week string
	var open bool
	c := &cobra.Command{Use: "report", Short: "Write the report of a run", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		if run != "" && week != "" {
			return usage("--run and --week: give one of them")
		}
		a.cache = 8 << 20 // posts are read in the order they are kept in
		return a.read(c.Context(), func(db *sqlite.DB) error {
			record, err := a.reportRun(c.Context(), db, run, week)
			if err != nil {
				return err
			}
			if o.against != "" {
				other, err := a.record(c.Context(), db, o.against)
				if err != nil {
					return err
				}
				if o.against = other.ID; o.against == record.ID {
					return usage("%s cannot be compared with itself", record.ID).then("tribu runs list names others")
				}
			}
			if !record.Main && o.dir == "" {
				o.dir = a.path(filepath.Join(a.cfg.Report.Dir, sideReports, record.ID))
				a.log("report", "run %s is a side run: its report lies apart, and the week's stays as it is", record.ID)
			}
			written, err := a.report(c.Context(), db, record.ID, o)
			if err != nil {
				return err
			}
			main := a.mainReport(written.Paths)
			if open && main != "" {
				if err := exec.CommandContext(c.Context(), opener(), main).Start(); err != nil {
					a.warn("cannot open a browser: %v", err)
				}
			}
			err = a.result("report", map[string]any{"run": record.ID, "paths": written.Paths}, a.measure(record.Posts), a.unlessQuiet(onlyPath(main)))
			if err != nil {
				return err
			}
			return cmp.Or(a.tooFew(c.Context(), db, record), a.incomplete())
		})
	}}
	c.Flags().StringVar(&run, "run", "", "`RUN`, by id or name (default the newest of the main line)")
	c.Flags().StringVar(&week, "week", "", "ISO `WEEK`, 2026-W47")
	c.Flags().StringSliceVar(&o.langs, "lang", nil, "`LANGUAGES`: it,en (default those of tribu.yaml)")
	c.Flags().StringVarP(&o.dir, "output", "o", "", "`FOLDER` (default that of tribu.yaml; of a side run, side/RUN in it)")
	c.Flags().BoolVar(&o.anonymise, "anonymise", false, "no names, no links, no verbatim quotes")
	c.Flags().StringVar(&o.against, "compare", "", "another `RUN` to hold it against: id or name")
	c.Flags().BoolVar(&open, "open", false, "open the report in a browser")
	return c
}

// sideReports is the folder, among the reports, of those that tell side runs: one folder a run.
const sideReports = "side"

// incomplete is the problem of a report that had to do without files of the customer's; nil where it had all.
func (a *app) incomplete() error {
	if len(a.lacking) == 0 {
		return nil
	}
	return &problem{code: exitGaps, what: "the report does without " + strings.Join(slices.Sorted(maps.Keys(a.lacking)), ", "), kept: "the report, with everything else",
		next: "mend the file, or take it out of the folder, then tribu report again: tribu config check says when it can be read"}
}

// onlyPath writes path as the whole result; nothing where none was written.
func onlyPath(path string) func(io.Writer) {
	return func(w io.Writer) {
		if path != "" {
			verbatim(w, path)
		}
	}
}

// languages names those a report can be written in.
func languages() string {
	var all []string
	for _, l := range reports.Languages() {
		all = append(all, string(l))
	}
	return strings.Join(all, " and ")
}

// opener is the program that opens a file as a click on it would.
func opener() string {
	if runtime.GOOS == "darwin" {
		return "open"
	}
	return "xdg-open"
}

func (a *app) reportRun(ctx context.Context, db *sqlite.DB, run, week string) (data.RunRecord, error) {
	if week == "" {
		return a.record(ctx, db, run)
	}
	r, err := db.Week(ctx, week)
	if errors.Is(err, data.ErrNotFound) {
		return r, &problem{code: exitUsage, what: "no run tells about week " + week, next: "tribu runs list: a week is written as in 2026-W47"}
	}
	return r, err
}

// permissions tells, by source, who permitted to read past robots.txt.
func (a *app) permissions() map[string]string {
	all := map[string]string{}
	for _, s := range a.cfg.Sources {
		all[s.Name] = s.Robots
	}
	return all
}

// tells is what the project says about how its reports and letters tell.
func (a *app) tells() (reports.Options, error) {
	loc, err := a.cfg.Location()
	if err != nil {
		return reports.Options{}, err
	}
	a.lacking = map[string]string{}
	told, err := a.customer()
	for _, path := range slices.Sorted(maps.Keys(a.lacking)) {
		a.warn("%s: %s: the report does without it", path, a.lacking[path])
	}
	words, errWords := nlp.NewGlossary(lexicon.Own())
	manners, errManners := nlp.NewManners(lexicon.Own())
	about := make(map[data.Lang]string, len(a.cfg.About))
	for lang, text := range a.cfg.About {
		about[data.Lang(lang)] = text
	}
	return reports.Options{
		Project: a.project(), About: about, Lang: a.lang(), Location: loc, Version: version,
		MinPeople: a.cfg.Report.MinPeopleTotal, MinTribe: a.cfg.Report.MinPeopleTribe,
		Scope: a.cfg.Brand.Scope, Customer: told, Permissions: a.permissions(), Gloss: words.In, Noun: words.Names, Insults: manners.Insults, Tender: manners.Tender, Acts: manners.Acts,
	}, errors.Join(err, errWords, errManners)
}

// project returns what the project is called; nothing where nobody named it: its sources do.
func (a *app) project() string {
	if a.cfg.Project == config.Defaults().Project {
		return ""
	}
	return a.cfg.Project
}

func (a *app) report(ctx context.Context, db *sqlite.DB, run string, o reportOptions) (reports.Result, error) {
	if len(o.langs) == 0 {
		o.langs = a.cfg.Languages
	}
	var langs []data.Lang
	for _, l := range o.langs {
		if !slices.Contains(reports.Languages(), data.Lang(l)) {
			return reports.Result{}, usage("no report language %q", l).then("choose among " + languages())
		}
		langs = append(langs, data.Lang(l))
	}
	if o.dir == "" {
		o.dir = a.path(a.cfg.Report.Dir)
	}
	if a.dryRun {
		a.log("report", "would write run %s to %s", run, o.dir)
		return reports.Result{Paths: []string{}}, nil
	}
	if err := a.leftOut(ctx, db, run); err != nil {
		return reports.Result{}, err
	}
	options, err := a.tells()
	if err != nil {
		return reports.Result{}, err
	}
	options.Langs, options.Anonymise, options.Against = langs, o.anonymise, o.against
	from, err := a.telling(ctx, db, o.anonymise)
	if err != nil {
		return reports.Result{}, err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(100)) // needs and words are held at once
	done := a.busy("report")
	written, err := reports.Write(ctx, from, run, o.dir, options)
	done()
	if inside, e := filepath.Rel(absolute(a.dir), absolute(o.dir)); err == nil && (e != nil || !filepath.IsLocal(inside)) {
		a.note(ctx, "report", fmt.Sprintf("run=%s anonymised=%v to=%s", run, o.anonymise, absolute(o.dir)))
	}
	for _, w := range written.Warnings {
		a.warn("%s", w)
	}
	if errors.Is(err, syscall.ENOTDIR) {
		return written, &problem{code: exitUsage, what: o.dir + " is no folder", kept: "the run, and that file", next: "name a folder with -o", cause: err}
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.EROFS) {
		why := "permission denied"
		var at *fs.PathError
		if errors.As(err, &at) {
			why = at.Err.Error()
		}
		return written, &problem{code: exitFailed, what: fmt.Sprintf("cannot write the report in %s: %s", o.dir, why),
			kept: "the run, and the reports there are", next: "choose another folder with -o, or give yourself the right to write there", cause: err}
	}
	return written, err
}

// mainReport is the file a person opens: this week's in the first language.
func (a *app) mainReport(paths []string) string {
	i := slices.IndexFunc(paths, func(p string) bool { return strings.HasSuffix(p, ".html") && strings.Contains(p, "-W") })
	if i < 0 {
		return ""
	}
	return paths[i]
}
