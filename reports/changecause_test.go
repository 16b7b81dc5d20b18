package reports

import (
	"fmt"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// TestWhyASplit: line 1 tells what those who left need and those who stayed do not; where nothing sets them apart so, with
// whom they talk.
func TestWhyASplit(t *testing.T) {
	before, now := time.Date(2026, 11, 8, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC)
	old, fresh := data.Tribe{ID: "told", Letter: "A", Name: "lamps", People: 20, Kind: data.KindTribe}, data.Tribe{ID: "tnew", Letter: "B", Name: "tins", People: 8, Kind: data.KindTribe}
	who := func(i int) data.AuthorID { return data.NewAuthorID("f", fmt.Sprint(i)) }
	for _, c := range []struct {
		stay   int // of those who stayed, who need the same
		en, it string
	}{
		{0, " 8 of the 8 who left need “a lamp”; of the 12 who stayed, nobody.", " Su 8 persone uscite, 8 hanno bisogno di «a lamp»; su 12 rimaste, nessuna."},
		{2, " 8 of the 8 who left need “a lamp”; of the 12 who stayed, 2.", " Su 8 persone uscite, 8 hanno bisogno di «a lamp»; su 12 rimaste, 2."},
		{12, " In the 7 days since the report before, those who left for “Tins” have written to each other (7 pairs), and never to those who stayed.", " In 7 giorni, dal rapporto di prima, chi è passato a «Tins» si scrive (7 coppie), ma mai con chi è rimasto."},
	} {
		story := data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now, Parent: "before", Window: data.Window{From: now.AddDate(0, 0, -28), To: now}}, Tribes: []data.Tribe{old, fresh}},
			History:   []data.RunRecord{{Run: data.Run{ID: "before", AsOf: before}, Tribes: []data.Tribe{old}}},
			Decisions: []data.TribeDecision{{Kind: data.Rename, Tribe: "tnew", Text: "tins"}}}
		for i := range 20 {
			home := old.ID
			if i < 8 {
				home = fresh.ID
			}
			story.History[0].Members = append(story.History[0].Members, data.Member{Author: who(i), Tribe: old.ID})
			story.Members = append(story.Members, data.Member{Author: who(i), Tribe: home})
			post := data.PostMeta{ID: data.NewPostID("f", fmt.Sprint(i)), Author: who(i), CreatedAt: before.Add(time.Hour)}
			if i < 8+c.stay {
				story.Needs = append(story.Needs, data.NeedRow{PostMeta: post, Need: data.Need{Type: data.Wish, Problem: "lamp", Called: "a lamp"}})
			}
			if i < 7 {
				story.Interactions = append(story.Interactions, data.Interaction{Post: post.ID, Kind: data.Reply, From: who(i), To: who(i + 1), At: post.CreatedAt})
			}
		}
		key, _ := story.Needs[0].Subject()
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			v := View{Story: story, Figures: figures.Figures{Needs: []figures.Need{{Key: key, Label: "a lamp", People: 8}}, Tribes: []figures.Tribe{{Tribe: old}, {Tribe: fresh}}}}
			b, err := newBuilder(v, lang)
			if err != nil {
				t.Fatal(err)
			}
			got := plainText(b.why(figures.Change{Event: data.Split, From: []data.Tribe{old}, To: []data.Tribe{old, fresh}}))
			if got != want || b.problem != nil {
				t.Errorf("%d of those who stayed need it as well: got %q, want %q (%v)", c.stay, got, want, b.problem)
			}
		}
	}
}
