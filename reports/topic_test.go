package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// TestTopicSpeaksTheLanguageOfThePage: a need is called in the page's language, unless its word there
// names a bare thing; what stays in another language is marked with it.
func TestTopicSpeaksTheLanguageOfThePage(t *testing.T) {
	both := func(en, it string) map[data.Lang]string {
		return map[data.Lang]string{data.LangEN: en, data.LangIT: it}
	}
	for _, c := range []struct {
		n    figures.Need
		lang data.Lang
		want string
		mark data.Lang
	}{
		{figures.Need{Label: "il timer non funziona", Lang: data.LangIT, Labels: both("my timer leaks", "il timer non funziona")}, data.LangEN, "my timer leaks", ""},
		{figures.Need{Label: "il timer non funziona", Lang: data.LangIT, Labels: both("timer", "il timer non funziona")}, data.LangEN, "il timer non funziona", data.LangIT},
		{figures.Need{Label: "il timer non funziona", Lang: data.LangIT, Labels: both("timer", "il timer non funziona")}, data.LangIT, "il timer non funziona", ""},
		{figures.Need{Label: "a delivery in time", Lang: data.LangEN, Labels: map[data.Lang]string{data.LangEN: "a delivery in time"}}, data.LangIT, "a delivery in time", data.LangEN},
		{figures.Need{Label: "timer", Lang: data.LangIT, Labels: both("timer", "timer")}, data.LangEN, "timer", ""},
		{figures.Need{Label: "light a kiln", Lang: data.LangEN, Labels: both("light a kiln", "light a kiln")}, data.LangIT, "light a kiln", data.LangEN},
		{figures.Need{Label: "light a kiln", Lang: data.LangEN, Labels: both("light a kiln", "light a kiln")}, data.LangEN, "light a kiln", ""},
		{figures.Need{Label: "R", Lang: data.LangUnd}, data.LangEN, "R", ""},
	} {
		b, err := newBuilder(View{}, c.lang)
		if err != nil {
			t.Fatal(err)
		}
		if got, mark := b.topicIn(c.n); got != c.want || mark != c.mark {
			t.Errorf("%v in %s: got %q marked %q, want %q marked %q", c.n.Labels, c.lang, got, mark, c.want, c.mark)
		}
	}
}

// TestLinkedNumber: the number is the way to the posts behind it.
func TestLinkedNumber(t *testing.T) {
	for _, c := range []struct {
		told []span
		href string
		want int // the span that is a link; -1: none
	}{
		{[]span{{Text: "Of "}, {Text: "12"}, {Text: " people "}, {Text: "5", Bold: true}}, "p.html#x", 3},
		{[]span{{Text: "Of "}, {Text: "12"}, {Text: " people"}}, "p.html#x", 1},
		{[]span{{Text: "Nobody"}}, "p.html#x", -1},
		{[]span{{Text: "12"}}, "", -1},
	} {
		got := linked(append([]span(nil), c.told...), c.href)
		for i, s := range got {
			if (s.Href != "") != (i == c.want) {
				t.Errorf("%v to %q: span %d has the link %q, want it on %d", c.told, c.href, i, s.Href, c.want)
			}
		}
	}
}

// TestToldNeed: quotation marks stand around words that somebody wrote, and what these mean stands behind, or in which language they are.
func TestToldNeed(t *testing.T) {
	gloss := func(word string, _, _ data.Lang) string { return map[string]string{"un forno": "a kiln"}[word] }
	for label, want := range map[string]string{"un forno": "“un forno” (a kiln)", "smalti lucidi": "“smalti lucidi” (in Italian)"} {
		b, err := newBuilder(View{Options: Options{Gloss: gloss}}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		got := b.told(figures.Need{Label: label, Lang: data.LangIT})
		if plainText(got) != want {
			t.Errorf("%q: got %q, want %q", label, plainText(got), want)
		}
		for _, s := range got {
			if (s.Text == label) != (s.Lang == "it") {
				t.Errorf("%q: %q is marked as of the language %q", label, s.Text, s.Lang)
			}
		}
	}
}
