package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// TestSleepIsToldOnce reads when nobody replies: of everybody, never again beside each tribe.
func TestSleepIsToldOnce(t *testing.T) {
	const replies = 160
	for _, c := range []struct {
		name     string
		from, to int // hours in which replies come
		en, it   string
	}{
		{"nights", 6, 22, " Hardly anybody replies 22:00–06:00 (0% of 320 replies).", " Fra le 22:00 e le 06:00 non risponde quasi nessuno (lo 0% di 320 risposte)."},
		{"around the clock", 0, 24, "", ""},
	} {
		tribe := figures.Tribe{Tribe: data.Tribe{ID: "t", Kind: data.KindTribe, Name: "slugs"}, Replies: replies}
		for i := range replies {
			tribe.Hours[i%7][c.from+i%(c.to-c.from)]++
		}
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			b, err := newBuilder(View{Figures: figures.Figures{Hours: true, Threads: true, Tribes: []figures.Tribe{tribe, tribe}}}, lang)
			if err != nil {
				t.Fatal(err)
			}
			if got := plainText(b.whenQuiet()); got != want {
				t.Errorf("%s: got %q, want %q", c.name, got, want)
			}
			if rows := b.how(tribe); len(rows) > 0 {
				t.Errorf("%s: the tribe's own rows say %q", c.name, plainText(rows[0].Parts))
			}
		}
	}
}

// TestPartOfAnotherNeed: a need whose name is a part of another's that as many voice says less of the same.
func TestPartOfAnotherNeed(t *testing.T) {
	need := func(key, label string, people int) figures.Need {
		return figures.Need{Key: key, Topic: key, Label: label, Labels: map[data.Lang]string{data.LangEN: label}, People: people, Within: []figures.Share{{Tribe: 0, People: people}}}
	}
	v := View{Options: Options{MinNeed: 3}, Figures: figures.Figures{Tribes: []figures.Tribe{{Tribe: data.Tribe{ID: "t", Kind: data.KindTribe, People: 20}}},
		Needs: []figures.Need{need("a", "a letter from the harbour", 9), need("b", "the harbour", 6), need("c", "the harbour wall", 5), need("d", "the harbour wall", 5)}}}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{false, true, false, false} {
		if n := v.Figures.Needs[i]; b.partOf(0, n) != want {
			t.Errorf("%q: got %v, want %v", n.Label, !want, want)
		}
	}
}
