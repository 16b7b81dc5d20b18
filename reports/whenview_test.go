package reports

import (
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// A tribe has a map of hours of its own only where its replies come at other hours than everybody's.
func TestOnlyTribesOfOtherHoursHaveAMap(t *testing.T) {
	replies := func(evening, morning int) figures.Tribe {
		var out figures.Tribe
		out.Hours[2][20], out.Hours[3][8], out.Replies = evening, morning, evening+morning
		return out
	}
	all := replies(600, 400)
	for _, c := range []struct {
		evening, morning int
		want             bool
	}{{62, 38, false}, {55, 45, false}, {20, 80, true}, {95, 5, true}, {0, 30, false}} {
		if got := otherHours(replies(c.evening, c.morning), all); got != c.want {
			t.Errorf("%d replies at 20:00 and %d at 8:00, 600 and 400 of everybody's: a map %v, want %v", c.evening, c.morning, got, c.want)
		}
	}
}

// TestJoinIn: what a tribe still waits for is told by its newest request that says what the tribe is about; where none does,
// and in a copy without names, they are counted.
func TestJoinIn(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		open      int
		anonymise bool
		about     string
		want      string
	}{
		{0, false, "", "No request is open."}, {2, false, "bridges", "2 requests of the last 14 days are open"}, {1, false, "trains", "An answer to someone in “Is there a later train?”"}, {1, false, "", "An answer to someone in “Is there a later train?”"},
		{3, false, "", "An answer to someone in “Is there a later train?”, and to 2 more"}, {3, true, "", "3 requests of the last 14 days are open"},
	} {
		tribe := figures.Tribe{Tribe: data.Tribe{ID: "t", Kind: data.KindTribe}}
		if c.about != "" {
			tribe.Words = []data.Term{{Form: c.about}}
		}
		for i := range c.open {
			tribe.Open = append(tribe.Open, figures.Quote{Key: "top", Text: "Is there a later train?", Outright: true, Post: data.PostMeta{Author: data.AuthorID{byte(i)}, CreatedAt: now.AddDate(0, 0, -1)}})
		}
		v := View{Story: data.Story{RunRecord: data.RunRecord{Run: data.Run{AsOf: now}}}, Options: Options{Anonymise: c.anonymise}}
		v.Figures = figures.Figures{Threads: true, Tribes: []figures.Tribe{tribe}, Needs: []figures.Need{{Key: "top", Label: "a later train", People: 40, ByTribe: []figures.Share{{Tribe: 0, People: 30}}}}}
		b, err := newBuilder(v, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		told := b.whenOf(0, tribe, tribe)
		got := plainText(told.Open)
		for _, row := range told.How {
			got += plainText(row.Parts)
		}
		if got != c.want {
			t.Errorf("%d open, anonymised %v: %q, want %q", c.open, c.anonymise, got, c.want)
		}
	}
}
