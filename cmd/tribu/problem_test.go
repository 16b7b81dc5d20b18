package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"
)

// TestWhereNothingMayBeWritten: whoever may not write, or to a disk that is read-only, is told what to do about it.
func TestWhereNothingMayBeWritten(t *testing.T) {
	for _, cause := range []error{syscall.EROFS, syscall.EACCES} {
		a := &app{dir: "garden"}
		open := &fs.PathError{Op: "open", Path: "garden/x", Err: cause}
		for want, err := range map[string]error{
			"next  give yourself the right to write there": fmt.Errorf("write report: %w", open),
			"next  give yourself the right to write in":    a.openProblem(fmt.Errorf("lock project: %w", open)),
		} {
			var said bytes.Buffer
			a.err = &said
			if code := a.explain(t.Context(), err); code != exitFailed || !strings.Contains(said.String(), want) {
				t.Errorf("%v: exit code %d, said %q; want %q", err, code, said.String(), want)
			}
		}
	}
}

// TestAWindowThatHoldsAllIsNotWidened: where posts are missing for want of analysis, no other window is proposed.
func TestAWindowThatHoldsAllIsNotWidened(t *testing.T) {
	dir := project(t)
	post := func(id, day string) []byte {
		return fmt.Appendf(nil, `{"id":%q,"author":"a%s","created_at":"2026-05-%sT10:00:00Z","text":"How do I prune roses?"}`+"\n", id, id, day)
	}
	run(t, exitDone, "-C", dir, "import", write(t, "p.jsonl", post("1", "06")))
	run(t, exitDone, "-C", dir, "analyse")
	run(t, exitDone, "-C", dir, "import", write(t, "q.jsonl", post("2", "05")))
	if said := fails(t, exitTooFew, "-C", dir, "cluster"); !strings.Contains(said, "not analysed yet") || strings.Contains(said, "--window") {
		t.Errorf("a window over all posts, one of them not analysed: got %q", said)
	}
	run(t, exitDone, "-C", dir, "import", write(t, "r.jsonl", post("3", "01")))
	if said := fails(t, exitTooFew, "-C", dir, "cluster", "--window", "2d"); !strings.Contains(said, "--window 1w takes in all") {
		t.Errorf("a window over some posts: got %q", said)
	}
}
