package reports

import "testing"

// TestTied: no line ends within a time, a span of them or a date, nor between a number and what it counts; what people wrote
// stays as it is.
func TestTied(t *testing.T) {
	for in, want := range map[string]string{
		"within 10 h 35, usually 46 min": "within 10\u00a0h\u00a035, usually 46\u00a0min",
		"19:00–22:00":                    "19:00–\u206022:00",
		"22–28 June 2026":                "22–\u206028\u00a0June 2026",
		"26% of 1,240 people":            "26%\u00a0of 1,240\u00a0people",
		"nothing to tie":                 "nothing to tie",
	} {
		if got := tied(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	got := tiedSpans([]span{{Text: "8", Href: "#x"}, {Text: " people in "}, {Text: "room 8", Collected: true}, {Text: " wait "}, {Text: "19:00"}, {Text: "–"}, {Text: "22:00"}})
	if want := "8\u00a0people in room 8 wait 19:00–\u206022:00"; plainText(got) != want {
		t.Errorf("got %q, want %q", plainText(got), want)
	}
}
