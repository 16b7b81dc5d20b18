package problem

import (
	"fmt"
	"testing"

	"tribu/data"
)

func TestEchoesAreNoNeeds(t *testing.T) {
	for _, c := range []struct {
		name   string
		quotes func(i int) (author int, quote string)
		typ    data.NeedType
		rule   string
		want   int // people who need it
	}{
		{"a mailer's footer", func(i int) (int, string) { return i, "Please edit the subject of your digest, number 53" }, data.Wish, "en/wish/please", 0},
		{"its number changes", func(i int) (int, string) {
			return i, fmt.Sprintf("Please edit the subject of your digest, number %d", i)
		}, data.Wish, "en/wish/please", 0},
		{"one person's signature", func(i int) (int, string) { return i % 2, "How can a digest be read without any subject" }, data.HowTo, "en/howto/how can", 0},
		{"an error many meet", func(i int) (int, string) { return i, "The digest stalls with error 12 near the gearbox" }, data.Problem, "en/trouble/stalls", 6},
		{"a text that is passed on", func(i int) (int, string) {
			return i, "There is a problem with the gearbox of the digest that we discuss with the board at every meeting"
		}, data.Problem, "en/problem/problem with", 0},
		{"own words", func(i int) (int, string) {
			return i, fmt.Sprintf("How do I grease the gearbox of a digest bicycle%d", i)
		}, data.HowTo, "en/howto/how do i", 6},
	} {
		needs := planters()
		for i := range 6 {
			author, quote := c.quotes(i)
			n := say(100+i, "digest", "", quote)
			n.Type, n.Rule, n.Author = c.typ, c.rule, data.NewAuthorID("t", fmt.Sprint(author))
			needs = append(needs, n)
		}
		got := 0
		for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
			if needs[p.Members[0]].Object == "digest" {
				got += p.People
			}
		}
		if got != c.want {
			t.Errorf("%s: %d people need it, want %d: %q", c.name, got, c.want, needs[len(needs)-1].Quote)
		}
	}
}
