package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
	"tribu/reports/measure/stats"
)

// TestLetDown: of what people expected of a firm a need's polarity says whether it is that; most of a tribe must say so.
func TestLetDown(t *testing.T) {
	v := View{Measures: &Measures{}}
	label := soft.Label{Motive: signs.Image, State: stats.Known, Figure: true, Authors: 10, Rate: stats.Share{State: stats.Known, Value: .4}}
	for i, name := range []string{"lamps", "tins", "ropes"} {
		id := data.TribeID(name)
		v.Story.Tribes = append(v.Story.Tribes, data.Tribe{ID: id, Name: name, Letter: name[:1], Kind: data.KindTribe, People: 20})
		v.Measures.Motives = append(v.Measures.Motives, soft.Panel{Tribe: id, Labels: []soft.Label{label}})
		for k := range 5 {
			who := data.AuthorID{byte(i + 1), byte(k)}
			v.Story.Members = append(v.Story.Members, data.Member{Author: who, Tribe: id})
			polarity := -1
			if i == 2 && k > 1 { // two of five
				polarity = 1
			}
			post := data.PostMeta{ID: data.PostID{byte(i + 1), byte(k)}, Author: who}
			v.Story.Activity = append(v.Story.Activity, post)
			v.Story.Needs = append(v.Story.Needs, data.NeedRow{PostMeta: post, Need: data.Need{Type: data.Complaint, Polarity: polarity, Motives: []string{"image"}}})
		}
	}
	v.Figures = figures.Count(v.Story, figures.Params{})
	for lang, want := range map[data.Lang]string{data.LangEN: "Beyond the answer: in “Lamps” and “Tins” people say that a firm is not what they expected", data.LangIT: "Oltre la risposta: in «Lamps» e «Tins» si dice che un’azienda non è ciò che ci si aspettava"} {
		b, err := newBuilder(v, lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.softTitle()); got != want || b.problem != nil {
			t.Errorf("got %q, want %q (%v)", got, want, b.problem)
		}
		if i := b.tribeIndex("ropes"); b.letDown(i) {
			t.Error("two of five say that it is not what they expected: got most, want fewer")
		}
	}
}
