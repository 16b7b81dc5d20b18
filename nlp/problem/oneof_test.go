package problem

import (
	"testing"

	"tribu/data"
)

// A thing of which people speak as of one gets its article in a name, what they do not count gets none.
func TestNamesSayOneOfAThing(t *testing.T) {
	g := &grouping{config: Config{Words: wording(t)}}
	for i, quote := range []string{"Who has a ladder?", "I need an old ladder.", "Where are ladders sold?", "I look for gravel.", "Who sells gravel?", "Is there an apron?", "Aprons, please."} {
		n := say(i, "ladder", "", quote)
		g.needs = append(g.needs, NeedOf(n))
		g.voices = append(g.voices, voice{need: i})
	}
	all := []int{0, 1, 2, 3, 4, 5, 6}
	for _, c := range []struct {
		lang        data.Lang
		thing, want string
	}{
		{data.LangEN, "ladder", "a ladder"},
		{data.LangEN, "wooden ladder", "a wooden ladder"},
		{data.LangEN, "apron", "an apron"},
		{data.LangEN, "the ladder", "the ladder"},
		{data.LangEN, "ladders", "ladders"},
		{data.LangEN, "gravel", "gravel"},
		{data.LangEN, "chair", "chair"},
		{data.LangIT, "ladder", "ladder"},
	} {
		if got := g.oneOf(c.lang, c.thing, all); got != c.want {
			t.Errorf("%q of %s is called %q, want %q", c.thing, c.lang, got, c.want)
		}
	}
}

// Names meet where their words for things of many kinds are of one kind: a graphics program and a graphics package, not a
// graphics file.
func TestNamesOfOneKindMeet(t *testing.T) {
	g := &grouping{config: Config{Words: wording(t)}}
	g.number = map[string]uint32{}
	g.feature("-")
	told := func(phrase string) string {
		call := calling{phrases: map[data.Lang]string{data.LangEN: phrase}, lead: data.LangEN, claims: map[data.Lang]claim{}}
		words, _ := g.config.Words.Words(data.LangEN, phrase)
		var c claim
		for _, w := range words {
			for _, f := range g.featuresOf(data.LangEN, w) {
				g.feature(g.names[f])
			}
			c.told = append(c.told, g.featureOf(data.LangEN, w))
		}
		call.claims[data.LangEN] = c
		return g.tells(call)
	}
	if told("a knitting program") != told("a knitting package") {
		t.Error("a program and a package do not meet")
	}
	if told("a knitting program") == told("a knitting file") {
		t.Error("a program and a file meet")
	}
}
