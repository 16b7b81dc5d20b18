package nlp

import (
	"testing"

	"tribu/data"
)

func TestBreath(t *testing.T) {
	a, w := analyzer(t), wording(t)
	for _, c := range []struct {
		sentence string
		want     Breath
		heard    bool
	}{
		{"I would like to install the package.", Breath{"", "I would like", "to install the package"}, true},
		{"When I load the file after lunch on any day I get an error in the parser.", Breath{"day I get an", "error", "in the parser"}, true},
		{"I did not see any bug in the parser.", Breath{}, false},
		{"You should read the manual about errors.", Breath{}, false},
	} {
		got, err := a.Analyze(data.Post{Body: c.sentence})
		if err != nil {
			t.Fatal(err)
		}
		var breath Breath
		heard := false
		if len(got.Needs) > 0 {
			breath, heard = w.Breath(&got.Needs[0], 0)
		}
		if breath != c.want || heard != c.heard {
			t.Errorf("%q in one breath = %q, %t; want %q, %t", c.sentence, breath, heard, c.want, c.heard)
		}
	}
}
