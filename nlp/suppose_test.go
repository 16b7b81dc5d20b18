package nlp

import (
	"testing"

	"tribu/data"
)

// What may go wrong, what a reader or a program is told to do, a word that is but mentioned and what somebody chooses not
// to do are no trouble of who writes it.
func TestWhatIsOnlySupposed(t *testing.T) {
	a := analyzer(t)
	for text, want := range map[string]bool{
		"If the pump is broken, then the valve opens by itself.":         false,
		"The rule is that if the pump is broken, the valve opens.":       false,
		"If the pump is broken, I have to walk to the well.":             true,
		"If the pump jams again, what can we do?":                        true,
		"The pump jams when the valve opens.":                            true,
		"Otherwise, please install the spare valves.":                    false,
		"If the pump is broken, please call the warden.":                 false,
		"ERROR: valve too old, please install a new valve.":              true,
		"If you can, please add a second valve.":                         true,
		"Please mend the pump at the gate.":                              true,
		`The adjective "terrible" comes before its noun.`:                false,
		`The service here is "terrible" for anybody with a pram.`:        true,
		"We do not load the trailer on Sundays.":                         false,
		"The tractor does not load the trailer.":                         true,
		"We have eaten the lettuce.":                                     false,
		"Something has eaten the lettuce.":                               true,
		"Mi sono mangiato una pera.":                                     false,
		"Qualcosa mi ha mangiato le pere.":                               true,
		"My experience with the pump is that it lasts for twenty years.": false,
	} {
		got, err := a.Analyze(data.Post{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		wants := false
		for _, n := range got.Needs {
			wants = wants || n.Type.Wanting()
		}
		if wants != want {
			t.Errorf("%q tells of a need: %t, want %t; needs %v", text, wants, want, got.Needs)
		}
	}
}

// A program that asks its user to do something wishes nothing.
func TestProgramsWishNothing(t *testing.T) {
	got, err := analyzer(t).Analyze(data.Post{Body: "ERROR: valve too old, please install a new valve."})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range got.Needs {
		if n.Type == data.Wish {
			t.Errorf("a wish is heard: %v", n)
		}
	}
}

func TestQuickQuestionsAskForNoSpeed(t *testing.T) {
	a := analyzer(t)
	for text, want := range map[string]bool{
		"Quick question: how do I prune a fig tree?": false,
		"I need a quick way to prune a fig tree.":    true,
		"Una domanda veloce: come si pota un fico?":  false,
		"Cerco un modo veloce per potare un fico.":   true,
	} {
		got, err := a.Analyze(data.Post{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		speed := false
		for _, n := range got.Needs {
			for _, f := range n.Facets {
				speed = speed || f.Name == "Speed"
			}
		}
		if speed != want || len(got.Needs) == 0 {
			t.Errorf("%q is about speed: %t, want %t; needs %v", text, speed, want, got.Needs)
		}
	}
}
