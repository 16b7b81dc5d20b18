package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"tribu/cmd/tribu/config"
	"tribu/crawler"
	"tribu/data/sqlite"
)

func newSourceAdd(a *app) *cobra.Command {
	var p placeFlags
	c := &cobra.Command{Use: "add URL", Short: "Find out what a place is and write it into tribu.yaml", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			at, err := address(args[0])
			if err != nil {
				return err
			}
			if err := a.loadConfig(); err != nil {
				return err
			}
			s, err := a.newPlace(c.Context(), at, p)
			if err != nil {
				return err
			}
			return a.addSource(c.Context(), s, p.yes)
		}}
	p.register(c)
	return c
}

// newPlace returns the source to write for the URL at: of the kind that is named, else of the one
// that is found there.
func (a *app) newPlace(ctx context.Context, at string, p placeFlags) (config.Source, error) {
	s := config.Source{Name: nameOf(at, p.name), Kind: p.kind, Preset: p.preset, URL: at, Every: p.every, Allow: p.allow}
	for _, have := range a.cfg.Sources {
		switch {
		case have.Name == s.Name:
			return s, usage("a source is already called %q", s.Name).then("choose another name with --name")
		case strings.TrimSuffix(have.URL, "/") == at && (p.kind == "" || p.kind == have.Kind):
			return s, usage("%s is already a source, called %q", at, have.Name)
		}
	}
	if p.kind != "" {
		if !slices.Contains(crawler.Kinds(), p.kind) {
			return s, usage("unknown kind %q", p.kind).then("one of: " + strings.Join(crawler.Kinds(), ", "))
		}
		return s, nil
	}
	found, err := a.detect(ctx, at, p)
	if err != nil {
		return s, err
	}
	if err := found.problem(); err != nil {
		var trouble *problem
		if errors.As(err, &trouble) {
			trouble.kept = filepath.Base(a.configPath()) + ", as it was"
		}
		return s, err
	}
	s.Kind, s.URL = found.Kind, found.URL
	if !a.quiet && !a.json {
		a.writePlace(a.err, found)
	}
	return s, nil
}

func (a *app) addSource(ctx context.Context, s config.Source, yes bool) error {
	if !yes && a.interactive() {
		if agreed, err := a.agrees(ctx, "Add it as "+s.Name+"?", "yes"); err != nil {
			return err
		} else if !agreed {
			return &problem{code: exitFailed, what: "not added", kept: filepath.Base(a.configPath()) + ", as it was"}
		}
	}
	body, err := a.rewrite(func(body []byte) ([]byte, error) { return config.AddSource(body, s) })
	if err != nil {
		return a.editProblem(err, "write this line under sources: yourself:  - "+s.Line())
	}
	if u, err := url.Parse(s.URL); err == nil && a.cfg.Crawl.Contact == "" && len(s.Allow) == 0 && u.Hostname() != "localhost" {
		a.warn(`no contact is set, and public places are not crawled without one: write crawl: {contact: "mailto:you@example.org"} in %s`, filepath.Base(a.configPath()))
	}
	a.hint("tribu source test %s; tribu run", s.Name)
	return a.edited("source.add", s, fmt.Sprintf("added %s (%s) to %s", s.Name, strings.TrimSpace(s.Kind+" "+s.Preset), filepath.Base(a.configPath())), body)
}

// interactive reports whether there is somebody to ask.
func (a *app) interactive() bool {
	f, ok := a.in.(*os.File)
	return ok && !a.noInput && !a.json && term.IsTerminal(int(f.Fd())) && a.terminal()
}

func newSourcePause(a *app, verb string, paused bool) *cobra.Command {
	short := map[bool]string{true: "Stop crawling a source; what was collected stays", false: "Crawl a paused source again"}
	return &cobra.Command{Use: verb + " NAME", Short: short[paused], Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
		s, err := a.configuredSource(args[0])
		if err != nil {
			return err
		}
		body, err := a.rewrite(func(body []byte) ([]byte, error) { return config.PauseSource(body, s.Name, paused) })
		if err != nil {
			return a.editProblem(err, fmt.Sprintf("write paused: %v at the source yourself", paused))
		}
		s.Paused = paused
		return a.edited("source."+verb, s, verb+"d "+s.Name, body)
	}}
}

func newSourceRemove(a *app) *cobra.Command {
	return &cobra.Command{Use: "remove NAME", Short: "Take a source out of tribu.yaml; what was collected stays", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			s, err := a.configuredSource(args[0])
			if err != nil {
				return err
			}
			body, err := a.rewrite(func(body []byte) ([]byte, error) { return config.RemoveSource(body, s.Name) })
			if err != nil {
				return a.editProblem(err, "take its lines out yourself")
			}
			return a.edited("source.remove", s, "removed "+s.Name+"; "+a.collected(c.Context(), s.Name), body)
		}}
}

// collected says what stays of a source that is no longer crawled.
func (a *app) collected(ctx context.Context, name string) string {
	posts := 0
	db, err := sqlite.Open(ctx, a.dbPath(), sqlite.Options{ReadOnly: true, Now: a.now})
	if err == nil {
		states, _ := db.SourceStates(ctx)
		for _, s := range states {
			if s.Name == name {
				posts = s.Posts
			}
		}
		_ = db.Close()
	}
	return count(posts, "collected post") + " kept"
}

func (a *app) configuredSource(name string) (config.Source, error) {
	if err := a.loadConfig(); err != nil {
		return config.Source{}, err
	}
	for _, s := range a.cfg.Sources {
		if s.Name == name {
			return s, nil
		}
	}
	return config.Source{}, a.unknownSource(name)
}

// unknownSource says that no source has that name, and which names there are.
func (a *app) unknownSource(name string) error {
	var names []string
	for _, s := range a.cfg.Sources {
		names = append(names, s.Name)
	}
	p := &problem{code: exitUsage, what: fmt.Sprintf("no source is called %q in %s", name, filepath.Base(a.configPath())), next: "one of: " + strings.Join(names, ", ")}
	if len(names) == 0 {
		p.next = "there is none to crawl yet: tribu source add URL"
	}
	return p
}

// rewrite changes tribu.yaml by way of a temporary file, keeping its rights; with --dry-run it only
// returns what would be written. A file that somebody else changed meanwhile is left alone.
func (a *app) rewrite(change func([]byte) ([]byte, error)) ([]byte, error) {
	path, err := filepath.EvalSymlinks(a.configPath())
	if err != nil {
		return nil, fmt.Errorf("find settings: %w", err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	rights, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	after, err := change(before)
	if err != nil || a.dryRun || bytes.Equal(before, after) {
		return after, err
	}
	return after, putFile(a, path, func(w io.Writer) error {
		if f, ok := w.(*os.File); ok {
			if err := f.Chmod(rights.Mode().Perm()); err != nil {
				return err
			}
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, before) {
			return errors.Join(err, errors.New("it was changed by somebody else at the same time; try again"))
		}
		_, err := w.Write(after)
		return err
	})
}

// editProblem says that a person has to change the file, and how.
func (a *app) editProblem(err error, byHand string) error {
	if !errors.Is(err, config.ErrEdit) {
		return err
	}
	name := filepath.Base(a.configPath())
	return &problem{code: exitFailed, what: "the sources in " + name + " are written in a way that a program cannot safely change", kept: name + ", as it was", next: byHand, cause: err}
}

// edited tells what was done; with --dry-run it shows the file as it would be.
func (a *app) edited(command string, s config.Source, text string, body []byte) error {
	value := map[string]any{"name": s.Name, "kind": s.Kind, "url": s.URL, "paused": s.Paused, "written": !a.dryRun}
	return a.result(command, value, nil, func(w io.Writer) {
		switch {
		case a.dryRun:
			verbatim(w, strings.TrimRight(string(body), "\n"))
		case !a.quiet:
			fmt.Fprintln(w, clean(text))
		}
	})
}
