package reports

import (
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
		for range n {
			out = append(out, figures.Quote{Key: key, Text: text, Post: data.PostMeta{CreatedAt: now.AddDate(0, 0, -days)}})
		}
		return out
	}
	places := []figures.PlaceShare{{Source: "forum", Place: "pests", Posts: 3}}
	const question = "How do I keep the slugs off?"
	for _, c := range []struct {
		name   string
		open   []figures.Quote
		places []figures.PlaceShare
		en, it string
	}{
		{"thousands open", open("x", question, 1, 1739), nil, "Do first: answer the three newest open questions in the tribe “Slugs”.", "Da fare subito: rispondere alle tre domande aperte più recenti nella tribù «Slugs»."},
		{"one, with a place", open("x", question, 1, 1), places, "Do first: answer the newest open question in the tribe “Slugs”; they write most in “pests”.", "Da fare subito: rispondere alla domanda aperta più recente nella tribù «Slugs»; scrivono soprattutto in «pests»."},
		{"about the need voiced most", append(open("x", question, 1, 5), open("top", question, 2, 2)...), nil, "Do first: answer the two newest open requests about “a later train” in the tribe “Slugs”.", "Da fare subito: rispondere alle due richieste aperte più recenti su «a later train» nella tribù «Slugs»."},
		{"words that ask without a mark, about that need", append(open("x", question, 1, 5), open("top", "Cerco un treno più tardi.", 2, 1)...), nil, "Do first: answer the newest open request about “a later train” in the tribe “Slugs”.", "Da fare subito: rispondere alla richiesta aperta più recente su «a later train» nella tribù «Slugs»."},
		{"no question", open("x", "Cerco una via di mezzo.", 1, 9), nil, "Do first: help with “a later train”: 40 people voice it, 30 in the tribe “Slugs”.", "Da fare subito: un aiuto per «a later train»: ne parlano 40 persone, 30 nella tribù «Slugs»."},
		{"nothing said", open("x", "Any ideas?", 1, 9), nil, "Do first: help with", "Da fare subito: un aiuto per"},
		{"stale questions", open("x", question, 24, 9), nil, "Do first: help with", "Da fare subito: un aiuto per"},
	} {
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			tribe := figures.Tribe{Tribe: data.Tribe{ID: "t", Name: "slugs", Kind: data.KindTribe}, Open: c.open, Places: c.places}
			v := View{Story: data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now}}, Decisions: []data.TribeDecision{{Kind: data.Rename, Tribe: "t", Text: "slugs"}}}}
			v.Figures = figures.Figures{Threads: true, Tribes: []figures.Tribe{tribe},
				Needs: []figures.Need{{Key: "top", Label: "a later train", People: 40, ByTribe: []figures.Share{{Tribe: 0, People: 30}}}}}
			b, err := newBuilder(v, lang)
			if err != nil {
				t.Fatal(err)
			}
			b.onePlace = c.places == nil
			if got := plainText(b.doFirst().Parts); !strings.HasPrefix(got, want) {
				t.Errorf("%s: got %q, want %q", c.name, got, want)
			}
			if b.problem != nil {
				t.Errorf("%s: %v", c.name, b.problem)
			}
		}
	}
}
