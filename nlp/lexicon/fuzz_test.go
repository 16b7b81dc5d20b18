package lexicon

import (
	"strings"
	"testing"

	"tribu/data/fuzz"
)

// FuzzParse: entries have a phrase without braces, doubled spaces or tabs, from a line of the text.
func FuzzParse(target *testing.F) {
	f := fuzz.Of(target)
	f.Add("please {add|fix|} it\t2 Speed+\n# comment\n\nno way")
	f.Add("{a|{b}")
	f.Add("\f")
	f.Add("one\vword\u00a0 of {|two}")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Count(text, "{") > 6 || strings.Count(text, "|") > 12 {
			return // alternatives multiply
		}
		entries, err := Parse(text)
		if err != nil {
			return
		}
		for _, e := range entries {
			if e.Phrase == "" || e.Phrase != strings.Join(strings.Fields(e.Phrase), " ") || strings.ContainsAny(e.Phrase, "{}\n") || e.Line < 1 || e.Line > 1+strings.Count(text, "\n") {
				t.Fatalf("entry %+v of %q", e, text)
			}
		}
	})
}
