package reports

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// TestDoFirst reads the line that says what to do: questions somebody can answer today, never a number nobody can act on.
func TestDoFirst(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	open := func(key, text string, days, n int) []figures.Quote {
		var out []figures.Quote
		for i := range n {
			out = append(out, figures.Quote{Key: key, Text: text, Outright: strings.Contains(text, " I "), Post: data.PostMeta{ID: data.PostID{byte(i), byte(i >> 8), byte(days)}, Author: data.AuthorID{byte(i), byte(days)}, CreatedAt: now.AddDate(0, 0, -days)}})
		}
		return out
	}
	const question = "How do I keep the slugs off?"
	for _, c := range []struct {
		name   string
		open   []figures.Quote
		need   string // voiced most
		en, it string
	}{
		{"thousands open", open("x", question, 1, 1739), "a later train", "Do first: answer “How do I keep the slugs off?” in the tribe “Slugs”, one of 1,739 requests of the last 14 days that nobody has replied to yet.", "Da fare subito: rispondere a «How do I keep the slugs off?» nella tribù «Slugs», una delle 1.739 richieste degli ultimi 14 giorni a cui nessuno ha ancora risposto."},
		{"one", open("x", question, 1, 1), "a later train", "Do first: answer “How do I keep the slugs off?” in the tribe “Slugs”, which still waits.", "Da fare subito: rispondere a «How do I keep the slugs off?» nella tribù «Slugs», che aspetta ancora."},
		{"about the need voiced most", append(open("top", "Is there a later train?", 3, 1), append(open("x", question, 1, 5), open("top", "Any train after nine?", 2, 1)...)...), "a later train", "Do first: bring “a later train” to the 2 people who still wait for it.", "Da fare subito: portare «a later train» alle 2 persone che aspettano ancora."},
		{"words that ask without a mark, about that need", append(open("x", question, 1, 5), open("top", "Cerco un treno più tardi.", 2, 1)...), "a later train", "Do first: bring “a later train” to the one person who still waits for it.", "Da fare subito: portare «a later train» all’unica persona che aspetta ancora."},
		{"people who look for people", append(open("top", "I look for someone who drives.", 3, 1), open("top", "Does anyone drive to town?", 1, 1)...), "someone who drives", "Do first: open one list, who can and who needs “someone who drives”; link it where 2 people have no reply.", "Da fare subito: aprire un elenco, chi può e chi cerca «someone who drives»; segnalarlo dove 2 persone sono senza risposta."},
		{"asked aside", open("x", "Is that so?", 1, 9), "a later train", "Do first: help with", "Da fare subito: un aiuto per"},
		{"no question", open("x", "Cerco una via di mezzo.", 1, 9), "a later train", "Do first: help with “a later train”: 40 people voice it, 30 in the tribe “Slugs”.", "Da fare subito: un aiuto per «a later train»: ne parlano 40 persone, 30 nella tribù «Slugs»."},
		{"nothing said", open("x", "Any ideas?", 1, 9), "a later train", "Do first: help with", "Da fare subito: un aiuto per"},
		{"stale questions", open("x", question, 24, 9), "a later train", "Do first: help with", "Da fare subito: un aiuto per"},
	} {
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			tribe := figures.Tribe{Tribe: data.Tribe{ID: "t", Letter: "A", Name: "slugs", Kind: data.KindTribe}, Open: c.open}
			v := View{Story: data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now}}, Decisions: []data.TribeDecision{{Kind: data.Rename, Tribe: "t", Text: "slugs"}}}}
			v.Figures = figures.Figures{Threads: true, Tribes: []figures.Tribe{tribe},
				Needs: []figures.Need{{Key: "top", Label: c.need, People: 40, ByTribe: []figures.Share{{Tribe: 0, People: 30}}}}}
			b, err := newBuilder(v, lang)
			if err != nil {
				t.Fatal(err)
			}
			b.onePlace = true
			if got := plainText(b.doFirst().Parts); !strings.HasPrefix(got, want) {
				t.Errorf("%s: got %q, want %q", c.name, got, want)
			}
			if b.problem != nil {
				t.Errorf("%s: %v", c.name, b.problem)
			}
		}
	}
}

// TestEverybodyWhoWaitsCounts: those in no tribe wait for the need voiced most as well: they are counted, their places add up,
// and no tribe is told as theirs.
func TestEverybodyWhoWaitsCounts(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	open := func(author byte, place string) figures.Quote {
		return figures.Quote{Key: "top", Text: "I look for someone who drives.", Post: data.PostMeta{ID: data.PostID{author}, Author: data.AuthorID{author}, Source: "forum", Place: place, CreatedAt: now.Add(-72 * time.Hour)}}
	}
	tribe := func(kind data.TribeKind, open ...figures.Quote) figures.Tribe {
		return figures.Tribe{Tribe: data.Tribe{Name: "slugs", Kind: kind}, Open: open}
	}
	in := []figures.Tribe{tribe(data.KindTribe, open(1, "Trains")), tribe(data.KindTribe, open(2, "Boats"))}
	for _, c := range []struct {
		tribes []figures.Tribe
		none   []figures.Quote
		en, it string
	}{
		{in, nil, "Do first: open one list, who can and who needs “someone who drives”; link it where 2 people have no reply: “Boats” (1), “Trains” (1).", "Da fare subito: aprire un elenco, chi può e chi cerca «someone who drives»; segnalarlo dove 2 persone sono senza risposta: «Boats» (1), «Trains» (1)."},
		{append(in[:2:2], tribe(data.KindCrowd, open(3, "Boats"))), []figures.Quote{open(4, "Trains"), open(5, "Cars"), open(6, "Bikes"), open(7, "Tools"), open(8, "Vans")}, "Do first: open one list, who can and who needs “someone who drives”; link it where 8 people have no reply: “Boats” (2), “Trains” (2), “Bikes” (1), “Cars” (1), “Tools” (1), one more place.", "Da fare subito: aprire un elenco, chi può e chi cerca «someone who drives»; segnalarlo dove 8 persone sono senza risposta: «Boats» (2), «Trains» (2), «Bikes» (1), «Cars» (1), «Tools» (1), un altro luogo."},
		{in[:0], []figures.Quote{open(4, "Trains")}, "Do first: open one list, who can and who needs “someone who drives”; link it where one person has no reply in “Trains”.", "Da fare subito: aprire un elenco, chi può e chi cerca «someone who drives»; segnalarlo dove una persona è senza risposta in «Trains»."},
	} {
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			v := View{Story: data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now}}}, Figures: figures.Figures{Threads: true, Tribes: c.tribes, Open: c.none,
				Needs: []figures.Need{{Key: "top", Label: "someone who drives", People: 40}}}}
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
}

// TestHelpFirst: help goes to the tribe that voices a need most, never to a group that is none; where no tribe does,
// the need alone is named.
func TestHelpFirst(t *testing.T) {
	for want, shares := range map[string][]figures.Share{
		"Do first: help with “a later train”: 40 people voice it, 5 in the tribe “Slugs”.": {{Tribe: 1, People: 30}, {Tribe: 0, People: 5}, {Tribe: figures.None, People: 5}},
		"Do first: help with “a later train”, which 40 people voice.":                      {{Tribe: 1, People: 30}, {Tribe: figures.None, People: 9}, {Tribe: 0, People: 1}},
	} {
		v := View{Options: Options{MinNeed: 3}, Figures: figures.Figures{Threads: true,
			Tribes: []figures.Tribe{{Tribe: data.Tribe{Letter: "A", Name: "slugs", Kind: data.KindTribe}}, {Tribe: data.Tribe{Letter: "B", Name: "trains", Kind: data.KindCrowd}}},
			Needs:  []figures.Need{{Key: "top", Label: "a later train", People: 40, ByTribe: shares}}}}
		b, err := newBuilder(v, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		b.onePlace = true
		if got := plainText(b.doFirst().Parts); got != want || b.problem != nil {
			t.Errorf("got %q, %v; want %q", got, b.problem, want)
		}
	}
}

// TestTribesThatAskLead: where few of the posts are requests, people rarely meet to be answered.
func TestTribesThatAskLead(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	v := View{Story: data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now}}}}
	v.Figures = figures.Figures{Threads: true}
	for i, asked := range []int{7, 40, 20} {
		id := fmt.Sprintf("t%d", i)
		var open []figures.Quote
		for n := range 2 {
			open = append(open, figures.Quote{Text: "How do I read this letter?", Outright: true,
				Post: data.PostMeta{Author: data.NewAuthorID("x", id+fmt.Sprint(n)), CreatedAt: now.Add(-time.Duration(i+10*n) * time.Minute)}})
		}
		v.Figures.Tribes = append(v.Figures.Tribes, figures.Tribe{Tribe: data.Tribe{ID: data.TribeID(id), Kind: data.KindTribe, Posts: 100}, Asked: asked, Open: open})
	}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, w := range b.ofTribes(b.waiting("")) {
		got = append(got, w.tribe)
	}
	if want := []int{1, 2, 1, 2}; !slices.Equal(got, want) {
		t.Errorf("of tribes with 7, 40 and 20 requests in 100 posts: asked first %v, want %v", got, want)
	}
}

// TestOpenOfItsOwnFirst: of the open requests of a tribe those about what it is about come first, and line and table name the same.
func TestOpenOfItsOwnFirst(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	v := View{Story: data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now}}}}
	tribe := figures.Tribe{Tribe: data.Tribe{ID: "t", Letter: "A", Name: "boats", Kind: data.KindTribe, Posts: 100, Words: []data.Term{{Form: "boats"}}}, Asked: 30}
	for i, text := range []string{"Does anybody know a good song for a wedding?", "How do you dry old boats before winter?", "Who paints boats in this town?"} {
		tribe.Open = append(tribe.Open, figures.Quote{Text: text, Outright: i != 1,
			Post: data.PostMeta{ID: data.NewPostID("x", text), Author: data.NewAuthorID("x", text), CreatedAt: now.Add(-time.Duration(i) * time.Hour)}})
	}
	v.Figures = figures.Figures{Threads: true, Tribes: []figures.Tribe{tribe}}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, q := range b.openFirst(tribe) {
		got = append(got, strings.Fields(q.Text)[0])
	}
	if want := []string{"Who", "How", "Does"}; !slices.Equal(got, want) {
		t.Errorf("open requests %v, want %v", got, want)
	}
	if first, known := b.toAnswer(); !known || first.Text != "Who paints boats in this town?" {
		t.Errorf("to answer first: %q, %v", first.Text, known)
	}
	v.Options.Tender = func(string) bool { return true }
	v.Figures.Tribes[0].Words = []data.Term{{Form: "boats"}, {Form: "sermons"}}
	if b, err = newBuilder(v, data.LangEN); err != nil {
		t.Fatal(err)
	}
	if first, known := b.toAnswer(); known {
		t.Errorf("of a tribe of faith, %q is to be answered", first.Text)
	}
	if row := b.whenOf(0, v.Figures.Tribes[0], v.Figures.Tribes[0]); row.How != nil || !strings.HasPrefix(plainText(row.Open), "Leave them be") {
		t.Errorf("how to join in with a tribe of faith: %v, %q", row.How, plainText(row.Open))
	}
}
