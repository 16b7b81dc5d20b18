package tribes

import "testing"

// A word gives way to the phrase that accounts for it, and only to that.
func TestPhraseOf(t *testing.T) {
	parts := []part{
		{"mixed", 300, 20}, {"mixed model", 230, 14}, {"mixed bag", 20, 9}, {"trading", 119, 8}, {"trading bot", 110, 1},
	}
	for _, c := range []struct{ word, want string }{
		{"mixed", "mixed model"}, // as most of its people write it
		{"trading", "trading"},   // the phrase tells the group far less
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
	for form, want := range map[string]bool{"Bivand": true, "ArcGIS": true, "GUI": false, "lme4": false, "mixed model": false, "Brian Ripley": true, "": false} {
		if got := isProper(form); got != want {
			t.Errorf("%q: got %v, want %v", form, got, want)
		}
	}
}
