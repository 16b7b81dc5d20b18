package reports

import (
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

// TestArtefact: what the reader can make follows from what people ask, in whatever language they say it; nothing where neither
// says so.
func TestArtefact(t *testing.T) {
	en := func(label string) map[data.Lang]string { return map[data.Lang]string{data.LangEN: label} }
	for _, c := range []struct {
		need  figures.Need
		want  string
		meets bool
	}{
		{figures.Need{Labels: en("someone to hold the ladder"), Type: data.Wish}, "call", false},
		{figures.Need{Labels: map[data.Lang]string{data.LangEN: "hold the ladder", data.LangIT: "qualcuno che tenga la scala"}, Type: data.HowTo}, "call", false},
		{figures.Need{Labels: en("an answer from the mayor"), Type: data.Wish}, "letter", false},
		{figures.Need{Labels: map[data.Lang]string{data.LangIT: "una firma dell'università"}, Type: data.Wish}, "letter", false},
		{figures.Need{Labels: en("moor at a university pier"), Type: data.HowTo}, "guide", false},
		{figures.Need{Labels: en("borrow a ladder"), Type: data.HowTo}, "call", false},
		{figures.Need{Labels: map[data.Lang]string{data.LangIT: "prendere in prestito una scala"}, Type: data.Wish}, "call", false},
		{figures.Need{Labels: en("somewhere to store the oars"), Type: data.Wish}, "places", false},
		{figures.Need{Labels: en("tie a bowline"), Type: data.HowTo}, "guide", false},
		{figures.Need{Labels: en("the rudder jams"), Type: data.Problem}, "check", false},
		{figures.Need{Labels: en("late ferries"), Type: data.Complaint}, "plan", false},
		{figures.Need{Labels: en("rope for a mooring"), Type: data.Recommendation}, "compare", false},
		{figures.Need{Labels: en("a dry bag"), Type: data.Wish}, "source", false},
		{figures.Need{Labels: en("sail at night"), Type: data.Wish}, "", false},
		{figures.Need{Labels: en("cheaper rope"), Type: data.Wish, Posts: []data.PostID{{7}}, People: 9}, "offer", false},
		{figures.Need{Labels: en("cheaper rope"), Type: data.Wish, Posts: []data.PostID{{7}}, People: 9}, "", true},
	} {
		c.need.Label = c.need.Labels[data.LangEN]
		m := &Measures{Outcomes: []cpi.Outcome{{Key: cpi.Key{Facet: "Money", Topic: "rope"}, Status: cpi.Qualified, Posts: measure.Evidence{{7}}}},
			Served: []cpi.Performance{{Unit: cpi.MoneyPaid, Currency: "EUR", Good: cpi.Expectation{Summary: stats.Summary{N: 9, Median: 2}, Kind: cpi.Money}, Meets: &c.meets}}}
		b, err := newBuilder(View{Options: Options{MinNeed: 3}, Measures: m, Figures: figures.Figures{Needs: []figures.Need{c.need}}}, data.LangIT)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.artefact(0); got != c.want {
			t.Errorf("%v: got %q, want %q", c.need.Labels, got, c.want)
		}
	}
}

// TestMaking: of a tribe's own needs that one is told for which most requests got no reply, with how many ask and where they do.
func TestMaking(t *testing.T) {
	shed := data.NewThreadID("f", "shed")
	// the others write more of it, elsewhere
	bank := data.NewThreadID("f", "bank")
	var activity []data.PostMeta
	for i := range 7 {
		p := data.PostMeta{ID: data.PostID{byte(i + 1)}, Thread: shed, Author: data.AuthorID{1}}
		if i > 2 {
			p.Thread, p.Author = bank, data.AuthorID{2}
		}
		activity = append(activity, p)
	}
	home := figures.Tribe{Tribe: data.Tribe{ID: "t", Kind: data.KindTribe, People: 20}, Members: []data.Member{{Author: data.AuthorID{1}}}}
	within := func(n int) []figures.Share { return []figures.Share{{Tribe: 0, People: n}} }
	needs := []figures.Need{
		{Key: "k", Topic: "knots", Label: "splice a rope", Type: data.HowTo, People: 8, Within: within(8), Weekly: []int{1, 2}, Old: 5, Unanswered: 1},
		{Key: "r", Topic: "rope", Label: "tie a bowline", Type: data.HowTo, People: 6, Within: within(6), Weekly: []int{1, 2}, Old: 5, Unanswered: 3, Posts: []data.PostID{{1}, {2}, {3}, {4}, {5}, {6}, {7}}},
	}
	v := View{Story: data.Story{Activity: activity, Threads: map[data.ThreadID]data.Thread{shed: {Title: "Knots again"}, bank: {Title: "By the bank"}}}, Options: Options{MinNeed: 3},
		Figures: figures.Figures{Threads: true, Tribes: []figures.Tribe{home}, Needs: needs}}
	for lang, want := range map[data.Lang]string{
		data.LangEN: "A page on “tie a bowline”; 6 people here ask, 3 of 5 requests in all got no reply. They ask most in “Knots again”.",
		data.LangIT: "Una pagina su «tie a bowline»; qui lo chiedono 6 persone, 3 richieste su 5 in tutto senza risposta. Se ne parla di più in «Knots again».",
	} {
		b, err := newBuilder(v, lang)
		if err != nil {
			t.Fatal(err)
		}
		rows, key := b.making(home)
		if len(rows) != 1 || key != "r" || !rows[0].Make || !strings.HasPrefix(plainText(rows[0].Parts), want) || b.problem != nil {
			t.Errorf("%s: got %v for %q, want %q (%v)", lang, rows, key, want, b.problem)
		}
	}
}
