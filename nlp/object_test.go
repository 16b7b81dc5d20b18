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

// What a need is about is what is asked for by name, what is lacking, a noun by what stands around it; not when or where it is, or how.
func TestWhatANeedIsAbout(t *testing.T) {
	a := analyzer(t)
	for text, want := range map[string]string{
		"Mi serve un modo per tenere aperte le finestre con il maestrale.":          "finestra",
		"Cerco qualcosa che sbucci le castagne.":                                    "castagna",
		"Conoscete un posto silenzioso per provare i tromboni?":                     "trombone",
		"Che sgabello mi consigliate per una batterista di sei anni?":               "sgabello",
		"Impossibile salire a bordo, il bigliettaio dice che non ci sono cuccette.": "cuccette",
		"Does anyone rent trombones before the summer?":                             "trombone",
		"Which stool would you recommend for a drummer at school?":                  "stool",
		"Since I left the barracks, I can't get my trombone to shine.":              "trombone",
		"I am looking for a trombone on Friday nights.":                             "trombone",
		"The saddle squeaks on every hill. What do you put on it?":                  "saddle",
		"We wake up every forty minutes. Is there anything that helps?":             "",
	} {
		got, err := a.Analyze(data.Post{Body: text})
		if err != nil || len(got.Needs) == 0 || got.Needs[len(got.Needs)-1].Object != want {
			t.Errorf("%q needs %+v, %v; want a need of %q", text, got.Needs, err, want)
		}
	}
}
