package nlp

import (
	"strings"
	"testing"

	"tribu/data"
)

// TestActs: an opening asks by a question or by trouble beside one; an answer only in its author's own
// person; what helps says what is so, what to do, what helped, or what somebody will do.
func TestActs(t *testing.T) {
	a := analyzer(t)
	name := func(x data.Acts) string {
		var out []string
		for _, c := range []struct {
			act  data.Acts
			name string
		}{{data.Asking, "asks"}, {data.Pleading, "pleads"}, {data.Offering, "offers"}, {data.Relaying, "relays"}, {data.Settling, "settles"}} {
			if x.Has(c.act) {
				out = append(out, c.name)
			}
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct{ body, opens, answers string }{
		{"Does anyone know a stake that holds in sand?", "pleads", "pleads"},
		{"I am looking for someone to feed the cat in May.", "pleads", "pleads"},
		{"How do I get the moss out of the gutter?", "pleads", "pleads"},
		{"Which paint sticks to zinc?", "asks", "asks"},
		{"My Role squeaks. What stops it?", "asks", "asks"},
		{"Qualcuno sa come si affila una roncola?", "pleads", "pleads"},
		{"Cerco qualcuno che tenga il gatto a maggio.", "pleads", "pleads"},
		{"Quale vernice tiene sullo zinco?", "asks", "asks"},

		{"Does anyone else see the irony?", "asks", "asks"},
		{"Does anyone else see the mould on the north wall?", "pleads", "pleads"},
		{"Can anyone seriously call this a bakery?", "asks", "asks"},
		{"Please tell us why you hate bread.", "", ""},

		{"What do you mean, precisely?", "", ""},
		{"Treat it like a library book.", "", ""},
		{"Could you tell me which version you run?", "pleads", "asks"},
		{"Who knows, really?", "", ""},
		{"Keep it, it is a landmark.", "offers", "offers"},
		{"They are only looking for a shed.", "offers", "offers"},
		{"I want the parcel within two days.", "", ""},

		{"Oil the Role twice a year. Graphite works as well.", "offers", "offers"},
		{"I can lend you a long ladder on Sunday.", "offers", "offers"},
		{"Two coats, at least 12 hours apart.", "offers", "offers"},
		{"Ti presto la scala domenica.", "offers", "offers"},
		{"Metti due mani di vernice, a un giorno di distanza.", "offers", "offers"},
		{"Thanks, you made my day!", "", ""},
		{"Oh Harriet, it happened here too.", "", ""},
		{"Never mind, the ladder was in the shed.", "offers settles", "offers settles"},
		{"Solved! It was the fuse.", "offers settles", "offers settles"},
		{"I finally found the mistake, thanks anyway.", "settles", "settles"},
		{"I have not solved it yet.", "", ""},
		{"Never mind the colour.", "offers", "offers"},
		{"Has anybody solved this problem?", "pleads", "pleads"},
		{"Grazie, risolto.", "settles", "settles"},
		{"Come non detto, la scala era in cantina.", "settles", "settles"},
		{"Non ho ancora risolto.", "", ""},
		{"Thanks for the ideas about the hinge. Found it!", "settles", "settles"},
		{"I found the error message in the manual.", "", ""},
		{"I found the cause of the draught but not the cure.", "", ""},
		{"Grazie a tutti per i consigli sulla porta, alla fine ce l'ho fatta!", "settles", "settles"},
		{"Grazie a tutti per i consigli sulla porta, ma non ce l'ho fatta a montarla.", "", ""},
		{"VERGOGNATEVI BUFFONI SIETE LA ROVINA DEL PAESE", "", ""},
		{"Grazie mille, sei un tesoro!", "", ""},
	} {
		for _, p := range []struct {
			parent data.PostID
			want   string
		}{{data.PostID{}, c.opens}, {data.PostID{1}, c.answers}} {
			got, err := a.Analyze(data.Post{Body: c.body, Parent: p.parent})
			if err != nil {
				t.Fatal(err)
			}
			if s := name(got.Acts); s != p.want {
				t.Errorf("%q (answers somebody: %v): %q, want %q; needs %v", c.body, !p.parent.IsZero(), s, p.want, got.Needs)
			}
			if got.Acts.Has(data.Asking|data.Pleading) && !got.Needs[got.Acts.Ord()].Type.Wanting() {
				t.Errorf("%q asks in need %d of %v", c.body, got.Acts.Ord(), got.Needs)
			}
		}
	}
}

// TestAside: whoever answers lacks only what they say of themselves.
func TestAside(t *testing.T) {
	a := analyzer(t)
	for body, want := range map[string]string{
		"The build fails without a compiler.":                data.VoiceAside,
		"My build fails as well.":                            "person",
		"La compilazione non funziona senza il compilatore.": data.VoiceAside,
		"Anche a me la compilazione non funziona.":           "person",
		"I think the build fails without a compiler.":        data.VoiceAside,
		"In my opinion the compiler is broken.":              data.VoiceAside,
		"Which compiler did you install on my advice?":       data.VoiceAside,
		"I'm not sure how you could build the package.":      data.VoiceAside,
		"I don't know of any compiler for it.":               data.VoiceAside,
		"I'm not sure how to build the package here.":        "person",
		"How do I build the package from source?":            "person",
		"Does anyone know a compiler for it?":                "person",
		"I'm after a compiler for it.":                       "person",
		"Same here. How do you build a package?":             "person",
		"Anche da me. Come avete installato il compilatore?": "person",
		"So it failed. How do you build a package?":          data.VoiceAside,
	} {
		got, err := a.Analyze(data.Post{Title: "Package does not work", Body: body, Parent: data.PostID{1}})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range got.Needs {
			if voice := n.Voice; n.Evidence.InTitle && voice != data.VoiceAside || !n.Evidence.InTitle && voice != want {
				t.Errorf("%q: %s %q has the voice %q, want %q", body, n.Type, n.Quote, voice, want)
			}
		}
	}
}

// TestActsOfSellersAndAnswers: who sells asks for nothing, and whoever says in the title that they answer
// asks only in their own person.
func TestActsOfSellersAndAnswers(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		title, body string
		asks        bool
	}{
		{"Ladder for sale", "I have no room for it any more. Who needs a ladder?", false},
		{"Two lamps", "They are as good as new. Any questions? Asking $40 or best offer.", false},
		{"Vendo scala", "Non ho più posto in cantina. A chi serve una scala?", false},
		{"A ladder", "Does anyone know of a ladder for sale in town?", true},
		{"Una scala", "Qualcuno sa chi vende scale in legno?", true},
		{"Un tavolo", "È in cortile da una settimana. Fate un'offerta. A chi serve un tavolo?", false},
		{"A table", "It is $50 obo. Who needs a table?", false},
		{"Paint", "The brush was only $3 and the paint only $9. How do I keep it from cracking? I need help with this.", true},
		{"A form", "How do I send a money order to the bank? I need help with the form.", true},
		{"La porta", "La maniglia costa solo 20 euro e la serratura solo 30 euro. Chi sa dirmi come si montano?", true},
		{"Re: ladders", "And who would climb that?", false},
		{"Re: ladders", "Does anyone know which glue holds on ash?", true},
		{"Ladders", "Which glue holds on ash?", true},
	} {
		got, err := a.Analyze(data.Post{Title: c.title, Body: c.body})
		if err != nil {
			t.Fatal(err)
		}
		if asks := (data.Remark{Acts: got.Acts}).Asks(); asks != c.asks {
			t.Errorf("%q, %q asks: %v, want %v; needs %v", c.title, c.body, asks, c.asks, got.Needs)
		}
	}
}

// TestOffersToSwap: who offers one favour for another offers, whatever they ask.
func TestOffersToSwap(t *testing.T) {
	a := analyzer(t)
	for body, want := range map[string]bool{
		"Shall we swap? You feed my cat, I do yours.":   true,
		"Facciamo a scambio? Tu nutri la mia gatta.":    true,
		"I also need someone to feed my cat in August.": false,
	} {
		got, err := a.Analyze(data.Post{Body: body, Parent: data.PostID{1}})
		if err != nil || got.Acts.Has(data.Offering) != want {
			t.Errorf("%q offers: %v (%v), want %v", body, got.Acts.Has(data.Offering), err, want)
		}
	}
}
