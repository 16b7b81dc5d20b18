package nlp

import (
	"testing"

	"tribu/data"
)

func TestShort(t *testing.T) {
	a, w := analyzer(t), wording(t)
	for _, c := range []struct{ sentence, want string }{
		{"I'm looking for someone to water the pots while I'm away.", "someone to water the pots"},
		{"Is there a way to install an old package that still works?", "install an old package that still works"},
		{"I need the delivery within three days, after that it is too late.", "the delivery within three days"},
		{"I need a Windows 3.1 driver for the Matrox card.", "a Windows 3.1 driver"},
		{"My timer leaks at the thread and waters my shoes.", "my timer leaks at the thread"},
		{"Please add a dark theme to the editor.", "a dark theme to the editor"},
		{"The scrolling should be smoother on old phones.", "the scrolling should be smoother"},
		{"How do I set up a code such that it starts over?", "set up a code"},
		{"Cerco qualcuno che annaffi i vasi mentre sono via.", "qualcuno che annaffi i vasi"},
		{"Mi serve la consegna entro tre giorni, poi parto.", "la consegna entro tre giorni"},
		{"Dopo il temporale il mio timer non funziona più.", "il mio timer non funziona più"},
		{"Esiste un modo di avere terra leggera?", "avere terra leggera"},
		{"Vorrei sapere quando arriva il pacco.", "sapere quando arriva il pacco"},
		{"Any ideas?", ""},
	} {
		got, err := a.Analyze(data.Post{Body: c.sentence})
		if err != nil || len(got.Needs) == 0 {
			t.Errorf("needs of %q = %v, %v; want one", c.sentence, got.Needs, err)
			continue
		}
		if s := w.Short(&got.Needs[0]); s != c.want {
			t.Errorf("%q in short = %q (%s), want %q", c.sentence, s, got.Needs[0].Rule, c.want)
		}
	}
}
