package nlp

import (
	"strings"
	"testing"

	"tribu/data"
)

// Where a page lost its accents a question mark stands for them: nobody asks there.
func TestLostAccentsAreNoQuestions(t *testing.T) {
	for _, c := range []struct {
		text string
		want string // keys, sentences parted by |
	}{
		{"Si pu? fare di pi? qui.", "si puo fare di piu qui ."},
		{"Quando c'? il sole vado.", "quando c ' è il sole vado ."},
		{"Non so perch? la velocit? cala.", "non so perche la velocita cala ."},
		{"Sempre di pi? Ci vuole altro.", "sempre di piu | ci vuole altro ."},
		{"Chi ha vinto? tutti.", "chi ha vinto ? | tutti ."},
		{"Did you visit? i did.", "did you visit ? | i did ."},
	} {
		d := read(data.Post{Body: c.text})
		var all []string
		for i, x := range d.sentences {
			if i > 0 {
				all = append(all, "|")
			}
			for _, tok := range d.tokens[x.from:x.to] {
				all = append(all, tok.key)
			}
		}
		if got := strings.Join(all, " "); got != c.want {
			t.Errorf("%q is read as %q, want %q", c.text, got, c.want)
		}
	}
}
