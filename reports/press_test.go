package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// Where names are typed by hand, a name that tells whence a text is stands for nobody's own voice.
func TestRelays(t *testing.T) {
	authors := make(map[data.AuthorID]data.Author)
	at := func(source, name string) data.AuthorID {
		id := data.NewAuthorID(source, name)
		authors[id] = data.Author{Source: source, Name: name}
		return id
	}
	for _, name := range []string{"Ugo", "ugo", "UGO", "Lea R", "lea r."} {
		at("village", name)
	}
	want := map[data.AuthorID]bool{
		at("village", "da La Voce del Lago"): true, at("village", "la voce del lago"): true, at("village", "dal sito ValleNotizie.it"): true,
		at("village", "Valle Notizie"): true, at("village", "http://mio.diario.com"): true, at("village", "articolo su La Piazza"): true, at("village", "from The Lake Post"): true,
		at("village", "Da Silva"): false, at("village", "da silva"): false, at("village", "ugo@lago.it"): false, at("village", "Nonna Pina"): false, at("village", "P.it"): false,
		at("club", "da Il Lido"): false, at("club", "Lido.it"): false,
	}
	b, err := newBuilder(View{Story: data.Story{Authors: authors}, Figures: figures.Count(data.Story{Authors: authors}, figures.Params{})}, data.LangIT)
	if err != nil {
		t.Fatal(err)
	}
	for id, relays := range want {
		if got := b.relays(id); got != relays || b.problem != nil {
			t.Errorf("%s of %s: %v, want %v (%v)", authors[id].Name, authors[id].Source, got, relays, b.problem)
		}
	}
}
