package nlp

import (
	"strings"
	"testing"

	"tribu/data"
)

func wording(t testing.TB) *Wording {
	t.Helper()
	w, err := NewWording(Config{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestDoes(t *testing.T) {
	w := wording(t)
	for _, c := range []struct {
		lang data.Lang
		word string
		role Role
		want bool
	}{
		{data.LangIT, "era", States, true},
		{data.LangEN, "era", States, false},
		{data.LangUnd, "era", States, true},
		{data.LangEN, "or", Or, true},
		{data.LangIT, "or", Or, false},
		{data.LangIT, "è", States, true},
	} {
		if got := w.Does(c.lang, c.word, c.role); got != c.want {
			t.Errorf("%s %q does it: %t, want %t", c.lang, c.word, got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	w, err := NewWording(Config{Concepts: map[string][]string{"wormery": {"can-o-worms"}}})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		lang     data.Lang
		sentence string
		want     string
	}{
		{data.LangEN, "Where can I buy tomato seeds?", "to buy, tomatoes, seeds"},
		{data.LangIT, "Dove compro i semi di pomodoro?", "to buy, seeds, tomatoes"},
		{data.LangEN, "The slugs ate my lettuce.", "slugs, to eat, salad"},
		{data.LangIT, "Le lumache mi hanno mangiato l'insalata.", "slugs, to eat, salad"},
		{data.LangEN, "My video card is too noisy, see http://x.example/driver", "graphics-card, to noisy"},
		{data.LangEN, "Can-O-Worms leaks 12 times a day", "wormery, to leak"},
		{data.LangIT, "", ""},
	}
	for _, test := range tests {
		words, _ := w.Words(test.lang, test.sentence)
		var got []string
		for _, word := range words {
			if word.Shared != "" {
				got = append(got, word.Shared)
			} else {
				got = append(got, word.Stem)
			}
		}
		if s := strings.Join(got, ", "); s != test.want {
			t.Errorf("words of %q = %q, want %q", test.sentence, s, test.want)
		}
	}
}
