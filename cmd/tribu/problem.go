package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
	"syscall"

	"tribu/data"
)

// The exit codes of the command line.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitGaps        = 3
	exitTooFew      = 4
	exitLocked      = 5
	exitInterrupted = 130
)

// A problem is what went wrong, what was kept and what to do next, with the exit code it ends in.
type problem struct {
	code             int
	what, kept, next string
	excerpt          string
	cause            error
	told             bool // the result already tells it: only the exit code is left to give
}

func (p *problem) Error() string { return p.what }
func (p *problem) Unwrap() error { return p.cause }

// nextOf is what to do about err, or fallback where it does not say.
func nextOf(err error, fallback string) string {
	var p *problem
	if errors.As(err, &p) && p.next != "" {
		return p.next
	}
	return fallback
}

// usage says that the command line itself is wrong.
func usage(format string, args ...any) *problem {
	return &problem{code: exitUsage, what: fmt.Sprintf(format, args...)}
}

// then says what to do about p.
func (p *problem) then(next string) *problem {
	p.next = next
	return p
}

// elsewhere is what to do about a file that is not where it was said to be.
const elsewhere = "look at the name: it counts from the folder you are in"

// unopened says that a file of the command line cannot be opened.
func unopened(err error) *problem {
	p := usage("%s", plain(err))
	p.cause = err
	if errors.Is(err, fs.ErrNotExist) {
		p.next = elsewhere
	}
	return p
}

// explain prints err in the form people and programs expect and returns its exit code.
func (a *app) explain(ctx context.Context, err error) int {
	var several faults
	if errors.As(err, &several) {
		return a.explainAll(ctx, several)
	}
	var p *problem
	if !errors.As(err, &p) {
		p = &problem{code: exitFailed, what: plain(err), cause: err}
	}
	if errors.Is(err, data.ErrDiskFull) {
		p = &problem{code: exitFailed, what: "the disk is full: the last step was undone", kept: "everything before it",
			next: "make room on the disk, then run the same command again; it goes on from there", cause: err}
	}
	if errors.Is(err, data.ErrDamaged) && p.next == "" {
		p.next = restore
	}
	if p.next == "" && unwritable(err) {
		p.next = "give yourself the right to write there, or choose another place"
	}
	if ctx.Err() != nil && p.code == exitFailed {
		p = &problem{code: exitInterrupted, what: "interrupted", kept: cmp.Or(a.sofar, p.kept, "everything committed so far"),
			next: cmp.Or(a.resume, "run the same command again: what is kept is not done twice"), cause: err}
		if a.reading {
			p.kept, p.next = "the project, as it was; a file is there whole or as it was before", "run the same command again; it begins anew"
		}
	}
	if p.told {
		return p.code
	}
	what, next := a.located(p.what), a.located(p.next)
	if a.json {
		_ = json.NewEncoder(a.err).Encode(map[string]any{"error": map[string]any{
			"code": p.code, "message": what, "kept": p.kept, "next": next,
		}})
		return p.code
	}
	a.tell("error: "+clean(what), 2)
	if p.excerpt != "" {
		fmt.Fprintln(a.err, clean(strings.TrimRight(p.excerpt, "\n")))
	}
	for _, line := range [][2]string{{"kept", p.kept}, {"next", next}} {
		if line[1] != "" {
			a.tell("  "+line[0]+"  "+clean(line[1]), 8)
		}
	}
	if a.verbose && p.cause != nil && p.cause.Error() != p.what {
		fmt.Fprintf(a.err, "  cause %s\n", clean(p.cause.Error()))
	}
	return p.code
}

// plain is the error's text without what an URL's query may hide, and in words for a missing file.
func plain(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) && at.Op == "open" && errors.Is(at, fs.ErrNotExist) {
		return "there is no file " + at.Path
	}
	var u *url.Error
	if errors.As(err, &u) {
		if at, e := url.Parse(u.URL); e == nil {
			at.RawQuery, at.User = "", nil
			return fmt.Sprintf("%s: %v", at, u.Err)
		}
	}
	return strings.ReplaceAll(err.Error(), "\n", "; ")
}

// clean neutralises what could drive a terminal: control characters and bidirectional overrides.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < 0x20, r == 0x7f, r >= 0x80 && r <= 0x9f,
			r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
			return '\uFFFD'
		}
		return r
	}, s)
}

// unwritable reports whether a place must not be read or written, or is on a disk that is read alone.
func unwritable(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}
