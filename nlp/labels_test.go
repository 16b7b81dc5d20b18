package nlp

import (
	"encoding/json"
	"iter"
	"strings"
	"testing"
)

// A label that a task does not know is said with its place and what is known.
func TestEvaluateRefusesUnknownLabels(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct{ task, label, want string }{
		{"request", `1`, ""}, {"request", `true`, ""}, {"request", `"0"`, ""},
		{"request", `2`, `gold:7: label "2": want one of 0, 1, true, false`},
		{"request", `"yes"`, `gold:7: label "yes": want one of 0, 1, true, false`},
		{"request", ``, `gold:7: no "label"`},
		{"polarity", `"mixed"`, ""},
		{"polarity", `"pos"`, `gold:7: label "pos": want one of positive, negative, neutral, mixed`},
		{"aspects", `{}`, ""}, {"aspects", `{"wifi":"pos"}`, ""},
		{"aspects", `{"food":"pos"}`, `gold:7: label "food": want one of amenities`},
		{"language", `"it"`, ""}, {"language", `"klingon"`, `gold:7: label "klingon": want one of und, en, it`},
	} {
		one := iter.Seq2[Example, error](func(yield func(Example, error) bool) {
			yield(Example{Text: "Please add it.", Label: json.RawMessage(c.label), At: "gold:7"}, nil)
		})
		_, err := a.Evaluate(t.Context(), c.task, one)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s with label %s: got %v, want %q", c.task, c.label, err, c.want)
		}
	}
}
