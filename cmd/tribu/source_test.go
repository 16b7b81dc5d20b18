package main

import (
	"net/http/httptest"
	"strings"
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
