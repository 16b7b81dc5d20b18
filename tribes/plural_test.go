package tribes

import (
	"testing"

	"tribu/data"
)

func TestIsPlural(t *testing.T) {
	for _, c := range []struct {
		lang      data.Lang
		one, many string
		want      bool
	}{
		{data.LangEN, "car", "cars", true},
		{data.LangEN, "box", "boxes", true},
		{data.LangEN, "battery", "batteries", true},
		{data.LangEN, "mixed model", "mixed models", true},
		{data.LangEN, "cars", "car", false},
		{data.LangEN, "convert", "converted", false},
		{data.LangIT, "seme", "semi", true},
		{data.LangIT, "foglia", "foglie", true},
		{data.LangIT, "fungo", "funghi", true},
		{data.LangIT, "seme scambiato", "semi scambiati", true},
		{data.LangIT, "bello", "belle", false},
		{data.LangUnd, "car", "cars", false},
	} {
		if got := ownLists(t).isPlural(c.lang, c.one, c.many); got != c.want {
			t.Errorf("%s %q %q: got %v, want %v", c.lang, c.one, c.many, got, c.want)
		}
	}
}

// Where many write the plural it is the name of the thing; where few do, or none, it is not.
func TestPlurals(t *testing.T) {
	r := reader{in: Input{small: *ownLists(t)}, words: map[string]uint32{"car": 0, "oil": 1, "rust": 2}, langs: map[data.Lang]uint32{data.LangEN: 0}, spelt: newSpellings()}
	for _, s := range []struct {
		key, form string
		posts     uint32
	}{{"car", "car", 100}, {"car", "cars", 40}, {"oil", "oil", 100}, {"oil", "oils", 2}, {"rust", "rust", 100}} {
		r.spelt.of(spelling{s.key, s.form, 0}, r.meet).posts = s.posts
	}
	same := []uint32{0, 1, 2}
	_, each, _ := r.bestForms(same, same[:1])
	got := r.plurals(each, same, same[:1])
	if len(got) != 1 || got[wordIn{0, 0}] != "cars" {
		t.Errorf("got %v, want cars alone", got)
	}
}

// In English what describes stands before the thing, in Italian behind it.
func TestHeads(t *testing.T) {
	in := Input{langs: []data.Lang{data.LangEN, data.LangIT}, words: []string{"acqua", "acqua comunal", "comunal", "data", "spatial", "spatial data"}}
	for range leastHeaded {
		in.posts = append(in.posts, post{lang: 0, features: []feature{{5, isTopic, 1}}}, post{lang: 1, features: []feature{{1, isTopic, 1}}})
	}
	for w, share := range in.heads() {
		want := 1.0
		if in.words[w] == "spatial" || in.words[w] == "comunal" {
			want = 0
		}
		if share != want {
			t.Errorf("%q: got %v, want %v", in.words[w], share, want)
		}
	}
}
