package reports

import (
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// TestNeedColumns reads what stands beside a need: since when it is counted, whether anybody voices it this week, and how many requests there are.
func TestNeedColumns(t *testing.T) {
	to := time.Date(2026, 6, 28, 23, 59, 59, 0, time.UTC)
	for _, c := range []struct {
		weekly        []int
		trend, old    int
		word, note    string
		wort, nota    string
		days, windows int
	}{
		{[]int{5, 6, 4, 0}, 0, 0, "nobody this week", "no request", "nessuno questa settimana", "nessuna richiesta", 28, 4},
		{[]int{5, 6, 4, 5}, 0, 1, "as usual", "", "come al solito", "", 7, 1},
		{[]int{1, 1, 1, 9}, 1, 7, "more than usual", "", "più del solito", "", 30, 5},
	} {
		for lang, want := range map[data.Lang][2]string{data.LangEN: {c.word, c.note}, data.LangIT: {c.wort, c.nota}} {
			v := View{Figures: figures.Figures{Threads: true}}
			v.Story.Window = data.Window{From: to.AddDate(0, 0, -c.days), To: to}
			b, err := newBuilder(v, lang)
			if err != nil {
				t.Fatal(err)
			}
			n := figures.Need{Weekly: c.weekly, Trend: c.trend, Old: c.old}
			var got needView
			b.ring(&got, n)
			if word := b.trendWord(n); word != want[0] || got.RingNote != want[1] {
				t.Errorf("%s weekly %v, %d requests: got %q and %q, want %q", lang, c.weekly, c.old, word, got.RingNote, want)
			}
			if weeks := b.windowWeeks(); weeks != c.windows {
				t.Errorf("a window of %d days: got %d weeks, want %d", c.days, weeks, c.windows)
			}
		}
	}
}
