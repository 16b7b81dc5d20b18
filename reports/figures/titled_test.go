package figures

import (
	"testing"

	"tribu/data"
)

// TestTitled: a page that nobody named bears the names of its sources, those of files as a title.
func TestTitled(t *testing.T) {
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"field_notes_2010"}, "Field notes 2010"},
		{[]string{"forum.example"}, "forum.example"},
		{[]string{"orto-urbano", "_x"}, "orto-urbano, X"},
		{[]string{"a", "b", "c", "d"}, "a, b, c, …"},
		{[]string{"__"}, "__"},
	} {
		var sources []data.SourceState
		for _, name := range c.names {
			sources = append(sources, data.SourceState{Name: name})
		}
		if got := Titled(sources); got != c.want {
			t.Errorf("%v: %q, want %q", c.names, got, c.want)
		}
	}
}
