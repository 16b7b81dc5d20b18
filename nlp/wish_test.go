package nlp

import (
	"slices"
	"testing"

	"tribu/data"
)

// TestWishesToDo hears what somebody would do about a thing of their own, or for want of one, and not what they are about to do.
func TestWishesToDo(t *testing.T) {
	a, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"I need to keep the herons off our pond.":           true,
		"I want to get rid of the woodworm without fumes.":  true,
		"We need to borrow a ladder by Thursday.":           true,
		"I also need to find someone with a trailer.":       true,
		"All I want is a bench by the river.":               true,
		"I need to keep in mind that the library is shut.":  false,
		"I want to stop by on Friday.":                      false,
		"I need to go to the bakery.":                       false,
		"We want to keep the discussion about bread.":       false,
		"I need to find out who the treasurer of it is.":    false,
		"He wanted to get rid of the fence, which was his.": false,
	} {
		an, err := a.Analyze(data.Post{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.ContainsFunc(an.Needs, func(n data.Need) bool { return n.Type == data.Wish }); got != want {
			t.Errorf("%q: wish %v, want %v", text, got, want)
		}
	}
}
