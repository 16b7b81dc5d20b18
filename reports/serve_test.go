package reports

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/lives"
)

// TestServesMost: of what can be done first, that which serves most people: who helped is asked where they write in the places of half
// of those who wait, whoever helps most in a tribe is pointed to what is open there, and where nobody is known it is brought.
func TestServesMost(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	var n byte
	ask := func(key, place string, many int) (out []figures.Quote) {
		for range many {
			n++
			out = append(out, figures.Quote{Key: key, Text: "How do I keep the slugs off?", Outright: true, Post: data.PostMeta{ID: data.PostID{n}, Author: data.AuthorID{n}, Source: "forum", Place: place, CreatedAt: now.Add(-time.Hour)}})
		}
		return out
	}
	join := func(all ...[]figures.Quote) (out []figures.Quote) {
		for _, q := range all {
			out = append(out, q...)
		}
		return out
	}
	ann, bob, cy, dee := data.AuthorID{101}, data.AuthorID{102}, data.AuthorID{103}, data.AuthorID{104}
	solved := func(who data.AuthorID) []lives.Solution {
		return []lives.Solution{{By: lives.Maker, Answer: data.PostMeta{Author: dee}}, {By: lives.Peer, Answer: data.PostMeta{Author: who}}}
	}
	for _, c := range []struct {
		name           string
		beds, sheds    []figures.Quote // open in two tribes
		slugs, rats    []lives.Solution
		helps          []figures.Voice // in the second
		tender, hidden bool
		en, it         string
	}{
		{name: "nobody is known", beds: join(ask("slugs", "Beds", 2), ask("slugs", "Sheds", 1)),
			en: "bring a guide to “keep slugs off” to the 3 people who still wait: 2 in “Beds” and 1 in “Sheds”. Best 18:00–21:00.", it: "portare una guida su «keep slugs off» alle 3 persone che aspettano ancora: 2 in «Beds» e 1 in «Sheds». Meglio 18:00–21:00."},
		{name: "one has helped and writes where most wait", beds: join(ask("slugs", "Beds", 2), ask("slugs", "Sheds", 1)), slugs: solved(ann),
			en: "ask Ann, who has helped others with “keep slugs off”, to answer the 2 people who wait in “Beds”. Best 18:00–21:00.", it: "chiedere a Ann, che ha già aiutato altri su «keep slugs off», di rispondere alle 2 persone che aspettano in «Beds». Meglio 18:00–21:00."},
		{name: "one has helped, but writes where few wait", beds: join(ask("slugs", "Beds", 1), ask("slugs", "Sheds", 3)), slugs: solved(ann),
			en: "bring a guide to “keep slugs off” to the 4 people who still wait: 3 in “Sheds” and 1 in “Beds”. Best 18:00–21:00.", it: "portare una guida su «keep slugs off» alle 4 persone che aspettano ancora: 3 in «Sheds» e 1 in «Beds». Meglio 18:00–21:00."},
		{name: "two needs", beds: ask("slugs", "Beds", 2), sheds: ask("rats", "Sheds", 1), slugs: solved(ann), rats: solved(bob),
			en: "ask those who have helped to answer the 3 people who wait: Ann on “keep slugs off”, 2 in “Beds”; Bob on “keep rats out”, 1 in “Sheds”. Best 18:00–21:00.", it: "chiedere a chi ha già aiutato di rispondere alle 3 persone che aspettano: Ann su «keep slugs off», 2 in «Beds»; Bob su «keep rats out», 1 in «Sheds». Meglio 18:00–21:00."},
		{name: "what is open in one tribe", sheds: ask("", "Sheds", 3), helps: []figures.Voice{{Author: bob, Helped: 9}, {Author: cy, Helped: 8}, {Author: ann, Helped: 4}, {Author: dee, Helped: 3}},
			en: "point Bob and Ann, who help most in “Sheds”, to its 3 requests of the last 14 days without a reply. Best 18:00–21:00.", it: "mostrare a Bob e Ann, che in «Sheds» aiutano di più, 3 richieste degli ultimi 14 giorni senza risposta. Meglio 18:00–21:00."},
		{name: "and in several", beds: join(ask("", "Beds", 2)), sheds: ask("", "Sheds", 3), helps: []figures.Voice{{Author: bob, Helped: 9}},
			en: "point those who help most to 5 requests of the last 14 days without a reply: Bob to 3 in “Sheds”, Ann to 2 in “Beds”. Best 18:00–21:00.", it: "mostrare a chi aiuta di più 5 richieste degli ultimi 14 giorni senza risposta: 3 in «Sheds» a Bob, 2 in «Beds» a Ann. Meglio 18:00–21:00."},
		{name: "nobody helps in one of them", beds: join(ask("", "Beds", 2)), sheds: ask("", "Sheds", 3), helps: []figures.Voice{{Author: bob, Helped: 2}},
			en: "point Ann, who helps most in “Beds”, to its 2 requests of the last 14 days without a reply. Best 18:00–21:00.", it: "mostrare a Ann, che in «Beds» aiuta di più, 2 richieste degli ultimi 14 giorni senza risposta. Meglio 18:00–21:00."},
		{name: "of faith", sheds: ask("", "Sheds", 3), helps: []figures.Voice{{Author: bob, Helped: 9}}, tender: true,
			en: "help with “keep slugs off”, which 40 people voice.", it: "un aiuto per «keep slugs off», di cui parlano 40 persone."},
		{name: "without names", beds: join(ask("slugs", "Beds", 2)), slugs: solved(ann), hidden: true,
			en: "help with “keep slugs off”, which 40 people voice.", it: "un aiuto per «keep slugs off», di cui parlano 40 persone."},
	} {
		for lang, want := range map[data.Lang]string{data.LangEN: "Do first: " + c.en, data.LangIT: "Da fare subito: " + c.it} {
			tribe := func(id, name string, open []figures.Quote, helps ...figures.Voice) figures.Tribe {
				u := figures.Tribe{Tribe: data.Tribe{ID: data.TribeID(id), Name: name, Kind: data.KindTribe, Posts: 100, Words: []data.Term{{Form: name}, {Form: "psalms"}}}, Asked: 20, Open: open, Replies: 100, Helpers: helps}
				u.Hours[2][20], u.Hours[0][9] = 60, 40
				return u
			}
			v := View{Options: Options{Anonymise: c.hidden, Tender: func(string) bool { return c.tender }}, Scene: &Scene{Contexts: []lives.Context{{Solved: c.slugs}, {Solved: c.rats}}}}
			v.Story.AsOf, v.Story.Window.To, v.Story.Authors = now, now, map[data.AuthorID]data.Author{}
			people := map[data.AuthorID]figures.Person{}
			for who, name := range map[data.AuthorID]string{ann: "Ann", bob: "Bob", cy: "Cy", dee: "Dee"} {
				v.Story.Authors[who], people[who] = data.Author{Name: name}, figures.Person{Posts28: 5}
			}
			people[cy] = figures.Person{} // silent of late
			v.Story.Activity = []data.PostMeta{{ID: data.PostID{200}, Author: ann, Source: "forum", Place: "Beds"}, {ID: data.PostID{201}, Author: bob, Source: "forum", Place: "Sheds"}}
			v.Figures = figures.Figures{Threads: true, Hours: true, People: people, Typed: map[data.AuthorID]bool{dee: true},
				Tribes: []figures.Tribe{tribe("t1", "beds", c.beds, figures.Voice{Author: ann, Helped: 5}), tribe("t2", "sheds", c.sheds, c.helps...)},
				Needs:  []figures.Need{{Key: "slugs", Label: "keep slugs off", Type: data.HowTo, People: 40}, {Key: "rats", Label: "keep rats out", Type: data.HowTo, People: 30}}}
			b, err := newBuilder(v, lang)
			if err != nil {
				t.Fatal(err)
			}
			if got := plainText(b.doFirst().Parts); !strings.HasPrefix(got, want) || b.problem != nil {
				t.Errorf("%s: got %q, want %q (%v)", c.name, got, want, b.problem)
			}
			if words := len(strings.Fields(plainText(b.doFirst().Parts))); lang == data.LangEN && words > 36 {
				t.Errorf("%s: %d words", c.name, words)
			}
		}
	}
}

// TestLoansAreListed: who wants to borrow needs somebody who lends; where few wait in one of many places, the places beyond five are counted.
func TestLoansAreListed(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	var open []figures.Quote
	for i := range 7 {
		open = append(open, figures.Quote{Key: "ladder", Text: "Where can I borrow a ladder?", Post: data.PostMeta{ID: data.PostID{byte(i)}, Author: data.AuthorID{byte(i)}, Source: "forum", Place: fmt.Sprint("P", i), CreatedAt: now.Add(-time.Hour)}})
	}
	v := View{}
	v.Story.AsOf = now
	v.Figures = figures.Figures{Threads: true, Open: open, Needs: []figures.Need{{Key: "ladder", Label: "borrow a ladder", Labels: map[data.Lang]string{data.LangEN: "borrow a ladder"}, Type: data.HowTo, People: 40}}}
	for lang, want := range map[data.Lang]string{
		data.LangEN: "Do first: open one list, who lends and who asks, for “borrow a ladder”; link it where 7 people have no reply: “P0” (1), “P1” (1), “P2” (1), “P3” (1), “P4” (1), 2 more places.",
		data.LangIT: "Da fare subito: aprire un elenco, chi presta e chi chiede, per «borrow a ladder»; segnalarlo dove 7 persone sono senza risposta: «P0» (1), «P1» (1), «P2» (1), «P3» (1), «P4» (1), altri 2 luoghi.",
	} {
		b, err := newBuilder(v, lang)
		if err != nil {
			t.Fatal(err)
		}
		b.onePlace = false
		if got := plainText(b.doFirst().Parts); got != want || b.problem != nil {
			t.Errorf("got %q, want %q (%v)", got, want, b.problem)
		}
	}
}
