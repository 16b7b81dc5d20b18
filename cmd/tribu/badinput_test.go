package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tribu/data/sqlite"
)

// fails runs a command that must end with code, and returns what it says on standard error.
func fails(t *testing.T, code int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app{out: &out, err: &errs, in: strings.NewReader(""), now: time.Now, env: func(string) string { return "" }}
	if got := a.main(context.Background(), args); got != code {
		t.Errorf("tribu %s: got exit code %d, want %d\n%s", strings.Join(args, " "), got, code, errs.String())
	}
	return errs.String()
}

func project(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "p")
	run(t, exitDone, "init", dir, "--yes")
	return dir
}

func write(t *testing.T, name string, body []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// truncated returns the first part of a gzip file of many rows.
func truncated(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for i := range 20_000 {
		fmt.Fprintf(z, `{"id":"%d","author":"a%d","created_at":"2026-05-06T10:00:00Z","text":"row %d of many %x"}`+"\n", i, i%50, i, i*i*7919)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()[:b.Len()/2]
}

// TestBadFiles: every kind of broken file ends in an error that says what happened, what was kept
// and what to do next.
func TestBadFiles(t *testing.T) {
	for _, c := range []struct {
		name string
		body []byte
		want []string
	}{
		{"cut.jsonl.gz", truncated(t), []string{"error: ", "breaks off", "kept  ", "posts read before that", "next  repair or fetch the file again"}},
		{"none.jsonl.gz", truncated(t)[:40], []string{"breaks off, before its first good row", "kept  the database, as it was"}},
		{"photo.jsonl", append([]byte{0x89, 'P', 'N', 'G', 0, 1, 2, 3}, bytes.Repeat([]byte{0, 255, 7}, 900)...), []string{"error: ", "next  "}},
	} {
		dir := project(t)
		said := fails(t, exitFailed, "-C", dir, "import", write(t, c.name, c.body))
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("import %s: got %q, want it to say %q", c.name, said, want)
			}
		}
		run(t, exitDone, "-C", dir, "db", "check")
	}
}

func TestForeignAndFutureDatabases(t *testing.T) {
	dir := project(t)
	db := filepath.Join(dir, "tribu.db")
	if out, err := exec.Command("sqlite3", db, "INSERT INTO goose_db_version(version_id, is_applied) VALUES (99999, 1)").CombinedOutput(); err != nil {
		t.Skipf("no sqlite3 program to write a future version with: %v %s", err, out)
	}
	if said := fails(t, exitFailed, "-C", dir, "analyse"); !strings.Contains(said, "newer") || !strings.Contains(said, "next  use the newer tribu") {
		t.Errorf("future database: got %q", said)
	}
	foreign := []byte(strings.Repeat("not a database at all\n", 500))
	if err := os.WriteFile(db, foreign, 0o600); err != nil {
		t.Fatal(err)
	}
	if said := fails(t, exitFailed, "-C", dir, "analyse"); !strings.Contains(said, "not a database") {
		t.Errorf("foreign file: got %q", said)
	}
	if kept, _ := os.ReadFile(db); !bytes.Equal(kept, foreign) {
		t.Error("the foreign file was changed")
	}
}

// TestReadOnlyFolder needs a person other than root: root may write everywhere.
func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if said := fails(t, exitFailed, "init", filepath.Join(dir, "p"), "--yes"); !strings.Contains(said, "next  choose a folder you may write in") {
		t.Errorf("read-only folder: got %q", said)
	}
}

// TestReadingInAReadOnlyFolder: what only reads works where nothing may be written.
func TestReadingInAReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := project(t)
	run(t, exitDone, "-C", dir, "import", write(t, "p.jsonl", []byte(`{"id":"1","author":"a","created_at":"2026-05-06T10:00:00Z","text":"hello"}`)))
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	for _, args := range [][]string{{"runs", "list"}, {"needs", "list"}, {"db", "check"}} {
		run(t, exitDone, append([]string{"-C", dir}, args...)...)
	}
	if said := fails(t, exitFailed, "-C", dir, "analyse"); !strings.Contains(said, "next  give yourself the right to write") {
		t.Errorf("analyse in a read-only folder: got %q", said)
	}
}

// TestLockTellsThisMachinesTime: who waits for a demo wants to know when it began, not in which week it is.
func TestLockTellsThisMachinesTime(t *testing.T) {
	began := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	a := &app{dir: project(t), env: func(string) string { return "" }, now: func() time.Time { return began.AddDate(-1, 0, 0) }, wall: func() time.Time { return began }}
	err := a.write(t.Context(), func(*sqlite.DB) error {
		var held *sqlite.LockedError
		if _, err := sqlite.Lock(a.dbPath(), began); !errors.As(err, &held) || !held.Since.Equal(began) || held.PID != os.Getpid() {
			t.Errorf("a second lock: %v, want the time the first was taken at by this machine's clock", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestSecondRunIsRefused(t *testing.T) {
	dir := project(t)
	a := &app{dir: dir, now: time.Now, env: func(string) string { return "" }}
	if err := a.loadConfig(); err != nil {
		t.Fatal(err)
	}
	since := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	lock, err := sqlite.Lock(a.dbPath(), since)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lock.Release() }()
	said := fails(t, exitLocked, "-C", dir, "analyse")
	for _, want := range []string{"error: ", fmt.Sprint(os.Getpid()), "kept  everything", "next  wait", " since " + a.clock(since) + "\n"} {
		if !strings.Contains(said, want) {
			t.Errorf("second run: got %q, want it to say %q", said, want)
		}
	}
}
