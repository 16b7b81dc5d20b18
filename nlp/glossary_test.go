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
		{own, "lupi", data.LangIT, data.LangEN, "wolves"},
		{own, "lupo", data.LangIT, data.LangEN, "wolf"},
		{own, "amici", data.LangIT, data.LangEN, "friends"},
		{own, "fichi", data.LangIT, data.LangEN, "figs"},
		{own, "spiagge", data.LangIT, data.LangEN, "beaches"},
		{own, "verdi", data.LangIT, data.LangEN, "green"},
		{own, "seminare", data.LangIT, data.LangEN, "sow"},
		{own, "wolves", data.LangEN, data.LangIT, "lupi"},
		{own, "beaches", data.LangEN, data.LangIT, "spiagge"},
		{own, "neighbors", data.LangEN, data.LangIT, "vicini"},
		{own, "truck", data.LangEN, data.LangIT, "camion"},
		{own, "bread", data.LangEN, data.LangIT, "pane"},
		{own, "spring", data.LangEN, data.LangIT, ""}, // of the year, of water, of a bed
		{own, "primavera", data.LangIT, data.LangEN, "spring"},
	} {
		if got := c.in.In(c.word, c.from, c.to); got != c.want {
			t.Errorf("%q of %s in %s: got %q, want %q", c.word, c.from, c.to, got, c.want)
		}
	}
	if _, err := NewGlossary(lexicon.In(fstest.MapFS{"it/gloss.txt": {Data: []byte("lumaca\n")}})); err == nil {
		t.Error("a word without what it means: got no error")
	}
}

// TestGlossaryNames: a name of several words is said in the other language where all of them are known.
func TestGlossaryNames(t *testing.T) {
	g, err := NewGlossary(lexicon.Own())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to data.Lang }{{data.LangIT, data.LangEN}, {data.LangEN, data.LangIT}} {
		for name, want := range map[data.Lang]map[string]string{
			data.LangIT: {
				"Foglie gialle sul basilico": "yellow leaves on the basil", "mobili usati": "used furniture", "finestre rotte": "broken windows",
				"nuova pista ciclabile": "new cycle path", "biscotti fatti in casa": "biscuits made in house", "piante coltivate in vaso": "plants grown in pot", "gatti e cani": "cats and dogs", "raccolta rifiuti": "waste collection",
				"scarpe da montagna": "mountain shoes", "stufa a legna": "firewood stove", "chiavi dell'ufficio": "keys of the office", "mal di schiena": "back pain",
				"olio d’oliva": "olive oil", "verde pubblico": "public green space", "zuppa zztop": "", "sul tetto": "on the roof", "tetto del": "", "di": "", "da corsa": "",
				"dipingere una porta": "paint a door", "annaffiare l'orto": "water the vegetable garden", "un'ombra": "a shade", "una cipolla": "an onion", "cercare": "look for",
				"freddo inverno": "cold winter", "pane senza": "", "pane senza glutine": "bread without gluten", "bello": "beautiful",
			},
			data.LangEN: {
				"wooden spoons": "", "bread ovens": "", "bicycle lights": "", "fruit fly trap": "trappola per moscerini della frutta", "bird cages": "gabbie per uccelli", "plastic bag": "",
				"bicycle thefts": "furti di biciclette", "water consumption": "consumo idrico", "cannot open the file": "non riesco ad aprire il file",
				"unable to read a file": "non riuscire a leggere un file", "unable to frobnicate": "", "unable to": "", "cannot access": "", "keep slugs off lettuce": "tenere lumache lontano da lattuga", "keep rats out of the garden": "tenere ratti fuori dal giardino",
				"an answer from the council": "una risposta da parte del comune", "somewhere to sleep": "un posto dove dormire", "out of": "", "help with the function call": "aiuto con la chiamata di funzione", "yellow leaves": "foglie gialle", "broken doors": "porte rotte",
				"new problems": "problemi nuovi", "new doors": "porte nuove", "cats and dogs": "gatti e cani", "leaves on the roof": "foglie sul tetto", "and dogs": "", "dogs and": "",
				"open the doors": "aprire le porte", "paint a door": "dipingere una porta", "look for the cats of a neighbour": "cercare i gatti di un vicino", "a neighbours": "",
				"a house of the friends": "una casa degli amici", "the roof in the town": "il tetto nella città", "the data": "i dati", "buy the onions": "comprare le cipolle", "an island": "un'isola",
				"run the program": "", "save the seeds": "", "plant pots": "", "plant the onions": "piantare le cipolle", "the a door": "", "open": "aperto", "the mirror": "lo specchio",
				"hard disks": "dischi fissi", "firearms": "armi da fuoco", "for sale": "in vendita", "red bicycle lights": "", "the": "", "back pain": "mal di schiena", "swapped": "scambiato",
			},
		}[c.from] {
			if got := g.In(name, c.from, c.to); got != want {
				t.Errorf("%q of %s: got %q, want %q", name, c.from, got, want)
			}
		}
	}
}

// TestItalianEndings forms plurals and what goes with a noun.
func TestItalianEndings(t *testing.T) {
	for word, want := range map[string]string{
		"gatto": "gatti", "zio": "zi", "medico": "medici", "parco": "parchi", "geologo": "geologi", "lago": "laghi", "banca": "banche", "pioggia": "piogge",
		"farmacia": "farmacie", "valigia": "valigie", "fiore": "fiori", "città": "città", "serie": "serie", "bar": "bar", "tè": "tè",
	} {
		if got := manyOf(word, isFeminine(word)); got != want {
			t.Errorf("many of %q: got %q, want %q", word, got, want)
		}
	}
	if got := manyOf("pilota", false) + " " + manyOf("radio", true); got != "piloti radio" {
		t.Errorf("got %q", got)
	}
	for _, c := range []struct {
		a              qualityIn
		feminine, many bool
		want           string
	}{
		{qualityIn{"rosso", ""}, true, true, "rosse"}, {qualityIn{"bianco", "bianchi"}, false, true, "bianchi"}, {qualityIn{"bianco", "bianchi"}, true, true, "bianche"},
		{qualityIn{"verde", ""}, true, true, "verdi"}, {qualityIn{"verde", ""}, true, false, "verde"}, {qualityIn{"rosa", ""}, false, true, "rosa"}, {qualityIn{"blu", ""}, true, true, "blu"},
	} {
		if got := c.a.form(c.feminine, c.many); got != c.want {
			t.Errorf("%q, feminine %v, many %v: got %q, want %q", c.a.one, c.feminine, c.many, got, c.want)
		}
	}
	for verb, want := range map[string]string{"swap": "swapped", "repair": "repaired", "carry": "carried", "bake": "baked", "play": "played", "open": "opened", "fix": "fixed", "do": "doed"} {
		if got := pastOf(verb); got != want {
			t.Errorf("participle of %q: got %q, want %q", verb, got, want)
		}
	}
}

// TestGlossaryLists: every Italian word is entered once, a word that is said back comes back to one that means the
// same, and English ones that stand for others lead to something.
func TestGlossaryLists(t *testing.T) {
	g, err := NewGlossary(lexicon.Own())
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"gloss", "gloss_adjective", "gloss_verb", "gloss_link"} {
		entries, err := lexicon.Own().Load("it/" + list + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, e := range entries {
			if key := wordKey(e.Phrase); seen[key] {
				t.Errorf("%s:%d: %q stands twice", list, e.Line, e.Phrase)
			} else {
				seen[key] = true
			}
			in := glossedIn(e)
			if list != "gloss" || in.from {
				continue
			}
			back := g.In(in.english, data.LangEN, data.LangIT)
			if again := g.In(back, data.LangIT, data.LangEN); back != "" && lower(again) != lower(in.english) {
				t.Errorf("%q is %q, which is %q, which is %q", e.Phrase, in.english, back, again)
			}
		}
	}
	for word, other := range g.same {
		if _, quality := g.books[data.LangIT].described[other]; !quality && !g.nouns[other] {
			t.Errorf("%q is another word for %q, which is not known", word, other)
		}
	}
}

func BenchmarkGlossary(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := NewGlossary(lexicon.Own()); err != nil {
			b.Fatal(err)
		}
	}
}
