package tribes

import (
	"testing"

	"tribu/data"
)

// A word gives way to the phrase that accounts for it, and only to that.
func TestPhraseOf(t *testing.T) {
	parts := []part{
		{"mix", "mixed", 300, 20, 0}, {"mix model", "mixed models", 230, 14, 0}, {"mix bag", "mixed bag", 20, 9, 0}, {"trade", "trading", 119, 8, 0}, {"trade bot", "trading bot", 110, 1, 0},
	}
	for _, c := range []struct{ word, want string }{
		{"mixed", "mixed models"}, // as most of its people write it
		{"trading", "trading"},    // the phrase tells the group far less
	} {
		for _, p := range parts {
			if p.form != c.word {
				continue
			}
			if got := phraseOf(parts, p).form; got != c.want {
				t.Errorf("%q: got %q, want %q", c.word, got, c.want)
			}
		}
	}
}

func TestIsProper(t *testing.T) {
	for form, want := range map[string]bool{"Bivand": true, "ArcGIS": true, "GUI": false, "NULL": true, "lme4": false, "mixed model": false, "Brian Ripley": true, "": false} {
		if got := isProper(form); got != want {
			t.Errorf("%q: got %v, want %v", form, got, want)
		}
	}
}

// A word that stands once in every post of a form is no part of a name where others come again.
func TestRepeats(t *testing.T) {
	in := Input{authors: make([]data.AuthorID, 3), words: []string{"from", "timer", "valve"}}
	f := &former{in: in, members: [][]membership{{{author: 0}, {author: 1}, {author: 2}}}}
	for v := range 3 {
		f.in.posts = append(f.in.posts, post{author: uint32(v), features: []feature{{0, isTerm, 1}, {1, isTerm, 3}, {2, isTerm, 2}}})
	}
	teller := &teller{former: f, byAuthor: postsByAuthor(f.in), words: map[int][]distinct{0: {{word: 0}, {word: 1}, {word: 2}}}}
	shares, usual := teller.repeats(0)
	if shares[0] != 0 || shares[1] != 1 || usual != 1 {
		t.Errorf("got shares %v, usual %v, want 0, 1, 1 and usual 1", shares, usual)
	}
}
