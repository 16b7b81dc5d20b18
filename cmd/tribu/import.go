package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tribu/crawler/archive"
	"tribu/data"
	"tribu/data/sqlite"
)

func newImport(a *app) *cobra.Command {
	var o archive.Options
	c := &cobra.Command{Use: "import FILE...", Short: "Load posts from files", Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if o.Format != "auto" && !slices.Contains(archive.Formats(), o.Format) {
				return usage("no format %q", o.Format).then("one of: auto, " + strings.Join(archive.Formats(), ", "))
			}
			if slices.Contains(args, "-") {
				return &problem{code: exitUsage, what: "import reads files, not standard input", next: "save what comes to a file, and name that"}
			}
			o.Now, a.cache = a.now, 16<<20
			return a.write(c.Context(), func(db *sqlite.DB) error { return a.importFiles(c.Context(), db, args, o) })
		}}
	c.Flags().StringVar(&o.Format, "format", "auto", "auto|jsonl|csv|mbox|stackexchange|4cat|reddit")
	c.Flags().StringVar(&o.Source, "source", "", "name of the source for rows that name none (default import)")
	return c
}

// imported is the answer of import.
type imported struct {
	File     string         `json:"file"`
	Rows     int            `json:"rows"`
	New      int            `json:"new"`
	Changed  int            `json:"changed"`
	Same     int            `json:"unchanged"`
	Rejected int            `json:"rejected"`
	Unknown  map[string]int `json:"unknown_keys,omitempty"`
	Skipped  map[string]int `json:"left_out,omitempty"` // on purpose, by reason
}

func (a *app) importFiles(ctx context.Context, db *sqlite.DB, files []string, o archive.Options) error {
	rejects := &rejectFile{path: a.path("rejects.jsonl")}
	if a.dryRun {
		rejects.path = os.DevNull
	}
	o.Reject = rejects.add
	defer debug.SetGCPercent(debug.SetGCPercent(300)) // a few batches at a time: little is alive, much is thrown away
	var all []imported
	total := 0
	var empty []string
	var failed error
	for _, file := range files {
		b := a.progress("import "+filepath.Base(file), "bytes", -1)
		o.Progress = func(_, read, size int64) { b.set(read, size) }
		r, err := archive.Import(ctx, file, o, db)
		b.done()
		all = append(all, imported{file, r.Rows, r.Saved.New, r.Saved.Changed, r.Saved.Unchanged, r.Rejected, r.Unknown, r.Skipped})
		total += r.Rows
		if err == nil || r.Rows > 0 {
			a.passed("import", "%s: %s, %s new, %s rejected", file, count(r.Rows, "row"), thousands(r.Saved.New), thousands(r.Rejected))
		}
		if r.Rows+len(r.Skipped) == 0 && err == nil {
			empty = append(empty, file)
		}
		if n := r.Saved.New + r.Saved.Changed; n > 0 {
			a.sofar = count(n, "post") + " of " + file
		}
		if err != nil {
			failed = importProblem(file, r, err, len(all) > 1)
			break
		}
	}
	if err := errors.Join(rejects.close(), db.Audit(context.WithoutCancel(ctx), "import", fmt.Sprint(files))); err != nil {
		return err
	}
	if failed != nil {
		a.tellImported(all[:len(all)-1])
		return alsoRejected(failed, rejects)
	}
	a.unnamed(ctx, db, o.Source, total)
	if len(empty) == len(files) {
		return alsoRejected(emptyProblem(empty, false), rejects)
	}
	a.hint("tribu analyse")
	if err := a.result("import", all, a.measure(total), a.unlessQuiet(importLines(all))); err != nil {
		return err
	}
	return a.importGaps(rejects, empty)
}

// importGaps is the problem of an import that did not take all it was given: files without a post, rejected rows.
func (a *app) importGaps(rejects *rejectFile, empty []string) error {
	switch {
	case rejects.n > 0:
		for _, file := range empty {
			a.warn("%s holds no post", file)
		}
		return rejects.problem(a.dryRun)
	case len(empty) > 0:
		return emptyProblem(empty, true)
	}
	return nil
}

// emptyProblem says that files hold nothing to load, beside others that did or not.
func emptyProblem(files []string, others bool) *problem {
	p := &problem{code: exitFailed, what: strings.Join(files, ", ") + ": there is no post in it", kept: "the database, as it was",
		next: "look whether the export or download was cut short, then import it again"}
	if len(files) > 1 {
		p.what = strings.Join(files, ", ") + ": there is no post in them"
	}
	if others {
		p.code, p.kept = exitGaps, "what the other files held"
	}
	return p
}

// problem says how many rows were rejected.
func (r *rejectFile) problem(dryRun bool) error {
	if dryRun {
		return &problem{code: exitGaps, what: fmt.Sprintf("%s would be rejected; the first: %s", count(r.n, "row"), r.first)}
	}
	return &problem{code: exitGaps, what: fmt.Sprintf("%s rejected; the first: %s", count(r.n, "row"), r.first),
		kept: "every other row", next: "see " + r.path + " for line and reason; importing again after a repair adds only those"}
}

// importLines writes a line for every file.
func importLines(all []imported) func(io.Writer) {
	return func(w io.Writer) {
		for _, r := range all {
			fmt.Fprintf(w, "%s: %s, %s new, %s changed, %s unchanged, %s rejected\n", r.File,
				count(r.Rows, "row"), thousands(r.New), thousands(r.Changed), thousands(r.Same), thousands(r.Rejected))
			for _, reason := range slices.Sorted(maps.Keys(r.Skipped)) {
				fmt.Fprintf(w, "  left out: %s %s\n", thousands(r.Skipped[reason]), reason)
			}
		}
	}
}

// tellImported prints, for people, what files before one that failed brought.
func (a *app) tellImported(all []imported) {
	if !a.json && !a.quiet && len(all) > 0 {
		_ = a.result("import", all, nil, importLines(all))
	}
}

// alsoRejected adds to the problem of a file how many rows of it, and of those before, were rejected.
func alsoRejected(failed error, r *rejectFile) error {
	var p *problem
	if r.n > 0 && errors.As(failed, &p) {
		p.kept += fmt.Sprintf("; %s rejected: see %s", count(r.n, "row"), r.path)
	}
	return failed
}

// unnamed says where --source had nothing to name: every row names its own.
func (a *app) unnamed(ctx context.Context, db *sqlite.DB, source string, rows int) {
	states, err := db.SourceStates(ctx)
	if source != "" && rows > 0 && err == nil && !slices.ContainsFunc(states, func(s data.SourceState) bool { return s.Name == source }) {
		a.warn("--source %s had no effect: every row names its own source", source)
	}
}

// importProblem says why file could not be read to its end; later: files before it were.
func importProblem(file string, r archive.Result, err error, later bool) error {
	p := &problem{code: exitFailed, what: strings.ReplaceAll(plain(err), "read "+file+": ", file+": "), kept: "the database, as it was",
		next: "repair or fetch the file again, then import it again: what is in already is not doubled", cause: err}
	if !strings.Contains(p.what, file) {
		p.what = file + ": " + p.what
	}
	if later {
		p.kept = "what the files before it held"
	}
	const posts = "give a file of posts: jsonl (also .gz, .zst), csv, mbox, or a dump that tribu import --help names"
	switch n := r.Saved.New + r.Saved.Changed + r.Saved.Unchanged; {
	case n > 0:
		p.kept = count(n, "post") + " read before that"
	case errors.Is(err, fs.ErrNotExist):
		p.code, p.next = exitUsage, elsewhere
	case errors.Is(err, archive.ErrOther):
		p.next = "leave --format out: what a file is shows in it"
	case errors.Is(err, archive.ErrFormat):
		p.next = "say what it is with --format, or " + posts
	case errors.Is(err, archive.ErrBinary), errors.Is(err, archive.ErrFolder):
		p.next = posts
	}
	return p
}

// A rejectFile lists refused rows; it is made when the first one comes.
type rejectFile struct {
	path, first string
	n           int
	f           *os.File
	w           *bufio.Writer
}

func (r *rejectFile) add(reject data.Reject) (err error) {
	if r.f == nil {
		if r.f, err = os.OpenFile(r.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
			return fmt.Errorf("write rejects: %w", err)
		}
		r.w = bufio.NewWriter(r.f)
		r.first = fmt.Sprintf("%s:%d: %s", reject.File, reject.Line, reject.Reason)
	}
	r.n++
	return json.NewEncoder(r.w).Encode(reject)
}

func (r *rejectFile) close() error {
	if r.f == nil {
		return nil
	}
	err := r.w.Flush()
	if r.path != os.DevNull {
		err = errors.Join(err, r.f.Sync())
	}
	return errors.Join(err, r.f.Close())
}
