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

// TestFirstLines: a first report tells what there is: the largest tribe, where people are served best and least among those
// who ask, and the need voiced most even where no headline tells it.
func TestFirstLines(t *testing.T) {
	tribe := func(name string, people, posts, asked, answered int) figures.Tribe {
		return figures.Tribe{Tribe: data.Tribe{Name: name, Kind: data.KindTribe, People: people, Posts: posts, Stability: .9}, Asked: asked, ByTribe: answered}
	}
	needs := []figures.Need{{Label: "a later train", People: 7, Old: 10, Unanswered: 4}, {Label: "a longer bench", People: 5}}
	tie := []figures.Need{{Label: "a later train", People: 7, Old: 10, Unanswered: 4}, {Label: "a longer bench", People: 7}}
	for _, c := range []struct {
		name   string
		tribes []figures.Tribe
		needs  []figures.Need
		want   [3]string
	}{
		{"who sells asks little", []figures.Tribe{tribe("rails", 90, 400, 100, 80), tribe("sales", 60, 900, 80, 4), tribe("roofs", 50, 300, 90, 20)}, needs,
			[3]string{"“Rails” is the largest of three tribes: 90 people.", "Of the tribes that ask most, “Rails” is served best, “Roofs” least: a reply within 48 hours to 80% of 100 requests, against 22% of 90.",
				"The need voiced most is “a later train”: by 7 of 0 people. 4 of 10 requests got no reply within 48 hours."}},
		{"served alike", []figures.Tribe{tribe("rails", 90, 400, 100, 80), tribe("roofs", 50, 300, 90, 70)}, tie,
			[3]string{"“Rails” is the largest of two tribes: 90 people.", "Next comes “Roofs”: 50 people.", "The needs voiced most are “a later train” and “a longer bench”: each by 7 of 0 people."}},
		{"one", []figures.Tribe{tribe("rails", 90, 400, 100, 80)}, nil,
			[3]string{"“Rails” is the only tribe: 90 people.", "Growth: a first report has nothing to compare with.", "Needs: none stands out among the others."}},
	} {
		b, err := newBuilder(View{Options: Options{MinNeed: 5}, Figures: figures.Figures{First: true, Threads: true, Tribes: c.tribes, Needs: c.needs}}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range b.lines()[:3] {
			if got := plainText(line.Parts); !strings.HasPrefix(got, c.want[i]) || b.problem != nil {
				t.Errorf("%s: got %q, want %q (%v)", c.name, got, c.want[i], b.problem)
			}
		}
	}
}

// TestServedApart: who is served best of all, or least, is told only where that tribe and the one next to it differ by more than
// chance; two that differ, with others between them, are told as a pair.
func TestServedApart(t *testing.T) {
	for want, answered := range map[string][3]int{
		"“One” is served best, “Three” least":   {180, 120, 60},
		"“One” is served best":                  {180, 90, 84},
		"“Three” is served least":               {150, 144, 60},
		"“Three” gets fewer replies than “One”": {150, 135, 120},
		"": {150, 148, 145},
	} {
		v := View{Figures: figures.Figures{Threads: true}}
		for i, name := range []string{"one", "two", "three"} {
			v.Figures.Tribes = append(v.Figures.Tribes, figures.Tribe{Tribe: data.Tribe{Name: name, Kind: data.KindTribe, People: 90, Posts: 400, Stability: .9}, Asked: 200, ByTribe: answered[i]})
		}
		b, err := newBuilder(v, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.weighed()); got != want || b.problem != nil {
			t.Errorf("replies to %v of 200: %q, want %q (%v)", answered, got, want, b.problem)
		}
		if got := plainText(b.apartLine().Parts); !strings.HasPrefix(got, want) || (got == "") != (want == "") || b.problem != nil {
			t.Errorf("replies to %v of 200: %q, want %q (%v)", answered, got, want, b.problem)
		}
	}
}

// TestSurerPairIsTold: of tribes that differ, two that hold together are told before one that may not, and as a pair.
func TestSurerPairIsTold(t *testing.T) {
	v := View{Options: Options{}.filled(), Figures: figures.Figures{Threads: true}}
	for i, name := range []string{"one", "two", "three"} {
		stability := .9
		if i == 0 {
			stability = .5
		}
		v.Figures.Tribes = append(v.Figures.Tribes, figures.Tribe{Tribe: data.Tribe{Name: name, Kind: data.KindTribe, People: 90, Posts: 400, Stability: stability}, Asked: 200, ByTribe: [3]int{180, 140, 60}[i]})
	}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := plainText(b.weighed()), "“Three” gets fewer replies than “Two”"; got != want || b.apartLine().Strength.Level < 2 {
		t.Errorf("got %q (%v), want %q, more than tentative", got, b.apartLine().Strength, want)
	}
}

// TestQuietWeekTellsService: where no tribe grew, the line on growth tells who is served best and least, if that is no chance.
func TestQuietWeekTellsService(t *testing.T) {
	for want, answered := range map[string]int{
		"“Rails” is served best, “Roofs” least: a reply within 48 hours to 80% of 100 requests, against 22% of 90.": 20,
		"The tribe “Rails” is still the largest: 90 people, as many as usual.":                                      70,
	} {
		steady := figures.Size{Known: true, Before: 90}
		v := View{Figures: figures.Figures{Threads: true, Tribes: []figures.Tribe{
			{Tribe: data.Tribe{Name: "rails", Kind: data.KindTribe, People: 90, Posts: 400}, Asked: 100, ByTribe: 80, Size: steady},
			{Tribe: data.Tribe{Name: "roofs", Kind: data.KindTribe, People: 50, Posts: 300}, Asked: 90, ByTribe: answered, Size: steady}}}}
		b, err := newBuilder(v, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.growthLine().Parts); got != want || b.problem != nil {
			t.Errorf("got %q, want %q (%v)", got, want, b.problem)
		}
	}
}

// TestHeadlineHoldsBoth: a tribe that goes on under another name leaves room for the need voiced most.
func TestHeadlineHoldsBoth(t *testing.T) {
	was, buckets, bins := data.Tribe{ID: "g", Name: "bread", People: 39}, data.Tribe{ID: "g", Name: "buckets", People: 23}, data.Tribe{ID: "h", Name: "worm bins", People: 24}
	authors := make(map[data.AuthorID]data.Author)
	v := View{Story: data.Story{Authors: authors}, Figures: figures.Figures{
		Tribes:  []figures.Tribe{{Tribe: bins}, {Tribe: buckets, Size: figures.Size{Then: was}}},
		Needs:   []figures.Need{{Label: "someone to water my pots", Type: data.Wish, People: 21}},
		Changes: []figures.Change{{Event: data.Split, From: []data.Tribe{was}, To: []data.Tribe{buckets, bins}, Came: []int{20, 17}}}}}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	for want, got := range map[string][]span{
		"17 people leave “Buckets”, and 21 people look for “someone to water my pots”": b.headline(),
		"17 people have left “Buckets” (until now “Bread”) for “Worm bins”.":           b.changeLine().Parts,
	} {
		if plainText(got) != want || b.problem != nil {
			t.Errorf("got %q, want %q (%v)", plainText(got), want, b.problem)
		}
	}
}

// TestLinesTellServiceToo: where a need is told of which people say how well it is served, the line tells that as well, against
// what is good enough, else what is usual; not where nobody says so, nor where a line of its own tells it.
func TestLinesTellServiceToo(t *testing.T) {
	const day = 24 * 3600
	post, voiced := data.PostID{1}, data.PostID{2}
	for _, c := range []struct {
		name           string
		verdict, other cpi.Verdict
		good           float64 // days; 0 where nobody says so
		en, it         string
	}{
		{"well enough, while a line tells what is worse", cpi.Better, cpi.Worse, 28, "at most 1 before. It is served well enough: 21 days now, 28 days will do.", "prima al più 1. Oggi va abbastanza bene: 21 giorni; il loro limite è 28 giorni."},
		{"not well enough", cpi.Usual, cpi.Worse, 14, "at most 1 before. It is served too badly: 21 days now, where 14 days would do.", "prima al più 1. Oggi non basta: 21 giorni, e ne vorrebbero al più 14 giorni."},
		{"better", cpi.Better, cpi.Worse, 0, "at most 1 before. Yet it is served better than usual: 21 days, usually 39 days to 49 days.", "prima al più 1. Eppure va meglio del solito: 21 giorni, di solito da 39 giorni a 49 giorni."},
		{"worse, and told", cpi.Worse, cpi.Usual, 14, "at most 1 before.", "prima al più 1."},
		{"not known", cpi.Untold, cpi.Untold, 0, "at most 1 before.", "prima al più 1."},
	} {
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			b, err := newBuilder(servedTwice(post, voiced, c.verdict, c.other, c.good*day), lang)
			if err != nil {
				t.Fatal(err)
			}
			if got := plainText(b.risingLine().Parts); !strings.HasSuffix(got, want) || b.problem != nil {
				t.Errorf("%s: got %q, want it to end in %q (%v)", c.name, got, want, b.problem)
			}
		}
	}
}

// servedTwice is a view of two outcomes, the second of a need that more people voice than usual, served so.
func servedTwice(post, voiced data.PostID, verdict, other cpi.Verdict, good float64) View {
	const day = 24 * 3600
	served := func(verdict cpi.Verdict, good float64) cpi.Performance {
		p := cpi.Performance{Unit: cpi.SecondsWaited, Verdict: verdict, Lower: true, Weeks: []cpi.WeekValue{{Value: 21 * day, N: 9, State: stats.Known}},
			Usual: cpi.Range{Low: 39 * day, High: 49 * day}}
		if good > 0 {
			p.Good = cpi.Expectation{Summary: stats.Summary{N: 9, Median: good}, Kind: cpi.Time}
		}
		return p
	}
	m := &Measures{Outcomes: []cpi.Outcome{
		{Key: cpi.Key{Facet: "Speed", Topic: "bench"}, Status: cpi.Qualified},
		{Key: cpi.Key{Facet: "Speed", Topic: "answer"}, Status: cpi.Qualified, Posts: measure.Evidence{voiced}},
	}, Served: []cpi.Performance{served(other, 0), served(verdict, good)}}
	return View{Options: Options{MinNeed: 3}, Measures: m, Figures: figures.Figures{
		Tribes: []figures.Tribe{{Tribe: data.Tribe{Name: "rails", Kind: data.KindTribe, People: 90}}},
		Needs:  []figures.Need{{Key: "top", Label: "a later train", People: 40, Posts: []data.PostID{post}, Weekly: []int{9, 9, 9, 9}}, {Key: "answer", Label: "an answer", People: 12, Posts: []data.PostID{voiced}, Weekly: []int{1, 1, 1, 11}, Trend: 1}}}}
}

// TestNotEnoughLine: an outcome that is served as usual and far from good enough has a line, before what more people voice than
// usual; one that is nearly good enough has none.
func TestNotEnoughLine(t *testing.T) {
	const day = 24 * 3600
	for good, want := range map[float64]string{
		7:  "is not served well enough: 21 days this week, as usual, while 9 people call 7 days good enough.",
		20: "is voiced more than usual: by 11 people this week, by at most 1 before. It is served too badly: 21 days now, where 20 days would do.",
	} {
		v := servedTwice(data.PostID{1}, data.PostID{2}, cpi.Usual, cpi.Untold, good*day)
		v.Figures.Tribes = append(v.Figures.Tribes, figures.Tribe{Tribe: data.Tribe{Name: "ties", Kind: data.KindTribe, People: 40}})
		b, err := newBuilder(v, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.growthLine().Parts); !strings.HasSuffix(got, want) || b.problem != nil {
			t.Errorf("%v days: got %q, want it to end in %q (%v)", good, got, want, b.problem)
		}
	}
	v := servedTwice(data.PostID{1}, data.PostID{2}, cpi.Untold, cpi.Untold, 7*day)
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	want := "is not served well enough: 21 days this week, while 9 people call 7 days good enough."
	if got := plainText(b.growthLine().Parts); !strings.HasSuffix(got, want) {
		t.Errorf("what is usual is not known: got %q, want it to end in %q", got, want)
	}
}
