package reports

import (
	"testing"

	"tribu/reports/measure/signs"
)

func TestTellingAnswer(t *testing.T) {
	book := signs.AnswersBook()
	const answer = "The weather here has been dreadful ever since the long weekend in May. Copper tape keeps slugs off the planters for a season. Did you try that on yours?"
	for _, c := range []struct {
		name, asked, want string
		met               bool
	}{
		{"what was asked", "How do I keep the planters free of slugs?", "Copper tape keeps slugs off the planters for a season.", true},
		{"nothing of it", "Is anybody selling seed potatoes?", "The weather here has been dreadful ever since the long weekend in May.", false},
		{"not known", "", "The weather here has been dreadful ever since the long weekend in May.", false},
	} {
		if got, met := telling(book, answer, c.asked); got != c.want || met != c.met {
			t.Errorf("%s: got %q, %v, want %q, %v", c.name, got, met, c.want, c.met)
		}
	}
	if got, met := telling(book, "My planters stand on the wall behind the old dairy. You should put copper tape around the rim.", "Where do the planters go?"); got != "You should put copper tape around the rim." || met {
		t.Errorf("beside a sentence that speaks of its writer, %q was chosen, %v", got, met)
	}
	if got, _ := telling(book, "My planters stand on the wall behind the old dairy.", "Where do the planters go?"); got != "" {
		t.Errorf("of its writer alone, %q was chosen", got)
	}
	if got, _ := telling(book, "And you should put copper tape around the planters.", "Where do the planters go?"); got != "" {
		t.Errorf("what leans on what was said before, %q, was chosen", got)
	}
	if got, _ := telling(book, "Did you try copper? Yes.", "copper"); got != "" {
		t.Errorf("a question and a word tell %q", got)
	}
}
