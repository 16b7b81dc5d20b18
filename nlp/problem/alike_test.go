package problem

import (
	"slices"
	"testing"

	"tribu/data"
	"tribu/nlp"
)

// Parts are one where their names are, or tell the same; so are those that a third is one with.
func TestAlikeNamed(t *testing.T) {
	words, err := nlp.NewWording(nlp.Config{})
	if err != nil {
		t.Fatal(err)
	}
	g := grouping{config: Config{Words: words}}
	parts := make([]part, 4)
	for i, p := range []struct {
		name string
		told []uint32
	}{{"worm bins", []uint32{1, 2}}, {"worm bins", []uint32{1, 3}}, {"worm boxes", []uint32{1, 3}}, {"worm trays", []uint32{1, 4}}} {
		g.needs = append(g.needs, Need{manner: &manner{Type: data.Wish, Lang: data.LangEN}, Author: data.AuthorID{byte(i)}})
		g.voices = append(g.voices, voice{need: i})
		call := calling{phrases: map[data.Lang]string{data.LangEN: p.name}, claims: map[data.Lang]claim{data.LangEN: {told: p.told}}, lead: data.LangEN}
		parts[i] = part{[]int{i}, call}
	}
	var got [][]int
	for _, p := range g.alikeNamed(parts) {
		got = append(got, p.voices)
	}
	if want := [][]int{{0, 1, 2}, {3}}; !slices.EqualFunc(got, want, slices.Equal[[]int]) {
		t.Errorf("parts of voices %v, want %v", got, want)
	}
}
