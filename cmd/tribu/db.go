package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tribu/data/sqlite"
)

func newDB(a *app) *cobra.Command {
	c := &cobra.Command{Use: "db", Short: "Care for the database"}
	check := &cobra.Command{Use: "check", Short: "Check integrity and content hashes", Args: cobra.NoArgs}
	digest := check.Flags().Bool("digest", false, "print the logical hash of the content and nothing else")
	check.RunE = func(c *cobra.Command, _ []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error { return a.dbCheck(c, db, *digest) })
	}
	c.AddCommand(check,
		&cobra.Command{Use: "backup FILE", Short: "Write a verified copy", Long: backupHelp, Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error {
				if err := a.backup(c.Context(), db, args[0]); err != nil {
					return err
				}
				a.hint("keep %s and %s with it: they are not in the file", filepath.Base(a.configPath()), keyFile)
				return a.result("db.backup", map[string]string{"file": args[0]}, nil, func(w io.Writer) { verbatim(w, args[0]) })
			})
		}},
		&cobra.Command{Use: "vacuum", Short: "Wipe what keep_text does not keep any longer, and give unused space back", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
			return a.write(c.Context(), func(db *sqlite.DB) error {
				if err := a.expire(c.Context(), db); err != nil {
					return err
				}
				if err := db.Vacuum(c.Context()); err != nil {
					return err
				}
				return a.result("db.vacuum", map[string]bool{"ok": true}, nil, a.unlessQuiet(func(w io.Writer) { fmt.Fprintln(w, "ok") }))
			})
		}},
		&cobra.Command{Use: "migrate", Short: "Bring an older database up to date (opening it for writing does so too)", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
			before := a.copies()
			return a.write(c.Context(), func(*sqlite.DB) error {
				made := slices.DeleteFunc(a.copies(), func(path string) bool { return slices.Contains(before, path) })
				return a.result("db.migrate", map[string]any{"ok": true, "copies": made}, nil, a.unlessQuiet(func(w io.Writer) {
					fmt.Fprintln(w, "ok")
					for _, path := range made {
						fmt.Fprintf(w, "as it was, the database is in %s: delete it when all is well\n", clean(path))
					}
				}))
			})
		}})
	return c
}

const backupHelp = `Writes a verified copy of the database, also while tribu works on it.

tribu.yaml, the folder customer and .tribu-key are not in it: copy them too. Without .tribu-key the
ids of members in later exports are others. To go back, end the daemon, copy the file over tribu.db
and take tribu.db-wal and tribu.db-shm away; tribu db check looks whether all is well.`

// damageTold is the first of the findings, with how many more there are; all of them with -v.
func (a *app) damageTold(findings []sqlite.Finding) string {
	var all []string
	for _, f := range findings {
		for line := range strings.Lines(f.Text) {
			if line = strings.TrimSpace(line); !strings.HasPrefix(line, "***") {
				all = append(all, line)
			}
		}
	}
	if more := len(all) - 1; more > 0 && !a.verbose {
		return fmt.Sprintf("%s, and %s (-v tells all)", all[0], count(more, "more finding"))
	}
	return strings.Join(all, "; ")
}

// copies returns the copies that migrations made of the database.
func (a *app) copies() []string {
	found, _ := filepath.Glob(a.dbPath() + ".before-v*")
	return append([]string{}, found...)
}

// backup writes a verified copy to a file that is not there yet.
func (a *app) backup(ctx context.Context, db *sqlite.DB, path string) error {
	if _, err := os.Stat(path); err == nil {
		return &problem{code: exitFailed, what: "there is a file " + path + " already", kept: "that file, as it was", next: "choose another name"}
	}
	if a.dryRun {
		a.log("dry-run", "would write %s", path)
		return nil
	}
	if err := db.Backup(ctx, path); err != nil {
		return a.fileProblem(path, err)
	}
	return nil
}

func (a *app) dbCheck(c *cobra.Command, db *sqlite.DB, digestOnly bool) error {
	if digestOnly {
		digest, err := db.Digest(c.Context())
		if err != nil {
			return err
		}
		return a.result("db.check", map[string]string{"digest": digest}, nil, func(w io.Writer) { fmt.Fprintln(w, digest) })
	}
	findings, err := db.Check(c.Context())
	if err != nil {
		return err
	}
	if len(findings) > 0 {
		return &problem{code: exitFailed, what: "the database is damaged: " + a.damageTold(findings), kept: "the database, untouched", next: restore}
	}
	digest, err := db.Digest(c.Context())
	if err != nil {
		return err
	}
	return a.result("db.check", map[string]any{"ok": true, "digest": digest}, nil, a.unlessQuiet(func(w io.Writer) { fmt.Fprintf(w, "ok %s\n", digest) }))
}
