package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"tribu/cmd/tribu/config"
	"tribu/data"
	"tribu/data/sqlite"
)

// An app is one invocation: its streams, flags and the project it works on.
type app struct {
	out, err io.Writer
	in       io.Reader
	now      func() time.Time
	wall     func() time.Time // this machine's clock where now is another; nil: now
	env      func(string) string

	dir, configFile, logFormat                                 string
	json, quiet, verbose, noColor, noProgress, noInput, dryRun bool

	cache    int // bytes of the database that are kept in memory; 0: the usual
	cfg      config.Config
	origin   map[string]string
	started  time.Time
	warnings []string
	next     string   // the hint a command ends with
	answered bool     // the result was printed
	would    []string // what a dry run has said
	whole    bool     // all stages run in one go
	reading  bool     // nothing in the project changes
	inputs   []string // files that the command reads by name: it writes over none of them
	sofar    string   // what an interrupted stage has kept
	resume   string   // how it goes on; empty: by the same command

	lacking map[string]string // why files of the customer's could not be read, where it goes without; nil: nowhere

	onProject map[string]bool // the commands that take a project folder
}

// main runs the command line and returns the exit code.
func (a *app) main(ctx context.Context, args []string) int {
	a.started = a.now()
	root := newRoot(a)
	a.onProject = commandsOnProject(root)
	root.SetArgs(args)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetIn(a.in)
	c, err := root.ExecuteContextC(ctx)
	if err == nil && a.json && a.dryRun && !a.answered {
		err = a.result(strings.ReplaceAll(strings.TrimPrefix(c.CommandPath(), "tribu "), " ", "."), map[string][]string{"would": append([]string{}, a.would...)}, nil, nil)
	}
	if err == nil {
		if a.next != "" && a.terminal() {
			a.tell("next: "+clean(a.located(a.next)), 6)
		}
		return exitDone
	}
	a.json = a.json || slices.Contains(args, "--json") // a wrong flag before it hides it
	return a.explain(ctx, err)
}

func (a *app) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(a.dir, name)
}

func (a *app) dbPath() string { return a.path("tribu.db") }

func (a *app) configPath() string {
	if a.configFile != "" {
		return a.configFile
	}
	return a.path(settingsFile)
}

// settingsFile is the name by which a folder is a project.
const settingsFile = "tribu.yaml"

// loadConfig reads tribu.yaml once; every command that works on a project calls it first. Of several
// mistakes it tells the first.
func (a *app) loadConfig() error {
	wrong := a.mistakes()
	if len(wrong) == 0 {
		return nil
	}
	var first *problem
	if len(wrong) > 1 && errors.As(wrong[0], &first) {
		first.next = fmt.Sprintf("tribu config check tells all %s", count(len(wrong), "mistake"))
	}
	return wrong[0]
}

// read opens the project's database for reading only and runs body.
func (a *app) read(ctx context.Context, body func(*sqlite.DB) error) error {
	if err := a.loadConfig(); err != nil {
		return err
	}
	a.reading = true
	db, err := sqlite.Open(ctx, a.dbPath(), sqlite.Options{ReadOnly: true, Now: a.now, CacheBytes: a.cache})
	if err != nil {
		return a.openProblem(err)
	}
	return errors.Join(body(db), db.Close())
}

// write takes the project's lock, opens the database for writing and runs body.
func (a *app) write(ctx context.Context, body func(*sqlite.DB) error) error {
	if err := a.loadConfig(); err != nil {
		return err
	}
	return a.writeAt(ctx, false, body)
}

func (a *app) writeAt(ctx context.Context, create bool, body func(*sqlite.DB) error) error {
	now := a.now
	if a.wall != nil {
		now = a.wall
	}
	lock, err := sqlite.Lock(a.dbPath(), now())
	if err != nil {
		return a.openProblem(err)
	}
	if a.dryRun {
		return errors.Join(a.rehearse(ctx, body), lock.Release())
	}
	db, err := sqlite.Open(ctx, a.dbPath(), sqlite.Options{Create: create, Now: a.now, KeyHash: a.keyHash(), CacheBytes: a.cache})
	if err != nil {
		return errors.Join(a.openProblem(err), lock.Release())
	}
	return errors.Join(body(db), db.Close(), lock.Release())
}

// rehearse runs body on a copy of the database that is thrown away: --dry-run keeps nothing.
func (a *app) rehearse(ctx context.Context, body func(*sqlite.DB) error) (err error) {
	folder, err := os.MkdirTemp(a.dir, ".dry-run-")
	if err != nil {
		return a.folderProblem(err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	db, err := sqlite.Open(ctx, a.dbPath(), sqlite.Options{ReadOnly: true, Now: a.now})
	if err != nil {
		return a.openProblem(err)
	}
	copied := filepath.Join(folder, "tribu.db")
	if err := errors.Join(db.Backup(ctx, copied), db.Close()); err != nil {
		return err
	}
	if db, err = sqlite.Open(ctx, copied, sqlite.Options{Now: a.now, KeyHash: a.keyHash()}); err != nil {
		return a.openProblem(err)
	}
	a.log("dry-run", "works on a copy of the database: nothing is kept")
	return errors.Join(body(db), db.Close())
}

// restore is what to do about a damaged database.
const restore = "put a backup in its place: copy the file that tribu db backup wrote over tribu.db, and take tribu.db-wal and tribu.db-shm away; without one, import and crawl into a new project"

func (a *app) openProblem(err error) error {
	p := &problem{code: exitFailed, what: plain(err), kept: "the database, untouched", cause: err}
	var held *sqlite.LockedError
	switch {
	case errors.Is(err, data.ErrLocked):
		p.code, p.kept, p.next = exitLocked, "everything; this run changed nothing", "wait for the other run to end, then try again"
		p.what = strings.TrimPrefix(p.what, "lock project: ")
		if errors.As(err, &held) && held.PID > 0 {
			p.what = fmt.Sprintf("%v: process %d on %s since %s", data.ErrLocked, held.PID, held.Host, a.clock(held.Since))
		}
	case errors.Is(err, data.ErrPastSchema):
		p.next = "tribu db migrate, which keeps a copy of it as it is"
	case errors.Is(err, data.ErrFutureSchema):
		p.next = "use the newer tribu that wrote it"
	case errors.Is(err, data.ErrNotFound):
		p.what, p.kept, p.next = "there is no database in "+show(a.dir), "", a.initCommand()
	case errors.Is(err, data.ErrDamaged):
		p.next = restore
	case unwritable(err):
		p.next = "give yourself the right to write in " + show(a.dir)
	}
	return p
}

// terminal reports whether people are watching stderr.
func (a *app) terminal() bool {
	f, ok := a.err.(*os.File)
	return ok && !a.quiet && !a.json && a.env("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}

// watched reports whether people are watching standard output.
func (a *app) watched() bool {
	f, ok := a.out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func show(dir string) string {
	if dir == "." || dir == "" {
		return "this folder"
	}
	return dir
}
