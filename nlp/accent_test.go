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

// Elsewhere a question mark behind such a word is one.
func TestOnlyItalianLostAccents(t *testing.T) {
	a := analyzer(t)
	for _, text := range []string{
		"What is the value of pi? thanks",
		"Is there a manual for the raspberry pi? i need one",
		"Has anyone tried the new pi? i did",
	} {
		out, err := a.Analyze(data.Post{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		plain, err := a.Analyze(data.Post{Body: strings.Replace(text, "?", " ?", 1)})
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Needs) != len(plain.Needs) {
			t.Errorf("%q voices %v, want %v", text, out.Needs, plain.Needs)
			continue
		}
		for i, n := range out.Needs {
			if want := plain.Needs[i]; n.Type != want.Type || n.Object != want.Object {
				t.Errorf("%q voices %s of %q, want %s of %q", text, n.Type, n.Object, want.Type, want.Object)
			}
		}
	}
}
