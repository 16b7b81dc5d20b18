package reports

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/conduct"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
	"tribu/reports/measure/uses"
)

// TestFindsForDepartments: what moves a tribe more than others stands with the department it is for, as does how unasked posts of makers
// are met; before needs that people share only where there are none; a need that is served worse than usual says so.
func TestFindsForDepartments(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	label := func(s signs.Sign, n int, figure bool) soft.Label {
		l := soft.Label{Motive: s, Authors: n, Figure: figure, State: stats.Known}
		l.Rate.State = stats.Known
		return l
	}
	v := View{Options: Options{MinNeed: 5}.filled(), Measures: &Measures{
		Motives: []soft.Panel{
			{Tribe: "t1", Active: 20, Labels: []soft.Label{label(signs.Belonging, 12, true), label(signs.Dream, 10, false)}},
			{Tribe: "t2", Active: 30, Labels: []soft.Label{label(signs.Image, 11, true), label(signs.Recognition, 14, true), label(signs.Belonging, 13, true)}},
		},
		Makers:   &Conduct{Pushes: []conduct.Push{{Tribe: "t1", Posts: 4, Rebuffed: 2, Ignored: 1}, {Tribe: "t2", Posts: 9, Rebuffed: 1}}},
		Outcomes: []cpi.Outcome{{Key: cpi.Key{Facet: "Time"}, Status: cpi.Qualified, Posts: measure.Evidence{{7}}}},
		Served:   []cpi.Performance{{Verdict: cpi.Worse, Unit: cpi.SecondsWaited, Weeks: []cpi.WeekValue{{State: stats.Known, N: 6, Value: 9 * 24 * 3600}}}},
	}}
	v.Story.AsOf, v.Story.Authors = now, map[data.AuthorID]data.Author{}
	v.Figures = figures.Figures{Tribes: []figures.Tribe{{Tribe: data.Tribe{ID: "t1", Name: "beds", Kind: data.KindTribe}}, {Tribe: data.Tribe{ID: "t2", Name: "sheds", Kind: data.KindTribe}}},
		Needs: []figures.Need{{Key: "boat", Label: "a faster boat", Type: data.Wish, People: 9, Posts: []data.PostID{{7}}}}}
	topic := uses.Topic{Key: "boat", Called: "a faster boat", People: 9, Lacked: true, Newest: now}
	for i := range 9 {
		n := &data.NeedRow{PostMeta: data.PostMeta{ID: data.PostID{byte(i)}, Author: data.AuthorID{byte(i)}, CreatedAt: now}}
		n.Quote, n.Need.Lang, n.Type = "I want a faster boat.", data.LangEN, data.Wish
		topic.Needs = append(topic.Needs, n)
	}
	v.Scene = &Scene{Digests: []uses.Digest{{Function: uses.Sales, Posts: 20, Topics: []uses.Topic{topic}}, {Function: uses.Relations, Posts: 30}, {Function: uses.Promotion, Posts: 40}, {Function: uses.Development, Posts: 50},
		{Function: uses.Research, Posts: 60}, {Function: uses.Community, Posts: 20, Topics: []uses.Topic{topic}}}}
	for lang, want := range map[data.Lang]map[string][]string{
		data.LangEN: {
			"Sales": nil, "Public relations": {"A firm’s true face, more than elsewhere: 11 of 30 in “Sheds”."}, "Community": {"Recognition, more than elsewhere: 14 of 30 in “Sheds”."},
			"Marketing": {"3 of 4 posts that makers wrote unasked in “Beds” met with annoyance or silence.", "Belonging, more than elsewhere: 12 of 20 in “Beds”, 13 of 30 in “Sheds”."},
		},
		data.LangIT: {
			"Vendite": nil, "Relazioni pubbliche": {"Il vero volto di un’azienda, più che altrove: 11 su 30 in «Sheds»."}, "Community": {"Riconoscimento, più che altrove: 14 su 30 in «Sheds»."},
			"Marketing": {"3 dei 4 messaggi che i produttori hanno scritto, non richiesti, in «Beds» hanno trovato fastidio o silenzio.", "Appartenenza, più che altrove: 12 su 20 in «Beds», 13 su 30 in «Sheds»."},
		},
	} {
		b, err := newBuilder(v, lang)
		if err != nil {
			t.Fatal(err)
		}
		house := b.house()
		if house == nil || b.problem != nil {
			t.Fatalf("no departments: %v", b.problem)
		}
		got := make(map[string][]string)
		for _, d := range house.Digests {
			got[d.Name] = nil
			for _, f := range d.Finds {
				got[d.Name] = append(got[d.Name], plainText(f.Parts))
			}
			if leads := d.Lead() != nil; leads != (len(d.Topics) == 0) {
				t.Errorf("%s: a finding leads: %v, before %d needs", d.Name, leads, len(d.Topics))
			}
		}
		for name, finds := range want {
			if _, shown := got[name]; !shown || !slices.Equal(got[name], finds) {
				t.Errorf("%s reads %q, want %q", name, got[name], finds)
			}
		}
		if len(got) != len(want) {
			t.Errorf("departments %v, want %d", got, len(want))
		}
		if lang == data.LangEN {
			i := slices.IndexFunc(house.Digests, func(d digestView) bool { return d.Name == "Sales" })
			if people := house.Digests[i].Topics[0].People; !strings.HasSuffix(people, " · worse than usual: 9 days") {
				t.Errorf("the need that is served worse is told as %q", people)
			}
			if rest := plainText(house.Rest); rest != "Single voices only, no need that enough people share: Development (50 posts)." {
				t.Errorf("the rest: %q", rest)
			}
		}
	}
}
