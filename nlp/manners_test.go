package nlp

import (
	"testing"

	"tribu/data"
	"tribu/nlp/lexicon"
)

func manners(t *testing.T) Manners {
	t.Helper()
	m, err := NewManners(lexicon.Own())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestInsults(t *testing.T) {
	m := manners(t)
	for text, want := range map[string]bool{
		"Stupid question: how do I read a file?":       false,
		"Ignorant of R, I ask.":                        false,
		"The dumb terminal does not work.":             false,
		"The jerky motion is back.":                    false,
		"It is a shame that it fails.":                 false,
		"A dumbbell and a scumble glaze.":              false,
		"You idiots!":                                  true,
		"Do patients have to get naked?":               true,
		"Sextants are fine, so is Essex.":              false,
		"Una visita senza essere nudi?":                true,
		"Alberi a radice nuda.":                        false,
		"They are so stupid.":                          true,
		"Shame on you, all of you.":                    true,
		"What a load of bullshit.":                     true,
		"Serve una cazzuola da muratore.":              false,
		"Domanda stupida: come leggo un file?":         false,
		"Il tentativo è fallito, mi vergogno un po'.":  false,
		"Sono ignorante in materia.":                   false,
		"Sono tutti dei ladri.":                        true,
		"Siete dei ladri!":                             true,
		"Noi siamo il futuro di questo stupido paese.": true,
		"VERGOGNA nessuno propone niente.":             true,
		"Che schifo.":                                  true,
		"Vergognatevi, buffoni.":                       true,
	} {
		if got := m.Insults(text); got != want {
			t.Errorf("%q insults: %v, want %v", text, got, want)
		}
	}
}

func TestTender(t *testing.T) {
	m := manners(t)
	for text, want := range map[string]bool{
		"religions": true, "Christian morality": true, "gun control": true, "the death penalty": true, "governo": true, "pena di morte": true, "funerali": true,
		"party": false, "a trial": false, "execution time": false, "dead battery": false, "una festa": false, "partito alle sette": false, "glue": false, "tomatoes": false,
	} {
		if got := m.Tender(text); got != want {
			t.Errorf("%q is tender: %v, want %v", text, got, want)
		}
	}
}

func TestActsBehind(t *testing.T) {
	m := manners(t)
	for _, c := range []struct {
		lang         data.Lang
		behind, word string
		want         bool
	}{
		{"it", "di", "partecipare", true}, {"it", "senza", "correre", true}, {"it", "a", "ritrovarsi", true}, {"it", "il", "quartiere", false},
		{"it", "questo", "cantiere", false}, {"it", "di", "lumache", false}, {"en", "of", "software", false}, {"de", "von", "wandern", false},
	} {
		if got := m.Acts(c.lang, c.behind, c.word); got != c.want {
			t.Errorf("%q behind %q in %s is an act: %v, want %v", c.word, c.behind, c.lang, got, c.want)
		}
	}
}
