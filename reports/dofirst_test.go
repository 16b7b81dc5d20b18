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
			out = append(out, figures.Quote{Key: key, Text: text, Outright: strings.Contains(text, " I "), Post: data.PostMeta{Author: data.AuthorID{byte(i), byte(days)}, CreatedAt: now.AddDate(0, 0, -days)}})
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
		{"thousands open", open("x", question, 1, 1739), "a later train", "Do first: answer these three questions, which still wait for a reply: “How do I keep the slugs off?” by someone (A), “How", "Da fare subito: rispondere a queste tre domande, che aspettano ancora: «How do I keep the slugs off?» di qualcuno (A), «How"},
		{"one", open("x", question, 1, 1), "a later train", "Do first: answer this question, which still waits for a reply: “How do I keep the slugs off?” by someone (A).", "Da fare subito: rispondere a questa domanda, che aspetta ancora: «How do I keep the slugs off?» di qualcuno (A)."},
		{"about the need voiced most, the newest first", append(open("top", "Is there a later train?", 3, 1), append(open("x", question, 1, 5), open("top", "Any train after nine?", 2, 1)...)...), "a later train", "Do first: answer the newest of 2 open requests about “a later train”: someone in “Any train after nine?”, tribe “Slugs”.", "Da fare subito: rispondere alla più recente delle 2 richieste aperte su «a later train»: qualcuno in «Any train after nine?», tribù «Slugs»."},
		{"words that ask without a mark, about that need", append(open("x", question, 1, 5), open("top", "Cerco un treno più tardi.", 2, 1)...), "a later train", "Do first: answer the one open request about “a later train”: someone in “Cerco un treno più tardi.”, tribe “Slugs”.", "Da fare subito: rispondere alla sola richiesta aperta su «a later train»: qualcuno in «Cerco un treno più tardi.», tribù «Slugs»."},
		{"people who look for people", append(open("top", "I look for someone who drives.", 3, 1), open("top", "Does anyone drive to town?", 1, 1)...), "someone who drives", "Do first: answer 2 people who look for “someone who drives” and still wait, or bring them together. The newest that has waited for two days: someone in “Does anyone drive to town?”, tribe “Slugs”.", "Da fare subito: rispondere a 2 persone che cercano «someone who drives» e aspettano ancora, o metterle in contatto. La richiesta più recente che aspetta da due giorni: qualcuno in «Does anyone drive to town?», tribù «Slugs»."},
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

// TestHelpFirst: help goes to the tribe that voices a need most, never to a group that is none; where no tribe does,
// the need alone is named.
func TestHelpFirst(t *testing.T) {
	for want, shares := range map[string][]figures.Share{
		"Do first: help with “a later train”: 40 people voice it, 5 in the tribe “Slugs”.": {{Tribe: 1, People: 30}, {Tribe: 0, People: 5}, {Tribe: figures.None, People: 5}},
		"Do first: help with “a later train”: 40 people voice it.":                         {{Tribe: 1, People: 30}, {Tribe: figures.None, People: 9}, {Tribe: 0, People: 1}},
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
