package reports

import (
	"fmt"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

// TestShortChanges: the first line tells a birth by the conversation in which half of the tribe met, a merger by who is in it now,
// and a tribe that doubled by how many it was.
func TestShortChanges(t *testing.T) {
	before, now := time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	lamps, tins := data.Tribe{ID: "ta", Letter: "A", Name: "lamps", People: 8, Kind: data.KindTribe}, data.Tribe{ID: "tb", Letter: "B", Name: "tins", People: 6, Kind: data.KindTribe}
	thread := data.NewThreadID("f", "oil")
	born := func(wrote int) View {
		story := data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now, Parent: "before", Window: data.Window{From: now.AddDate(0, 0, -28), To: now}}, Tribes: []data.Tribe{lamps}},
			History: []data.RunRecord{{Run: data.Run{ID: "before", AsOf: before}}}, Threads: map[data.ThreadID]data.Thread{thread: {Title: "Out of oil"}}}
		for i := range 8 {
			post := data.PostMeta{ID: data.NewPostID("f", fmt.Sprint(i)), Author: data.NewAuthorID("f", fmt.Sprint(i)), CreatedAt: before.Add(time.Duration(i+25) * time.Hour)}
			if i < wrote {
				post.Thread = thread
			}
			story.Members = append(story.Members, data.Member{Author: post.Author, Tribe: lamps.ID})
			story.Activity = append(story.Activity, post)
		}
		return View{Story: story, Figures: figures.Figures{Tribes: []figures.Tribe{{Tribe: lamps}}, Changes: []figures.Change{{Event: data.Born, To: []data.Tribe{lamps}}}}}
	}
	merged := View{Figures: figures.Figures{Tribes: []figures.Tribe{{Tribe: lamps}}, Changes: []figures.Change{{Event: data.Merge, From: []data.Tribe{lamps, tins}, To: []data.Tribe{lamps}, Before: 13, Kept: 7, New: 1}}}}
	grown := View{Figures: figures.Figures{Tribes: []figures.Tribe{{Tribe: tins, Size: figures.Size{Known: true, Before: 8}}, {Tribe: lamps, Size: figures.Size{Known: true, Real: true, Before: 3, Change: 5. / 3}}},
		Changes: []figures.Change{{Event: data.Grow, To: []data.Tribe{lamps}}}}}
	for _, c := range []struct {
		v      View
		en, it string
	}{
		{born(4), "The tribe “Lamps” is born, with 8 people. 4 of them wrote in “Out of oil”, begun on Tuesday 10 November.", "È nata la tribù «Lamps», con 8 persone. Di loro, 4 hanno scritto in «Out of oil», cominciata martedì 10 novembre."},
		{born(3), "The tribe “Lamps” is born, with 8 people.", "È nata la tribù «Lamps», con 8 persone."},
		{merged, "“Lamps” (8) and “Tins” (6) merged: 7 of their 13 people are now in “Lamps”, 8 people in all.", "«Lamps» (8) e «Tins» (6) si sono unite: 7 delle loro 13 persone sono ora in «Lamps», che conta 8 persone."},
		{grown, "The tribe “Lamps” grew from 3 to 8 people.", "La tribù «Lamps» è cresciuta da 3 a 8 persone."},
	} {
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			b, err := newBuilder(c.v, lang)
			if err != nil {
				t.Fatal(err)
			}
			if got := plainText(b.changeLine().Parts); got != want || b.problem != nil {
				t.Errorf("got %q, want %q (%v)", got, want, b.problem)
			}
		}
	}
	b, err := newBuilder(grown, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := plainText(b.headline()), "“Lamps” has grown from 3 to 8 people"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := plainText(b.growthLine().Parts), "The tribe “Lamps” grew most: from 3 to 8 people. The largest is the tribe “Tins”."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestDoFirstStands: what is wanted in time is for those to promise who can; what was
// voiced the week before as well is told by how many voice it this week.
func TestDoFirstStands(t *testing.T) {
	now := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	slow := false
	for _, c := range []struct {
		weekly []int
		en, it string
	}{
		{[]int{0, 0, 6, 4}, "Do first: get a date promised for “a faster boat”, 3 days at most: 10 people want it, 4 of them this week.", "Da fare subito: una data promessa per «a faster boat», al più 3 giorni: la vogliono 10 persone, 4 questa settimana."},
		{[]int{0, 6, 4, 1}, "Do first: get a date promised for “a faster boat”, 3 days at most: 10 people want it, 1 of them this week.", "Da fare subito: una data promessa per «a faster boat», al più 3 giorni: la vogliono 10 persone, 1 questa settimana."},
		{[]int{9, 0, 0, 1}, "Do first: get a date promised for “a faster boat”, 3 days at most: 10 people want it, 8 in the tribe “Ferries”.", "Da fare subito: una data promessa per «a faster boat», al più 3 giorni: la vogliono 10 persone, 8 nella tribù «Ferries»."},
	} {
		m := &Measures{Outcomes: []cpi.Outcome{{Key: cpi.Key{Facet: "Time", Topic: "boat"}, Status: cpi.Qualified, Posts: measure.Evidence{{7}}}},
			Served: []cpi.Performance{{Unit: cpi.SecondsWaited, Good: cpi.Expectation{Summary: stats.Summary{N: 9, Median: 3 * 24 * 3600}, Kind: cpi.Time}, Meets: &slow}}}
		need := figures.Need{Key: "boat", Label: "a faster boat", Labels: map[data.Lang]string{data.LangEN: "a faster boat"}, Type: data.Wish, People: 10, Posts: []data.PostID{{7}}, Weekly: c.weekly, ByTribe: []figures.Share{{People: 8}}}
		v := View{Options: Options{MinNeed: 3}, Measures: m, Figures: figures.Figures{Threads: true, Needs: []figures.Need{need},
			Tribes: []figures.Tribe{{Tribe: data.Tribe{ID: "t", Letter: "A", Name: "ferries", Kind: data.KindTribe}}}}}
		v.Story.Window = data.Window{From: now.AddDate(0, 0, -28), To: now}
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			b, err := newBuilder(v, lang)
			if err != nil {
				t.Fatal(err)
			}
			b.onePlace = true
			if got := plainText(b.doFirst().Parts); got != want || b.problem != nil {
				t.Errorf("%v: got %q, want %q (%v)", c.weekly, got, want, b.problem)
			}
		}
	}
}
