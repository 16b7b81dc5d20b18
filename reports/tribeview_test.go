package reports

import (
	"strconv"
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/internal/storytest"
	"tribu/reports/measure"
)

// TestBond reads what is said to hold a tribe together: a need of its own that a quarter of it voice, else what
// together its people write about; where that is few of them, that it is not known.
func TestBond(t *testing.T) {
	theme := func(form string, count, adds int) data.Theme {
		return data.Theme{Term: data.Term{Form: form, Count: count}, Adds: adds}
	}
	themes := []data.Theme{theme("soil", 9, 9), theme("survived", 8, 3), theme("leaf", 7, 3)}
	things := Things{data.LangEN: {"soil": true, "leaf": true}}
	for _, c := range []struct {
		name       string
		bond       data.Bond
		of, n, all int
		themes     []data.Theme
		en, it     string
	}{
		{"a need", data.BondPassion, 15, 7, 9, themes, "Held together by a problem: “dry soil”, 7 of 15. 8 of 10 write about soil or leaf.", "Li unisce un problema: «dry soil», 7 su 15. 8 su 10 scrivono di soil o leaf."},
		{"a need that words tell nothing of", data.BondProblem, 40, 12, 14, themes[:1], "Held together by a problem: “dry soil”, 12 of 40.", "Li unisce un problema: «dry soil», 12 su 40."},
		{"a need of many tribes", data.BondProblem, 15, 7, 14, themes, "Held together by what they write about: 8 of 10 write about soil or leaf.", "Li unisce ciò di cui scrivono: 8 su 10 scrivono di soil o leaf."},
		{"a need of few", data.BondNeed, 40, 7, 9, themes, "Held together by what they write about: 3 of 10 write about soil or leaf.", "Li unisce ciò di cui scrivono: 3 su 10 scrivono di soil o leaf."},
		{"a passion", data.BondPassion, 20, 0, 0, themes[:1], "Held together by a passion: 5 of 10 write about soil.", "Li unisce una passione: 5 su 10 scrivono di soil."},
		{"a word of one in twenty", data.BondPassion, 20, 0, 0, []data.Theme{themes[0], theme("leaf", 1, 1)}, "Held together by a passion: 5 of 10 write about soil.", "Li unisce una passione: 5 su 10 scrivono di soil."},
		{"words of few", data.BondProblem, 57, 9, 9, themes, "What holds them together is not known yet. They write most about soil or leaf.", "Che cosa li unisca non si sa ancora. Scrivono soprattutto di soil o leaf."},
		{"no words", data.BondProblem, 57, 3, 3, nil, "Held together by problems of many kinds.", "Li uniscono problemi di molti tipi."},
		{"nothing", "", 57, 3, 3, nil, "What holds them together is not known yet.", "Che cosa li unisca non si sa ancora."},
	} {
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			tribe := figures.Tribe{Tribe: data.Tribe{ID: "t", Kind: data.KindTribe, Bond: c.bond, People: c.of, Themes: c.themes}}
			tribe.Told = []data.Telling{{Lang: data.LangEN}}
			need := figures.Need{Key: "k", Topic: "k", Label: "dry soil", Type: data.Problem, People: c.all, Within: []figures.Share{{Tribe: 0, People: c.n}}}
			b, err := newBuilder(View{Things: things, Figures: figures.Figures{Tribes: []figures.Tribe{tribe}, Needs: []figures.Need{need}}}, lang)
			if err != nil {
				t.Fatal(err)
			}
			if got := plainText(b.bond(0, tribe)); got != want {
				t.Errorf("%s, %d of %d people: got %q, want %q", c.name, c.n, c.of, got, want)
			}
		}
	}
}

// TestFewVoices: where no need has five voices those of three are told, but none of few where names are not.
func TestFewVoices(t *testing.T) {
	full := storytest.Story(storytest.Typical(), 1)
	most := Tell(full, nil, Options{}).Figures.Needs[0].People
	for _, c := range []struct {
		o    Options
		want int
	}{{Options{}, 5}, {Options{MinNeed: most}, most}, {Options{MinNeed: most + 1}, fewVoices}, {Options{MinNeed: most + 1, Anonymise: true}, most + 1}} {
		if got := Tell(full, nil, c.o).Options.MinNeed; got != c.want {
			t.Errorf("%d wanted, anonymised %v: got %d voices, want %d", c.o.MinNeed, c.o.Anonymise, got, c.want)
		}
	}
}

// TestThings tells the names of things from what is done and from how things are.
func TestThings(t *testing.T) {
	words := func(forms ...string) (out []data.Term) {
		for _, f := range forms {
			out = append(out, data.Term{Form: f})
		}
		return out
	}
	story := data.Story{RunRecord: data.RunRecord{Tribes: []data.Tribe{{Told: []data.Telling{
		{Lang: data.LangEN, Words: words("lids", "survived", "second", "worm bins", "bird caught")},
		{Lang: data.LangIT, Words: words("ombra", "retto", "zucchina amara", "partecipare")}}}}}}
	said := map[data.PostID]string{}
	for i, text := range []string{"The lids of my bins are wet.", "What survived the second batch? A bird caught two.", "All'ombra ha retto, con una zucchina. Chiedo di partecipare."} {
		p := data.PostMeta{ID: data.NewPostID("s", strconv.Itoa(i))}
		story.Activity = append(story.Activity, p)
		said[p.ID] = text
	}
	things := thingsOf(measure.Read(measure.FromStory(story, said, nil, 1)), func(_ data.Lang, behind, word string) bool { return behind == "di" && word == "partecipare" })
	for _, c := range []struct {
		phrase string
		lang   data.Lang
		want   bool
	}{
		{"lids", data.LangEN, true}, {"worm bins", data.LangEN, true}, {"survived", data.LangEN, false}, {"second", data.LangEN, false}, {"bird caught", data.LangEN, false},
		{"ombra", data.LangIT, true}, {"zucchina amara", data.LangIT, true}, {"retto", data.LangIT, false}, {"partecipare", data.LangIT, false}, {"anything", "de", true},
	} {
		if got := things.name(c.phrase, c.lang); got != c.want {
			t.Errorf("%q in %s names a thing: %v, want %v", c.phrase, c.lang, got, c.want)
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
	mixed := data.Tribe{Name: "foglie all'ombra", Words: terms("muro", "shade", "ombra", "vento"), Told: []data.Telling{{Lang: data.LangIT, Words: terms("muro", "ombra", "luce")},
		{Lang: data.LangEN, Name: "shady walls", Words: terms("shade", "walls", "light", "wind")}}}
	themes := func(lang data.Lang, forms ...string) (out []data.Theme) {
		for _, f := range forms {
			out = append(out, data.Theme{Term: data.Term{Key: f, Form: f, Count: 9}, Adds: 9, Lang: lang})
		}
		return out
	}
	mixed.Themes = append(themes(data.LangIT, "ombra", "luce"), themes(data.LangEN, "wind", "light")...)
	italian := data.Tribe{Name: "foglie all'ombra", Words: terms("muro", "ombra", "luce"), Told: []data.Telling{{Lang: data.LangIT, Words: terms("muro", "ombra", "luce")}}}
	italian.Themes = themes("", "ombra", "luce")
	half := italian
	half.Name = "giro all'ombra"
	unknown := mixed
	unknown.Name = half.Name
	proper := italian
	proper.Name = "Ombra Verde"
	glossary := map[string]string{"ombra": "shade", "foglie all'ombra": "leaves in the shade", "luce": "light", "ombra verde": "green shade"}
	gloss := func(word string, from, to data.Lang) string {
		if from == data.LangEN && to == data.LangIT && word == "wind" {
			return "vento"
		}
		if from != data.LangIT || to != data.LangEN {
			return ""
		}
		return glossary[strings.ToLower(word)]
	}
	for _, c := range []struct {
		tribe              data.Tribe
		lang               data.Lang
		name, other, holds string
	}{
		{mixed, data.LangEN, "Leaves in the shade", " In Italian: “Foglie all'ombra”.", "9 of 10 write about shade, light or wind"},
		{mixed, data.LangIT, "Foglie all'ombra", " In inglese: «Shady walls».", "9 su 10 scrivono di ombra, luce o vento"},
		{italian, data.LangEN, "Leaves in the shade", " In their words: “Foglie all'ombra”.", "shade or light"},
		{italian, data.LangIT, "Foglie all'ombra", "", "ombra o luce"},
		{half, data.LangEN, "Giro all'ombra", "", "shade or light"},
		{unknown, data.LangEN, "Shady walls", " In Italian: “Giro all'ombra”.", "9 of 10 write about shade, light or wind"},
		{proper, data.LangEN, "Ombra Verde", "", "shade or light"},
		{data.Tribe{Name: "ombra", Themes: themes("", "bins", "lids")}, data.LangEN, "Ombra", "", "bins or lids"}, // a person named it
	} {
		tribe := c.tribe
		tribe.ID, tribe.Kind, tribe.Bond, tribe.People = "t", data.KindTribe, data.BondNeed, 30
		told := figures.Tribe{Tribe: tribe}
		b, err := newBuilder(View{Figures: figures.Figures{Tribes: []figures.Tribe{told}}, Options: Options{Gloss: gloss}}, c.lang)
		if err != nil {
			t.Fatal(err)
		}
		if name, other, holds := b.title(tribe), plainText(b.otherNames(told)), plainText(b.bond(0, told)); name != c.name || other != c.other || !strings.HasSuffix(holds, " "+c.holds+".") {
			t.Errorf("%q in %s: got %q, %q, %q, want %q, %q, … %q", tribe.Name, c.lang, name, other, holds, c.name, c.other, c.holds)
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

// TestTheyNeed: a card tells what the list of needs tells by its name, with everybody of the tribe who says so,
// where that is enough of them.
func TestTheyNeed(t *testing.T) {
	tribe := figures.Tribe{Tribe: data.Tribe{ID: "t", People: 100}}
	need := func(key string, people, within int, mixed bool) figures.Need {
		return figures.Need{Key: key, Topic: key, People: people, Mixed: mixed, ByTribe: []figures.Share{{Tribe: 0, People: 2}}, Within: []figures.Share{{Tribe: 0, People: within}}}
	}
	b, err := newBuilder(View{Options: Options{MinNeed: 5}, Figures: figures.Figures{Tribes: []figures.Tribe{tribe},
		Needs: []figures.Need{need("cheaper soil", 9, 3, false), need("a broken arm", 9, 2, false), need("hits stolen", 4, 4, false), need("the read book", 9, 6, true), need("my timer broke", 40, 34, true)}}}, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.ownNeeds(0); len(got) != 2 || got[0].Topic != "my timer broke" || got[0].People != 34 || got[1].Topic != "cheaper soil" || got[1].People != 3 {
		t.Errorf("of 100 people 3 (2 of them first here) lack cheaper soil, 2 say broken arm, 4 a need too few voice, 6 one sorted less surely, 34 another: got %+v", got)
	}
}
