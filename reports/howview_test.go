package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

// TestSleepIsToldOnce reads when nobody replies: of everybody, never again beside each tribe.
func TestSleepIsToldOnce(t *testing.T) {
	const replies = 160
	for _, c := range []struct {
		name     string
		from, to int // hours in which replies come
		en, it   string
	}{
		{"nights", 6, 22, " Hardly anybody replies 22:00–06:00 (0% of 320 replies).", " Fra le 22:00 e le 06:00 non risponde quasi nessuno (lo 0% di 320 risposte)."},
		{"around the clock", 0, 24, "", ""},
	} {
		tribe := figures.Tribe{Tribe: data.Tribe{ID: "t", Kind: data.KindTribe, Name: "slugs"}, Replies: replies}
		for i := range replies {
			tribe.Hours[i%7][c.from+i%(c.to-c.from)]++
		}
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			b, err := newBuilder(View{Figures: figures.Figures{Hours: true, Threads: true, Tribes: []figures.Tribe{tribe, tribe}}}, lang)
			if err != nil {
				t.Fatal(err)
			}
			if got := plainText(b.whenQuiet()); got != want {
				t.Errorf("%s: got %q, want %q", c.name, got, want)
			}
			if rows := b.how(tribe); len(rows) > 0 {
				t.Errorf("%s: the tribe's own rows say %q", c.name, plainText(rows[0].Parts))
			}
		}
	}
}

// TestPartOfAnotherNeed: a need whose name is a part of another's that as many voice says less of the same.
func TestPartOfAnotherNeed(t *testing.T) {
	need := func(key, label string, people int) figures.Need {
		return figures.Need{Key: key, Topic: key, Label: label, Labels: map[data.Lang]string{data.LangEN: label}, People: people, Within: []figures.Share{{Tribe: 0, People: people}}}
	}
	v := View{Options: Options{MinNeed: 3}, Figures: figures.Figures{Tribes: []figures.Tribe{{Tribe: data.Tribe{ID: "t", Kind: data.KindTribe, People: 20}}},
		Needs: []figures.Need{need("a", "a letter from the harbour", 9), need("b", "the harbour", 6), need("c", "the harbour wall", 5), need("d", "the harbour wall", 5)}}}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{false, true, false, false} {
		if n := v.Figures.Needs[i]; b.partOf(0, n) != want {
			t.Errorf("%q: got %v, want %v", n.Label, !want, want)
		}
	}
}

// TestMostWait: what is wanted in time stands with the tribe of which most voice it, whatever else it needs.
func TestMostWait(t *testing.T) {
	slow := false
	late := figures.Need{Key: "boat", Label: "a faster boat", Type: data.Wish, People: 12, Posts: []data.PostID{{7}}, Within: []figures.Share{{Tribe: 0, People: 5}, {Tribe: 1, People: 7}, {Tribe: figures.None, People: 9}}}
	knot := figures.Need{Key: "knot", Label: "tie a bowline", Type: data.HowTo, People: 6, Within: []figures.Share{{Tribe: 1, People: 6}}}
	m := &Measures{Outcomes: []cpi.Outcome{{Key: cpi.Key{Facet: "Time", Topic: "boat"}, Status: cpi.Qualified, Posts: measure.Evidence{{7}}}},
		Served: []cpi.Performance{{Unit: cpi.SecondsWaited, Good: cpi.Expectation{Summary: stats.Summary{N: 9, Median: 3 * 24 * 3600}, Kind: cpi.Time}, Meets: &slow}}}
	v := View{Measures: m, Figures: figures.Figures{Needs: []figures.Need{late, knot}}}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		need, tribe int
		want        bool
	}{{0, 1, true}, {0, 0, false}, {0, 2, false}, {1, 1, false}} {
		if got := b.mostWait(c.need, c.tribe); got != c.want {
			t.Errorf("need %d of tribe %d: most wait there %v, want %v", c.need, c.tribe, got, c.want)
		}
	}
}
