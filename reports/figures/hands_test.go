package figures

import (
	"testing"

	"tribu/data"
)

func TestMayBeOne(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Pia R.", "pia.r", true}, {"Rossi Pia", "pia rossi", true}, {"pia", "Pia Rossi", true}, {"P. Rossi", "Pia Rossi", true}, {"fra b.", "Franca Brun", true},
		{"pia", "pina", false}, {"Pia Rossi", "Pia Russo", false}, {"p.", "Pia", false}, {"Anna", "Annalisa", false}, {"Il vicino", "La vicina", false},
	} {
		if got := mayBeOne(plainParts(c.a), plainParts(c.b)); got != c.want {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
		if got := mayBeOne(plainParts(c.b), plainParts(c.a)); got != c.want {
			t.Errorf("%q and %q: %v, want %v", c.b, c.a, got, c.want)
		}
	}
}

// People count once for a need where names are typed by hand and may be one, or where they repeat each other.
func TestHandsCountOnce(t *testing.T) {
	id := func(s string) data.AuthorID { return data.NewAuthorID("village", s) }
	typed := []string{"Pia R.", "pia r", "PIA R", "Ugo", "ugo", "Lea", "Tino"}
	accounts := []string{"Gina Bo", "Gina B", "Elio", "Rosa"}
	authors := make(map[data.AuthorID]data.Author)
	for _, name := range typed {
		authors[id(name)] = data.Author{Source: "village", Name: name}
	}
	for _, name := range accounts {
		authors[id(name)] = data.Author{Source: "club", Name: name}
	}
	h := handsOf(authors)
	const long = "The evening bus leaves before the train from the city is in"
	for _, c := range []struct {
		a, b, said, told string
		want             bool
	}{
		{"Pia R.", "PIA R", "no bus", "no train", true},
		{"Pia R.", "Ugo", "no bus", "no train", false},
		{"Lea", "Tino", long + ", again.", "Again: " + long, true},
		{"Gina Bo", "Gina B", "no bus", "no bus", false},
		{"Elio", "Rosa", long, long, false},
		{"Elio", "Elio", long, "no bus", true},
	} {
		if got := h.one(id(c.a), id(c.b), c.said, c.told); got != c.want {
			t.Errorf("%s and %s: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}
