package nlp

import (
	"testing"

	"tribu/data"
)

// What is over, promised or only seconded is no need of who writes it.
func TestWhatIsNoNeed(t *testing.T) {
	a := analyzer(t)
	for text, want := range map[string]data.NeedType{
		"Your example helped me to solve a basic error in my code.":         "",
		"Your example gives a basic error in my code.":                      data.Problem,
		"This fixed the problem with my installation.":                      "",
		"The problem with my installation has not been fixed.":              data.Problem,
		"I will fix this bug in the next version of the package.":           "",
		"I wish all of you a Merry Christmas.":                              "",
		"I wish you would add a Christmas theme.":                           data.Wish,
		"I've never had a problem connecting to any site.":                  "",
		"Please consider this idea!":                                        "",
		"Please add it asap, please.":                                       "",
		"Please fix the scroll bar.":                                        data.Wish,
		"Would be awesome if you could fix this.":                           "",
		"Would be awesome if you could fix the scroll bar.":                 data.Wish,
		"Ho sistemato il problema con la stampante.":                        "",
		"Il problema con la stampante non è ancora stato risolto.":          data.Problem,
		"Il problema con la stampante è stato risolto.":                     "",
		"Per favore risolvete questo problema.":                             "",
		"I haven't solved the problem with my printer.":                     data.Problem,
		"Nobody has fixed this bug in the parser.":                          data.Problem,
		"They fixed the login but now the export crashes.":                  data.Problem,
		"We fixed the bug in the parser.":                                   "",
		"We need this to be faster.":                                        data.Wish,
		"We need this to be fixed.":                                         "",
		"Non ho risolto il problema con la stampante.":                      data.Problem,
		"Nessuno ha risolto il guasto alla caldaia.":                        data.Problem,
		"Please add Microsoft.":                                             data.Wish,
		"Is there any chance you could bring the old calendar back?":        data.Wish,
		"Would it be too much to ask for a second bench at the stop?":       data.Wish,
		"My proposal is to open the gate an hour earlier.":                  data.Wish,
		"Could the limit be raised to forty seedlings?":                     data.Wish,
		"Only one idea is pinned to the board.":                             "",
		"Now let's turn on the second pump.":                                "",
		"Per favore aggiungete una mappa del parco, non si trova l'entrata": data.Wish,
	} {
		got, err := a.Analyze(data.Post{Body: text})
		var first data.NeedType
		for _, n := range got.Needs {
			if n.Type.Wanting() && first == "" {
				first = n.Type
			}
		}
		if err != nil || first != want {
			t.Errorf("%q is heard as %q, %v; want %q", text, first, err, want)
		}
	}
}

// Who needs or looks for a thing may name it without an article.
func TestBareThingsAreNeeded(t *testing.T) {
	a := analyzer(t)
	for text, want := range map[string]data.NeedType{
		"I need cheaper soil or a cheaper hobby.":      data.Wish,
		"I need soil at half the price by next March":  data.Wish,
		"All I need is love.":                          "",
		"It rains and I need someone to dry the wood.": data.Wish,
		"I need to water the soil.":                    "",
		"I don't need soil.":                           "",
		"I'm looking for cheaper soil too.":            data.Recommendation,
		"I'm looking at cheaper soil.":                 "",
		"I'm looking for it.":                          "",
		"Io cerco terriccio a meno di cinque euro.":    data.Recommendation,
		"Stiamo cercando vasi grandi.":                 data.Recommendation,
		"Cerco di capire il terriccio.":                "",
		"Non cerco terriccio.":                         "",
	} {
		got, err := a.Analyze(data.Post{Body: text})
		if err != nil || len(got.Needs) > 1 || want == "" && len(got.Needs) > 0 || want != "" && (len(got.Needs) != 1 || got.Needs[0].Type != want || got.Needs[0].Object == "") {
			t.Errorf("%q is heard as %+v, %v; want %q of a thing", text, got.Needs, err, want)
		}
	}
}
