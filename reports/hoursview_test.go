package reports

import (
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// TestHoursOfATribe: every hour with replies is a bar, the three fullest apart, on the scale of all; the days on which
// surely more of these come are named, and nothing is drawn of few replies.
func TestHoursOfATribe(t *testing.T) {
	own := figures.Tribe{Tribe: data.Tribe{ID: "t", Kind: data.KindTribe}, Replies: 100}
	own.Hours[0][20], own.Hours[2][19], own.Hours[4][8] = 50, 10, 40
	all := own
	all.Hours[4][8], all.Hours[5][20], all.Replies = 340, 60, 460
	for lang, want := range map[data.Lang][2]string{
		data.LangEN: {"Replies by hour of the day: 60% come 18:00–21:00, 26% of everybody’s", "; more than elsewhere on Monday and Wednesday"},
		data.LangIT: {"Risposte per ora del giorno: fra le 18:00 e le 21:00 il 60%, di tutti il 26%", "; più che altrove lunedì e mercoledì"},
	} {
		b, err := newBuilder(View{}, lang)
		if err != nil {
			t.Fatal(err)
		}
		top := hourTop([]figures.Tribe{own, all})
		v := b.hours(own, all, top)
		if top != 340./460 || v == nil || v.Title != want[0] || strings.Count(v.Best, "M") != 2 || v.Bars != "M64 26v-14h7v14z" || b.bestDays(own, all) != want[1] {
			t.Errorf("%s: got %+v of %v, %q", lang, v, top, b.bestDays(own, all))
		}
		few := own
		few.Replies = figures.EnoughReplies - 1
		if b.hours(few, all, top) != nil || b.problem != nil {
			t.Errorf("%s: hours of %d replies are drawn (%v)", lang, few.Replies, b.problem)
		}
	}
}
