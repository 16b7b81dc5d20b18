package figures

import (
	"fmt"
	"strings"
	"testing"
	"time"

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

// TestWithoutPhrasesCountsAlike: a need whose name is kept back is counted, and none goes by the name of another.
func TestWithoutPhrasesCountsAlike(t *testing.T) {
	for _, c := range []struct {
		called [2]string
		quotes [2][]string // of each need
		want   [2]string
	}{
		{[2]string{"cheaper soil", "light pots"}, [2][]string{{"I want soil that is cheaper", "where is soil cheaper?", "cheap soil, please"}, {"I need pots, light ones", "pots that are light?"}}, [2]string{"soil", "pots"}},
		{[2]string{"cheaper soil", "wet soil"}, [2][]string{{"I want soil that is cheaper", "where is soil cheaper?", "cheap soil, please"}, {"my soil is always wet", "soil, wet for weeks"}}, [2]string{"soil (p0)", "soil (p1)"}},
	} {
		var story data.Story
		story.AsOf = time.Date(2026, 6, 28, 0, 0, 0, 0, time.UTC)
		for i, quotes := range c.quotes {
			for j, quote := range quotes {
				n := data.NeedRow{Need: data.Need{Problem: data.ProblemID(fmt.Sprint("p", i)), Type: []data.NeedType{data.Problem, data.Wish}[j%2], Called: c.called[i], Object: strings.Fields(c.called[i])[1], Quote: quote}}
				n.ID, n.Author = data.NewPostID("s", quote), data.NewAuthorID("s", fmt.Sprint(i, j))
				n.CreatedAt = story.AsOf.Add(-time.Hour)
				story.Needs = append(story.Needs, n)
				story.Activity = append(story.Activity, n.PostMeta)
			}
		}
		named, kept := Count(story, Params{}).Needs, Count(WithoutPhrases(story), Params{}).Needs
		if len(named) != 2 || len(kept) != 2 {
			t.Fatalf("needs called %q: %d named, %d kept back; want both", c.called, len(named), len(kept))
		}
		for i, n := range kept {
			if n.Key != named[i].Key || n.People != named[i].People || n.Topic != c.want[i] || n.Label != c.want[i] {
				t.Errorf("%q, %d people: %s is shown as %q, %d people; want %q", named[i].Topic, named[i].People, n.Key, n.Topic, n.People, c.want[i])
			}
		}
	}
}
