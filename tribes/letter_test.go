package tribes

import (
	"testing"

	"tribu/data"
)

// TestLetters: the largest tribe is A, however large the groups are that are none.
func TestLetters(t *testing.T) {
	groups := []data.Tribe{{Name: "village", Kind: data.KindClique}, {Name: "runners", Kind: data.KindTribe}, {Name: "news", Kind: data.KindCrowd}, {Name: "cyclists", Kind: data.KindTribe}}
	letterAll(groups)
	got := ""
	for _, g := range groups {
		got += g.Letter + " " + g.Name + " "
	}
	if want := "C village A runners D news B cyclists "; got != want {
		t.Errorf("letters %q, want %q", got, want)
	}
}
