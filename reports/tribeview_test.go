package reports

import (
	"strconv"
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
)

// TestBond reads what is said to hold a tribe together: a need of its own that a third of it voice, else what its people write about.
func TestBond(t *testing.T) {
	words := []data.Term{{Form: "soil", Count: 9}, {Form: "leaf", Count: 7}, {Form: "survived", Count: 14}, {Form: "worms", Count: 12}, {Form: "worm bins", Count: 11}}
	things := Things{data.LangEN: {"soil": true, "leaf": true, "worms": true, "bins": true}}
	for _, c := range []struct {
		name       string
		of, n, all int
		words      []data.Term
		silent     bool
		en, it     string
	}{
		{"", 15, 7, 9, words, false, "Held together by a problem: “dry soil”, voiced by 7 of 15.", "Li unisce un problema: «dry soil», di 7 su 15."},
		{"of many tribes", 15, 7, 14, words, false, "Held together by problems they bring to each other. 12 of 15 write about “worms”, 9 about “soil”.", "Li uniscono i problemi che si raccontano a vicenda. 12 su 15 scrivono di «worms», 9 di «soil»."},
		{"not voiced this week", 15, 7, 9, words, true, "Held together by a problem: “dry soil”, voiced by 7 of 15.", "Li unisce un problema: «dry soil», di 7 su 15."},
		{"worm friends", 57, 9, 9, words, false, "Held together by many problems, no single one. 9 of 57 write about “soil”, 7 about “leaf”.", "Li uniscono molti problemi, nessuno da solo. 9 su 57 scrivono di «soil», 7 di «leaf»."},
		{"no words", 57, 3, 3, nil, false, "Held together by many problems, no single one.", "Li uniscono molti problemi, nessuno da solo."},
	} {
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			tribe := figures.Tribe{Tribe: data.Tribe{ID: "t", Name: c.name, Kind: data.KindTribe, Bond: data.BondProblem, People: c.of, Words: c.words}}
			tribe.Told = []data.Telling{{Lang: data.LangEN, Words: c.words}}
			need := figures.Need{Key: "k", Topic: "k", Label: "dry soil", Type: data.Problem, People: c.all, Stale: c.silent, Within: []figures.Share{{Tribe: 0, People: c.n}}}
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
	things, err := thingsOf(measure.Read(measure.FromStory(story, said, nil, 1)), func(_ data.Lang, behind, word string) bool { return behind == "di" && word == "partecipare" })
	if err != nil {
		t.Fatal(err)
	}
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
	italian := data.Tribe{Name: "foglie all'ombra", Words: terms("muro", "ombra", "luce"), Told: []data.Telling{{Lang: data.LangIT, Words: terms("muro", "ombra", "luce")}}}
	half := italian
	half.Name = "giro all'ombra"
	glossary := map[string]string{"ombra": "shade", "foglie": "leaves", "luce": "light"}
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
		{mixed, 0, data.LangEN, "Foglie all'ombra", "Foglie all'ombra", "Held together by needs they bring to each other. 20 of 30 write about “shade”, 19 about “walls”."},
		{mixed, 0, data.LangIT, "Foglie all'ombra", "Foglie all'ombra", "Li uniscono i bisogni che si raccontano a vicenda. 20 su 30 scrivono di «muro», 18 di «luce»."},
		{italian, 0, data.LangEN, "Foglie all'ombra", "Foglie all'ombra (leaves, shade)", "Held together by needs they bring to each other. 20 of 30 write about “muro”, 18 about “luce” (light)."},
		{italian, 16, data.LangEN, "Foglie all'ombra", "Foglie all'ombra (leaves, shade)", "Held together by needs they bring to each other. 16 of 30 wrote in “Muri e ombra”."},
		{half, 9, data.LangEN, "Giro all'ombra", "Giro all'ombra", "Held together by needs they bring to each other. 20 of 30 write about “muro”, 18 about “luce” (light)."},
		{data.Tribe{Name: "bins", Words: terms("bins", "lids", "trays")}, 0, data.LangIT, "Bins", "Bins", "Li uniscono i bisogni che si raccontano a vicenda. 19 su 30 scrivono di «lids», 18 di «trays»."},
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
