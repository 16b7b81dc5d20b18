package problem

import (
	"slices"
	"testing"

	"tribu/data"
)

func TestNamesHoldForMost(t *testing.T) {
	for _, c := range []struct {
		name   string
		object string
		typ    data.NeedType
		quotes []string
		want   string // the name; "" where nothing is needed by all
	}{
		{"what one alone says of it stays out", "model", data.HowTo, []string{
			"How do I estimate the XC model?", "How do I estimate the model?", "How do I estimate a big model?", "How do I estimate the model in parallel?",
		}, "estimate the model"},
		{"a thing and nothing of it is no common need", "tomatoes", data.HowTo, []string{
			"How do I stake tomatoes?", "How do I freeze tomatoes?", "How do I sell tomatoes?",
		}, ""},
		{"an error code is no error in the code", "code", data.Problem, []string{
			"I get an error in the code.", "I get an error code.", "There is an error in the code.",
		}, "error in the code"},
	} {
		needs := planters()
		for i, quote := range c.quotes {
			n := say(200+i, c.object, "", quote)
			n.Type, n.Rule = c.typ, "en/howto/how do i"
			if c.typ == data.Problem {
				n.Rule = "en/problem/error"
			}
			needs = append(needs, n)
		}
		got := ""
		for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
			if slices.ContainsFunc(p.Members, func(m int) bool { return needs[m].Object == c.object }) {
				got = p.Phrases[data.LangEN]
			}
		}
		if got != c.want {
			t.Errorf("%s: %q are called %q, want %q", c.name, c.quotes, got, c.want)
		}
	}
}
