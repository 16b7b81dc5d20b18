package nlp

import (
	"testing"
	"time"

	"tribu/data"
	"tribu/nlp/lexicon"

	"github.com/google/go-cmp/cmp"
)

func TestExpectation(t *testing.T) {
	g := ownGrammar(t)
	for text, want := range map[string]time.Duration{
		"I want an answer within a day.":          24 * time.Hour,
		"Please reply within 24 hours":            24 * time.Hour,
		"it should be delivered in two weeks":     14 * 24 * time.Hour,
		"Vorrei una risposta entro 24 ore.":       24 * time.Hour,
		"Spero che lo sistemiate entro un giorno": 24 * time.Hour,
		"Rispondono in meno di mezz'ora":          30 * time.Minute,
		"I waited two weeks":                      0,
		"Ho 24 anni":                              0,
	} {
		d := read(data.Post{Body: text})
		g.mark(d)
		if got := g.expectation(d, &d.sentences[0]); got != want {
			t.Errorf("expectation of %q = %v, want %v", text, got, want)
		}
	}
}

func TestIncrement(t *testing.T) {
	g := ownGrammar(t)
	for text, want := range map[string]*data.Increment{
		"It should arrive two days faster":      {Kind: "time", Value: 2, Unit: "days"},
		"I paid half the price":                 {Kind: "money", Value: 0.5, Unit: "price"},
		"Vorrei risparmiare 20 euro":            {Kind: "money", Value: 20, Unit: "euro"},
		"Give us three more options":            nil,
		"Non si è rotto nulla":                  {Kind: "integrity"},
		"Nothing broke on the way":              {Kind: "integrity"},
		"L'ho preso a metà prezzo":              {Kind: "money", Value: 0.5, Unit: "price"},
		"It takes 5 clicks less than last year": {Kind: "ease", Value: 5, Unit: "clicks"},
		"I have two dogs":                       nil,
	} {
		d := read(data.Post{Body: text})
		g.mark(d)
		if diff := cmp.Diff(want, g.incrementOf(d, &d.sentences[0])); diff != "" {
			t.Errorf("increment of %q (-want +got):\n%s", text, diff)
		}
	}
}

func TestFacetsAreReadFromBothSides(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		text string
		want data.Facet
	}{
		{"I am fed up, the refund takes forever.", data.Facet{Name: "Speed", Direction: -1}},
		{"Please make delivery fast.", data.Facet{Name: "Speed", Direction: 0}},
		{"Il rimborso ci mette una vita, che vergogna.", data.Facet{Name: "Speed", Direction: -1}},
		{"I am disgusted, nobody cares about us.", data.Facet{Name: "Recognition", Direction: -1}},
		{"È una vergogna, nessuno ci ascolta.", data.Facet{Name: "Recognition", Direction: -1}},
		{"La pompa funziona benissimo al primo colpo.", data.Facet{Name: "FirstTimeFix", Direction: 1}},
	} {
		got, err := a.Analyze(data.Post{Body: c.text})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, n := range got.Needs {
			for _, f := range n.Facets {
				found = found || f == c.want
			}
		}
		if !found {
			t.Errorf("needs of %q = %+v, want facet %+v", c.text, got.Needs, c.want)
		}
	}
}

func TestMotivesAndVoice(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		text, motive, voice string
	}{
		{"Nobody gives us credit for cleaning the beds.", "recognition", "person"},
		{"Nessuno ci ascolta, nemmeno un grazie.", "recognition", "person"},
		{"You put into words what I felt about the council.", "voice", "person"},
		{"Il mio sogno è un orto tutto mio.", "dream", "person"},
		{"We were the first to grow peppers up here.", "pioneering", "person"},
		{"Qui mi sento a casa, siamo una famiglia.", "belonging", "person"},
		{"As a company we need a faster delivery for our customers.", "", "role"},
	} {
		got, err := a.Analyze(data.Post{Body: c.text})
		if err != nil || len(got.Needs) == 0 {
			t.Errorf("needs of %q = %v, %v; want one", c.text, got.Needs, err)
			continue
		}
		n := got.Needs[0]
		motive := ""
		if len(n.Motives) > 0 {
			motive = n.Motives[0]
		}
		if motive != c.motive || n.Voice != c.voice {
			t.Errorf("%q: motive %q and voice %q, want %q and %q", c.text, motive, n.Voice, c.motive, c.voice)
		}
	}
}

func ownGrammar(t *testing.T) *grammar {
	t.Helper()
	w, err := wordsIn(lexicon.Own())
	if err != nil {
		t.Fatal(err)
	}
	g, err := newGrammar(w)
	if err != nil {
		t.Fatal(err)
	}
	return g
}
