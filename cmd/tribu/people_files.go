package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"html"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"compress/gzip"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/export"
)

// A leftover is what, outside of the database, may still hold somebody.
type leftover struct {
	files    []string // that hold them
	maybe    []string // lists of the customer's own contacts, which may hold their e-mail address
	contacts []string // the customer's files of contacts
	named    int      // posts of others that name them
}

// stillHolding returns what, written earlier, holds something of an author: files in the project's folder, and
// reports, exports and inquiries that went elsewhere.
func (a *app) stillHolding(ctx context.Context, db *sqlite.DB, author data.Author) (held leftover, err error) {
	traces, named, err := db.KnownBy(ctx, author.ID)
	if err != nil {
		return held, err
	}
	key, err := a.secret()
	if err != nil {
		return held, err
	}
	log, err := db.AuditLog(ctx)
	if err != nil {
		return held, err
	}
	held.named = named
	lists := writtenLists(log)
	emails, gone := contactsOf(lists, author)
	marks := fileMarks(slices.Concat(traces, emails, []string{export.MemberID(key, author.ID), author.ID.String()}))
	seen := map[string]bool{}
	look := func(path string, size int64) {
		if !seen[path] && holds(path, size, marks) {
			held.files = append(held.files, path)
		}
		seen[path] = true
	}
	err = a.eachFile(look)
	for _, l := range lists {
		if inside, e := filepath.Rel(absolute(a.dir), l.path); e != nil || !filepath.IsLocal(inside) {
			eachWritten(l.path, look) // the others were met above
		}
	}
	for _, l := range lists {
		if l.contacts != "" {
			held.contacts = append(held.contacts, l.contacts)
		}
		_, missing := os.Stat(l.path)
		if l.byEmail && missing == nil && (l.contacts == "" || gone[l.contacts]) && !slices.Contains(held.maybe, l.path) {
			held.maybe = append(held.maybe, l.path)
		}
	}
	slices.Sort(held.files)
	slices.Sort(held.maybe)
	return held, err
}

// A written is a file or folder that the audit log says was written.
type written struct {
	path         string
	contacts, on string // the customer's contacts it was made of, where that is known
	byEmail      bool   // it holds contacts by e-mail address, or may
}

// writtenLists reads from the audit log what was written into files.
func writtenLists(log []sqlite.AuditEntry) (all []written) {
	for _, e := range log {
		about, path, ok := strings.Cut(e.Detail, " to=")
		if !slices.Contains([]string{"export", "report", "inquiry"}, e.Action) || !ok || path == "-" {
			continue
		}
		w := written{path: path}
		if words := strings.Fields(about); e.Action == "export" && len(words) > 1 {
			w.byEmail = slices.Contains([]export.Format{export.Mailchimp, export.Discourse, export.HubSpot}, export.Format(words[1]))
		}
		if _, match, ok := strings.Cut(about, " match="); ok {
			quoted, err := strconv.QuotedPrefix(match)
			if err == nil {
				w.contacts, _ = strconv.Unquote(quoted)
				_, w.on, _ = strings.Cut(match[len(quoted):], " on=")
			}
		}
		all = append(all, w)
	}
	return all
}

// contactsOf returns the e-mail addresses that the customer's contacts have for an author, and which files of
// contacts cannot be read any more.
func contactsOf(lists []written, author data.Author) (emails []string, gone map[string]bool) {
	gone = map[string]bool{}
	for _, l := range lists {
		if l.contacts == "" || gone[l.contacts] {
			continue
		}
		m, err := readContacts(l.contacts, l.on)
		if gone[l.contacts] = err != nil; err != nil {
			continue
		}
		for _, c := range m.Of(author) {
			if c.Email != "" && !slices.Contains(emails, c.Email) {
				emails = append(emails, c.Email)
			}
		}
	}
	return emails, gone
}

func readContacts(path, on string) (*export.Match, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return export.ReadMatch(filepath.Base(path), f, on)
}

func absolute(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return abs
}

// eachWritten visits a file, or the files of a folder and of its data folder: whatever else is below
// a folder was not written by a report.
func eachWritten(path string, visit func(path string, size int64)) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	tables := filepath.Join(path, "data")
	_ = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
		case d.IsDir() && p != path && p != tables && filepath.Dir(p) != tables:
			return fs.SkipDir
		case d.Type().IsRegular():
			if i, err := d.Info(); err == nil {
				visit(p, i.Size())
			}
		}
		return nil
	})
}

// databaseFiles are the names of what a database consists of.
func databaseFiles() []string {
	return []string{"tribu.db", "tribu.db-wal", "tribu.db-shm", "tribu.db.lock"}
}

// eachFile visits the files of the project but its database.
func (a *app) eachFile(visit func(path string, size int64)) error {
	return filepath.WalkDir(a.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // what cannot be read cannot be searched
		}
		if d.IsDir() && d.Name() == ".git" {
			return fs.SkipDir
		}
		database := filepath.Dir(path) == filepath.Clean(a.dir) && slices.Contains(databaseFiles(), d.Name())
		if i, err := d.Info(); err == nil && d.Type().IsRegular() && !database {
			visit(path, i.Size())
		}
		return nil
	})
}

// fileMarks returns texts as they may stand in a file: as they are, in HTML, XML and JSON, and
// short enough to survive a cut.
func fileMarks(texts []string) [][]byte {
	var all [][]byte
	for _, s := range texts {
		if runes := []rune(s); len(runes) > 60 && !strings.HasPrefix(s, "http") {
			s = string(runes[:60])
		}
		s = strings.ToLower(s)
		var escaped bytes.Buffer
		_ = xml.EscapeText(&escaped, []byte(s))
		quoted, _ := json.Marshal(s)
		for _, form := range []string{s, html.EscapeString(s), escaped.String(), string(quoted[1 : len(quoted)-1])} {
			if !slices.ContainsFunc(all, func(b []byte) bool { return string(b) == form }) {
				all = append(all, []byte(form))
			}
		}
	}
	return all
}

// maxSearched is the size up to which a file is read; a larger one is named without being read.
const maxSearched = 256 << 20

// holds reports whether a file holds one of the marks, compressed or not. A file that cannot be
// read is taken to hold them, and so is a database: it is a copy.
func holds(path string, size int64, marks [][]byte) bool {
	if size > maxSearched || strings.Contains(filepath.Base(path), ".db.before-v") {
		return true
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return true
	}
	return contains(body, marks) || slices.ContainsFunc(unpacked(body), func(b []byte) bool { return contains(b, marks) })
}

func contains(body []byte, marks [][]byte) bool {
	body = bytes.ToLower(body)
	return slices.ContainsFunc(marks, func(m []byte) bool { return bytes.Contains(body, m) })
}

// unpacked returns the files of an archive or the texts of a table, none of what is neither.
func unpacked(body []byte) (all [][]byte) {
	if texts, err := export.Texts(body); err == nil {
		return [][]byte{texts}
	}
	if r, err := gzip.NewReader(bytes.NewReader(body)); err == nil {
		if b, err := io.ReadAll(io.LimitReader(r, maxSearched)); err == nil {
			all = append(all, b)
		}
		return all
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			continue
		}
		if b, err := io.ReadAll(io.LimitReader(r, maxSearched)); err == nil {
			all = append(all, b)
		}
		r.Close()
	}
	return all
}
