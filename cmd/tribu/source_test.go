package main

import (
	"bytes"
	"io"
	"net/http"
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

// TestSourceOfNoKnownKind: a place that answers and is of no kind is not called a bad site of the kind that was
// asked about first; pages that show no posts are told what would read them.
func TestSourceOfNoKnownKind(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, "<title>Ours</title><ul><li class=t><a href=/t/1>Pots</a></li></ul>")
	}))
	defer server.Close()
	dir, allow := t.TempDir(), strings.TrimPrefix(server.URL, "http://")
	for _, c := range []struct {
		args []string
		code int
		want []string
	}{
		{[]string{"init", dir}, exitDone, nil},
		{[]string{"-C", dir, "source", "add", "--allow", allow, server.URL}, exitFailed, []string{"no platform that tribu knows", "--kind forum"}},
		{[]string{"-C", dir, "source", "add", "--allow", allow, "--name", "ours", "--kind", "forum", server.URL}, exitDone, nil},
		{[]string{"-C", dir, "source", "test"}, exitGaps, []string{"no boards, topics or posts", "selectors"}},
	} {
		var out bytes.Buffer
		a := &app{out: &out, err: &out, in: strings.NewReader(""), now: time.Now, env: func(string) string { return "" }}
		if code := a.main(t.Context(), c.args); code != c.code {
			t.Errorf("tribu %s: exit code %d, want %d: %s", strings.Join(c.args, " "), code, c.code, out.String())
		}
		for _, want := range c.want {
			if said := strings.Join(strings.Fields(out.String()), " "); !strings.Contains(said, want) || strings.Contains(said, "bluesky") {
				t.Errorf("tribu %s: said %q, want %q in it", strings.Join(c.args, " "), said, want)
			}
		}
	}
}
