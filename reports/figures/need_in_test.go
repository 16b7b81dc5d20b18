package figures

import (
	"testing"

	"tribu/data"
)

func TestNeedIn(t *testing.T) {
	n := Need{Label: "un terriccio che costi meno", Labels: map[data.Lang]string{data.LangIT: "un terriccio che costi meno", data.LangEN: "cheaper soil", "de": "Erde"}}
	for lang, want := range map[data.Lang]string{data.LangEN: "cheaper soil", data.LangIT: n.Label, "de": n.Label, "fr": n.Label, "": n.Label} {
		if got := n.In(lang); got != want {
			t.Errorf("in %q: called %q, want %q", lang, got, want)
		}
	}
}
