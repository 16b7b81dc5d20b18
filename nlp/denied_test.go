package nlp

import (
	"testing"

	"tribu/data"
)

func TestDenied(t *testing.T) {
	w, err := NewWording(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lang       data.Lang
		text, want string
	}{
		{data.LangEN, "My problem is not how to clean the gutter, but how to reach it.", "problem is not how to clean the gutter"},
		{data.LangEN, "A second ladder has solved the problem with the gutter for me.", "has solved the problem with the gutter for me"},
		{data.LangEN, "I know how to sharpen a saw but the handle is loose.", "i know how to sharpen a saw"},
		{data.LangEN, "Has anybody solved the problem with the gutter?", ""},
		{data.LangEN, "If anybody has solved the problem with the gutter, please tell.", ""},
		{data.LangEN, "It has not solved the problem with the gutter.", ""},
		{data.LangEN, "I wish I know how to sharpen a saw.", ""},
		{data.LangEN, "The problem is that I cannot reach the gutter.", ""},
		{data.LangIT, "Il problema non è la grondaia, ma la scala.", "problema non è la grondaia"},
		{data.LangIT, "Ho risolto il problema della grondaia.", "ho risolto il problema della grondaia"},
		{data.LangIT, "Non ho risolto il problema della grondaia.", ""},
		{data.LangIT, "Non so come pulire la grondaia.", ""},
		{data.LangIT, "So come pulire la grondaia ma la scala è corta.", "so come pulire la grondaia"},
	} {
		if got := w.Denied(c.lang, c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
