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

// TestTipsShown: what shows a tip asks nothing and is not heard as a lack as well.
func TestTipsShown(t *testing.T) {
	row := func(id, quote string, kind data.NeedType, acts data.Acts) *data.NeedRow {
		return &data.NeedRow{PostMeta: data.PostMeta{ID: data.NewPostID("s", id), Acts: acts}, Need: data.Need{Type: kind, Quote: quote}}
	}
	tip := row("a", "Sand keeps them off.", data.Tip, data.Offering)
	failed := row("c", "I then tried to install it.", data.Tip, 0)
	topic := uses.Topic{Needs: []*data.NeedRow{tip, row("b", "Has anybody tried sand?", data.Tip, 0), failed, row("d", "Sand, please.", data.Tip, data.Pleading), row("e", "I want sand.", data.Wish, data.Pleading)}}
	b, err := newBuilder(View{Story: data.Story{Needs: []data.NeedRow{*row("c", "I then tried to install it.", data.Problem, 0), *failed, *tip}}}, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range b.examples(topic) {
		got = append(got, n.Quote)
	}
	if fmt.Sprint(got) != "[Sand keeps them off. I want sand.]" {
		t.Errorf("shown %q, want the tip that is one alone, and the wish", got)
	}
}
