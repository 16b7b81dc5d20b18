package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/export"
)

// writeExport writes to where f says; what a JSON object is to hold, into list.
func (a *app) writeExport(kind exportKind, to export.Format, story data.Story, o export.Options, f exportFlags, list io.Writer) (out export.Outcome, err error) {
	if kind.write == nil {
		return a.writeBundle(to, story, o, f.out)
	}
	err = writeFile(a, f.out, func(w io.Writer) (err error) {
		if f.listed {
			w = list
		}
		out, err = kind.write(w, to, story, o)
		return err
	})
	if err != nil || o.Match == nil {
		return out, err
	}
	return out, a.writeUnmatched(story, o, f.out)
}

// writeUnmatched writes the contacts that matched nobody beside the list.
func (a *app) writeUnmatched(story data.Story, o export.Options, list string) error {
	var found bytes.Buffer
	n, err := export.Unmatched(&found, story, o)
	if err != nil || n == 0 {
		return err
	}
	if list == "-" {
		a.warn("%s matched nobody; with -o FILE they are written to unmatched.csv beside it", count(n, "contact"))
		return nil
	}
	path := filepath.Join(filepath.Dir(list), "unmatched.csv")
	a.log("export", "%s matched nobody: %s says why", count(n, "contact"), path)
	return writeFile(a, path, func(w io.Writer) error { _, err := found.WriteTo(w); return err })
}

// writeBundle writes one archive to standard output or a .zip file, else a folder of files.
func (a *app) writeBundle(to export.Format, story data.Story, o export.Options, path string) (export.Outcome, error) {
	files, out, err := export.Bundle(to, story, o)
	if err != nil {
		return out, err
	}
	if path == "-" || strings.HasSuffix(path, ".zip") {
		return out, writeFile(a, path, func(w io.Writer) error { return export.Zip(w, files, story.AsOf) })
	}
	if i, err := os.Stat(path); err == nil && !i.IsDir() {
		return out, usage("%s is a file", path).then("name a folder for the bundle, or a file that ends in .zip")
	}
	if other := otherThan(files, path); other != "" {
		return out, &problem{code: exitUsage, what: fmt.Sprintf("%s holds %s already, and no earlier bundle", path, other), kept: "all that is in it", next: "name another folder"}
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return out, a.fileProblem(path, err)
	}
	for _, f := range files {
		if err := writeFile(a, filepath.Join(path, f.Name), func(w io.Writer) error { _, err := w.Write(f.Body); return err }); err != nil {
			return out, err
		}
	}
	return out, nil
}

// otherThan returns a file of a folder that a bundle would write over, unless that is an earlier bundle's; empty where there is none.
func otherThan(files []export.File, folder string) string {
	if _, err := os.Stat(filepath.Join(folder, export.Described)); err == nil {
		return ""
	}
	i := slices.IndexFunc(files, func(f export.File) bool {
		_, err := os.Stat(filepath.Join(folder, f.Name))
		return err == nil
	})
	if i < 0 {
		return ""
	}
	return files[i].Name
}
