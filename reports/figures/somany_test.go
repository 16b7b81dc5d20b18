package figures

import "testing"

// A long name that one person alone says in full is a quote of theirs.
func TestInSoManyWords(t *testing.T) {
	said := []string{"I cut the lawn into nine beds.", "How do I cut a lawn?", "Cutting my lawn takes a day."}
	for _, c := range []struct {
		name, called string
		quotes       []string
		want         bool
	}{
		{"one says it", "cut the lawn into nine beds", said, false},
		{"two say it", "cut the lawn into nine beds", append(said, "We cut our lawn into nine beds too."), true},
		{"a short name", "cut the lawn", said, true},
		{"of no words that count", "a", said, true},
	} {
		name := namingOf([]string{c.called})
		n := Need{Label: c.called}
		for _, q := range c.quotes {
			n.Quotes = append(n.Quotes, Quote{Text: q, grip: name.grip(q, "lawn")})
		}
		if got := n.InSoManyWords(); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
