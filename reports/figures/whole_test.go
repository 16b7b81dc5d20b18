package figures

import "testing"

func TestAQuoteIsAWholeSentence(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"I'm looking for someone to water the pots while I'm away.", true},
		{"Does anybody know how to fit a linear model (or two)?", true},
		{"«Il mio timer perde acqua, e mi scioglie le ciotole!»", true},
		{"3 litres a day are enough for a balcony.", true},
		{"iEYEARECAAYFAk0R/+sACgkQc5UpGjwzenOqoACghl1TkqQiCjctGxzN8OyirM2+ LqEAoIgEVJYyxpXkWonqgKaA7DC34P6G =S50A", false},
		{"Aanerud <email> Tony Samuel <email> Mary Jacobs <email> Vanessa Stern.", false},
		{"Anna Aanerud, Tony Samuel, Mary Jacobs, Vanessa Stern and Paul Weber.", false},
		{"For example: public static double[][] pass(); where double[][] is a rectangular array (i.e.", false},
		{"It is a rectangular array, i.e.", false},
		{"This is the letter that is used on most pages in W.", false},
		{"He is as tall as I.", true},
		{"getting WriteXLS to work or else choosing file encoding of csv files output from R", false},
		{"make[3]: Entering directory `/tmp/R.INSTALL.NjKF3D/lattice/src' gcc -std=gnu99 .", false},
		{"I get the following error when trying to load the package:", false},
		{"Write to me at anna@example.org, please.", false},
		{"It is described at http://example.org/timers, second page.", false},
		{"Thanks a lot", false},
		{`Re: "43 to 1" all over again.`, false},
		{`He said "a leaf a day" and left.`, true},
		{`He sure was not very keen on it, I notice: "...`, false},
		{"Multiples are allowed; widths less + than 0.01 will be set to it.", false},
		{"Grazie!", false},
	} {
		if got := Whole(c.text); got != c.want {
			t.Errorf("Whole(%q): got %v, want %v", c.text, got, c.want)
		}
	}
}
