package main

import (
	"strings"
	"testing"

	"tribu/tribes/gauge"
)

// TestGaugesOfTheDemo: every tribe shows every gauge, as a figure or as too little data, and the
// showdown prints its answer.
func TestGaugesOfTheDemo(t *testing.T) {
	dir := demo(t)
	var shown struct {
		Gauges gauge.Gauges `json:"gauges"`
	}
	answer(t, exitDone, &shown, "-C", dir, "tribe", "show", lettersIn(t, dir)[0])
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
	text := run(t, exitDone, "-C", dir, "tribe", "show", lettersIn(t, dir)[0], "-v")
	if !strings.Contains(text, "reciprocity") || strings.Count(text, "insufficient data") != 1 {
		t.Errorf("tribe show: got %s, want gauges and one line of those with too little data", text)
	}
	if text := run(t, exitDone, "-C", dir, "tribe", "show", lettersIn(t, dir)[0], "--all"); !strings.Contains(text, "insufficient data (n=") {
		t.Errorf("tribe show --all: got %s", text)
	}
	asked(t, dir)
	var s gauge.Showdown
	answer(t, exitDone, &s, "-C", dir, "tribe", "showdown")
	if len(s.Ways) != 5 || s.Winner == "" || s.Verdict == "" {
		t.Errorf("showdown: got %+v, want tribes, platform, place, language and talk, and a verdict", s)
	}
}

// asked looks at somebody of the demo by the beginning of their id, and at the demo's health.
func asked(t *testing.T, dir string) {
	t.Helper()
	var p, again profile
	answer(t, exitDone, &p, "-C", dir, "people", "show", "Lina Caruso")
	for i := 1; i < len(p.Places); i++ {
		if p.Places[i].Membership > p.Places[i-1].Membership {
			t.Errorf("tribes of %s: got %+v, want the strongest membership first", p.Name, p.Places)
		}
	}
	if answer(t, exitDone, &again, "-C", dir, "people", "show", p.ID[:8]); again.ID != p.ID {
		t.Errorf("people show %s: got %s, want %s", p.ID[:8], again.ID, p.ID)
	}
	if why := run(t, exitDone, "-C", dir, "people", "why", p.ID[:8]); !strings.Contains(why, "membership without any one of these:") {
		t.Errorf("people why %s: got %s", p.ID[:8], why)
	}
	run(t, exitUsage, "-C", dir, "people", "show", p.ID[:5])
	if said := run(t, exitDone, "-C", dir, "doctor"); !strings.HasPrefix(said, "note: ") {
		t.Errorf("doctor on the demo: got %q, want a note about its invented site", said)
	}
}

func TestReadingLine(t *testing.T) {
	tests := []struct {
		r    gauge.Reading
		want string
	}{
		{gauge.Reading{Value: 1.216, Low: 1.05, High: 1.4, P: .0099, Says: "so"}, "1.22 [1.05, 1.40], p 0.010: so"},
		{gauge.Reading{Value: -.0004, P: .00001, Says: "alike"}, "-0.0004, p < 0.001: alike"},
		{gauge.Reading{P: 1, Says: "nobody"}, "0.00: nobody"},
		{gauge.Reading{P: 1, State: "insufficient data (n=3)"}, "insufficient data (n=3)"},
	}
	for _, test := range tests {
		if got := readingLine(test.r); got != test.want {
			t.Errorf("%+v: got %q, want %q", test.r, got, test.want)
		}
	}
}
