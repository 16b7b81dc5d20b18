package figures

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tribu/data"
)

func TestGrip(t *testing.T) {
	for _, c := range []struct {
		called, text, object string
		want                 grip
	}{
		{"timer non funziona", "Dopo il temporale il mio timer non funziona più.", "timer", firmly},
		{"timer non funziona", "Il mio timer perde acqua.", "timer", partly},
		{"timer non funziona", "Perde acqua da ieri.", "timer", loose},
		{"package, error", "I am getting this strange error when checking my packages.", "package", firmly},
		{"package, error", "But when I tried it from R, I got the error:", "library", loose},
		{"answer", "Anyone had luck writing to them?", "bin", loose},
		{"answer", "Please answer the question.", "bin", firmly},
		{"library library frameworks", "The libraries are missing.", "library", partly},
		{"cannot install package", "I cannot install this package.", "package", wholly},
		{"cannot install package", "After installing the package I am unable to load it.", "package", firmly},
		{"leaf", "Every leaf is dry.", "leaf", firmly},
		{"tool", "This is too slow.", "tool", loose},
		{"bug", "Two bugs in a day.", "bug", firmly},
	} {
		if got := namingOf([]string{c.called}).grip(c.text, c.object); got != c.want {
			t.Errorf("%q holds %q (%s): got %d, want %d", c.text, c.called, c.object, got, c.want)
		}
	}
}

func TestSameWord(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"vaso", "vasi", true}, {"convert", "Converts", true}, {"annaffi", "annaffiare", true}, {"foglia", "foglie", true},
		{"too", "tool", false}, {"pots", "potato", false}, {"soil", "solid", false}, {"is", "it", false}, {"città", "Città", true},
	} {
		if got := SameWord(c.a, c.b); got != c.want || SameWord(c.b, c.a) != got {
			t.Errorf("%q and %q one word: got %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// TestNeedsAreSaid keeps needs that people's own sentences say.
func TestNeedsAreSaid(t *testing.T) {
	for _, c := range []struct {
		name   string
		called string
		quotes []string
		told   bool
	}{
		{"said by all", "safe rack", []string{"We need a safe rack.", "No safe rack here.", "A rack would do."}, true},
		{"only what it is about", "safe rack", []string{"The rack is full.", "A rack would do.", "Racks again?"}, false},
		{"known from around it", "rubbish", []string{"Anyone had luck writing to them?", "The rubbish stays.", "They were eaten."}, false},
		{"a thing that all name", "rubbish", []string{"The rubbish stays.", "Who takes the rubbish?", "Rubbish all over."}, true},
		{"one alone", "rubbish", []string{"The rubbish stays."}, true},
		{"no words are kept", "rubbish", nil, true},
	} {
		n := Need{}
		name := namingOf([]string{c.called})
		for _, q := range c.quotes {
			n.Quotes = append(n.Quotes, Quote{Text: q, grip: name.grip(q, "rack"), Lang: data.LangEN})
		}
		if got := n.spoken(name); got != c.told {
			t.Errorf("%s: %q told by %q: got %v, want %v", c.name, c.called, c.quotes, got, c.told)
		}
	}
}

// TestNeedsByWhen keeps needs that are named by a limit: people say by when, not "in time".
func TestNeedsByWhen(t *testing.T) {
	for _, c := range []struct {
		name   string
		quotes []string
		within time.Duration
		told   bool
	}{
		{"all say by when", []string{"I need the delivery within three days.", "Give me a delivery within a week.", "A delivery by Friday."}, 72 * time.Hour, true},
		{"none says by when", []string{"The delivery came.", "Nice delivery.", "A delivery again?"}, 0, false},
		{"by when, of other things", []string{"I need it within three days.", "Within a week, please.", "By Friday."}, 72 * time.Hour, false},
	} {
		var lines []line
		for i := range c.quotes {
			lines = append(lines, line{fmt.Sprint(i), fmt.Sprint("p", i), 10 + i, fmt.Sprint("t", i), "", "delivery"})
		}
		story := tell(lines, nil)
		for i := range story.Needs {
			n := &story.Needs[i]
			n.Quote, n.Expectation, n.Problem, n.Called = c.quotes[i], c.within, "p1", "a delivery in time"
		}
		if got := len(Count(story, Params{}).Needs) == 1; got != c.told {
			t.Errorf("%s: told by %q: got %v, want %v", c.name, c.quotes, got, c.told)
		}
	}
}

// TestPure: a need is one where at least half of its people say what it is called; who says so is
// quoted first, however well the others write.
func TestPure(t *testing.T) {
	at := time.Date(2026, 6, 28, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		quotes []string
		pure   bool
		first  string
	}{
		{[]string{"Please install the missing modules, it is easy.", "It cannot install."}, true, "It cannot install."},
		{[]string{"Please install the missing modules.", "It would be nice if that worked.", "I cannot install it."}, false, "I cannot install it."},
		{[]string{"I cannot install it and", "So I cannot install."}, true, "So I cannot install."},
		{[]string{"I did install it.", "I cannot install the whole of it.", "Me."}, false, "I cannot install the whole of it."},
	} {
		var rows []data.NeedRow
		var at32 []int32
		for i, q := range c.quotes {
			post := data.PostMeta{ID: data.NewPostID("s", fmt.Sprint(i)), Author: data.NewAuthorID("s", fmt.Sprint(i)), CreatedAt: at}
			rows = append(rows, data.NeedRow{PostMeta: post, Need: data.Need{Quote: q, Object: "install", Type: data.Problem, Lang: data.LangEN}})
			at32 = append(at32, int32(i))
		}
		story := data.Story{Needs: rows}
		for _, r := range rows {
			story.Activity = append(story.Activity, r.PostMeta)
		}
		said, mixed := quotes(rows, at32, namingOf([]string{"cannot install"}), Figures{}, newTalk(story))
		if mixed == c.pure || said[0].Text != c.first {
			t.Errorf("%q: pure %v, first %q; want %v, %q", c.quotes, !mixed, said[0].Text, c.pure, c.first)
		}
	}
}

// Needs stand by people, whatever part of them says the name.
func TestNeedsStandByPeople(t *testing.T) {
	all := []Need{{Topic: "mixed", People: 116, Mixed: true}, {Topic: "few", People: 4}, {Topic: "clear", People: 9}, {Topic: "clearer", People: 93}}
	slices.SortFunc(all, func(a, b Need) int { return compareNeeds(&a, &b) })
	var got []string
	for _, n := range all {
		got = append(got, n.Topic)
	}
	if fmt.Sprint(got) != "[mixed clearer clear few]" {
		t.Errorf("116 under a name few say, 93 and 9 under one that most say, 4 in all: got %v", got)
	}
}
