package nlp

import (
	"slices"
	"strings"
	"testing"

	"tribu/data"

	"github.com/google/go-cmp/cmp"
)

func analyzer(t testing.TB) *Analyzer {
	t.Helper()
	a, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTermsKeepOwnWordsOnly(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		name, title, body string
		format            data.Format
		want              []string // forms
		not               []string // never part of a form
	}{
		{"quotes and signature", "Re: brake pads", "Bob wrote:\n> buy the hydraulic kit\nMy brake squeaks.\n-- \nAnn Lee\nAcme Corp", data.FormatText,
			[]string{"brake", "pads", "squeaks"}, []string{"hydraulic", "bob", "acme", "lee"}},
		{"links, mail, handles", "", "@bob_77 see https://ex.com/compost or mail ann@ex.com about compost", data.FormatText,
			[]string{"compost"}, []string{"bob", "ann", "ex.com", "http"}},
		{"italian elisions", "", "L'acqua dell'orto non arriva ai pomodori, c'è siccità", data.FormatText,
			[]string{"acqua", "orto", "pomodori", "siccità"}, []string{"'"}},
		{"html", "", `<blockquote>old slugs</blockquote><p>Slugs ate my <b>lettuce</b> &amp; kale</p><pre>x=1</pre>`, data.FormatHTML,
			[]string{"ate", "kale", "lettuce", "slugs"}, []string{"old", "x="}},
		{"acronyms", "", "the BMS of my bike and the tv", data.FormatText, []string{"BMS", "bike"}, nil},
	} {
		got, err := a.Analyze(data.Post{Title: c.title, Body: c.body, Format: c.format})
		if err != nil {
			t.Fatal(err)
		}
		var forms []string
		for _, term := range got.Terms {
			forms = append(forms, term.Form)
		}
		slices.Sort(forms)
		slices.Sort(c.want)
		if diff := cmp.Diff(c.want, forms); diff != "" {
			t.Errorf("%s: terms of %q (-want +got):\n%s", c.name, c.body, diff)
		}
		for _, bad := range c.not {
			if all := strings.ToLower(strings.Join(forms, " ")); strings.Contains(all, bad) {
				t.Errorf("%s: terms %q hold %q", c.name, all, bad)
			}
		}
	}
}

func TestLanguage(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		text string
		hint data.Lang
		want data.Lang
	}{
		{"Does anyone know why my tomatoes split?", "", "en"},
		{"Qualcuno sa perché i pomodori si spaccano?", "", "it"},
		{"Quelqu'un sait pourquoi mes tomates se fendent ?", "", "fr"},
		{"Weiß jemand, warum meine Tomaten nicht reif werden?", "", "de"},
		{"¿Alguien sabe por qué se rompen los tomates de mi huerto?", "", "es"},
		{"42", "", "und"},
		{"42", "it", "it"},
		{"domiciliazione bancaria", "", "it"},
	} {
		got, err := a.Analyze(data.Post{Body: c.text, LangHint: c.hint})
		if err != nil || got.Lang != c.want {
			t.Errorf("language of %q (hint %q) = %q, %v; want %q", c.text, c.hint, got.Lang, err, c.want)
		}
	}
}

func TestSpansEqualSourceBytes(t *testing.T) {
	for _, c := range []struct {
		body   string
		format data.Format
		word   string
		want   string
	}{
		{"caffe\u0301 buono", data.FormatText, "caffé", "caffe\u0301"},
		{"<p>salt &amp; pepper</p>", data.FormatHTML, "&", "&amp;"},
		{"> x\n\ndon\u2019t panic", data.FormatText, "don't", "don\u2019t"},
		{"wow!!!!!!!! ok", data.FormatText, "ok", "ok"},
	} {
		d := read(data.Post{Body: c.body, Format: c.format})
		s := d.sentences[0].sec
		at := strings.Index(s.text, c.word)
		if at < 0 {
			t.Fatalf("%q not in cleaned %q", c.word, s.text)
		}
		span := s.span(at, at+len(c.word))
		if got := c.body[span.Start:span.End]; got != c.want {
			t.Errorf("%q: span of %q covers %q, want %q", c.body, c.word, got, c.want)
		}
	}
}

// A quotation mark whose fellow is not quoted is left out, wherever a long sentence is cut.
func TestQuotesWithoutStrayMarks(t *testing.T) {
	long := strings.Repeat("the bean rows by the northern fence stand in heavy clay and the rain never drains from there, ", 4)
	for _, text := range []string{
		`"My garden is on a slope, ` + long + `and I need a cheap watering can."`,
		`"I need a cheap watering can because ` + long + `and that is all there is" for me.`,
	} {
		d := read(data.Post{Body: text})
		need := slices.IndexFunc(d.tokens, func(t token) bool { return t.key == "need" })
		if quote := d.quote(&d.sentences[0], need); strings.Contains(quote, `"`) || !strings.Contains(quote, "I need a cheap watering can") {
			t.Errorf("quoted of %q: %q, want the need without a mark", text, quote)
		}
	}
}

// TestLengthIsNoSlowness: a long text and a lag of a series are not slow; a long wait is.
func TestLengthIsNoSlowness(t *testing.T) {
	a := analyzer(t)
	for body, want := range map[string]bool{
		"I wish the wait was not so long, the queue is too long.": true,
		"I wish the viewer was not so laggy.":                     true,
		"I wish the argument list was not too long.":              false,
		"I need a function like lag() for weekly sums.":           false,
		"I need the optimal lag length of a model.":               false,
	} {
		got, err := a.Analyze(data.Post{Body: body})
		if err != nil || len(got.Needs) == 0 {
			t.Fatalf("heard nothing in %q: %v", body, err)
		}
		slow := slices.ContainsFunc(got.Needs, func(n data.Need) bool {
			return slices.ContainsFunc(n.Facets, func(f data.Facet) bool { return f.Name == "Speed" })
		})
		if slow != want {
			t.Errorf("%q speaks of speed: %v, want %v; needs %+v", body, slow, want, got.Needs)
		}
	}
}
