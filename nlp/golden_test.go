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

// ownSets are the project's own labelled posts.
var ownSets = [...]string{"posts", "forum", "kinds"}

// TestGolden writes down every need heard in the project's own posts, so that a change of quality
// shows in the diff.
func TestGolden(t *testing.T) {
	a := analyzer(t)
	var golden strings.Builder
	for _, set := range ownSets {
		for _, l := range readLabelled(t, set) {
			got, err := a.Analyze(l.post)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&golden, "%s %s\n", got.Lang, l.post.Body)
			for _, want := range l.needs {
				fmt.Fprintf(&golden, "  want %s\n", want.text)
			}
			for _, need := range got.Needs {
				fmt.Fprintf(&golden, "  %s\n", describe(l.post.Body, need))
			}
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
	for _, m := range n.Motives {
		s += " ~" + m
	}
	return s
}
