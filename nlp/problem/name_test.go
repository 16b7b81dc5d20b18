package problem

import (
	"slices"
	"testing"

	"tribu/data"
	"tribu/nlp"
)

func TestNamesHoldForMost(t *testing.T) {
	for _, c := range []struct {
		name   string
		object string
		typ    data.NeedType
		quotes []string
		want   string // the name; "" where nothing is needed by all
	}{
		{"what one alone says of it stays out", "model", data.HowTo, []string{
			"How do I estimate the XC model?", "How do I estimate the model?", "How do I estimate a big model?", "How do I estimate the model in parallel?",
		}, "estimate the model"},
		{"a thing and nothing of it is no common need", "tomatoes", data.HowTo, []string{
			"How do I stake tomatoes?", "How do I freeze tomatoes?", "How do I sell tomatoes?",
		}, ""},
		{"an error code is no error in the code", "code", data.Problem, []string{
			"I get an error in the code.", "I get an error code.", "There is an error in the code.",
		}, "error in the code"},
		{"what one says between article and noun is left out", "package", data.Recommendation, []string{
			"I am looking for a decent graphics package.", "I am looking for a free graphics package.", "I am looking for a graphics package.",
		}, "a graphics package"},
		{"who looks for a thing needs the thing", "hammock", data.Wish, []string{
			"I need a hammock.", "I need a hammock.", "I need a hammock, it is for my roof.",
		}, "find a hammock"},
		{"who looks for a tool has not said for what", "tool", data.Recommendation, []string{
			"I am looking for a tool to bend pipes.", "We are looking for a tool for chess.", "I am looking for a tool, any tool.",
		}, ""},
		{"whom it should be sent to is no part of the thing", "address", data.Recommendation, []string{
			"Please send me, I am looking for a customs address of the guild.", "I'm looking for a customs address.", "I am looking for a customs address of his shop.",
		}, "find a customs address"},
		{"what is done is done to what most say", "program", data.Recommendation, []string{
			"I am looking for a program that converts scores.", "I'm looking for a program that converts old scores.", "I am looking for a program to convert tapes.",
		}, "a program that converts scores"},
		{"what is done where it goes wrong is said", "gearbox", data.Problem, []string{
			"The error comes when I grease the gearbox.", "I have an error and tried to grease the gearbox.", "I get this error where I grease the gearbox.",
		}, "grease the gearbox"},
		{"nobody is said to be unable unless two say so", "gearbox", data.Problem, []string{
			"The error comes when I can't grease the gearbox.", "I have an error and can't grease the gearbox.", "I get this error where I grease the gearbox.",
		}, "can't grease the gearbox"},
		{"a word is read in its own language: era is a verb in Italian alone", "lamp", data.Recommendation, []string{
			"I am looking for a vintage era lamp.", "I am looking for a vintage era lamp.", "I am looking for a vintage era lamp.",
		}, "a vintage era lamp"},
	} {
		needs := planters()
		for i, quote := range c.quotes {
			n := say(200+i, c.object, "", quote)
			n.Type, n.Rule = c.typ, map[data.NeedType]string{data.HowTo: "en/howto/how do i", data.Problem: "en/problem/error",
				data.Recommendation: "en/seek/looking for a", data.Wish: "en/wish/i need a"}[c.typ]
			needs = append(needs, n)
		}
		got := ""
		for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
			if slices.ContainsFunc(p.Members, func(m int) bool { return needs[m].Object == c.object }) {
				got = p.Phrases[data.LangEN]
			}
		}
		if got != c.want {
			t.Errorf("%s: %q are called %q, want %q", c.name, c.quotes, got, c.want)
		}
	}
}

// A word in -ing is a function calling in English, in Italian a thing.
func TestWellMadeEndsInIng(t *testing.T) {
	for lang, want := range map[data.Lang]bool{data.LangEN: true, data.LangIT: false} {
		n := naming{lang: lang, hearsay: &hearsay{words: wording(t)}}
		ing := n.wellMade(nlp.Short{Text: "tenda per camping"}, []string{"tenda", "per", "camping"}, 2, false)
		other := n.wellMade(nlp.Short{Text: "tenda per campeggio"}, []string{"tenda", "per", "campeggio"}, 2, false)
		if got := ing < other; got != want {
			t.Errorf("a name in %s that ends in -ing is worth %.2f, another %.2f: less is %t, want %t", lang, ing, other, got, want)
		}
	}
}

// What most ask about, each something else, they want help with.
func TestWhatMostAskAboutTheyWantHelpWith(t *testing.T) {
	needs, rules := planters(), []string{"en/howto/does anyone know", "en/howto/does anyone know", "en/ask/is there", "en/howto/does anyone know"}
	for i, quote := range []string{
		"Does anyone know about floor looms?", "Does anyone know if floor looms are loud?", "Is there a museum of floor looms?", "Does anyone know who paints floor looms?",
	} {
		n := say(200+i, "loom", "", quote)
		n.Type, n.Rule = data.HowTo, rules[i]
		needs = append(needs, n)
	}
	for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
		if needs[p.Members[0]].Object == "loom" {
			if got, want := p.Phrases[data.LangEN], "help with floor looms"; got != want {
				t.Errorf("questions about floor looms are called %q, want %q", got, want)
			}
			return
		}
	}
	t.Error("nobody asks about floor looms")
}

// What several do that a compound names, they would do; else they want help with it.
func TestCompoundsAreCalledByWhatPeopleDo(t *testing.T) {
	g := &grouping{config: Config{Words: wording(t)}, number: map[string]uint32{}}
	g.feature("-")
	for i, quote := range []string{"How do I glaze a bowl evenly?", "I want to glaze bowls with my class.", "The bowl glaze ran.", "To glaze all over a bowl is hard."} {
		n := say(i, "bowl", "", quote)
		words, _ := g.config.Words.Words(data.LangEN, quote)
		for _, w := range words {
			g.featuresOf(data.LangEN, w)
		}
		g.needs, g.voices = append(g.needs, NeedOf(n)), append(g.voices, voice{need: i})
	}
	for _, c := range []struct {
		voices []int
		want   string
	}{{[]int{0, 1, 2}, "glaze bowls"}, {[]int{0, 2}, ""}, {[]int{2, 3}, ""}} {
		if got, _ := g.compoundDeed(data.LangEN, "bowl glaze", c.voices); got != c.want {
			t.Errorf("a bowl glaze of %v is called %q, want %q", c.voices, got, c.want)
		}
	}
}
