package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"tribu/data/sqlite"
)

const template = `project: %s
about: ""
languages: [en, it]            # report languages, the first is the default
timezone: Europe/Rome

sources: []                    # tribu source list tells what is collected
#  - {name: forum.example, kind: discourse, url: "https://forum.example", every: 6h}

crawl:    {contact: "", rate: 1/s, keep_text: 400d}   # contact: a mailto: or page that sites can reach you by
schedule: {crawl: "0 */6 * * *", report: "0 6 * * MON"}
cluster:  {window: 4w, need_weight: auto, resolution: auto, seed: 1, repeats: 20, min_tribe: 5}
report:   {dir: reports, min_people_total: 50, min_people_tribe: 5}
makers:   []                   # accounts that speak for companies: no people, in no tribe
`

func newInit(a *app) *cobra.Command {
	var yes bool
	c := &cobra.Command{Use: "init [DIR]", Short: "Write tribu.yaml and an empty database", Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				a.dir = args[0]
			}
			if a.dryRun {
				a.log("init", "would write %s and %s where they are missing", a.configPath(), a.dbPath())
				return a.result("init", map[string]any{"config": a.configPath(), "database": a.dbPath(), "written": false}, nil, nil)
			}
			_, before := os.Stat(a.configPath())
			name := "My project"
			if f, ok := a.in.(*os.File); ok && before != nil && !yes && !a.noInput && term.IsTerminal(int(f.Fd())) {
				answer, err := a.ask(c.Context(), "Name of the project", name)
				if err != nil {
					return err
				}
				name = answer
			}
			if err := a.initProject(c.Context(), name); err != nil {
				return err
			}
			if before == nil {
				a.log("init", "%s was there already and stays as it is", a.configPath())
			}
			a.hint("add a source to %s, or tribu import FILE", a.configPath())
			return a.result("init", map[string]string{"config": a.configPath(), "database": a.dbPath()}, nil, func(w io.Writer) {
				if !a.quiet {
					fmt.Fprintf(w, "%s\n%s\n", a.configPath(), a.dbPath())
				}
			})
		}}
	c.Flags().BoolVar(&yes, "yes", false, "take the defaults, ask nothing")
	return c
}

// initProject makes the folder, the configuration, the project's secret and an empty database.
// What exists already stays as it is.
func (a *app) initProject(ctx context.Context, name string) error {
	if err := os.MkdirAll(a.dir, 0o700); err != nil {
		return a.folderProblem(err)
	}
	if _, err := os.Stat(a.configPath()); errors.Is(err, fs.ErrNotExist) {
		if err := os.WriteFile(a.configPath(), fmt.Appendf(nil, template, quoteYAML(name)), 0o600); err != nil {
			return a.folderProblem(err)
		}
	}
	if _, err := a.secret(); errors.Is(err, fs.ErrNotExist) {
		key := make([]byte, 32)
		_, _ = rand.Read(key)
		if err := os.WriteFile(a.path(keyFile), []byte(hex.EncodeToString(key)+"\n"), 0o600); err != nil {
			return a.folderProblem(err)
		}
	}
	if err := a.loadConfig(); err != nil {
		return err
	}
	return a.writeAt(ctx, true, func(*sqlite.DB) error { return nil })
}

func (a *app) folderProblem(err error) error {
	return &problem{code: exitFailed, what: fmt.Sprintf("cannot write in %s: %v", show(a.dir), errors.Unwrap(err)),
		next: "choose a folder you may write in, or give yourself the right", cause: err}
}

func quoteYAML(s string) string {
	if strings.ContainsAny(s, ":#\"'{}[]&*!|>%@`,\\\n") || s == "" {
		return fmt.Sprintf("%q", s)
	}
	return s
}

const keyFile = ".tribu-key"

// keyPath is where the project's key is.
func (a *app) keyPath() string {
	if path := a.env("TRIBU_KEY_FILE"); path != "" {
		return path
	}
	return a.path(keyFile)
}

// secret is the project's key for member ids: TRIBU_KEY_FILE, else the file init wrote.
func (a *app) secret() ([]byte, error) {
	path := a.keyPath()
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the project's key %s: %w", filepath.Base(path), err)
	}
	key := []byte(strings.TrimSpace(string(body)))
	if len(key) == 0 {
		return nil, fmt.Errorf("read the project's key %s: it is empty", filepath.Base(path))
	}
	return key, nil
}
