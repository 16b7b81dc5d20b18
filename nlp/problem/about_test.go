package problem

import (
	"slices"
	"strings"
	"testing"

	"tribu/data"
)

// In a small place who asks about one thing of which few others speak has company, in several conversations; not where
// there are many others, nor where it is said in one conversation, nor of a thing of any kind.
func TestWhoAsksAboutOneThingMeets(t *testing.T) {
	it, en := data.LangIT, data.LangEN
	ladder := []spokenNeed{
		{en, data.HowTo, "en/howto/how do i", "ladder", "How do I paint a ladder?"},
		{it, data.HowTo, "it/howto/come", "scala", "Come piego la scala di legno?"},
		{en, data.HowTo, "en/howto/how do i", "ladder", "How do I carry a ladder by bus?"},
	}
	file := slices.Clone(ladder)
	for i := range file {
		file[i].object, file[i].quote, file[i].lang = "file", strings.NewReplacer("ladder", "file", "la scala", "il file").Replace(file[i].quote), en
	}
	for _, c := range []struct {
		name    string
		said    []spokenNeed
		others  int
		threads byte
		want    string
	}{
		{"few others", ladder, 30, 3, "help with a ladder"},
		{"everybody", ladder, 10, 3, ""},
		{"one conversation", ladder, 30, 1, ""},
		{"a thing of any kind", file, 30, 3, ""},
	} {
		var needs []data.NeedRow
		for i := range c.others {
			needs = append(needs, say(100+i, strings.Repeat("x", i+3)+"um", "", "How do I mend my "+strings.Repeat("x", i+3)+"um?"))
		}
		for i, s := range c.said {
			n := say(300+i, s.object, "", s.quote)
			n.Type, n.Rule, n.Need.Lang, n.PostMeta.Lang, n.Confidence, n.Thread = s.typ, s.rule, s.lang, s.lang, 0.9, data.ThreadID{9, byte(i) % c.threads}
			needs = append(needs, n)
		}
		got := ""
		for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
			if slices.ContainsFunc(p.Members, func(m int) bool { return needs[m].Object == c.said[0].object }) {
				got = p.Phrases[data.LangUnd]
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// In a small place who looks for a thing joins those who look for one, whichever they want and in whichever language; not who
// asks how to do something with it.
func TestWhoLooksForAThingJoins(t *testing.T) {
	it, en := data.LangIT, data.LangEN
	var needs []data.NeedRow
	for i := range 30 {
		needs = append(needs, say(100+i, strings.Repeat("x", i+3)+"um", "", "How do I mend my "+strings.Repeat("x", i+3)+"um?"))
	}
	for i, s := range []spokenNeed{
		{en, data.Recommendation, "en/seek/can anyone recommend", "ladder", "Can anyone recommend a folding step ladder?"},
		{en, data.Recommendation, "en/seek/looking for a", "ladder", "I am looking for a folding step ladder."},
		{en, data.Wish, "en/wish/i need a", "ladder", "I need a folding step ladder."},
		{it, data.Recommendation, "it/seek/cerco una", "scala", "Cerco una scala robusta per la soffitta, sono alto due metri."},
		{it, data.HowTo, "it/howto/come", "scala", "Come faccio a piegare la scala di legno?"},
	} {
		n := say(300+i, s.object, "", s.quote)
		n.Type, n.Rule, n.Need.Lang, n.PostMeta.Lang, n.Confidence = s.typ, s.rule, s.lang, s.lang, 0.9
		needs = append(needs, n)
	}
	for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
		if p.Phrases[data.LangEN] == "a folding step ladder" {
			if joined := slices.ContainsFunc(p.Members, func(m int) bool { return needs[m].Type == data.Recommendation && needs[m].Object == "scala" }); !joined || len(p.Members) != 4 {
				t.Errorf("%d look for %q, want three and who looks for a scala", len(p.Members), p.Phrases[data.LangUnd])
			}
			return
		}
	}
	t.Error("nobody looks for a step ladder")
}

// How many one person counts is no part of a name.
func TestNumbersAreNoPartOfAName(t *testing.T) {
	n := &naming{grouping: &grouping{config: Config{Words: wording(t)}}, hearsay: &hearsay{words: wording(t)}, lang: data.LangEN, written: map[string]int{}}
	for text, want := range map[string]string{
		"cut the plank into 8 strips": "cut the plank into strips",
		"a windows 95 driver":         "a windows 95 driver",
	} {
		if got := n.plainly(text); got != want {
			t.Errorf("%q is called %q, want %q", text, got, want)
		}
	}
}
