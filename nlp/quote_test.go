package nlp

import (
	"testing"

	"tribu/data"
)

// What is asked between quotation marks is somebody else's; a mark behind a number is an inch.
func TestAskedInQuotes(t *testing.T) {
	a := analyzer(t)
	for text, want := range map[string]bool{
		`He said "how do I fix the sink?" and left.`:                       false,
		`She wrote «how do I fix the sink» on 5 pages.`:                    false,
		`“How do I fix the sink?” is what 3 of them ask.`:                  false,
		`The label "release 3" asks how do I fix the sink?`:                true,
		`My 14" monitor works and how do I connect a 17" monitor to it?`:   true,
		`He called it "5" and how do I connect a "17" monitor to it?`:      true,
		`He wrote "version 5" there; how do I fix the sink and "the tap"?`: true,
	} {
		got, err := a.Analyze(data.Post{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		asked := false
		for _, n := range got.Needs {
			asked = asked || n.Type == data.HowTo
		}
		if asked != want {
			t.Errorf("%s is asked: %t, want %t; needs %v", text, asked, want, got.Needs)
		}
	}
}
