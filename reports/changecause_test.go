package reports

import (
	"fmt"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// TestWhyASplit: line 1 tells what sets those who left apart most from those who stayed: their need or the conversation in which
// they wrote; where nothing does, with whom they talk.
func TestWhyASplit(t *testing.T) {
	before, now := time.Date(2026, 11, 8, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC)
	old, fresh := data.Tribe{ID: "told", Letter: "A", Name: "lamps", People: 20, Kind: data.KindTribe}, data.Tribe{ID: "tnew", Letter: "B", Name: "tins", People: 8, Kind: data.KindTribe}
	who := func(i int) data.AuthorID { return data.NewAuthorID("f", fmt.Sprint(i)) }
	thread := data.NewThreadID("f", "oil")
	for _, c := range []struct {
		stay   int    // of those who stayed, who need the same
		wrote  [2]int // of those who left and of those who stayed, who wrote in one conversation
		en, it string
		head   string
	}{
		{0, [2]int{7, 0}, " 8 of them need “a lamp”, nobody who stayed does.", " 8 hanno bisogno di «a lamp»; fra chi è rimasto, nessuno.", ""},
		{2, [2]int{}, " 8 of them need “a lamp”, 2 of the 12 who stayed.", " 8 hanno bisogno di «a lamp»; fra le 12 rimaste, 2.", ""},
		{2, [2]int{7, 0}, " 7 of them wrote in “Out of oil”, begun on Sunday; nobody who stayed did. There, 7 want “a lamp”.", " 7 hanno scritto in «Out of oil», cominciata domenica; fra chi è rimasto, nessuno. Lì 7 vogliono «a lamp».", "Out of oil"},
		{12, [2]int{8, 3}, " 8 of them wrote in “Out of oil”, begun on Sunday; 3 of the 12 who stayed. There, 8 want “a lamp”.", " 8 hanno scritto in «Out of oil», cominciata domenica; fra le 12 rimaste, 3. Lì 8 vogliono «a lamp».", "Out of oil"},
		{12, [2]int{8, 11}, " since the report before they have talked in 7 pairs, and never to those who stayed.", " dal rapporto di prima si scrivono fra loro in 7 coppie, e mai con chi è rimasto.", ""},
		{12, [2]int{2, 0}, " since the report before they have talked in 7 pairs, and never to those who stayed.", " dal rapporto di prima si scrivono fra loro in 7 coppie, e mai con chi è rimasto.", ""},
	} {
		story := data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now, Parent: "before", Window: data.Window{From: now.AddDate(0, 0, -28), To: now}}, Tribes: []data.Tribe{old, fresh}},
			History:   []data.RunRecord{{Run: data.Run{ID: "before", AsOf: before}, Tribes: []data.Tribe{old}}},
			Threads:   map[data.ThreadID]data.Thread{thread: {Title: "Out of oil"}},
			Decisions: []data.TribeDecision{{Kind: data.Rename, Tribe: "tnew", Text: "tins"}}}
		for i := range 20 {
			home := old.ID
			if i < 8 {
				home = fresh.ID
			}
			story.History[0].Members = append(story.History[0].Members, data.Member{Author: who(i), Tribe: old.ID})
			story.Members = append(story.Members, data.Member{Author: who(i), Tribe: home})
			post := data.PostMeta{ID: data.NewPostID("f", fmt.Sprint(i)), Author: who(i), CreatedAt: before.Add(time.Hour)}
			if i < c.wrote[0] || i >= 8 && i < 8+c.wrote[1] {
				post.Thread = thread
			}
			story.Activity = append(story.Activity, post)
			if i < 8+c.stay {
				story.Needs = append(story.Needs, data.NeedRow{PostMeta: post, Need: data.Need{Type: data.Wish, Problem: "lamp", Called: "a lamp"}})
			}
			if i < 7 {
				story.Interactions = append(story.Interactions, data.Interaction{Post: post.ID, Kind: data.Reply, From: who(i), To: who(i + 1), At: post.CreatedAt})
			}
		}
		key, _ := story.Needs[0].Subject()
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			v := View{Story: story, Figures: figures.Figures{Needs: []figures.Need{{Key: key, Label: "a lamp", Type: data.Wish, People: 8}}, Tribes: []figures.Tribe{{Tribe: old}, {Tribe: fresh}}}}
			b, err := newBuilder(v, lang)
			if err != nil {
				t.Fatal(err)
			}
			change := figures.Change{Event: data.Split, From: []data.Tribe{old}, To: []data.Tribe{old, fresh}, Came: []int{12, 8}}
			got, head := plainText(b.why(change)), ""
			if why, met := b.metIn(change); met {
				head = story.Threads[why.Thread].Title
			}
			if got != want || head != c.head || b.problem != nil {
				t.Errorf("%d of those who stayed need it as well, %v wrote: got %q and %q, want %q and %q (%v)", c.stay, c.wrote, got, head, want, c.head, b.problem)
			}
		}
	}
}
