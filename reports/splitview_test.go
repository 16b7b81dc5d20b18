package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
)

// TestPartsOfASplitFare: of a split it is told in which part fewer requests get a reply, where that is more than chance, and
// nothing where a part hardly asks.
func TestPartsOfASplitFare(t *testing.T) {
	for _, c := range []struct {
		asked, replied [2]int
		en, it         string
	}{
		{[2]int{16, 19}, [2]int{11, 14}, " Requests with a reply within 48 hours: 69% of 16 in “Ovens” and 74% of 19 in “Kilns”; the difference may be chance.", " Richieste con risposta entro 48 ore: il 69% di 16 in «Ovens» e il 74% di 19 in «Kilns»; la differenza può essere un caso."},
		{[2]int{100, 100}, [2]int{40, 80}, " Requests with a reply within 48 hours: 40% of 100 in “Ovens” and 80% of 100 in “Kilns”: “Ovens” fares worse.", " Richieste con risposta entro 48 ore: il 40% di 100 in «Ovens» e l’80% di 100 in «Kilns»: a «Ovens» va peggio."},
		{[2]int{100, 3}, [2]int{40, 3}, "", ""},
	} {
		var v View
		v.Figures.Threads = true
		for i, name := range []string{"Ovens", "Kilns"} {
			tribe := data.Tribe{ID: data.TribeID(name), Name: name, Kind: data.KindTribe}
			v.Figures.Tribes = append(v.Figures.Tribes, figures.Tribe{Tribe: tribe, Asked: c.asked[i], ByTribe: c.replied[i]})
		}
		change := figures.Change{Event: data.Split, To: []data.Tribe{v.Figures.Tribes[0].Tribe, v.Figures.Tribes[1].Tribe}}
		for lang, want := range map[data.Lang]string{data.LangEN: c.en, data.LangIT: c.it} {
			b, err := newBuilder(v, lang)
			if err != nil {
				t.Fatal(err)
			}
			if got := plainText(b.fares(change)); got != want {
				t.Errorf("%s, %v of %v: got %q, want %q", lang, c.replied, c.asked, got, want)
			}
		}
	}
}
