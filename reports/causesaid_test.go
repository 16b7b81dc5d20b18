package reports

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// TestWhatALeavingIsAbout: a conversation in which people left is told by the maker that its title names, and by what most of them
// say there; by its title where it names none or two. That a firm let people down is a motive: ten must say so.
func TestWhatALeavingIsAbout(t *testing.T) {
	before, now := time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	old, fresh := data.Tribe{ID: "told", Letter: "A", Name: "lamps", People: 12, Kind: data.KindTribe}, data.Tribe{ID: "tnew", Letter: "B", Name: "tins", People: 12, Kind: data.KindTribe}
	who := func(i int) data.AuthorID { return data.NewAuthorID("f", fmt.Sprint(i)) }
	makers := map[data.AuthorID]bool{who(90): true, who(91): true}
	thread := data.NewThreadID("f", "oil")
	const left = "12 people have left “Lamps” for “Tins”: "
	for _, c := range []struct {
		title      string
		down, odd  int // of those who left, who say there that it is not what they expected, and that something else is wrong
		head, line string
		head2      string // in Italian
	}{
		{"Glim's new wick", 10, 0, "12 leave “Lamps”, 10 let down by Glim, a firm", left + "12 of them wrote in a conversation about Glim, a firm, begun on Tuesday; nobody who stayed did. 10 say it is not what they expected.", "12 lasciano «Lamps», 10 delusi da Glim, un’azienda"},
		{"Glim's new wick", 9, 3, "12 leave “Lamps” while 12 of them talk about Glim, a firm", left + "12 of them wrote in a conversation about Glim, a firm, begun on Tuesday; nobody who stayed did. 12 say there what is wrong.", "12 lasciano «Lamps», mentre 12 di loro parlano di Glim, un’azienda"},
		{"glim_shop and the post", 0, 2, "12 leave “Lamps” while 12 of them talk about Glim, a firm", left + "12 of them wrote in a conversation about Glim, a firm, begun on Tuesday; nobody who stayed did.", "12 lasciano «Lamps», mentre 12 di loro parlano di Glim, un’azienda"},
		{"Glim or Stern?", 10, 0, "12 leave “Lamps” while 12 of them write in “Glim or Stern?”", left + "12 of them wrote in “Glim or Stern?”, begun on Tuesday; nobody who stayed did. 10 say there what is wrong.", "12 lasciano «Lamps», mentre 12 di loro scrivono in «Glim or Stern?»"},
		{"41 ways to trim a wick", 10, 0, "12 leave “Lamps” while 12 of them write in “41 ways to trim a wick”", left + "12 of them wrote in “41 ways to trim a wick”, begun on Tuesday; nobody who stayed did. 10 say there what is wrong.", "12 lasciano «Lamps», mentre 12 di loro scrivono in «41 ways to trim a wick»"},
		{"Glimmers at dusk", 10, 0, "12 leave “Lamps” while 12 of them write in “Glimmers at dusk”", left + "12 of them wrote in “Glimmers at dusk”, begun on Tuesday; nobody who stayed did. 10 say there what is wrong.", "12 lasciano «Lamps», mentre 12 di loro scrivono in «Glimmers at dusk»"},
	} {
		story := data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now, Parent: "before", Window: data.Window{From: now.AddDate(0, 0, -28), To: now}}, Tribes: []data.Tribe{old, fresh}},
			History: []data.RunRecord{{Run: data.Run{ID: "before", AsOf: before}, Tribes: []data.Tribe{old}}},
			Threads: map[data.ThreadID]data.Thread{thread: {Title: c.title}},
			Authors: map[data.AuthorID]data.Author{who(90): {Name: "Glim", Handle: "glim_shop", NativeID: "41"}, who(91): {Name: "Stern"}}}
		for i := range 24 {
			home := old.ID
			if i < 12 {
				home = fresh.ID
			}
			story.History[0].Members = append(story.History[0].Members, data.Member{Author: who(i), Tribe: old.ID})
			story.Members = append(story.Members, data.Member{Author: who(i), Tribe: home})
			post := data.PostMeta{ID: data.NewPostID("f", fmt.Sprint(i)), Author: who(i), CreatedAt: before.AddDate(0, 0, 1).Add(time.Duration(i) * time.Hour)}
			if i < 12 {
				post.Thread = thread
			}
			story.Activity = append(story.Activity, post)
			switch {
			case i < c.down:
				story.Needs = append(story.Needs, data.NeedRow{PostMeta: post, Need: data.Need{Type: data.Complaint, Polarity: -1, Motives: []string{"image"}, Voice: data.VoiceAside}})
			case i < c.down+c.odd:
				story.Needs = append(story.Needs, data.NeedRow{PostMeta: post, Need: data.Need{Type: data.Problem, Polarity: -1}})
			}
		}
		change := figures.Change{Event: data.Split, From: []data.Tribe{old}, To: []data.Tribe{old, fresh}, Came: []int{12, 12}}
		v := View{Story: story, Figures: figures.Figures{Params: figures.Params{Makers: makers}, Changes: []figures.Change{change}, Tribes: []figures.Tribe{{Tribe: old}, {Tribe: fresh}}}}
		for lang, want := range map[data.Lang]string{data.LangEN: c.head, data.LangIT: c.head2} {
			b, err := newBuilder(v, lang)
			if err != nil {
				t.Fatal(err)
			}
			if got := plainText(b.headline()); got != want || b.problem != nil {
				t.Errorf("%s, %d let down: got %q, want %q (%v)", c.title, c.down, got, want, b.problem)
			}
			if lang == data.LangIT {
				continue
			}
			if got := plainText(b.changeLine().Parts); got != c.line {
				t.Errorf("%s, %d let down: got %q, want %q", c.title, c.down, got, c.line)
			}
			if got := plainText(b.bond(1, v.Figures.Tribes[1])); !strings.HasPrefix(got, "Held together, so far, by one conversation: 12 of 12 wrote in “"+c.title+"”") {
				t.Errorf("%s: the card of those who left says %q", c.title, got)
			}
			let := strings.Contains(c.head, "let down") // nobody of that conversation stands by name, and the firm owes an answer
			if q := b.quote(figures.Quote{Post: story.Activity[11], Text: "The tin is round."}); (q.Author == "") != let {
				t.Errorf("%s: a post of the conversation stands by the name %q", c.title, q.Author)
			}
			if q := b.quote(figures.Quote{Post: story.Activity[12], Text: "The tin is round."}); q.Author == "" {
				t.Errorf("%s: a post of another conversation stands without a name", c.title)
			}
			if got := b.owed(v.Figures.Tribes[1]); let != (len(got) == 1) || let && !strings.HasPrefix(plainText(got[0].Parts), "A public answer by Glim itself in “"+c.title+"”") {
				t.Errorf("%s: those who left are owed %v", c.title, got)
			}
			if got := b.owed(v.Figures.Tribes[0]); got != nil {
				t.Errorf("%s: those who stayed are owed %v", c.title, got)
			}
			if got := plainText(b.bond(0, v.Figures.Tribes[0])); strings.Contains(got, "conversation") {
				t.Errorf("%s: the card of those who stayed says %q", c.title, got)
			}
		}
	}
}

// TestFirstQuoteOfALeaving: the card of a tribe that split off quotes first what its people say where they met, and never by name a
// post that tells what moves them.
func TestFirstQuoteOfALeaving(t *testing.T) {
	before, now := time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	old, fresh := data.Tribe{ID: "told", Name: "lamps", People: 6, Kind: data.KindTribe}, data.Tribe{ID: "tnew", Name: "tins", People: 6, Kind: data.KindTribe}
	thread, elsewhere := data.NewThreadID("f", "oil"), data.NewThreadID("f", "wick")
	story := data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now, Parent: "before", Window: data.Window{From: now.AddDate(0, 0, -28), To: now}}, Tribes: []data.Tribe{old, fresh}},
		History: []data.RunRecord{{Run: data.Run{ID: "before", AsOf: before}, Tribes: []data.Tribe{old}}},
		Threads: map[data.ThreadID]data.Thread{thread: {Title: "Out of oil"}, elsewhere: {Title: "Tins of all kinds"}}}
	say := func(post data.PostMeta, quote string, motives ...string) {
		story.Needs = append(story.Needs, data.NeedRow{PostMeta: post, Need: data.Need{Type: data.Complaint, Polarity: -1, Quote: quote, Motives: motives}})
	}
	home := make(map[data.AuthorID]int)
	for i := range 12 {
		who, tribe := data.NewAuthorID("f", fmt.Sprint(i)), old.ID
		post := data.PostMeta{ID: data.NewPostID("f", fmt.Sprint(i)), Author: who, CreatedAt: before.Add(time.Duration(i+1) * time.Hour)}
		if i < 6 {
			tribe, post.Thread, home[who] = fresh.ID, thread, 1
		}
		story.History[0].Members = append(story.History[0].Members, data.Member{Author: who, Tribe: old.ID})
		story.Members = append(story.Members, data.Member{Author: who, Tribe: tribe})
		story.Activity = append(story.Activity, post)
		switch i {
		case 0:
			say(post, "I expected better of them, every winter.", "image")
			say(post, "My shed has been dark since Monday.")
		case 1:
			say(post, "The new oil smokes in my kitchen.")
		}
	}
	tin := figures.Quote{Text: "I keep all my tins by size.", Answered: true, Own: true, Opens: true, Post: data.PostMeta{ID: data.NewPostID("f", "tin"), Thread: elsewhere}}
	change := figures.Change{Event: data.Split, From: []data.Tribe{old}, To: []data.Tribe{old, fresh}, Came: []int{6, 6}}
	known := soft.Label{Motive: signs.Image, State: stats.Known, Rate: stats.Share{State: stats.Known}}
	v := View{Story: story, Measures: &Measures{Motives: []soft.Panel{{Tribe: fresh.ID, Labels: []soft.Label{known}}}},
		Figures: figures.Figures{Home: home, Changes: []figures.Change{change}, Tribes: []figures.Tribe{{Tribe: old}, {Tribe: fresh, Quotes: []figures.Quote{tin}}}}}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, q := range b.telling(v.Figures.Tribes[1], b.tribeQuotes(v.Figures.Tribes[1])) {
		got = append(got, q.Text)
	}
	if want := []string{"The new oil smokes in my kitchen.", tin.Text}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
