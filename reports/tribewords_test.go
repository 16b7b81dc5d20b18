package reports

import (
	"fmt"
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/uses"
)

// TestWholeWords: a word that is part of a phrase beside it is not listed.
func TestWholeWords(t *testing.T) {
	for list, want := range map[string]string{
		"zucchina amarissima,amarissima": "zucchina amarissima", "shade,walls": "shade,walls", "worm,worm bins,bins,lids": "worm bins,lids", "bins,bins": "bins,bins",
	} {
		var words []data.Term
		for w := range strings.SplitSeq(list, ",") {
			words = append(words, data.Term{Key: w, Form: w})
		}
		var got []string
		for _, w := range wholeWords(words) {
			got = append(got, w.Form)
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%q: %q, want %q", list, got, want)
		}
	}
}

// TestOtherNames: a tribe whose name differs by language shows the other name on its card.
func TestOtherNames(t *testing.T) {
	two := data.Tribe{Name: "Potatoes", Told: []data.Telling{{Lang: data.LangEN}, {Lang: data.LangIT, Name: "macchie marroni"}}}
	one := data.Tribe{Name: "Buckets", Told: []data.Telling{{Lang: data.LangEN}}}
	for _, c := range []struct {
		tribe data.Tribe
		lang  data.Lang
		want  string
	}{{two, data.LangEN, " In Italian: “Macchie marroni”."}, {two, data.LangIT, " In inglese: «Potatoes»."}, {one, data.LangEN, ""}, {one, data.LangIT, ""}} {
		b, err := newBuilder(View{}, c.lang)
		if err != nil {
			t.Fatal(err)
		}
		if got := plainText(b.otherNames(figures.Tribe{Tribe: c.tribe})); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.tribe.Name, c.lang, got, c.want)
		}
	}
}

// TestDepartmentRows: a department reads of what the list of needs tells by its name, and a section is
// worth two departments.
func TestDepartmentRows(t *testing.T) {
	topic := func(key string, lacked bool) uses.Topic {
		row := &data.NeedRow{PostMeta: data.PostMeta{ID: data.NewPostID("s", key)}, Need: data.Need{Quote: "I want cheaper " + key + " for it."}}
		return uses.Topic{Key: key, Called: "cheaper " + key, People: 20, Lacked: lacked, Needs: []*data.NeedRow{row}}
	}
	needs := []figures.Need{{Key: "soil", Topic: "cheaper soil", Label: "cheaper soil", People: 20}, {Key: "pots", Topic: "cheaper pots", Label: "cheaper pots", People: 20},
		{Key: "bins", Topic: "cheaper bins", Label: "cheaper bins", People: 20, Mixed: true}}
	for _, c := range []struct {
		name    string
		digests []uses.Digest
		want    string
	}{
		{"two needs", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("soil", true)}}, {Function: uses.Sales, Topics: []uses.Topic{topic("pots", true)}}}, "[cheaper soil] [cheaper pots] "},
		{"a need sorted less surely", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("soil", true)}}, {Function: uses.Sales, Topics: []uses.Topic{topic("bins", true)}}}, ""},
		{"tips", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("soil", true)}}, {Function: uses.Research, Topics: []uses.Topic{topic("pots", false)}}}, ""},
		{"one department", []uses.Digest{{Function: uses.Development, Topics: []uses.Topic{topic("soil", true), topic("pots", true)}}}, ""},
	} {
		b, err := newBuilder(View{Figures: figures.Figures{Needs: needs}, Scene: &Scene{Digests: c.digests}}, data.LangEN)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if v := b.house(); v != nil {
			for _, d := range v.Digests {
				var rows []string
				for _, r := range d.Topics {
					rows = append(rows, r.Topic)
				}
				got += fmt.Sprint(rows) + " "
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
