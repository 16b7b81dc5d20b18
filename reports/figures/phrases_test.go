package figures

import (
	"testing"

	"tribu/data"
)

func TestWithoutPhrases(t *testing.T) {
	for _, c := range []struct {
		name   string
		called string
		quotes [2]string // of two people
		given  bool
		want   string
	}{
		{"one says so", "my spade of 1910", [2]string{"My spade of 1910 broke.", "The spade is bent."}, false, "spade"},
		{"both say so", "a light spade", [2]string{"I want a light spade.", "Where is a light spade?"}, false, "a light spade"},
		{"people named it", "garden tools", [2]string{"My spade broke.", "The spade is bent."}, true, "garden tools"},
		{"one said so before", "my spade of 1910", [2]string{"My spade broke.", "The spade is bent."}, false, "spade"},
		{"one word", "spade", [2]string{"My spade broke.", "It is bent."}, false, "spade"},
	} {
		story := data.Story{RunRecord: data.RunRecord{Tribes: []data.Tribe{{Needs: []data.TribeNeed{{Topic: c.called}}}}}}
		for i, quote := range c.quotes {
			n := data.NeedRow{Need: data.Need{Problem: "p1", Called: c.called, Given: c.given, Object: "spade", Quote: quote}}
			n.Author = data.NewAuthorID("s", string(rune('a'+i)))
			story.Needs = append(story.Needs, n)
		}
		got := WithoutPhrases(story)
		if needs := NeedsWithoutPhrases(story.Needs); got.Needs[0].Called != c.want || needs[1].Called != c.want || got.Tribes[0].Needs[0].Topic != c.want {
			t.Errorf("%s: %q is called %q, alone %q, in a tribe %q; want %q", c.name, c.called, got.Needs[0].Called, needs[1].Called, got.Tribes[0].Needs[0].Topic, c.want)
		}
		if story.Needs[0].Called != c.called || story.Tribes[0].Needs[0].Topic != c.called {
			t.Errorf("%s: the story itself was changed", c.name)
		}
	}
}
