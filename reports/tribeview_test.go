package reports

import (
	"strconv"
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// TestBond reads what is said to hold a tribe together: a need that many share, else what its people talk about.
func TestBond(t *testing.T) {
	words := []data.Term{{Form: "soil"}, {Form: "leaves"}, {Form: "worms"}, {Form: "bins"}}
	for _, c := range []struct {
		of, n  int
		words  []data.Term
		en, it string
	}{
		{15, 7, words, "Held together by a problem: “dry soil” (7 of 15).", "La tiene insieme un problema: «dry soil» (7 su 15)."},
		{57, 6, words, "Held together by what they talk about: soil, leaves and worms. The need they voice most: “dry soil” (6 of 57).",
			"La tiene insieme ciò di cui parlano: soil, leaves e worms. Il bisogno più condiviso: «dry soil» (6 su 57)."},
		{57, 6, nil, "Held together by many problems; the most shared is “dry soil” (6 of 57).", "La tengono insieme molti problemi; il più condiviso è «dry soil» (6 su 57)."},
		{61, 6, words, "Held together by what they talk about: soil, leaves and worms.", "La tiene insieme ciò di cui parlano: soil, leaves e worms."},
		{27, 4, words, "Held together by what they talk about: soil, leaves and worms.", "La tiene insieme ciò di cui parlano: soil, leaves e worms."},
		{57, 3, nil, "Held together by many problems they bring to each other.", "La tengono insieme molti problemi che si portano a vicenda."},
	} {
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			tribe := figures.Tribe{Tribe: data.Tribe{ID: "t", Kind: data.KindTribe, Bond: data.BondProblem, People: c.of, Words: c.words}}
			need := figures.Need{Key: "k", Topic: "k", Label: "dry soil", Type: data.Problem, People: c.n, ByTribe: []figures.Share{{Tribe: 0, People: c.n}}}
			b, err := newBuilder(View{Figures: figures.Figures{Tribes: []figures.Tribe{tribe}, Needs: []figures.Need{need}}}, lang)
			if err != nil {
				t.Fatal(err)
			}
			if got := plainText(b.bond(0, tribe)); got != want {
				t.Errorf("%d of %d people, words %v: got %q, want %q", c.n, c.of, c.words, got, want)
			}
		}
	}
}

// TestTold reads a tribe's name and what it talks about in a language its people write, in one that
// glosses what they write, and where neither is known.
func TestTold(t *testing.T) {
	terms := func(forms ...string) (out []data.Term) {
		for i, f := range forms {
			out = append(out, data.Term{Key: f, Form: f, Count: 20 - i})
		}
		return out
	}
	mixed := data.Tribe{Name: "foglie all'ombra", Words: terms("muro", "shade", "ombra"), Told: []data.Telling{{Lang: data.LangIT, Words: terms("muro", "ombra", "luce")},
		{Lang: data.LangEN, Name: "shady walls", Words: terms("shade", "walls", "light")}}}
	italian := data.Tribe{Name: "foglie all'ombra", Words: terms("muro", "ombra", "luce"), Told: []data.Telling{{Lang: data.LangIT, Words: terms("muro", "ombra", "luce")}}}
	glossary := map[string]string{"ombra": "shade", "foglie": "leaves"}
	gloss := func(word string, from, to data.Lang) string {
		if from != data.LangIT || to != data.LangEN {
			return "wrong"
		}
		return glossary[strings.ToLower(word)]
	}
	for _, c := range []struct {
		tribe              data.Tribe
		met                int
		lang               data.Lang
		name, title, holds string
	}{
		{mixed, 0, data.LangEN, "Shady walls", "Shady walls", "Held together by what they talk about: shade, walls and light."},
		{mixed, 0, data.LangIT, "Foglie all'ombra", "Foglie all'ombra", "La tiene insieme ciò di cui parlano: muro, ombra e luce."},
		{italian, 0, data.LangEN, "Foglie all'ombra", "Foglie all'ombra (leaves, shade)", "Held together by what they talk about: muro, ombra (shade) and luce."},
		{italian, 9, data.LangEN, "Foglie all'ombra", "Foglie all'ombra (leaves, shade)", "Held together by what they talk about: muro, ombra (shade) and luce. 9 of 30 wrote in “Muri e ombra”."},
		{italian, 4, data.LangIT, "Foglie all'ombra", "Foglie all'ombra", "La tiene insieme ciò di cui parlano: muro, ombra e luce."},
		{data.Tribe{Name: "bins", Words: terms("bins", "lids", "trays")}, 0, data.LangIT, "Bins", "Bins", "La tiene insieme ciò di cui parlano: bins, lids e trays."},
	} {
		tribe := c.tribe
		tribe.ID, tribe.Kind, tribe.People, tribe.Met, tribe.Meeting = "t", data.KindTribe, 30, c.met, data.NewThreadID("x", "walls")
		told := figures.Tribe{Tribe: tribe}
		b, err := newBuilder(View{Story: data.Story{Threads: map[data.ThreadID]data.Thread{tribe.Meeting: {Title: "Muri e ombra"}}}, Figures: figures.Figures{Tribes: []figures.Tribe{told}}, Options: Options{Gloss: gloss}}, c.lang)
		if err != nil {
			t.Fatal(err)
		}
		if name, title, holds := b.title(tribe), plainText(b.glossed(tribe)), plainText(b.bond(0, told)); name != c.name || title != c.title || holds != c.holds {
			t.Errorf("%q in %s: got %q, %q, %q, want %q, %q, %q", tribe.Name, c.lang, name, title, holds, c.name, c.title, c.holds)
		}
	}
}

// TestOneName finds a tribe under the same name in a sentence, on its card and in legends.
func TestOneName(t *testing.T) {
	for _, lang := range Languages() {
		tribe := data.Tribe{ID: "t", Kind: data.KindTribe, Name: "bucket and corner"}
		b, err := newBuilder(View{Figures: figures.Figures{Tribes: []figures.Tribe{{Tribe: tribe}}}}, lang)
		if err != nil {
			t.Fatal(err)
		}
		const want = "Bucket and corner"
		quoted := b.text("quoted", "name", want)
		if card, legend, sentence := plainText(b.tribe(0, b.Figures.Tribes[0]).Title), b.badge(0).Name, plainText(b.called(tribe)); card != want || legend != want || sentence != quoted {
			t.Errorf("%s: got %q on the card, %q in legends, %q in a sentence, want %q and %q", lang, card, legend, sentence, want, quoted)
		}
	}
}

// TestManyTribes counts cards and lines: the largest have a card, every tribe a place to lead to, and
// legends name only those that bars show.
func TestManyTribes(t *testing.T) {
	for _, c := range []struct{ tribes, full, small int }{{1, 1, 0}, {fullCards, fullCards, 0}, {160, fullCards, 160 - fullCards}} {
		var f figures.Figures
		for i := range c.tribes {
			id := data.TribeID(strconv.Itoa(i))
			f.Tribes = append(f.Tribes, figures.Tribe{Tribe: data.Tribe{ID: id, Kind: data.KindTribe, Name: "bees"}})
		}
		f.Needs = []figures.Need{{Key: "k", Label: "dry soil", People: 9, ByTribe: []figures.Share{{Tribe: 0, People: 5}, {Tribe: figures.None, People: 4}}}}
		b, err := newBuilder(View{Figures: f}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		cards, rest := b.tribes()
		if len(cards.Full) != c.full || len(cards.Small) != c.small || len(rest.Full)+len(rest.Small) > 0 {
			t.Errorf("%d tribes: got %d cards and %d lines, want %d and %d", c.tribes, len(cards.Full), len(cards.Small), c.full, c.small)
		}
		if got := b.legend(); len(got) != 2 {
			t.Errorf("%d tribes, one of them in a bar, and people of none: the legend names %d", c.tribes, len(got))
		}
	}
}
