package cpi

import (
	"fmt"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/stats"
)

// TestTelling: what people only tell they got says how they are served, in the unit most set limits in, and not that they
// want it; what makers tell, and what is told of somebody else, says neither.
func TestTelling(t *testing.T) {
	c := newCommunity()
	c.say("asker", 12, "lamp", "Money", "I need a lamp under 20 euro, it is essential")
	at := c.in.AsOf.Add(-24 * time.Hour)
	say := func(who, words string) { c.post(who, "log-"+who, data.PostID{}, at, words) }
	for i, paid := range []int{21, 22, 23, 24, 25} {
		say(fmt.Sprintf("buyer%d", i), fmt.Sprintf("Paid %d euro for the lamp.", paid))
	}
	for i := range 3 {
		say(fmt.Sprintf("abroad%d", i), "Paid 90 pounds for the lamp.")
	}
	say("neighbour", "You paid 99 euro for the lamp.")
	say("shop", "It cost 5 euro, the lamp.")
	c.in.Makers = map[data.AuthorID]bool{data.NewAuthorID("t", "shop"): true}
	r := measure.Read(c.in)
	outcomes := Mine(r, Params{})
	if len(outcomes) != 1 || outcomes[0].String() != "Money/lamp" || outcomes[0].Authors != 12 {
		t.Fatalf("outcomes = %+v, want Money/lamp of the twelve who ask", outcomes)
	}
	p := Perform(r, outcomes, Params{})[0]
	if this := p.This(); p.Unit != MoneyPaid || p.Currency != "EUR" || this.State != stats.Known || this.N != 5 || this.Value != 23 {
		t.Errorf("this week = %+v in %q %q, want 23 EUR of five", this, p.Unit, p.Currency)
	}
}

// TestReplyExpected: who asks for an answer within a time says how soon a reply is good enough, unless they name whose.
func TestReplyExpected(t *testing.T) {
	for _, x := range []struct {
		words string
		want  stats.State
	}{{"I need an answer within 5 hours, the lamp is on fire", stats.Known}, {"I need an answer from the council within 5 hours", stats.NotEnough}} {
		c := newCommunity()
		for i := range 6 {
			n := wish("lamp", "", x.words)
			n.Expectation = 5 * time.Hour
			c.post(fmt.Sprintf("p%d", i), fmt.Sprintf("t%d", i), data.PostID{}, monday, x.words, n)
		}
		got := Threads(measure.Read(c.in), Params{})[0].Good
		if got.State != x.want || x.want == stats.Known && got.Median != 5*3600 {
			t.Errorf("%q: good enough is %v s, %q", x.words, got.Median, got.State)
		}
	}
}
