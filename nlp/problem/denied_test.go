package problem

import (
	"testing"

	"tribu/data"
)

// Who says that a thing is solved, known or not the question is none of those who need it.
func TestDenied(t *testing.T) {
	g := grouping{config: Config{Words: wording(t)}}
	for _, c := range []struct {
		object, quote string
		want          bool
		rule          string
	}{
		{"gutter", "A second ladder has solved the problem with the gutter for me.", true, ""},
		{"gutter", "My problem is not how to clean the gutter, but how to reach it.", true, ""},
		{"ladder", "My problem is not how to clean the gutter, but how to hold the ladder.", false, ""},
		{"gutter", "Has anybody solved the problem with the gutter?", false, ""},
		{"ladder", "The ladder has solved the problem of climbing for me.", true, "en/problem/problem of"},
		{"ladder", "The ladder has solved the problem for me, but it wobbles.", false, "en/trouble/wobbles"},
		{"gutter", "I cannot clean the gutter.", false, ""},
	} {
		n := &Need{Quote: c.quote, subject: &subject{Object: c.object}, manner: &manner{Lang: data.LangEN, Rule: c.rule, Type: data.Problem}}
		if got := g.denies(n, g.config.Words.Stem(n.Lang, c.object)); got != c.want {
			t.Errorf("%q of the %s: %v, want %v", c.quote, c.object, got, c.want)
		}
	}
}
