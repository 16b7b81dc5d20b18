package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestSourceListFitsATerminal: long names, large counts and long errors stay within 80 columns, and
// nothing that a person needs is cut off.
func TestSourceListFitsATerminal(t *testing.T) {
	at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	a := &app{now: func() time.Time { return at }}
	rows := []sourceRow{
		{Name: "the-forum-of-all-cargo-bikes-of-northern-italy.example.org", Kind: "stackexchange", Posts: 1234567, Newest: at, Gaps: 12345, Denied: 123456,
			Pending: 1234567, Parked: at.Add(time.Hour), Error: strings.Repeat("answered with HTTP 503 and ", 9), Robots: "permission of Ada Rossi, 2026-11-02, who keeps the forum and wrote it in a letter", crawled: true, going: true},
		{Name: "b", Kind: "feed", Next: at.Add(time.Hour), crawled: true},
	}
	var out bytes.Buffer
	a.writeSources(newProse(&out), rows)
	for line := range strings.Lines(out.String()) {
		if n := columns(strings.TrimRight(line, "\n")); n > lineWidth {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	for _, part := range []string{"parked", "22 Nov 09:00", "NEXT VISIT", "Ada Rossi", "123,456", rows[0].Name} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("%q is missing in\n%s", part, out.String())
		}
	}
}
