package nlp

import (
	"slices"
	"testing"

	"tribu/data"
)

// TestWishesToDo hears what somebody would do about a thing of their own, or for want of one, what they miss and would
// have made better, and not what they are about to do.
func TestWishesToDo(t *testing.T) {
	a, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"I need to keep the herons off our pond.":             true,
		"I want to get rid of the woodworm without fumes.":    true,
		"We need to borrow a ladder by Thursday.":             true,
		"I also need to find someone with a trailer.":         true,
		"All I want is a bench by the river.":                 true,
		"I need a second lock, because the first one sticks.": true,
		"We want more bins, because the foxes empty ours.":    true,
		"A ramp at the side door would be much more useful.":  true,
		"We badly miss a tram to the harbour.":                true,
		"Either open the gate or give us a bell.":             true,
		"I miss a lot when the ferry is late.":                false,
		"It is not possible to see the sea from here.":        false,
		"I need to keep in mind that the library is shut.":    false,
		"I want to stop by on Friday.":                        false,
		"I need to go to the bakery.":                         false,
		"We want to keep the discussion about bread.":         false,
		"I need to find out who the treasurer of it is.":      false,
		"He wanted to get rid of the fence, which was his.":   false,
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
