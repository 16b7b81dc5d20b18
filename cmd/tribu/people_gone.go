package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/data/sqlite"
)

// A remainder is what, outside of the database, still holds somebody who was let go.
type remainder struct {
	files  []string
	reruns []string // the commands that write their reports anew
	resend []string // files that no report writes
	own    []string // settings and files of the customer's, out of which a line is to be taken
	past   []string // of reports whose run is gone: nothing writes them again
	maybe  []string // lists of contacts that may hold their e-mail address
}

// weekNamed is what the files and folders of a report begin with.
var weekNamed = regexp.MustCompile(`^\d{4}-W\d{2}`)

// reportOf returns the folder of the report that a file is of, and its week, empty where it tells all weeks;
// no folder where it is of none.
func reportOf(file string) (dir, week string) {
	dir, name := filepath.Dir(file), filepath.Base(file)
	if inside := weekNamed.FindString(filepath.Base(dir)); inside != "" && filepath.Base(filepath.Dir(dir)) == "data" {
		return filepath.Dir(filepath.Dir(dir)), inside
	}
	if strings.HasSuffix(name, ".html") || strings.HasPrefix(name, "feed.") && strings.HasSuffix(name, ".xml") {
		return dir, weekNamed.FindString(name)
	}
	return "", ""
}

// rewriting returns the command that writes the report of a week in dir again; nothing where its run is gone.
func (a *app) rewriting(ctx context.Context, db *sqlite.DB, dir, week string) (string, error) {
	folder := filepath.Clean(a.path(a.cfg.Report.Dir))
	if run := filepath.Base(dir); filepath.Dir(dir) == filepath.Join(folder, sideReports) {
		_, err := db.Record(ctx, run)
		return a.command() + " report --run " + run, err
	}
	_, err := db.Week(ctx, week)
	again := a.command() + " report --week " + week
	if filepath.Clean(dir) != folder {
		again += " -o " + quoted(dir)
	}
	return again, err
}

// remaining sorts files into those that a report writes again and the others.
func (a *app) remaining(ctx context.Context, db *sqlite.DB, held leftover) (remainder, error) {
	r := remainder{files: append([]string{}, held.files...), reruns: []string{}, resend: []string{}, own: []string{}, past: []string{}, maybe: append([]string{}, held.maybe...)}
	standing, gone := map[string]bool{}, map[string]bool{} // folders, and weeks in them
	for _, f := range held.files {
		dir, week := reportOf(f)
		if week == "" {
			continue
		}
		again, err := a.rewriting(ctx, db, dir, week)
		switch {
		case errors.Is(err, data.ErrNotFound):
			gone[dir], gone[dir+week] = true, true
			continue
		case err != nil:
			return r, err
		}
		standing[dir] = true
		if !slices.Contains(r.reruns, again) {
			r.reruns = append(r.reruns, again)
		}
	}
	for _, f := range held.files {
		switch dir, week := reportOf(f); {
		case dir != "" && gone[dir+week] && (week != "" || !standing[dir]):
			r.past = append(r.past, f)
		case dir != "" && standing[dir]:
		case a.isOwn(f) || slices.Contains(held.contacts, absolute(f)):
			r.own = append(r.own, f)
		default:
			r.resend = append(r.resend, f)
		}
	}
	r.maybe = slices.DeleteFunc(r.maybe, func(f string) bool { return slices.Contains(r.files, f) })
	slices.Sort(r.reruns)
	return r, nil
}

// isOwn reports whether a file is the customer's own: nothing that tribu wrote.
func (a *app) isOwn(path string) bool {
	folder := filepath.Clean(a.path(a.cfg.Customer.Dir))
	return filepath.Dir(path) == folder || filepath.Clean(path) == filepath.Clean(a.configPath())
}

// gone says what was deleted and what, outside of the database, was not.
func (a *app) gone(ctx context.Context, db *sqlite.DB, command, told string, gone sqlite.Forgotten, held leftover) error {
	r, err := a.remaining(ctx, db, held)
	if err != nil {
		return err
	}
	var next []string
	if len(r.reruns) > 0 {
		next = append(next, "run the report commands above")
	}
	if len(r.resend) > 0 {
		next = append(next, "delete the lists above, or export and send them again")
	}
	if len(r.past) > 0 {
		next = append(next, "delete the pages above")
	}
	if len(r.maybe) > 0 {
		next = append(next, "look for their e-mail address in the lists above")
	}
	if len(r.own) > 0 {
		next = append(next, "take the person out of the files of yours above")
	}
	a.hint("%s", strings.Join(next, "; "))
	view := map[string]any{"posts": gone.Posts, "memberships": gone.Memberships, "interactions": gone.Interactions, "pages": gone.Pages, "tasks": gone.Tasks,
		"threads": gone.Threads, "failures": gone.Failures, "still_in": r.files, "write_again": r.reruns, "delete_or_send_again": r.resend, "take_out_of": r.own,
		"delete": r.past, "may_be_in": r.maybe, "posts_of_others": held.named}
	return a.result(command, view, nil, func(w io.Writer) {
		fmt.Fprintln(w, told)
		for _, part := range []struct {
			title string
			lines []string
		}{{"reports written earlier hold the person still; to write them again:", r.reruns}, {"lists that hold the person: delete them, or export and send them again:", r.resend},
			{"of reports whose run is gone, which nothing writes again; delete these:", r.past},
			{"lists of contacts of yours that are not there any more; look in these:", r.maybe},
			{"your own settings and files that name the person: take the line out:", r.own}} {
			if len(part.lines) > 0 {
				fmt.Fprintln(w, part.title)
			}
			for _, l := range part.lines {
				fmt.Fprintln(w, "  "+clean(l))
			}
		}
		if held.named > 0 {
			fmt.Fprintf(w, "%s of other people still call them by name; outputs show … for the handle in links, mentions and quotes; a handle that reads as a word stays in sentences\n", count(held.named, "post"))
		}
	})
}
