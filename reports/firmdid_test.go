package reports

import (
	"fmt"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/conduct"
)

// TestWhatAFirmDid: of a firm that those who left say is not what they expected the page tells where they asked or complained and it
// wrote, most of those there, and how its unasked posts were met; that it wrote nothing where they say so; of another firm nothing.
func TestWhatAFirmDid(t *testing.T) {
	before, now := time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	old, fresh := data.Tribe{ID: "told", Letter: "A", Name: "lamps", People: 12, Kind: data.KindTribe}, data.Tribe{ID: "tnew", Letter: "B", Name: "tins", People: 12, Kind: data.KindTribe}
	who := func(i int) data.AuthorID { return data.NewAuthorID("f", fmt.Sprint(i)) }
	thread := func(title string) data.ThreadID { return data.NewThreadID("f", title) }
	const met, late, bent, wide, bare = "Glim's new wick", "Oil by post: how long?", "My wick bends", "Evenings in June", "What burns cleanest"
	for _, c := range []struct {
		name     string
		own      conduct.Own
		answered bool // by the firm, where they say so
		en, it   string
	}{
		{"silent, and pushing", conduct.Own{Maker: who(90), Unasked: 4, Rebuffed: 3, Answers: 2}, false,
			" Glim has written nothing there. Before, those who left asked or complained where Glim wrote: 4 in “Oil by post: how long?”, 3 in “My wick bends”. Glim itself wrote 4 posts that nobody had asked for, 3 of which met with annoyance, and 2 answers to requests.",
			" Glim non ci ha scritto nulla. Prima, chi se n’è andato chiedeva o si lamentava dove scriveva Glim: 4 in «Oil by post: how long?», 3 in «My wick bends». Glim stessa ha scritto 4 messaggi non richiesti, di cui 3 hanno dato fastidio, e 2 risposte a chi chiedeva."},
		{"there, and pushing little", conduct.Own{Maker: who(90), Unasked: 2, Rebuffed: 2}, true,
			" Before, those who left asked or complained where Glim wrote: 4 in “Oil by post: how long?”, 3 in “My wick bends”.",
			" Prima, chi se n’è andato chiedeva o si lamentava dove scriveva Glim: 4 in «Oil by post: how long?», 3 in «My wick bends»."},
		{"another pushes", conduct.Own{Maker: who(91), Unasked: 9, Rebuffed: 9}, true,
			" Before, those who left asked or complained where Glim wrote: 4 in “Oil by post: how long?”, 3 in “My wick bends”.",
			" Prima, chi se n’è andato chiedeva o si lamentava dove scriveva Glim: 4 in «Oil by post: how long?», 3 in «My wick bends»."},
	} {
		story := data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now, Parent: "before", Window: data.Window{From: now.AddDate(0, 0, -28), To: now}}, Tribes: []data.Tribe{old, fresh}},
			History: []data.RunRecord{{Run: data.Run{ID: "before", AsOf: before}, Tribes: []data.Tribe{old}}},
			Threads: map[data.ThreadID]data.Thread{},
			Authors: map[data.AuthorID]data.Author{who(90): {Name: "Glim"}, who(91): {Name: "Stern"}}}
		write := func(author int, in string, types ...data.NeedType) {
			n := len(story.Activity)
			post := data.PostMeta{ID: data.NewPostID("f", fmt.Sprint(n)), Author: who(author), Thread: thread(in), CreatedAt: before.Add(time.Duration(n+1) * time.Minute)}
			story.Threads[post.Thread] = data.Thread{Title: in}
			story.Activity = append(story.Activity, post)
			for _, k := range types {
				story.Needs = append(story.Needs, data.NeedRow{PostMeta: post, Need: data.Need{Type: k, Polarity: -1}})
			}
		}
		newcomers := figures.Tribe{Tribe: fresh}
		for i := range 24 {
			home := old.ID
			if i < 12 {
				home = fresh.ID
				newcomers.Members = append(newcomers.Members, data.Member{Author: who(i), Tribe: home})
			}
			story.History[0].Members = append(story.History[0].Members, data.Member{Author: who(i), Tribe: old.ID})
			story.Members = append(story.Members, data.Member{Author: who(i), Tribe: home})
		}
		for i := range 12 {
			write(i, met, data.Complaint)
			story.Needs[len(story.Needs)-1].Motives = []string{"image"}
		}
		if c.answered {
			write(90, met)
		}
		for i := range 4 {
			write(i, late, data.Wish)
			write(i, wide, data.Wish) // of eight who wrote there
			write(i+4, wide)
			write(i, bare, data.Wish) // where the firm did not write
		}
		for i := range 3 {
			write(i, bent, data.Complaint)
			write(i+12, bent, data.Wish) // of those who stayed
		}
		for _, in := range []string{late, bent, wide} {
			write(90, in)
		}
		change := figures.Change{Event: data.Split, From: []data.Tribe{old}, To: []data.Tribe{old, fresh}, Came: []int{12, 12}}
		v := View{Story: story, Measures: &Measures{Makers: &Conduct{Own: []conduct.Own{c.own}}},
			Figures: figures.Figures{Params: figures.Params{Makers: map[data.AuthorID]bool{who(90): true, who(91): true}}, Changes: []figures.Change{change}, Tribes: []figures.Tribe{{Tribe: old}, newcomers}}}
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			b, err := newBuilder(v, lang)
			if err != nil {
				t.Fatal(err)
			}
			why, left := b.metIn(change)
			if got := plainText(b.firmDid(why)); !left || got != want || b.problem != nil {
				t.Errorf("%s: got %q, want %q (%v)", c.name, got, want, b.problem)
			}
			if lead, told := plainText(b.foundDown().Lead), plainText(b.foundDown().Parts); told != lead+want {
				t.Errorf("%s: public relations reads %q after %q", c.name, told, lead)
			}
			b.Options.Anonymise = true
			if got := b.firmDid(why); got != nil {
				t.Errorf("%s: without names got %v", c.name, got)
			}
		}
	}
}
