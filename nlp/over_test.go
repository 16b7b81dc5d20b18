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
