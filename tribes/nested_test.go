package tribes

import (
	"strings"
	"testing"

	"tribu/data"
)

// What is told of a group in words: no pieces of phrases, and no word beside a phrase that holds it.
func TestTellingWords(t *testing.T) {
	for _, c := range []struct {
		rule  string
		posts []remark
		want  string // in the order of the alphabet
	}{
		{"a word does not stand beside its phrase", []remark{{12, "", "random+forest"}, {12, "", "forest"}}, "random forest"},
		{"a phrase that goes on is a piece: 9 of 12 is more than two thirds",
			[]remark{{9, "", "linear+mixed mixed+models"}, {12, "", "linear+mixed"}, {12, "", "mixed+models"}}, "linear, mixed models"},
		{"7 of 12 are too few: it stands by itself too",
			[]remark{{7, "", "linear+mixed mixed+models"}, {12, "", "linear+mixed"}, {12, "", "mixed+models"}}, "linear mixed, mixed models"},
		{"what stands in front leaves a phrase whole: 9 of 12 are less than nine tenths",
			[]remark{{9, "", "generalised+mixed mixed+models"}, {12, "", "mixed+models"}}, "mixed models"},
		{"an end that nobody writes alone is a piece: 12 of 12", []remark{{12, "", "clipper+chip chip+encryption"}, {36, "", "clipper+chip"}}, "clipper chip"},
	} {
		teller := toldBy(t, data.LangEN, nil, c.posts)
		var got []string
		for _, w := range tellingWords(teller.nameParts(teller.speechesOf(0)[0]), false) {
			got = append(got, w.Form)
		}
		if told := strings.Join(distinctSorted(got), ", "); told != c.want {
			t.Errorf("%s: %v: got %q, want %q", c.rule, c.posts, told, c.want)
		}
	}
}
