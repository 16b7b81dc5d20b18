package main

import (
	"path/filepath"
	"strings"
	"testing"

	"tribu/tribes/gauge"
)

// TestGaugesOfTheDemo: every tribe shows every gauge, as a figure or as too little data, and the
// showdown prints its answer.
func TestGaugesOfTheDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	run(t, exitDone, "demo", dir, "-q")
	var shown struct {
		Gauges gauge.Gauges `json:"gauges"`
	}
	answer(t, exitDone, &shown, "-C", dir, "tribe", "show", "A")
	names := []string{}
	for _, r := range shown.Gauges.Readings {
		names = append(names, r.Gauge)
		if r.State == "" && r.N < r.Least || r.State != "" && r.Value != 0 {
			t.Errorf("gauge %+v: a figure below its least n", r)
		}
	}
	if got, want := strings.Join(names, ", "), "herding, homophily, homogenisation, newcomer affinity, self-herding, habit breaks, reciprocity, peers against makers, influence, status map"; got != want {
		t.Errorf("gauges: got %s, want %s", got, want)
	}
	text := run(t, exitDone, "-C", dir, "tribe", "show", "A")
	if !strings.Contains(text, "reciprocity") || !strings.Contains(text, "insufficient data (n=") {
		t.Errorf("tribe show: got %s", text)
	}
	var s gauge.Showdown
	answer(t, exitDone, &s, "-C", dir, "tribe", "showdown")
	if len(s.Ways) != 5 || s.Winner == "" || s.Verdict == "" {
		t.Errorf("showdown: got %+v, want tribes, platform, place, language and talk, and a verdict", s)
	}
}
