package nlp

import (
	"strings"
	"testing"

	"tribu/data"
)

func TestRids(t *testing.T) {
	w, err := NewWording(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lang     data.Lang
		sentence string
		want     string // things and how, in their order
	}{
		{data.LangEN, "How can I keep the herons off our pond?", "herons keep ~ off"},
		{data.LangEN, "I keep herons in a shed.", ""},
		{data.LangEN, "We cannot get rid of those garden moles", "moles get rid of ~"},
		{data.LangEN, "Nobody stops the moles digging.", "moles stop ~"},
		{data.LangEN, "Nobody stops the moles.", ""},
		{data.LangEN, "I want a mole trap", "mole ~ trap"},
		{data.LangIT, "Come si tiene lontana la talpa?", "talpa tiene lontana ~"},
		{data.LangIT, "Tengo la talpa in giardino.", ""},
		{data.LangIT, "Cerco un rimedio contro le talpe", "talpe rimedio contro ~"},
	} {
		words, all := w.Words(c.lang, c.sentence)
		var got []string
		for _, r := range w.Rids(c.lang, words, all) {
			got = append(got, r.Thing.Form+" "+r.Text)
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%q: be rid of %q, want %q", c.sentence, s, c.want)
		}
	}
}

// A name never says the contrary of what somebody wants: who would keep moles out does not keep moles.
func TestShortsKeepWhatTheyAreRidBy(t *testing.T) {
	w, err := NewWording(Config{})
	if err != nil {
		t.Fatal(err)
	}
	n := &data.Need{Type: data.HowTo, Object: "mole", Quote: "How do I keep moles out of the lawn?", Rule: "en/howto/how do i", Lang: data.LangEN}
	out := false
	for _, s := range w.Shorts(n) {
		if s.Text == "keep moles" {
			t.Errorf("%q is shortened to %q", n.Quote, s.Text)
		}
		out = out || s.Text == "keep moles out"
	}
	if !out {
		t.Errorf("%q is not shortened to %q: %+v", n.Quote, "keep moles out", w.Shorts(n))
	}
}
