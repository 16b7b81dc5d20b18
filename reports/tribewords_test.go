package reports

import (
	"fmt"
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/uses"
)

// TestWholeWords: a word that is part of a phrase beside it is not listed.
func TestWholeWords(t *testing.T) {
	for list, want := range map[string]string{
		"zucchina amarissima,amarissima": "zucchina amarissima", "shade,walls": "shade,walls", "worm,worm bins,bins,lids": "worm bins,lids", "bins,bins": "bins,bins",
	} {
		var words []data.Term
		for w := range strings.SplitSeq(list, ",") {
			words = append(words, data.Term{Key: w, Form: w})
		}
		var got []string
		for _, w := range wholeWords(words) {
			got = append(got, w.Form)
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%q: %q, want %q", list, got, want)
		}
	}
}

// TestOtherNames: a tribe goes on each page by one name, of the page's language where there is one, and shows the others
// on its card; by what its name means only where no other tribe is called so.
func TestOtherNames(t *testing.T) {
	two := data.Tribe{ID: "two", Name: "Potatoes", Told: []data.Telling{{Lang: data.LangEN}, {Lang: data.LangIT, Name: "macchie marroni"}}}
	one := data.Tribe{ID: "one", Name: "buckets", Told: []data.Telling{{Lang: data.LangEN}}}
	twin := data.Tribe{ID: "twin", Name: "pails", Told: []data.Telling{{Lang: data.LangEN}}}
	gloss := func(word string, _, _ data.Lang) string {
		return map[string]string{"buckets": "secchi", "pails": "secchi"}[word]
	}
	for _, c := range []struct {
		tribe       data.Tribe
		beside      []data.Tribe
		lang        data.Lang
		name, other string
	}{
		{two, nil, data.LangEN, "Potatoes", " In Italian: “Macchie marroni”."},
		{two, nil, data.LangIT, "Macchie marroni", " In inglese: «Potatoes»."},
		{two.CalledIn(data.LangIT), nil, data.LangEN, "Potatoes", " In Italian: “Macchie marroni”."},
		{one, nil, data.LangEN, "Buckets", ""},
		{one, nil, data.LangIT, "Secchi", " Nelle loro parole: «Buckets»."},
		{one, []data.Tribe{one, two}, data.LangIT, "Secchi", " Nelle loro parole: «Buckets»."},
		{one, []data.Tribe{one, twin}, data.LangIT, "Buckets", ""},
	} {
		b, err := newBuilder(View{Story: data.Story{RunRecord: data.RunRecord{Tribes: c.beside}}, Options: Options{Gloss: gloss}}, c.lang)
		if err != nil {
			t.Fatal(err)
		}
		told := figures.Tribe{Tribe: c.tribe}
		if name, other := b.title(c.tribe), plainText(b.otherNames(told)); name != c.name || other != c.other {
			t.Errorf("%s in %s: got %q and %q, want %q and %q", c.tribe.Name, c.lang, name, other, c.name, c.other)
		}
		for _, s := range append(b.cardTitle(c.tribe), b.otherNames(told)...) {
			if want := map[bool]data.Lang{true: data.LangEN, false: data.LangIT}[s.Text == "Potatoes" || s.Text == "Buckets"]; s.Collected && s.Lang != "" && s.Lang != string(want) {
				t.Errorf("%s in %s: %q is marked as of %s", c.tribe.Name, c.lang, s.Text, s.Lang)
			}
		}
	}
}

// TestDepartmentRows: a department reads of what the list of needs tells by its name.
func TestDepartmentRows(t *testing.T) {
	topic := func(key string, lacked bool) uses.Topic {
		row := &data.NeedRow{PostMeta: data.PostMeta{ID: data.NewPostID("s", key)}, Need: data.Need{Quote: "I want cheaper " + key + " for it."}}
		return uses.Topic{Key: key, Called: "cheaper " + key, People: 20, Lacked: lacked, Needs: []*data.NeedRow{row}}
	}
	needs := []figures.Need{{Key: "soil", Topic: "cheaper soil", Label: "cheaper soil", People: 20}, {Key: "pots", Topic: "cheaper pots", Label: "cheaper pots", People: 20},
		{Key: "bins", Topic: "cheaper bins", Label: "cheaper bins", People: 20, Mixed: true},
		{Key: "lamp", Topic: "my lamp broke", Label: "my lamp broke", People: 20, Mixed: true, Type: data.Problem},
		{Key: "nets", Topic: "cheaper nets", Label: "cheaper nets", People: 4}, {Key: "seed", Topic: "cheaper seed", Label: "cheaper seed", People: 90, Weekly: []int{90, 0}}}
	lamp := func(quotes ...string) uses.Topic {
		out := uses.Topic{Key: "lamp", People: 20, Lacked: true}
		for _, q := range quotes {
			out.Needs = append(out.Needs, &data.NeedRow{Need: data.Need{Quote: q, Object: "lamp"}})
		}
		return out
	}
	for _, c := range []struct {
		name    string
		digests []uses.Digest
		want    string
	}{
		{"two needs", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("soil", true)}}, {Function: uses.Sales, Topics: []uses.Topic{topic("pots", true)}}}, "[cheaper soil] [cheaper pots] "},
		{"a need sorted less surely", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("soil", true)}}, {Function: uses.Sales, Topics: []uses.Topic{topic("bins", true)}}}, "[cheaper soil] "},
		{"a problem in many words", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("soil", true)}}, {Function: uses.Help, Topics: []uses.Topic{lamp("My lamp leaks on the floor.", "The lamp went dark today.")}}}, "[cheaper soil] [my lamp broke] "},
		{"several problems", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("soil", true)}}, {Function: uses.Help, Topics: []uses.Topic{lamp("My lamp leaks on the floor.", "The bed is too wet today.")}}}, "[cheaper soil] "},
		{"few people", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("soil", true)}}, {Function: uses.Sales, Topics: []uses.Topic{topic("nets", true)}}}, "[cheaper soil] "},
		{"one that nobody voices any more", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("seed", true), topic("soil", true)}}, {Function: uses.Sales, Topics: []uses.Topic{topic("seed", true)}}}, "[cheaper soil cheaper seed 90 people · nobody this week] [cheaper seed 90 people · nobody this week] "},
		{"tips", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("soil", true)}}, {Function: uses.Research, Topics: []uses.Topic{topic("pots", false)}}}, "[cheaper soil] "},
		{"one department", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("soil", true), topic("pots", true)}}}, "[cheaper soil cheaper pots] "},
	} {
		authors := make(map[data.AuthorID]data.Author)
		for i := range 300 {
			authors[data.NewAuthorID("s", fmt.Sprint(i))] = data.Author{}
		}
		b, err := newBuilder(View{Options: Options{MinNeed: 5}, Story: data.Story{Authors: authors}, Figures: figures.Figures{Needs: needs}, Scene: &Scene{Digests: c.digests}}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if v := b.house(); v != nil {
			for _, d := range v.Digests {
				var rows []string
				for _, r := range d.Topics {
					rows = append(rows, r.Topic)
					if strings.Contains(r.People, "nobody") {
						rows = append(rows, r.People)
					}
				}
				got += fmt.Sprint(rows) + " "
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestTelling: what a tribe's people say of themselves stands first, in words of its name, before what others say and
// what is everybody's need; titles, prices, other languages and questions back stand nowhere.
func TestTelling(t *testing.T) {
	thread := data.NewThreadID("s", "t")
	quote := func(id, text string, lang data.Lang, opens bool) figures.Quote {
		own := strings.HasPrefix(text, "I ") || strings.Contains(text, " my ")
		return figures.Quote{Text: text, Lang: lang, Own: own, Opens: opens, Post: data.PostMeta{ID: data.NewPostID("s", id), Thread: thread}}
	}
	tribe := figures.Tribe{Tribe: data.Tribe{Name: "lids", Words: []data.Term{{Form: "slugs", Key: "slugs", Count: 9}}, Told: []data.Telling{{Lang: data.LangEN}}}}
	pots := figures.Need{Key: "pots", People: 9, Labels: map[data.Lang]string{data.LangEN: "someone to water my pots"}, Posts: []data.PostID{data.NewPostID("s", "pots")},
		Within: []figures.Share{{Tribe: 0, People: 3}, {Tribe: 1, People: 3}, {Tribe: 2, People: 3}}}
	b, err := newBuilder(View{Story: data.Story{Threads: map[data.ThreadID]data.Thread{thread: {Title: "Slugs on the third floor"}}}, Figures: figures.Figures{Needs: []figures.Need{pots}}}, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, q := range b.telling(tribe, []figures.Quote{
		quote("pots", "Who waters my slugs and pots?", data.LangEN, true), quote("spam", "Slugs: quale motore?", data.LangIT, true), quote("you", "Do you swap slugs?", data.LangEN, false),
		quote("title", "Slugs on the third floor: help!", data.LangEN, true), quote("was", "More lids, was: slugs again.", data.LangEN, true), quote("price", "Lids like new, only $20 each.", data.LangEN, true),
		quote("none", "Is it fine?", data.LangEN, true), quote("blank", " ", data.LangEN, true), quote("other", "Slugs eat wool.", data.LangEN, false),
		quote("own", "I lost a row to slugs.", data.LangEN, false), quote("name", "I need new lids.", data.LangEN, true),
	}) {
		got = append(got, q.Text)
	}
	if want := "I need new lids.|I lost a row to slugs.|Is it fine?|Slugs eat wool.|Who waters my slugs and pots?"; strings.Join(got, "|") != want {
		t.Errorf("told in the order %q, want %q", strings.Join(got, "|"), want)
	}
	for word, want := range map[string]bool{"pots": true, "pot": true, "slugs": false} {
		if b.inNeedOfMany(word) != want {
			t.Errorf("%q is of what many tribes need: %v, want %v", word, !want, want)
		}
	}
	pots.Within[0].People = 8
	if everybodys(pots) {
		t.Error("a need that most of one tribe's people voice counts as everybody's")
	}
}
