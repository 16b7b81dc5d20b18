package signs

import (
	"slices"
	"testing"

	"tribu/data/fuzz"
)

func TestRead(t *testing.T) {
	b := NewBook()
	for _, c := range []struct {
		text string
		want []Sign
		not  []Sign
	}{
		{"A quick quote is a deal-breaker for me.", []Sign{Importance}, nil},
		{"L'acqua è fondamentale per l'orto", []Sign{Importance}, nil},
		{"Non è importante, fate con calma", nil, []Sign{Importance}},
		{"Serve il prima possibile!", []Sign{Urgency}, nil},
		{"Thanks in advance for any hint", nil, []Sign{Thanks}},
		{"Thanks, that worked.", []Sign{Thanks}, nil},
		{"Grazie mille, ho risolto", []Sign{Thanks}, nil},
		{"Grazie alla pioggia non ho innaffiato", nil, []Sign{Thanks}},
		{"Ti aggiorniamo entro domani", []Sign{Promise}, nil},
		{"Hi, we'll get back to you.", []Sign{Promise}, nil},
		{"Finalmente qualcuno se ne accorge", []Sign{Recognition}, nil},
		{"Nobody gives us credit for this", []Sign{Recognition}, nil},
		{"I paid with a credit card; speech recognition fails", nil, []Sign{Recognition}},
		{"We were the first to try it", []Sign{Pioneering}, nil},
		{"Nessuno l'ha ancora fatto qui", []Sign{Pioneering}, nil},
		{"You put into words what we feel", []Sign{Voice}, nil},
		{"Non avrei saputo dirlo meglio", []Sign{Voice}, nil},
		{"Come azienda abbiamo deciso", []Sign{Company, Decide}, nil},
		{"Sul balcone non arriva sole, in ufficio sì", []Sign{Home, Office}, nil},
		{"Disdico l'abbonamento", []Sign{Leave}, nil},
		{"Non si è rotto nulla", []Sign{Integrity}, nil},
		{"Could it be cheaper?", []Sign{Money, Asking}, nil},
		{"Five trays, 10% off with code WIGGLE", []Sign{Offer}, nil},
		{"Sconto giugno del 15 %, spedizione gratuita", []Sign{Offer}, nil},
		{"We replace them free: send a photo", nil, []Sign{Offer}},
		{"Nessuno sconto, ci spiace", nil, []Sign{Offer}},
		{"", nil, []Sign{Importance, Asking}},
	} {
		got := b.Read(c.text)
		for _, s := range c.want {
			if !got.Has(s) {
				t.Errorf("Read(%q) = %v, want %q among them", c.text, got.Found, s)
			}
		}
		for _, s := range c.not {
			if got.Has(s) {
				t.Errorf("Read(%q) = %v, want no %q", c.text, got.Found, s)
			}
		}
	}
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		text string
		want []Amount
	}{
		{"I need it within 3 days", []Amount{{Time, 3 * 86400, "day", Limit, false, 0}}},
		{"entro un giorno", []Amount{{Time, 86400, "day", Limit, false, 0}}},
		{"rispondono in 24h", []Amount{{Time, 86400, "hour", Loosely, false, 0}}},
		{"two days faster", []Amount{{Time, 2 * 86400, "day", Compared, false, 0}}},
		{"il biglietto è aumentato di 15 euro", []Amount{{Money, 15, "EUR", Compared, false, 0}}},
		{"a quote within seconds", []Amount{{Time, 0, "seconds", Limit, true, 0}}},
		{"It took two weeks", []Amount{{Time, 14 * 86400, "week", Went, false, 0}}},
		{"ho aspettato 3 giorni", []Amount{{Time, 3 * 86400, "day", Went, false, 0}}},
		{"under 20 euro, not € 1.500", []Amount{{Money, 20, "EUR", Limit, false, 0}, {Money, 1500, "EUR", Mentioned, false, 0}}},
		{"at least 5 options", []Amount{{Options, 5, "option", Mentioned, false, 0}}},
		{"max 2,5 ore", []Amount{{Time, 9000, "hour", Limit, false, 0}}},
		{"all in all a good year", nil},
	} {
		got := NewBook().Read(c.text).Amounts
		for i := range got {
			got[i].At = 0
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("amounts of %q = %v, want %v", c.text, got, c.want)
		}
	}
}

// FuzzRead holds that reading never fails and that every sign stands on words of the text.
func FuzzRead(target *testing.F) {
	f := fuzz.Of(target)
	f.Add("we'll get back within 24h — grazie!")
	b := NewBook()
	f.Fuzz(func(t *testing.T, text string) {
		for _, found := range b.Read(text).Found {
			if found.Cue == "" {
				t.Errorf("Read(%q) found %q without words", text, found.Sign)
			}
		}
	})
}

// TestSentences: the full stop of an abbreviation or of a letter before a name ends no sentence.
func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"Ask Mr. Brown. He knows.":              {"Ask Mr. Brown.", "He knows."},
		"Chiedi al dott. Rossi! Sa tutto.":      {"Chiedi al dott. Rossi!", "Sa tutto."},
		"Write to John F. Smith, e.g. by post.": {"Write to John F. Smith, e.g. by post."},
		"So did I. We left.":                    {"So did I.", "We left."},
		"Plan b. It works.":                     {"Plan b.", "It works."},
		"I mean it.\nYes":                       {"I mean it.", "Yes"},
	} {
		if got := Sentences(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestListsOfWords(t *testing.T) {
	for _, l := range []List{BeforeThings, AfterThings, Certain, OneOf, Reader, Whence, Somebody, Lending, Offices, Where} {
		for _, lang := range []string{"en", "it"} {
			if len(l.In(lang)) == 0 {
				t.Errorf("no words of [%s] in %s", l, lang)
			}
		}
		if l.Has("[" + string(l) + "]") {
			t.Errorf("the name of [%s] is one of its words", l)
		}
	}
	if !Offices.Has("council") || !Offices.Has("comune") || Offices.Has("borrow") || !OneOf.Has("un'") {
		t.Error("a word is not in its list, or in another's")
	}
}
