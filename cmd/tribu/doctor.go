package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"tribu/crawler"
	"tribu/data/sqlite"
)

// A finding is one thing that is not as it should be, and what to do about it.
// A note is none that has to be mended.
type finding struct {
	What string `json:"what"`
	Next string `json:"next"`
	Note bool   `json:"note,omitempty"`
}

func newDoctor(a *app) *cobra.Command {
	c := &cobra.Command{Use: "doctor", Short: "Check settings, sources, disk, clock and database", Args: cobra.NoArgs}
	offline := c.Flags().Bool("offline", false, "ask no source")
	c.RunE = func(c *cobra.Command, _ []string) error {
		findings := []finding{}
		err := a.read(c.Context(), func(db *sqlite.DB) error {
			found, err := a.examine(c.Context(), db, *offline)
			findings = append(findings, found...)
			return err
		})
		if err != nil {
			return err
		}
		for i := range findings {
			findings[i].Next = a.located(findings[i].Next)
		}
		if err := a.result("doctor", findings, nil, func(w io.Writer) { writeFindings(w, findings) }); err != nil {
			return err
		}
		if slices.ContainsFunc(findings, func(f finding) bool { return !f.Note }) {
			return &problem{code: exitFailed, what: "see the findings", told: true}
		}
		return nil
	}
	return c
}

func writeFindings(w io.Writer, findings []finding) {
	if len(findings) == 0 {
		fmt.Fprintln(w, "all is well")
	}
	for _, f := range findings {
		mark := ""
		if f.Note {
			mark = "note: "
		}
		fmt.Fprintf(w, "%s%s\n  next  %s\n", mark, clean(f.What), clean(f.Next))
	}
}

// unheardHow says of n posts that this version did not hear whether another one did.
func (a *app) unheardHow(ctx context.Context, db *sqlite.DB, n int) string {
	r, err := db.Latest(ctx, time.Time{})
	if err == nil && r.Annotation != a.hears() {
		if never, err := db.CountUnanalysed(ctx, r.Annotation); err == nil && never < n {
			return " not heard by this version yet: runs that are stored stand as they are, the next one wants them heard anew"
		}
	}
	return " not analysed yet: they are in no tribe and no report"
}

func (a *app) examine(ctx context.Context, db *sqlite.DB, offline bool) ([]finding, error) {
	found := append(a.examineDisk(), a.examineFiles()...)
	damage, err := db.Check(ctx)
	if err != nil {
		return nil, err
	}
	if len(damage) > 0 {
		what := "the database is damaged: " + a.damageTold(damage)
		return append(found, finding{What: what, Next: restore}), nil
	}
	if n, err := db.CountUnanalysed(ctx, a.hears()); err != nil {
		return nil, err
	} else if n > 0 {
		found = append(found, finding{What: count(n, "post") + a.unheardHow(ctx, db, n), Next: "tribu analyse", Note: true})
	}
	if all, err := db.Counts(ctx); err == nil && all.Posts == 0 && len(a.cfg.Sources) == 0 {
		found = append(found, finding{What: "there is no source yet, and no post", Next: "tribu source add URL, or tribu import FILE", Note: true})
	}
	if newest, err := db.NewestPost(ctx); err == nil && newest.After(a.now().Add(24*time.Hour)) {
		found = append(found, finding{What: "this machine's clock is behind the newest post", Next: "set the clock"})
	}
	if a.now().Year() < 2024 {
		found = append(found, finding{What: "this machine's clock says " + a.now().Format("2006-01-02"), Next: "set the clock"})
	}
	for _, err := range a.unusable() {
		found = append(found, finding{What: plain(err), Next: nextOf(err, "correct it: until then the next crawl or report fails")})
	}
	if s := a.unreachable(); s != "" {
		found = append(found, finding{What: s, Next: `set crawl: {contact: "mailto:you@example.org"} in tribu.yaml`, Note: true})
	}
	return append(found, a.examineSources(ctx, offline)...), nil
}

// freeSpace returns how many bytes the disk of the project has left.
func (a *app) freeSpace() (uint64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(a.dir, &s); err != nil {
		return 0, fmt.Errorf("ask disk of %s: %w", a.dir, err)
	}
	return s.Bavail * uint64(s.Bsize), nil
}

func (a *app) examineDisk() []finding {
	free, err := a.freeSpace()
	if err != nil {
		return []finding{{What: fmt.Sprintf("cannot see how much disk is free: %v", err), Next: "check the folder " + show(a.dir)}}
	}
	if free < 500<<20 {
		return []finding{{What: fmt.Sprintf("%d MB free: crawling stops below 500 MB", free>>20), Next: "make room on the disk"}}
	}
	return nil
}

// leastKey is how many characters a key has at least that nobody finds by trying.
const leastKey = 16

func (a *app) examineFiles() (found []finding) {
	key, err := a.secret()
	var p *problem
	switch {
	case errors.As(a.keyProblem(err), &p) && err != nil:
		found = append(found, finding{What: p.what, Next: p.next})
	case len(key) < leastKey:
		found = append(found, finding{What: fmt.Sprintf("the project's key has %s: whoever tries keys can tell whose member ids are whose", count(len(key), "letter")),
			Next: "put the key that init made back, from a backup"})
	}
	for _, path := range []string{a.dbPath(), a.path(keyFile)} {
		if s, err := os.Stat(path); err == nil && s.Mode().Perm()&0o077 != 0 {
			found = append(found, finding{What: fmt.Sprintf("others on this machine may read %s", path), Next: "chmod 600 " + path})
		}
	}
	for _, folder := range []string{a.path("."), a.path(a.cfg.Report.Dir)} {
		const mayWrite = 2
		if err := syscall.Access(folder, mayWrite); err != nil && !errors.Is(err, os.ErrNotExist) {
			found = append(found, finding{What: fmt.Sprintf("cannot write in %s: %v", show(folder), err), Next: "give yourself the right, or choose another place"})
		}
	}
	return found
}

func (a *app) examineSources(ctx context.Context, offline bool) (found []finding) {
	sources, err := a.sources("")
	if err != nil || len(sources) == 0 || offline {
		return nil
	}
	options := a.crawlerOptions(nil, crawlOptions{})
	for _, s := range sources {
		r, err := crawler.Test(ctx, s, options)
		if err != nil {
			r.Problem = plain(err)
		}
		if crawler.Invented(s.URL) && r.Problem != "" {
			found = append(found, finding{What: fmt.Sprintf("source %s: %s; its posts were replayed or imported", s.Name, r.Problem), Next: "nothing, or give its true address in tribu.yaml", Note: true})
			continue
		}
		if r.Problem != "" {
			found = append(found, finding{What: fmt.Sprintf("source %s: %s", s.Name, r.Problem), Next: "tribu source test " + s.Name})
		}
	}
	return found
}
