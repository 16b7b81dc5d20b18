package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// TestJSONKeys reads what commands print as JSON: every key is lower case, whoever's type it comes from.
func TestJSONKeys(t *testing.T) {
	dir := demo(t)
	lower := regexp.MustCompile(`^[a-z0-9_]+$`)
	var walk func(command, at string, v any)
	walk = func(command, at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, inner := range v {
				if !lower.MatchString(k) {
					t.Errorf("%s: key %s.%s", command, at, k)
				}
				walk(command, at+"."+k, inner)
			}
		case []any:
			for _, inner := range v {
				walk(command, at+"[]", inner)
			}
		}
	}
	for _, args := range [][]string{{"analyse"}, {"cluster"}, {"report"}, {"runs", "list"}, {"runs", "show", "2026-W26"}, {"runs", "diff", "2026-W26", "2026-W25"},
		{"tribe", "list"}, {"tribe", "show", lettersIn(t, dir)[0]}, {"needs", "list"}, {"cpi", "list"}, {"cpi", "show", "Speed/delivery"}, {"soft", "list"}, {"experiment", "check"}, {"source", "list"}, {"config", "show"}, {"db", "check", "--digest"}} {
		var got struct {
			Schema, Command string
			Data            any
		}
		said := run(t, exitDone, append([]string{"-C", dir, "--json"}, args...)...)
		if err := json.Unmarshal([]byte(said), &got); err != nil || got.Schema != "tribu/1" || got.Command == "" || got.Data == nil {
			t.Fatalf("%v printed %.200s: %v", args, said, err)
		}
		walk(got.Command, "data", got.Data)
	}
}

// TestOutputFits looks at what a terminal of 80 columns shows: only a word that is longer than a line,
// such as an address, may pass its end.
func TestOutputFits(t *testing.T) {
	dir := demo(t)
	need := strings.Fields(run(t, exitDone, "-C", dir, "needs", "list", "--limit", "1"))[6]
	for _, args := range [][]string{{"runs", "list"}, {"runs", "show", "2026-W26"}, {"runs", "diff", "2026-W26", "2026-W25"}, {"tribe", "list"}, {"tribe", "show", lettersIn(t, dir)[0]}, {"tribe", "showdown"}, {"needs", "list"}, {"needs", "show", need},
		{"cpi", "list"}, {"cpi", "show", "Speed/delivery"}, {"cpi", "lint"}, {"soft", "list"}, {"experiment", "check"}, {"source", "list"}, {"config", "show"}} {
		for line := range strings.Lines(run(t, exitDone, append([]string{"-C", dir}, args...)...)) {
			line = strings.TrimRight(line, "\n")
			if n := columns(line); n > lineWidth && strings.Contains(strings.TrimSpace(line), " ") {
				t.Errorf("%v: %d columns: %s", args, n, line)
			}
		}
	}
}
