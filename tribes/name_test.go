package tribes

import (
	"slices"
	"testing"

	"tribu/data"
)

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

// A phrase comes again as often as that of its words which does so least; a word that the group does
// not use says nothing.
func TestComesAgain(t *testing.T) {
	teller := &teller{former: &former{in: Input{words: []string{"apple", "apple tree", "olive press", "tree", "zoo"}}}}
	repeats := map[uint32]float64{0: 0.4, 1: 0.5, 2: 0.5, 3: 0.2, 4: 0.001}
	for word, want := range map[string]float64{"apple tree": 0.2, "olive press": 0.5, "zoo": 0.001} {
		at := uint32(slices.Index(teller.in.words, word))
		if got := teller.comesAgain(at, repeats); got != want {
			t.Errorf("%q of %v: got %v, want %v", word, teller.in.words, got, want)
		}
	}
}
