package tribes

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tribu/data"
)

func ownLists(t *testing.T) *smallWords {
	t.Helper()
	s, err := newSmallWords(wordLists)
	if err != nil {
		t.Fatal(err)
	}
	return &s
}

// Words are in small letters, in order and listed once, in every language needs are heard in.
func TestWordLists(t *testing.T) {
	for _, lang := range data.Heard() {
		text, err := fs.ReadFile(wordLists, "words/"+string(lang)+".txt")
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, line := range strings.Split(string(text), "\n") {
			if word, _, listed := strings.Cut(line, "\t"); listed && line[0] != '#' && line[0] != '-' {
				words = append(words, word)
			}
		}
		if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) || strings.ToLower(strings.Join(words, "")) != strings.Join(words, "") {
			t.Errorf("words of %s are not sorted, not in small letters or listed twice", lang)
		}
	}
}

// A language is a file: Spanish titles are cut and joined by these lines.
func TestThirdLanguage(t *testing.T) {
	s, err := newSmallWords(fstest.MapFS{"words/es.txt": {Data: []byte("# comment\n\nde\tjoins\ny\tparts and\nmujeres\tperson\n\n-\t-s -es\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if !s.joins("de") || !s.parts("y") || s.leads("y") || !s.demographic("mujeres ciclistas") || s.and("es", "ruedas") != " y " || !s.isPlural("es", "farol", "faroles") || s.isPlural("en", "lamp", "lamps") {
		t.Errorf("Spanish is read as %+v", s)
	}
	if _, err := newSmallWords(fstest.MapFS{"words/es.txt": {Data: []byte("y\tjoin\n")}}); err == nil {
		t.Error("an unknown role passes")
	}
}
