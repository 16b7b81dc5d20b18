package problem

import (
	"fmt"
	"slices"
	"testing"

	"tribu/data"
	"tribu/nlp"
)

// A problem holds those who say what it is called, as their own need: not who has what they name beside
// it, who had no trouble with it, or who tells another what to do.
func TestMembersSayTheName(t *testing.T) {
	a, err := nlp.New(nlp.Config{})
	if err != nil {
		t.Fatal(err)
	}
	saying := []string{
		"I cannot install the package on my laptop.", "How do I install the package from source?", "I would like to install the package at home.",
		"I am having trouble installing the package.", "Is there a way to install an older package?", "How can I install a package without the network?",
		"I get an error when I try to install the package.", "I can't install the package any more.",
	}
	others := []string{
		"I installed the package without a problem.",
		"After the upgrade the package I installed draws no error bars.",
	}
	needs := planters()
	kind := map[string]bool{}
	for i, text := range append(append([]string{}, saying...), others...) {
		for _, row := range hear(t, a, fmt.Sprintf("install/%d", i), text) {
			if row.Rule != "" {
				needs = append(needs, row)
				kind[row.Quote] = i < len(saying)
			}
		}
	}
	in := map[string]bool{}
	for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
		if p.Phrases["und"] == "install the package" {
			for _, m := range p.Members {
				in[needs[m].Quote] = true
			}
		}
	}
	for quote, want := range kind {
		if in[quote] != want {
			t.Errorf("%q is in \"install the package\": %t, want %t", quote, in[quote], want)
		}
	}
}

// What a name says is done must be done by whoever has the need: a guard for a plant plants nothing.
func TestWhatIsDoneIsDone(t *testing.T) {
	a, err := nlp.New(nlp.Config{})
	if err != nil {
		t.Fatal(err)
	}
	needs, stranger := planters(), ""
	for i, text := range []string{
		"I'm looking for someone to plant my hedge.", "My back hurts and I need someone to plant my hedge.", "I also need someone to plant my hedge.",
		"I'm looking for someone to plant the hedge this autumn.", "Has anybody tried the hedge with a plant guard?",
	} {
		for _, row := range hear(t, a, fmt.Sprintf("hedge/%d", i), text) {
			if row.Rule != "" {
				needs, stranger = append(needs, row), row.Quote
			}
		}
	}
	for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
		if p.Phrases["und"] != "someone to plant my hedge" {
			continue
		}
		if p.People != 4 {
			t.Errorf("%d people look for someone to plant their hedge, want 4", p.People)
		}
		for _, m := range p.Members {
			if needs[m].Quote == stranger {
				t.Errorf("%q is one of them", stranger)
			}
		}
		return
	}
	t.Error("nobody looks for someone to plant their hedge")
}

// Who but complain to each other in one conversation that none of them began debate, and so do they where one does
// elsewhere; where several do they have a need.
func TestDebatesAreNoNeeds(t *testing.T) {
	for elsewhere, want := range []bool{false, false, true, true} {
		needs := planters()
		for i, quote := range []string{"This makes the harvest look absurd.", "Nothing makes a harvest look absurd but a king.", "You make the harvest look absurd yourself.", "It makes the harvest look absurd to me."} {
			n := say(300+i, "harvest", "", quote)
			n.Type, n.Rule = data.Complaint, "en/complaint/absurd"
			if i >= elsewhere {
				n.Thread = data.NewThreadID("t", "harvest")
			}
			needs = append(needs, n)
		}
		found := slices.ContainsFunc(Group(needsOf(needs), Config{Words: wording(t)}), func(p Problem) bool { return needs[p.Members[0]].Object == "harvest" })
		if found != want {
			t.Errorf("complaints of four in one conversation, %d of them elsewhere, make a problem: %t, want %t", elsewhere, found, want)
		}
	}
}
