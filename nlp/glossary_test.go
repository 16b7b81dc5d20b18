package nlp

import (
	"testing"
	"testing/fstest"

	"tribu/data"
	"tribu/nlp/lexicon"
)

func TestGlossary(t *testing.T) {
	own, err := NewGlossary(lexicon.Own())
	if err != nil {
		t.Fatal(err)
	}
	third, err := NewGlossary(lexicon.In(fstest.MapFS{
		"it/gloss.txt": {Data: []byte("lumaca\tslug\nchiocciola\tslug\nlavatrice\twashing machine\nbar\tbar\n")},
		"es/gloss.txt": {Data: []byte("babosa\tslug\n")},
		"en/stop.txt":  {Data: []byte("the\n")}}))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in       Glossary
		word     string
		from, to data.Lang
		want     string
	}{
		{own, "ombra", data.LangIT, data.LangEN, "shade"},
		{own, "Foglie", data.LangIT, data.LangEN, "leaves"},
		{own, "università", data.LangIT, data.LangEN, "university"},
		{own, "slugs", data.LangEN, data.LangIT, "lumache"},
		{own, "modem", data.LangIT, data.LangEN, ""},
		{own, "turni", data.LangIT, data.LangEN, ""}, // of work, of watering: it has two senses
		{third, "chiocciole", data.LangIT, data.LangEN, "slugs"},
		{third, "slug", data.LangEN, data.LangIT, "lumaca"},
		{third, "washing machines", data.LangEN, data.LangIT, "lavatrici"},
		{third, "babosa", "es", data.LangIT, "lumaca"},
		{third, "bar", data.LangIT, data.LangEN, ""},
		{third, "lumaca", data.LangIT, "fr", ""},
	} {
		if got := c.in.In(c.word, c.from, c.to); got != c.want {
			t.Errorf("%q of %s in %s: got %q, want %q", c.word, c.from, c.to, got, c.want)
		}
	}
	if _, err := NewGlossary(lexicon.In(fstest.MapFS{"it/gloss.txt": {Data: []byte("lumaca\n")}})); err == nil {
		t.Error("a word without what it means: got no error")
	}
}
