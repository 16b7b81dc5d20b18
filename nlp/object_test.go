package nlp

import (
	"testing"

	"tribu/data"
)

// A word that is a thing as often as a verb names what is needed only where it is the thing.
func TestWhatIsDoneIsNoThing(t *testing.T) {
	a := analyzer(t)
	for text, want := range map[string]string{
		"I need someone to water my hedge.":             "hedge",
		"Does anyone know who would plant hedges?":      "hedge",
		"I need water for the hedge.":                   "water",
		"I'm looking for someone to print the calendar": "calendar",
		"I need a print of the calendar.":               "print",
	} {
		got, err := a.Analyze(data.Post{Body: text})
		if err != nil || len(got.Needs) == 0 || got.Needs[0].Object != want {
			t.Errorf("%q needs %+v, %v; want a need of %q", text, got.Needs, err, want)
		}
	}
}
