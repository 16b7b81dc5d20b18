package nlp

import (
	"strings"
	"testing"

	"tribu/data"
)

func TestWhoPassesAnArticleOnNeedsNothing(t *testing.T) {
	a := analyzer(t)
	article := strings.Repeat("The council met on Tuesday and heard the report of the engineers about the bridge. ", 8) + "The bridge does not work for lorries."
	for text, want := range map[string]string{
		article: "role",
		article + " I cannot cross it, and my neighbours cannot, and I am fed up.":                     "person",
		article + ` "I cannot cross it," said the mayor, "and I am fed up with it, I want it mended."`: "role",
		"The bridge does not work for lorries.":                                                        "person",
	} {
		got, err := a.Analyze(data.Post{Body: text})
		if err != nil || len(got.Needs) == 0 {
			t.Fatalf("needs of %q = %v, %v; want one", text, got.Needs, err)
		}
		if got.Needs[0].Voice != want {
			t.Errorf("voice of %q = %q, want %q", text, got.Needs[0].Voice, want)
		}
	}
}

func TestTitlesThatCount(t *testing.T) {
	for title, want := range map[string]bool{
		"R-help Digest, Vol 53, Issue 14": true,
		"Rassegna no. 12, vol. 3":         true,
		"Issue 14 of the bulletin":        false,
		"Windows 3.1 and DOS 5":           false,
		"":                                false,
	} {
		if got := ownReader().serial(title); got != want {
			t.Errorf("%q counts = %v, want %v", title, got, want)
		}
	}
}

func TestQuotesLoseLonelyMarks(t *testing.T) {
	for text, want := range map[string]string{
		`"I hope there will be more help.`: "I hope there will be more help.",
		`I hope there will be more help."`: "I hope there will be more help.",
		`He said "more help" again.`:       `He said "more help" again.`,
		`“I hope there will be help.`:      "I hope there will be help.",
		`«Aiuto» e "aiuto`:                 `«Aiuto» e "aiuto`,
	} {
		if got := unquoted(text); got != want {
			t.Errorf("unquoted(%q) = %q, want %q", text, got, want)
		}
	}
}
