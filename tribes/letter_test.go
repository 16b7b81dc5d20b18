package tribes

import (
	"slices"
	"strings"
	"testing"

	"tribu/data"
)

// TestLettersAtBirth: the largest tribe is A, however large the groups are that are none; past Z there are two letters.
func TestLettersAtBirth(t *testing.T) {
	groups := []data.Tribe{{Name: "village", Kind: data.KindClique}, {Name: "runners", Kind: data.KindTribe}, {Name: "news", Kind: data.KindCrowd}, {Name: "cyclists", Kind: data.KindTribe}}
	new(priorRun).letterAll(groups, nil)
	if got, want := lettersOf(groups), "village C, runners A, news D, cyclists B"; got != want {
		t.Errorf("letters %q, want %q", got, want)
	}
	many := make([]data.Tribe, 28)
	new(priorRun).letterAll(many, nil)
	if got, want := many[25].Letter+" "+many[26].Letter+" "+many[27].Letter, "Z AA AB"; got != want {
		t.Errorf("letters past the 25th %q, want %q", got, want)
	}
}

func lettersOf(tribes []data.Tribe) string {
	var out []string
	for _, t := range tribes {
		out = append(out, t.Name+" "+t.Letter)
	}
	return strings.Join(out, ", ")
}

// TestLettersStay: whatever the sizes, a tribe has its letter as long as it lives, and one that is gone leaves its to
// nobody before a report of eight weeks has forgotten it.
func TestLettersStay(t *testing.T) {
	weeks := []struct{ lives, want string }{ // by size
		{"bread pots seeds", "bread A, pots B, seeds C"},
		{"seeds pots bread", "seeds C, pots B, bread A"},
		{"seeds slugs bread worms", "seeds C, slugs D, bread A, worms E"},
		{"bread slugs", "bread A, slugs D"},
		{"bread light slugs", "bread A, light F, slugs D"},
	}
	var parent data.RunRecord
	var before []string
	for week := range 14 {
		lives, want := "bread light slugs", "bread A, light F, slugs D"
		if week < len(weeks) {
			lives, want = weeks[week].lives, weeks[week].want
		}
		switch week {
		case 9: // a report of eight weeks shows pots no more, but seeds and worms
			lives, want = "bread light slugs mesh", "bread A, light F, slugs D, mesh B"
		case 10, 11, 12, 13:
			lives, want = "mesh bread light slugs key", "mesh B, bread A, light F, slugs D, key C"
		}
		var prior *priorRun
		if week > 0 {
			prior = &priorRun{tribes: parent.Tribes, awake: len(parent.Tribes), rests: parent.Worn}
		}
		names := strings.Fields(lives)
		tribes, heirs := make([]data.Tribe, len(names)), make([]int, len(before))
		for i, name := range names {
			tribes[i].Name = name
		}
		for from, name := range before {
			heirs[from] = slices.Index(names, name)
		}
		if prior == nil {
			new(priorRun).letterAll(tribes, heirs)
		} else {
			prior.letterAll(tribes, heirs)
		}
		if got := lettersOf(tribes); got != want {
			t.Fatalf("week %d: %q, want %q; at rest %v", week, got, want, parent.Worn)
		}
		parent.Worn, parent.Tribes, before = prior.worn(tribes), tribes, names
	}
}
