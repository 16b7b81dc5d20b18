package main

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tribu/data/sample"
)

// TestWordsThatAreNotKept: after keep_text the words of what was crawled are gone, needs and runs
// stay, and a replay of a run says what it lacks.
func TestWordsThatAreNotKept(t *testing.T) {
	c, err := sample.Load()
	if err != nil {
		t.Fatal(err)
	}
	at := c.Posts[len(c.Posts)-1].At
	now := func() time.Time { return at }
	server := httptest.NewServer(c.Forum(now))
	defer server.Close()
	dir := t.TempDir()
	do := func(want int, args ...string) string {
		t.Helper()
		var out bytes.Buffer
		a := &app{out: &out, err: &out, in: strings.NewReader(""), now: now, env: func(string) string { return "" }}
		if code := a.main(t.Context(), append([]string{"-C", dir}, args...)); code != want {
			t.Fatalf("tribu %s: exit code %d, want %d; said %s", strings.Join(args, " "), code, want, out.String())
		}
		return out.String()
	}
	do(exitDone, "init", dir, "--yes", "-q")
	do(exitDone, "source", "add", "-q", "--name", "forum", "--allow", strings.TrimPrefix(server.URL, "http://"), server.URL)
	do(exitDone, "run", "-q")
	run := regexp.MustCompile(`\d{4}-W\d\d-[0-9a-f]{6}`).FindString(do(exitDone, "runs", "list"))
	if said := do(exitDone, "runs", "replay", run); !strings.Contains(said, "the same bytes") {
		t.Fatalf("replay before: %s", said)
	}
	phrase := []byte(longestWord(c))
	if !heldIn(t, dir, phrase) {
		t.Fatalf("%q is not in the database before", phrase)
	}
	at = at.Add(401 * 24 * time.Hour)
	if said := do(exitDone, "crawl", "--dry-run"); !strings.Contains(said, "would be wiped: collected more than 400d ago") || !heldIn(t, dir, phrase) {
		t.Errorf("a dry run says %q and should only say what would be wiped", said)
	}
	do(exitDone, "db", "vacuum")
	if heldIn(t, dir, phrase) {
		t.Errorf("%q is still in the database after 401 days", phrase)
	}
	do(exitDone, "db", "check")
	if said := do(exitFailed, "runs", "replay", run); !strings.Contains(said, "crawl.keep_text") {
		t.Errorf("a replay after the words were wiped says %q, want the reason", said)
	}
}

// longestWord returns words of the first post that stand in one piece in the database.
func longestWord(c sample.Community) string {
	words := strings.FieldsFunc(c.Posts[0].Text, func(r rune) bool {
		return r == '.' || r == ',' || r == '\n' || r > 127 || strings.ContainsRune("*_'\"&<>", r)
	})
	best := ""
	for _, w := range words {
		if w = strings.TrimSpace(w); len(w) > len(best) {
			best = w
		}
	}
	return best
}

func heldIn(t *testing.T, dir string, phrase []byte) bool {
	t.Helper()
	for _, name := range []string{"tribu.db", "tribu.db-wal"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if bytes.Contains(b, phrase) {
			return true
		}
	}
	return false
}
