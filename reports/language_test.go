package reports

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
)

// TestCatalogues compares what each language has to say with what English has.
func TestCatalogues(t *testing.T) {
	english, err := catalogue(data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range Languages()[1:] {
		other, err := catalogue(lang)
		if err != nil {
			t.Fatal(err)
		}
		for key, message := range english {
			translated, ok := other[key]
			if !ok {
				t.Errorf("%s lacks %q", lang, key)
				continue
			}
			if got, want := slices.Sorted(maps.Keys(translated)), slices.Sorted(maps.Keys(message)); !slices.Equal(got, want) {
				t.Errorf("%s %q has forms %v, want %v", lang, key, got, want)
			}
			for form := range message {
				if got, want := marks(translated[form]), marks(message[form]); !slices.Equal(got, want) {
					t.Errorf("%s %q %s has placeholders and links %v, want %v", lang, key, form, got, want)
				}
			}
			if got, want := strings.Count(translated["other"], "|"), strings.Count(message["other"], "|"); got != want {
				t.Errorf("%s %q lists %d, want %d", lang, key, got+1, want+1)
			}
		}
		for key := range other {
			if _, ok := english[key]; !ok && !strings.HasPrefix(key, "elided.") {
				t.Errorf("%s has %q, which English does not", lang, key)
			}
		}
	}
}

// marks returns the sorted placeholders of a message and one mark per link.
func marks(s string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`\{(?:[A-Za-z]+:)?([a-z]+)\}|(\[)`).FindAllStringSubmatch(s, -1) {
		out = append(out, m[1]+m[2])
	}
	slices.Sort(out)
	return out
}

// TestEveryMessageIsUsed keeps the catalogues free of sentences nobody says.
func TestEveryMessageIsUsed(t *testing.T) {
	english, err := catalogue(data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	source := sourceText(t)
	built := []string{"language.", "strength.", "head.", "line.nothing.", "changes.count.", "event.", "change.", "need.", "trend.", "bond.", "tail.", "kind.", "mark.", "size.",
		"served.title.", "line.served.", "line.apart.", "line.too.", "line.pace.", "line.do.", "unit.", "verdict.", "service.", "increment.", "facet.", "state.", "lacking.", "kpi.", "emotion.", "makers.", "person.", "power.", "cite.power.", "motive.", "function.", "house.", "case.", "balance.part.", "cite.balance.", "in.", "mode.", "way.", "solver.", "how.unlike.", "tongue.", "soft.level.", "reason.", "money.", "make."}
	for key := range english {
		if strings.Contains(source, `"`+strings.TrimSuffix(strings.TrimSuffix(key, ".long"), ".about")+`"`) || slices.ContainsFunc(built, func(p string) bool { return strings.HasPrefix(key, p) }) {
			continue
		}
		t.Errorf("nothing says %q", key)
	}
}

// TestEveryRequestIsToldOfThings: what a tribe asks for is told in both ways, by a phrase of its own and by the thing it is about.
func TestEveryRequestIsToldOfThings(t *testing.T) {
	for _, lang := range []data.Lang{data.LangEN, data.LangIT} {
		messages, err := catalogue(lang)
		if err != nil {
			t.Fatal(err)
		}
		phrases := 0
		for key := range messages {
			if !strings.HasPrefix(key, "how.asked") || strings.HasSuffix(key, ".about") {
				continue
			}
			phrases++
			if _, known := messages[key+".about"]; !known {
				t.Errorf("%s says %q of a phrase, and nothing of a thing", lang, key)
			}
		}
		if phrases < 5 {
			t.Errorf("%s says %d such phrases, want five", lang, phrases)
		}
	}
}

func TestFormats(t *testing.T) {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	en, err := newPrinter(data.LangEN, rome)
	if err != nil {
		t.Fatal(err)
	}
	it, err := newPrinter(data.LangIT, rome)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 19, 30, 0, 0, time.UTC)
	for _, c := range []struct{ what, got, want string }{
		{"thousands", it.number(1930), "1.930"},
		{"thousands", en.number(1930), "1,930"},
		{"millions", it.number(1234567), "1.234.567"},
		{"small", it.number(999), "999"},
		{"decimals", it.decimal(5.7, 1), "5,7"},
		{"decimals", it.decimal(-0.5, 1), "−0,5"},
		{"decimals", it.decimal(-0.04, 1), "0,0"},
		{"decimals", en.decimal(1234.5, 1), "1,234.5"},
		{"percent", it.percent(0.625), "63%"},
		{"growth", it.change(0.09), "+9%"},
		{"loss", it.change(-0.25), "−25%"},
		{"date", it.date(at), "22 novembre 2026"},
		{"date", en.date(at), "22 November 2026"},
		{"first of a month", it.date(at.AddDate(0, 0, -21)), "1° novembre 2026"},
		{"first of a month", en.date(at.AddDate(0, 0, -21)), "1 November 2026"},
		{"moment", it.moment(at, true), "dom 22 nov 2026, 20:30"},
		{"moment without hours", it.moment(at, false), "dom 22 nov 2026"},
		{"days of one month", it.dates(at.AddDate(0, 0, -6), at), "16–22 novembre 2026"},
		{"days of two months", en.dates(at.AddDate(0, 0, -27), at), "26 October – 22 November 2026"},
		{"days of two years", en.dates(at.AddDate(-1, 0, 0), at), "22 November 2025 – 22 November 2026"},
		{"minutes", it.wait(42 * time.Minute), "42 min"},
		{"hours", it.wait(5*time.Hour + 7*time.Minute), "5 h 07"},
		{"whole hours", en.wait(3 * time.Hour), "3 h"},
		{"days", it.wait(72 * time.Hour), "3 giorni"},
		{"one", it.text("people", "n", 1), "1 persona"},
		{"one who helped on", it.text("tribe.give", "n", 1, "all", 15), "Delle 15 persone aiutate, 1 ha aiutato a sua volta."},
		{"several who did", it.text("tribe.give", "n", 4, "all", 15), "Delle 15 persone aiutate, 4 hanno aiutato a loro volta."},
		{"many", it.text("people", "n", 1930), "1.930 persone"},
		{"none", en.text("people", "n", 0), "0 people"},
		{"quotes", it.text("quoted", "name", collected("forno")), "«forno»"},
		{"quotes", en.text("quoted", "name", collected("oven")), "“oven”"},
		{"article", it.text("head.grow", "to", it.listed([]string{"x", "y"}), "change", it.percent(0.08)), "x e y è cresciuta dell’8%"},
		{"article", it.text("head.grow", "to", collected("x"), "change", it.percent(0.09)), "x è cresciuta del 9%"},
		{"article before none", it.text("case.willing", "share", it.percent(0)), "lo 0% si rivolge ai produttori"},
		{"article first", it.text("power.joint", "n", 25, "share", it.percent(0.08), "range", it.text("range", "low", "2%", "high", "25%")), "Nell’8% di 25 discussioni di reclamo si uniscono almeno altre cinque persone (2%–25%)."},
		{"list", it.join([]string{"A", "B", "C"}), "A, B e C"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
	if it.problem != nil || en.problem != nil {
		t.Errorf("printing found problems: %v, %v", it.problem, en.problem)
	}
}

func TestPrinterRefuses(t *testing.T) {
	p, err := newPrinter(data.LangEN, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.text("people")
	if p.problem == nil {
		t.Error("a message without its argument was printed")
	}
	if _, err := newPrinter("de", nil); err == nil {
		t.Error("a language without a catalogue was accepted")
	}
}

func TestCollectedTextIsNoMarkup(t *testing.T) {
	p, err := newPrinter(data.LangEN, nil)
	if err != nil {
		t.Fatal(err)
	}
	spans := p.rich("head.born", "to", collected("*b* [x] {n}"))
	if got, want := plainText(spans), "A new tribe: *b* [x] {n}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, s := range spans {
		if s.Bold || s.Href != "" {
			t.Errorf("collected text made markup: %+v", s)
		}
	}
}

// TestArticles reads the article or preposition before a number as it is spoken.
func TestArticles(t *testing.T) {
	p, err := newPrinter(data.LangIT, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ article, number, want string }{
		{"il", "52%", "il 52%"}, {"Il", "8%", "L’8%"}, {"il", "1%", "l’1%"}, {"il", "11%", "l’11%"}, {"il", "0%", "lo 0%"},
		{"dal", "87%", "dall’87%"}, {"al", "80%", "all’80%"}, {"al", "95%", "al 95%"}, {"al", "0%", "allo 0%"}, {"nel", "89%", "nell’89%"},
		{"il", "10%", "il 10%"}, {"il", "18%", "il 18%"}, {"il", "100%", "il 100%"}, {"il", "110%", "il 110%"}, {"il", "111", "il 111"},
		{"del", "800", "dell’800"}, {"del", "8.000", "dell’8.000"}, {"del", "11.000", "dell’11.000"}, {"del", "1.000", "del 1.000"},
		{"del", "1,5%", "dell’1,5%"}, {"del", "+8%", "dell’+8%"}, {"del", "0,5%", "dello 0,5%"}, {"Al", "8 novembre", "All’8 novembre"}, {"Al", "1° novembre", "Al 1° novembre"},
	} {
		if got := p.articled(c.article, c.number); got != c.want {
			t.Errorf("%s before %s: got %q, want %q", c.article, c.number, got, c.want)
		}
	}
	for article := range map[string]bool{"il": true, "Il": true, "del": true, "dal": true, "al": true, "Al": true, "nel": true, "Nel": true} {
		for _, key := range []string{"elided." + article, "elided." + article + ".zero"} {
			if p.plain(key) == "" {
				t.Errorf("no message %q", key)
			}
		}
	}
}

// TestNoBareArticle finds what the article before a number must be left to: a share may be 8%.
func TestNoBareArticle(t *testing.T) {
	italian, err := catalogue(data.LangIT)
	if err != nil {
		t.Fatal(err)
	}
	bare := regexp.MustCompile(`(?i)\b(il|lo|del|dal|al|nel|sul) \*?\[?\{[a-z]+\}`)
	for key, forms := range italian {
		for _, text := range forms {
			if got := bare.FindString(text); got != "" {
				t.Errorf("%q says %q: want {article:name}", key, got)
			}
		}
	}
}
