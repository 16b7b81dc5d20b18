package reports

import "testing"

func TestTellingAnswer(t *testing.T) {
	const answer = "The weather here has been dreadful ever since the long weekend in May. Copper tape keeps slugs off the planters for a season. Did you try that on yours?"
	for _, c := range []struct {
		name, asked, want string
		met               bool
	}{
		{"what was asked", "How do I keep the planters free of slugs?", "Copper tape keeps slugs off the planters for a season.", true},
		{"nothing of it", "Is anybody selling seed potatoes?", "The weather here has been dreadful ever since the long weekend in May.", false},
		{"not known", "", "The weather here has been dreadful ever since the long weekend in May.", false},
	} {
		if got, met := telling(answer, c.asked); got != c.want || met != c.met {
			t.Errorf("%s: got %q, %v, want %q, %v", c.name, got, met, c.want, c.met)
		}
	}
	if got, _ := telling("Did you try copper? Yes.", "copper"); got != "" {
		t.Errorf("a question and a word tell %q", got)
	}
}
