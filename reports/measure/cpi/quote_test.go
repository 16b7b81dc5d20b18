package cpi

import (
	"testing"

	"tribu/data"
	"tribu/reports/measure/stats"
)

// TestLimitInSomebodysWords: of those who state one limit whoever states the one most call good enough, in each language.
func TestLimitInSomebodysWords(t *testing.T) {
	said := func(lang data.Lang, quote string, values ...float64) mention {
		m := mention{row: &data.NeedRow{Need: data.Need{Quote: quote, Lang: lang}}}
		for _, v := range values {
			m.limits = append(m.limits, amount{value: v, of: Money, unit: "EUR"})
		}
		return m
	}
	ms := []mention{
		said(data.LangEN, "I want yarn at less than nine euro a skein.", 9),
		said(data.LangEN, "I want yarn at less than six euro a skein, please.", 6),
		said(data.LangEN, "I want yarn at less than six euro a skein.", 6),
		said(data.LangEN, "Yarn at six euro.", 6),
		said(data.LangEN, "I want yarn at six euro or wool at seven.", 6, 7),
		said(data.LangIT, "Cerco filato a meno di otto euro la matassa.", 8),
	}
	e := Expectation{Summary: stats.Summary{State: stats.Known, Median: 6, N: 6}, Kind: Money, Unit: "EUR"}
	got := limits(ms, e)
	if len(got) != 2 || got[0].Text != ms[2].row.Quote || got[1].Text != ms[5].row.Quote {
		t.Errorf("limits of %v: %v, want the third and the last", e, got)
	}
	if e.State = stats.NotEnough; limits(ms, e) != nil {
		t.Errorf("limits where none is known: %v", limits(ms, e))
	}
}

// TestToldIn: whoever tells an amount of the increment stands behind it, each post once, the newest first.
func TestToldIn(t *testing.T) {
	told := func(post, quote string, of Increment) mention {
		row := &data.NeedRow{PostMeta: data.PostMeta{ID: data.NewPostID("x", post)}, Need: data.Need{Quote: quote}}
		return mention{row: row, went: []amount{{value: 6, of: of, unit: "EUR"}}}
	}
	ms := []mention{told("a", "I paid six.", Money), told("a", "Six, I said.", Money), told("b", "It took a week.", Time), told("c", "I paid six too.", Money)}
	quotes, posts := toldIn(ms, Money, "EUR")
	if len(quotes) != 2 || quotes[0].Text != "I paid six too." || len(posts) != 2 || posts[0] != ms[0].row.ID {
		t.Errorf("told: %v in %v, want two posts, the last first", quotes, posts)
	}
	if quotes, _ := toldIn(ms, Money, "GBP"); quotes != nil {
		t.Errorf("told in pounds: %v", quotes)
	}
}
