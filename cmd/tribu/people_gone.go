package main

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"tribu/data/sqlite"
)

// A remainder is what, outside of the database, still holds somebody who was let go.
type remainder struct {
	files  []string
	reruns []string // the commands that write their reports anew
	resend []string // files that no report writes
	own    []string // settings and files of the customer's, out of which a line is to be taken
}

// remaining sorts files into those that a report writes again and the others.
func (a *app) remaining(files []string) remainder {
	r := remainder{files: append([]string{}, files...), reruns: []string{}, resend: []string{}, own: []string{}}
	week := regexp.MustCompile(`^\d{4}-W\d{2}`)
	folders := map[string]bool{}
	for _, f := range files {
		dir, of := filepath.Dir(f), week.FindString(filepath.Base(f))
		if inside := week.FindString(filepath.Base(dir)); inside != "" && filepath.Base(filepath.Dir(dir)) == "data" {
			dir, of = filepath.Dir(filepath.Dir(dir)), inside
		}
		if of == "" {
			continue
		}
		folders[dir] = true
		again := fmt.Sprintf("%s report --week %s", a.command(), of)
		switch folder := filepath.Clean(a.path(a.cfg.Report.Dir)); {
		case filepath.Dir(dir) == filepath.Join(folder, sideReports):
			again = fmt.Sprintf("%s report --run %s", a.command(), filepath.Base(dir))
		case filepath.Clean(dir) != folder:
			again += " -o " + dir
		}
		if !slices.Contains(r.reruns, again) {
			r.reruns = append(r.reruns, again)
		}
	}
	for _, f := range files {
		dir, name := filepath.Dir(f), filepath.Base(f)
		whole := folders[dir] && (strings.HasSuffix(name, ".html") || strings.HasPrefix(name, "feed.") && strings.HasSuffix(name, ".xml"))
		inData := week.MatchString(filepath.Base(dir)) && folders[filepath.Dir(filepath.Dir(dir))]
		switch {
		case whole || inData:
		case a.isOwn(f):
			r.own = append(r.own, f)
		default:
			r.resend = append(r.resend, f)
		}
	}
	slices.Sort(r.reruns)
	return r
}

// isOwn reports whether a file is the customer's own: nothing that tribu wrote.
func (a *app) isOwn(path string) bool {
	folder := filepath.Clean(a.path(a.cfg.Customer.Dir))
	return filepath.Dir(path) == folder || filepath.Clean(path) == filepath.Clean(a.configPath())
}

// gone says what was deleted and what, outside of the database, was not.
func (a *app) gone(command, told string, gone sqlite.Forgotten, files []string, named int) error {
	r := a.remaining(files)
	var next []string
	if len(r.reruns) > 0 {
		next = append(next, "run the report commands above")
	}
	if len(r.resend) > 0 {
		next = append(next, "delete the lists above, or export and send them again")
	}
	if len(r.own) > 0 {
		next = append(next, "take the person out of the files of yours above")
	}
	a.hint("%s", strings.Join(next, "; "))
	view := map[string]any{"posts": gone.Posts, "memberships": gone.Memberships, "interactions": gone.Interactions, "pages": gone.Pages, "tasks": gone.Tasks,
		"threads": gone.Threads, "failures": gone.Failures, "still_in": r.files, "write_again": r.reruns, "delete_or_send_again": r.resend, "take_out_of": r.own, "posts_of_others": named}
	return a.result(command, view, nil, func(w io.Writer) {
		fmt.Fprintln(w, told)
		for _, part := range []struct {
			title string
			lines []string
		}{{"reports written earlier hold the person still; to write them again:", r.reruns}, {"lists that hold the person: delete them, or export and send them again:", r.resend},
			{"your own settings and files that name the person: take the line out:", r.own}} {
			if len(part.lines) > 0 {
				fmt.Fprintln(w, part.title)
			}
			for _, l := range part.lines {
				fmt.Fprintln(w, "  "+clean(l))
			}
		}
		if named > 0 {
			fmt.Fprintf(w, "%s of other people still call them by name; outputs show … for the handle in links, mentions and quotes; a handle that reads as a word stays in sentences\n", count(named, "post"))
		}
	})
}
