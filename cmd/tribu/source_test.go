package main

import (
	"bytes"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tribu/data/sample"
)

// serveForum serves the bundled community on this machine until the script ends; $FORUM is its
// address and $HOST its host and port: forum
func serveForum(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: forum")
	}
	c, err := sample.Load()
	ts.Check(err)
	server := httptest.NewServer(c.Forum(func() time.Time { return c.Posts[len(c.Posts)-1].At }))
	ts.Defer(server.Close)
	ts.Setenv("FORUM", server.URL)
	ts.Setenv("HOST", strings.TrimPrefix(server.URL, "http://"))
}

// TestRunQuiet: the cron line says nothing at all when everything went well.
func TestRunQuiet(t *testing.T) {
	c, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return c.Posts[len(c.Posts)-1].At }
	server := httptest.NewServer(c.Forum(now))
	defer server.Close()
	dir := t.TempDir()
	for _, args := range [][]string{
		{"init", dir, "--yes", "-q"},
		{"-C", dir, "source", "add", "-q", "--name", "forum", "--allow", strings.TrimPrefix(server.URL, "http://"), server.URL},
		{"-C", dir, "run", "-q"},
	} {
		var out bytes.Buffer
		a := &app{out: &out, err: &out, in: strings.NewReader(""), now: now, env: func(string) string { return "" }}
		if code := a.main(t.Context(), args); code != exitDone || out.Len() > 0 {
			t.Errorf("tribu %s: exit code %d, said %q; want 0 and nothing", strings.Join(args, " "), code, out.String())
		}
	}
}
