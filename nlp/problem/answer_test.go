package problem

import (
	"testing"

	"tribu/data"
)

// Who answers that something fails explains it; who laments in an answer is one of many.
func TestAnswersThatExplainAreNoNeeds(t *testing.T) {
	for _, c := range []struct {
		rule   string
		quotes []string
		want   int
	}{
		{"en/complaint/fails", []string{"The kiln controller fails where the thermocouple is loose.", "A kiln controller fails when its thermocouple ages.", "Such a kiln controller fails without a thermocouple."}, 0},
		{"en/complaint/useless", []string{"The kiln controller is useless with its thermocouple.", "This kiln controller is useless and so is the thermocouple.", "A useless kiln controller, and a useless thermocouple."}, 3},
	} {
		var needs []data.NeedRow
		for i, quote := range c.quotes {
			n := say(i, "controller", "", quote)
			n.Type, n.Rule, n.Voice, n.Confidence = data.Complaint, c.rule, data.VoiceAside, .9
			needs = append(needs, n)
		}
		got := 0
		for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
			got = p.People
		}
		if got != c.want {
			t.Errorf("%s: answers make a problem of %d people, want %d", c.rule, got, c.want)
		}
	}
}

// A question of any kind is about what it names at once: whoever only mentions a thing does not look for it.
func TestMereQuestionsLookForWhatTheyNameAtOnce(t *testing.T) {
	var needs []data.NeedRow
	for i, q := range []struct{ rule, quote string }{
		{"en/seek/looking for a", "I am looking for a glaze recipe."}, {"en/seek/looking for a", "We are looking for a glaze recipe too."},
		{"en/seek/looking for a", "Still looking for a glaze recipe."}, {"en/seek/looking for a", "Looking for a glaze recipe here."},
		{"en/seek/looking for a", "My class is looking for a glaze recipe."}, {"en/seek/looking for a", "Always looking for a glaze recipe."},
		{"en/seek/looking for a", "Now looking for a glaze recipe."}, {"en/ask/is there", "Is there a glaze recipe around?"},
		{"en/ask/can i", "Can I fire without the glaze recipe?"},
	} {
		n := say(i, "recipe", "", q.quote)
		if n.Rule, n.Type = q.rule, data.Recommendation; i > 6 {
			n.Type = data.HowTo
		}
		needs = append(needs, n)
	}
	var got []string
	for _, p := range Group(needsOf(append(needs, planters()...)), Config{Words: wording(t)}) {
		if p.Phrases[data.LangEN] == "find a glaze recipe" {
			for _, m := range p.Members {
				got = append(got, append(needs, planters()...)[m].Quote)
			}
		}
	}
	if len(got) != 8 {
		t.Errorf("a glaze recipe is looked for by %q, want all but who only mentions it", got)
	}
}
