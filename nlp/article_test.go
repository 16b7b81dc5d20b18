package nlp

import (
	"testing"

	"tribu/data"
)

// What a language has for articles and for getting a thing stands in its lists.
func TestArticlesAndGetting(t *testing.T) {
	w, err := NewWording(Config{})
	if err != nil {
		t.Fatal(err)
	}
	if en, it := w.The(data.LangEN), w.The(data.LangIT); en != "the" || it != "" {
		t.Errorf("a certain thing has %q in English, %q in Italian, want the and none", en, it)
	}
	for word, want := range map[string]bool{"a": true, "an": true, "the": false, "my": false} {
		if got := w.Indefinite(data.LangEN, word); got != want {
			t.Errorf("%q says one of several: %t, want %t", word, got, want)
		}
	}
	for verb, want := range map[string][2]bool{"borrow": {true, true}, "find": {true, false}, "paint": {false, false}} {
		id := w.Deed(data.LangEN, verb)
		if got := [2]bool{w.Gets(id), w.Trades(id)}; got != want {
			t.Errorf("to %s gets, trades: %v, want %v", verb, got, want)
		}
	}
}
