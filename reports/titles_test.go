package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// TestTribesAreHeldTogether: where nobody is served better than others, the title of the tribes tells how many of them needs
// hold together, of which somebody spoke of late.
func TestTribesAreHeldTogether(t *testing.T) {
	need := func(tribe int, stale bool) figures.Need {
		key := string(rune('a' + tribe))
		return figures.Need{Key: key, Problem: data.ProblemID(key), Topic: key, Label: key, Labels: map[data.Lang]string{data.LangEN: key, data.LangIT: key}, People: 20, Stale: stale, Within: []figures.Share{{Tribe: tribe, People: 20}}}
	}
	for _, c := range []struct {
		needs  []figures.Need
		en, it string
	}{
		{nil, "The tribes", "Le tribù"},
		{[]figures.Need{need(0, false), need(1, true)}, "The tribes: a need holds one of three together", "Le tribù: un bisogno ne unisce una su tre"},
		{[]figures.Need{need(0, false), need(1, false)}, "The tribes: needs hold two of three together", "Le tribù: due su tre sono unite da bisogni"},
		{[]figures.Need{need(0, false), need(1, false), need(2, false)}, "The tribes: each of the three is held together by needs", "Le tribù: tutte e tre unite da bisogni"},
	} {
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			v := View{Options: Options{MinNeed: 5}, Figures: figures.Figures{Needs: c.needs}}
			v.Options.Strength = Strength{SolidStability: .8, LikelyStability: .65, SolidPeople: 30, LikelyPeople: 20}
			for i := range 3 {
				v.Figures.Tribes = append(v.Figures.Tribes, figures.Tribe{Tribe: data.Tribe{ID: data.TribeID(rune('a' + i)), Kind: data.KindTribe, People: 40, Stability: .9}})
			}
			b, err := newBuilder(v, lang)
			if err != nil {
				t.Fatal(err)
			}
			if got := plainText(b.tribesTitle()); got != want || b.problem != nil {
				t.Errorf("%d needs: got %q, want %q (%v)", len(c.needs), got, want, b.problem)
			}
		}
	}
}
