package reports

import (
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// TestCardNeeds: first what holds a tribe together, then what is its own and says what it is told by, then what else is its
// own, then what people of many need; last what nobody voiced of late.
func TestCardNeeds(t *testing.T) {
	need := func(label string, people, here int, stale bool) figures.Need {
		return figures.Need{Key: label, Topic: label, Label: label, Type: data.Wish, People: people, Stale: stale, Labels: map[data.Lang]string{data.LangEN: label},
			Within: []figures.Share{{Tribe: 0, People: here}}}
	}
	tribe := figures.Tribe{Tribe: data.Tribe{Name: "kilns", Kind: data.KindTribe, Told: []data.Telling{{Lang: data.LangEN}}}}
	tribe.People = 40
	needs := []figures.Need{need("a later bus", 20, 9, false), need("cheaper clay", 8, 8, true), need("a longer shelf", 6, 6, false), need("fire two kilns", 5, 5, false)}
	for want, needs := range map[string][]figures.Need{
		"fire two kilns|a longer shelf|a later bus|cheaper clay":     needs,
		"wheels that turn|fire two kilns|a longer shelf|a later bus": append(needs[2:4:4], needs[0], need("wheels that turn", 12, 11, true)),
	} {
		b, err := newBuilder(View{Options: Options{MinNeed: 5}, Figures: figures.Figures{Tribes: []figures.Tribe{tribe}, Needs: needs}}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range b.cardNeeds(0) {
			got = append(got, n.Topic)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("got %q, want %q", strings.Join(got, "|"), want)
		}
	}
}
