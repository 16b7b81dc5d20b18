package reports

import (
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// TestCardNeeds: first what holds a tribe together, then what is its own and says what it is told by, then what else is its
// own, then what people of many need; last what nobody voiced of late. Shown they are by how many of its people voice
// each.
func TestCardNeeds(t *testing.T) {
	need := func(label string, people, here int, stale bool) figures.Need {
		return figures.Need{Key: label, Topic: label, Label: label, Type: data.Wish, People: people, Stale: stale, Labels: map[data.Lang]string{data.LangEN: label},
			Within: []figures.Share{{Tribe: 0, People: here}}}
	}
	tribe := figures.Tribe{Tribe: data.Tribe{Name: "kilns", Kind: data.KindTribe, Told: []data.Telling{{Lang: data.LangEN}}}}
	tribe.People = 40
	needs := []figures.Need{need("a later bus", 20, 9, false), need("cheaper clay", 8, 8, true), need("a longer shelf", 6, 6, false), need("fire two kilns", 5, 5, false)}
	for _, c := range []struct {
		want, shown string
		needs       []figures.Need
	}{
		{"fire two kilns|a longer shelf|a later bus|cheaper clay", "a later bus|a longer shelf|fire two kilns|cheaper clay", needs},
		{"wheels that turn|fire two kilns|a longer shelf|a later bus", "wheels that turn|a later bus|a longer shelf|fire two kilns", append(needs[2:4:4], needs[0], need("wheels that turn", 12, 11, false))},
	} {
		b, err := newBuilder(View{Options: Options{MinNeed: 5}, Figures: figures.Figures{Tribes: []figures.Tribe{tribe}, Needs: c.needs}}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		topics := func(needs []data.TribeNeed) string {
			var out []string
			for _, n := range needs {
				out = append(out, n.Topic)
			}
			return strings.Join(out, "|")
		}
		if got := topics(b.cardNeeds(0)); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if got := topics(b.shownNeeds(0)); got != c.shown {
			t.Errorf("shown: got %q, want %q", got, c.shown)
		}
	}
}

// TestMeans: a need in another language is told by what it means where all of it is known, and never by some of its words;
// one in the page's language needs no telling.
func TestMeans(t *testing.T) {
	words := map[string]string{"forno": "kiln", "argilla rossa": "red clay", "argilla": "clay", "rossa": "red", "un forno": "a kiln"}
	o := Options{Gloss: func(word string, _, _ data.Lang) string { return words[word] }, Noun: func(word string, _ data.Lang) bool { return word == "forno" || word == "argilla" }}
	b, err := newBuilder(View{Options: o}, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	for label, want := range map[string]string{"un forno": "a kiln", "un forno per l'argilla rossa": "", "smalti": ""} {
		if got := b.means(figures.Need{Label: label, Lang: data.LangIT}); got != want {
			t.Errorf("%q means %q, want %q", label, got, want)
		}
	}
	if got := b.means(figures.Need{Label: "un forno", Lang: data.LangEN}); got != "" {
		t.Errorf("what is in the page's language means %q", got)
	}
}
