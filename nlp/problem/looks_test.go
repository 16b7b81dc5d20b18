package problem

import (
	"sync/atomic"
	"testing"

	"tribu/data"
)

// Whoever asks for a thing to be sent looks for it, however many words lead there; who asks what to do with it does not.
func TestLooksForWhatIsAskedFor(t *testing.T) {
	for quote, want := range map[string]bool{
		"Could somebody mail me a printed catalogue?":       true,
		"Could anyone e-mail me the decent old catalogue?":  true,
		"Can anyone help me to read the catalogue?":         false,
		"Could somebody tell me what the catalogue is for?": false,
	} {
		n := say(1, "catalogue", "", quote)
		n.Rule = "en/ask/can anyone"
		if quote[:5] == "Could" {
			n.Rule = "en/ask/^ could"
		}
		g := &grouping{needs: []Need{NeedOf(n)}, config: Config{Words: wording(t)}, number: map[string]uint32{}, breaths: make([]atomic.Pointer[breath], 1)}
		g.feature("-")
		g.voices = []voice{{need: 0, head: g.feature(stemName(data.LangEN, "catalogu"))}}
		if got := g.looks(0); got != want {
			t.Errorf("%q looks for the catalogue: %t, want %t", quote, got, want)
		}
	}
}
