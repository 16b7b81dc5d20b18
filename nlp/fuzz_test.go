package nlp

import (
	"strings"
	"testing"
	"unicode/utf8"

	"tribu/data"
	"tribu/data/fuzz"
)

var fuzzSeeds = []string{"I wish there was a way to add this.", "Vorrei che l'acqua arrivasse entro 24 ore! :-) @anna http://x.it/a?b", "dell'e\u0301 🙂\u200d ȺȺ's #tag",
	"<p>a &amp; b</p><pre>x</pre>", "> q\nOn Mon, Ann wrote:\n-- \nx", "0 e' lei, l'e' e'", "don't can't won't y'all'd've 12,5 € v2.0.1"}

// FuzzTokens: tokens stand in their order inside the text, none overlaps another, and sentences
// share them out.
func FuzzTokens(target *testing.F) {
	f := fuzz.Of(target)
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := read(data.Post{Body: text})
		next := 0
		for _, x := range d.sentences {
			if x.from != next || x.to <= x.from {
				t.Fatalf("sentence of tokens %d to %d behind %d in %q", x.from, x.to, next, text)
			}
			next = x.to
			for end, i := 0, x.from; i < x.to; i++ {
				k := d.tokens[i]
				if k.start < end || k.end <= k.start || k.end > len(x.sec.text) || !utf8.ValidString(x.sec.text[k.start:k.end]) {
					t.Fatalf("token %+v behind byte %d of %q", k, end, x.sec.text)
				}
				end = k.end
			}
		}
		if next != len(d.tokens) {
			t.Fatalf("%d of %d tokens of %q are in sentences", next, len(d.tokens), text)
		}
	})
}

// FuzzClean: cleaned text is valid, within its limit, and each of its bytes has a place in the original.
func FuzzClean(target *testing.F) {
	f := fuzz.Of(target)
	for _, s := range fuzzSeeds {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, text string, markup bool) {
		c := &cleaner{by: ownReader(), limit: 4 << 10}
		if markup {
			c.cleanHTML(text)
		} else {
			c.cleanText(text)
		}
		s := c.section(false)
		if !utf8.ValidString(s.text) || len(s.low) != len(s.text) || len(s.text) > c.limit+utf8.UTFMax {
			t.Fatalf("%q cleans to %q", text, s.text)
		}
		for i, last := 0, 0; i < len(s.text); i++ {
			at := s.origin(i, false)
			if at < last || at > len(text) || s.origin(i, true) < at {
				t.Fatalf("byte %d of %q comes from byte %d of %q, the one before from %d", i, s.text, at, text, last)
			}
			last = at
		}
	})
}

// FuzzTags: every token of a sentence gets a tag, whatever it is made of.
func FuzzTags(target *testing.F) {
	f := fuzz.Of(target)
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
	var g englishTagger
	g.once.Do(g.load)
	f.Fuzz(func(t *testing.T, text string) {
		d := read(data.Post{Body: text[:min(len(text), 400)]})
		for i := range d.sentences {
			s := &d.sentences[i]
			if tags := g.tags(d, s); len(tags) != s.to-s.from && s.to-s.from <= maxTagged {
				t.Fatalf("%d tags for %q", len(tags), text)
			}
		}
	})
}

// FuzzWords: words stand in their order in the sentence, and have a stem.
func FuzzWords(target *testing.F) {
	f := fuzz.Of(target)
	for _, s := range fuzzSeeds {
		f.Add(s, true)
		f.Add(s, false)
	}
	w, err := NewWording(Config{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string, italian bool) {
		lang := data.LangEN
		if italian {
			lang = data.LangIT
		}
		words, all := w.Words(lang, text)
		end := 0
		for _, one := range words {
			if one.At < end || one.End <= one.At || one.End > len(all) || one.Stem == "" || strings.TrimSpace(one.Form) == "" {
				t.Fatalf("word %+v behind %d of %q", one, end, all)
			}
			end = one.End
		}
	})
}

// FuzzShorts checks that what stands for a need is two to seven words of its own sentence.
func FuzzShorts(target *testing.F) {
	f := fuzz.Of(target)
	for _, q := range []string{"I'm looking for someone to water the pots", "Non funziona l'irrigatore, perché?", "Please add  a 3.1 driver — now!", "#a #b ,,, x'y", "I need"} {
		f.Add(q, "en/seek/looking for someone", "pot", true)
		f.Add(q, "it/problem/non funziona", "irrigatore", false)
		f.Add(q, "en/wish/^ please add <imp> $", "", true)
	}
	w := wording(f)
	f.Fuzz(func(t *testing.T, quote, rule, object string, english bool) {
		n := data.Need{Type: data.Wish, Quote: quote, Rule: rule, Object: object, Lang: data.LangEN}
		if !english {
			n.Type, n.Lang = data.Problem, data.LangIT
		}
		d := read(data.Post{Body: quote})
		for _, s := range w.Shorts(&n) {
			if k := len(strings.Fields(s.Text)); k == 0 || len(s.Text) > len(quote)*4 {
				t.Errorf("%q in short = %q of %d words", quote, s.Text, k)
			}
			if plain := strings.Join(strings.Fields(d.sentences[0].sec.low), " "); !strings.Contains(plain, lower(s.Text)) {
				t.Errorf("%q does not say %q", quote, s.Text)
			}
		}
	})
}
