package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be tribu itself, so that scripts run the real program.
func TestMain(m *testing.M) {
	testscript.Main(tidy{m}, map[string]func(){"tribu": main})
}

// A tidy runs the tests and removes what they share.
type tidy struct{ m *testing.M }

func (t tidy) Run() int {
	defer func() { _ = os.RemoveAll(madeDemo.root) }()
	return t.m.Run()
}

// madeDemo is the one demo that most tests start from.
var madeDemo struct {
	once      sync.Once
	root, dir string
	err       error
}

// demoIn puts a demo, as tribu demo makes it, at dir.
func demoIn(dir string) error {
	madeDemo.once.Do(func() {
		if madeDemo.root, madeDemo.err = os.MkdirTemp("", "tribu-test"); madeDemo.err != nil {
			return
		}
		madeDemo.dir = filepath.Join(madeDemo.root, "demo")
		if code, _, errs := start("demo", madeDemo.dir, "-q"); code != exitDone {
			madeDemo.err = fmt.Errorf("tribu demo: exit %d: %s", code, errs)
		}
	})
	if madeDemo.err != nil {
		return madeDemo.err
	}
	return exec.Command("cp", "-Rp", madeDemo.dir, dir).Run()
}

// demo returns a demo of the test's own.
func demo(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	if err := demoIn(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// placeDemo puts a demo into the script's folder: demo DIR
func placeDemo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: demo DIR")
	}
	ts.Check(demoIn(ts.MkAbs(args[0])))
}

// TestScripts runs the command line as people and programs do; each script tells one story.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"exit": exit, "forum": serveForum, "demo": placeDemo},
		Setup: func(e *testscript.Env) error {
			e.Setenv("TERM", "dumb")
			return nil
		},
	})
}

// exit runs a program and requires its exit code: exit CODE PROGRAM ARGS…
func exit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit CODE PROGRAM ARGS…")
	}
	got := 0
	var failed *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &failed) {
		got = failed.ExitCode()
	} else if err != nil {
		ts.Fatalf("run %s: %v", args[1], err)
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("%s: got exit code %d, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}
