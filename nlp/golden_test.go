package nlp

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"tribu/data"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata/needs.golden")

// A labelled is one line of testdata/posts.txt.
type labelled struct {
	lang  data.Lang
	needs []string // "type topic"
	text  string
}

func readLabelled(t *testing.T) []labelled {
	t.Helper()
	text, err := os.ReadFile("testdata/posts.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []labelled
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.SplitN(line, " | ", 3)
		if len(parts) != 3 {
			t.Fatalf("testdata/posts.txt:%d: want three columns in %q", i+1, line)
		}
		l := labelled{lang: data.Lang(parts[0]), text: parts[2]}
		if parts[1] != "-" {
			for need := range strings.SplitSeq(parts[1], ";") {
				l.needs = append(l.needs, strings.TrimSpace(need))
			}
		}
		all = append(all, l)
	}
	return all
}

// TestGolden writes down every need heard in the project's own posts, so that a change of quality
// shows in the diff, and holds the share of right types and topics.
func TestGolden(t *testing.T) {
	a := analyzer(t)
	var golden strings.Builder
	tallies := map[data.Lang]*[4]int{"en": {}, "it": {}} // wanted, heard, right type, right topic too
	for _, l := range readLabelled(t) {
		got, err := a.Analyze(data.Post{Body: l.text})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&golden, "%s %s\n  want %s\n", got.Lang, l.text, strings.Join(l.needs, "; "))
		n := tallies[l.lang]
		n[0] += len(l.needs)
		for _, need := range got.Needs {
			fmt.Fprintf(&golden, "  %s\n", describe(l.text, need))
			n[1]++
			for _, want := range l.needs {
				kind, topic, _ := strings.Cut(want, " ")
				if string(need.Type) == kind {
					n[2]++
					if need.Topic() == topic {
						n[3]++
					}
				}
			}
		}
	}
	for _, lang := range [...]data.Lang{"en", "it"} {
		n := tallies[lang]
		p, r := ratio(n[2], n[1]), ratio(n[2], n[0])
		t.Logf("%s: %d needs labelled, %d heard; type P %.2f R %.2f F1 %.2f; of these with the right topic %.2f", lang, n[0], n[1], p, r, harmonic(p, r), ratio(n[3], n[2]))
		if r < .80 || p < .70 {
			t.Errorf("%s: types heard with precision %.2f and recall %.2f, want .70 and .80", lang, p, r)
		}
	}
	compareGolden(t, golden.String())
}

func compareGolden(t *testing.T, got string) {
	t.Helper()
	const path = "testdata/needs.golden"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("needs heard differ from %s (-want +got):\n%s", path, diff)
	}
}

// describe writes a need on one line.
func describe(text string, n data.Need) string {
	s := fmt.Sprintf("%s %s object=%s evidence=%q rule=%s", n.Type, n.Topic(), n.Object, text[n.Evidence.Start:n.Evidence.End], n.Rule)
	if n.Action != "" {
		s += " action=" + n.Action
	}
	for _, f := range n.Facets {
		s += fmt.Sprintf(" %s%+d", f.Name, f.Direction)
	}
	if n.Negated {
		s += " negated"
	}
	if n.Hypothetical {
		s += " hypothetical"
	}
	if n.Expectation != 0 {
		s += " expects=" + n.Expectation.String()
	}
	if n.Increment != nil {
		s += fmt.Sprintf(" increment=%s:%g%s", n.Increment.Kind, n.Increment.Value, n.Increment.Unit)
	}
	return s
}
