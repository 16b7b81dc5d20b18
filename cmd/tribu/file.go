package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// writeFile writes to path what somebody asked for there; "-" is standard output. What belongs to a
// project, and what the same command reads, is never written over.
func writeFile(a *app, path string, write func(io.Writer) error) error {
	if err := a.spare(path); err != nil {
		return err
	}
	return putFile(a, path, write)
}

// spare refuses a path at which stands what no command may replace.
func (a *app) spare(path string) error {
	p := &problem{code: exitUsage, kept: "that file, as it was", next: "choose another name"}
	switch {
	case path == "-" || path == "":
		return nil
	case a.ofProject(path):
		p.what = path + " belongs to the project"
	case slices.ContainsFunc(a.inputs, func(in string) bool { return sameFile(in, path) }):
		p.what = path + " is read by the same command"
	default:
		return nil
	}
	return p
}

// ofProject reports whether path is one of a project's own files.
func (a *app) ofProject(path string) bool {
	name := filepath.Base(path)
	if slices.Contains(append(databaseFiles(), keyFile, settingsFile), name) {
		if _, err := os.Stat(filepath.Join(filepath.Dir(path), settingsFile)); err == nil {
			return true
		}
	}
	folder := a.cfg.Customer.Dir
	ofCustomer := folder != "" && slices.Contains(customerFiles(), name) && sameFile(filepath.Dir(path), a.path(folder))
	return ofCustomer || sameFile(path, a.configPath()) || sameFile(path, a.keyPath())
}

// sameFile reports whether two paths lead to one file, or would.
func sameFile(x, y string) bool {
	if absolute(x) == absolute(y) {
		return true
	}
	a, errA := os.Stat(x)
	b, errB := os.Stat(y)
	return errA == nil && errB == nil && os.SameFile(a, b)
}

// putFile writes to path by way of a temporary file beside it, synced and renamed; "-" is standard
// output. On an error the target is as it was; with --dry-run it always is.
func putFile(a *app, path string, write func(io.Writer) error) (err error) {
	if path == "-" || path == "" {
		return a.outProblem(write(a.out))
	}
	if a.dryRun {
		a.log("dry-run", "would write %s", path)
		return write(io.Discard)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return &problem{code: exitUsage, what: path + " is a folder", kept: "all that is in it", next: "name a file: -o " + filepath.Join(path, "NAME")}
	} else if err == nil && !info.Mode().IsRegular() {
		return a.writeDevice(path, write)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return a.fileProblem(path, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	if err = errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return a.fileProblem(path, err)
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return a.fileProblem(path, err)
	}
	return syncFolder(filepath.Dir(path))
}

// writeDevice writes to what is no file, such as a pipe or /dev/stdout, and leaves it where it is.
func (a *app) writeDevice(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return a.fileProblem(path, err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return a.fileProblem(path, err)
	}
	return nil
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}

// outProblem says why standard output took no more; what is no matter of the output stays as it is.
func (a *app) outProblem(err error) error {
	var at *fs.PathError
	if !errors.As(err, &at) || at.Op != "write" {
		return err
	}
	return &problem{code: exitFailed, what: fmt.Sprintf("cannot write to standard output: %v", at.Err), kept: "everything, as it was",
		next: "make room where the output goes, or send it elsewhere", cause: err}
}

// fileProblem says why path could not be written, without the name of the temporary file beside it.
func (a *app) fileProblem(path string, err error) error {
	p := &problem{code: exitFailed, what: fmt.Sprintf("cannot write %s: %s", path, plain(err)), kept: "any earlier file of that name, as it was",
		next: "make room or choose another place", cause: err}
	var at *fs.PathError
	switch missing := errors.As(err, &at); {
	case missing && errors.Is(err, fs.ErrNotExist):
		p.what, p.kept, p.next = fmt.Sprintf("cannot write %s: there is no folder %s", path, filepath.Dir(path)), "", "make the folder, or choose another place"
	case missing:
		p.what = fmt.Sprintf("cannot write %s: %v", path, at.Err)
		if errors.Is(err, fs.ErrPermission) {
			p.next = "choose another place, or give yourself the right to write there"
		}
	}
	return p
}
