package problem

import (
	"slices"
	"testing"

	"tribu/data"
)

type spokenNeed struct {
	lang   data.Lang
	typ    data.NeedType
	rule   string
	object string
	quote  string
}

// People who say of the same thing nothing that others do still want the same thing, in whichever language.
func TestWhoWantsTheSameThingMeets(t *testing.T) {
	it, en := data.LangIT, data.LangEN
	for _, c := range []struct {
		name  string
		said  []spokenNeed
		want  string // the name in the language of most; "" where they do not meet
		count int
	}{
		{"who wants one thing, in two languages", []spokenNeed{
			{en, data.Recommendation, "en/seek/i am looking for", "label", "I am looking for a label for jars."},
			{en, data.Wish, "en/wish/i need a", "label", "I need a label that folds."},
			{it, data.Recommendation, "it/seek/cerco un", "etichetta", "Cerco un'etichetta per i barattoli."},
			{en, data.HowTo, "en/seek/where to buy", "label", "Does anyone know where to buy a label?"},
		}, "find a label", 4},
		{"a kind of thing is no thing", []spokenNeed{
			{en, data.Recommendation, "en/seek/i am looking for", "tool", "I am looking for a tool near Leeds."},
			{en, data.Wish, "en/wish/i need a", "tool", "I need a tool that folds."},
			{en, data.Wish, "en/wish/i need a", "tool", "I need a tool on weekdays."},
		}, "", 0},
		{"who wants to see a thing does not look for it", []spokenNeed{
			{en, data.Wish, "en/wish/i want to see", "eclipse", "I want to see the eclipse from the hut."},
			{en, data.Wish, "en/wish/i want to see", "eclipse", "I want to see the eclipse, not the crowd."},
			{en, data.Wish, "en/wish/i want to see", "eclipse", "I want to see the eclipse in August."},
		}, "", 0},
		{"who asks how a thing is does not want it", []spokenNeed{
			{en, data.HowTo, "en/howto/how do i", "ladder", "How do I paint a ladder?"},
			{en, data.HowTo, "en/howto/how do i", "ladder", "How do I fold a ladder?"},
			{en, data.HowTo, "en/howto/how do i", "ladder", "How do I carry a ladder?"},
		}, "", 0},
		{"who would be rid of one thing", []spokenNeed{
			{en, data.HowTo, "en/howto/how do i", "heron", "How do I keep herons off a pond?"},
			{en, data.HowTo, "en/howto/how do i", "heron", "How do I get rid of herons?"},
			{en, data.Problem, "en/problem/can not", "heron", "I can not keep the herons away from my carp."},
		}, "get rid of herons", 3},
		{"who would know whether it is one thing", []spokenNeed{
			{en, data.HowTo, "en/howto/how do i", "mildew", "How do I know if it's mildew?"},
			{en, data.HowTo, "en/howto/? $", "mildew", "White dust on the melons: is this mildew?"},
			{it, data.HowTo, "it/howto/come faccio", "oidio", "Come faccio a capire se è oidio?"},
			{it, data.Wish, "it/wish/mi serve", "oidio", "Mi serve qualcuno che sappia dirmi se è oidio."},
		}, "know if it's mildew", 4},
		{"a thing of any kind is none to know of", []spokenNeed{
			{en, data.HowTo, "en/howto/how do i", "file", "How do I know if the file opened on Tuesday?"},
			{en, data.HowTo, "en/howto/how do i", "file", "Can I find out if my file won the raffle?"},
			{en, data.HowTo, "en/howto/how do i", "file", "Where can I check if this file reached Boston?"},
		}, "", 0},
		{"who wishes to do what another asks how to do", []spokenNeed{
			{en, data.HowTo, "en/howto/how do i", "hammock", "How do I hang a hammock from one beam?"},
			{en, data.Wish, "en/wish/i would like", "hammock", "I would like to hang my hammock on the balcony."},
			{en, data.Problem, "en/problem/can not", "hammock", "I can not manage to hang the hammock so that it swings."},
		}, "hang the hammock", 3},
		{"who would keep a thing off does not look for it", []spokenNeed{
			{en, data.Wish, "en/wish/i need to keep the", "heron", "I need to keep the herons off it without nets."},
			{en, data.Recommendation, "en/seek/i am looking for", "heron", "I am looking for a heron deterrent for long ponds, no nets."},
			{en, data.HowTo, "en/seek/is there a", "heron", "Is there a heron deterrent that needs no nets?"},
			{en, data.Wish, "en/wish/i would love", "heron", "I would love a heron deterrent, no nets please."},
		}, "keep herons off", 4},
		{"who would protect something from one thing", []spokenNeed{
			{it, data.Wish, "it/wish/vorrei", "fagiano", "Vorrei proteggere i ravanelli dai fagiani."},
			{it, data.Recommendation, "it/seek/cerco un", "fagiano", "Cerco un rimedio contro i fagiani in collina."},
			{it, data.HowTo, "it/howto/come", "fagiano", "Come si allontanano i fagiani?"},
			{it, data.HowTo, "it/howto/come", "fagiano", "Come allontano i fagiani senza gridare?"},
		}, "allontanare i fagiani", 4},
	} {
		needs := planters()
		for i, s := range c.said {
			n := say(300+i, s.object, "", s.quote)
			n.Type, n.Rule, n.Need.Lang, n.PostMeta.Lang, n.Confidence = s.typ, s.rule, s.lang, s.lang, 0.9
			needs = append(needs, n)
		}
		got, count := "", 0
		for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
			if slices.ContainsFunc(p.Members, func(m int) bool { return needs[m].Object == c.said[0].object }) {
				got, count = p.Phrases[data.LangUnd], p.People
			}
		}
		if got != c.want || count != c.count {
			t.Errorf("%s: %d people, %q; want %d, %q", c.name, count, got, c.count, c.want)
		}
	}
}
